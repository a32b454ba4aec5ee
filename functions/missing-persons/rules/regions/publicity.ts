import { addTo } from '../clock/duration.ts';
import { hasCome } from '../machine/instants.ts';
import { isFailed, reasonFailures, unless, type Actor } from '../machine/moment.ts';
import type { Failure, FlagCode, RiskLevel } from '../terms.ts';
import { checklistFailures } from './checklist.ts';
import { publicityTable, type AppealChannel, type AppealProposal, type PublicityCommand, type PublicitySlice } from './publicitySlice.ts';
import { about, isBlank, rowIn, take, type DueItem, type RegionAnswer, type Want } from './region.ts';
import type { RegionSettings } from './settings.ts';
import { wordingFailures } from './wording.ts';

export interface PublicityFacts {
  readonly level: RiskLevel;
  readonly isUnder18: boolean;
  readonly flags: readonly FlagCode[];
  /** In an open missing state, and not between C10 and its end. */
  readonly isMissing: boolean;
  readonly isDeceasedPending: boolean;
  readonly settings: RegionSettings;
}
type Answer = RegionAnswer<PublicitySlice>;
type Appeal = NonNullable<PublicitySlice['appeal']>;

export function decidePublicity(slice: PublicitySlice, command: PublicityCommand, facts: PublicityFacts, actor: Actor): Answer {
  const row = rowIn(publicityTable, slice.state, command.do, actor);
  if (isFailed(row)) return row;
  switch (command.do) {
    case 'ProposePublicity': return propose(slice, command.proposal, facts, actor);
    case 'RecallPhoto': return recall(slice, command, actor);
    default: return slice.appeal ? appealed(slice, slice.appeal, command, { facts, actor }) : unless(false, 'NOT_FOUND', row.id, 'There is no appeal.');
  }
}

interface About { readonly facts: PublicityFacts; readonly actor: Actor }
type OnAppeal = Exclude<PublicityCommand, { do: 'ProposePublicity' | 'RecallPhoto' }>;

function appealed(slice: PublicitySlice, appeal: Appeal, command: OnAppeal, given: About): Answer {
  const { now } = given.actor;
  switch (command.do) {
    case 'ApprovePublicity': return approve(slice, appeal, given);
    case 'RefusePublicity': return refuse(slice, command.reason);
    case 'PublishPublicity': return publish(slice, appeal, command.channels, given);
    case 'RedecidePublicity': return redecide(slice, appeal, command.reason, given);
    case 'NotePublicityExpired': return noteExpired(slice, appeal, now);
    case 'PausePublicity': return take({ ...slice, state: 'PAUSED', pausedFrom: slice.state }, 'PublicityPaused', 'none');
    case 'ResumePublicity': return resume(slice);
    case 'RequireWithdrawal': return takeDown(slice, appeal, command.why, now);
    case 'WithdrawPublicity': { const failures = reasonFailures(command.reason, 'PU10'); return failures.length > 0 ? failures : takeDown(slice, appeal, command.reason, now); }
    case 'RecordWithdrawn': return recordWithdrawn(slice, appeal, command, given.actor);
  }
}

/** Everything of 6.4 that must hold when it is proposed, and again when it is approved. Lists every question that nobody answered. */
function publicityFailures(proposal: AppealProposal, { isUnder18, flags, isMissing, isDeceasedPending, settings }: PublicityFacts): Failure[] {
  const { basis } = proposal;
  const consent = proposal.answers.find(({ code }) => code === 'FAMILY_CONSENT')?.answer;
  return [
    ...unless(!isDeceasedPending, 'CASE_LOCKED_DECEASED', 'C10', 'A body has been found that may be the person: nothing is published.'), ...unless(isMissing || isDeceasedPending, 'GUARD_UNMET', '6.4', 'The person is not missing any more: nothing is published.'),
    ...unless(!flags.includes('NO_PUBLICITY'), 'BLOCKING_FLAG', '6.4', 'The record bars publicity (NO_PUBLICITY).'), ...unless(!isBlank(proposal.text), 'FIELD_INVALID', '6.4', 'Write the appeal.'),
    ...unless(proposal.channels.length > 0, 'PUBLICITY_UNANSWERED', '6.4 channels', 'List the channels: the withdrawal is made from the list.'),
    ...unless(new Set(proposal.channels.map(({ channel }) => channel)).size === proposal.channels.length, 'FIELD_INVALID', '6.4 channels', 'A channel stands twice.'),
    ...unless(basis !== undefined && !isBlank(basis.purpose) && !isBlank(basis.minimumNecessary), 'LAWFUL_BASIS_MISSING', '6.3', 'Record the lawful basis, the purpose, and why this is the least that is needed.'),
    ...unless(basis?.basis !== 'CONSENT' || consent === 'YES', 'CONSENT_MISSING', '6.3', 'Consent is the basis, and nobody consented.'),
    ...checklistFailures(proposal.answers, { hasPhoto: proposal.photoId !== undefined, isUnder18, isLac: flags.includes('LAC'), hasCharity: proposal.channels.some(({ control }) => control === 'CHARITY') }),
    ...wordingFailures(proposal.text, proposal.wordingWhy, settings),
  ];
}

function propose(slice: PublicitySlice, proposal: AppealProposal, facts: PublicityFacts, { by, now }: Actor): Answer {
  const failures = [...publicityFailures(proposal, facts), ...unless(!slice.recalled.some(({ mediaId }) => mediaId === proposal.photoId), 'GUARD_UNMET', 'PU12', 'This photograph was recalled.')];
  return failures.length > 0 ? failures : take({ state: 'PROPOSED', appeal: { ...proposal, proposedBy: by, proposedAt: now }, redecisions: slice.redecisions, recalled: slice.recalled }, 'PublicityProposed', 'none');
}

function secondPerson(appeal: Appeal, level: RiskLevel, { by, roles }: Actor, rule: string): Failure[] {
  return [
    ...unless(appeal.proposedBy !== by, 'SEGREGATION', rule, 'The person who proposed the appeal cannot decide on it.'),
    ...unless(roles.includes('INSP') || level === 'HIGH', 'ROLE_DENIED', rule, 'An inspector decides; the senior investigating officer may at HIGH.'),
  ];
}

const expiry = (now: string, { publicityExpiryHours }: RegionSettings): string => addTo(now, { unit: 'hours', n: publicityExpiryHours });

function approve(slice: PublicitySlice, appeal: Appeal, { facts, actor }: About): Answer {
  const failures = [...secondPerson(appeal, facts.level, actor, 'PU2'), ...publicityFailures(appeal, facts)];
  if (failures.length > 0) return failures;
  const expiresAt = expiry(actor.now, facts.settings);
  return about(take({ ...slice, state: 'APPROVED', appeal: { ...appeal, approvedBy: actor.by, approvedAt: actor.now, expiresAt } }, 'PublicityApproved', 'none', ...appeal.channels.map((item): Want => ({ what: 'PUBLISH', about: item.channel }))), { proposedBy: appeal.proposedBy });
}

function refuse(slice: PublicitySlice, reason: string): Answer {
  const failures = reasonFailures(reason, 'PU3');
  const { appeal: _refused, ...rest } = slice;
  return failures.length > 0 ? failures : take({ ...rest, state: 'NONE' }, 'PublicityRefused', 'none');
}

function publish(slice: PublicitySlice, appeal: Appeal, channels: readonly string[], { facts, actor }: About): Answer {
  const failures = [
    ...unless(channels.length > 0 && channels.every(name => appeal.channels.some(({ channel }) => channel === name)), 'RECIPIENT_NOT_ALLOWED', 'PU4', 'Only on the channels that were approved.'), ...publicityFailures(appeal, facts),
    ...unless((appeal.expiresAt ?? '') > actor.now, 'GUARD_UNMET', 'PU4', 'The approval has expired; somebody decides again first.'),
  ];
  if (failures.length > 0) return failures;
  const published = appeal.channels.map(({ withdrawnAt: _at, withdrawnBy: _by, how: _how, ...item }, n): AppealChannel => (channels.includes(item.channel) ? { ...item, publishedAt: item.publishedAt ?? actor.now } : appeal.channels[n] ?? item));
  return take({ ...slice, state: 'LIVE', appeal: { ...appeal, channels: published } }, 'PublicityPublished', 'disclosure');
}

function redecide(slice: PublicitySlice, appeal: Appeal, reason: string, { facts, actor }: About): Answer {
  const failures = [...secondPerson(appeal, facts.level, actor, 'PU5'), ...reasonFailures(reason, 'PU5'), ...publicityFailures(appeal, facts)];
  if (failures.length > 0) return failures;
  const expiresAt = expiry(actor.now, facts.settings);
  const { expiryNotedAt: _noted, ...rest } = slice;
  return take({ ...rest, appeal: { ...appeal, expiresAt }, redecisions: [...slice.redecisions, { by: actor.by, at: actor.now, reason, expiresAt }] }, 'PublicityRedecided', 'none');
}

/** The appeal stays where it is: the system takes nothing down (I10). Nothing further is published (`isPublicityAllowed`). */
function noteExpired(slice: PublicitySlice, appeal: Appeal, now: string): Answer {
  const failures = unless(appeal.expiresAt !== undefined && appeal.expiresAt <= now, 'TOO_EARLY', 'PU6', 'It has not expired.');
  return failures.length > 0 ? failures : take({ ...slice, expiryNotedAt: now }, 'PublicityExpired', 'none', { what: 'REDECIDE_PUBLICITY_TASK' });
}

function resume(slice: PublicitySlice): Answer {
  const { pausedFrom, ...rest } = slice;
  return take({ ...rest, state: pausedFrom ?? 'PROPOSED' }, 'PublicityResumed', 'none');
}

const isUp = ({ publishedAt, withdrawnAt }: AppealChannel): boolean => publishedAt !== undefined && withdrawnAt === undefined;

/** One withdrawal for each channel on which the appeal still is; nothing to take down is withdrawn at once. */
function takeDown(slice: PublicitySlice, appeal: Appeal, why: string, now: string): Answer {
  const up = appeal.channels.filter(isUp);
  const { pausedFrom: _from, ...rest } = slice;
  return take({ ...rest, state: up.length > 0 ? 'WITHDRAW_DUE' : 'WITHDRAWN', withdrawSince: now, withdrawWhy: why }, 'PublicityWithdrawalRequired', 'none', ...up.map((item): Want => ({ what: 'WITHDRAW_PUBLICITY', about: item.channel })));
}

function recordWithdrawn(slice: PublicitySlice, appeal: Appeal, { channel, at, how }: Extract<PublicityCommand, { do: 'RecordWithdrawn' }>, { by, now }: Actor): Answer {
  const listed = appeal.channels.find(item => item.channel === channel);
  const failures = [
    ...unless(listed !== undefined && isUp(listed), 'NOT_FOUND', 'PU11', 'The appeal is not on this channel.'), ...unless(hasCome(at, now), 'TIME_IN_FUTURE', 'PU11', 'The time lies in the future.'), ...unless(!isBlank(how), 'EVIDENCE_MISSING', 'PU11', 'Say how you know that it is down.'),
  ];
  if (failures.length > 0) return failures;
  const channels = appeal.channels.map(item => (item.channel === channel ? { ...item, withdrawnAt: at, withdrawnBy: by, how } : item));
  const state = channels.some(isUp) || slice.state === 'PAUSED' ? slice.state : 'WITHDRAWN';
  return take({ ...slice, state, appeal: { ...appeal, channels } }, 'PublicityWithdrawn', 'erasure');
}

/** The wrong person's photograph: whoever got it is told, and an appeal with it comes down everywhere. */
function recall(slice: PublicitySlice, { mediaId, reason }: Extract<PublicityCommand, { do: 'RecallPhoto' }>, { by, now }: Actor): Answer {
  const failures = [...unless(!isBlank(mediaId), 'FIELD_INVALID', 'PU12', 'Name the photograph.'), ...reasonFailures(reason, 'PU12')];
  if (failures.length > 0) return failures;
  const recalled = { ...slice, recalled: [...slice.recalled, { mediaId, by, at: now, reason }] };
  const want: Want = { what: 'RECALL_PHOTO', about: mediaId };
  if (slice.appeal?.photoId !== mediaId || slice.state === 'WITHDRAWN') return take(recalled, 'PhotoRecalled', 'alteration', want);
  const down = takeDown(recalled, slice.appeal, 'photograph of another person', now);
  return isFailed(down) ? down : { ...down, facts: [{ what: 'PhotoRecalled', kind: 'alteration', about: { mediaId } }, ...down.facts], wants: [want, ...down.wants] };
}

/** For the outbox: may a publicity message leave now? */
export function isPublicityAllowed({ state, appeal }: PublicitySlice, now: string): boolean {
  return (state === 'APPROVED' || state === 'LIVE') && appeal?.expiresAt !== undefined && appeal.expiresAt > now;
}

/** Closure guard of 2.4: channels on which an appeal still is. */
export function channelsUp({ appeal }: PublicitySlice): string[] {
  return (appeal?.channels ?? []).filter(isUp).map(({ channel }) => channel);
}

export function dueOfPublicity({ state, appeal, withdrawSince, expiryNotedAt }: PublicitySlice, { publicityWithdrawMins }: Pick<RegionSettings, 'publicityWithdrawMins'>): DueItem[] {
  if (state === 'WITHDRAW_DUE' && withdrawSince !== undefined) return [{ key: `publicity-withdraw|${withdrawSince}`, at: addTo(withdrawSince, { unit: 'minutes', n: publicityWithdrawMins }), what: 'PUBLICITY_WITHDRAW' }];
  if ((state !== 'APPROVED' && state !== 'LIVE') || appeal?.expiresAt === undefined || expiryNotedAt !== undefined) return [];
  return [{ key: `publicity|${appeal.expiresAt}`, at: appeal.expiresAt, what: 'PUBLICITY_EXPIRED' }];
}
