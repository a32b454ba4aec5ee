import type { RiskLevel } from '../terms.ts';
import type { Recipient } from './settings.ts';
import type { Escalation, EscalationStep } from './task.ts';

/** What the ladders of tasks and of reviews have in common (4, 5.1, 15.1 item 18). */

/** A step of a ladder and when it is due. */
export interface DueStep {
  readonly step: EscalationStep;
  readonly at: string;
}

export interface Rung extends DueStep {
  readonly to: readonly Recipient[];
  readonly isAcknowledged?: true;
}

export interface Ladder {
  /** The rung after the last that was fired; undefined where the ladder ends. */
  readonly after: (last: DueStep | undefined) => Rung | undefined;
  /** How often a rung repeats, in ms; undefined for one that does not. */
  readonly everyOf: (rung: Rung) => number | undefined;
}

/**
 * The one row that time implies: after an outage the highest rung that is due, with the ones passed over named in `skipped` and the lateness recorded (2.6); the next rung then lies in the future.
 * Undefined: nothing is due.
 */
export function dueRow(last: DueStep | undefined, now: string, { after, everyOf }: Ladder): { readonly row: Escalation; readonly rung: Rung } | undefined {
  const due: Rung[] = [];
  for (let next = after(last); next && next.at <= now; next = after(due.at(-1))) due.push(lastOfRepeats(next, now, everyOf(next)));
  const rung = due.at(-1);
  if (!rung) return undefined;
  const skipped = due.slice(0, -1).map(({ step }) => step);
  return { rung, row: { step: rung.step, at: rung.at, firedAt: now, to: [...rung.to], lateMs: Date.parse(now) - Date.parse(rung.at), ...(skipped.length > 0 && { skipped }) } };
}

/** Of repeats that were all due in an outage, the last. */
function lastOfRepeats(rung: Rung, now: string, every: number | undefined): Rung {
  if (every === undefined) return rung;
  return { ...rung, at: plus(rung.at, Math.floor((Date.parse(now) - Date.parse(rung.at)) / every) * every) };
}

/** A repeat takes the place of the one before it, and keeps the answers to its pages. */
export function withFired(rows: readonly Escalation[], row: Escalation): Escalation[] {
  const before = row.step === 'REPEAT' || row.step === 'HARD_REPEAT' ? rows.find(({ step }) => step === row.step) : undefined;
  if (!before) return [...rows, row];
  return [...rows.filter(item => item !== before), { ...row, times: (before.times ?? 1) + 1, ...(before.acks && { acks: before.acks }) }];
}

/** The first instant of base + n × every (n from 1) that is later than `after`. */
export function nextOnGrid(base: string, every: number, after: string): string {
  const n = Math.max(1, Math.floor((Date.parse(after) - Date.parse(base)) / every) + 1);
  return plus(base, n * every);
}

/** Neither a task nor a review is ever changed in place: asked again about the same one, which each timer does of every other, the answer is the same. */
export function remembered<Item extends object, Settings extends object>(work: (item: Item, level: RiskLevel, settings: Settings) => DueStep | undefined): typeof work {
  const answered = new WeakMap<Item, { readonly level: RiskLevel; readonly settings: Settings; readonly next: DueStep | undefined }>();
  return (item, level, settings) => {
    const found = answered.get(item);
    if (found?.level === level && found.settings === settings) return found.next;
    const next = work(item, level, settings);
    answered.set(item, { level, settings, next });
    return next;
  };
}

export const plus = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();
export const later = (a: string, b: string): string => (a > b ? a : b);
