import type { CardRow, LiveLink } from '../../state.ts';
import { isSafeguarding } from '../decideSend.ts';
import { outcomeDueAt } from '../due.ts';
import { isTerminal } from '../machine.ts';
import { ownReference } from '../references.ts';
import type { RequestState } from '../terms.ts';
import { workFor, type Assignee, type WorkRule } from '../work.ts';
import { byKey, sendKey } from './sending.ts';
import { closeCards, owe, once, raise, timingOf, writeLine, type Moment } from './step.ts';

/**
 * What follows from entering a state, whichever command or report led there: tasks, cards, lines, sessions to be closed. In one place, so that no path can forget it.
 */
export function consequences(before: LiveLink | undefined, link: LiveLink, moment: Moment): LiveLink {
  const from = before?.progress.state;
  const { state } = link.progress;
  if (from === state) return link;
  const acted = tasks(entered(tidyCards(link, moment), from, moment), state, moment);
  return isTerminal(state) ? over(acted, moment) : acted;
}

function entered(link: LiveLink, from: RequestState | undefined, moment: Moment): LiveLink {
  const { now: at } = moment;
  switch (link.progress.state) {
    // Who asked from another room has no seat here: the supervisor who may release it is told as well.
    case 'SAFETY_HELD': return raise(link.origin ? raise(link, { kind: 'SAFETY_HOLD', to: 'supervisors', at }) : link, { kind: 'SAFETY_HOLD', to: 'requester', at });
    case 'AUTH_PENDING': return raise(link, { kind: 'AUTH_NEEDED', to: 'authorisers', at });
    case 'BLOCKED_UNSAFE': return owe(raise(link, { kind: 'BLOCKED', to: 'supervisors', at }), 'list-unsafe', 'address');
    // Serious crime is told by telephone, and the card only says that a task needs attention (goodsam.md 17).
    case 'ABORTED_SAFETY': return owe(raise(raise(link, { kind: 'PHONE_TASK', to: 'supervisors', at, about: 'aborted' }), { kind: 'PHONE_TASK', to: 'requester', at, about: 'aborted' }), 'list-unsafe', 'address');
    case 'SEND_FAILED': return raise(link, { kind: 'SEND_FAILED', to: 'requester', at });
    case 'UNDELIVERED': return raise(link, { kind: 'SEND_FAILED', to: 'requester', at, about: 'undelivered' });
    case 'OPENED': return link.area === 'FCC' ? once(link, 'opened', next => raise(next, { kind: 'LINK_OPENED', to: 'requester', at })) : link;
    case 'DECLINED': return declined(link, moment);
    case 'ENDED': return ended(link, from, moment);
    default: return link;
  }
}

/** The tasks that an end or an outcome makes (goodsam.md 17). A task is a card, an update of the incident a line in its log. */
export function tasks(link: LiveLink, code: string, { now: at }: Moment): LiveLink {
  return workOf(link, code).reduce((next, rule) => {
    if (rule.task === 'INCIDENT_UPDATE') return writeLine(next, `Live link ${ownReference(link.requestId)}: ${code}.`, at);
    return raise(next, { kind: rule.task === 'REGRADE' ? 'REGRADE_NOW' : 'PHONE_TASK', to: audienceOf(rule.to), at, about: aboutOf(rule) });
  }, link);
}

function workOf(link: LiveLink, code: string): WorkRule[] {
  const times = link.log.filter(item => item.kind === 'command' && item.set.state === code).length;
  return workFor({ area: link.area, reason: link.reasonCode, code, times: Math.max(1, times) });
}

function aboutOf({ task }: WorkRule): string {
  return task.toLowerCase().replaceAll('_', '-');
}

function audienceOf(to: Assignee): CardRow['to'] {
  if (to === 'LICENSING_SUPERVISOR' || to === 'SOCU_DI') return 'authorisers';
  return to === 'DISPATCHER' ? 'supervisors' : 'requester';
}

function declined(link: LiveLink, { now: at }: Moment): LiveLink {
  const { declineReason } = link.progress;
  // "Not safe" is the person's own word for it: nobody texts this address again (goodsam.md 21.4).
  const listed = declineReason === 'NOT_SAFE' ? owe(link, 'list-unsafe', 'address') : link;
  return raise(listed, { kind: 'PHONE_TASK', to: 'requester', at, about: 'declined' });
}

function ended(link: LiveLink, from: RequestState | undefined, { now: at }: Moment): LiveLink {
  const { endReason } = link.progress;
  const lost = endReason === 'SIGNAL_LOST' && isSafeguarding(link) ? raise(link, { kind: 'SESSION_LOST', to: 'requester', at }) : link;
  return from === undefined ? lost : writeLine(lost, `Live link ${ownReference(link.requestId)} ended.`, at);
}

/** Whatever ends a request: no live link remains, its evidence is looked for, and the clock of the outcome starts. */
function over(link: LiveLink, moment: Moment): LiveLink {
  const { state, endedAt } = link.progress;
  const how = howToClose(state);
  const open = link.sends.filter(send => send.sessionId !== undefined && send.sessionClosed !== true);
  const known = open.reduce((next, { sessionId = '' }) => owe(next, 'close-session', sessionId, how), link);
  // A try that failed may have made a session that nobody told us of. One that is under way says so when it ends (recordSend).
  const closed = link.sends.filter(send => send.sessionId === undefined && send.tries > 0).reduce((next, { no }) => owe(next, 'close-session', sendKey(link, no), byKey), known);
  const looked = closed.progress.consentedAt !== undefined && state !== 'CLOSED' ? findMedia(closed) : closed;
  if (state === 'CLOSED') return looked;
  return { ...looked, outcomeDueAt: looked.outcomeDueAt ?? outcomeDueAt(endedAt ?? moment.now, timingOf(link, moment)) };
}

function findMedia(link: LiveLink): LiveLink {
  return link.record || link.mode === 'UPLOAD' ? owe({ ...link, mediaExpected: true }, 'find-media', 'session') : link;
}

function howToClose(state: RequestState): string {
  if (state === 'ENDED' || state === 'CLOSED') return 'END';
  if (state === 'ABORTED_SAFETY' || state === 'BLOCKED_UNSAFE') return 'UNSAFE';
  return state === 'EXPIRED' ? 'EXPIRED' : 'CANCELLED';
}

/** A card that asks for what is over now no longer asks. */
function tidyCards(link: LiveLink, { now: at, by }: Moment): LiveLink {
  const { state } = link.progress;
  const person = by === 'system' || by === 'public' ? {} : { by };
  const held = state === 'SAFETY_HELD' ? link : closeCards(link, ['SAFETY_HOLD'], { status: 'done', at, ...person });
  const asked = state === 'AUTH_PENDING' ? held : closeCards(held, ['AUTH_NEEDED'], { status: 'done', at, ...person });
  if (state !== 'CLOSED') return asked;
  const kinds = ['OUTCOME_OVERDUE', 'LINK_OPENED', 'SESSION_LOST', 'REGRADE_NOW', 'SEND_FAILED', 'PHONE_TASK', 'CCTV_OVERWRITE_RISK'] as const;
  // The work that this very outcome makes stays open.
  const made = link.outcome ? workOf(link, link.outcome.code).map(aboutOf) : [];
  return closeCards(asked, kinds, { status: 'done', at, ...person }, card => card.about !== undefined && made.includes(card.about));
}
