import { present } from '../../../../shared/domain/present.ts';
import { fieldsOf, must, wrong, type FieldFailure } from '../person/fieldFailure.ts';
import { phoneAt } from '../person/phone.ts';
import { cut, lengths, scrubbed, textFailures } from '../person/text.ts';
import { readBirth, readLastSeen, type Times } from './readParts.ts';
import type { Ask, Intake } from './report.ts';
import type { AnyForm } from './reportFields.ts';

/** The part of a report that every source has. */
export type Said = Omit<Intake, 'source' | 'reportedAt' | 'receivedAt' | 'raw' | 'isAsItIs' | 'flagged' | 'asWritten' | 'asks' | 'care' | 'call' | 'transfer'>;

const isGiven = (raw: string | undefined): raw is string => raw !== undefined && scrubbed(raw) !== '';

/** Fields of text and how long they may be; in the order of the form. */
const texts = {
  givenName: lengths.name, familyName: lengths.name, knownAs: lengths.name, description: lengths.long, homeAddress: lengths.short, lastSeenPlace: lengths.short, clothing: lengths.long, withWhom: lengths.short,
  worries: lengths.long, doneSoFar: lengths.long, medical: lengths.long, informantName: lengths.short, informantRelation: lengths.short, incidentRef: 40,
} as const;
type TextField = keyof typeof texts;

/**
 * What a form says, as far as it can be read, and every failure at its field. Text is kept as it was typed but for control characters (S06); what is too long is cut and flagged, and
 * stands whole in the raw submission.
 */
export function readSaid(form: AnyForm, times: Times): { readonly said: Said; readonly failures: readonly FieldFailure[] } {
  const textOf = (field: TextField): string | undefined => cut(form[field], texts[field]);
  const birth = readBirth(form, times);
  const seen = readLastSeen(form, times);
  const phone = phoneOf('missingPhone', form.missingPhone);
  const informantPhone = phoneOf('informantPhone', form.informantPhone);
  const email = emailOf(form.informantEmail);
  const said: Said = present({
    names: namesOf(textOf), description: textOf('description'), homeAddress: textOf('homeAddress'), lastSeenPlace: textOf('lastSeenPlace'), clothing: textOf('clothing'), withWhom: textOf('withWhom'),
    lastSeenPoint: pointOf(form), inDanger: form.inDanger, worries: textOf('worries'), doneSoFar: textOf('doneSoFar'), medical: textOf('medical'), incidentRef: textOf('incidentRef'), dob: birth.value, lastSeen: seen.value, missingPhone: phone.value,
    informant: present({ name: textOf('informantName'), relation: textOf('informantRelation'), phone: informantPhone.value, email: email.value }),
  });
  const failures = [...birth.failures, ...phone.failures, ...seen.failures, ...informantPhone.failures, ...email.failures, ...tooLong(form)];
  return { said, failures };
}

function tooLong(form: AnyForm): FieldFailure[] {
  const values = new Map(Object.entries(form));
  return Object.entries(texts).flatMap(([field, max]) => {
    const raw = values.get(field);
    return typeof raw === 'string' ? textFailures(field, raw, max) : [];
  });
}

/** Somebody with one name has one; both boxes are never asked for. */
export function namesOf(textOf: (field: 'givenName' | 'familyName' | 'knownAs') => string | undefined): Said['names'] {
  const [given, family, knownAs] = [textOf('givenName'), textOf('familyName'), textOf('knownAs')];
  const legal = given === undefined && family === undefined ? [] : [{ type: 'LEGAL' as const, ...present({ given, family }) }];
  return [...legal, ...(knownAs === undefined ? [] : [{ type: 'KNOWN_AS' as const, given: knownAs }])];
}

/** The control room's map knows it; a latitude alone says nothing. */
function pointOf({ lastSeenLat: lat, lastSeenLon: lon }: AnyForm): Said['lastSeenPoint'] {
  return lat === undefined || lon === undefined ? undefined : { lat, lon };
}

interface Field { readonly value?: string; readonly failures: readonly FieldFailure[] }

export function phoneOf(field: string, raw: string | undefined): Field {
  if (!isGiven(raw)) return { failures: [] };
  const { value, failures } = phoneAt(field, scrubbed(raw));
  return failures.length > 0 ? { failures } : { value, failures };
}

function emailOf(raw: string | undefined): Field {
  if (!isGiven(raw)) return { failures: [] };
  const email = scrubbed(raw);
  if (email.length <= 254 && /^[^\s@<>]{1,64}@[^\s@<>.]+(?:\.[^\s@<>.]+)+$/.test(email)) return { value: email, failures: [] };
  return { failures: [wrong('informantEmail', 'Enter an e-mail address like name@example.com.', 'R1')] };
}

/**
 * The minimum of R1: a name or a description, where, when or "not known", and how to reach the informant. Something that was typed wrongly is not lacking: its own failure says so.
 */
export function minimumFailures(form: AnyForm): FieldFailure[] {
  const has = (...values: (string | undefined)[]): boolean => values.some(isGiven);
  return [
    ...must(has(form.givenName, form.familyName, form.knownAs, form.description), 'givenName', 'Enter a name, or describe the person.', 'R1', 'GUARD_UNMET'),
    ...must(has(form.lastSeenPlace), 'lastSeenPlace', 'Enter where the person was last seen.', 'R1', 'GUARD_UNMET'),
    ...must(form.lastSeenUnknown === 'yes' || has(form.lastSeenDay, form.lastSeenMonth, form.lastSeenYear, form.lastSeenTime, form.lastSeenFrom, form.lastSeenTo), 'lastSeen', 'Enter when the person was last seen, or say that you do not know.', 'R1', 'GUARD_UNMET'),
    ...must(has(form.informantPhone, form.informantEmail, form.callbackNumber), 'informantPhone', 'Enter a telephone number or an e-mail address, so that we can reach you.', 'R1', 'GUARD_UNMET'),
  ];
}

/** Not one word of who or where: there is nobody to look for, and even "as it is" cannot be sent. */
export function isEmpty(form: AnyForm): boolean {
  return ![form.givenName, form.familyName, form.knownAs, form.description, form.lastSeenPlace, form.worries, form.missingPhone].some(isGiven);
}

/** What was typed in the fields that could not be read, field by field; the parts of a date stand together. */
export function asWritten(form: AnyForm, failures: readonly FieldFailure[]): Intake['asWritten'] {
  const parts: Readonly<Record<string, readonly (string | undefined)[]>> = {
    dob: [form.dob, form.dobDay, form.dobMonth, form.dobYear], lastSeen: [form.lastSeenDay, form.lastSeenMonth, form.lastSeenYear, form.lastSeenTime],
    lastSeenTime: [form.lastSeenDay, form.lastSeenMonth, form.lastSeenYear, form.lastSeenTime],
  };
  const values = new Map(Object.entries(form));
  return fieldsOf(failures).flatMap(field => {
    const typed = (parts[field] ?? [values.get(field)]).filter(value => typeof value === 'string').filter(isGiven).map(scrubbed).join(' ');
    return typed === '' ? [] : [{ field, text: typed.slice(0, 20_000) }];
  });
}

/** What is still to be asked, never a reason to wait. */
export function asksOf(said: Said, care: Intake['care']): Ask[] {
  const isWanted: Readonly<Record<Ask, boolean>> = {
    AGE: said.dob === undefined, PHOTO: true, STEPS_TRIED: said.doneSoFar === undefined, PROTOCOL_PART_1: care !== undefined && care.part1 === undefined,
    PROTOCOL_PART_2: care !== undefined && (said.clothing === undefined || said.lastSeen === undefined || said.lastSeen.precision === 'UNKNOWN'), LAST_SEEN_TIME: said.lastSeen === undefined || said.lastSeen.precision === 'UNKNOWN',
    CONTACT: said.informant.phone === undefined && said.informant.email === undefined,
  };
  return (['AGE', 'PHOTO', 'STEPS_TRIED', 'PROTOCOL_PART_1', 'PROTOCOL_PART_2', 'LAST_SEEN_TIME', 'CONTACT'] as const).filter(name => isWanted[name]);
}
