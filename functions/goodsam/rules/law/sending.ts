import type { Fact } from '../../../../shared/domain/decision.ts';
import { londonTime } from '../../../../shared/domain/london.ts';
import type { LiveLink, Send } from '../../state.ts';
import { confirmationSeconds, decideSend, isNeutral, isSafeguarding, isWithinHours, route, type MarkerLookup, type SendContext, type SendDecision } from '../decideSend.ts';
import { holdDueAt, linkExpiresAt, linkOpensAt } from '../due.ts';
import { nextTry } from '../retry.ts';
import { templateFor } from '../templates.ts';
import type { FailReason, TemplateName } from '../terms.ts';
import { changeSend, currentSend, owe, timingOf, withCommand, type Moment, type Step } from './step.ts';

/** What was looked up just now, outside of the law: the force's markers and the list of unsafe contacts. */
export interface Gate {
  readonly markerLookup: MarkerLookup;
  readonly unsafeList: SendContext['unsafeList'];
  /** The person's own plan of safe contact, from the force's records. */
  readonly contactPlan?: SendContext['contactPlan'];
}

/** Everything `decideSend` wants to know of this request at this moment; `sendNo` is the send that is asked about. */
export function contextOf(link: LiveLink, gate: Gate, { now, sendNo }: { now: string; sendNo: number }): SendContext {
  return {
    area: link.area, reasonCode: link.reasonCode, channel: link.channel, addressHmac: link.addressHmac, onVoiceCall: isOnVoice(link, now), contactFacts: link.contactFacts,
    contactPlan: planOf(link, gate, clockOf(now)), markerLookup: withKnown(link, gate.markerLookup), safeContact: link.safeContact, unsafeList: gate.unsafeList, sendNo, now, londonTime: clockOf(now),
  };
}

/** Both plans must allow, the person's own on record and the officer's; one that was read once counts while it cannot be read. */
function planOf(link: LiveLink, gate: Gate, clock: string): SendContext['contactPlan'] {
  const plans = [gate.contactPlan ?? link.knownPlan, link.contactPlan].filter(plan => plan !== undefined);
  return plans.find(plan => !isWithinHours(plan, clock)) ?? plans[0];
}

/** "On the voice call" is true when it is said, and for ten minutes (goodsam.md 21.9). */
function isOnVoice({ onVoiceCall, onVoiceAt }: Pick<LiveLink, 'onVoiceCall' | 'onVoiceAt'>, now: string): boolean {
  const age = Date.parse(now) - Date.parse(onVoiceAt ?? '');
  return onVoiceCall && age >= 0 && age <= confirmationSeconds * 1000;
}

/** A look-up that fails does not make a marker go away that was found before. */
function withKnown({ markerLookup: known }: Pick<LiveLink, 'markerLookup'>, { at, result, markers }: MarkerLookup): NonNullable<LiveLink['markerLookup']> {
  return { at, result, markers: result === 'FAILED' ? [...new Set([...markers, ...known?.markers ?? []])] : [...markers] };
}

function clockOf(now: string): string {
  const { hour, minute } = londonTime(now);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** Where a request goes after submit, confirmation, release, approval and re-send; when nothing stands in the way it is sent at once. */
export function routed(link: LiveLink, { on, gate, kind = 'first' }: { readonly on: string; readonly gate: Gate; readonly kind?: Send['kind'] }, moment: Moment): Step {
  const { now } = moment;
  const decision = decideSend(contextOf(link, gate, { now, sendNo: link.progress.sendNo + 1 }));
  const to = route(decision, { isRequired: link.authorisation.required, isGiven: link.authorisation.decision === 'APPROVED' });
  const known = { ...link, markerLookup: withKnown(link, gate.markerLookup), lastRule: decision.rule, ...(gate.contactPlan && { knownPlan: { ...gate.contactPlan } }) };
  const moved = withCommand(known, on, now, { state: to });
  const facts = [safetyFact(decision)];
  // A re-send that was held and is confirmed is a re-send still: otherwise a hold would begin the count anew (T23).
  const counted = kind === 'first' && link.sends.some(send => send.acceptedAt !== undefined) ? 'resend' : kind;
  return to === 'READY' && mayQueue(moved) ? { link: startSend(moved, counted, moment), facts } : { link: moved, facts };
}

/** SAFETY_DECISION of goodsam.md 8: each decision and the rule that made it. */
export function safetyFact({ result, rule }: SendDecision): Fact {
  return { what: 'SafetyDecided', kind: 'none', about: { result, rule } };
}

/** A firearms appointment is sent when its slot is booked (goodsam.md 21.22). */
export function mayQueue(link: LiveLink): boolean {
  return link.area !== 'FAL' || link.mode === 'UPLOAD' || link.slotStartAt !== undefined;
}

/** From READY to SENDING, or to SENT for a code that is read out: then only the session has to be made (goodsam.md 21.31). */
export function startSend(link: LiveLink, kind: Send['kind'], moment: Moment): LiveLink {
  const { now, by } = moment;
  const timing = timingOf(link, moment);
  const no = link.progress.sendNo + 1;
  const isCode = link.channel === 'READ_ALOUD_CODE';
  const times = { sentAt: now, channel: link.channel, slotStartAt: link.slotStartAt };
  const template = isCode ? undefined : templateOf(link, kind);
  const send: Send = {
    no, at: now, by, kind, channel: link.channel, neutral: isNeutral(link), linkExpiresAt: linkExpiresAt(times, timing), tries: 0, ...(template !== undefined && { template }),
    ...(isCode && { acceptedAt: now }),
  };
  // A supervisor's release is good for this one send (goodsam.md 21.10).
  const safeContact = link.safeContact.method === 'SUPERVISOR_RELEASE' ? { ...link.safeContact, usedBySend: no } : link.safeContact;
  const next = { ...link, safeContact, sends: [...link.sends, send], linkOpensAt: linkOpensAt(times, timing) };
  const moved = isCode ? withCommand(next, 'codeIssued', now, { state: 'SENT', sendNo: no, sentAt: now }) : withCommand(next, 'queue', now, { state: 'SENDING', sendNo: no });
  return supersede(owe(moved, 'send', String(no)), no);
}

/** A re-send kills what went before it: its token by number, its session at the provider. */
function supersede(link: LiveLink, no: number): LiveLink {
  const older = link.sends.filter(send => send.no < no && send.sessionId !== undefined && send.sessionClosed !== true);
  return older.reduce((next, { sessionId = '' }) => owe(next, 'close-session', sessionId, 'SUPERSEDED'), link);
}

export function templateOf(link: Pick<LiveLink, 'area' | 'reasonCode' | 'mode' | 'markerLookup'>, kind: Send['kind']): TemplateName | undefined {
  const { area, reasonCode: reason, mode } = link;
  return templateFor({ area, reason, mode, safeguarding: isSafeguarding(link), kind: kind === 'reminder' ? 'reminder' : 'first' });
}

/** What became of a try to send. A session that was made and must not live is closed whatever else happens. */
export type SendResult =
  | { readonly kind: 'accepted'; readonly sessionId: string; readonly publicUrl: string; readonly notificationId?: string }
  | { readonly kind: 'not-allowed'; readonly decision: SendDecision; readonly markerLookup: MarkerLookup; readonly sessionId?: string }
  | { readonly kind: 'void'; readonly sessionId?: string }
  | { readonly kind: 'retry' | 'failed'; readonly reason: FailReason; readonly tries: number; readonly retryAfterSeconds?: number; readonly sessionId?: string };

export function recordSend(link: LiveLink, sendNo: number, result: SendResult, moment: Moment): Step {
  const send = link.sends.find(item => item.no === sendNo);
  const isCurrent = send !== undefined && link.progress.sendNo === sendNo && (link.progress.state === 'SENDING' || (send.channel === 'READ_ALOUD_CODE' && isOpenCode(link)));
  if (!isCurrent) return { link: dropSession(link, sendNo, result.sessionId), facts: [{ what: 'SendVoid', kind: 'none', about: { send: sendNo } }] };
  switch (result.kind) {
    case 'accepted': return acceptSend(link, send, result, moment);
    case 'not-allowed': return stopSend(link, send, result, moment);
    case 'void': return { link: dropSession(link, sendNo, result.sessionId), facts: [{ what: 'SendVoid', kind: 'none', about: { send: sendNo } }] };
    case 'retry': return retrySend(link, send, result, moment);
    case 'failed': return failSend(link, send, result, moment);
  }
}

function isOpenCode({ progress }: LiveLink): boolean {
  return ['SENT', 'OPENED', 'CONSENTED', 'NO_ANSWER'].includes(progress.state);
}

/**
 * A session without a living send is closed (A7: after a cancel while sending no live link remains). One that we do not know may have been made all the same, by a
 * try that was killed before its reply or timed out: it is looked for under the key of the send.
 */
function dropSession(link: LiveLink, sendNo: number, sessionId: string | undefined): LiveLink {
  if (sessionId === undefined) return link.sends.some(send => send.no === sendNo && send.sessionId === undefined) ? owe(link, 'close-session', sendKey(link, sendNo), byKey) : link;
  return owe(changeSend(link, sendNo, { sessionId }), 'close-session', sessionId, 'CANCELLED');
}

function acceptSend(link: LiveLink, send: Send, result: Extract<SendResult, { kind: 'accepted' }>, moment: Moment): Step {
  const { sessionId, publicUrl, notificationId } = result;
  const set: Partial<Send> = { sessionId, publicUrl, tries: send.tries + 1, ...(notificationId !== undefined && { notificationId }) };
  if (send.channel === 'READ_ALOUD_CODE') return { link: changeSend(link, send.no, set), facts: [{ what: 'SessionMade', kind: 'none', about: { send: send.no } }] };
  const times = { sentAt: moment.now, channel: send.channel, slotStartAt: link.slotStartAt };
  const known = changeSend(link, send.no, { ...set, acceptedAt: moment.now, linkExpiresAt: linkExpiresAt(times, timingOf(link, moment)) });
  return {
    link: withCommand(known, 'providerAccepted', moment.now, { state: 'SENT', sentAt: moment.now }),
    facts: [{ what: 'LinkSent', kind: 'disclosure', about: { send: send.no, channel: send.channel, template: send.template ?? '' } }],
  };
}

/** T5a: the gate said no at the last moment; nothing has left. */
function stopSend(link: LiveLink, send: Send, result: Extract<SendResult, { kind: 'not-allowed' }>, { now }: Moment): Step {
  const isBlock = result.decision.result === 'BLOCK';
  // The session of an earlier try as well: none may live while the request is held (goodsam.md 21.2).
  const known = { ...dropSession(link, send.no, result.sessionId ?? send.sessionId), markerLookup: withKnown(link, result.markerLookup), lastRule: result.decision.rule };
  return {
    link: withCommand(known, isBlock ? 'gateBlock' : 'gateHold', now, { state: isBlock ? 'BLOCKED_UNSAFE' : 'SAFETY_HELD' }),
    facts: [safetyFact(result.decision)],
  };
}

function retrySend(link: LiveLink, send: Send, result: Extract<SendResult, { kind: 'retry' | 'failed' }>, moment: Moment): Step {
  const tries = send.tries + result.tries;
  const dueAt = holdDueAt('SENDING', send.at, { priority: link.priority, slotStartAt: link.slotStartAt });
  const next = nextTry({ priority: link.priority, tries, failedAt: moment.now, dueAt, ...(result.retryAfterSeconds !== undefined && { retryAfter: result.retryAfterSeconds }) });
  const kept = changeSend(link, send.no, { tries, ...(result.sessionId !== undefined && { sessionId: result.sessionId }) });
  if (next.kind === 'AGAIN') {
    return {
      // A code was read out already: its request stays where it is (goodsam.md 21.31), and the session follows.
      link: withCommand(changeSend(kept, send.no, { retryAt: next.at }), 'providerRetry', moment.now, send.channel === 'READ_ALOUD_CODE' ? {} : { state: 'SENDING' }),
      facts: [{ what: 'SendFailedForNow', kind: 'none', about: { send: send.no, tries, reason: result.reason } }],
    };
  }
  return next.to === 'EXPIRED'
    ? { link: withCommand(kept, 'expired', moment.now, { state: 'EXPIRED', endedAt: moment.now, failReason: result.reason }), facts: [{ what: 'LinkExpired', kind: 'none', about: { send: send.no } }] }
    : failSend(kept, { ...send, tries }, { ...result, tries: 0 }, moment);
}

function failSend(link: LiveLink, send: Send, result: Extract<SendResult, { kind: 'retry' | 'failed' }>, { now }: Moment): Step {
  const known = changeSend(dropSession(link, send.no, result.sessionId), send.no, { tries: send.tries + result.tries });
  return {
    link: withCommand(known, 'providerFailed', now, { state: 'SEND_FAILED', failReason: result.reason }),
    facts: [{ what: 'SendFailed', kind: 'none', about: { send: send.no, reason: result.reason } }],
  };
}

/** `how` of a close-session whose `about` is the key of a send and no session. */
export const byKey = 'BY_KEY';

/** Under which a send's session is made at the provider, once however often it is asked for. */
export function sendKey({ requestId }: Pick<LiveLink, 'requestId'>, sendNo: number): string {
  return `${requestId}-${sendNo}`;
}

/** May this send still leave? For the start of the effect, and again inside it after each wait. */
export function isSendWanted(link: LiveLink, sendNo: number): boolean {
  const send = currentSend(link);
  if (send?.no !== sendNo) return false;
  return link.progress.state === 'SENDING' || (send.channel === 'READ_ALOUD_CODE' && send.sessionId === undefined && isOpenCode(link));
}
