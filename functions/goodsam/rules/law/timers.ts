import { refused, type Refusal } from '../../../../shared/domain/decision.ts';
import type { LiveLink } from '../../state.ts';
import { nextReminderAt, overwriteTask } from '../cctv.ts';
import { graceEndsAt, holdDueAt, noAnswerAt, plusSeconds, regradeAlertAt, sessionLimitAt } from '../due.ts';
import { isLive, isTerminal, isWaiting } from '../machine.ts';
import { autoOutcome, isSideEnd, needsPerson } from '../outcomes.ts';
import { slotReminderBefore } from '../timing.ts';
import { itemOf, mediaDue } from './media.ts';
import { moveEvidence } from '../evidence.ts';
import { alarmsOf } from '../evidenceTimes.ts';
import { isSendWanted } from './sending.ts';
import { remind } from './staff.ts';
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
  const send = currentSend(link);
  const timers: Timer[] = [];
  if (state === 'SAFETY_HELD' || state === 'AUTH_PENDING' || state === 'READY') {
    timers.push({ key: `hold|${enteredAt}`, at: holdDueAt(state, enteredAt, { priority: link.priority, slotStartAt: link.slotStartAt }), act: expire });
  }
  if (!send) return timers;
  if (send.retryAt !== undefined && isSendWanted(link, send.no)) {
    timers.push({ key: `retry|${send.no}|${send.tries}`, at: send.retryAt, act: next => owe({ ...next, sends: next.sends.map(({ retryAt, ...item }) => (item.no === send.no || retryAt === undefined ? item : { ...item, retryAt })) }, 'send', String(send.no)) });
  }
  if (state === 'SENDING') timers.push({ key: `give-up|${send.no}`, at: holdDueAt('SENDING', send.at, { priority: link.priority, slotStartAt: link.slotStartAt }), act: expire });
  if (isWaiting(state) || state === 'OPENED') timers.push({ key: `expires|${send.no}`, at: send.linkExpiresAt, act: expire });
  if (state === 'SENT' || state === 'DELIVERED') timers.push({ key: `no-answer|${send.no}`, at: noAnswerAt({ sentAt: link.progress.sentAt ?? send.at, channel: send.channel, slotStartAt: link.slotStartAt }, timingOf(link, { settings })), act: noAnswer });
  return timers;
}

function noAnswer(link: LiveLink, { now }: Moment): LiveLink {
  return withCommand(link, 'noAnswer', now, { state: 'NO_ANSWER' });
}

function sessionTimers(link: LiveLink, settings: LawSettings): Timer[] {
  const { state, consentedAt = '', firstMediaAt = '', interruptedAt = '' } = link.progress;
  const timing = timingOf(link, { settings });
  const send = currentSend(link);
  const isUpload = link.mode === 'UPLOAD';
  const timers: Timer[] = [];
  const end = (on: string, endReason: NonNullable<LiveLink['progress']['endReason']>) => (next: LiveLink, { now }: Moment): LiveLink => withCommand(next, on, now, { state: 'ENDED', endedAt: now, endReason });
  if (!isLive(state) || !send) return timers;
  if (state === 'CONSENTED') timers.push({ key: `start|${send.no}`, at: isUpload ? send.linkExpiresAt : plusSeconds(consentedAt, timing.startTimer), act: end('nothingStarted', 'NOTHING_STARTED') });
  // Uploads know neither a limit nor a grace, they end with the link (goodsam.md 21.22).
  else if (isUpload) timers.push({ key: `upload|${send.no}`, at: send.linkExpiresAt, act: end('maxDuration', link.progress.upload === 'RECEIVED' ? 'UPLOADED' : 'LIMIT') });
  else timers.push({ key: `limit|${send.no}`, at: sessionLimitAt(firstMediaAt, timing), act: end('maxDuration', 'LIMIT') });
  if (state === 'INTERRUPTED') {
    timers.push({ key: `grace|${interruptedAt}`, at: graceEndsAt(interruptedAt, timing), act: end('graceElapsed', 'SIGNAL_LOST') });
    const regrade = regradeAlertAt(interruptedAt, timing);
    const key = `regrade|${interruptedAt}`;
    if (regrade !== null && !link.fired.includes(key)) timers.push({ key, at: regrade, act: (next, { now }) => once(next, key, it => raise(it, { kind: 'REGRADE_NOW', to: 'requester', at: now })) });
  }
  // The reconciler (A24): a session of which nothing was heard is asked for at the provider, P0 after 30 s, else after 5 min, then every 2 min.
  // Before the start timer of a consent, or a lost report would end a session that runs.
  const first = plusSeconds(link.progress.enteredAt, link.priority === 'P0_LIVE' ? 30 : state === 'CONSENTED' ? 90 : 300);
  const at = link.reconciledAt === undefined || link.reconciledAt < link.progress.enteredAt ? first : plusSeconds(link.reconciledAt, isUpload ? 1_800 : 120);
  if (send.sessionId !== undefined) timers.push({ key: `reconcile|${at}`, at, act: (next, { now }) => owe({ ...next, reconciledAt: now }, 'reconcile', send.sessionId ?? '') });
  return timers;
}

function areaTimers(link: LiveLink, settings: LawSettings): Timer[] {
  const { state } = link.progress;
  if (link.area === 'FAL' && link.slotStartAt !== undefined && isWaiting(state)) {
    const at = plusSeconds(link.slotStartAt, -slotReminderBefore);
    const isAhead = (link.progress.sentAt ?? '') < at;
    return isAhead && !link.fired.includes('slot-reminder') ? [{ key: 'slot-reminder', at, act: (next, moment) => once(next, 'slot-reminder', it => remind(it, moment)) }] : [];
  }
  return link.area === 'CCTV' ? cctvTimers(link, settings) : [];
}

/** Two reminders in all, and a telephone call, then a visit, before the footage is overwritten (A21). */
function cctvTimers(link: LiveLink, settings: LawSettings): Timer[] {
  const timers: Timer[] = [];
  const send = currentSend(link);
  const isUnopened = link.progress.openedAt === undefined && !isTerminal(link.progress.state);
  if (link.overwriteAt !== undefined && isUnopened) {
    const phoned = link.fired.includes('overwrite-phone');
    const at = plusSeconds(link.overwriteAt, phoned ? -24 * 3600 : -48 * 3600 + 1);
    const key = phoned ? 'overwrite-visit' : 'overwrite-phone';
    const task = overwriteTask({ overwriteAt: link.overwriteAt, opened: false, phoneTaskDone: phoned }, at);
    if (task !== null && !link.fired.includes(key)) {
      timers.push({ key, at, act: (next, { now }) => once(next, key, it => raise(it, { kind: 'CCTV_OVERWRITE_RISK', to: 'requester', at: now, about: phoned ? 'visit' : 'phone', ...(next.overwriteAt !== undefined && { dueAt: next.overwriteAt }) })) });
    }
  }
  if (send && isWaiting(link.progress.state)) {
    const reminders = link.sends.filter(item => item.kind === 'reminder').length;
    const at = nextReminderAt({ firstSentAt: link.sends[0]?.acceptedAt ?? send.at, lastSentAt: send.acceptedAt ?? send.at, reminders, linkExpiresAt: send.linkExpiresAt }, timingOf(link, { settings }));
    const key = `reminder|${reminders}`;
    if (at !== null && !link.fired.includes(key)) timers.push({ key, at, act: (next, moment) => once(next, key, it => remind(it, moment)) });
  }
  return timers;
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

