/** What may end a document without a verified copy. The codes are stable: they are stored, shown and counted. `sentence` is for people. */
export const failures = {
  'unreadable': { outcome: 'refused', sentence: 'There is no such file, or it cannot be read.' },
  'empty': { outcome: 'refused', sentence: 'The file is empty.' },
  'unsupported': { outcome: 'refused', sentence: 'The content of the file is neither a PDF nor plain text.' },
  'encrypted': { outcome: 'refused', sentence: 'The PDF is locked and no password was given.' },
  'wrong-password': { outcome: 'refused', sentence: 'The password that was given does not open the PDF.' },
  'damaged': { outcome: 'refused', sentence: 'The PDF is damaged or cut off and cannot be read whole.' },
  'too-large': { outcome: 'refused', sentence: 'The file is larger than 200 MB.' },
  'too-many-pages': { outcome: 'refused', sentence: 'The document has more than 2,000 pages.' },
  'page-too-large': { outcome: 'refused', sentence: 'A page would need more than 60 megapixels.' },
  'needs-ocr': { outcome: 'refused', sentence: 'A page shows text in a picture that no text recognition has read.' },
  'out-of-time': { outcome: 'failed', sentence: 'A page took longer than 40 seconds.' },
  'out-of-memory': { outcome: 'failed', sentence: 'The document needed more than 1.5 GB of memory.' },
  'engine-crash': { outcome: 'failed', sentence: 'The document engine stopped on this document.' },
  'verification-failed': { outcome: 'failed', sentence: 'The finished copy did not pass its own checks, so it was thrown away.' },
} as const;

export type FailureCode = keyof typeof failures;

export function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(failures, code);
}

/** Thrown anywhere in the engine when the document cannot be done; `detail` never holds words of the document. */
export class DocumentFailure extends Error {
  readonly code: FailureCode;
  readonly detail: string;

  constructor(code: FailureCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'DocumentFailure';
    this.code = code;
    this.detail = detail;
  }
}

/** Caps of redaction.md 3. */
export const caps = { bytes: 200 * 1024 * 1024, pages: 2000, pixels: 60_000_000, memoryBytes: 1.5 * 1024 ** 3, pageMilliseconds: 40_000 } as const;
