import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { invisibleTrueType, toUnicodeMap } from './invisibleFont.ts';
import { writeAll } from './part.ts';
import { pdfNumber, startPdf, type PdfFile } from './pdfFile.ts';
import type { BurntPage, PageRecord } from '../record.ts';

/** What every finished file says made it; a version or a date would tell documents apart. */
export const producer = 'Police disclosure redaction';

/** Writes the finished PDF of burnt pages, which must be all pages in order. Returns its SHA-256 and the records. */
export function assemble(pages: Iterable<BurntPage>, path: string): { sha256: string; bytes: number; records: PageRecord[] } {
  const descriptor = openSync(path, 'w');
  const hash = createHash('sha256');
  let length = 0;
  try {
    const records = writeDocument(startPdf({
      write(bytes) {
        hash.update(bytes);
        length += bytes.length;
        writeAll(descriptor, bytes);
      },
    }), pages);
    return { sha256: hash.digest('hex'), bytes: length, records };
  } finally {
    closeSync(descriptor);
  }
}

function writeDocument(file: PdfFile, pages: Iterable<BurntPage>): PageRecord[] {
  const [root, tree, info, font] = [file.reserve(), file.reserve(), file.reserve(), file.reserve()];
  file.put(root, `/Type/Catalog/Pages ${tree} 0 R`);
  file.put(info, `/Producer(${producer})`);
  writeFont(file, font);
  const records: PageRecord[] = [];
  const kids: number[] = [];
  for (const { record, image, layer } of pages) {
    if (record.page !== records.length) throw new Error(`Page ${record.page + 1} stands where page ${records.length + 1} should`);
    records.push(record);
    kids.push(writePage(file, { record, image, layer }, { tree, font }));
  }
  file.put(tree, `/Type/Pages/Count ${kids.length}/Kids[${kids.map(kid => `${kid} 0 R`).join(' ')}]`);
  file.finish(root, info);
  return records;
}

function writePage(file: PdfFile, { record, image, layer }: BurntPage, shared: { tree: number; font: number }): number {
  const [page, picture, content] = [file.reserve(), file.reserve(), file.reserve()];
  const [width, height] = [pdfNumber(record.width), pdfNumber(record.height)];
  file.put(picture, record.image.dictionary, image);
  const operators = Buffer.concat([Buffer.from(`q ${width} 0 0 ${height} 0 0 cm /P Do Q\n`), layer]);
  file.put(content, '/Filter/FlateDecode', deflateSync(operators, { level: 9 }));
  file.put(page, `/Type/Page/Parent ${shared.tree} 0 R/MediaBox[0 0 ${width} ${height}]`
    + `/Resources<</XObject<</P ${picture} 0 R>>/Font<</T ${shared.font} 0 R>>>>/Contents ${content} 0 R`);
  return page;
}

/** The invisible font of the text layer: every code is the empty glyph 1, half an em wide. */
function writeFont(file: PdfFile, font: number): void {
  const [descendant, descriptor, program, glyphs, unicode] = [file.reserve(), file.reserve(), file.reserve(), file.reserve(), file.reserve()];
  file.put(font, `/Type/Font/Subtype/Type0/BaseFont/Invisible/Encoding/Identity-H/DescendantFonts[${descendant} 0 R]/ToUnicode ${unicode} 0 R`);
  file.put(descendant, '/Type/Font/Subtype/CIDFontType2/BaseFont/Invisible/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>'
    + `/FontDescriptor ${descriptor} 0 R/DW 500/CIDToGIDMap ${glyphs} 0 R`);
  file.put(descriptor, `/Type/FontDescriptor/FontName/Invisible/Flags 5/FontBBox[0 0 500 800]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80/FontFile2 ${program} 0 R`);
  const trueType = invisibleTrueType();
  file.put(program, `/Filter/FlateDecode/Length1 ${trueType.length}`, deflateSync(trueType, { level: 9 }));
  const map = new Uint8Array(2 * 65536);
  for (let code = 0; code < 65536; code += 1) map[2 * code + 1] = 1;
  file.put(glyphs, '/Filter/FlateDecode', deflateSync(map, { level: 9 }));
  file.put(unicode, '/Filter/FlateDecode', deflateSync(Buffer.from(toUnicodeMap), { level: 9 }));
}
