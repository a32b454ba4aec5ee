/**
 * What the first bytes of a file say it is. Our own table: the files that phones, doorbells and cameras make are few, and a pure function over 64 bytes can be
 * read and tested whole; it is no defence against malware, which is the scanner's work.
 */
interface Signature {
  readonly mime: string;
  readonly at: number;
  readonly bytes: readonly number[];
}

const ascii = (text: string): number[] => Array.from({ length: text.length }, (_, n) => text.charCodeAt(n));

const brand = (mime: string, ...names: string[]): Signature[] => names.map(name => ({ mime, at: 4, bytes: ascii(`ftyp${name}`) }));

/** First match wins: brands of ISO base media before the family. */
const signatures: readonly Signature[] = [
  { mime: 'image/jpeg', at: 0, bytes: [0xff, 0xd8, 0xff] },
  { mime: 'image/png', at: 0, bytes: [0x89, ...ascii('PNG'), 0x0d, 0x0a, 0x1a, 0x0a] },
  ...brand('image/heic', 'heic', 'heix', 'heim', 'heis', 'mif1', 'msf1'),
  ...brand('image/avif', 'avif', 'avis'),
  ...brand('video/quicktime', 'qt  '),
  ...brand('video/3gpp', '3gp'),
  ...brand('video/mp4', ''),
  { mime: 'video/webm', at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3] },
  { mime: 'video/x-msvideo', at: 8, bytes: ascii('AVI ') },
  { mime: 'image/webp', at: 8, bytes: ascii('WEBP') },
  { mime: 'application/pdf', at: 0, bytes: ascii('%PDF-') },
  { mime: 'application/zip', at: 0, bytes: [...ascii('PK'), 3, 4] },
  { mime: 'application/x-msdownload', at: 0, bytes: ascii('MZ') },
  { mime: 'application/x-executable', at: 0, bytes: [0x7f, ...ascii('ELF')] },
  { mime: 'image/gif', at: 0, bytes: ascii('GIF8') },
];

/** How many bytes from the start `sniff` needs. */
export const sniffBytes = 64;

/** The type that the first bytes show, or undefined for text and whatever is not in the table. */
export function sniff(head: Uint8Array): string | undefined {
  return signatures.find(({ at, bytes }) => bytes.every((byte, n) => head[at + n] === byte))?.mime;
}

const sameFamily: readonly (readonly string[])[] = [
  ['video/mp4', 'video/quicktime', 'video/3gpp', 'audio/mp4', 'video/x-m4v'], ['image/heic', 'image/heif'], ['video/webm', 'video/x-matroska', 'audio/webm'], ['image/jpeg', 'image/jpg'],
];

/** Whether the declared type can be true. DISPUTED also for a file that claims a type of the table and does not look like it. Parameters of a type are left out. */
export function typeCheck(declared: string, found: string | undefined): 'AGREES' | 'DISPUTED' | 'UNKNOWN' {
  const claim = (declared.split(';')[0] ?? '').trim().toLowerCase();
  if (claim === '' || claim === 'application/octet-stream') return 'UNKNOWN';
  const family = (mime: string): readonly string[] => sameFamily.find(members => members.includes(mime)) ?? [mime];
  if (found !== undefined) return family(claim).includes(found) ? 'AGREES' : 'DISPUTED';
  return signatures.some(({ mime }) => family(claim).includes(mime)) ? 'DISPUTED' : 'UNKNOWN';
}
