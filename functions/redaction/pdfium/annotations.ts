import { floatsAt, utf16, withMemory } from './memory.ts';
import type { Box, PdfPage } from './page.ts';

/** An annotation. `field` is there for widgets (form fields); its `value` is what the page shows and the text page lacks. */
export interface PdfAnnotation {
  readonly index: number;
  /** FPDF_ANNOT_* number: 1 text, 2 link, 3 free text, 9 highlight, 10 underline, 12 strike-out, 13 stamp, 15 ink, 16 pop-up, 20 widget, 28 redact. */
  readonly subtype: number;
  /** Page points. */
  readonly rect: Box;
  readonly contents: string;
  readonly isHidden: boolean;
  readonly field?: { readonly name: string; readonly value: string; readonly alternateName: string };
}

export const widgetSubtype = 20;
// FPDF_ANNOT_FLAG_INVISIBLE, HIDDEN and NOVIEW.
const hiddenFlags = 0x01 | 0x02 | 0x20;

/** All annotations of a page, hidden ones too. */
export function pageAnnotations(page: PdfPage): PdfAnnotation[] {
  const count = page.document.pdfium.api.FPDFPage_GetAnnotCount(page.handle);
  return Array.from({ length: Math.max(0, count) }, (_, index) => readAnnotation(page, index)).filter(found => found !== undefined);
}

function readAnnotation(page: PdfPage, index: number): PdfAnnotation | undefined {
  const { pdfium, form } = page.document;
  const { api } = pdfium;
  const annotation = api.FPDFPage_GetAnnot(page.handle, index);
  if (annotation === 0) return undefined;
  const text = (read: (pointer: number, bytes: number) => number) => utf16(pdfium, read);
  try {
    const subtype = api.FPDFAnnot_GetSubtype(annotation);
    // FS_RECTF is left, top, right, bottom.
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = withMemory(pdfium, 16, pointer =>
      api.FPDFAnnot_GetRect(annotation, pointer) ? floatsAt(pdfium, pointer, 4) : []);
    const field = subtype === widgetSubtype && form !== 0 && {
      name: text((pointer, bytes) => api.FPDFAnnot_GetFormFieldName(form, annotation, pointer, bytes)),
      value: text((pointer, bytes) => api.FPDFAnnot_GetFormFieldValue(form, annotation, pointer, bytes)),
      alternateName: text((pointer, bytes) => api.FPDFAnnot_GetFormFieldAlternateName(form, annotation, pointer, bytes)),
    };
    return {
      index, subtype,
      rect: { left: Math.min(x0, x1), right: Math.max(x0, x1), bottom: Math.min(y0, y1), top: Math.max(y0, y1) },
      contents: text((pointer, bytes) => api.FPDFAnnot_GetStringValue(annotation, 'Contents', pointer, bytes)),
      isHidden: (api.FPDFAnnot_GetFlags(annotation) & hiddenFlags) !== 0,
      ...(field !== false && { field }),
    };
  } finally {
    api.FPDFPage_CloseAnnot(annotation);
  }
}
