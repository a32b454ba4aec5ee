import type { PageObject } from '../../pdfium/objects.ts';
import { withMemory } from '../../pdfium/memory.ts';
import type { Pdfium } from '../../pdfium/library.ts';
import { caps, DocumentFailure } from '../failures.ts';
import type { PdfChar } from '../../pdfium/text.ts';
import { frameOf } from '../locate/frameOf.ts';

/** Dots an inch of redaction.md 4: text, small print, and the most that a scan keeps. */
const dpi = { text: 150, small: 200, most: 300 } as const;
const smallPoints = 8;
/** A stray index figure is no small print. */
const fewSmall = 20;
/** An image is the page from this share of its area. */
const scanShare = 0.6;

export interface PageFacts {
  readonly width: number;
  readonly height: number;
  readonly chars: readonly PdfChar[];
  readonly objects: readonly PageObject[];
}

/** The resolution to burn a page at. Throws `page-too-large` when even 150 dpi needs more than 60 megapixels. */
export function chooseResolution(pdfium: Pdfium, page: PageFacts): number {
  const pixels = (at: number) => (page.width * at / 72) * (page.height * at / 72);
  if (pixels(dpi.text) > caps.pixels) throw new DocumentFailure('page-too-large');
  const wanted = Math.max(hasSmallPrint(page.chars) ? dpi.small : dpi.text, scanResolution(pdfium, page));
  return pixels(wanted) <= caps.pixels ? wanted : dpi.text;
}

function hasSmallPrint(chars: readonly PdfChar[]): boolean {
  return chars.filter(char => !char.isGenerated && char.renderMode !== 3 && char.box.right > char.box.left && frameOf(char).em < smallPoints).length >= fewSmall;
}

/** The native resolution of a page-wide image, rounded to 50 and within 150 to 300; 0 for a page that is no scan. */
function scanResolution(pdfium: Pdfium, page: PageFacts): number {
  const found = page.objects.flatMap(object => {
    const [wide, high] = [object.bounds.right - object.bounds.left, object.bounds.top - object.bounds.bottom];
    if (object.kind !== 'image' || wide * high < scanShare * page.width * page.height) return [];
    const [w = 0, h = 0] = withMemory(pdfium, 8, pointer => pdfium.api.FPDFImageObj_GetImagePixelSize(object.handle, pointer, pointer + 4)
      ? [pdfium.heap().getUint32(pointer, true), pdfium.heap().getUint32(pointer + 4, true)] : []);
    return [Math.sqrt(w * h * 72 * 72 / Math.max(1, wide * high))];
  });
  const native = Math.max(0, ...found);
  return native === 0 ? 0 : Math.min(dpi.most, Math.max(dpi.text, Math.round(native / 50) * 50));
}
