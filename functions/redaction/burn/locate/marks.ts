import { pageAnnotations, widgetSubtype, type PdfAnnotation } from '../../pdfium/annotations.ts';
import { closeDocument } from '../../pdfium/document.ts';
import { mapBox } from '../../pdfium/objects.ts';
import { openPage, closePage, type PdfPage } from '../../pdfium/page.ts';
import { pageChars } from '../../pdfium/text.ts';
import { fold } from './fold.ts';
import { shownMatrix } from './pageText.ts';
import type { Box } from '../types.ts';

/** Words that a page shows outside its own content: a field's value, a free text, a stamp. A hit hides the whole rectangle. */
export interface Mark {
  /** All that may be found: value, comment, drawn words. */
  readonly text: string;
  /** What a reader sees of it; may enter the text layer where there is ink. */
  readonly drawn: string;
  readonly box: Box;
  /** Index of the annotation on its page. */
  readonly annotation: number;
}

/** FPDF_ANNOT numbers whose words or comment a reader sees at their place: note, free text, line to polyline, stamp, caret, ink, widget. */
const shownSubtypes = new Set([1, 3, 4, 5, 6, 7, 8, 13, 14, 15, widgetSubtype]);
const noteSubtype = 1;
/** FPDF_FORMFIELD numbers of combo box, list box and text field: the others show a sign, not their value. */
const wordFields = new Set([4, 5, 6]);

/** The marks of a page; hidden annotations are not drawn, so they are left out and vanish with the old file. */
export function readMarks(page: PdfPage): Mark[] {
  const annotations = pageAnnotations(page);
  if (annotations.length === 0) return [];
  const shown = shownMatrix(page);
  return annotations.flatMap(annotation => {
    if (annotation.isHidden || !shownSubtypes.has(annotation.subtype)) return [];
    const { text, drawn } = wordsOf(page, annotation);
    if (text.trim() === '') return [];
    const box = mapBox(shown, annotation.rect);
    return [{ text, drawn, box: { left: box.left, right: box.right, top: box.bottom, bottom: box.top }, annotation: annotation.index }];
  });
}

/** Value, comment and what the appearance stream draws, each once: they need not agree. */
function wordsOf(page: PdfPage, annotation: PdfAnnotation): { text: string; drawn: string } {
  const value = annotation.field !== undefined && wordFields.has(fieldType(page, annotation.index)) ? annotation.field.value : '';
  const appearance = annotation.subtype === noteSubtype ? '' : appearanceText(page, annotation.index);
  const parts: string[] = [];
  for (const part of [value, annotation.contents, appearance]) {
    const folded = fold(part).text;
    if (folded !== '' && !parts.some(other => fold(other).text.includes(folded))) parts.push(part);
  }
  const lines = (text: string) => text.replaceAll(/\r\n?/g, '\n');
  return { text: lines(parts.join('\n')), drawn: lines(appearance === '' ? value : appearance) };
}

function fieldType(page: PdfPage, index: number): number {
  const { form, pdfium: { api } } = page.document;
  const annotation = api.FPDFPage_GetAnnot(page.handle, index);
  if (annotation === 0 || form === 0) return -1;
  const type = api.FPDFAnnot_GetFormFieldType(form, annotation);
  api.FPDFPage_CloseAnnot(annotation);
  return type;
}

function appearanceText(page: PdfPage, index: number): string {
  const { pdfium } = page.document;
  const annotation = pdfium.api.FPDFPage_GetAnnot(page.handle, index);
  if (annotation === 0) return '';
  const handle = pdfium.api.EPDFAnnot_ExportAppearanceAsDocument(annotation);
  pdfium.api.FPDFPage_CloseAnnot(annotation);
  if (handle === 0) return '';
  const document = { pdfium, handle, form: 0, pages: new Set<{ close: () => void }>(), closed: false, release: () => pdfium.api.FPDF_CloseDocument(handle) };
  try {
    const drawn = openPage(document, 0);
    const text = pageChars(drawn).map(char => (char.unicode > 0 && char.unicode < 0xfffe ? String.fromCodePoint(char.unicode) : '')).join('');
    closePage(drawn);
    return text;
  } catch (error) {
    if (error instanceof RangeError) return '';
    throw error;
  } finally {
    closeDocument(document);
  }
}
