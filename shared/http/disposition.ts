/** Written as `_`: controls, the marks that reorder text (a name must not seem to end otherwise than it does), and what file systems refuse. */
// eslint-disable-next-line no-control-regex -- control characters are what is replaced here
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"*/:<>?\\|]/g;
const MAX_NAME = 120;
/** The trimming below is quadratic in a run of dots, so the name is cut before it. */
const MAX_INPUT = 1_000;

/** Content-Disposition of a download: always an attachment, with an ASCII name and the full one in UTF-8 (RFC 6266, RFC 8187; ASVS 5.4.2). */
export function contentDisposition(fileName: string | undefined): string {
  if (fileName === undefined) return 'attachment';
  // A name that begins with a dot is hidden on some systems; one that begins with =, + or - is never a formula as a file name.
  const name = fileName.slice(0, MAX_INPUT).toWellFormed().replaceAll(unsafe, '_').replace(/^[.\s]+|[.\s]+$/g, '').slice(0, MAX_NAME).toWellFormed() || 'download';
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replaceAll('%', '_');
  const utf8 = encodeURIComponent(name).replace(/['()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${utf8}`;
}
