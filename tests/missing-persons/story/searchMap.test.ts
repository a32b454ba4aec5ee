import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { idOf, opened, startStory, type Story, type Told } from '../../support/missingStory.ts';

let story: Story;
let lost: Told;
beforeAll(async () => {
  story = await startStory('2026-11-02T15:00:00.000Z');
  lost = await opened(story, {
    form: { givenName: 'Ida', familyName: 'Sample', age: '82', lastSeenUnknown: undefined, lastSeenReason: undefined, lastSeenFrom: '2026-11-02T13:00:00Z', lastSeenLat: 53.2, lastSeenLon: -2.9, lastSeenPlace: 'Sample Street' }, factors: ['DEMENTIA', 'NO_PHONE'], level: 'HIGH',
  });
}, 120_000);
afterAll(async () => { await story.stop(); });

const square = (lon: number, lat: number, side = 0.01) => ({ type: 'Polygon', coordinates: [[[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]] });
const feature = z.object({ geometry: z.looseObject({ type: z.string() }), properties: z.looseObject({ kind: z.string() }) });
const mapOf = async () => {
  const { bytes } = await story.as('sita').get(`/api/missing-persons/${lost.recordId}/search-map`);
  return z.object({ type: z.literal('FeatureCollection'), features: z.array(feature) }).parse(JSON.parse(new TextDecoder().decode(bytes)));
};

describe('search support (3.8, 10.1)', () => {
  it('an area is a polygon; what is wrong with its shape is said, and nothing is stored', async () => {
    const draw = (shape: unknown, name = 'Sample Wood') => lost.try('oscar', 'areas', { name, polygonJson: typeof shape === 'string' ? shape : JSON.stringify(shape) });
    expect(await draw('{ not json at all, whatever')).toBe('409 FIELD_INVALID');
    expect(await draw({ type: 'Polygon', coordinates: [[[-2.9, 53.2], [-2.89, 53.21], [-2.89, 53.2], [-2.9, 53.21], [-2.9, 53.2]]] })).toBe('409 FIELD_INVALID');
    expect((await lost.view()).searchAreas).toEqual([]);
    expect(await draw(square(-2.9, 53.2))).toBe('202');
    expect(await draw(square(-2.8, 53.2))).toBe('409 FIELD_INVALID');
    expect(await draw(square(-2.895, 53.2), 'Wood and lane')).toBe('202');
    const { searchAreas, searchGaps, searchOverlaps } = await lost.view();
    expect(searchAreas.map(({ name, covered }) => [name, covered])).toEqual([['Sample Wood', 'NONE'], ['Wood and lane', 'NONE']]);
    expect(searchAreas[0]?.km2).toBeCloseTo(0.742, 1);
    expect(searchGaps).toContain('Sample Wood has not been searched.');
    expect(searchOverlaps).toEqual(['Sample Wood and Wood and lane overlap.']);
  }, 60_000);

  it('a search of the area, its clue and its sign-off by the adviser: coverage and confidence as they were stated', async () => {
    const areaId = (await lost.view()).searchAreas[0]?.areaId;
    await lost.must('oscar', 'searches/start', { type: 'DOG', areaId, startedAt: story.now(), resources: ['Dog unit 1'] });
    const searchId = (await lost.view()).searches.at(-1)?.searchId;
    expect(await lost.try('pol', 'searches/sign-off', { searchId })).toBe('409 TRANSITION_NOT_ALLOWED');
    await lost.must('oscar', 'searches/clues', { searchId, text: 'A blue glove at the stile' });
    await lost.must('oscar', 'searches/complete', { searchId, endedAt: story.now(), coverage: 'PART', coverageNote: 'The pond was left out' });
    expect(await lost.try('oscar', 'searches/sign-off', { searchId })).toBe('403 not-permitted');
    await lost.must('pol', 'searches/sign-off', { searchId, podPct: 60 });
    expect(await lost.try('pol', 'searches/sign-off', { searchId })).toBe('409 TRANSITION_NOT_ALLOWED');
    const { searchAreas: [area], searchGaps } = await lost.view();
    expect(area).toMatchObject({ covered: 'PART', confidence: 'Highest stated probability of detection 60 %; 1 of 1 search signed off.' });
    expect(searchGaps).toContain('Sample Wood was searched in part: The pond was left out.');
  }, 60_000);

  it('the initial planning point is where she was last seen and never moves; the others do, with a reason', async () => {
    expect((await lost.view()).planningPoints.map(({ which, lat, lon }) => [which, lat, lon])).toEqual([['IPP', 53.2, -2.9], ['PLS', 53.2, -2.9]]);
    const move = { lat: 53.21, lon: -2.88, text: 'Bus stop, Sample Lane' };
    expect(await lost.try('pol', 'planning-points', { ...move, which: 'IPP', reason: 'The first place was wrong' })).toBe('409 TRANSITION_NOT_ALLOWED');
    expect(await lost.try('cora', 'planning-points', { ...move, which: 'LKP', reason: 'A camera of the bus' })).toBe('403 not-permitted');
    await lost.must('pol', 'planning-points', { ...move, which: 'LKP', reason: 'A camera of the bus' });
    expect((await lost.view()).planningPoints.at(-1)).toMatchObject({ which: 'LKP', lat: 53.21, lon: -2.88, setBy: idOf('pol') });
  }, 60_000);

  it('S03 the map holds the areas, the points, and the sourced rings around the initial point with their words', async () => {
    const { features } = await mapOf();
    expect(features.map(({ properties, geometry }) => `${properties.kind} ${geometry.type}`)).toEqual(['AREA Polygon', 'AREA Polygon', 'IPP Point', 'PLS Point', 'LKP Point', 'RING Polygon', 'RING Polygon', 'RING Polygon']);
    const [first] = features.filter(({ properties }) => properties.kind === 'RING');
    expect(first?.properties).toMatchObject({ km: 0.3, label: 'decision support', source: expect.stringMatching(/n (?:=|not stated)/) });
    expect((await story.as('carrie').get(`/api/missing-persons/${lost.recordId}/search-map`)).status).toBe(403);
  }, 60_000);

  it('without a place there is no point, and the first that is set must be the initial one; without a sourced figure there is no ring', async () => {
    const man = await opened(story, { form: { age: '44', informantPhone: '01632 960007' }, level: 'MEDIUM' });
    const move = { lat: 53.21, lon: -2.88, reason: 'A camera of the bus' };
    expect(await man.try('pol', 'planning-points', { ...move, which: 'LKP' })).toBe('409 GUARD_UNMET');
    await man.must('pol', 'planning-points', { ...move, which: 'IPP' });
    const shown = await man.view();
    expect([shown.planningPoints.length, shown.rings, shown.ringNote.startsWith('No data')]).toEqual([2, [], true]);
  }, 60_000);
});
