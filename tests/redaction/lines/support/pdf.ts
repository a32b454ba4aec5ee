import type { TestFont } from './fonts.ts';

/** Extra objects of a page, by resource kind or annotation. */
export interface PageParts { readonly content: string; readonly size: readonly [number, number]; readonly rotate?: number; readonly annotations?: readonly string[] }

/** Writes a one-page PDF 1.7 with one font (/F1) and a plain content stream, object by object, so that tests own every byte. */
export function writePdf(font: TestFont, page: PageParts): Uint8Array {
  const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = chunks[0]?.length ?? 0;
  const push = (bytes: Buffer) => { chunks.push(bytes); length += bytes.length; };
  // The page tree takes numbers 1 to 3.
  let next = 4;
  const put = (number: number, body: string, stream?: Uint8Array) => {
    offsets[number] = length;
    push(Buffer.from(`${number} 0 obj\n${body}\n`));
    if (stream) push(Buffer.concat([Buffer.from('stream\n'), stream, Buffer.from('\nendstream\n')]));
    push(Buffer.from('endobj\n'));
    return number;
  };
  const add = (body: string, stream?: Uint8Array) => put(next++, body, stream);
  const fontNumber = font.write(add);
  const content = Buffer.from(page.content, 'latin1');
  const contentNumber = add(`<< /Length ${content.length} >>`, content);
  const notes = (page.annotations ?? []).map(body => `${add(body)} 0 R`);
  put(1, '<< /Type /Catalog /Pages 2 0 R >>');
  put(2, '<< /Type /Pages /Kids [3 0 R] /Count 1 >>');
  put(3, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.size.join(' ')}] /Rotate ${page.rotate ?? 0} /Resources << /Font << /F1 ${fontNumber} 0 R >> >> /Contents ${contentNumber} 0 R ${notes.length > 0 ? `/Annots [${notes.join(' ')}]` : ''} >>`);
  const start = length;
  const rows = Array.from({ length: next - 1 }, (_, index) => `${String(offsets[index + 1] ?? 0).padStart(10, '0')} 00000 n \n`);
  push(Buffer.from(`xref\n0 ${next}\n0000000000 65535 f \n${rows.join('')}trailer\n<< /Size ${next} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`));
  return Buffer.concat(chunks);
}
