import * as z from 'zod';
import { outcome } from './outcome.ts';
import { retentionClass } from './retention.ts';

const words = z.string().max(4_000);

/** What closure asks for and no task or region holds (2.4, 3.9, 3.10). */
export const closureSlice = z.strictObject({
  outcome: outcome.optional(), outcomeBy: z.string().optional(), outcomeAt: z.string().optional(),
  /** What becomes of photographs, telephones, DNA. */
  disposal: words.optional(), hasPublicComplaint: z.boolean(),
  retentionClass: retentionClass.optional(), reviewRrdAt: z.string().optional(),
});
