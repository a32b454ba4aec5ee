import * as z from 'zod';
import { isFailed, reasonFailures, unless, type Actor } from '../machine/moment.ts';
import { mayTellPlace, type PlaceDisclosure } from '../partners/place.ts';
import type { FlagCode } from '../terms.ts';
import { isBlank, rowIn, take, type RegionAnswer, type RegionRow } from './region.ts';

const withheld = z.enum(['FAMILY', 'CARE_PROVIDER']);
/** Who may learn where somebody was found (I7, 2.4, P02, S14). The latest answer counts; all are kept. */
export const disclosureSlice = z.strictObject({
  state: z.enum(['UNDECIDED', 'DECIDED']),
  adult: z.array(z.strictObject({ answer: z.enum(['YES', 'NO']), by: z.string(), at: z.string(), how: z.string().max(400) })).max(50),
  child: z.array(z.strictObject({ withheldFrom: z.array(withheld), authority: z.string().max(120), person: z.string().max(200), reason: z.string().max(2_000), by: z.string(), at: z.string() })).max(50),
  childWish: z.strictObject({ withholdFrom: z.array(withheld), by: z.string(), at: z.string() }).optional(),
});
export type DisclosureSlice = z.infer<typeof disclosureSlice>;
export const noDisclosure: DisclosureSlice = { state: 'UNDECIDED', adult: [], child: [] };

export type DisclosureCommand =
  | { readonly do: 'RecordAdultConsent'; readonly answer: 'YES' | 'NO'; readonly how: string }
  | { readonly do: 'RecordChildWish'; readonly withholdFrom: readonly ('FAMILY' | 'CARE_PROVIDER')[] }
  | { readonly do: 'RecordChildDecision'; readonly withheldFrom: readonly ('FAMILY' | 'CARE_PROVIDER')[]; readonly authority: string; readonly person: string; readonly reason: string };

const either = ['UNDECIDED', 'DECIDED'] as const;
export const disclosureTable: readonly RegionRow<DisclosureSlice['state'], DisclosureCommand['do']>[] = [
  { id: 'LD1', from: either, command: 'RecordAdultConsent', via: 'RecordConsent', who: ['ATTACHED'], guard: 'An adult now, whatever the age at the report; how the person said it', to: ['DECIDED'], source: 'S18,S19' },
  { id: 'LD2', from: either, command: 'RecordChildWish', via: 'RecordConsent', who: ['ATTACHED'], guard: 'A child now; the wish alone opens nothing', to: either, source: 'DK,DES' },
  { id: 'LD3', from: either, command: 'RecordChildDecision', via: 'RecordConsent', who: ['SGT', 'INSP', 'DI_SIO', 'MFH_COORD'], guard: 'A child now; the local authority decides: which, who there, why', to: ['DECIDED'], source: 'DK,DES' },
];

/** `isUnder18Now`: at the time of finding and not at the report: who turned 18 while missing has an adult's right to be asked. */
export interface DisclosureFacts { readonly isUnder18Now: boolean }

export function decideDisclosure(slice: DisclosureSlice, command: DisclosureCommand, { isUnder18Now }: DisclosureFacts, actor: Actor): RegionAnswer<DisclosureSlice> {
  const row = rowIn(disclosureTable, slice.state, command.do, actor);
  if (isFailed(row)) return row;
  const { by, now } = actor;
  switch (command.do) {
    case 'RecordAdultConsent': {
      const failures = [...unless(!isUnder18Now, 'GUARD_UNMET', 'LD1', 'For a child the local authority decides.'), ...unless(!isBlank(command.how), 'EVIDENCE_MISSING', 'LD1', 'Say how the person told you.')];
      return failures.length > 0 ? failures : take({ ...slice, state: 'DECIDED', adult: [...slice.adult, { answer: command.answer, by, at: now, how: command.how }] }, 'LocationConsentRecorded', 'collection');
    }
    case 'RecordChildWish': {
      const failures = unless(isUnder18Now, 'GUARD_UNMET', 'LD2', 'An adult decides for themself.');
      return failures.length > 0 ? failures : take({ ...slice, childWish: { withholdFrom: [...command.withholdFrom], by, at: now } }, 'ChildWishRecorded', 'collection');
    }
    case 'RecordChildDecision': {
      const { withheldFrom, authority, person, reason } = command;
      const failures = [
        ...unless(isUnder18Now, 'GUARD_UNMET', 'LD3', 'An adult decides for themself.'), ...unless(!isBlank(authority) && !isBlank(person), 'EVIDENCE_MISSING', 'LD3', 'Name the local authority that decided, and the person there.'), ...reasonFailures(reason, 'LD3'),
      ];
      return failures.length > 0 ? failures : take({ ...slice, state: 'DECIDED', child: [...slice.child, { withheldFrom: [...withheldFrom], authority, person, reason, by, at: now }] }, 'ChildLocationDecided', 'collection');
    }
  }
}

/** What the notices need to know (partners/place.ts). A child's wish counts until the authority has decided; without a decision nobody is told. */
function placeDisclosureOf({ adult, child }: DisclosureSlice, { isUnder18Now }: DisclosureFacts): PlaceDisclosure {
  const decision = child.at(-1);
  return { isUnder18: isUnder18Now, adultConsent: adult.at(-1)?.answer ?? 'NOT_KNOWN', ...(decision && { childWithheldFrom: decision.withheldFrom }) };
}

export interface TellFacts {
  readonly disclosure: DisclosureSlice;
  readonly isUnder18Now: boolean;
  readonly flags: readonly FlagCode[];
  /** The person to be told is a suspect, or updates to them are restricted (the "informant is the suspect" of section 8). */
  readonly isRestricted: boolean;
}

/**
 * Whether this place may be told, by a person, to this audience. Where somebody was found or has gone to (`FOUND`, `RETURN`) follows I7; where they were last seen came from
 * the informant and is told to them unless they are restricted. A duty-holder (authority, hospital) hears of an adult's place only with consent. The public hears neither.
 */
export function mayTell(place: 'FOUND' | 'RETURN' | 'LAST_SEEN', to: 'INFORMANT' | 'FAMILY' | 'CARE_PROVIDER' | 'DUTY_HOLDER' | 'PUBLIC', { disclosure, isUnder18Now, flags, isRestricted }: TellFacts): boolean {
  if (isRestricted) return false;
  if (place === 'LAST_SEEN') return true;
  if (to === 'PUBLIC' || (flags.includes('NO_DISCLOSURE_LOCATION') && to !== 'DUTY_HOLDER')) return false;
  return mayTellPlace(to === 'INFORMANT' ? 'FAMILY' : to, placeDisclosureOf(disclosure, { isUnder18Now }));
}
