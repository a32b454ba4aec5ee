import { describe, expect, it } from '@jest/globals';
import { area } from '../../../functions/missing-persons/rules/search/area.ts';
import { searchedStatement } from '../../../functions/missing-persons/rules/search/statement.ts';
import type { Search } from '../../../functions/missing-persons/rules/search/record.ts';
import { areaNamed, box, groundSearch, homeRooms, homeSearch } from './support/samples.ts';

const north = areaNamed('north', box(-2.5, 53.21));
const south = areaNamed('south', box(-2.5, 53.2));
const across = areaNamed('across', box(-2.495, 53.205));
const { podPct: _, signedOffBy: __, ...plain } = groundSearch;
const part = (searchId: string, coverageNote: string): Search => ({ ...plain, searchId, coverage: 'PART', coverageNote });

describe('3.8, S61: what has been searched', () => {
  it('an area that was searched whole is no gap, and the confidence is what was stated', () => {
    expect(area.parse(north)).toEqual(north);
    expect(searchedStatement([north], [groundSearch])).toEqual({
      areas: [{ areaId: 'north', name: 'The north field', km2: expect.any(Number), covered: 'ALL', searchIds: ['ground-1'], confidence: 'Highest stated probability of detection 70 %; 1 of 1 search signed off.' }], overlaps: [], gaps: [],
    });
  });

  it('two parts are not a whole, and figures are not combined', () => {
    const { areas, overlaps, gaps } = searchedStatement([north], [part('a', 'the wood'), { ...part('b', 'the pond'), podPct: 50 }, { ...part('c', 'the barn'), podPct: 60 }]);
    expect(areas).toMatchObject([{ covered: 'PART', confidence: 'Highest stated probability of detection 60 %; 0 of 3 searches signed off.' }]);
    expect(overlaps).toEqual([{ areaIds: ['north'], text: 'The north field was searched 3 times.' }]);
    expect(gaps).toEqual([{ kind: 'AREA_IN_PART', id: 'north', text: 'The north field was searched in part: the wood; the pond; the barn.' }]);
  });

  it('a second search of an area is named', () => {
    expect(searchedStatement([north], [groundSearch, part('b', 'the pond')]).overlaps).toEqual([{ areaIds: ['north'], text: 'The north field was searched 2 times.' }]);
    expect(searchedStatement([north], [groundSearch]).overlaps).toEqual([]);
  });

  it('an area without a search, or with one that still runs, is a gap', () => {
    const { endedAt: ___, ...running } = groundSearch;
    const { areas, gaps } = searchedStatement([north, south], [running]);
    expect(areas.map(({ covered, confidence }) => `${covered} ${confidence}`)).toEqual(['NONE No confidence: no search has ended.', 'NONE No confidence: no search has ended.']);
    expect(gaps.map(({ kind, id }) => `${kind} ${id}`)).toEqual(['AREA_NOT_SEARCHED north', 'AREA_NOT_SEARCHED south', 'SEARCH_RUNNING ground-1']);
  });

  it('a search that stood down at once covers nothing', () => {
    const { areas, gaps } = searchedStatement([north], [{ ...plain, coverage: 'NONE', coverageNote: 'fog' }]);
    expect(areas).toMatchObject([{ covered: 'NONE', confidence: 'No probability of detection is stated; 0 of 1 search signed off.' }]);
    expect(gaps).toMatchObject([{ kind: 'AREA_NOT_SEARCHED' }]);
  });

  it('areas that lie over one another are named; neighbours are not', () => {
    expect(searchedStatement([north, south, across], []).overlaps).toEqual([
      { areaIds: ['north', 'across'], text: 'The north field and The across field overlap.' }, { areaIds: ['south', 'across'], text: 'The south field and The across field overlap.' },
    ]);
  });

  it('rooms that were not searched stay gaps after the search is done, locked ones are called so', () => {
    const rooms = [...homeRooms, { name: 'safe room', kind: 'ROOM', searched: 'NO', locked: true, reason: 'locksmith called' } as const, { name: 'cellar', kind: 'ROOM' } as const];
    expect(searchedStatement([], [{ ...homeSearch, rooms }]).gaps).toEqual([
      { kind: 'ROOM_NOT_SEARCHED', id: 'home-1', text: 'safe room was not searched (locked): locksmith called.' }, { kind: 'ROOM_NOT_SEARCHED', id: 'home-1', text: 'cellar was not searched: no reason recorded.' },
    ]);
  });

  it('a search that is on no area of the map is said to be so', () => {
    const { areaId: ___, ...offMap } = groundSearch;
    expect(searchedStatement([south], [{ ...offMap, placeText: 'canal towpath' }]).gaps.map(({ text }) => text)).toEqual(['The south field has not been searched.', 'A search (SYSTEMATIC) has no drawn area: canal towpath.']);
    expect(searchedStatement([], [groundSearch]).gaps.map(({ text }) => text)).toEqual(['A search (SYSTEMATIC) has no drawn area: its place is not stated.']);
  });
});
