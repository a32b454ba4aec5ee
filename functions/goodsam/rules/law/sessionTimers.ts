import type { LiveLink, Send } from '../../state.ts';
import { nextReminderAt, overwriteTask } from '../cctv.ts';
import { graceEndsAt, plusSeconds, regradeAlertAt, sessionLimitAt } from '../due.ts';
import { isLive, isTerminal, isWaiting } from '../machine.ts';
import { slotReminderBefore } from '../timing.ts';
import { remind } from './staff.ts';
import { currentSend, once, owe, raise, timingOf, withCommand, type LawSettings, type Moment } from './step.ts';
import type { Timer } from './timers.ts';

/** Timers of a session that runs, and of the two areas that remind by themselves. */
export function sessionTimers(link: LiveLink, settings: LawSettings): Timer[] {
  const send = currentSend(link);
  if (!isLive(link.progress.state) || !send) return [];
  return [limitTimer(link, send, settings), ...lostTimers(link, settings), ...reconcileTimer(link, send)];
}

function end(on: string, endReason: NonNullable<LiveLink['progress']['endReason']>): Timer['act'] {
  return (link, { now }) => withCommand(link, on, now, { state: 'ENDED', endedAt: now, endReason });
}

/** Uploads know neither a limit nor a grace, they end with the link (goodsam.md 21.22). */
function limitTimer(link: LiveLink, send: Send, settings: LawSettings): Timer {
  const { state, consentedAt = '', firstMediaAt = '', upload } = link.progress;
  const timing = timingOf(link, { settings });
  const isUpload = link.mode === 'UPLOAD';
  if (state === 'CONSENTED') return { key: `start|${send.no}`, at: isUpload ? send.linkExpiresAt : plusSeconds(consentedAt, timing.startTimer), act: end('nothingStarted', 'NOTHING_STARTED') };
  if (isUpload) return { key: `upload|${send.no}`, at: send.linkExpiresAt, act: end('maxDuration', upload === 'RECEIVED' ? 'UPLOADED' : 'LIMIT') };
  return { key: `limit|${send.no}`, at: sessionLimitAt(firstMediaAt, timing), act: end('maxDuration', 'LIMIT') };
}

function lostTimers(link: LiveLink, settings: LawSettings): Timer[] {
  const { state, interruptedAt = '' } = link.progress;
  if (state !== 'INTERRUPTED' || link.mode === 'UPLOAD') return [];
  const timing = timingOf(link, { settings });
  const regrade = regradeAlertAt(interruptedAt, timing);
  const key = `regrade|${interruptedAt}`;
  const grace: Timer = { key: `grace|${interruptedAt}`, at: graceEndsAt(interruptedAt, timing), act: end('graceElapsed', 'SIGNAL_LOST') };
  if (regrade === null || link.fired.includes(key)) return [grace];
  return [grace, { key, at: regrade, act: (next, { now }) => once(next, key, it => raise(it, { kind: 'REGRADE_NOW', to: 'requester', at: now })) }];
}

/**
 * The reconciler (A24): a session of which nothing was heard is asked for at the provider, P0 after 30 s, else after 5 min, then every 2 min; before the start timer of a
 * consent, or a lost report would end a session that runs. An upload may take days and is asked for every half hour.
 */
function reconcileTimer({ progress, priority, mode, reconciledAt }: LiveLink, { sessionId }: Send): Timer[] {
  if (sessionId === undefined) return [];
  const first = plusSeconds(progress.enteredAt, priority === 'P0_LIVE' ? 30 : progress.state === 'CONSENTED' ? 90 : 300);
  const at = reconciledAt === undefined || reconciledAt < progress.enteredAt ? first : plusSeconds(reconciledAt, mode === 'UPLOAD' ? 1_800 : 120);
  return [{ key: `reconcile|${at}`, at, act: (next, { now }) => owe({ ...next, reconciledAt: now }, 'reconcile', sessionId) }];
}

export function areaTimers(link: LiveLink, settings: LawSettings): Timer[] {
  if (link.area === 'CCTV') return [...overwriteTimer(link), ...reminderTimer(link, settings)];
  return link.area === 'FAL' ? slotTimer(link) : [];
}

/** The one reminder of an appointment, a day before it (goodsam.md 21.15). */
function slotTimer(link: LiveLink): Timer[] {
  if (link.slotStartAt === undefined || !isWaiting(link.progress.state) || link.fired.includes('slot-reminder')) return [];
  const at = plusSeconds(link.slotStartAt, -slotReminderBefore);
  if ((link.progress.sentAt ?? '') >= at) return [];
  return [{ key: 'slot-reminder', at, act: (next, moment) => once(next, 'slot-reminder', it => remind(it, moment)) }];
}

/** A telephone call, then a visit, before the footage is overwritten (A21). */
function overwriteTimer(link: LiveLink): Timer[] {
  const { overwriteAt } = link;
  if (overwriteAt === undefined || link.progress.openedAt !== undefined || isTerminal(link.progress.state)) return [];
  const phoned = link.fired.includes('overwrite-phone');
  const key = phoned ? 'overwrite-visit' : 'overwrite-phone';
  const at = plusSeconds(overwriteAt, phoned ? -24 * 3600 : -48 * 3600 + 1);
  if (link.fired.includes(key) || overwriteTask({ overwriteAt, opened: false, phoneTaskDone: phoned }, at) === null) return [];
  const act = (next: LiveLink, { now }: Moment): LiveLink => once(next, key, it => raise(it, { kind: 'CCTV_OVERWRITE_RISK', to: 'requester', at: now, about: phoned ? 'visit' : 'phone', dueAt: overwriteAt }));
  return [{ key, at, act }];
}

/** Two reminders in all (goodsam.md 21.15). */
function reminderTimer(link: LiveLink, settings: LawSettings): Timer[] {
  const send = currentSend(link);
  if (!send || !isWaiting(link.progress.state)) return [];
  const reminders = link.sends.filter(item => item.kind === 'reminder').length;
  const sent = { firstSentAt: link.sends[0]?.acceptedAt ?? send.at, lastSentAt: send.acceptedAt ?? send.at, reminders, linkExpiresAt: send.linkExpiresAt };
  const at = nextReminderAt(sent, timingOf(link, { settings }));
  const key = `reminder|${reminders}`;
  return at === null || link.fired.includes(key) ? [] : [{ key, at, act: (next, moment) => once(next, key, it => remind(it, moment)) }];
}
