import * as z from 'zod';
import { foundBy, foundCondition, foundWhere } from '../closure/outcome.ts';
import { reviewSubjects } from '../reviews/content.ts';
import { answerValue } from '../terms.ts';
import { flag, level, reason, taskRef, text, when } from './fields.ts';

/** A review is named by its kind and its time. */
export const reviewRef = z.string().regex(/^[A-Z][A-Z0-9_]{2,30}@\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/).meta({ description: 'The review.', example: 'MEDIUM_SGT@2026-11-24T15:00:00.000Z' });
const subject = z.strictObject({
  subject: z.enum(['changed', ...reviewSubjects]).meta({ description: 'What it is about; `changed` is what changed all in all since the last review.', example: 'lines' }),
  isChanged: flag('Something changed; if not, say why not.'), words: text(2_000, 'What changed, or why nothing did.', 'Two friends visited; the bank line is closed.'),
}).meta({ id: 'ReviewSubject', description: 'What a review says of one subject (5.2).' });

const reasons = (description: string) => z.array(text(200, 'One reason.', 'Row at home')).max(20).default([]).meta({ description, example: ['Row at home'] });

/** Bodies of the commands about reviews and of what closure asks for (5.2, 2.4, 3.9). */
export const reviewBodies = {
  CompleteReview: z.strictObject({
    reviewId: reviewRef, level: level('The level that you confirm as it stands.'), rationale: text(4_000, 'Why the level is right.', 'No sighting, no use of the telephone, but no sign of harm either.'),
    subjects: z.array(subject).min(1).max(12).meta({ description: 'What the review says of each subject.' }),
    overdueSeen: z.array(taskRef).max(200).default([]).meta({ description: 'Overdue tasks that you looked at.', example: ['A06'] }), overdueDecision: text(2_000, 'What is decided on them.', 'A06 by the night shift.').optional(),
    familyToldAt: when('When the family was told.').optional(), familyNotToldReason: text(2_000, 'Why the family was not told.', 'They asked not to be rung at night.').optional(),
    nextReviewAt: when('The next review.'),
    veryLow: z.enum(['RAISED', 'REFERRED_OUT', 'REASONS_RECORDED']).optional().meta({ description: 'At VERY_LOW after 24 hours: raised, referred out, or why neither.', example: 'REFERRED_OUT' }), veryLowReason: text(2_000, 'Why neither.', 'He rings his sister daily.').optional(),
  }),
  RecordNoRaise: z.strictObject({ reviewId: reviewRef, reason }),
  TaperReviews: z.strictObject({ reason }),
  RecordOutcome: z.strictObject({
    where: foundWhere.meta({ description: 'Where the person was found.', example: 'FRIEND' }), by: foundBy.meta({ description: 'By whom.', example: 'POLICE' }), condition: foundCondition.meta({ description: 'In what condition.', example: 'UNHURT' }),
    foundLat: z.number().min(-90).max(90).optional().meta({ description: 'Latitude of the place.', example: 53.2 }), foundLon: z.number().min(-180).max(180).optional().meta({ description: 'Longitude of the place.', example: -2.9 }),
    reasonsPush: reasons('What drove the person away.'), reasonsPull: reasons('What drew the person.'),
    exploitationDisclosed: answerValue.meta({ description: 'Exploitation was disclosed.', example: 'NO' }), childSaid: text(4_000, "In the child's own words.", 'I wanted to see my brother.').optional(),
    safeToDiscloseLocation: answerValue.meta({ description: 'It is safe to tell where.', example: 'YES' }), disposal: text(2_000, 'What becomes of what was taken: photographs, telephones, DNA.', 'Photograph deleted; nothing else was taken.'),
    publicComplaint: flag('There is a complaint of the public.'), mopiGroup: z.enum(['1', '2', '3']).optional().meta({ description: 'MoPI group of the gravest linked crime.', example: '3' }),
  }),
} as const;
