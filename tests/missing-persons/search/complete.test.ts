import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { authorityFailures, completeSearch } from '../../../functions/missing-persons/rules/search/complete.ts';
import { search, searchType, type Room, type Search } from '../../../functions/missing-persons/rules/search/record.ts';
import { groundSearch, homeRooms, homeSearch, noneThere, searched } from './support/samples.ts';

const found = (changed: Search) => completeSearch(changed).map(({ code, why }) => `${code}: ${why}`);
const withRooms = (rooms: readonly Room[]): Search => ({ ...homeSearch, rooms: [...rooms] });
const without = (name: string) => homeRooms.filter(room => room.name !== name);

describe('S02: the home search with loft and garage', () => {
  it('is done when every space has an entry', () => {
    expect(search.parse(homeSearch)).toEqual(homeSearch);
    expect(completeSearch(homeSearch)).toEqual([]);
  });

  it('S28: a garage with no entry stops it, by name', () => {
    expect(found(withRooms([...without('garage'), { name: 'double garage', kind: 'GARAGE' }]))).toEqual(['ROOM_UNRECORDED: "double garage" has no entry: say whether it was searched, or why not.']);
  });

  it('S28: a garage that nobody listed stops it too', () => {
    expect(found(withRooms(without('garage')))).toEqual(['ROOM_UNRECORDED: Nothing is recorded about a garage: say whether it was searched, why not, or that there is none.']);
  });

  it('names each room that is not recorded, and each kind that was not asked', () => {
    const faults = found(withRooms([searched('kitchen'), { name: 'cellar', kind: 'ROOM' }, { name: 'bathroom', kind: 'ROOM' }]));
    expect(faults).toHaveLength(7);
    for (const word of ['"cellar"', '"bathroom"', 'a loft', 'a garage', 'a shed', 'a vehicle', 'an outbuilding']) expect(faults.filter(fault => fault.includes(word))).toHaveLength(1);
  });

  it('a home has rooms, not only a garage', () => {
    expect(found(withRooms(homeRooms.filter(({ kind }) => kind !== 'ROOM')))).toEqual(['ROOM_UNRECORDED: No room of the home is recorded: list each room and say whether it was searched.']);
  });

  it('an open-door search is a home search', () => expect(found({ ...withRooms(without('loft')), type: 'OPEN_DOOR' })).toHaveLength(1));

  it('each entry that is taken away is missed, and only that', () => {
    fc.assert(fc.property(fc.subarray([...homeRooms]), kept => {
      const blank = homeRooms.filter(room => !kept.includes(room)).map(({ name, kind }): Room => ({ name, kind }));
      expect(completeSearch(withRooms([...kept, ...blank]))).toHaveLength(blank.length);
    }));
  });
});

describe('entries', () => {
  const entry = (room: Room) => found(withRooms([...homeRooms, room]));
  test.each<[string, Room, string[]]>([
    ['not searched, with a reason', { name: 'annexe', kind: 'ROOM', searched: 'NO', reason: 'let to a lodger, who refuses' }, []],
    ['not searched, without', { name: 'annexe', kind: 'ROOM', searched: 'NO' }, ['ROOM_UNRECORDED: "annexe" was not searched: say why not.']],
    ['locked, with a reason', { name: 'safe room', kind: 'ROOM', searched: 'NO', locked: true, reason: 'no key, locksmith called' }, []],
    ['locked, without', { name: 'safe room', kind: 'ROOM', searched: 'NO', locked: true }, ['ROOM_UNRECORDED: "safe room" is locked and was not searched: say why it was not opened and what is being done about it.']],
    ['locked and opened', { ...searched('safe room'), locked: true, how: 'opened by the locksmith, searched by hand' }, []],
    ['locked says nothing by itself', { name: 'safe room', kind: 'ROOM', locked: true }, ['ROOM_UNRECORDED: "safe room" has no entry: say whether it was searched, or why not.']],
    ['searched, but nothing said', { name: 'study', kind: 'ROOM', searched: 'YES' }, ['ROOM_UNRECORDED: "study" is marked as searched: say how, by whom, when.']],
    ['searched, but by nobody', { name: 'study', kind: 'ROOM', searched: 'YES', how: 'by eye', at: homeSearch.startedAt }, ['ROOM_UNRECORDED: "study" is marked as searched: say by whom.']],
    ['a room that is not there', noneThere('study', 'ROOM'), ['FIELD_INVALID: "study" cannot be said not to exist: say whether it was searched.']],
    ['a locked shed that is not there', { ...noneThere('shed', 'SHED'), locked: true }, ['FIELD_INVALID: "shed" cannot be said not to exist: say whether it was searched.']],
  ])('%s', (_, room, faults) => expect(entry(room)).toEqual(faults));

  it('a blank reason is none', () => expect(search.safeParse(withRooms([{ name: 'annexe', kind: 'ROOM', searched: 'NO', reason: '  ' }])).success).toBe(false));
});

describe('15.4: by what power', () => {
  const { authority: _, ...unauthorised } = homeSearch;
  const codes = (changed: Search) => authorityFailures(changed).map(({ code, why }) => `${code} ${why.slice(0, 24)}`);

  test.each(searchType.options)('%s needs one when a home, a vehicle or somebody’s land is entered', type => {
    const { rooms: __, ...rest } = unauthorised;
    const needed = ['INITIAL_HOME', 'OPEN_DOOR', 'VEHICLE', 'THIRD_PARTY_LAND'].includes(type);
    expect(codes({ ...rest, type, rooms: [] })).toEqual(needed ? ['HOME_AUTHORITY_MISSING Say by what power the pl'] : []);
    expect(codes({ ...rest, type, rooms: [searched('barn')] })).toEqual(['HOME_AUTHORITY_MISSING Say by what power the pl']);
  });

  test.each<[string, Search['authority'], string[]]>([
    ['consent of whom', { power: 'CONSENT', enteredBy: ['PC 1'] }, ['HOME_AUTHORITY_MISSING Name the person who gave']],
    ['section 17, why', { power: 'PACE_17', enteredBy: ['PC 1'] }, ['HOME_AUTHORITY_MISSING Give the grounds: why li']],
    ['section 17', { power: 'PACE_17', enteredBy: ['PC 1'], grounds: 'note, no answer, car outside' }, []],
    ['which warrant', { power: 'WARRANT', enteredBy: ['PC 1'] }, ['HOME_AUTHORITY_MISSING Give the reference of th']],
    ['warrant', { power: 'WARRANT', enteredBy: ['PC 1'], warrantRef: 'W/1' }, []],
    ['what other', { power: 'OTHER', enteredBy: ['PC 1'] }, ['HOME_AUTHORITY_MISSING Say which other power it']],
    ['who entered, and both are said', { power: 'CONSENT', enteredBy: [] }, ['HOME_AUTHORITY_MISSING Name the person who gave', 'HOME_AUTHORITY_MISSING Name who entered.']],
    ['on open ground it is checked when given', { power: 'OTHER', enteredBy: [], grounds: 'public footpath' }, ['HOME_AUTHORITY_MISSING Name who entered.']],
  ])('%s', (__, authority, faults) => {
    expect(codes({ ...groundSearch, authority })).toEqual(faults);
    expect(codes({ ...homeSearch, authority })).toEqual(faults);
  });

  it('is part of completing', () => expect(completeSearch(unauthorised).map(({ code }) => code)).toEqual(['HOME_AUTHORITY_MISSING']));
});

describe('searches of ground', () => {
  it('are done with place and coverage', () => expect(completeSearch(groundSearch)).toEqual([]));

  it('say where, how much and until when; all that is missing is listed', () => {
    const { areaId: _, coverage: __, endedAt: ___, ...bare } = groundSearch;
    expect(found(bare)).toEqual(['EVIDENCE_MISSING: Say where the search was: draw the area or describe the place.', 'EVIDENCE_MISSING: Say how much was covered: all, part or none.', 'EVIDENCE_MISSING: Say when the search ended.']);
    expect(found({ ...bare, placeText: 'canal towpath', coverage: 'PART', endedAt: groundSearch.startedAt })).toEqual(['EVIDENCE_MISSING: Say what was left out and why.']);
    expect(found({ ...groundSearch, coverage: 'NONE', coverageNote: 'fog, stood down' })).toEqual([]);
  });

  it('do not end before they begin', () => expect(found({ ...groundSearch, endedAt: '2026-11-25T04:59:59.000Z' })).toEqual(['FIELD_INVALID: The search cannot have ended before it began.']));
});
