import * as z from 'zod';

/** The stages of a document (job) and what may follow is in `moves.ts`; this file says what the rows of a bundle hold. */
export const stages = [
  'received', 'screening', 'locating', 'suggested', 'in-review', 'approved', 'burning', 'verifying', 'ready', 'released', 'refused', 'failed', 'withdrawn',
] as const;
export const stage = z.enum(stages);
export type Stage = z.infer<typeof stage>;

export const policyNames = ['disclosure-to-CPS', 'subject-access', 'freedom-of-information'] as const;
export const modes = ['disclosure', 'layout-true'] as const;

/** Why something is redacted, or is not. Joint Principles for Redaction: a decision not to redact is recorded with its reason too. */
export const reasonCodes = [
  'personal-data', 'third-party', 'address', 'safeguarding', 'sensitive-tactic', 'legal-privilege', 'not-relevant',
  'needed-for-case', 'already-known', 'data-subject', 'public-domain', 'proportionality', 'not-personal', 'mistake',
] as const;

export const bundleState = z.strictObject({
  kind: z.literal('bundle'),
  bundleId: z.string(),
  caseReference: z.string(),
  policy: z.enum(policyNames),
  mode: z.enum(modes),
  handling: z.enum(['open', 'restricted']),
  /** Literal terms that are always redacted, and those that never are (the data subject's own name, for instance). */
  terms: z.array(z.string()),
  keepTerms: z.array(z.string()),
  /** Entra object ids of those who may open a restricted bundle. */
  members: z.array(z.string()),
  createdBy: z.string(),
  createdAt: z.string(),
  documentIds: z.array(z.string()),
});
export type Bundle = z.infer<typeof bundleState>;

/** One entry of the decision log of a document. Later entries win; undo takes back the caller's newest. */
export const decisionEntry = z.strictObject({
  /** One suggestion by id, or all with this text hash. */
  suggestionId: z.string().optional(),
  textHash: z.string().optional(),
  decision: z.enum(['accepted', 'rejected']),
  reasonCode: z.enum(reasonCodes),
  legalBasis: z.string().optional(),
  by: z.string(),
  at: z.string(),
});
export type DecisionEntry = z.infer<typeof decisionEntry>;

/** An area or a span that a person added, in points from the top left of the page as shown, or in UTF-16 offsets of the page's text. */
export const addedMark = z.strictObject({
  markId: z.string(),
  /** Marks made by one command are taken back together. */
  batch: z.string(),
  page: z.int(),
  start: z.int().optional(),
  end: z.int().optional(),
  x: z.number().optional(),
  y: z.number().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  /** Where a text mark stands, for showing it; what is burnt goes by its offsets. */
  boxes: z.array(z.strictObject({ left: z.number(), top: z.number(), right: z.number(), bottom: z.number() })).optional(),
  reasonCode: z.enum(reasonCodes),
  by: z.string(),
  at: z.string(),
});
export type AddedMark = z.infer<typeof addedMark>;

export const documentState = z.strictObject({
  kind: z.literal('document'),
  documentId: z.string(),
  stage,
  /** Starts at 1; re-opening makes the next. */
  version: z.int(),
  fileName: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  addedBy: z.string(),
  addedAt: z.string(),
  pages: z.int(),
  /** SHA-256 of the blobs that hold the pages' text and places, and the suggestions. */
  pagesSha: z.string().optional(),
  suggestionsSha: z.string().optional(),
  suggestionCount: z.int(),
  undecided: z.int(),
  decisions: z.array(decisionEntry),
  marks: z.array(addedMark),
  /** Pages that somebody has looked at in this version, as sorted closed ranges. */
  viewed: z.array(z.tuple([z.int(), z.int()])),
  warnings: z.array(z.string()),
  approvedBy: z.string().optional(),
  approvedAt: z.string().optional(),
  /** The frozen decisions that were burnt: SHA-256 of the blob. */
  frozenSha: z.string().optional(),
  outputSha: z.string().optional(),
  outputBytes: z.int().optional(),
  certificateSha: z.string().optional(),
  releasedBy: z.string().optional(),
  releasedAt: z.string().optional(),
  recipient: z.string().optional(),
  /** Why it ended as refused or failed: a code of the engine's table. */
  endCode: z.string().optional(),
});
export type Document = z.infer<typeof documentState>;

/** Part key of a document within its bundle's partition. */
export function documentKey(documentId: string): string {
  return `doc|${documentId}`;
}

/** `<bundleId>-<documentId>`: the job id of the routes names its partition. */
export const jobIdPattern = /^[a-z2-7]{26}-[a-z2-7]{10}$/;

export function jobIdOf(bundleId: string, documentId: string): string {
  return `${bundleId}-${documentId}`;
}

export function splitJobId(jobId: string): { bundleId: string; documentId: string } {
  return { bundleId: jobId.slice(0, 26), documentId: jobId.slice(27) };
}
