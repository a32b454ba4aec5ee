import * as z from 'zod';
import { lengths } from '../person/text.ts';

const text = z.string().max(lengths.long).optional();

/** Why an imported case is looked at again. */
export const reassess = z.enum(['IMPORTED', 'LEGACY_RISK_LABEL', 'AGE_NOT_KNOWN']);

/** Where an imported record comes from, and what the old system said that has no place of its own here (15.4). */
export const imported = z.strictObject({
  importId: z.string(), at: z.string(), by: z.string(), legacyRef: z.string().max(100), personRef: z.string().max(100), riskAsWritten: z.string().max(400), reassess: z.array(reassess),
  foundWhere: text, harm: text,
});
export type Imported = z.output<typeof imported>;
