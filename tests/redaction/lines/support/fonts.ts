import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';

/** A font that the test PDFs use: widths in thousandths of the em for ASCII, and the PDF objects that define it. */
export interface TestFont {
  readonly name: string;
  readonly widths: ReadonlyMap<number, number>;
  /** Writes the font; `add` puts an object into the file and gives its number. */
  readonly write: (add: (body: string, stream?: Uint8Array) => number) => number;
}

const require = createRequire(import.meta.url);
const ascii = Array.from({ length: 95 }, (_, index) => index + 32);

/** One of the fonts every reader has. */
export async function standardFont(name: StandardFonts): Promise<TestFont> {
  const font = await (await PDFDocument.create()).embedFont(name);
  // One character at a time, so that no kerning pair is in the sum.
  const widths = new Map(ascii.map(code => [code, font.widthOfTextAtSize(String.fromCharCode(code), 1000)]));
  return { name, widths, write: add => add(`<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`) };
}

/** A Liberation font of pdfjs-dist, embedded whole. */
export function liberation(style: 'Regular' | 'Bold' | 'Italic' | 'BoldItalic'): TestFont {
  const folder = join(dirname(require.resolve('pdfjs-dist/package.json')), 'standard_fonts');
  const file = readFileSync(join(folder, `LiberationSans-${style}.ttf`));
  const widths = trueTypeWidths(file);
  const name = `LiberationSans-${style}`;
  return {
    name, widths,
    write: add => {
      const data = add(`<< /Length ${file.length} /Length1 ${file.length} >>`, file);
      const descriptor = add(`<< /Type /FontDescriptor /FontName /${name} /Flags 32 /FontBBox [-500 -300 1300 1000] /ItalicAngle 0 /Ascent 905 /Descent -212 /CapHeight 729 /StemV 80 /FontFile2 ${data} 0 R >>`);
      return add(`<< /Type /Font /Subtype /TrueType /BaseFont /${name} /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 126 /Widths [${ascii.map(code => widths.get(code) ?? 0).join(' ')}] /FontDescriptor ${descriptor} 0 R >>`);
    },
  };
}

function trueTypeWidths(file: Buffer): Map<number, number> {
  const tables = new Map(Array.from({ length: file.readUInt16BE(4) }, (_, index) => {
    const at = 12 + 16 * index;
    return [file.toString('latin1', at, at + 4), file.readUInt32BE(at + 8)] as const;
  }));
  const table = (name: string) => tables.get(name) ?? 0;
  const unitsPerEm = file.readUInt16BE(table('head') + 18);
  const metrics = file.readUInt16BE(table('hhea') + 34);
  const map = cmap4(file, table('cmap'));
  return new Map(ascii.map(code => {
    const glyph = Math.min(map(code), metrics - 1);
    return [code, Math.round(file.readUInt16BE(table('hmtx') + 4 * glyph) * 1000 / unitsPerEm)];
  }));
}

/** The Windows Unicode sub-table, format 4. */
function cmap4(file: Buffer, start: number): (code: number) => number {
  const count = file.readUInt16BE(start + 2);
  const offsets = Array.from({ length: count }, (_, index) => start + 4 + 8 * index);
  const record = offsets.find(at => file.readUInt16BE(at) === 3 && file.readUInt16BE(at + 2) === 1) ?? offsets[0] ?? 0;
  const table = start + file.readUInt32BE(record + 4);
  const segments = file.readUInt16BE(table + 6) / 2;
  return code => {
    for (let index = 0; index < segments; index++) {
      const end = file.readUInt16BE(table + 14 + 2 * index);
      if (code > end) continue;
      const first = file.readUInt16BE(table + 16 + 2 * segments + 2 * index);
      if (code < first) return 0;
      const rangeAt = table + 16 + 6 * segments + 2 * index;
      const range = file.readUInt16BE(rangeAt);
      const delta = file.readUInt16BE(table + 16 + 4 * segments + 2 * index);
      return range === 0 ? (code + delta) & 0xffff : (file.readUInt16BE(rangeAt + range + 2 * (code - first)) + delta) & 0xffff;
    }
    return 0;
  };
}
