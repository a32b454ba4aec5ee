import * as z from 'zod';
import { caseId, item, text } from '../bodies/fields.ts';
import { protocolForm } from '../terms.ts';
import { uploadKind } from './files.ts';

const form = protocolForm.meta({ description: 'Which form; OTHER for one of another kind.', example: 'HERBERT' });
const exampleFile = 'a1b2c3d4e5f60718';
/** Requests about files and links (3.7). */
export const makeLinkBody = z.strictObject({ form, givenTo: text(200, 'To whom you give it, and how.', 'Her daughter, read out on the telephone') });
export const revokeLinkBody = z.strictObject({ linkId: item('The link.', 'link-0123456789abcdef') });
export const uploadQuery = z.strictObject({
  kind: uploadKind.meta({ description: 'A protocol form, or a photograph of the person.', example: 'FORM' }), form: form.optional(), otherName: text(100, 'Which form, if it is another one.', 'Hospital passport').optional(),
  heldBy: z.enum(['CARER', 'LA', 'POLICE']).optional().meta({ description: 'Who held the form.', example: 'CARER' }), version: text(100, 'The version of the form.', '3').optional(), reviewedOn: z.iso.date().optional().meta({ description: 'When the form was last reviewed.', example: '2026-06-01' }),
});
export const uploadHeaders = z.strictObject({
  'x-file-name': z.string().regex(/^[A-Za-z0-9%._~()'!*-]{1,600}$/).meta({ description: 'The name of the file, percent-encoded, for it may name a person and so must not stand in the address.', example: 'herbert-form.pdf' }),
});
export const fileParams = z.strictObject({ recordId: caseId, fileId: z.string().regex(/^[\da-f]{16}$/).meta({ description: 'The file.', example: exampleFile }) });
