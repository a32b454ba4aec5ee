import * as z from 'zod';
import { deletionBasis } from '../closure/erased.ts';
import { reason } from './fields.ts';

/** Bodies of the commands by which a record ends (3.10). */
export const deletionBodies = {
  ProposeDelete: z.strictObject({ basis: deletionBasis.meta({ description: 'On what basis; it stays when the record is gone.', example: 'RETENTION_REVIEWED' }), reason }),
  ApproveDelete: z.strictObject({}),
} as const;
