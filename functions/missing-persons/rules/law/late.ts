import type { MissingRecord } from '../../state.ts';
import { change, note, type Step } from './step.ts';

/** From here on a step that fired counts as late, in milliseconds: the sweep looks every 30 s. */
const lateFrom = 120_000;

/**
 * Lateness is never hidden (2.6): the board shows it. It is counted from the first step that nobody fired: after an outage the last one, a repeat, may have been due this very minute. The last fifty
 * are kept.
 */
export function late(step: Step, { what, dueAt, firedAt }: MissingRecord['late'][number]): Step {
  const lateMs = Date.parse(firedAt) - Date.parse(dueAt);
  if (lateMs < lateFrom) return step;
  const one = { what: what.slice(0, 80), dueAt, firedAt };
  return note(change(step, { late: [...step.record.late, one].slice(-50) }), 'TimerFiredLate', 'none', { what: one.what, lateMs });
}
