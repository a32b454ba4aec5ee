import { pdfNumber, startPdf } from '../write/pdfFile.ts';
import { toWindows1252 } from './plainText.ts';

/** A4, ten-point Courier: columns of a text file stay columns. */
const sheet = { width: 595, height: 842, margin: 56, size: 10, leading: 12.5, columns: 80, tab: 8 } as const;
const linesOnSheet = Math.floor((sheet.height - 2 * sheet.margin) / sheet.leading);

/** Lays drawable text (see `toDrawable`) out as a PDF. Long lines wrap at a space where there is one; a form feed starts a page. */
export function layOut(text: string): Uint8Array {
  const chunks: Uint8Array[] = [];
  const file = startPdf({ write: bytes => void chunks.push(Buffer.from(bytes)) });
  const [root, pages, font, info] = [file.reserve(), file.reserve(), file.reserve(), file.reserve()];
  const kids = sheetsOf(text).map(lines => {
    const [page, content] = [file.reserve(), file.reserve()];
    file.put(content, '', contentOf(lines));
    file.put(page, `/Type/Page/Parent ${pages} 0 R/MediaBox[0 0 ${sheet.width} ${sheet.height}]/Resources<</Font<</F ${font} 0 R>>>>/Contents ${content} 0 R`);
    return `${page} 0 R`;
  });
  file.put(font, '/Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding');
  file.put(pages, `/Type/Pages/Count ${kids.length}/Kids[${kids.join(' ')}]`);
  file.put(root, `/Type/Catalog/Pages ${pages} 0 R`);
  file.put(info, '');
  file.finish(root, info);
  return Buffer.concat(chunks);
}

function sheetsOf(text: string): string[][] {
  return text.split('\f').flatMap(part => {
    const lines = part.split('\n').flatMap(line => wrap(withoutTabs(line)));
    const sheets: string[][] = [];
    for (let start = 0; start < lines.length; start += linesOnSheet) sheets.push(lines.slice(start, start + linesOnSheet));
    return sheets;
  });
}

function withoutTabs(line: string): string {
  let out = '';
  for (const character of line) out += character === '\t' ? ' '.repeat(sheet.tab - (out.length % sheet.tab)) : character;
  return out.trimEnd();
}

function wrap(line: string): string[] {
  const rows: string[] = [];
  let rest = line;
  while (rest.length > sheet.columns) {
    const space = rest.lastIndexOf(' ', sheet.columns);
    const cut = space > sheet.columns / 2 ? space : sheet.columns;
    rows.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(space > sheet.columns / 2 ? cut + 1 : cut);
  }
  return [...rows, rest];
}

function contentOf(lines: readonly string[]): Uint8Array {
  const top = sheet.height - sheet.margin - sheet.size;
  const rows = lines.map(line => `<${hex(line)}> Tj T*`);
  return Buffer.from(`BT /F ${sheet.size} Tf ${pdfNumber(sheet.leading)} TL ${sheet.margin} ${pdfNumber(top)} Td\n${rows.join('\n')}\nET`, 'latin1');
}

function hex(line: string): string {
  return Array.from(line, character => (toWindows1252(character) ?? 0x3f).toString(16).padStart(2, '0')).join('');
}
