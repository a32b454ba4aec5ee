import * as z from 'zod';

/** Systems whose references a request may carry (goodsam.md 5.1). */
export const referenceSystem = z.enum(['IML', 'SAFE_INCIDENT', 'NICHE_OCC', 'CTO_NOTICE', 'FAL_CERT', 'NFLMS_PERSON', 'DEMS_CASE']);
export type ReferenceSystem = z.infer<typeof referenceSystem>;

/** No reference of any system is longer; it also bounds the work of a configured pattern. */
const MAX_LENGTH = 40;

const pattern = z.string().max(200).refine(text => text.startsWith('^') && text.endsWith('$') && compiles(text), { message: 'An anchored regular expression, ^...$' });

/** Patterns of configuration by system; a system left out keeps the default. */
export const refPatterns = z.partialRecord(referenceSystem, pattern);
export type RefPatterns = z.output<typeof refPatterns>;

/**
 * Defaults. NICHE_OCC without the form of 11 digits, which accepts telephone numbers (21.32). The four systems that are missing have no
 * published format: BAD_REFERENCE until configured.
 */
export const defaultRefPatterns: RefPatterns = {
  IML: '^IML ?\\d{6,8}$',
  SAFE_INCIDENT: '^[A-Z]{2,4}-\\d{8}-\\d{4}$',
  NICHE_OCC: '^\\d{2}[A-Z0-9]{0,2}\\/\\d{2}\\/\\d{4,7}$',
};

export interface Reference {
  readonly system: ReferenceSystem;
  readonly raw: string;
  readonly normalised: string;
}

export type ReferenceResult = { readonly ok: true; readonly reference: Reference } | { readonly ok: false; readonly code: 'BAD_REFERENCE'; readonly why: string };

/** Checks a reference and keeps it as typed and as normalised: trimmed, upper case. */
export function checkReference(system: string, raw: string, configured: RefPatterns = {}): ReferenceResult {
  const known = referenceSystem.safeParse(system);
  if (!known.success) return bad('The system of the reference is unknown.');
  const source = configured[known.data] ?? defaultRefPatterns[known.data];
  if (source === undefined) return bad('References of this system are not configured.');
  const normalised = raw.trim().toUpperCase();
  if (raw.length > MAX_LENGTH || !new RegExp(source, 'u').test(normalised)) return bad('The reference does not have the form of its system.');
  return { ok: true, reference: { system: known.data, raw, normalised } };
}

function bad(why: string): ReferenceResult {
  return { ok: false, code: 'BAD_REFERENCE', why };
}

function compiles(source: string): boolean {
  try {
    return new RegExp(source, 'u').source !== '';
  } catch {
    return false;
  }
}

/**
 * `GS-XXXX-XXXX`, the 12 characters that the public and the staff see (21.34), from the first 40 bits of the request id (26 base32 characters).
 * A name to read out, not a key: two requests may share one, so a search by it shows all. The id's other 90 bits stay unguessable.
 * The alphabet has no 0 and 1, so nothing can be mistaken for O or I. Throws RangeError on anything but an id.
 */
export function ownReference(requestId: string): string {
  if (!/^[a-z2-7]{26}$/.test(requestId)) throw new RangeError('not a request id');
  const text = requestId.toUpperCase();
  return `GS-${text.slice(0, 4)}-${text.slice(4, 8)}`;
}
