import type { MissingRecord } from '../../state.ts';
import { change, note, type Step } from './step.ts';

/** From here on a step that fired counts as late, in milliseconds: the sweep looks every 30 s. */
export const lateFrom = 120_000;

/** Lateness is never hidden (2.6): the board shows it. The last fifty are kept. */
export function notedLate(step: Step, one: MissingRecord['late'][number]): Step {
  const what = one.what.slice(0, 80);
  return note(change(step, { late: [...step.record.late, { ...one, what }].slice(-50) }), 'TimerFiredLate', 'none', { what, lateMs: Date.parse(one.firedAt) - Date.parse(one.dueAt) });
}
