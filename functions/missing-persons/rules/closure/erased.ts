import * as z from 'zod';
import { retentionClass } from './retention.ts';

/** Why a record may go (3.10). A word of a list, for it stays in the tombstone. */
export const deletionBasis = z.enum(['RETENTION_REVIEWED', 'RIGHT_TO_ERASURE', 'COURT_ORDER']);

/** Somebody asks for it and says why; a second person decides. */
export const deletion = z.strictObject({ proposedBy: z.string(), proposedAt: z.string(), basis: deletionBasis, reason: z.string().max(2_000) });

/** What is left of a record that was deleted (3.10): nothing of the person. `doneAt`: its parts are gone as well. */
export const erased = z.strictObject({ caseRef: z.string(), class: retentionClass, basis: deletionBasis, at: z.string(), by: z.string(), proposedBy: z.string(), doneAt: z.string().optional() });
export type Erased = z.output<typeof erased>;
