/** A TrueType font with two empty glyphs, each half an em wide: it draws nothing and each character advances the same. */
export function invisibleTrueType(): Uint8Array {
  const u16 = (...values: number[]) => values.flatMap(value => [(value >> 8) & 255, value & 255]);
  const u32 = (...values: number[]) => values.flatMap(value => u16((value >>> 16) & 0xffff, value & 0xffff));
  const tables: [string, number[]][] = [
    ['glyf', [0, 0]],
    // version, revision, checksum adjustment, magic, flags, units an em, two dates (zero), box, style, smallest size, direction, short loca
    ['head', [...u32(0x00010000, 0x00010000, 0, 0x5f0f3cf5), ...u16(0, 1000), ...u32(0, 0, 0, 0), ...u16(0, 0, 500, 800, 0, 3, 2, 0, 0)]],
    ['hhea', [...u32(0x00010000), ...u16(800, -200 & 0xffff, 0, 500, 0, 0, 500, 1, 0, 0, 0, 0, 0, 0, 0, 2)]],
    ['hmtx', u16(500, 0, 500, 0)],
    ['loca', u16(0, 0, 0)],
    ['maxp', [...u32(0x00010000), ...u16(2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)]],
  ];
  let offset = 12 + 16 * tables.length;
  const directory: number[] = [];
  const bodies: number[] = [];
  for (const [tag, bytes] of tables) {
    const padded = [...bytes, ...Array<number>((4 - (bytes.length % 4)) % 4).fill(0)];
    directory.push(...Array.from(tag, letter => letter.charCodeAt(0)), ...u32(checksum(padded), offset, bytes.length));
    bodies.push(...padded);
    offset += padded.length;
  }
  return Uint8Array.from([...u32(0x00010000), ...u16(tables.length, 64, 2, 32), ...directory, ...bodies]);
}

function checksum(bytes: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    sum = (sum + ((((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0)) >>> 0;
  }
  return sum;
}

/** Code = UTF-16 unit, so the map is the same for every document and tells nothing about one. */
export const toUnicodeMap = [
  '/CIDInit /ProcSet findresource begin', '12 dict begin', 'begincmap',
  '/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def', '/CMapName/Adobe-Identity-UCS def', '/CMapType 2 def',
  '1 begincodespacerange', '<0000><FFFF>', 'endcodespacerange', '1 beginbfrange', '<0000><FFFF><0000>', 'endbfrange',
  'endcmap', 'CMapName currentdict /CMap defineresource pop', 'end', 'end',
].join('\n');
