/** Lower-case base32 (RFC 4648 alphabet, no padding): safe in table keys, blob names, queue names and URLs. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Encodes bytes as base32 and keeps the first `length` characters (5 bits each). */
export function base32(bytes: Uint8Array, length: number): string {
  let out = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5 && out.length < length) {
      bits -= 5;
      out += alphabet.charAt((buffer >> bits) & 31);
    }
    buffer &= (1 << bits) - 1;
  }
  return out;
}

/** A case id: 26 base32 characters, 130 bits. A UUID has too few for a public reference (ASVS 5.0 11.5.1). */
export const caseIdPattern = /^[a-z2-7]{26}$/;

/** What a client may choose as Idempotency-Key; it becomes the operation id (storage-protocol 1). */
export const operationIdPattern = /^[A-Za-z0-9_-]{16,64}$/;
