import { caps, DocumentFailure } from '../failures.ts';

export type SourceKind = 'pdf' | 'text';

/** Says what the bytes are by looking at them, never at the name (redaction.md 3). Throws `empty`, `too-large` or `unsupported`. */
export function sniff(bytes: Uint8Array): SourceKind {
  if (bytes.length === 0) throw new DocumentFailure('empty');
  if (bytes.length > caps.bytes) throw new DocumentFailure('too-large', `${bytes.length} bytes`);
  if (isPdf(bytes)) return 'pdf';
  if (isText(bytes)) return 'text';
  throw new DocumentFailure('unsupported');
}

/** The header may stand anywhere in the first 1,024 bytes (ISO 32000-1, implementation note 13). */
function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-');
}

/** UTF-16 needs its byte order mark; otherwise a control byte that no text editor writes means that it is not text. */
function isText(bytes: Uint8Array): boolean {
  if (hasUtf16Mark(bytes)) return bytes.length % 2 === 0;
  const allowed = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1a]);
  return !bytes.some(byte => (byte < 0x20 && !allowed.has(byte)) || byte === 0x7f) && !looksLikeMarkup(bytes);
}

export function hasUtf16Mark(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

/** Mail, HTML, XML and RTF are text on the outside, but what a person sees of them is not: they need their own reader. */
function looksLikeMarkup(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1').replace(/^(\xef\xbb\xbf)?\s*/, '');
  return /^(<\?xml|<!doctype|<html|<svg|\{\\rtf)/i.test(head) || (/^[A-Za-z-]+: ?/.test(head) && /^mime-version:/im.test(head));
}
