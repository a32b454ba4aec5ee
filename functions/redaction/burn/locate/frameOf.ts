import type { PdfChar } from '../../pdfium/text.ts';

/** Size of the type in points, and the unit vectors along and up from its baseline, page points. */
export function frameOf(char: PdfChar): { em: number; along: { x: number; y: number }; up: { x: number; y: number } } {
  const [a, b, c, d] = char.matrix;
  const wide = Math.hypot(a, b) || 1;
  const high = Math.hypot(c, d) || 1;
  return { em: char.fontSize * high, along: { x: a / wide, y: b / wide }, up: { x: c / high, y: d / high } };
}
