import * as z from 'zod';
import { addTo } from '../clock/duration.ts';
import { isFailed, unless, type Actor } from '../machine/moment.ts';
import { role, type Failure, type RiskLevel } from '../terms.ts';
import { about, isBlank, rowIn, take, type DueItem, type RegionAnswer, type RegionRow } from './region.ts';
import type { RegionSettings } from './settings.ts';

/** A named person in a role of a force (I2). */
export const ownerName = z.strictObject({ userId: z.string().min(1).max(80), role, force: z.string().min(1).max(100), unit: z.string().max(100).optional() });
export type OwnerName = z.infer<typeof ownerName>;

const handoverForm = z.strictObject({
  summary: z.string().max(4_000), risks: z.string().max(4_000), outstanding: z.array(z.string().max(400)).max(100), nothingOutstanding: z.boolean().optional(),
  familyContactAt: z.string().optional(), noFamilyContactReason: z.string().max(400).optional(), mapVersion: z.string().max(80).optional(),
});
export type HandoverForm = z.infer<typeof handoverForm>;

/** `tenures` lie end to end: who owned the case at any instant is always exactly one person (I2). The last one is open. */
export const ownershipSlice = z.strictObject({
  state: z.enum(['HELD', 'HANDOVER_OFFERED']),
  tenures: z.array(ownerName.extend({ from: z.string(), how: z.enum(['OPENED', 'ASSIGNED', 'HANDOVER', 'DISABLED', 'TRANSFER']), acknowledgedAt: z.string().optional() })).min(1),
  offer: z.strictObject({ to: ownerName, form: handoverForm, offeredAt: z.string(), lapsesAt: z.string() }).optional(),
  handovers: z.array(z.strictObject({ fromUser: z.string(), toUser: z.string(), form: handoverForm, offeredAt: z.string(), endedAt: z.string(), outcome: z.enum(['ACCEPTED', 'LAPSED', 'OVERTAKEN']) })),
});
export type OwnershipSlice = z.infer<typeof ownershipSlice>;
export type Tenure = OwnershipSlice['tenures'][number];

export type OwnershipCommand =
  | { readonly do: 'AssignOwner'; readonly to: OwnerName; readonly reason?: string }
  | { readonly do: 'AcknowledgeOwner' }
  | { readonly do: 'OfferHandover'; readonly to: OwnerName; readonly form: HandoverForm }
  | { readonly do: 'AcceptHandover' }
  | { readonly do: 'LapseHandover' }
  | { readonly do: 'OwnerDisabled'; readonly userId: string; readonly inspector: OwnerName };
export interface OwnershipFacts { readonly level: RiskLevel; readonly settings: Pick<RegionSettings, 'handoverAckMins' | 'ownerAckMins'> }

const both = ['HELD', 'HANDOVER_OFFERED'] as const;
export const ownershipTable: readonly RegionRow<OwnershipSlice['state'], OwnershipCommand['do']>[] = [
  { id: 'OW1', from: both, command: 'AssignOwner', via: 'AssignOwner', who: ['SGT', 'INSP', 'FIM', 'SUPT'], guard: 'A named person, role and force; of our force; an offer that stands is overtaken', to: ['HELD'], source: 'S15,DES' },
  { id: 'OW2', from: both, command: 'AcknowledgeOwner', via: 'AcknowledgeOwner', who: ['ATTACHED'], guard: 'By the owner', to: both, source: 'S15' },
  { id: 'OW3', from: ['HELD'], command: 'OfferHandover', via: 'OfferHandover', who: ['ATTACHED'], guard: 'By the owner; to somebody else of the same force; the whole handover form', to: ['HANDOVER_OFFERED'], source: 'S57,DK' },
  { id: 'OW4', from: ['HANDOVER_OFFERED'], command: 'AcceptHandover', via: 'AcceptHandover', who: ['ATTACHED', 'OIC', 'SGT', 'INSP', 'DI_SIO', 'SUPT', 'FIM', 'ATTENDING', 'MFH_COORD'], guard: 'By the person to whom it was offered, before it lapses', to: ['HELD'], source: 'DK,DES' },
  { id: 'OW5', from: ['HANDOVER_OFFERED'], command: 'LapseHandover', who: ['SYSTEM'], guard: 'Not before its time; the sender still owns', to: ['HELD'], source: 'DK' },
  { id: 'OW6', from: both, command: 'OwnerDisabled', who: ['SYSTEM'], guard: 'The owner, or who was offered the case, has no account any more; an inspector who has one takes it', to: ['HELD'], source: 'DES' },
];

export function openOwnership(to: OwnerName, now: string): OwnershipSlice {
  return { state: 'HELD', tenures: [{ ...to, from: now, how: 'OPENED' }], handovers: [] };
}

/** Who is accountable now. Throws for a slice without an owner, which its schema does not let in. */
export function ownerOf({ tenures }: OwnershipSlice): Tenure {
  const last = tenures.at(-1);
  if (!last) throw new Error('a case without an owner');
  return last;
}

/** Everybody who owned the case at the instant: exactly one from the opening on (I2). */
export function ownersAt({ tenures }: OwnershipSlice, at: string): Tenure[] {
  return tenures.filter(({ from }, n) => from <= at && at < (tenures[n + 1]?.from ?? '9999'));
}

/** The case passes to somebody; an offer that stood is overtaken. Never earlier than the tenure before it, whatever the servers' clocks say. */
export function passTo(slice: OwnershipSlice, tenure: Tenure): OwnershipSlice {
  const { offer, ...rest } = slice;
  const from = tenure.from > ownerOf(slice).from ? tenure.from : ownerOf(slice).from;
  return {
    ...rest, state: 'HELD', tenures: [...slice.tenures, { ...tenure, from }],
    handovers: offer ? [...slice.handovers, ended(slice, tenure.from, tenure.how === 'HANDOVER' ? 'ACCEPTED' : 'OVERTAKEN')].flat() : slice.handovers,
  };
}

function ended(slice: OwnershipSlice, endedAt: string, outcome: OwnershipSlice['handovers'][number]['outcome']): OwnershipSlice['handovers'] {
  const { offer } = slice;
  return offer ? [{ fromUser: ownerOf(slice).userId, toUser: offer.to.userId, form: offer.form, offeredAt: offer.offeredAt, endedAt, outcome }] : [];
}

export function decideOwnership(slice: OwnershipSlice, command: OwnershipCommand, facts: OwnershipFacts, actor: Actor): RegionAnswer<OwnershipSlice> {
  const row = rowIn(ownershipTable, slice.state, command.do, actor);
  if (isFailed(row)) return row;
  switch (command.do) {
    case 'AssignOwner': return assign(slice, command, actor);
    case 'AcknowledgeOwner': return acknowledge(slice, actor);
    case 'OfferHandover': return offer(slice, command, facts, actor);
    case 'AcceptHandover': return accept(slice, actor);
    case 'LapseHandover': return lapse(slice, actor);
    case 'OwnerDisabled': return disabled(slice, command, actor);
  }
}

function assign(slice: OwnershipSlice, { to }: Extract<OwnershipCommand, { do: 'AssignOwner' }>, { by, now }: Actor): RegionAnswer<OwnershipSlice> {
  const failures = [
    ...unless(!isBlank(to.userId) && !isBlank(to.force), 'FIELD_INVALID', 'I2', 'Name the person and the force.'),
    ...unless(to.force === ownerOf(slice).force, 'GUARD_UNMET', '2.5', 'A case goes to another force by a transfer with its written acknowledgement.'),
    ...unless(to.userId !== ownerOf(slice).userId, 'GUARD_UNMET', 'I2', 'This person owns the case already.'),
  ];
  if (failures.length > 0) return failures;
  return about(take(passTo(slice, { ...to, from: now, how: 'ASSIGNED', ...(to.userId === by && { acknowledgedAt: now }) }), 'OwnerAssigned', 'alteration', { what: 'PAGE_OWNER', about: to.userId }), { to: to.userId, role: to.role });
}

function acknowledge(slice: OwnershipSlice, { by, now }: Actor): RegionAnswer<OwnershipSlice> {
  const owner = ownerOf(slice);
  const failures = unless(owner.userId === by, 'ROLE_DENIED', 'A01', 'Only the owner acknowledges.');
  if (failures.length > 0) return failures;
  return take({ ...slice, tenures: [...slice.tenures.slice(0, -1), { ...owner, acknowledgedAt: owner.acknowledgedAt ?? now }] }, 'OwnerAcknowledged', 'none');
}

/** The form is mandatory: a coroner found a transfer of responsibility that nobody had recorded [S57]. */
function handoverFailures(form: HandoverForm): Failure[] {
  return [
    ...unless(!isBlank(form.summary), 'EVIDENCE_MISSING', '2.5 handover', 'Write a summary of the case.'), ...unless(!isBlank(form.risks), 'EVIDENCE_MISSING', '2.5 handover', 'Write the risks.'),
    ...unless(form.outstanding.some(item => !isBlank(item)) || form.nothingOutstanding === true, 'EVIDENCE_MISSING', '2.5 handover', 'List what is outstanding, or say that nothing is.'),
    ...unless(form.familyContactAt !== undefined || !isBlank(form.noFamilyContactReason), 'EVIDENCE_MISSING', '2.5 handover', 'Say when the family was promised a call, or why they were not.'),
  ];
}

function offer(slice: OwnershipSlice, { to, form }: Extract<OwnershipCommand, { do: 'OfferHandover' }>, { level, settings }: OwnershipFacts, { by, now }: Actor): RegionAnswer<OwnershipSlice> {
  const owner = ownerOf(slice);
  const failures = [
    ...unless(owner.userId === by, 'ROLE_DENIED', 'OW3', 'Only the owner hands the case over; a supervisor assigns it.'), ...unless(to.userId !== owner.userId && !isBlank(to.userId), 'FIELD_INVALID', 'OW3', 'Name somebody else.'),
    ...unless(to.force === owner.force, 'GUARD_UNMET', '2.5', 'A case goes to another force by a transfer with its written acknowledgement.'), ...handoverFailures(form),
  ];
  if (failures.length > 0) return failures;
  const lapsesAt = addTo(now, { unit: 'minutes', n: settings.handoverAckMins[level] });
  return about(take({ ...slice, state: 'HANDOVER_OFFERED', offer: { to, form, offeredAt: now, lapsesAt } }, 'HandoverOffered', 'none', { what: 'PAGE_OWNER', about: to.userId }), { to: to.userId });
}

function accept(slice: OwnershipSlice, { by, now }: Actor): RegionAnswer<OwnershipSlice> {
  const { offer: standing } = slice;
  const failures = [
    ...unless(standing?.to.userId === by, 'ROLE_DENIED', 'OW4', 'It was offered to somebody else.'), ...unless(standing !== undefined && now < standing.lapsesAt, 'GUARD_UNMET', 'OW4', 'The offer has lapsed; the sender owns the case. Ask for a new one.'),
  ];
  if (failures.length > 0 || !standing) return failures;
  return about(take(passTo(slice, { ...standing.to, from: now, how: 'HANDOVER', acknowledgedAt: now }), 'HandoverAccepted', 'alteration'), { to: by });
}

/** The sender owned throughout and still does; the sender and an inspector are paged (2.5). */
function lapse(slice: OwnershipSlice, { now }: Actor): RegionAnswer<OwnershipSlice> {
  const { offer: standing, ...rest } = slice;
  const failures = unless(standing !== undefined && now >= standing.lapsesAt, 'TOO_EARLY', 'OW5', 'The offer still stands.');
  if (failures.length > 0) return failures;
  return take({ ...rest, state: 'HELD', handovers: [...slice.handovers, ...ended(slice, now, 'LAPSED')] }, 'HandoverLapsed', 'none', { what: 'PAGE_SENDER', about: ownerOf(slice).userId }, { what: 'PAGE_INSP' });
}

function disabled(slice: OwnershipSlice, { userId, inspector }: Extract<OwnershipCommand, { do: 'OwnerDisabled' }>, { now }: Actor): RegionAnswer<OwnershipSlice> {
  const owner = ownerOf(slice);
  if (owner.userId !== userId) {
    const { offer: standing, ...rest } = slice;
    if (standing?.to.userId !== userId) return unless(false, 'GUARD_UNMET', 'OW6', 'This account neither owns the case nor was offered it.');
    return take({ ...rest, state: 'HELD', handovers: [...slice.handovers, ...ended(slice, now, 'LAPSED')] }, 'HandoverLapsed', 'none', { what: 'PAGE_SENDER', about: owner.userId }, { what: 'PAGE_INSP' });
  }
  const failures = [
    ...unless(inspector.userId !== userId && !isBlank(inspector.userId), 'FIELD_INVALID', 'OW6', 'Name an inspector with an account.'), ...unless(['INSP', 'FIM'].includes(inspector.role), 'FIELD_INVALID', 'OW6', 'An inspector takes it, or the force incident manager where the roster has none.'),
    ...unless(inspector.force === owner.force, 'FIELD_INVALID', 'OW6', 'An inspector of the same force takes it.'),
  ];
  if (failures.length > 0) return failures;
  return about(take(passTo(slice, { ...inspector, from: now, how: 'DISABLED' }), 'OwnerReassigned', 'alteration', { what: 'PAGE_OWNER', about: inspector.userId }, { what: 'PAGE_INSP' }), { from: userId, to: inspector.userId });
}

export function dueOfOwnership(slice: OwnershipSlice, { level, settings }: OwnershipFacts): DueItem[] {
  const owner = ownerOf(slice);
  return [
    ...slice.offer ? [{ key: `handover|${slice.offer.offeredAt}`, at: slice.offer.lapsesAt, what: 'HANDOVER_LAPSE' }] : [],
    ...owner.acknowledgedAt === undefined ? [{ key: `owner|${owner.from}`, at: addTo(owner.from, { unit: 'minutes', n: settings.ownerAckMins[level] }), what: 'OWNER_UNACKNOWLEDGED' }] : [],
  ];
}
