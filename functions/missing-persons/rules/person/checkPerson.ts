import { birthFailures } from '../clock/age.ts';
import { at, must, wrong, type FieldFailure } from './fieldFailure.ts';
import { readImei, readNhsNumber, readNiNumber, readPassport, readVrm } from './identifiers.ts';
import type { Person } from './person.ts';
import { person as personSchema } from './person.ts';
import { phoneAt } from './phone.ts';
import { schemaFailures, tidyAll } from './text.ts';
import { known } from './unknown.ts';

export type PersonReading = { readonly ok: true; readonly person: Person } | { readonly ok: false; readonly failures: readonly FieldFailure[] };

/**
 * Reads a person (3.2): tidies every text, brings numbers into their normal form, and lists every failure at its field. `now` is UTC. Give `fromEdge` the flat form of the
 * edge first.
 */
export function readPerson(raw: unknown, now: string): PersonReading {
  const { person, failures } = examinePerson(raw, now);
  return failures.length > 0 || !person ? { ok: false, failures } : { ok: true, person };
}

/** As `readPerson`; where the shape is right, with the person as far as it can be read, whatever is wrong with it: a record may lack what a report did not tell. */
export function examinePerson(raw: unknown, now: string): { readonly person?: Person; readonly failures: readonly FieldFailure[] } {
  const parsed = personSchema.safeParse(tidyAll(raw));
  if (!parsed.success) return { failures: schemaFailures(parsed.error).map(plainer) };
  const { value, failures } = normalised(parsed.data);
  return { person: value, failures: [...nameFailures(value), ...ageFailures(value, now), ...heightFailures(value), ...dateFailures(value, now), ...failures] };
}

/** zod says only "invalid input" of a birth, for instance of the 31st of February. */
function plainer(failure: FieldFailure): FieldFailure {
  return failure.field.split('.')[0] === 'dob' ? { ...failure, field: 'dob', why: 'There is no such date, year or range of ages: a date is like 2010-02-28.' } : failure;
}

/** One name is a whole name; nobody has none, unless nobody knows who it is. */
function nameFailures({ names, isUnidentified }: Person): FieldFailure[] {
  if (names.length === 0) return must(isUnidentified === true, 'names', 'Give a name, or say that the person is unidentified.');
  return names.flatMap(({ family, given, other }, n) => must((family ?? given ?? other) !== undefined, `names.${n}`, 'A name needs at least one part.'));
}

function ageFailures({ dob, isUnidentified }: Person, now: string): FieldFailure[] {
  return birthFailures(known(dob), now, isUnidentified !== true).map(failure => ({ ...failure, field: 'dob' }));
}

/** 30 to 250 cm (3.2). */
function heightFailures({ description }: Person): FieldFailure[] {
  const height = description?.heightCm;
  return must(height === undefined || (height >= 30 && height <= 250), 'description.heightCm', 'The height is between 30 and 250 cm.');
}

function dateFailures({ photos = [] }: Person, now: string): FieldFailure[] {
  return photos.flatMap(({ takenOn }, n) => must(takenOn === undefined || takenOn <= now.slice(0, 10), `photos.${n}.takenOn`, 'The photograph cannot be from a day that has not come.', '3.2', 'TIME_IN_FUTURE'));
}

interface Normal<T> { readonly value: T; readonly failures: readonly FieldFailure[] }

/** Every number in its normal form; one that cannot be stays as it was, with a failure. */
function normalised(person: Person): Normal<Person> {
  const failures: FieldFailure[] = [];
  const taken = <T>(path: string, { value, failures: found }: Normal<T>): T => {
    failures.push(...at(path, found));
    return value;
  };
  const { devices, identifiers, vehicles, care, education, agencies, associates } = person;
  const value: Person = {
    ...person,
    ...(devices && { devices: devices.map((device, n) => taken(`devices.${n}`, fields(device, deviceReaders))) }),
    ...(identifiers && { identifiers: taken('identifiers', fields(identifiers, identifierReaders)) }),
    ...(vehicles && { vehicles: vehicles.map((vehicle, n) => taken(`vehicles.${n}`, fields(vehicle, vehicleReaders))) }),
    ...(care && { care: { ...care, ...(care.socialWorker && { socialWorker: taken('care.socialWorker', fields(care.socialWorker, { phone: readAsPhone, oohPhone: readAsPhone })) }) } }),
    ...(education && { education: taken('education', fields(education, { dslPhone: readAsPhone })) }),
    ...(agencies && { agencies: agencies.map((agency, n) => taken(`agencies.${n}`, fields(agency, { phone: readAsPhone }))) }),
    ...(associates && { associates: associates.map((associate, n) => taken(`associates.${n}`, fields(associate, { phone: readAsPhone }))) }),
  };
  return { value, failures };
}

type Reader = (field: string, raw: string) => Normal<string>;
const readAsPhone: Reader = phoneAt;
const reading = (read: (raw: string) => string | undefined, why: string): Reader => (field, raw) => {
  const value = read(raw);
  return value === undefined ? { value: raw, failures: [wrong(field, why)] } : { value, failures: [] };
};

const deviceReaders: Readonly<Record<string, Reader>> = { msisdn: readAsPhone, imei: reading(readImei, 'An IMEI has 15 digits, and the last one does not fit the others: dial *#06# or look at the box.') };
const vehicleReaders: Readonly<Record<string, Reader>> = { vrm: reading(readVrm, 'A registration mark has 2 to 10 letters and digits.') };
const identifierReaders: Readonly<Record<string, Reader>> = {
  nhsNo: reading(readNhsNumber, 'An NHS number has 10 digits, and the last one does not fit the others.'),
  niNo: reading(readNiNumber, 'A National Insurance number is like QQ 12 34 56 C.'),
  passportNo: reading(readPassport, 'A passport number has 5 to 9 letters and digits.'),
};

/** Reads those fields of a flat object that have a reader. */
function fields<T extends object>(value: T, readers: Readonly<Record<string, Reader>>): Normal<T> {
  const found = Object.entries(value).flatMap(([name, raw]) => {
    const reader = readers[name];
    return reader && typeof raw === 'string' ? [[name, reader(name, raw)] as const] : [];
  });
  return { value: { ...value, ...Object.fromEntries(found.map(([name, { value: normal }]) => [name, normal])) }, failures: found.flatMap(([, { failures }]) => failures) };
}
