import { refused, type Refusal } from '../../../../shared/domain/decision.ts';
import type { LiveLink } from '../../state.ts';
import { isNeutral, isSafeguarding } from '../decideSend.ts';
import { isLive, isWaiting, transitionOf } from '../machine.ts';
import type { Capability, DeclineReason, Mode } from '../terms.ts';
import { currentSend, owe, raise, withCommand, type Moment, type Step } from './step.ts';
import { notNow } from './staff.ts';

/** What a member of the public does on our pages. `sendNo` is that of the link in use: an older link is dead. */
export type PublicCommand = { readonly sendNo: number } & (
  | { readonly do: 'Join' }
  | { readonly do: 'Open' }
  | { readonly do: 'Agree'; readonly scope: readonly Capability[]; readonly textVersion: string; readonly locale: string; readonly deviceHash: string }
  | { readonly do: 'Decline'; readonly reason?: DeclineReason }
  | { readonly do: 'AskHelp'; readonly how: string }
  | { readonly do: 'Exit' }
  | { readonly do: 'Stop' }
);

/** What may be asked in each mode; the person may agree to less (goodsam.md 21.20). */
export function askedOf(mode: Mode): readonly Capability[] {
  switch (mode) {
    case 'LOCATION': return ['LOCATION'];
    case 'VIDEO': return ['VIDEO', 'SOUND', 'LOCATION'];
    case 'CONSULT': return ['VIDEO', 'SOUND'];
    case 'UPLOAD': return ['FILES'];
  }
}

export function decidePublic(link: LiveLink, command: PublicCommand, moment: Moment): Step | Refusal {
  const no = deadLink(link, command, moment);
  if (no) return no;
  switch (command.do) {
    case 'Join': return join(link, moment);
    case 'Open': return open(link, moment);
    case 'Agree': return agree(link, command, moment);
    case 'Decline': return decline(link, command.reason, moment);
    case 'AskHelp': return askHelp(link, command.how, moment);
    case 'Exit': return exit(link, moment);
    case 'Stop': return stop(link, moment);
  }
}

function deadLink(link: LiveLink, command: PublicCommand, { now }: Moment): Refusal | undefined {
  const send = currentSend(link);
  if (send?.no !== command.sendNo) return refused('LINK_EXPIRED', 'A newer link was sent.');
  const isBeforeConsent = command.do === 'Join' || command.do === 'Open' || command.do === 'Agree';
  return isBeforeConsent && now >= send.linkExpiresAt ? refused('LINK_EXPIRED', 'This link has expired.') : undefined;
}

/** On the neutral host: the person is there, and nothing official has been shown yet. */
function join(link: LiveLink, { now }: Moment): Step | Refusal {
  if (!isNeutral(link) || !isWaiting(link.progress.state)) return notNow(link, 'join');
  return link.progress.joinedAt === undefined
    ? { link: withCommand(link, 'join', now, { joinedAt: now }), facts: [{ what: 'LinkJoined', kind: 'none' }] }
    : { link, facts: [] };
}

/** T10: needs a press of a button, for robots that look at links press none (goodsam.md 14.8). */
function open(link: LiveLink, { now }: Moment): Step | Refusal {
  const { state } = link.progress;
  if (state === 'OPENED' || isLive(state)) return { link, facts: [] };
  if (!transitionOf(state, 'linkOpened')) return notNow(link, 'linkOpened');
  if (isNeutral(link) && link.progress.letInAt === undefined) return refused('INVALID_TRANSITION', 'The person was not let in yet.');
  if (link.linkOpensAt !== undefined && now < link.linkOpensAt) return refused('LINK_NOT_OPEN_YET', 'This link opens shortly before the appointment.');
  return { link: withCommand(link, 'linkOpened', now, { state: 'OPENED', openedAt: now, consent: 'ASKED' }), facts: [{ what: 'LinkOpened', kind: 'none' }] };
}

/** T11: consent is taken on our page; what the provider says of it is evidence only (goodsam.md 21.19). */
function agree(link: LiveLink, { scope, textVersion, locale, deviceHash }: Extract<PublicCommand, { do: 'Agree' }>, { now }: Moment): Step | Refusal {
  if (isLive(link.progress.state)) return link.deviceHash === undefined ? { link: { ...link, deviceHash }, facts: [{ what: 'DeviceBound', kind: 'none' }] } : { link, facts: [] };
  if (!transitionOf(link.progress.state, 'consentGiven')) return notNow(link, 'consentGiven');
  const asked: readonly Capability[] = link.addons.includes('CHAT') ? [...askedOf(link.mode), 'CHAT'] : askedOf(link.mode);
  if (scope.length === 0 || scope.some(item => !asked.includes(item))) return refused('REQUEST_INVALID', 'Choose at least one of the things that were asked for.');
  const bound: LiveLink = { ...link, deviceHash, consentTextVersion: textVersion };
  return {
    link: withCommand(bound, 'consentGiven', now, { state: 'CONSENTED', consentedAt: now, consent: 'GIVEN', consentScope: [...scope] }),
    facts: [{ what: 'ConsentGiven', kind: 'collection', about: { scope: scope.join(' '), textVersion, locale } }],
  };
}

function decline(link: LiveLink, reason: DeclineReason | undefined, { now }: Moment): Step | Refusal {
  const { state } = link.progress;
  // The reason is asked for on the page after the no.
  if (state === 'DECLINED' && reason !== undefined && link.progress.declineReason === undefined) {
    const given = withCommand(link, 'declineReason', now, { declineReason: reason });
    // "Not safe" is the person's own word for it: nobody texts this address again (goodsam.md 21.4).
    return { link: reason === 'NOT_SAFE' ? owe(given, 'list-unsafe', 'address') : given, facts: [{ what: 'DeclineReasonGiven', kind: 'collection', about: { reason } }] };
  }
  if (state === 'DECLINED') return { link, facts: [] };
  if (!transitionOf(state, 'consentRefused')) return notNow(link, 'consentRefused');
  return {
    link: withCommand(link, 'consentRefused', now, { state: 'DECLINED', consent: 'REFUSED', endedAt: now, ...(reason !== undefined && { declineReason: reason }) }),
    facts: [{ what: 'ConsentRefused', kind: 'collection', about: { reason: reason ?? '' } }],
  };
}

/** "I need help another way": a no with a task to ring back; in safeguarding nobody is rung, the handler is on the call (goodsam.md 21.19). */
function askHelp(link: LiveLink, how: string, { now }: Moment): Step | Refusal {
  if (!transitionOf(link.progress.state, 'consentRefused')) return notNow(link, 'help');
  const about = isSafeguarding(link) ? 'help-on-voice' : `help-${how.toLowerCase()}`;
  const next = withCommand(link, 'help', now, { state: 'DECLINED', consent: 'REFUSED', endedAt: now, declineReason: 'OTHER' });
  return { link: raise(next, { kind: 'PHONE_TASK', to: 'requester', at: now, about }), facts: [{ what: 'HelpAsked', kind: 'collection', about: { how } }] };
}

/** The hidden exit (T21): silently, at once, and nothing automatic ever again. */
function exit(link: LiveLink, { now }: Moment): Step | Refusal {
  const to = transitionOf(link.progress.state, 'safetyExit')?.to;
  if (to !== 'ABORTED_SAFETY') return notNow(link, 'safetyExit');
  return { link: withCommand(link, 'safetyExit', now, { state: to, endedAt: now }), facts: [{ what: 'SafetyExit', kind: 'collection' }] };
}

/** Withdrawal: the capture ends within two seconds (goodsam.md 21.20); what was lawfully captured is kept, and the page says so. */
function stop(link: LiveLink, { now }: Moment): Step | Refusal {
  if (!transitionOf(link.progress.state, 'consentWithdrawn')) return notNow(link, 'consentWithdrawn');
  return {
    link: withCommand(link, 'consentWithdrawn', now, { state: 'ENDED', consent: 'WITHDRAWN', endedAt: now, endReason: 'WITHDRAWN' }),
    facts: [{ what: 'ConsentWithdrawn', kind: 'collection' }],
  };
}
