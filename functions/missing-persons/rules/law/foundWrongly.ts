import type { MissingRecord } from '../../state.ts';
import { plusMinutes } from '../machine/instants.ts';
import { isFailed } from '../machine/moment.ts';
import { rowOf } from '../notices/lookup.ts';
import type { BasisRecord } from '../notices/notice.ts';
import { retellings, toldFoundWrongly, type Retelling } from '../notices/standDown.ts';
import { queue } from './noticeQueue.ts';
import { note, peopleOf, raise, type Moment, type Step } from './step.ts';

/** Somebody heard that the person was found: by a message of ours, or from an officer who said so (P02, P05). */
export function isToldFound({ notices, tasks }: Pick<MissingRecord, 'notices' | 'tasks'>): boolean {
  return toldFoundWrongly(notices).length > 0 || tasks.some(({ templateId, state, voidedAt }) => (templateId === 'P02' || templateId === 'P05') && state === 'DONE' && voidedAt === undefined);
}

/**
 * C22 and C20: the person is missing after all, and whoever heard "found" from us may have stopped looking. Each is told again at once, on the ground and with the fields of the first telling, and
 * the message begins by saying that "located" was wrong. A request (charity, alert) is made anew by people only; it and whatever may not be queued becomes a card to the owner. Task C22 sees to all of it.
 */
export function tellAgain(step: Step, moment: Moment): Step {
  const again = retellings(step.record.notices);
  return again.length === 0 ? step : again.reduce((so, one) => told(so, one, moment), note(step, 'FoundWronglyTold', 'none', { notices: again.length }));
}

function told(step: Step, one: Retelling, moment: Moment): Step {
  const { recipientId, n, variant, corrects } = one;
  const to = moment.settings.recipients.find(item => item.recipientId === recipientId);
  const sent = to && !one.isRequest ? queue(step, { n, variant, to, basis: basisOf(one, moment), dueAt: plusMinutes(moment.now, moment.settings.notices.standDownMins), approvals: one.approvals, corrects }, moment) : undefined;
  if (sent && !isFailed(sent)) return sent;
  return raise(step, moment.now, { kind: 'NOTICE_FAILED', to: peopleOf(['OWNER'], step.record, moment.people), title: `Tell them again that the person is missing: ${to?.name ?? recipientId}`.slice(0, 200), about: `again-${recipientId}`.slice(0, 100), isUrgent: true });
}

/** The ground of the row, decided by whoever took the verification back. */
function basisOf({ n }: Retelling, { by, now }: Moment): BasisRecord {
  return { basis: rowOf(n).basis, purpose: `Correction, the person is missing after all: ${rowOf(n).title}`, minimumNecessary: `The fields that ${n} allows.`, decidedBy: by, at: now };
}
