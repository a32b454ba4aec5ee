import type { Pdfium } from './library.ts';
import { utf16, writeBytes } from './memory.ts';

/** Why a file cannot be opened as a PDF. */
export type PdfOpenCode = 'encrypted' | 'wrong-password' | 'not-a-pdf' | 'damaged';

/** Thrown by `openDocument`; `code` is stable. */
export class PdfOpenError extends Error {
  readonly code: PdfOpenCode;
  constructor(code: PdfOpenCode) {
    super({
      encrypted: 'The file is encrypted and no password was given', 'wrong-password': 'The password does not open the file',
      'not-a-pdf': 'The file is not a PDF', damaged: 'The file is damaged or uses a security handler that PDFium does not know',
    }[code]);
    this.name = 'PdfOpenError';
    this.code = code;
  }
}

/** An open document. `form` draws field values; `closed` makes a second close harmless. */
export interface PdfDocument {
  readonly pdfium: Pdfium;
  readonly handle: number;
  readonly form: number;
  readonly pages: Set<{ close: () => void }>;
  closed: boolean;
  readonly release: () => void;
}

const errorPassword = 4;

/**
 * Opens a PDF from its bytes, which are copied onto PDFium's heap (the caller's array is not kept).
 * `password` may be the owner's or the user's. Throws `PdfOpenError`.
 */
export function openDocument(pdfium: Pdfium, bytes: Uint8Array, password = ''): PdfDocument {
  // ISO 32000-2 7.5.2 puts %PDF- first; readers accept it within the first 1024 bytes.
  if (!Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')) throw new PdfOpenError('not-a-pdf');
  const data = pdfium.malloc(bytes.length);
  if (data === 0) throw new Error('PDFium is out of memory');
  writeBytes(pdfium, data, bytes);
  const handle = pdfium.api.FPDF_LoadMemDocument(data, bytes.length, password);
  if (handle === 0) {
    const error = pdfium.api.FPDF_GetLastError();
    pdfium.free(data);
    throw new PdfOpenError(error !== errorPassword ? 'damaged' : password === '' ? 'encrypted' : 'wrong-password');
  }
  const { form, close: closeForm } = openForm(pdfium, handle);
  const release = () => {
    closeForm();
    pdfium.api.FPDF_CloseDocument(handle);
    pdfium.free(data);
  };
  return { pdfium, handle, form, pages: new Set(), closed: false, release };
}

/** Closes a document and whatever pages are still open. A second call does nothing: a double close corrupts the heap. */
export function closeDocument(document: PdfDocument): void {
  if (document.closed) return;
  document.closed = true;
  for (const page of [...document.pages]) page.close();
  document.release();
}

/** The form-fill environment draws widgets as a reader shows them; no scripts run (this build has no script engine). */
function openForm(pdfium: Pdfium, document: number): { form: number; close: () => void } {
  const info = pdfium.api.PDFiumExt_OpenFormFillInfo();
  const form = pdfium.api.PDFiumExt_InitFormFillEnvironment(document, info);
  // The blue wash over fields belongs to a viewer, not to the document.
  if (form !== 0) pdfium.api.FPDF_SetFormFieldHighlightAlpha(form, 0);
  return {
    form,
    close: () => {
      if (form !== 0) pdfium.api.PDFiumExt_ExitFormFillEnvironment(form);
      pdfium.api.PDFiumExt_CloseFormFillInfo(info);
    },
  };
}

export function pageCount(document: PdfDocument): number {
  return document.pdfium.api.FPDF_GetPageCount(document.handle);
}

/** The eight strings of the Info dictionary that PDFium reads; an absent one is ''. For verification, never for the new file. */
export function metadata(document: PdfDocument): Readonly<Record<string, string>> {
  const keys = ['Title', 'Author', 'Subject', 'Keywords', 'Creator', 'Producer', 'CreationDate', 'ModDate'];
  return Object.fromEntries(keys.map(key => [key, utf16(document.pdfium,
    (pointer, bytes) => document.pdfium.api.FPDF_GetMetaText(document.handle, key, pointer, bytes))]));
}
