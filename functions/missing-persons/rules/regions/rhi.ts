import * as z from 'zod';
import { addTo } from '../clock/duration.ts';
import { isFailed, reasonFailures, unless, type Actor } from '../machine/moment.ts';
import { about, isBlank, rowIn, take, type RegionAnswer, type RegionRow } from './region.ts';
import type { RegionSettings } from './settings.ts';

const rhiState = z.enum(['NOT_REQUIRED', 'REFERRED', 'ACKNOWLEDGED', 'OFFERED', 'COMPLETED', 'DECLINED', 'NOT_POSSIBLE']);
/** Return home interview (P06, P07) [S36]. `required` is set on the return; until the referral the state stays NOT_REQUIRED, as 2.5 has no word for it. OVERDUE is a flag (15.2 item 27). */
export const rhiSlice = z.strictObject({
  state: rhiState,
  required: z.strictObject({ from: z.string(), referralDueAt: z.string(), doneDueAt: z.string(), needsTwoAuthorities: z.boolean() }).optional(),
  referrals: z.array(z.strictObject({ authority: z.string().min(2).max(120), referredAt: z.string(), by: z.string(), acknowledgedAt: z.string().optional(), acknowledgedBy: z.string().max(200).optional(), how: z.enum(['PARTNER', 'PHONE_LOG']).optional(), recordedBy: z.string().optional() })).max(8),
  outcomes: z.array(z.strictObject({ outcome: rhiState, at: z.string(), by: z.string(), reason: z.string().max(2_000).optional(), safeguardingReturned: z.boolean().optional() })).max(100),
  override: z.strictObject({ by: z.string(), at: z.string(), reason: z.string() }).optional(),
  lastChasedAt: z.string().optional(),
});
export type RhiSlice = z.infer<typeof rhiSlice>;
export const noRhi: RhiSlice = { state: 'NOT_REQUIRED', referrals: [], outcomes: [] };

export type RhiCommand =
  | { readonly do: 'RequireRHI'; readonly returnedAt?: string; readonly verifiedAt: string }
  | { readonly do: 'DropRHI'; readonly reason: 'VERIFICATION_WITHDRAWN' | 'DECEASED' }
  | { readonly do: 'ReferRHI'; readonly authorities: readonly string[] }
  | { readonly do: 'AcknowledgeRHI'; readonly authority: string; readonly person: string; readonly how: 'PARTNER' | 'PHONE_LOG' }
  | { readonly do: 'OverrideAcknowledgement'; readonly reason: string }
  | { readonly do: 'RecordRHI'; readonly outcome: 'OFFERED' | 'COMPLETED' | 'DECLINED' | 'NOT_POSSIBLE'; readonly reason?: string; readonly safeguardingReturned?: boolean }
  | { readonly do: 'ChaseRHI' };

const going = ['REFERRED', 'ACKNOWLEDGED', 'OFFERED'] as const;
const over = ['COMPLETED', 'DECLINED', 'NOT_POSSIBLE'] as const;
export const rhiTable: readonly RegionRow<RhiSlice['state'], RhiCommand['do']>[] = [
  { id: 'RH1', from: ['NOT_REQUIRED'], command: 'RequireRHI', who: ['SYSTEM'], guard: 'A child is back (an adult by configuration); two authorities when out of area', to: ['NOT_REQUIRED'], source: 'S36' },
  { id: 'RH2', from: ['NOT_REQUIRED', ...going], command: 'DropRHI', who: ['SYSTEM'], guard: 'C22, or C21: deceased', to: ['NOT_REQUIRED'], source: 'DES' },
  { id: 'RH3', from: ['NOT_REQUIRED', 'REFERRED'], command: 'ReferRHI', via: 'ReferRHI', who: ['OIC', 'SGT', 'MFH_COORD', 'SYSTEM'], guard: 'It is required; the home and the host authority when out of area', to: ['REFERRED'], source: 'S36,DK' },
  { id: 'RH4', from: ['REFERRED'], command: 'AcknowledgeRHI', via: 'AckNotice', who: ['ATTACHED', 'MFH_COORD', 'LA_PARTNER'], guard: 'An authority it was referred to: who there; a log of the telephone will do', to: ['REFERRED', 'ACKNOWLEDGED'], source: 'S36,DES' },
  { id: 'RH5', from: ['REFERRED'], command: 'OverrideAcknowledgement', via: 'OverrideAcknowledgement', who: ['INSP'], guard: '72 h after the referral; reason', to: ['REFERRED'], source: 'DES' },
  { id: 'RH6', from: [...going, ...over], command: 'RecordRHI', via: 'RecordRHI', who: ['MFH_COORD', 'LA_PARTNER'], guard: 'DECLINED and NOT_POSSIBLE with their reason; COMPLETED with whether safeguarding content came back', to: ['OFFERED', ...over], source: 'S36' },
  { id: 'RH7', from: going, command: 'ChaseRHI', via: 'RecordRHI', who: ['MFH_COORD'], guard: 'None', to: going, source: 'S36,DK' },
];

export interface RhiFacts { readonly isUnder18: boolean; readonly isOutOfArea: boolean; readonly settings: RegionSettings }
type Answer = RegionAnswer<RhiSlice>;

export function decideRhi(slice: RhiSlice, command: RhiCommand, facts: RhiFacts, actor: Actor): Answer {
  const row = rowIn(rhiTable, slice.state, command.do, actor);
  if (isFailed(row)) return row;
  switch (command.do) {
    case 'RequireRHI': return requireInterview(slice, command, facts);
    case 'DropRHI': { const { required: _dropped, override: _override, ...rest } = slice; return take({ ...rest, state: 'NOT_REQUIRED', referrals: [] }, 'RhiDropped', 'none'); }
    case 'ReferRHI': return refer(slice, command.authorities, actor);
    case 'AcknowledgeRHI': return acknowledge(slice, command, actor);
    case 'OverrideAcknowledgement': return override(slice, command.reason, facts, actor);
    case 'RecordRHI': return recordOutcome(slice, command, actor);
    case 'ChaseRHI': return take({ ...slice, lastChasedAt: actor.now }, 'RhiChased', 'none', { what: 'RHI_CHASE_TASK' });
  }
}

/** Clocks from T_RETURNED, and from T_VERIFIED where nobody knows when the child was back (15.1 item 21). Whoever turned 18 while missing keeps the duty: `isUnder18` says so. */
function requireInterview(slice: RhiSlice, { returnedAt, verifiedAt }: Extract<RhiCommand, { do: 'RequireRHI' }>, { isUnder18, isOutOfArea, settings }: RhiFacts): Answer {
  if (!isUnder18 && !settings.rhiAdult) return unless(false, 'GUARD_UNMET', 'RH1', 'A return home interview is for those under 18.');
  const from = returnedAt ?? verifiedAt;
  const required = { from, referralDueAt: addTo(from, { unit: 'hours', n: settings.rhiReferralHours }), doneDueAt: addTo(from, { unit: 'hours', n: settings.rhiDueHours }), needsTwoAuthorities: isOutOfArea };
  return take({ ...slice, required }, 'RhiRequired', 'none', { what: 'RHI_REFERRAL_TASK' });
}

const sameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

function refer(slice: RhiSlice, authorities: readonly string[], { by, now }: Actor): Answer {
  const { required } = slice;
  const fresh = authorities.filter((name, n) => !isBlank(name) && authorities.findIndex(item => sameName(item, name)) === n && !slice.referrals.some(item => sameName(item.authority, name)));
  const failures = [
    ...unless(required !== undefined, 'GUARD_UNMET', 'RH3', 'No return home interview is required.'), ...unless(fresh.length > 0, 'FIELD_INVALID', 'RH3', 'Name an authority that it was not referred to yet.'),
    ...unless(required?.needsTwoAuthorities !== true || fresh.length + slice.referrals.length >= 2, 'GUARD_UNMET', 'RH3', 'The child lives out of area: refer to the home and to the host authority.'),
  ];
  if (failures.length > 0) return failures;
  const referrals = [...slice.referrals, ...fresh.map(authority => ({ authority, referredAt: now, by }))];
  return take({ ...slice, state: 'REFERRED', referrals }, 'RhiReferred', 'disclosure', ...fresh.map(authority => ({ what: 'RHI_REFERRAL_NOTICE', about: authority } as const)));
}

function acknowledge(slice: RhiSlice, { authority, person, how }: Extract<RhiCommand, { do: 'AcknowledgeRHI' }>, { by, now, roles, isAttached }: Actor): Answer {
  const found = slice.referrals.find(item => sameName(item.authority, authority));
  const failures = [
    ...unless(found !== undefined && found.acknowledgedAt === undefined, 'NOT_FOUND', 'RH4', 'No referral to this authority waits for an answer.'), ...unless(!isBlank(person), 'EVIDENCE_MISSING', 'RH4', 'Name the person who acknowledged.'),
    ...unless(how === 'PHONE_LOG' ? isAttached || roles.includes('MFH_COORD') : roles.includes('LA_PARTNER'), 'ROLE_DENIED', 'RH4', 'The authority acknowledges itself, or police log the telephone call.'),
  ];
  if (failures.length > 0) return failures;
  const referrals = slice.referrals.map(item => (item === found ? { ...item, acknowledgedAt: now, acknowledgedBy: person, how, recordedBy: by } : item));
  return take({ ...slice, state: referrals.every(item => item.acknowledgedAt !== undefined) ? 'ACKNOWLEDGED' : 'REFERRED', referrals }, 'RhiAcknowledged', 'none');
}

function override(slice: RhiSlice, reason: string, { settings }: RhiFacts, { by, now }: Actor): Answer {
  const last = slice.referrals.map(item => item.referredAt).sort().at(-1);
  const failures = [...reasonFailures(reason, 'RH5'), ...unless(last !== undefined && now >= addTo(last, { unit: 'hours', n: settings.rhiOverrideHours }), 'TOO_EARLY', 'RH5', `The authority has ${settings.rhiOverrideHours} hours to acknowledge.`)];
  return failures.length > 0 ? failures : take({ ...slice, override: { by, at: now, reason } }, 'AcknowledgementOverridden', 'none');
}

function recordOutcome(slice: RhiSlice, { outcome, reason, safeguardingReturned }: Extract<RhiCommand, { do: 'RecordRHI' }>, { by, now }: Actor): Answer {
  const failures = [
    ...(outcome === 'DECLINED' || outcome === 'NOT_POSSIBLE' ? reasonFailures(reason, 'RH6') : []), ...unless(outcome !== 'COMPLETED' || safeguardingReturned !== undefined, 'EVIDENCE_MISSING', 'RH6', 'Say whether safeguarding content came back.'),
    ...unless(outcome !== 'OFFERED' || !isOver(slice), 'TRANSITION_NOT_ALLOWED', 'RH6', 'The interview has its outcome already.'),
  ];
  if (failures.length > 0) return failures;
  const entry = { outcome, at: now, by, ...(reason !== undefined && { reason }), ...(safeguardingReturned !== undefined && { safeguardingReturned }) };
  return about(take({ ...slice, state: outcome, outcomes: [...slice.outcomes, entry] }, 'RhiRecorded', 'collection'), { outcome });
}

const isOver = ({ state }: RhiSlice): boolean => over.some(item => item === state);

/** The flag OVERDUE: required, 72 h gone, and no outcome. */
export const isRhiOverdue = (slice: RhiSlice, now: string): boolean => slice.required !== undefined && !isOver(slice) && now > slice.required.doneDueAt;
