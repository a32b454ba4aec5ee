import * as z from 'zod';
import { wallTime } from '../clock/shifts.ts';

/** Section 13, as far as notices use it; the retry steps are 6.2, the age of a directory entry and the digest's hour are the force's own. */
export const noticeSettings = z.strictObject({
  /** `ukmpu.high.dueHours`, `ukmpu.hardHours`, `ukmpu.unidentified.hours`. */
  ukmpuHighDueHours: z.number().int().min(1).max(72).default(24),
  ukmpuHardHours: z.number().int().min(1).max(72).default(72),
  ukmpuUnidentifiedHours: z.number().int().min(1).max(48).default(48),
  /** A CANCEL goes to the UKMPU within this of "found" (9.3). */
  ukmpuCancelHours: z.number().int().min(1).max(24).default(1),
  /** `standdown.mins`. */
  standDownMins: z.number().int().min(1).max(60).default(15),
  /** Minutes between tries; after the last the sergeant is paged (6.2). */
  retryMins: z.array(z.number().int().min(1).max(1440)).min(1).max(10).default([1, 5, 15, 60]),
  /** A directory entry that nobody has verified for longer is not used. */
  recipientStaleDays: z.number().int().min(1).max(366).default(180),
  /** Local time of the coordinator's digest (N19). */
  digestAt: wallTime.default('07:00'),
  /** `las`: the force's own local authorities [S77]. */
  las: z.array(z.string().min(1).max(100)).min(1).default(['Cheshire East', 'Cheshire West and Chester', 'Halton', 'Warrington']),
});
export type NoticeSettings = z.infer<typeof noticeSettings>;
