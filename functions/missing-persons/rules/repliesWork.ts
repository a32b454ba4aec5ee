import * as z from 'zod';
import { caseId } from './bodies/fields.ts';
import { row } from './replies.ts';

/** Replies of the working lists, of the dashboard and of partners. */
const exampleTime = '2026-11-24T09:30:00.000Z';
const at = (description: string) => z.string().meta({ description, example: exampleTime });
const word = (description: string, example: string) => z.string().meta({ description, example });
const number = (description: string, example: number) => z.number().meta({ description, example });
const nextLink = z.string().optional().meta({ description: 'The next page, if there is one.', example: 'https://back-end.example.test/api/missing-overdue?after=x' });

const overdueRow = z.strictObject({ ...row.shape, what: word('The task or kind of review that is overdue the longest.', 'A02'), dueAt: at('When it was due.'), minutesLate: number('By how many minutes it is late now.', 12) }).meta({ id: 'MissingOverdueRow', description: 'A report or case with something overdue.' });
export const overdueList = z.strictObject({ value: z.array(overdueRow).meta({ description: 'What is overdue, the longest first.' }), nextLink }).meta({ id: 'MissingOverdueList', description: 'A page of what is overdue.' });

const repeatRow = z.strictObject({ ...row.shape, episodes: number('Episodes in the window, this one included.', 3), spanDays: number('In how many days.', 40) }).meta({ id: 'MissingRepeatRow', description: 'An episode of somebody who goes missing again and again.' });
export const repeatList = z.strictObject({ value: z.array(repeatRow).meta({ description: 'Episodes, the newest first.' }), nextLink }).meta({ id: 'MissingRepeatList', description: 'A page of repeat episodes.' });

const rhiRow = z.strictObject({
  ...row.shape, rhi: word('Where the interview stands.', 'REFERRED'), dueAt: at('When its next step is due.'), doneDueAt: at('When it must be held.'), waitsFor: word('Authorities that did not acknowledge yet; empty when none.', 'Cheshire East'), isOverdue: z.boolean().meta({ description: 'The 72 hours are over.', example: false }),
}).meta({ id: 'MissingInterviewRow', description: 'A return home interview that waits.' });
export const rhiList = z.strictObject({ value: z.array(rhiRow).meta({ description: 'Interviews, by when the next step is due.' }), nextLink }).meta({ id: 'MissingInterviewList', description: 'A page of return home interviews.' });

const line = z.strictObject({
  number: number('Which number of the dashboard.', 1), name: word('What is counted.', 'open_by_risk'), bar: z.string().optional().meta({ description: 'Which bar of it.', example: 'HIGH' }), value: z.number().optional().meta({ description: 'The count, minutes or percent; absent when it is hidden or there is nothing to share.', example: 7 }),
  numerator: z.number().optional().meta({ description: 'Of a share: how many.', example: 16 }), denominator: z.number().optional().meta({ description: 'Of a share: of how many.', example: 49 }), unknown: z.number().optional().meta({ description: 'Of a share: of how many more it cannot be said.', example: 2 }),
  unit: word('The unit.', 'count'), hidden: z.string().optional().meta({ description: 'Why there is no value: it could point to a person.', example: '<5' }), nextDueAt: z.string().optional().meta({ description: 'Of a high-risk case: what is due next.', example: exampleTime }),
}).meta({ id: 'MissingNumberLine', description: 'A line of the dashboard.' });
export const numbers = z.strictObject({
  asAt: at('The instant of the live numbers.'), from: z.string().optional().meta({ description: 'Where the period begins.', example: '2026-11-01' }), to: z.string().optional().meta({ description: 'Where it ends, without that day.', example: '2026-12-01' }),
  value: z.array(line).meta({ description: 'The lines.' }),
}).meta({ id: 'MissingNumbers', description: 'The numbers of the dashboard.' });

const partnerField = z.strictObject({ name: word('The field.', 'caseStatus'), label: word('Its heading.', 'Status'), value: word('What it says.', 'MISSING') }).meta({ id: 'MissingPartnerField', description: 'One thing that your organisation may read.' });
export const partnerCase = z.strictObject({ recordId: caseId, fields: z.array(partnerField).meta({ description: 'What your organisation may read, in the order of the page.' }) }).meta({ id: 'MissingPartnerCase', description: 'A missing person of your organisation.' });
export const partnerList = z.strictObject({ value: z.array(partnerCase).meta({ description: 'Missing persons of your organisation, the newest first.' }), nextLink }).meta({ id: 'MissingPartnerList', description: 'A page of missing persons of your organisation.' });

const deletedRow = z.strictObject({
  recordId: caseId, ref: word('The reference that it had; empty when it never became a case.', 'MP/CHS/2019/000123'), class: word('The class of retention.', 'CLOSED_SAFE_ADULT'), basis: word('On what basis.', 'RETENTION_REVIEWED'), deletedAt: at('When it was deleted.'), isDone: z.boolean().meta({ description: 'Its parts are gone as well.', example: true }),
}).meta({ id: 'MissingDeletedRow', description: 'What is left of a deleted record.' });
export const deletedList = z.strictObject({ value: z.array(deletedRow).meta({ description: 'Deleted records, newest first.' }), nextLink }).meta({ id: 'MissingDeletedList', description: 'A page of what was deleted.' });

export const noticeWords = z.strictObject({
  noticeId: z.string().meta({ description: 'The message.', example: 'notice-1' }), notice: z.string().meta({ description: 'Which notice.', example: 'N17' }), variant: z.string().meta({ description: 'What it says.', example: 'ANY' }),
  state: z.string().meta({ description: 'Where it stands.', example: 'QUEUED' }), channel: z.string().meta({ description: 'How it is told.', example: 'PHONE_LOG' }), recipient: z.string().meta({ description: 'Whom to tell.', example: 'Cheshire East emergency duty team' }),
  address: z.string().optional().meta({ description: 'Their number or address, as the directory has it.', example: '01632 960099' }), mayBeTold: z.boolean().meta({ description: 'Whether the case as it stands lets it out, or it was told already.', example: true }),
  why: z.string().optional().meta({ description: 'Why not.', example: 'The person was found; this message never leaves. (C8)' }), subject: z.string().optional().meta({ description: 'What it is about.', example: 'Stand-down MP/CHS/2026/000123' }),
  lines: z.array(z.string()).meta({ description: 'The words, a line each; none while it may not be told.', example: ['Reference: MP/CHS/2026/000123'] }),
}).meta({ id: 'MissingNoticeWords', description: 'The words of a message to somebody outside.' });
