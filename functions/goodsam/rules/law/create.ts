import { refused, type Refusal } from '../../../../shared/domain/decision.ts';
import type { LiveLink } from '../../state.ts';
import { defaultPriority, reasonRules, type ReasonRules } from '../areas.ts';
import { cctvNeedsSupervisor, overwriteAt, type CctvRequest } from '../cctv.ts';
import { isNeutral, isSafeguarding } from '../decideSend.ts';
import { checkDaEligibility, daNeedsAuthority, type DaEligibility } from '../domesticAbuse.ts';
import { bookedSlot, checkFalPreconditions, falAuthorityReasons, isConsecutiveRemote, type FalFlags, type LastInspection } from '../firearmsRequest.ts';
import { forensicAuthority } from '../forensics.ts';
import { checkPurpose } from '../freeText.ts';
import { neutralPurposeOnly, purposesFor } from '../purposes.ts';
import { checkSocu, type SocuRequest } from '../socu.ts';
import { somRisk, type SomRequest } from '../som.ts';
import type { SafeMethod } from '../terms.ts';
import { routed, templateOf, type Gate } from './sending.ts';
import { initialProgress, timingOf, type Moment, type Step } from './step.ts';

/** What an officer asks for, checked for its form at the edge; addresses are normalised, HMACs made. */
export interface CreateRequest extends Pick<LiveLink,
  'requestId' | 'area' | 'reasonCode' | 'mode' | 'addons' | 'grade' | 'channel' | 'incidentSystem' | 'incidentRaw' | 'incidentRef' | 'occurrenceRef' | 'personRole' | 'personName' | 'address' | 'addressLast4'
  | 'addressHmac' | 'internationalReason' | 'locale' | 'interpreterNeeded' | 'accessibility' | 'childInvolved' | 'appropriateAdult' | 'onVoiceCall' | 'verbalConsent' | 'contactFacts' | 'contactPlan' | 'origin'> {
  readonly do: 'Create';
  readonly priority?: LiveLink['priority'];
  readonly record?: boolean | undefined;
  readonly expectedEvidence?: boolean | undefined;
  readonly purpose?: string | undefined;
  readonly overt: boolean;
  /** Why a child alone is contacted (goodsam.md 6). */
  readonly vitalInterestReason?: string | undefined;
  readonly driving: boolean;
  /** The officer says that contact is safe, and how that is known; when and who is ours to say. */
  readonly safe: 'UNKNOWN' | 'UNSAFE' | Exclude<SafeMethod, 'SUPERVISOR_RELEASE'>;
  readonly liveCheck: boolean;
  readonly fal?: { readonly flags: FalFlags; readonly identityChecked: boolean; readonly toldVoluntary: boolean; readonly firstGrant: boolean; readonly policyAllowsGrant: boolean; readonly certificateHmac?: string; readonly last: LastInspection; readonly slotStartAt?: string; readonly slotEndAt?: string };
  readonly da?: { readonly eligibility: DaEligibility; readonly riskLevel?: 'STANDARD' | 'MEDIUM' | 'HIGH' };
  readonly som?: SomRequest & { readonly registeredLat?: number; readonly registeredLng?: number };
  readonly cctv?: CctvRequest;
  readonly socu?: SocuRequest;
  readonly gate: Gate;
}

interface Authority { readonly required: boolean; readonly why?: string }

/** T1: what the area does not allow is refused whole, with its code; the rest is routed. */
export function create(command: CreateRequest, moment: Moment): Step | Refusal {
  const rules = reasonRules(command.area, command.reasonCode);
  if (!rules) return refused('REASON_NOT_ALLOWED', 'This area does not have this reason.');
  const guarded = { ...command, markerLookup: { ...command.gate.markerLookup, markers: [...command.gate.markerLookup.markers] } };
  const no = notOffered(command, rules, isNeutral(guarded)) ?? notFit(command, rules) ?? slotOf(command, moment);
  if (no) return no;
  const authority = authorityOf(command, moment);
  if ('kind' in authority) return authority;
  const purpose = purposeOf(command, isSafeguarding(guarded));
  if (typeof purpose !== 'string') return purpose;
  const link = linkOf(command, { purpose, authority, record: command.record ?? rules.record }, moment);
  if (command.channel !== 'READ_ALOUD_CODE' && templateOf({ ...link, markerLookup: guarded.markerLookup }, 'first') === undefined) return refused('NO_TEMPLATE', 'There is no approved text for this. Read a code out instead.');
  const step = routed(link, { on: 'submit', gate: command.gate }, moment);
  return { ...step, facts: [{ what: 'LiveLinkRequested', kind: 'collection', about: { area: link.area, reason: link.reasonCode, mode: link.mode, channel: link.channel } }, ...step.facts] };
}

function notOffered(command: CreateRequest, rules: ReasonRules, neutral: boolean): Refusal | undefined {
  if (!rules.modes.includes(command.mode)) return refused('MODE_NOT_ALLOWED', `For this reason: ${rules.modes.join(', ')}.`);
  if (!rules.channels.includes(command.channel) || (neutral && command.channel === 'EMAIL')) return refused('CHANNEL_NOT_ALLOWED', 'This channel is not safe for this reason. Read a code out, or send a text while you talk.');
  return undefined;
}

function notFit(command: CreateRequest, rules: ReasonRules): Refusal | undefined {
  if (rules.needsOvert && !command.overt) return refused('NOT_OVERT', 'Links are for overt contact only: the person must know that it is the police.');
  if (command.driving) return refused('ELIGIBILITY_FAILED', 'The person is driving. Ask them to park first.');
  if (command.childInvolved && !command.appropriateAdult && (command.vitalInterestReason ?? '').trim() === '') return refused('ELIGIBILITY_FAILED', 'A child needs a parent, carer or appropriate adult with them, or a reason of vital interest.');
  return undefined;
}

function slotOf({ area, channel, fal }: CreateRequest, moment: Moment): Refusal | undefined {
  if (area !== 'FAL') return undefined;
  // A code lives ten minutes, an appointment is days ahead.
  if (channel === 'READ_ALOUD_CODE') return refused('CHANNEL_NOT_ALLOWED', 'An appointment is sent as a text or an e-mail; a code would be dead before it begins.');
  if (fal?.slotStartAt === undefined || fal.slotEndAt === undefined) return undefined;
  const booked = bookedSlot(fal.slotStartAt, fal.slotEndAt, moment.now, timingOf({ area }, moment));
  return 'code' in booked ? refused(booked.code, booked.why) : undefined;
}

/** What each area asks for before a link may be thought of, and whether another person must say yes. */
function authorityOf(command: CreateRequest, moment: Moment): Authority | Refusal {
  switch (command.area) {
    case 'FCC': return { required: false };
    case 'FAL': return firearms(command);
    case 'DA': return domesticAbuse(command);
    case 'SOM': return offender(command);
    case 'FOR': return forensicAuthority(command.reasonCode) ? { required: true, why: 'digital device' } : { required: false };
    case 'CCTV': return footage(command);
    case 'SOCU': return seriousCrime(command, moment);
  }
}

function domesticAbuse({ da, reasonCode }: CreateRequest): Authority | Refusal {
  const eligible = checkDaEligibility(da?.eligibility);
  if (!eligible.ok) return refused('ELIGIBILITY_FAILED', `Video does not fit: ${eligible.failed.join(', ')}. Send an officer.`);
  return daNeedsAuthority(reasonCode, da?.riskLevel) ? { required: true, why: 'high-risk follow-up' } : { required: false };
}

function offender({ som }: CreateRequest): Authority | Refusal {
  if (!som) return refused('ELIGIBILITY_FAILED', 'The risk level and the reasons of this check are missing.');
  const risk = somRisk(som);
  return risk.kind === 'REFUSED' ? refused('RISK_TOO_HIGH', 'The risk is high: a visit is made. An override needs a reason, and the sergeant.') : { required: true, why: risk.override ? 'risk override' : 'always' };
}

function footage({ cctv, mode }: CreateRequest): Authority | Refusal {
  if (!cctv) return mode === 'UPLOAD' ? refused('ELIGIBILITY_FAILED', 'The window of the footage is missing.') : { required: false };
  return cctvNeedsSupervisor(cctv) ? { required: true, why: 'window over 24 hours or sensitive premises' } : { required: false };
}

function seriousCrime({ socu }: CreateRequest, moment: Moment): Authority | Refusal {
  if (!socu) return refused('NOT_OVERT', 'Say that this is overt contact and no source, and name the viewers.');
  const fit = checkSocu(socu, moment.by);
  return fit.ok ? { required: true, why: 'always' } : refused(fit.code, fit.why);
}

function firearms({ fal, reasonCode }: CreateRequest): Authority | Refusal {
  if (!fal) return refused('ELIGIBILITY_FAILED', 'The flags of the certificate are missing.');
  // Without it nobody could know how the last inspection was made.
  if (reasonCode === 'RENEWAL_SECURITY_INSPECTION' && fal.certificateHmac === undefined) return refused('ELIGIBILITY_FAILED', 'A renewal inspection needs the certificate.');
  const ready = checkFalPreconditions(fal);
  if (!ready.ok) return refused(ready.code, `Not met: ${ready.failed.join(', ')}.`);
  // What the certificate's last inspection was cannot be known without the certificate.
  if (reasonCode === 'RENEWAL_SECURITY_INSPECTION' && fal.certificateHmac === undefined) return refused('ELIGIBILITY_FAILED', 'Not met: certificate.');
  // No override: goodsam.md 21.26.
  if (isConsecutiveRemote(reasonCode, fal.last)) return refused('CONSECUTIVE_REMOTE', 'The last renewal inspection was by video. This one needs a visit.');
  const flags = falAuthorityReasons({ ...fal.flags, lastInspectionRemote: fal.flags.lastInspectionRemote || fal.last === 'REMOTE' });
  return flags.length ? { required: true, why: flags.join(', ') } : { required: false };
}

function purposeOf(command: CreateRequest, safeguarding: boolean): string | Refusal {
  const context = { area: command.area, reason: command.reasonCode, mode: command.mode, safeguarding };
  const [preset] = purposesFor(context);
  if (command.purpose === undefined || command.purpose === '') return preset;
  if (neutralPurposeOnly(context)) return refused('PURPOSE_NOT_ALLOWED', 'The purpose of this request comes from the neutral presets.');
  const checked = checkPurpose(command.purpose);
  return checked.ok ? checked.text : refused(checked.code, checked.why);
}

function linkOf(command: CreateRequest, { purpose, authority, record }: { purpose: string; authority: Authority; record: boolean }, { now, by }: Moment): LiveLink {
  const { do: name, gate, overt, driving, safe, liveCheck, fal, da, som, cctv, socu, priority, record: asked, purpose: typed, expectedEvidence, vitalInterestReason, ...fields } = command;
  return {
    kind: 'live-link', ...fields, ...(vitalInterestReason !== undefined && { vitalInterestReason }), addons: [...fields.addons], priority: priority ?? defaultPriority(command.area, command.onVoiceCall), purpose, record, expectedEvidence: expectedEvidence ?? command.mode === 'UPLOAD',
    safeContact: safeContactOf(command, now, by), authorisation: { required: authority.required, ...(authority.why !== undefined && { why: authority.why }) },
    requestedBy: by, ...(command.onVoiceCall && { onVoiceAt: now }), viewers: socu ? [...socu.namedViewers] : [], shares: [], createdAt: now,
    ...areaFieldsOf(command), ...groundsOf(command),
    sends: [], log: [], progress: initialProgress(now), media: [], mediaExpected: false, cards: [], lines: [], chat: [], fixes: 0, owed: [], nextOwed: 1, later: [], fired: [],
  };
}

function areaFieldsOf({ fal, som, cctv }: CreateRequest): Pick<LiveLink, 'certificateHmac' | 'slotStartAt' | 'slotEndAt' | 'riskLevel' | 'registeredLat' | 'registeredLng' | 'overwriteAt' | 'windowFrom' | 'windowTo' | 'cctv'> {
  return {
    ...(fal?.certificateHmac !== undefined && { certificateHmac: fal.certificateHmac }), ...(fal?.slotStartAt !== undefined && fal.slotEndAt !== undefined && { slotStartAt: fal.slotStartAt, slotEndAt: fal.slotEndAt }),
    ...(som && { riskLevel: som.riskLevel }), ...(som?.registeredLat !== undefined && { registeredLat: som.registeredLat }), ...(som?.registeredLng !== undefined && { registeredLng: som.registeredLng }),
    ...(cctv && { overwriteAt: overwriteAt(cctv), windowFrom: cctv.windowFrom, windowTo: cctv.windowTo, cctv }),
  };
}

/** What the area asked for and was told: kept, for whoever decides and whoever reviews (goodsam.md 7). */
function groundsOf({ fal, da, som, socu }: CreateRequest): Pick<LiveLink, 'grounds'> {
  const said: Readonly<Record<string, string | number | boolean | undefined>> = {
    ...(fal && { ...fal.flags, identityChecked: fal.identityChecked, toldVoluntary: fal.toldVoluntary, firstGrant: fal.firstGrant, lastInspection: fal.last }),
    ...(da && { ...da.eligibility, riskLevel: da.riskLevel }), ...(som && { riskLevel: som.riskLevel, overrideReason: som.overrideReason, whyNotUnannounced: som.whyNotUnannounced }),
    ...(socu && { notChis: socu.notChis, secondPerson: socu.secondPerson }),
  };
  const grounds = Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value: String(value) }]));
  return grounds.length ? { grounds } : {};
}

/** The tick "asked and safe" of the control room is LIVE_VOICE; who and when is ours (goodsam.md 21.6, 21.38). */
function safeContactOf({ safe, liveCheck, addressHmac, channel }: CreateRequest, now: string, by: string): LiveLink['safeContact'] {
  if (safe === 'UNKNOWN' || safe === 'UNSAFE') return { status: safe };
  return { status: 'CONFIRMED_SAFE', confirmedAt: now, confirmedBy: by, method: safe, addressHmac, channel, ...(liveCheck && { liveCheckAt: now }) };
}
