import * as z from 'zod';
import { operationStatusFields } from '../../shared/domain/operationStatus.ts';
import { caseId, exampleId } from './rules/bodies/fields.ts';
import { ageBands } from './rules/numbers/facts.ts';
import { missingFrom, riskLevel } from './rules/terms.ts';

export const recordParams = z.strictObject({ recordId: caseId });
export const noticeParams = z.strictObject({ recordId: caseId, noticeId: z.string().regex(/^[\w-]{1,120}$/).meta({ description: 'The message.', example: 'notice-1' }) });
export const listQuery = z.strictObject({
  limit: z.number().int().min(1).max(200).default(50).meta({ description: 'How many rows at most.', example: 50 }),
  after: z.string().max(200).optional().meta({ description: 'Where to go on, from the next link.', example: '50' }),
});
export const searchBody = z.strictObject({
  name: z.string().max(200).optional().meta({ description: 'A name or how it begins.', example: 'Example' }), alias: z.string().max(200).optional().meta({ description: 'An alias.', example: 'Lex' }),
  phone: z.string().max(30).optional().meta({ description: 'A telephone number, or its last six digits.', example: '07700 900123' }), dob: z.string().max(10).optional().meta({ description: 'Date or year of birth.', example: '2010-02-28' }),
  placement: z.string().max(200).optional().meta({ description: 'A placement.', example: 'Sample House' }), reference: z.string().max(40).optional().meta({ description: 'The reference of a report or case.', example: 'MP-ABCD-EFGH' }), reason: z.string().min(5).max(400).meta({ description: 'Why you search; it is logged.', example: 'Report of a sighting' }),
});

/** The reply of every command. */
export const accepted = z.strictObject({ ...operationStatusFields, recordId: z.string().optional().meta({ description: 'The report or case that the command is about.', example: exampleId }) }).meta({ id: 'MissingAccepted', description: 'The command was accepted.' });

const informationAfter = z.string().max(120).optional().meta({ description: 'Show the information that is older than this item.', example: 'info-0123456789abcdef' });
export const viewQuery = z.strictObject({ informationAfter, words: z.boolean().default(false).meta({ description: 'With the words of the information, which cost a read each.', example: true }) });
export const reasonBody = z.strictObject({ informationAfter, reason: z.string().min(5).max(400).meta({ description: 'Why you open it; it is logged.', example: 'I review this case today.' }) });
const day = (description: string, example: string) => z.iso.date().optional().meta({ description, example });
/** The filters of section 7. A period is in days of Europe/London, the second one without. */
export const numbersQuery = z.strictObject({
  la: z.string().max(100).optional().meta({ description: 'Only of this responsible authority.', example: 'Cheshire East' }), risk: riskLevel.optional().meta({ description: 'Only of this level.', example: 'MEDIUM' }),
  ageBand: z.enum(ageBands).optional().meta({ description: 'Only of this band of age.', example: '11-15' }), setting: missingFrom.optional().meta({ description: 'Only those missing from there.', example: 'CHILDRENS_HOME' }),
  from: day('Numbers of a period: its first day.', '2026-11-01'), to: day('The day after its last one; at most 400 days on.', '2026-12-01'),
});
export const partnerQuery = z.strictObject({ limit: z.number().int().min(1).max(50).default(20).meta({ description: 'How many at most.', example: 20 }), after: z.string().max(200).optional().meta({ description: 'Where to go on, from the next link.', example: '50' }) });
