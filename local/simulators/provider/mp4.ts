/**
 * A tiny file of the ISO base media kind: `ftyp` and an `mdat` of noise. Programs that sniff types take it for MP4; it has no track, so nothing plays it.
 */
export function sniffableClip(): Uint8Array {
  const payload = Buffer.from(Array.from({ length: 4_096 }, (_, index) => (index * 37 + 11) % 256));
  return Buffer.concat([box('ftyp', Buffer.concat([Buffer.from('isom'), uint32(512), Buffer.from('isommp42')])), box('mdat', payload)]);
}

function box(type: string, content: Uint8Array): Uint8Array {
  return Buffer.concat([uint32(content.length + 8), Buffer.from(type, 'latin1'), content]);
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
