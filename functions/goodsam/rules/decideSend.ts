import type { Answer, Area, Channel, Marker, ReasonCode, SafeContact, SafeMethod } from './terms.ts';

/** What a person said of the safety of contact; see `contactFacts` in goodsam.md 21.6. */
export interface ContactFacts {
  readonly suspectPresentOrDue: Answer;
  readonly sharedHandset: Answer;
  readonly suspectsNumber: Answer;
  readonly personSaidNo: Answer;
}

/** A look-up in the force's markers. FAILED covers errors and time-outs; absent, it was never made. */
export interface MarkerLookup {
  readonly at: string;
  readonly result: 'NONE' | 'FOUND' | 'FAILED';
  readonly markers: readonly Marker[];
}

/** Who confirmed, when and how, that this one address is safe on this one channel. Set by the server only. */
export interface SafeContactFact {
  readonly status: SafeContact;
  readonly confirmedAt?: string | undefined;
  readonly confirmedBy?: string | undefined;
  readonly method?: SafeMethod | undefined;
  readonly addressHmac?: string | undefined;
  readonly channel?: Channel | undefined;
  /** SAFE_NUMBER_ON_RECORD counts with a live check only. */
  readonly liveCheckAt?: string | undefined;
  /** A supervisor's release is good for one send. */
  readonly usedBySend?: number | undefined;
}

/** Everything that a send depends on, as it is at this moment. A fact that could not be had is missing or FAILED, never guessed. */
export interface SendContext {
  readonly area: Area;
  readonly reasonCode: ReasonCode;
  readonly channel: Channel;
  readonly addressHmac: string;
  readonly onVoiceCall: boolean;
  readonly contactFacts: ContactFacts;
  /** Hours of London in which the person may be contacted, as HH:MM; past midnight when `allowedTo` is the earlier one. */
  readonly contactPlan?: { readonly allowedFrom: string; readonly allowedTo: string } | undefined;
  readonly markerLookup?: MarkerLookup | undefined;
  readonly safeContact: SafeContactFact;
  /** Whether the address stands in the list of unsafe contacts of all areas. */
  readonly unsafeList: 'CLEAR' | 'LISTED' | 'FAILED';
  readonly sendNo: number;
  /** UTC, ISO 8601. */
  readonly now: string;
  /** The same moment on London's clocks, HH:MM. */
  readonly londonTime: string;
}

/** `rule` is stable and goes into the audit (SAFETY_DECISION, goodsam.md 8). */
export interface SendDecision {
  readonly result: 'ALLOW' | 'HOLD' | 'BLOCK';
  readonly rule: SendRule;
}

export type SendRule =
  | 'block-unsafe' | 'block-unsafe-list' | 'block-suspect-present' | 'block-shared-handset' | 'block-suspects-number' | 'block-person-said-no'
  | 'hold-unsafe-list-unread' | 'hold-outside-hours' | 'hold-email-not-safe' | 'hold-not-on-voice' | 'hold-marker-lookup-failed' | 'hold-facts-missing' | 'hold-safeguarding' | 'hold-text-not-neutral'
  | 'allow-confirmed' | 'allow-no-concern';

/** A confirmation is worth ten minutes (goodsam.md 21.5). */
export const confirmationSeconds = 10 * 60;
/** A look-up of another time says nothing about now. */
export const lookupSeconds = 60;

const safeguardingMarkers: readonly Marker[] = ['DOMESTIC_ABUSE', 'STALKING', 'HONOUR_BASED_ABUSE', 'FORCED_MARRIAGE', 'THREAT_TO_LIFE'];
const safeguardingReasons: readonly ReasonCode[] = ['THREAT_TO_LIFE_SAFE_CONTACT', 'VICTIM_WITNESS_CONTACT', 'CUCKOOING_WELFARE', 'SILENT_OR_ABANDONED_CALL', 'MISSING_PERSON_LOCATE'];

/** Whether a message in the wrong hands may bring harm (goodsam.md 21.5 rule 3). */
export function isSafeguarding({ area, reasonCode, markerLookup }: Pick<SendContext, 'area' | 'reasonCode' | 'markerLookup'>): boolean {
  return area === 'DA' || safeguardingReasons.includes(reasonCode) || hasMarker(markerLookup);
}

function hasMarker(lookup: MarkerLookup | undefined): boolean {
  return lookup?.markers.some(marker => safeguardingMarkers.includes(marker)) ?? false;
}

/** Nothing official may show (goodsam.md 21.7): neutral text, neutral host, neutral pages. */
export function isNeutral(context: Pick<SendContext, 'area' | 'reasonCode' | 'markerLookup'>): boolean {
  return context.area === 'SOCU' || isSafeguarding(context);
}

/**
 * May this message leave now? The first rule that matches decides, and any doubt is a HOLD (goodsam.md 8 and 21.5). It is asked when a request is routed and again, with
 * fresh facts, immediately before every session, text and e-mail: a first try, a retry, a re-send, a reminder and a redelivered message alike.
 */
export function decideSend(context: SendContext): SendDecision {
  const { contactFacts: facts, safeContact } = context;
  if (safeContact.status === 'UNSAFE') return block('block-unsafe');
  if (context.unsafeList === 'LISTED') return block('block-unsafe-list');
  if (facts.suspectPresentOrDue === 'YES') return block('block-suspect-present');
  if (facts.sharedHandset === 'YES') return block('block-shared-handset');
  if (facts.suspectsNumber === 'YES') return block('block-suspects-number');
  if (facts.personSaidNo === 'YES') return block('block-person-said-no');
  return holdOrAllow(context);
}

function holdOrAllow(context: SendContext): SendDecision {
  // A list that cannot be read may hold this address: no confirmation outweighs that (goodsam.md 21.4).
  if (context.unsafeList === 'FAILED') return hold('hold-unsafe-list-unread');
  if (context.contactPlan && !isWithinHours(context.contactPlan, context.londonTime)) return hold('hold-outside-hours');
  const isKnown = isFresh(context.markerLookup, context.now);
  const unsafeWay = wayThatIsUnsafe(context);
  if (unsafeWay && isNeutral(context)) return hold(unsafeWay);
  // Markers that could not be looked up may be there: what they would forbid is forbidden, so that no failure lets more through than an answer.
  if (isConfirmed(context) && (isKnown || !unsafeWay)) return { result: 'ALLOW', rule: 'allow-confirmed' };
  return isKnown ? unconfirmed(context) : hold('hold-marker-lookup-failed');
}

/** What safeguarding forbids whatever was confirmed (goodsam.md 21.9). */
function wayThatIsUnsafe(context: SendContext): SendRule | undefined {
  if (context.channel === 'EMAIL') return 'hold-email-not-safe';
  return context.onVoiceCall || isReleased(context) ? undefined : 'hold-not-on-voice';
}

function unconfirmed(context: SendContext): SendDecision {
  if (!isSafeguarding(context)) return { result: 'ALLOW', rule: 'allow-no-concern' };
  return hold(Object.values(context.contactFacts).includes('NOT_ASKED') ? 'hold-facts-missing' : 'hold-safeguarding');
}

/** Rule 4: confirmed at most ten minutes ago, for exactly this address and channel. */
export function isConfirmed(context: SendContext): boolean {
  const { safeContact, addressHmac, channel, sendNo, now } = context;
  if (safeContact.status !== 'CONFIRMED_SAFE' || safeContact.addressHmac !== addressHmac || safeContact.channel !== channel) return false;
  if (safeContact.usedBySend !== undefined && safeContact.usedBySend !== sendNo) return false;
  if (safeContact.method === 'SAFE_NUMBER_ON_RECORD' && !isWithin(safeContact.liveCheckAt, now, confirmationSeconds)) return false;
  if (safeContact.method === 'SUPERVISOR_RELEASE' && !mayBeReleased(context)) return false;
  return isWithin(safeContact.confirmedAt, now, confirmationSeconds);
}

/** A supervisor releases what has no such marker; one that turns up, or a look-up that fails, takes the release back (goodsam.md 21.10). */
function mayBeReleased({ markerLookup, now }: SendContext): boolean {
  return isFresh(markerLookup, now) && !hasMarker(markerLookup);
}

/** A supervisor's release stands in for the voice call (goodsam.md 21.10). */
function isReleased(context: SendContext): boolean {
  return context.safeContact.method === 'SUPERVISOR_RELEASE' && isConfirmed(context);
}

function isFresh(lookup: MarkerLookup | undefined, now: string): boolean {
  return lookup !== undefined && lookup.result !== 'FAILED' && isWithin(lookup.at, now, lookupSeconds);
}

/** A time of the future is no proof either: a clock that is wrong must not allow. */
function isWithin(at: string | undefined, now: string, seconds: number): boolean {
  if (at === undefined) return false;
  const age = Date.parse(now) - Date.parse(at);
  return age >= 0 && age <= seconds * 1000;
}

/** Whether a time of London (HH:MM) lies in a plan of contact, which may go over midnight. */
export function isWithinHours({ allowedFrom, allowedTo }: NonNullable<SendContext['contactPlan']>, londonTime: string): boolean {
  return allowedFrom <= allowedTo ? londonTime >= allowedFrom && londonTime < allowedTo : londonTime >= allowedFrom || londonTime < allowedTo;
}

function block(rule: SendRule): SendDecision {
  return { result: 'BLOCK', rule };
}

function hold(rule: SendRule): SendDecision {
  return { result: 'HOLD', rule };
}

/** Where a request stands after submit, confirm, release, approve and re-send (goodsam.md 21.1). Authority comes first, so that the confirmation is the freshest fact. */
export function route(decision: SendDecision, authority: { readonly isRequired: boolean; readonly isGiven: boolean }): 'BLOCKED_UNSAFE' | 'AUTH_PENDING' | 'SAFETY_HELD' | 'READY' {
  if (decision.result === 'BLOCK') return 'BLOCKED_UNSAFE';
  if (authority.isRequired && !authority.isGiven) return 'AUTH_PENDING';
  return decision.result === 'HOLD' ? 'SAFETY_HELD' : 'READY';
}
