import type { MissingRecord } from '../../state.ts';
import { ageAt } from '../clock/age.ts';
import { bornOf } from '../law/about.ts';
import { regionsOf } from '../law/regionSlices.ts';
import { stateInWords } from '../machine/words.ts';
import type { Person } from '../person/person.ts';
import { isNotKnown } from '../person/unknown.ts';
import { showSpan, showTime } from './when.ts';

export interface Fact { readonly label: string; readonly value: string }

type Given = string | number | boolean | undefined;
const fact = (label: string, ...values: readonly Given[]): Fact[] => {
  const words = values.filter(value => value !== undefined && value !== '' && value !== false).map(String);
  return words.length === 0 ? [] : [{ label, value: words.join('; ') }];
};
/** What is said not to be known is said here too, with why. */
const maybe = (label: string, value: unknown): Fact[] => (isNotKnown(value) ? fact(label, `Not known: ${value.reason}`) : typeof value === 'string' ? fact(label, value) : []);
const named = (name: string, value: Given): string | undefined => (value === undefined ? undefined : `${name} ${value}`);

export function personFacts(record: MissingRecord, now: string): Fact[] {
  const { person, intake } = record;
  const { names, clothing, carried, homeAddress, devices = [], vehicles = [], frequents = [], languages = [] } = person;
  return [
    ...fact('Other names', ...names.slice(1).map(({ type, given, family }) => `${[given, family].flatMap(part => part ?? []).join(' ')} (${type.toLowerCase().replaceAll('_', ' ')})`)),
    ...ageFacts(record, now), ...maybe('Sex at registration', lower(person.sexAtRegistration)), ...descriptionFacts(person), ...maybe('Clothing', clothing), ...maybe('Carries', carried), ...medicalFacts(person), ...fact('Medical, as the informant told it', intake.medical), ...careFacts(person),
    ...maybe('Home', homeAddress), ...fact('Own telephone', ...devices.map(({ msisdn }) => msisdn)), ...fact('Vehicle', ...vehicles.map(({ vrm, make, colour }) => [vrm, colour, make].flatMap(part => part ?? []).join(' '))),
    ...fact('Often at', ...frequents.map(({ place, why }) => (why === undefined ? place : `${place} (${why})`))), ...fact('Languages', ...languages),
  ];
}

const lower = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);

function ageFacts(record: MissingRecord, now: string): Fact[] {
  const born = bornOf(record);
  if (!born) return isNotKnown(record.person.dob) ? maybe('Age', record.person.dob) : fact('Age', 'Not known: treat as a possible child');
  const { youngest, oldest } = ageAt(born, now);
  return fact('Age', youngest === oldest ? youngest : `${youngest} to ${oldest}`, born.by === 'DATE' && `born ${born.date}`, youngest < 18 && 'A CHILD, or may be one');
}

function descriptionFacts({ description, ethnicityOfficer }: Person): Fact[] {
  if (!description) return fact('Description', ethnicityOfficer);
  const { heightCm, build, hair, eyes, facialHair, glasses, skin, marks = [], dental, piercings, tattoos, general } = description;
  return fact('Description', named('height in cm:', heightCm), named('build:', build), named('hair:', hair), named('eyes:', eyes), named('facial hair:', facialHair), named('glasses:', glasses), named('skin:', skin), named('teeth:', dental), named('piercings:', piercings),
    named('tattoos:', tattoos), ethnicityOfficer, ...marks.map(({ type, side, site, text }) => `${type.toLowerCase()}, ${site}${side === 'NONE' ? '' : `, ${side.toLowerCase()}`}: ${text}`), general);
}

function medicalFacts({ medical }: Person): Fact[] {
  if (!medical) return [];
  const { conditions = [], medication = [], allergies, mentalHealthStatus, capacity, mhaSection, dols, isBloodborneRisk } = medical;
  return [
    ...fact('Medical', ...conditions, named('mental health:', mentalHealthStatus), capacity === 'LACKS' && 'lacks capacity', named('Mental Health Act section', mhaSection), dols === true && 'deprivation of liberty safeguard', named('allergies:', allergies), isBloodborneRisk === true && 'blood-borne risk'),
    ...fact('Medication', ...medication.map(({ name, dose, hoursUntilHarm, supplyHeld }) => [name, dose, hoursUntilHarm === undefined ? undefined : `HARM AFTER ${hoursUntilHarm} h WITHOUT IT`, `has a supply: ${supplyHeld.toLowerCase().replaceAll('_', ' ')}`].flatMap(part => part ?? []).join(', '))),
  ];
}

function careFacts({ care }: Person): Fact[] {
  if (!care) return [];
  const { laResponsible, provider, placedAt, legalStatus, curfew, keyworker, socialWorker } = care;
  return [
    ...fact('In care', named('responsible:', laResponsible), named('provider:', provider), named('placed at:', placedAt), named('status:', legalStatus), named('curfew:', curfew), named('key worker:', keyworker)),
    ...fact('Social worker', socialWorker?.name, socialWorker?.phone, named('out of hours:', socialWorker?.oohPhone)),
  ];
}

export function lastSeenFacts({ casefile, intake }: MissingRecord, now: string): Fact[] {
  const { lastSeen: { from, to, precision, unknownReason }, lastSeenPlace: { text, lat, lon, what3words }, withWhom, travelMode, intendedDestination, circumstances } = casefile;
  return [
    ...fact('When', from === undefined ? `Not known: ${unknownReason ?? 'no reason given'}` : showSpan(from, to, now), precision === 'APPROX' && 'about'), ...fact('Where', text, named('what3words', what3words), lat !== undefined && lon !== undefined && `${lat}, ${lon}`), ...fact('With', withWhom),
    ...fact('By', travelMode !== undefined && travelMode !== 'NOT_KNOWN' && travelMode.toLowerCase()), ...fact('May be going to', intendedDestination), ...fact('What happened', circumstances), ...fact('Worries of the informant', intake.worries !== circumstances && intake.worries), ...fact('Done so far by the informant', intake.doneSoFar),
  ];
}

/** What has been done and what stands outside, so that it is not done twice or forgotten. */
export function caseFacts(record: MissingRecord, now: string): Fact[] {
  const { casefile: { incidentRef }, searches, triggerPlan, file } = record;
  const { circulation, publicity, transfer } = regionsOf(record);
  const found = file?.located;
  return [
    ...fact('Incident log', incidentRef), ...fact('Said to be found', found && `${found.place}, ${showTime(found.at, now)}, by ${found.reportedBy}: ${found.how}`),
    ...fact('PNC', circulation.state !== 'NONE' && stateInWords(circulation.state), named('reference', circulation.reference)), ...fact('Publicity', publicity.state !== 'NONE' && stateInWords(publicity.state)), ...fact('Transfer', transfer.state !== 'NONE' && stateInWords(transfer.state)),
    ...fact('Searched', ...searches.slice(-searchesShown).map(({ type, placeText, endedAt, startedAt }) => `${type.toLowerCase().replaceAll('_', ' ')}${placeText === undefined ? '' : `, ${placeText}`}, ${showTime(endedAt ?? startedAt, now)}${endedAt === undefined ? ' (not ended)' : ''}`)),
    ...(triggerPlan?.state === 'AGREED' ? [...fact('Trigger plan, first', ...triggerPlan.firstActions.map(({ text }) => text)), ...fact('Trigger plan, places', ...triggerPlan.places.map(({ place }) => place))] : []),
  ];
}
const searchesShown = 10;
