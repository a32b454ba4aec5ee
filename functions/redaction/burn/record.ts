import * as z from 'zod';

const region = z.strictObject({ x: z.int(), y: z.int(), w: z.int(), h: z.int(), kind: z.enum(['reset', 'label', 'box']) });

/** What is known of a burnt page: it stands before the page's streams in a part file, and is what the verifier checks them against. */
export const pageRecord = z.strictObject({
  page: z.int().min(0),
  /** Points. */
  width: z.number(), height: z.number(),
  dpi: z.number(),
  image: z.strictObject({ dictionary: z.string(), width: z.int(), height: z.int(), kind: z.enum(['grey', 'palette', 'jpeg']), bytes: z.int() }),
  layerBytes: z.int(),
  /** Pixels that differ from the source by intent. */
  regions: z.array(region),
  reset: z.int(), boxed: z.int(), labels: z.int(), anchors: z.int(),
  /** Mean grey of each 32 pixel block of the page before anything was hidden, base 64. */
  source: z.base64(),
  /** True when the page's words are a hidden layer that the sender's own text recognition made. */
  hasOwnOcr: z.boolean(),
  /** 0 as planned, 1 whole lines hidden, 2 no text layer besides. */
  level: z.int().min(0).max(2),
});
export type PageRecord = z.infer<typeof pageRecord>;

/** A burnt page: its record and its streams. */
export interface BurntPage {
  readonly record: PageRecord;
  readonly image: Uint8Array;
  readonly layer: Uint8Array;
}

export const blockSize = 32;
