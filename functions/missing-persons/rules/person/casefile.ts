import * as z from 'zod';
import { missingFrom, role } from '../terms.ts';
import { at, must, wrong, type FieldFailure } from './fieldFailure.ts';
import { phoneAt } from './phone.ts';
import { lengths, longText, schemaFailures, shortText, text, tidyAll } from './text.ts';

/** Facts of a case that are typed in (3.1). State, risk, owner, reviews, flags, outcome and retention have slices of their own. */
const instant = z.iso.datetime();

export const location = z.strictObject({ text: shortText.optional(), lat: z.number().min(-90).max(90).optional(), lon: z.number().min(-180).max(180).optional(), precisionM: z.number().min(0).max(100_000).optional(), what3words: text(100).optional(), uprn: text(12).optional() });
export type Location = z.output<typeof location>;

/** May be a range; UNKNOWN needs a reason. */
export const lastSeen = z.strictObject({ from: instant.optional(), to: instant.optional(), precision: z.enum(['EXACT', 'APPROX', 'UNKNOWN']), unknownReason: shortText.optional() });
export type LastSeen = z.output<typeof lastSeen>;

export const informant = z.strictObject({
  id: shortText, role: z.enum(['PRIMARY', 'OTHER']), name: shortText.optional(), relation: shortText.optional(), phone: shortText.optional(), email: shortText.optional(), address: shortText.optional(),
  /** Hours between updates that were promised. */
  updateAgreedEvery: z.number().min(0.25).max(8_760).optional(),
  /** The informant is suspected of harm: updates go through the officer in the case only (extra stress). */
  areUpdatesRestricted: z.boolean().optional(), restrictedWhy: shortText.optional(),
});
export type Informant = z.output<typeof informant>;

/** Never an input of the risk level: evaluating hypotheses is not evaluating risk (S7). */
export const hypothesis = z.strictObject({ id: shortText, text: longText, status: z.enum(['OPEN', 'SUPPORTED', 'REFUTED']), by: shortText, at: instant });
export type Hypothesis = z.output<typeof hypothesis>;
/** Another case whose person went missing together with this one. The latest word of either case counts, and both say the same (3.1). */
export const coMissing = z.strictObject({ caseId: shortText, ref: shortText.optional(), isLinked: z.boolean(), reason: longText, by: shortText, at: instant });
export const linked = z.strictObject({ crimeRefs: z.array(text(40)).max(50), priorCaseIds: z.array(shortText).max(500), coMissing: z.array(coMissing).max(50) });

export const casefile = z.strictObject({
  incidentRef: text(40).optional(), rmsRef: text(40).optional(),
  missingFrom, lastSeen, lastSeenPlace: location, circumstances: text(lengths.circumstances).optional(), outOfCharacter: z.enum(['YES', 'NO', 'NOT_KNOWN']),
  intendedDestination: shortText.optional(), travelMode: z.enum(['FOOT', 'BICYCLE', 'CAR', 'BUS', 'TRAIN', 'TAXI', 'BOAT', 'AIR', 'OTHER', 'NOT_KNOWN']).optional(), withWhom: shortText.optional(),
  weatherAtLoss: z.strictObject({ temperatureC: z.number().min(-40).max(50).optional(), text: shortText, source: shortText }).optional(),
  informants: z.array(informant).max(30), hypotheses: z.array(hypothesis).max(50), linked,
  restrictedTier: z.enum(['OPEN', 'RESTRICTED', 'CONFIDENTIAL']), accessList: z.array(z.strictObject({ userId: shortText, role, addedBy: shortText, addedAt: instant })).max(50).optional(),
});
export type Casefile = z.output<typeof casefile>;

export type CasefileReading = { readonly ok: true; readonly casefile: Casefile; readonly warnings: readonly FieldFailure[] } | { readonly ok: false; readonly failures: readonly FieldFailure[] };

/** Reads the facts of a case, or lists every failure. Warnings never block: a place outside the United Kingdom may be right. `caseId` is this case's own. */
export function readCasefile(raw: unknown, facts: CasefileFacts): CasefileReading {
  const { casefile: file, failures } = examineCasefile(raw, facts);
  return failures.length > 0 || !file ? { ok: false, failures } : { ok: true, casefile: file, warnings: at('lastSeenPlace', placeWarnings(file.lastSeenPlace)) };
}

interface CasefileFacts { readonly reportedAt: string; readonly now: string; readonly caseId: string }

/** As `readCasefile`; where the shape is right, with the case file as far as it can be read, whatever is wrong with it. */
export function examineCasefile(raw: unknown, facts: CasefileFacts): { readonly casefile?: Casefile; readonly failures: readonly FieldFailure[] } {
  const parsed = casefile.safeParse(tidyAll(raw));
  if (!parsed.success) return { failures: schemaFailures(parsed.error, '3.1') };
  const phones = parsed.data.informants.map(({ phone }, n) => (phone === undefined ? undefined : phoneAt(`informants.${n}.phone`, phone)));
  const file: Casefile = { ...parsed.data, informants: parsed.data.informants.map((one, n) => ({ ...one, ...(phones[n] && { phone: phones[n].value }) })) };
  const failures = [
    ...at('lastSeen', lastSeenFailures(file.lastSeen, facts)), ...at('lastSeenPlace', placeFailures(file.lastSeenPlace)), ...informantFailures(file.informants), ...phones.flatMap(phone => phone?.failures ?? []),
    ...linkFailures(file, facts.caseId), ...accessFailures(file),
  ];
  return { casefile: file, failures };
}

/** `circumstances` may grow later, but a supervisor confirms only what is told in 20 characters or more (C2). */
export function circumstancesFailures({ circumstances = '' }: Pick<Casefile, 'circumstances'>): FieldFailure[] {
  return must(circumstances.trim().length >= 20, 'circumstances', 'Tell the circumstances in at least 20 characters before the level is confirmed.', 'C2', 'GUARD_UNMET');
}

/** 2.6 and 3.1: a range runs forward, is not in the future (2 minutes are allowed for clocks) and not after the report. */
export function lastSeenFailures({ from, to, precision, unknownReason }: LastSeen, { reportedAt, now }: { readonly reportedAt: string; readonly now: string }): FieldFailure[] {
  if (precision === 'UNKNOWN') return must((unknownReason ?? '') !== '', 'unknownReason', 'Say why the time is not known.', '3.1', 'REASON_REQUIRED');
  if (from === undefined) return [wrong('from', 'Give the time, or say that it is not known and why.', '3.1')];
  const latest = Date.parse(to ?? from);
  return [
    ...must(latest >= Date.parse(from), 'to', 'The range ends before it begins.', '3.1'),
    ...must(Math.max(latest, Date.parse(from)) <= Date.parse(now) + 120_000, 'to', 'The time has not come yet.', '2.6', 'TIME_IN_FUTURE'),
    ...must(Date.parse(from) <= Date.parse(reportedAt), 'from', 'The person cannot have been last seen after the report.', '2.6', 'LASTSEEN_AFTER_REPORT'),
  ];
}

/** Enough to send somebody to: words, a position, what3words or a UPRN. A position has both numbers. */
export function placeFailures(place: Location): FieldFailure[] {
  const hasPosition = place.lat !== undefined && place.lon !== undefined;
  return [
    ...must(hasPosition || (place.text ?? place.what3words ?? place.uprn) !== undefined, 'text', 'Say where, in words or as a position.', '3.1'),
    ...must((place.lat === undefined) === (place.lon === undefined), place.lat === undefined ? 'lat' : 'lon', 'A position needs a latitude and a longitude.', '3.1'),
    ...must(place.what3words === undefined || /^\/{0,3}\p{L}{2,}\.\p{L}{2,}\.\p{L}{2,}$/u.test(place.what3words), 'what3words', 'These are three words with full stops between them.', '3.1'),
    ...must(place.uprn === undefined || /^\d{1,12}$/.test(place.uprn), 'uprn', 'A UPRN has up to 12 digits.', '3.1'),
  ];
}

/** The box of 3.1, which holds the United Kingdom: outside it somebody is asked, and nothing is refused. */
export function placeWarnings({ lat, lon }: Location): FieldFailure[] {
  if (lat === undefined || lon === undefined) return [];
  return must(lat >= 49.8 && lat <= 60.9 && lon >= -8.7 && lon <= 1.8, 'lat', 'Outside the UK? Check the latitude and the longitude.', '3.1');
}

function informantFailures(informants: readonly Informant[]): FieldFailure[] {
  return [
    ...must(informants.filter(({ role: part }) => part === 'PRIMARY').length === 1, 'informants', 'Exactly one informant is the primary one.', '3.1'),
    ...informants.flatMap(({ areUpdatesRestricted, restrictedWhy }, n) => must(areUpdatesRestricted !== true || restrictedWhy !== undefined, `informants.${n}.restrictedWhy`, 'Say why this informant is not told.', '3.1', 'REASON_REQUIRED')),
  ];
}

function linkFailures({ linked: { priorCaseIds, coMissing: others } }: Casefile, caseId: string): FieldFailure[] {
  return [
    ...must(!others.some(one => one.caseId === caseId), 'linked.coMissing', 'A case is not missing together with itself.', '3.1'),
    ...must(!priorCaseIds.includes(caseId), 'linked.priorCaseIds', 'A case does not come before itself.', '3.1'),
  ];
}

/** CONFIDENTIAL names who may open it (DK): a police relative, witness protection, honour-based abuse. */
function accessFailures({ restrictedTier, accessList = [] }: Casefile): FieldFailure[] {
  return must(restrictedTier !== 'CONFIDENTIAL' || accessList.length > 0, 'accessList', 'A confidential case names who may open it.', '3.1');
}
