import * as z from 'zod';

/** Score from which a page shows text that nothing has read (redaction-line-setting.md 7): the document is refused as `needs-ocr`. */
export const needsOcrFrom = 25;
/** Below this a score is dirt; between the two the certificate says that a picture may hold a few words. */
export const mayHoldWordsFrom = 6;

const span = z.strictObject({ start: z.int(), end: z.int() });

/** One line of `pages.jsonl`: what finders and reviewers need of a page. It holds the document's words: it stays in the job's own store. */
export const locatedPage = z.strictObject({
  page: z.int(), width: z.number(), height: z.number(), text: z.string(), textHash: z.string(),
  /** For each UTF-16 unit of `text`: left, top, right, bottom in tenths of a point of the page as shown; four times -1 for no place. */
  boxes: z.array(z.int()),
  /** Where the job's literal terms stand, whole words. */
  terms: z.array(span),
  unreadText: z.int(),
});
export type LocatedPage = z.infer<typeof locatedPage>;

/** What `locate` found besides the pages. */
export const located = z.strictObject({
  kind: z.enum(['pdf', 'text']), sha256: z.string(), bytes: z.int(), pages: z.int(), unaccented: z.int(), spelt: z.int(),
  mayHoldWords: z.array(z.int()),
});
export type Located = z.infer<typeof located>;
