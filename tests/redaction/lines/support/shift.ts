import { withMemory, writeFloats } from '../../../../functions/redaction/pdfium/memory.ts';
import type { PdfPage } from '../../../../functions/redaction/pdfium/page.ts';
import type { PdfChar } from '../../../../functions/redaction/pdfium/text.ts';

/** The text objects that flow after a hit on its line: separate from it, upright, and parted by less than an em each. */
export function followersOf(chars: readonly PdfChar[], hit: readonly number[]): { objects: number[]; chars: number[] } | undefined {
  const own = hit.flatMap(index => chars[index] ?? []);
  const last = own.at(-1);
  if (last === undefined || last.object === 0 || last.renderMode !== 0 || Math.abs(last.matrix[1]) > 0.01 || last.matrix[0] <= 0) return undefined;
  const em = last.fontSize * last.matrix[0];
  const line = chars.filter(char => char.object !== 0 && char.unicode > 0x20 && Math.abs(char.origin.y - last.origin.y) < 1 && char.origin.x > last.origin.x)
    .sort((a, b) => a.origin.x - b.origin.x);
  let end = last.box.right;
  const run: PdfChar[] = [];
  for (const char of line) {
    if (char.box.left - end > em) break;
    run.push(char);
    end = Math.max(end, char.box.right);
  }
  const objects = [...new Set(run.map(char => char.object))];
  const isApart = objects.length > 0 && !own.some(char => objects.includes(char.object))
    && chars.every(char => !objects.includes(char.object) || char.unicode <= 0x20 || run.includes(char));
  return isApart ? { objects, chars: run.map(char => char.index) } : undefined;
}

/** Moves objects right, runs `use` with the page's text read anew, and moves them back. */
export function moveRight<T>(page: PdfPage, objects: readonly number[], points: number, use: (moved: PdfPage) => T): T {
  const { pdfium } = page.document;
  const move = (by: number) => withMemory(pdfium, 24, pointer => {
    writeFloats(pdfium, pointer, [1, 0, 0, 1, by, 0]);
    for (const object of objects) pdfium.api.FPDFPageObj_TransformF(object, pointer);
  });
  move(points);
  const textHandle = pdfium.api.FPDFText_LoadPage(page.handle);
  try {
    return use({ ...page, textHandle });
  } finally {
    pdfium.api.FPDFText_ClosePage(textHandle);
    move(-points);
  }
}
