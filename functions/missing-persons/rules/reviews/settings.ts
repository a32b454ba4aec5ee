import * as z from 'zod';

const hours = z.number().min(0.25).max(168);
const byLevel = (HIGH: number, MEDIUM: number, LOW: number, VERY_LOW: number) => z.strictObject({ HIGH: hours, MEDIUM: hours, LOW: hours, VERY_LOW: hours }).default({ HIGH, MEDIUM, LOW, VERY_LOW });
const days = z.int().min(1).max(365);
const wallTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 07:00');

/** Section 13 as far as reviews use it: `shift.starts`, `review.*`, `located.verify.dueHours`, `vl.maxReassess.hours`. */
export const reviewSettings = z.strictObject({
  shiftStarts: z.array(wallTime).min(1).max(12).default(['07:00', '15:00', '22:00']),
  /** `review.taper` (15.2 item 31): used on a case only after a superintendent has decided so. Days are counted from T_REPORTED. */
  taper: z.strictObject({ secondFromDays: days.default(7), thirdFromDays: days.default(28) }).refine(({ secondFromDays, thirdFromDays }) => secondFromDays < thirdFromDays, 'the third phase comes after the second').prefault({}),
  /** A review of equal or higher rank this long before satisfies a lower one (15.2 item 31). */
  satisfiesMins: z.int().min(0).max(120).default(60),
  /** Peer review by an officer who is not involved, at 14 days (5.1). */
  peerAt14Days: z.boolean().default(true),
  /** Significant news, or a verification that was wrong (C15, C20, C22). */
  immediateHours: byLevel(1, 4, 24, 6),
  /** `located.verify.dueHours`. */
  verifyHours: byLevel(1, 4, 12, 24),
  vlMaxReassessHours: z.int().min(1).max(6).default(6),
  vlMaxReassessHoursUnder18: z.int().min(1).max(2).default(2),
  /** V03: a reassessment missed by so long is raised (15.1 item 17). */
  raiseAfterMissedMins: z.int().min(1).max(60).default(60),
  /** A closed review stays in the record until there are so many later ones; what was due and what was done stays counted for good. */
  keepClosed: z.int().min(10).max(500).default(120),
});
export type ReviewSettings = z.output<typeof reviewSettings>;
