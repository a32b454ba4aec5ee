import { smsFit } from '../../../shared/domain/smsFit.ts';
import type { Area, Mode, ReasonCode, TemplateName } from './terms.ts';
import { templateName } from './terms.ts';

/**
 * The twelve approved messages (goodsam.md 13), which of them a request may use, and the checks that let the app start. `{force}` is the force's short name, filled once from configuration;
 * `{link}`, `{ref}` and `{time}` are filled for each message and nothing else ever is.
 */
export type NeutralName = Extract<TemplateName, 'DA_NEUTRAL' | 'SOCU_NEUTRAL'>;
export type BrandedName = Exclude<TemplateName, NeutralName>;
export type Placeholder = 'link' | 'ref' | 'time';

export interface Email {
  readonly subject: string;
  readonly body: string;
}
export interface BrandedTemplate {
  readonly name: BrandedName;
  /** The Notify service and the host of the link: both name the police. */
  readonly service: 'branded';
  readonly text: string;
  /** Only where the channel EMAIL may be used. */
  readonly email?: Email;
}
export interface NeutralTemplate {
  readonly name: NeutralName;
  /** A second Notify service with a neutral sender, and the neutral host (goodsam.md 21.7, 21.9). Never e-mail. */
  readonly service: 'neutral';
  readonly text: string;
}
export type Template = BrandedTemplate | NeutralTemplate;
export type Templates = Readonly<Record<BrandedName, BrandedTemplate> & Record<NeutralName, NeutralTemplate>>;

/** The longest link that the approved texts were measured with. */
export const LONGEST_LINK = 45;
const TOKEN_LENGTH = 12;
const LONGEST = { link: 'x'.repeat(LONGEST_LINK), ref: 'GS-XXXX-XXXX', time: 'Wed 30 Sep 14:30' } as const;

const branded: Readonly<Record<BrandedName, { readonly text: string; readonly subject?: string }>> = {
  FCC_VIDEO: { text: '{force}: open this link to share live video and location: {link} Not expecting this? Ring 101.', subject: '{force}: share live video and location with us' },
  FCC_LOCATION: { text: '{force}: open this link to share your location with us: {link} Not expecting this? Ring 101.', subject: '{force}: share your location with us' },
  FCC_UPLOAD: { text: '{force}: use this link to send photos or video. Ref {ref}. {link} Check it is us: ring 101.', subject: '{force}: send us photos or video, ref {ref}' },
  MISPER: { text: '{force}: we want to know you are safe. You are not in trouble. Share where you are: {link} or ring 101.' },
  FAL_SLOT: { text: '{force} firearms licensing: video check {time}. Join: {link} Ref {ref}. To check ring 101.', subject: '{force}: video check {time}, ref {ref}' },
  CCTV_UPLOAD: { text: '{force}: please upload the footage we discussed, ref {ref}: {link} Ring 101 to check.', subject: '{force}: please upload the footage we discussed, ref {ref}' },
  CCTV_REMIND: { text: '{force} reminder, ref {ref}: please upload footage before it is lost: {link} Ring 101 to check.', subject: '{force} reminder: please upload footage, ref {ref}' },
  FOR_TRIAGE: { text: '{force}: our examiner is ready by video. Please touch nothing. {link} Ref {ref}. Ring 101 to check.', subject: '{force}: our examiner is ready by video, ref {ref}' },
  SOM: { text: 'Your appointment is ready. Join by video now: {link} Ref {ref}.' },
  CONSULT: { text: '{force}: video appointment with an officer {time}. Join: {link} Ref {ref}. Ring 101 to check.', subject: '{force}: video appointment {time}, ref {ref}' },
};
const neutral: Readonly<Record<NeutralName, string>> = {
  DA_NEUTRAL: 'Your call link: {link}',
  SOCU_NEUTRAL: 'Here is the link you asked for: {link}',
};

/** The twelve templates of a force, by name. `forceShortName` is what people read, for instance `Cheshire Police`; check it with checkTemplates at start. */
export function templatesOf(forceShortName: string): Templates {
  const one = (name: BrandedName): BrandedTemplate => brandedTemplate(name, forceShortName);
  return {
    FCC_VIDEO: one('FCC_VIDEO'), FCC_LOCATION: one('FCC_LOCATION'), FCC_UPLOAD: one('FCC_UPLOAD'), MISPER: one('MISPER'), FAL_SLOT: one('FAL_SLOT'),
    CCTV_UPLOAD: one('CCTV_UPLOAD'), CCTV_REMIND: one('CCTV_REMIND'), FOR_TRIAGE: one('FOR_TRIAGE'), SOM: one('SOM'), CONSULT: one('CONSULT'),
    DA_NEUTRAL: { name: 'DA_NEUTRAL', service: 'neutral', text: neutral.DA_NEUTRAL },
    SOCU_NEUTRAL: { name: 'SOCU_NEUTRAL', service: 'neutral', text: neutral.SOCU_NEUTRAL },
  };
}

function brandedTemplate(name: BrandedName, force: string): BrandedTemplate {
  const { text, subject } = branded[name];
  const named = (words: string) => words.replaceAll('{force}', () => force);
  return { name, service: 'branded', text: named(text), ...(subject !== undefined && { email: { subject: named(subject), body: named(text) } }) };
}

/** The placeholders that a text holds, in the order of their first use. */
export function placeholdersOf(text: string): readonly Placeholder[] {
  return [...new Set([...text.matchAll(/\{(link|ref|time)\}/g)].map(match => match[1]).filter(isPlaceholder))];
}

function isPlaceholder(word: string | undefined): word is Placeholder {
  return word === 'link' || word === 'ref' || word === 'time';
}

/**
 * The text with its placeholders filled. Throws RangeError when a value is missing or empty, when one is given that the text has no place for, or when a value is
 * not what its placeholder is for: Notify itself would take an address of any length and any words.
 */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  const needed = placeholdersOf(text);
  for (const name of Object.keys(values)) if (!needed.some(one => one === name)) throw new RangeError(`the template has no placeholder ${name}`);
  for (const name of needed) if (!FORMS[name].test(values[name] ?? '')) throw new RangeError(`the value of ${name} is missing or has another form`);
  return text.replace(/\{(link|ref|time)\}/g, (whole, name: string) => values[name] ?? whole);
}

const FORMS: Readonly<Record<Placeholder, RegExp>> = {
  link: /^https?:\/\/[\w.:-]+\/[\w/-]+$/,
  ref: /^GS-[A-Z\d]{4}-[A-Z\d]{4}$/,
  time: /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2} \d\d:\d\d$/,
};

/** Picks from `values` what the text has places for; this is the personalisation that Notify is given. */
export function personalisationOf(text: string, values: Readonly<Record<Placeholder, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(placeholdersOf(text).map(name => [name, values[name]]));
}

export interface TemplateFault {
  readonly about: TemplateName | 'forceShortName' | 'branded origin' | 'neutral origin';
  readonly rule: string;
}

/**
 * What forbids the app to start (A12, goodsam.md 14.1): a text that is not one GSM-7 part with the longest link, reference and time; an origin with which a link is
 * longer than was measured; a neutral origin that names the police or is the branded one. Empty when all is well.
 */
export function checkTemplates(forceShortName: string, origins: { readonly branded: string; readonly neutral: string }): readonly TemplateFault[] {
  const faults: TemplateFault[] = [];
  if (forceShortName.trim() === '' || /[{}]|\(\(/.test(forceShortName)) faults.push({ about: 'forceShortName', rule: 'must be a name, without braces' });
  const templates = templatesOf(forceShortName);
  for (const name of templateName.options) {
    const { encoding, units, parts } = smsFit(filledWithLongest(templates[name].text));
    if (encoding !== 'GSM-7' || parts !== 1) faults.push({ about: name, rule: `must be one GSM-7 part; it is ${units} units of ${encoding} in ${parts}` });
  }
  if (longestLink(origins.branded) > LONGEST_LINK) faults.push({ about: 'branded origin', rule: `makes links longer than ${LONGEST_LINK} characters` });
  if (longestLink(origins.neutral) > LONGEST_LINK) faults.push({ about: 'neutral origin', rule: `makes links longer than ${LONGEST_LINK} characters` });
  if (namesPolice(origins.neutral, forceShortName)) faults.push({ about: 'neutral origin', rule: 'must not name the police or the force' });
  if (origins.neutral === origins.branded) faults.push({ about: 'neutral origin', rule: 'must not be the branded origin' });
  return faults;
}

function filledWithLongest(text: string): string {
  return text.replace(/\{(link|ref|time)\}/g, (whole, name: string) => isPlaceholder(name) ? LONGEST[name] : whole);
}

function longestLink(origin: string): number {
  return linkOf(origin, 'x'.repeat(TOKEN_LENGTH)).length;
}

/** The address that stands in a text: the token right after the origin, as the approved length allows no more (goodsam.md 14.1). */
export function linkOf(origin: string, token: string): string {
  return `${origin.replace(/\/+$/, '')}/${token}`;
}

function namesPolice(origin: string, forceShortName: string): boolean {
  const words = ['police', 'crime', 'abuse', ...forceShortName.toLowerCase().split(/[^a-z\d]+/).filter(word => word.length > 3)];
  return words.some(word => origin.toLowerCase().includes(word));
}

interface About<A extends Area> {
  readonly area: A;
  readonly reason: ReasonCode;
  readonly mode: Mode;
  /** A re-send is a `first` again; a `reminder` is sent by a timer. */
  readonly kind: 'first' | 'reminder';
}
type ProtectedArea = Extract<Area, 'DA' | 'SOCU'>;
type OpenArea = Exclude<Area, ProtectedArea>;
/** Domestic abuse, serious crime and whatever else is safeguarding (goodsam.md 21.5): the text may be read by the person who is the danger. */
export type ProtectedContext = (About<ProtectedArea> & { readonly safeguarding: boolean }) | (About<Area> & { readonly safeguarding: true });
export type OpenContext = About<OpenArea> & { readonly safeguarding: false };
export type MessageContext = About<Area> & { readonly safeguarding: boolean };

/**
 * The one approved text for a message, or undefined (`NO_TEMPLATE`). A protected context can only get a neutral name, by type, and never a reminder, as nothing is
 * sent to it automatically (goodsam.md 21.7, 21.9).
 */
export function templateFor(context: ProtectedContext): NeutralName | undefined;
export function templateFor(context: MessageContext): TemplateName | undefined;
export function templateFor(context: MessageContext): TemplateName | undefined {
  return isOpen(context) ? brandedFor(context) : neutralFor(context);
}

function isOpen(context: MessageContext): context is OpenContext {
  return !context.safeguarding && context.area !== 'DA' && context.area !== 'SOCU';
}

const protectedReasons: Readonly<Record<ProtectedArea, readonly ReasonCode[]>> = {
  DA: ['RVR_FIRST_RESPONSE', 'FOLLOW_UP_STATEMENT', 'SAFEGUARDING_CONTACT', 'INJURY_OR_DAMAGE_EVIDENCE', 'ORDER_BREACH_EVIDENCE', 'WITNESS_ACCOUNT'],
  SOCU: ['THREAT_TO_LIFE_SAFE_CONTACT', 'VICTIM_WITNESS_CONTACT', 'CUCKOOING_WELFARE', 'OFFICER_STREAM_TO_COMMAND', 'WARRANT_COMMAND_VIEW', 'MEDIA_UPLOAD'],
};

function neutralFor({ area, reason, mode, kind }: MessageContext): NeutralName | undefined {
  if (kind === 'reminder') return undefined;
  if (area === 'DA' || area === 'SOCU') return protectedReasons[area].includes(reason) ? `${area}_NEUTRAL` : undefined;
  if (!(reason in approved[area])) return undefined;
  // No video of a missing person (goodsam.md 7.1).
  return reason === 'MISSING_PERSON_LOCATE' && mode !== 'LOCATION' ? undefined : 'DA_NEUTRAL';
}

type ByMode = Partial<Readonly<Record<Mode, BrandedName>>>;
const live: ByMode = { LOCATION: 'FCC_LOCATION', VIDEO: 'FCC_VIDEO', UPLOAD: 'FCC_UPLOAD', CONSULT: 'CONSULT' };
// The inspection is a video appointment with its own text; a licensing text for both modes.
const slot: ByMode = { VIDEO: 'FAL_SLOT', CONSULT: 'FAL_SLOT' };
const appointment: ByMode = { VIDEO: 'SOM', CONSULT: 'SOM' };
const triage: ByMode = { VIDEO: 'FOR_TRIAGE', CONSULT: 'CONSULT' };
const footage: ByMode = { UPLOAD: 'CCTV_UPLOAD', CONSULT: 'CONSULT' };

/** What is approved where nobody is at risk from the text. The keys are the reasons of each area (goodsam.md 7); an empty one has only a neutral text, or none. */
const approved: Readonly<Record<OpenArea, Partial<Readonly<Record<ReasonCode, ByMode>>>>> = {
  FCC: {
    LOCATE_CALLER: live, SILENT_OR_ABANDONED_CALL: {}, SEE_SCENE: live, CRIME_IN_PROGRESS: live, RTC: live, CONCERN_FOR_SAFETY: live, MISSING_PERSON_LOCATE: { LOCATION: 'MISPER' },
    LANGUAGE_BARRIER: live, WEAPON_OR_CBRN_SIGHT: live, MEDIA_UPLOAD: { UPLOAD: 'FCC_UPLOAD' }, CROWD_OR_EVENT: live, OTHER: live,
  },
  FAL: {
    RENEWAL_SECURITY_INSPECTION: slot, CHANGE_OF_ADDRESS_SECURITY: slot, NEW_CABINET_CHECK: slot, VARIATION_EXTRA_GUNS: slot, REMEDIAL_RECHECK: slot, POST_INCIDENT_CHECK: slot,
    LOST_STOLEN_CERT_INTERVIEW: { CONSULT: 'CONSULT' }, RFD_PREMISES_PRECHECK: slot,
  },
  SOM: {
    ADDRESS_VERIFICATION: appointment, NOTIFICATION_CHECK: appointment, ORDER_CONDITION_CHECK: appointment, DEVICE_CHECK_VIEW: appointment, WELFARE_OR_RISK_CONTACT: appointment,
    FOREIGN_TRAVEL_CHECK: appointment,
  },
  // "Please touch nothing" is no text for a photograph of an injury.
  FOR: {
    SCENE_TRIAGE: triage, FORENSIC_POTENTIAL_ASSESS: triage, SCENE_PRESERVATION_ADVICE: triage, INJURY_PHOTO: { CONSULT: 'CONSULT' }, VEHICLE_RECOVERY_ASSESS: triage,
    SECOND_OPINION_OFFICER: triage, DIGITAL_DEVICE_TRIAGE: triage,
  },
  CCTV: {
    RETRIEVE_CLIP: footage, VIEW_BEFORE_RETRIEVE: { CONSULT: 'CONSULT' }, CLOCK_OFFSET_CHECK: { CONSULT: 'CONSULT' }, EXPORT_HELP: footage, DOORBELL_OR_DASHCAM_UPLOAD: footage,
    CAMERA_REGISTRATION: {},
  },
};
/** The texts that may also be sent as a reminder: FAL's at T-24 h says the same again (goodsam.md 21.15). */
const reminders: Partial<Readonly<Record<BrandedName, BrandedName>>> = { CCTV_UPLOAD: 'CCTV_REMIND', FAL_SLOT: 'FAL_SLOT' };

function brandedFor({ area, reason, mode, kind }: OpenContext): BrandedName | undefined {
  const first = approved[area][reason]?.[mode];
  return kind === 'first' || first === undefined ? first : reminders[first];
}
