import type { Failure, RefusalCode } from '../terms.ts';
import { askedKinds, homeTypes, type Authority, type Room, type Search } from './record.ts';

/**
 * Whether a search may be called done (missing-persons.md 3.8, 15.4). Its record must say of every space whether it was searched, how, by whom and when, or why not,
 * and by what right a home was entered. A gap that is written down is accepted: what is refused is silence.
 */
export function completeSearch(search: Search): Failure[] {
  return [...authorityFailures(search), ...roomFailures(search), ...coverageFailures(search), ...endFailures(search)];
}

/** Asked before the door is opened and again at the end: a home, a vehicle, somebody's land or any room needs a power, and the power its particulars. */
export function authorityFailures({ type, rooms, authority }: Search): Failure[] {
  const isNeeded = homeTypes.has(type) || type === 'VEHICLE' || type === 'THIRD_PARTY_LAND' || rooms.length > 0;
  if (!authority) return isNeeded ? [missingAuthority('Say by what power the place is entered: consent, section 17 of PACE, a warrant, or another one.')] : [];
  const failures = particulars[authority.power](authority);
  return authority.enteredBy.length === 0 ? [...failures, missingAuthority('Name who entered.')] : failures;
}

const particulars: Readonly<Record<Authority['power'], (authority: Authority) => Failure[]>> = {
  CONSENT: ({ consentedBy }) => (consentedBy === undefined ? [missingAuthority('Name the person who gave consent.')] : []),
  PACE_17: ({ grounds }) => (grounds === undefined ? [missingAuthority('Give the grounds: why life or limb was thought to be in danger. Concern for welfare alone is no ground.')] : []),
  WARRANT: ({ warrantRef }) => (warrantRef === undefined ? [missingAuthority('Give the reference of the warrant.')] : []),
  OTHER: ({ grounds }) => (grounds === undefined ? [missingAuthority('Say which other power it is.')] : []),
};

function roomFailures({ type, rooms }: Search): Failure[] {
  const entries = rooms.flatMap(entryFailures);
  if (!homeTypes.has(type)) return entries;
  const hasRoom = rooms.some(({ kind }) => kind === 'ROOM');
  return [
    ...entries,
    ...(hasRoom ? [] : [unrecorded('No room of the home is recorded: list each room and say whether it was searched.')]),
    ...askedKinds.filter(asked => !rooms.some(({ kind }) => kind === asked)).map(asked => unrecorded(`Nothing is recorded about ${names[asked]}: say whether it was searched, why not, or that there is none.`)),
  ];
}

const names: Readonly<Record<(typeof askedKinds)[number], string>> = { LOFT: 'a loft', GARAGE: 'a garage', SHED: 'a shed', VEHICLE: 'a vehicle', OUTBUILDING: 'an outbuilding' };

/** What is wrong with the entry of one space. Its name is in the sentence, for the officer must find it. */
function entryFailures(room: Room): Failure[] {
  switch (room.searched) {
    case undefined: return [unrecorded(`"${room.name}" has no entry: say whether it was searched, or why not.`)];
    case 'YES': return searchedFailures(room);
    case 'NO': return room.reason === undefined ? [unrecorded(room.locked === true ? `"${room.name}" is locked and was not searched: say why it was not opened and what is being done about it.` : `"${room.name}" was not searched: say why not.`)] : [];
    case 'NONE_THERE': return room.kind === 'ROOM' || room.locked === true ? [failure('FIELD_INVALID', `"${room.name}" cannot be said not to exist: say whether it was searched.`)] : [];
  }
}

function searchedFailures({ name, how, by, at }: Room): Failure[] {
  const missing = [how === undefined && 'how', by === undefined && 'by whom', at === undefined && 'when'].filter(part => part !== false);
  return missing.length > 0 ? [unrecorded(`"${name}" is marked as searched: say ${missing.join(', ')}.`)] : [];
}

/** A search of ground says where it was and how much of it was covered, for nobody knew afterwards which areas had been searched (S61). */
function coverageFailures({ type, areaId, placeText, coverage, coverageNote }: Search): Failure[] {
  if (homeTypes.has(type)) return [];
  const where = areaId === undefined && placeText === undefined ? [failure('EVIDENCE_MISSING', 'Say where the search was: draw the area or describe the place.')] : [];
  if (coverage === undefined) return [...where, failure('EVIDENCE_MISSING', 'Say how much was covered: all, part or none.')];
  return coverage !== 'ALL' && coverageNote === undefined ? [...where, failure('EVIDENCE_MISSING', 'Say what was left out and why.')] : where;
}

function endFailures({ startedAt, endedAt }: Search): Failure[] {
  if (endedAt === undefined) return [failure('EVIDENCE_MISSING', 'Say when the search ended.')];
  return Date.parse(endedAt) < Date.parse(startedAt) ? [failure('FIELD_INVALID', 'The search cannot have ended before it began.')] : [];
}

function missingAuthority(why: string): Failure {
  return { code: 'HOME_AUTHORITY_MISSING', why, rule: '15.4' };
}

function unrecorded(why: string): Failure {
  return failure('ROOM_UNRECORDED', why);
}

function failure(code: RefusalCode, why: string): Failure {
  return { code, why, rule: '3.8' };
}
