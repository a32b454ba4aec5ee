import { refused, type Refusal } from '../../../../shared/domain/decision.ts';
import type { LiveLink, Send } from '../../state.ts';
import { holdDueAt, noAnswerAt, plusSeconds } from '../due.ts';
import { isWaiting } from '../machine.ts';
import { autoOutcome, isSideEnd, needsPerson } from '../outcomes.ts';
import { itemOf, mediaDue } from './media.ts';
import { moveEvidence } from '../evidence.ts';
import { alarmsOf } from '../evidenceTimes.ts';
import { isSendWanted } from './sending.ts';
import { areaTimers, sessionTimers } from './sessionTimers.ts';
import { currentSend, once, owe, raise, timingOf, withCommand, type LawSettings, type Moment, type Step } from './step.ts';

export interface Timer {
  /** Names this running out of this timer: it happens once. */
  readonly key: string;
  readonly at: string;
  readonly act: (link: LiveLink, moment: Moment) => LiveLink;
}

/** Every timer that runs in this state, from the state alone: none has to be set or stopped, so none can be forgotten (goodsam.md 21.24). */
export function timersOf(link: LiveLink, settings: LawSettings): Timer[] {
  return [...waitingTimers(link, settings), ...sessionTimers(link, settings), ...areaTimers(link, settings), ...endTimers(link, settings), ...mediaTimers(link), ...laterTimers(link), ...cardTimers(link, settings)];
}

/** The earliest moment at which the request has something to do; now, when it owes something. */
export function dueAt(link: LiveLink, settings: LawSettings): string | undefined {
  if (link.owed.length > 0) return link.progress.enteredAt;
  return timersOf(link, settings).map(timer => timer.at).sort()[0];
}

export function tick(link: LiveLink, key: string, moment: Moment): Step | Refusal {
  const timer = timersOf(link, moment.settings).find(item => item.key === key);
  if (!timer || timer.at > moment.now) return refused('TIMER_GONE', 'This timer does not run any more.');
  return { link: timer.act(link, moment), facts: [{ what: 'TimerRanOut', kind: 'none', about: { timer: key.split('|')[0] ?? '' } }] };
}

const expire = (link: LiveLink, { now }: Moment): LiveLink => withCommand(link, 'expired', now, { state: 'EXPIRED', endedAt: now });

function waitingTimers(link: LiveLink, settings: LawSettings): Timer[] {
  const { state, enteredAt } = link.progress;
  const about = { priority: link.priority, slotStartAt: link.slotStartAt };
  const isHeld = state === 'SAFETY_HELD' || state === 'AUTH_PENDING' || state === 'READY';
  const send = currentSend(link);
  return [...(isHeld ? [{ key: `hold|${enteredAt}`, at: holdDueAt(state, enteredAt, about), act: expire }] : []), ...(send ? sendTimers(link, send, settings) : [])];
}

function sendTimers(link: LiveLink, send: Send, settings: LawSettings): Timer[] {
  const { state, sentAt } = link.progress;
  const timers: Timer[] = [];
  if (send.retryAt !== undefined && isSendWanted(link, send.no)) timers.push({ key: `retry|${send.no}|${send.tries}`, at: send.retryAt, act: next => tryAgain(next, send.no) });
  if (state === 'SENDING') timers.push({ key: `give-up|${send.no}`, at: holdDueAt('SENDING', send.at, { priority: link.priority, slotStartAt: link.slotStartAt }), act: expire });
  if (isWaiting(state) || state === 'OPENED') timers.push({ key: `expires|${send.no}`, at: send.linkExpiresAt, act: expire });
  if (state === 'SENT' || state === 'DELIVERED') timers.push({ key: `no-answer|${send.no}`, at: noAnswerAt({ sentAt: sentAt ?? send.at, channel: send.channel, slotStartAt: link.slotStartAt }, timingOf(link, { settings })), act: noAnswer });
  return timers;
}

function tryAgain(link: LiveLink, no: number): LiveLink {
  const sends = link.sends.map(({ retryAt, ...send }) => (send.no === no || retryAt === undefined ? send : { ...send, retryAt }));
  return owe({ ...link, sends }, 'send', String(no));
}

function noAnswer(link: LiveLink, { now }: Moment): LiveLink {
  return withCommand(link, 'noAnswer', now, { state: 'NO_ANSWER' });
}

/** A20: a reminder when the outcome is due, then the supervisor; what may be closed without a person is closed then (goodsam.md 21.23). */
function endTimers(link: LiveLink, settings: LawSettings): Timer[] {
  const { state } = link.progress;
  const timers: Timer[] = [];
  timers.push(...minimiseTimer(link, settings), ...eraseTimer(link, settings));
  if (link.recheckDueAt !== undefined && !link.fired.includes('recheck')) timers.push({ key: 'recheck', at: link.recheckDueAt, act: (next, { now }) => once(next, 'recheck', it => raise(it, { kind: 'RECHECK_DUE', to: 'requester', at: now, ...(it.recheckDueAt !== undefined && { dueAt: it.recheckDueAt }) })) });
  if (state === 'CLOSED' || link.outcomeDueAt === undefined) return timers;
  if (!link.fired.includes('outcome-reminder')) timers.push({ key: 'outcome-reminder', at: link.outcomeDueAt, act: (next, { now }) => once(next, 'outcome-reminder', it => raise(it, { kind: 'OUTCOME_OVERDUE', to: 'requester', at: now })) });
  else if (!link.fired.includes('outcome-escalated')) timers.push({ key: 'outcome-escalated', at: plusSeconds(link.outcomeDueAt, settings.escalateAfterSeconds), act: escalate });
  return timers;
}

function escalate(link: LiveLink, { now }: Moment): LiveLink {
  const { state } = link.progress;
  const fired = once(link, 'outcome-escalated', next => next);
  if (!isSideEnd(state) || needsPerson(state)) return raise(fired, { kind: 'OUTCOME_OVERDUE', to: 'supervisors', at: now, about: 'escalated' });
  const outcome = { code: autoOutcome(state), attendanceAvoided: false, recordedBy: 'system', at: now };
  return withCommand({ ...fired, outcome }, 'outcomeRecorded', now, { state: 'CLOSED', closedAt: now });
}

/** The address is cut to its last digits when it is no longer needed; its HMAC stays, for the list of unsafe contacts and for measures (goodsam.md 6). */
function minimiseTimer(link: LiveLink, settings: LawSettings): Timer[] {
  const from = link.progress.closedAt ?? link.outcomeDueAt;
  if (from === undefined || link.minimisedAt !== undefined) return [];
  const act = (next: LiveLink, { now }: Moment): LiveLink => {
    const { address, personName, ...kept } = next;
    return { ...kept, minimisedAt: now };
  };
  return [{ key: 'minimise', at: plusSeconds(from, settings.minimiseAfterSeconds), act }];
}

/** Places and words that are no evidence go after a month (goodsam.md 6); the track beside the state goes with them. */
function eraseTimer(link: LiveLink, settings: LawSettings): Timer[] {
  const from = link.progress.closedAt ?? link.outcomeDueAt;
  if (from === undefined || link.erasedAt !== undefined) return [];
  const act = (next: LiveLink, { now }: Moment): LiveLink => {
    const { lastFix, lastPosted, ...kept } = next;
    return { ...kept, chat: [], fixes: 0, lines: next.lines.map(line => ({ ...line, text: '' })), erasedAt: now };
  };
  return [{ key: 'erase', at: plusSeconds(from, settings.eraseAfterSeconds), act }];
}

function mediaTimers(link: LiveLink): Timer[] {
  return [...alarmTimers(link), ...link.media.flatMap(item => {
    const due = mediaDue(item);
    if (!due || link.fired.includes(due.key)) return [];
    const { kind } = due;
    if (kind !== 'scan-timeout') return [{ key: due.key, at: due.at, act: (next: LiveLink) => once(next, due.key, it => owe(it, kind, item.evidenceId)) }];
    return [{ key: due.key, at: due.at, act: (next: LiveLink, moment: Moment) => timeOut(next, item.evidenceId, moment) }];
  })];
}

/** Late retrieval, evidence that is still not stored, the provider's own deletion near (goodsam.md 4.3): each told once. */
function alarmTimers(link: LiveLink): Timer[] {
  return link.media.flatMap(item => alarmsOf(item).filter(alarm => alarm.kind !== 'NO_VERDICT').flatMap(alarm => {
    const key = `alarm|${item.evidenceId}|${alarm.kind}`;
    const act = (next: LiveLink, { now: at }: Moment): LiveLink => once(next, key, it => raise(it, { kind: 'EVIDENCE_FAILED', to: alarm.kind === 'RETRIEVE_LATE' ? 'support' : 'requester', at, about: item.evidenceId }));
    return link.fired.includes(key) ? [] : [{ key, at: alarm.dueAt, act }];
  }));
}

function timeOut(link: LiveLink, evidenceId: string, moment: Moment): LiveLink {
  const item = itemOf(link, evidenceId);
  const moved = item && moveEvidence(item, { event: 'scanTimedOut' }, moment);
  if (moved?.kind !== 'moved') return link;
  return raise({ ...link, media: link.media.map(other => (other.evidenceId === evidenceId ? moved.item : other)) }, { kind: 'EVIDENCE_FAILED', to: 'requester', at: moment.now, about: evidenceId });
}

function laterTimers(link: LiveLink): Timer[] {
  return link.later.map(item => ({
    key: `later|${item.id}`, at: item.at,
    act: (next: LiveLink) => owe({ ...next, later: next.later.filter(other => other.id !== item.id) }, item.kind, item.about, item.how),
  }));
}

/** A card that nobody answered says so after a day; what it asked for is still there in the app (goodsam.md 19 and 21.35). */
function cardTimers(link: LiveLink, settings: LawSettings): Timer[] {
  return link.cards.filter(card => card.status === 'shown').map(card => ({
    key: `card|${card.cardId}`, at: plusSeconds(card.at, settings.cardLifetimeSeconds),
    act: (next: LiveLink, { now }: Moment) => owe({ ...next, cards: next.cards.map(other => (other.cardId === card.cardId ? { ...other, status: 'expired' as const, doneAt: now } : other)) }, 'card', card.cardId, 'expired'),
  }));
}

