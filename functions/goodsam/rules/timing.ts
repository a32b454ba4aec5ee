import * as z from 'zod';
import type { Area } from './terms.ts';

/** When the outcome must be recorded, counted from the end of the session or the side end (21.24). */
export type OutcomeDue =
  | { readonly kind: 'AFTER'; readonly seconds: number }
  | { readonly kind: 'END_OF_DAY' }
  | { readonly kind: 'WORKING_DAYS'; readonly days: number };

/** The numbers of one area (goodsam.md 4.4 with 21.5, 21.15, 21.16, 21.24, 21.25), in seconds. */
export interface AreaTiming {
  readonly linkLifetime: number;
  /** How long before the slot the link opens; 0 where there is no slot. */
  readonly linkOpensBefore: number;
  /** Until NO_ANSWER, from sending; where there is a slot, from its start. CCTV: until the reminder. */
  readonly noAnswer: number;
  readonly resendsMax: number;
  readonly resendGap: number;
  /** A re-send goes through the safe-contact question again, whatever the gap. */
  readonly resendReconfirms: boolean;
  readonly maxSession: number;
  readonly grace: number;
  /** From consent to first media, else ENDED (T13a). */
  readonly startTimer: number;
  /** INTERRUPTED for so long raises the re-grade alert; null where the area has none. */
  readonly regradeAlert: number | null;
  /** How old a safe-contact confirmation may be wherever the case is one of safeguarding. */
  readonly safeContactAge: number;
  readonly outcomeDue: OutcomeDue;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const common = { linkOpensBefore: 0, resendReconfirms: false, grace: 10 * MINUTE, startTimer: 3 * MINUTE, regradeAlert: null, safeContactAge: 10 * MINUTE } as const;

export const timings: Readonly<Record<Area, AreaTiming>> = {
  FCC: { ...common, linkLifetime: 30 * MINUTE, noAnswer: 3 * MINUTE, resendsMax: 3, resendGap: MINUTE, maxSession: 60 * MINUTE, grace: 5 * MINUTE, outcomeDue: { kind: 'AFTER', seconds: 30 * MINUTE } },
  // 24 h from the start of the slot; the reminder 24 h before the slot counts as a re-send (21.15).
  FAL: { ...common, linkLifetime: DAY, linkOpensBefore: 15 * MINUTE, noAnswer: 15 * MINUTE, resendsMax: 2, resendGap: 5 * MINUTE, maxSession: 45 * MINUTE, outcomeDue: { kind: 'WORKING_DAYS', days: 2 } },
  DA: { ...common, linkLifetime: 15 * MINUTE, noAnswer: 3 * MINUTE, resendsMax: 1, resendGap: 0, resendReconfirms: true, maxSession: 90 * MINUTE, regradeAlert: 2 * MINUTE, outcomeDue: { kind: 'AFTER', seconds: 15 * MINUTE } },
  SOM: { ...common, linkLifetime: 10 * MINUTE, noAnswer: 5 * MINUTE, resendsMax: 1, resendGap: 5 * MINUTE, maxSession: 20 * MINUTE, outcomeDue: { kind: 'END_OF_DAY' } },
  FOR: { ...common, linkLifetime: 2 * HOUR, noAnswer: 20 * MINUTE, resendsMax: 2, resendGap: 5 * MINUTE, maxSession: 45 * MINUTE, outcomeDue: { kind: 'AFTER', seconds: 8 * HOUR } },
  // 7 days from sending, the overwriting of the footage only drives tasks (21.25); two reminders in all (21.15).
  CCTV: { ...common, linkLifetime: 7 * DAY, noAnswer: 48 * HOUR, resendsMax: 2, resendGap: DAY, maxSession: 30 * MINUTE, outcomeDue: { kind: 'WORKING_DAYS', days: 5 } },
  SOCU: { ...common, linkLifetime: 30 * MINUTE, noAnswer: 10 * MINUTE, resendsMax: 1, resendGap: 0, resendReconfirms: true, maxSession: 60 * MINUTE, outcomeDue: { kind: 'END_OF_DAY' } },
};

/** A spoken code works for 10 minutes and once (21.31). */
export const readAloudCodeLifetime = 10 * MINUTE;
/** A viewer's share to the attending unit (7.1). */
export const viewShareLifetime = 2 * HOUR;
/** FAL sends its one reminder so long before the slot (17, 21.15). */
export const slotReminderBefore = DAY;

const seconds = (max: number) => z.int().min(1).max(max);

/**
 * What configuration may change in one area. Never longer than the law of the spec allows where that protects a person: a confirmation is at
 * most 10 min old (21.5), the re-grade alert comes at 2 min or sooner (21.16).
 */
export const timingOverride = z.strictObject({
  linkLifetime: seconds(30 * DAY), linkOpensBefore: z.int().min(0).max(2 * HOUR), noAnswer: seconds(7 * DAY), resendsMax: z.int().min(0).max(5), resendGap: z.int().min(0).max(7 * DAY),
  maxSession: seconds(4 * HOUR), grace: seconds(HOUR), startTimer: seconds(HOUR), regradeAlert: seconds(2 * MINUTE), safeContactAge: seconds(10 * MINUTE),
}).partial();

export const timingOverrides = z.partialRecord(z.enum(['FCC', 'FAL', 'DA', 'SOM', 'FOR', 'CCTV', 'SOCU']), timingOverride);
export type TimingOverrides = z.output<typeof timingOverrides>;

/** The area's numbers with what configuration changed. */
export function timingFor(area: Area, overrides: TimingOverrides = {}): AreaTiming {
  const given = Object.entries(overrides[area] ?? {}).filter(([, value]) => value !== undefined);
  return { ...timings[area], ...Object.fromEntries(given) };
}
