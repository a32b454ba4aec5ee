import { refused, type Refusal } from '../../../../shared/domain/decision.ts';
import type { LiveLink } from '../../state.ts';
import { isSafeguarding } from '../decideSend.ts';
import { mayResend, plusSeconds } from '../due.ts';
import { bookedSlot } from '../firearmsRequest.ts';
import { isLive, isWaiting, transitionOf } from '../machine.ts';
import { authoriseRole } from '../roles.ts';
import { viewShareLifetime } from '../timing.ts';
import type { SafeMethod } from '../terms.ts';
import { routed, startSend, templateOf, type Gate } from './sending.ts';
import { closeCards, timingOf, withCommand, type Moment, type Step } from './step.ts';

export type StaffCommand =
  | { readonly do: 'ConfirmSafe'; readonly method: Exclude<SafeMethod, 'SUPERVISOR_RELEASE'>; readonly liveCheck: boolean; readonly onVoiceCall: boolean; readonly gate: Gate }
  | { readonly do: 'MarkUnsafe'; readonly reason: string }
  | { readonly do: 'ClearUnsafe'; readonly reason: string }
  | { readonly do: 'ReleaseHold'; readonly reason: string; readonly gate: Gate }
  | { readonly do: 'Authorise'; readonly decision: 'APPROVED' | 'REFUSED'; readonly reason?: string; readonly overrideTicked: boolean; readonly gate: Gate }
  | { readonly do: 'Resend'; readonly gate: Gate }
  | { readonly do: 'Cancel'; readonly reason: string }
  | { readonly do: 'End' }
  | { readonly do: 'LetIn' }
  | { readonly do: 'BookSlot'; readonly slotStartAt: string; readonly slotEndAt: string; readonly gate: Gate }
  | { readonly do: 'Reissue' }
  | { readonly do: 'ShareView'; readonly viewer: string };

/** `InvalidTransition {from, event}` of goodsam.md 4.1. */
export function notNow(link: LiveLink, event: string): Refusal {
  return refused('INVALID_TRANSITION', `This cannot be done while the request is ${link.progress.state} (${event}).`);
}

export function decideStaff(link: LiveLink, command: StaffCommand, moment: Moment): Step | Refusal {
  switch (command.do) {
    case 'ConfirmSafe': return confirmSafe(link, command, moment);
    case 'MarkUnsafe': return markUnsafe(link, command.reason, moment);
    case 'ClearUnsafe': return clearUnsafe(link, command.reason, moment);
    case 'ReleaseHold': return releaseHold(link, command, moment);
    case 'Authorise': return authorise(link, command, moment);
    case 'BookSlot': return bookSlot(link, command, moment);
    default: return decideOnLink(link, command, moment);
  }
}

function decideOnLink(link: LiveLink, command: Extract<StaffCommand, { do: 'Resend' | 'Cancel' | 'End' | 'LetIn' | 'Reissue' | 'ShareView' }>, moment: Moment): Step | Refusal {
  switch (command.do) {
    case 'Resend': return resend(link, command.gate, moment);
    case 'Cancel': return cancel(link, command.reason, moment);
    case 'End': return end(link, moment);
    case 'LetIn': return letIn(link, moment);
    case 'Reissue': return reissue(link, moment);
    case 'ShareView': return shareView(link, command.viewer, moment);
  }
}

function clearUnsafe(link: LiveLink, reason: string, { now, by }: Moment): Step | Refusal {
  if (by === link.requestedBy) return refused('SELF_AUTH', 'You asked for this link. Another person must clear it.');
  return { link: withCommand(link, 'clearUnsafe', now, {}), facts: [{ what: 'UnsafeCleared', kind: 'alteration', about: { reason } }] };
}

/** T2. The server says who and when; what the client thinks of that is not taken (goodsam.md 21.6). */
function confirmSafe(link: LiveLink, { method, liveCheck, onVoiceCall, gate }: Extract<StaffCommand, { do: 'ConfirmSafe' }>, moment: Moment): Step | Refusal {
  const { state } = link.progress;
  // A re-send of domestic abuse and SOCU asks again each time, so it may be confirmed while the link is out (goodsam.md 4.4).
  if (state !== 'SAFETY_HELD' && state !== 'AUTH_PENDING' && state !== 'READY' && !isWaiting(state)) return notNow(link, 'confirmSafe');
  if (method === 'SAFE_NUMBER_ON_RECORD' && !liveCheck) return refused('SAFETY_HOLD', 'A safe number on record needs a live check as well: ask now whether it is safe.');
  const { now, by } = moment;
  const confirmed: LiveLink = {
    ...link, onVoiceCall: onVoiceCall || method === 'LIVE_VOICE', onVoiceAt: now,
    safeContact: { status: 'CONFIRMED_SAFE', confirmedAt: now, confirmedBy: by, method, addressHmac: link.addressHmac, channel: link.channel, ...(liveCheck && { liveCheckAt: now }) },
  };
  const fact = { what: 'SafeContactConfirmed', kind: 'alteration' as const, about: { method } };
  if (state !== 'SAFETY_HELD') return { link: confirmed, facts: [fact] };
  const step = routed(confirmed, { on: 'confirmSafe', gate }, moment);
  return { ...step, facts: [fact, ...step.facts] };
}

/** T3 and T21. After it no automatic message goes to this address again, from any area. */
function markUnsafe(link: LiveLink, reason: string, { now }: Moment): Step | Refusal {
  const to = transitionOf(link.progress.state, 'markUnsafe')?.to;
  if (to === undefined || to === 'routed') return notNow(link, 'markUnsafe');
  const marked: LiveLink = { ...link, safeContact: { status: 'UNSAFE' } };
  return { link: withCommand(marked, 'markUnsafe', now, { state: to, ...(to === 'ABORTED_SAFETY' && { endedAt: now }) }), facts: [{ what: 'MarkedUnsafe', kind: 'alteration', about: { reason } }] };
}

/** T2b (goodsam.md 21.10). */
function releaseHold(link: LiveLink, { reason, gate }: Extract<StaffCommand, { do: 'ReleaseHold' }>, moment: Moment): Step | Refusal {
  const { now, by } = moment;
  if (link.progress.state !== 'SAFETY_HELD') return notNow(link, 'supervisorRelease');
  if (by === link.requestedBy) return refused('SELF_AUTH', 'You asked for this link. Another person must release it.');
  if (link.reasonCode !== 'SILENT_OR_ABANDONED_CALL' && link.reasonCode !== 'MISSING_PERSON_LOCATE') return refused('SAFETY_HOLD', 'Only a silent call or a missing person can be released; here the contact must be confirmed as safe.');
  if (gate.markerLookup.result !== 'NONE' && gate.markerLookup.markers.some(marker => marker !== 'OTHER')) return refused('SAFETY_HOLD', 'There is a marker of domestic abuse or a threat to life: this hold cannot be released.');
  if (gate.markerLookup.result === 'FAILED') return refused('SAFETY_HOLD', 'The markers cannot be looked up, so nobody can say that there is none.');
  const released: LiveLink = {
    ...link, safeContact: { status: 'CONFIRMED_SAFE', confirmedAt: now, confirmedBy: by, method: 'SUPERVISOR_RELEASE', addressHmac: link.addressHmac, channel: link.channel },
  };
  const step = routed(released, { on: 'supervisorRelease', gate }, moment);
  return { ...step, facts: [{ what: 'HoldReleased', kind: 'alteration', about: { reason } }, ...step.facts] };
}

/** T4: never the requester; the role is the rank (goodsam.md 21.29). */
function authorise(link: LiveLink, command: Extract<StaffCommand, { do: 'Authorise' }>, moment: Moment): Step | Refusal {
  const { now, by } = moment;
  const { decision, reason, overrideTicked, gate } = command;
  const no = mayNotAuthorise(link, command, moment);
  if (no) return no;
  const known: LiveLink = { ...link, authorisation: { ...link.authorisation, by, at: now, decision, ...(reason !== undefined && { reason }) } };
  const fact = { what: decision === 'APPROVED' ? 'RequestAuthorised' : 'RequestRefused', kind: 'alteration' as const, about: { override: String(isHighRisk(link) && overrideTicked) } };
  if (decision === 'REFUSED') return { link: withCommand(known, 'refuse', now, { state: 'AUTH_REFUSED' }), facts: [fact] };
  const step = routed(known, { on: 'approve', gate }, moment);
  return { ...step, facts: [fact, ...step.facts] };
}

function mayNotAuthorise(link: LiveLink, { decision, reason, overrideTicked }: Extract<StaffCommand, { do: 'Authorise' }>, { by, roles }: Moment): Refusal | undefined {
  if (link.progress.state !== 'AUTH_PENDING') return notNow(link, decision === 'APPROVED' ? 'approve' : 'refuse');
  if (!roles.includes(authoriseRole(link.area))) return refused('AUTH_REQUIRED', 'Your account may not authorise in this area.');
  if (by === link.requestedBy) return refused('SELF_AUTH', 'You asked for this link. Another person must authorise it.');
  if (decision === 'REFUSED' && (reason ?? '').trim() === '') return refused('AUTH_REQUIRED', 'A refusal needs a reason.');
  return decision === 'APPROVED' && isHighRisk(link) && !overrideTicked ? refused('RISK_TOO_HIGH', 'The risk is high: tick that you override the rule that a visit is made.') : undefined;
}

function isHighRisk({ riskLevel }: LiveLink): boolean {
  return riskLevel === 'HIGH' || riskLevel === 'VERY_HIGH';
}

/** T23: counted, spaced, and through the whole gate again. */
function resend(link: LiveLink, gate: Gate, moment: Moment): Step | Refusal {
  if (!isWaiting(link.progress.state)) return notNow(link, 'resend');
  if (link.safeContact.method === 'SUPERVISOR_RELEASE') return refused('RESEND_LIMIT', 'A released hold is good for one send only.');
  const resends = link.sends.filter(send => send.kind !== 'first').length;
  const lastSentAt = link.sends.at(-1)?.at ?? link.createdAt;
  const timing = timingOf(link, moment);
  const may = mayResend({ area: link.area, resends, lastSentAt }, moment.now, timing);
  if (may === 'MAXIMUM') return refused('RESEND_LIMIT', `This link was sent again ${resends} times already. Use another way.`);
  if (may === 'TOO_SOON') return refused('RESEND_TOO_SOON', `It may be sent again after ${plusSeconds(lastSentAt, timing.resendGap)}.`);
  if (timing.resendReconfirms && !isConfirmedSince(link, lastSentAt)) return refused('SAFETY_HOLD', 'Confirm again that contact is safe before it is sent again.');
  const step = routed(link, { on: 'resend', gate, kind: 'resend' }, moment);
  return { ...step, facts: [{ what: 'LinkSentAgain', kind: 'none', about: { resends: resends + 1 } }, ...step.facts] };
}

function isConfirmedSince({ safeContact }: LiveLink, since: string): boolean {
  return safeContact.confirmedAt !== undefined && safeContact.confirmedAt > since;
}

function cancel(link: LiveLink, reason: string, { now }: Moment): Step | Refusal {
  if (!transitionOf(link.progress.state, 'cancel')) return notNow(link, 'cancel');
  return { link: withCommand(link, 'cancel', now, { state: 'CANCELLED', endedAt: now }), facts: [{ what: 'RequestCancelled', kind: 'alteration', about: { reason } }] };
}

function end(link: LiveLink, { now }: Moment): Step | Refusal {
  if (!isLive(link.progress.state)) return notNow(link, 'officerEnd');
  return { link: withCommand(link, 'officerEnd', now, { state: 'ENDED', endedAt: now, endReason: 'OFFICER' }), facts: [{ what: 'SessionEnded', kind: 'alteration', about: { by: 'OFFICER' } }] };
}

/** On the neutral host nothing official shows until the handler on the call lets the person in (goodsam.md 21.8). */
function letIn(link: LiveLink, { now }: Moment): Step | Refusal {
  if (!isWaiting(link.progress.state)) return notNow(link, 'letIn');
  if (link.progress.joinedAt === undefined) return refused('INVALID_TRANSITION', 'Nobody has pressed Join yet.');
  return { link: withCommand(link, 'letIn', now, { letInAt: now }), facts: [{ what: 'PersonLetIn', kind: 'none' }] };
}

function bookSlot(link: LiveLink, { slotStartAt, slotEndAt, gate }: Extract<StaffCommand, { do: 'BookSlot' }>, moment: Moment): Step | Refusal {
  const { state } = link.progress;
  if (link.area !== 'FAL' || !['READY', 'AUTH_PENDING', 'SAFETY_HELD'].includes(state)) return notNow(link, 'bookSlot');
  const slot = bookedSlot(slotStartAt, slotEndAt, moment.now, timingOf(link, moment));
  if ('code' in slot) return refused(slot.code, slot.why);
  const booked: LiveLink = { ...link, slotStartAt, slotEndAt };
  const fact = { what: 'SlotBooked', kind: 'alteration' as const };
  if (state !== 'READY') return { link: booked, facts: [fact] };
  // Days may lie between the routing and the booking: what was true then is asked again.
  const step = routed(booked, { on: 'slotBooked', gate }, moment);
  return { ...step, facts: [fact, ...step.facts] };
}

/** Another device of the same person may take the link over (goodsam.md 21.37). */
function reissue(link: LiveLink, { now }: Moment): Step | Refusal {
  if (!isLive(link.progress.state) && link.progress.state !== 'OPENED') return notNow(link, 'reissue');
  const { deviceHash, ...unbound } = link;
  return { link: withCommand(unbound, 'reissue', now, {}), facts: [{ what: 'DeviceReleased', kind: 'alteration', about: { bound: String(deviceHash !== undefined) } }] };
}

function shareView(link: LiveLink, viewer: string, { now }: Moment): Step | Refusal {
  if (link.area !== 'FCC' || !link.addons.includes('VIEW_SHARE')) return refused('AREA_FORBIDDEN', 'The view of this request is not shared: it was not asked for with the control room\'s request.');
  const shares = [...link.shares.filter(share => share.viewer !== viewer), { viewer, until: plusSeconds(now, viewShareLifetime) }];
  return { link: withCommand({ ...link, shares }, 'shareView', now, {}), facts: [{ what: 'ViewShared', kind: 'disclosure' }] };
}

/** Used by the timer of a reminder as well: a further send without a person asking. Only where nothing forbids automatic messages (goodsam.md 21.9). */
export function remind(link: LiveLink, moment: Moment): LiveLink {
  if (isSafeguarding(link) || link.area === 'SOCU') return link;
  const resends = link.sends.filter(send => send.kind !== 'first').length;
  if (resends >= timingOf(link, moment).resendsMax || !isWaiting(link.progress.state)) return link;
  // Without an approved text for a reminder nothing is sent, and the link that is out stays alive.
  if (templateOf(link, 'reminder') === undefined) return link;
  const ready = withCommand(closeCards(link, [], { status: 'expired', at: moment.now }), 'resend', moment.now, { state: 'READY' });
  return startSend(ready, 'reminder', moment);
}
