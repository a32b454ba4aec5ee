import type { PdfChar } from '../../../../functions/redaction/pdfium/text.ts';
import { applyMatrix, pageMatrix, type PdfPage } from '../../../../functions/redaction/pdfium/page.ts';
import { renderPage } from '../../../../functions/redaction/pdfium/render.ts';
import { dpi } from './run.ts';

/** The broken redaction that the twins must catch: the exact glyph boxes blacked out, everything else where it was. */
export function blackOutExactly(page: PdfPage, chars: readonly PdfChar[], hits: readonly (readonly number[])[]): Uint8Array {
  const { rgba, width } = renderPage(page, dpi);
  const matrix = pageMatrix(page, dpi);
  for (const { box } of hits.flat().flatMap(index => chars[index] ?? [])) {
    const a = applyMatrix(matrix, box.left, box.top);
    const b = applyMatrix(matrix, box.right, box.bottom);
    const [x0, x1] = [Math.floor(Math.min(a.x, b.x)), Math.ceil(Math.max(a.x, b.x))];
    for (let y = Math.floor(Math.min(a.y, b.y)); y < Math.ceil(Math.max(a.y, b.y)); y++) {
      for (let x = x0; x < x1; x++) rgba.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return rgba;
}
