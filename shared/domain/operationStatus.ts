import * as z from 'zod';

/**
 * What became of a command: the reply of each command, and of the status operation. They have one shape because a flow follows a 202 to its Location by
 * itself and then hands the maker the last reply as if it were the first.
 */
export const operationStatusFields = {
  caseId: z.string().meta({ description: 'The case that the command is about.', example: 'abcdefghijklmnopqrstuvwx23' }),
  operationId: z.string().meta({ description: 'The key that was sent with the command.', example: 'k3n0example0000000000' }),
  command: z.string().meta({ description: 'The command.', example: 'ApproveDocument' }),
  status: z.enum(['pending', 'done', 'discarded', 'refused', 'abandoned', 'failed', 'uncertain']).meta({ description: 'Pending while it is being worked on; all others are an end.', example: 'pending' }),
  statusUrl: z.string().meta({ description: 'Where to ask for this again.', example: '/api/operations/abcdefghijklmnopqrstuvwx23/k3n0example0000000000' }),
  resourceUrl: z.string().optional().meta({ description: 'Where the record is that the command is about.', example: '/api/redaction-bundles/abcdefghijklmnopqrstuvwx23' }),
  code: z.string().optional().meta({ description: 'Why it did not end as done.', example: 'withdrawn' }),
  reason: z.string().optional().meta({ description: 'The same as a sentence.', example: 'The document was withdrawn.' }),
};

export const operationStatus = z.strictObject(operationStatusFields).meta({ id: 'OperationStatus', description: 'What became of a command.' });
export type OperationStatus = z.output<typeof operationStatus>;

export function statusUrlOf(caseId: string, operationId: string): string {
  return `/api/operations/${caseId}/${operationId}`;
}
