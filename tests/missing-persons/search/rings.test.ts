import { describe, expect, it, test } from '@jest/globals';
import { distanceKm } from '../../../functions/missing-persons/rules/search/place.ts';
import { movePoint, planFrom, planningPoints, type PlanningPoint } from '../../../functions/missing-persons/rules/search/planningPoints.ts';
import { checkStatistics, distanceSettings, statistics, statisticsOf } from '../../../functions/missing-persons/rules/search/ringTables.ts';
import { drawRings, profileOf, ringsFor, searchProfile } from '../../../functions/missing-persons/rules/search/rings.ts';

const seen: PlanningPoint = { lat: 53.19, lon: -2.89, precisionM: 50, text: 'bus stop, Example Road', setAt: '2026-11-25T16:30:00.000Z', setBy: 'call-1' };
const later: PlanningPoint = { lat: 53.2, lon: -2.88, setAt: '2026-11-25T17:10:00.000Z', setBy: 'oic-1' };
const facts = { dementia: false, suicide: false, psychosis: false };

describe('planning points (1, S30)', () => {
  it('start where the person was last seen', () => {
    expect(planningPoints.parse(planFrom(seen))).toEqual({ ipp: seen, pls: seen, moves: [] });
  });

  it('PLS and LKP move with a reason, and what was believed before is kept', () => {
    const first = movePoint(planFrom(seen), { which: 'LKP', to: later, reason: 'bus driver, information 4' });
    if (!first.ok) throw new Error('refused');
    const second = movePoint(first.points, { which: 'PLS', to: later, reason: 'CCTV, information 5' });
    if (!second.ok) throw new Error('refused');
    expect(planningPoints.parse(second.points)).toEqual({
      ipp: seen, pls: later, lkp: later, moves: [{ which: 'LKP', to: later, reason: 'bus driver, information 4' }, { which: 'PLS', from: seen, to: later, reason: 'CCTV, information 5' }],
    });
  });

  test.each([['IPP', 'CCTV', ['TRANSITION_NOT_ALLOWED']], ['IPP', ' ', ['TRANSITION_NOT_ALLOWED', 'REASON_REQUIRED']], ['PLS', ' ', ['REASON_REQUIRED']], ['LKP', '', ['REASON_REQUIRED']]] as const)('%s for %p is refused', (which, reason, codes) => {
    const moved = movePoint(planFrom(seen), { which, to: later, reason });
    expect(moved.ok ? [] : moved.failures.map(({ code }) => code)).toEqual(codes);
  });
});

describe('10.1: only what is sourced', () => {
  test.each([
    ['DEMENTIA', { median: 1.2, ring80: 5, n: 279, source: 'S62', year: null, first: { km: 0.3, percent: 20 } }],
    ['DEMENTIA_FEMALE_ON_FOOT', { median: 0.7, ring80: 2, source: 'S64', year: 2007, first: { km: 0.3, percent: 40 }, minutes: { median: 75, ring80: 225 } }],
    ['CHILD_12_14', { median: 3, ring80: 18, source: 'S65', year: 2007, minutes: { median: 450, ring80: 1440 } }],
  ] as const)('%s', (profile, expected) => {
    const found = ringsFor(profile);
    expect(found).toMatchObject({ kind: 'rings', ...expected });
    expect(found.kind === 'rings' && found.licence).toMatch(/states no licence/);
  });

  test.each(['CHILD_OTHER_AGE', 'DESPONDENT', 'PSYCHOSIS', 'OTHER'] as const)('%s has no data, and nothing is invented', profile => {
    expect(ringsFor(profile)).toEqual({ kind: 'NO_DATA', why: expect.stringMatching(/^No data: /) });
    expect(drawRings(planFrom(seen), profile).rings).toEqual([]);
  });

  it('answers for every profile', () => expect(searchProfile.options.map(profile => ringsFor(profile).kind)).toEqual(['rings', 'rings', 'rings', 'NO_DATA', 'NO_DATA', 'NO_DATA', 'NO_DATA']));

  it('the column of each figure is that of the source', () => {
    expect(Object.fromEntries(statistics.map(({ id, within, outermost }) => [id, [...within.map(([percent, value]) => `${percent}:${value}`), outermost].join(' ')]))).toEqual({
      'dementia-uk-km': '10:0 20:0.3 30:0.5 40:1 50:1.2 60:2 70:2.9 80:5 90:9.5 270',
      'dementia-female-km': '40:0.3 50:0.7 60:0.9 70:1.2 80:2 90:3.7 95:5.8 12',
      'dementia-female-min': '40:70 50:75 60:120 70:150 80:225 90:330 95:480 560',
      'child-12-14-km': '30:1 50:3 70:8 80:18 90:43 273',
      'child-12-14-min': '20:110 40:270 50:450 70:1020 80:1440 90:2880 15840',
    });
  });

  it('smart.distance.sources: a force sees the sources that it wants, all of them unless it says otherwise', () => {
    expect(statisticsOf(distanceSettings.parse({}))).toEqual(statistics);
    const rows = statisticsOf(distanceSettings.parse({ smartDistanceSources: ['S64'] }));
    expect(['DEMENTIA', 'DEMENTIA_FEMALE_ON_FOOT', 'CHILD_12_14'].map(profile => ringsFor(searchProfile.parse(profile), rows).kind)).toEqual(['NO_DATA', 'rings', 'NO_DATA']);
    expect(drawRings(planFrom(seen), 'DEMENTIA', rows).note).toBe('No data: there are no sourced distances for a person with dementia.');
    expect(distanceSettings.safeParse({ smartDistanceSources: ['S63'] }).success).toBe(false);
  });

  it('the table has no faults, and each kind of fault is named', () => {
    expect(checkStatistics()).toEqual([]);
    const [good] = statistics;
    if (!good) throw new Error('empty');
    const other = { ...good, id: 'other', profile: 'CHILD_12_14' } as const;
    expect(checkStatistics([good, { ...other, id: good.id }])).toEqual([`statistic ${good.id}: double id`]);
    expect(checkStatistics([{ ...good, source: 'a blog' }])).toEqual([`statistic ${good.id}: source a blog is no tag`]);
    expect(checkStatistics([{ ...good, within: [[50, 2], [80, 1]] }])).toEqual([`statistic ${good.id}: percents or values do not rise`]);
    expect(checkStatistics([{ ...good, within: [[50, 2], [90, 3]] }])).toEqual([`statistic ${good.id}: no median or no 80 %`]);
    expect(checkStatistics([{ ...good, unit: 'min' }])).toEqual([`statistic ${good.id}: unit min is not that of DISTANCE_FROM_IPP`]);
    expect(checkStatistics([good, { ...good, id: 'again' }])).toEqual(['statistic again: a second row of its profile and statistic']);
  });
});

describe('which profile', () => {
  test.each([
    ['S03 dementia, sex not said', { dementia: true }, 'DEMENTIA'],
    ['a woman, not known how she went', { dementia: true, female: true }, 'DEMENTIA'],
    ['a woman on foot', { dementia: true, female: true, onFoot: true }, 'DEMENTIA_FEMALE_ON_FOOT'],
    ['a man on foot', { dementia: true, female: false, onFoot: true }, 'DEMENTIA'],
    ['S02 suicidal', { suicide: true, age: { youngest: 13, oldest: 13 } }, 'DESPONDENT'],
    ['psychosis', { psychosis: true }, 'PSYCHOSIS'],
    ['12', { age: { youngest: 12, oldest: 12 } }, 'CHILD_12_14'],
    ['14', { age: { youngest: 14, oldest: 14 } }, 'CHILD_12_14'],
    ['14 or 15', { age: { youngest: 14, oldest: 15 } }, 'CHILD_OTHER_AGE'],
    ['11', { age: { youngest: 11, oldest: 11 } }, 'CHILD_OTHER_AGE'],
    ['18', { age: { youngest: 18, oldest: 18 } }, 'OTHER'],
    ['nothing known', {}, 'OTHER'],
  ])('%s', (_, known, profile) => expect(profileOf({ ...facts, ...known })).toBe(profile));
});

describe('S02 and S03 on the map', () => {
  it('S03: rings from the IPP with the label "decision support", source and n; the place where he was found is in the median ring', () => {
    const points = movePoint(planFrom(seen), { which: 'PLS', to: later, reason: 'CCTV' });
    if (!points.ok) throw new Error('refused');
    const drawn = drawRings(points.points, 'DEMENTIA');
    expect(drawn).toEqual({
      label: 'decision support', centre: { lat: seen.lat, lon: seen.lon },
      rings: [{ km: 0.3, text: '20 % were found within 0.3 km' }, { km: 1.2, text: '50 % were found within 1.2 km' }, { km: 5, text: '80 % were found within 5 km' }],
      note: 'misper.uk, dementia, UK study [S62], n = 279. Decision support for the search adviser, not a boundary.',
    });
    const foundAt = { lat: seen.lat + 0.9 / 111.195, lon: seen.lon };
    expect(distanceKm(drawn.centre, foundAt)).toBe(0.9);
  });

  it('S02: no ring of 300 m for a despondent adult', () => {
    expect(drawRings(planFrom(seen), 'DESPONDENT')).toEqual({ label: 'decision support', centre: { lat: seen.lat, lon: seen.lon }, rings: [], note: 'No data: there are no sourced distances for a despondent person.' });
  });

  it('a child’s rings have no 300 m, and say that n is not stated', () => {
    const drawn = drawRings(planFrom(seen), 'CHILD_12_14');
    expect(drawn.rings.map(({ km }) => km)).toEqual([3, 18]);
    expect(drawn.note).toBe('Grampian Police 2007, child aged 12 to 14 [S65], n not stated. Decision support for the search adviser, not a boundary.');
  });
});
