import type { Notice } from '../notices/notice.ts';
import { isElectronic } from '../notices/words.ts';
import { change, owe, type Step } from './step.ts';

/** Messages that were held and may go on are owed again: what the outbox once did for them ended when they were held. `how` keeps this going apart from an earlier one. */
export function freed(step: Step, notices: readonly Notice[], how: string): Step {
  const wasHeld = new Set(step.record.notices.filter(({ state }) => state === 'HELD').map(({ noticeId }) => noticeId));
  const toSend = notices.filter(({ noticeId, state, channel }) => state === 'QUEUED' && wasHeld.has(noticeId) && isElectronic(channel));
  return toSend.reduce((so, { noticeId }) => owe(so, 'notice', noticeId, how), change(step, { notices: [...notices] }));
}
