import type { MissingRecord } from '../../state.ts';
import { present } from '../../../../shared/domain/present.ts';
import { fail, isFailed, unless } from '../machine/moment.ts';
import { authorityFailures, completeSearch } from '../search/complete.ts';
import { search as searchSchema, type Room, type Search } from '../search/record.ts';
import type { Failure } from '../terms.ts';
import { hasCome, utc } from '../machine/instants.ts';
import type { RegionActOf, SearchAct } from './regionActs.ts';
import { drawArea, movePlanningPoint } from './mapActs.ts';
import { doneByAct } from './selfDone.ts';
import { begin, change, note, type Moment, type Step, type Stepped } from './step.ts';

/** Searches with their rooms and their power (3.8, 15.4). */
export function searchActs(record: MissingRecord, act: SearchAct, moment: Moment): Stepped {
  switch (act.do) {
    case 'StartSearch': return start(record, act, moment);
    case 'CompleteSearch': return complete(record, act, moment);
    case 'SignOffSearch': return signOff(record, act, moment);
    case 'AddSearchClue': return addClue(record, act, moment);
    case 'DrawSearchArea': return drawArea(record, act, moment);
    case 'MovePlanningPoint': return movePlanningPoint(record, act, moment);
  }
}

function timeFailures(at: string, { now }: Moment): Failure[] {
  return unless(hasCome(at, now), 'TIME_IN_FUTURE', '2.6', 'The time lies in the future.');
}

const roomsOf = (rooms: RegionActOf<'StartSearch'>['rooms'], by: string, now: string): Room[] => rooms.map(({ name, kind, searched, how, reason, locked, at }) => ({
  name, kind, ...(searched !== undefined && { searched, by, at: at === undefined ? now : utc(at) }), ...(how !== undefined && { how }), ...(reason !== undefined && { reason }), ...(locked !== undefined && { locked }),
}));

/** The power is asked for before the door is opened (15.4). */
function start(record: MissingRecord, act: RegionActOf<'StartSearch'>, moment: Moment): Stepped {
  const { now, by, id } = moment;
  const { power, consentedBy, grounds, warrantRef, enteredBy } = act;
  const search: Search = {
    searchId: `search-${id}`, type: act.type, rooms: roomsOf(act.rooms, by, now), resources: act.resources, startedAt: utc(act.startedAt), startedBy: by, clues: [], ...(act.areaId !== undefined && { areaId: act.areaId }), ...(act.placeText !== undefined && { placeText: act.placeText }),
    ...(power !== undefined && { authority: { power, enteredBy, ...(consentedBy !== undefined && { consentedBy }), ...(grounds !== undefined && { grounds }), ...(warrantRef !== undefined && { warrantRef }) } }),
  };
  const failures = [
    ...authorityFailures(search), ...timeFailures(search.startedAt, moment), ...unless(record.searches.length < 200, 'FIELD_INVALID', '3.8', 'This case holds as many searches as it can.'),
    ...unless(act.areaId === undefined || record.areas.some(({ areaId }) => areaId === act.areaId), 'NOT_FOUND', '3.8', 'There is no such area.'),
  ];
  return failures.length > 0 ? failures : note(change(begin(record), { searches: [...record.searches, search] }), 'SearchStarted', 'alteration', { search: search.searchId, type: search.type });
}

/** No silence: every room has its entry, or the search is not done (ROOM_UNRECORDED) [S28]. The initial search of the home is then the doing of A08, once the sergeant was told of it. */
function complete(record: MissingRecord, act: RegionActOf<'CompleteSearch'>, moment: Moment): Stepped {
  const found = searchNamed(record, act.searchId);
  if (isFailed(found)) return found;
  if (found.endedAt !== undefined) return [fail('TRANSITION_NOT_ALLOWED', '3.8', 'This search is over; a second look is a search of its own.')];
  const given = roomsOf(act.rooms, moment.by, moment.now);
  const rooms = [...found.rooms.filter(room => !given.some(other => other.name === room.name && other.kind === room.kind)), ...given];
  const search: Search = { ...found, rooms, endedAt: utc(act.endedAt), ...(act.coverage !== undefined && { coverage: act.coverage }), ...(act.coverageNote !== undefined && { coverageNote: act.coverageNote }) };
  const failures = [...completeSearch(search), ...timeFailures(act.endedAt, moment), ...unless(searchSchema.safeParse(search).success, 'FIELD_INVALID', '3.8', 'The record of the search is too long.')];
  if (failures.length > 0) return failures;
  const step = note(withSearch(record, search), 'SearchCompleted', 'alteration', { search: search.searchId });
  return homeSearched(step, search, act.sergeantToldAt, moment);
}

function homeSearched(step: Step, { type, searchId, rooms }: Search, sergeantToldAt: string | undefined, moment: Moment): Step {
  if (type !== 'INITIAL_HOME' || sergeantToldAt === undefined || rooms.length === 0) return step;
  return doneByAct(step, 'A08', { kind: 'SEARCH_RECORD', searchId, isComplete: true, roomsRecorded: rooms.length, sergeantToldAt: utc(sergeantToldAt) }, moment);
}

const mostClues = 200;

function searchNamed({ searches }: MissingRecord, searchId: string): Search | readonly Failure[] {
  return searches.find(one => one.searchId === searchId) ?? [fail('NOT_FOUND', '3.8', 'There is no such search.')];
}

function withSearch(record: MissingRecord, search: Search): Step {
  return change(begin(record), { searches: record.searches.map(one => (one.searchId === search.searchId ? search : one)) });
}

/** What a search is worth is said by whoever answers for it, and no figure is worked out that nobody stated (S61). */
function signOff(record: MissingRecord, { searchId, poaPct, podPct, note: said }: RegionActOf<'SignOffSearch'>, { by }: Moment): Stepped {
  const found = searchNamed(record, searchId);
  if (isFailed(found)) return found;
  const failures = [
    ...unless(found.endedAt !== undefined, 'TRANSITION_NOT_ALLOWED', '3.8', 'This search has not ended.'), ...unless(found.signedOffBy === undefined, 'TRANSITION_NOT_ALLOWED', '3.8', 'This search was accepted already.'),
  ];
  if (failures.length > 0) return failures;
  const coverageNote = [found.coverageNote, said].flatMap(part => part ?? []).join(' ').slice(0, 2_000);
  return note(withSearch(record, { ...found, signedOffBy: by, ...present({ poaPct, podPct }), ...(coverageNote !== '' && { coverageNote }) }), 'SearchSignedOff', 'alteration', { search: searchId });
}

function addClue(record: MissingRecord, { searchId, text }: RegionActOf<'AddSearchClue'>, { by, now }: Moment): Stepped {
  const found = searchNamed(record, searchId);
  if (isFailed(found)) return found;
  const failures = unless(found.clues.length < mostClues, 'GUARD_UNMET', '3.8', 'This search holds as many clues as it can: add information instead.');
  return failures.length > 0 ? failures : note(withSearch(record, { ...found, clues: [...found.clues, { at: now, text, by }] }), 'ClueAdded', 'collection', { search: searchId });
}
