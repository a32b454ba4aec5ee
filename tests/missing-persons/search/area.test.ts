import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { areasOverlap, mostPoints, polygon, readPolygon, surfaceKm2 } from '../../../functions/missing-persons/rules/search/area.ts';
import { signedSurface } from '../../../functions/missing-persons/rules/search/geometry.ts';
import { distanceKm, outsideUk } from '../../../functions/missing-persons/rules/search/place.ts';
import { box, polygonOf } from './support/samples.ts';

type Pair = readonly [number, number];
const read = (...ring: readonly (readonly number[])[]) => readPolygon({ type: 'Polygon', coordinates: [ring] });
const whys = (input: unknown) => {
  const reading = readPolygon(input);
  return reading.ok ? [] : reading.failures.map(({ why }) => why);
};
const ofRing = (...ring: readonly (readonly number[])[]) => whys({ type: 'Polygon', coordinates: [ring] });
const isCounterClockwise = (ring: readonly Pair[]) => signedSurface(ring.slice(0, -1).map(([x, y]) => ({ x, y }))) > 0;

/** A star around a centre: its corners go round once, so that it never crosses itself. */
const stars = fc.record({ lon: fc.double({ min: -3, max: 1, noNaN: true }), lat: fc.double({ min: 51, max: 55, noNaN: true }), radii: fc.array(fc.double({ min: 0.001, max: 0.05, noNaN: true }), { minLength: 5, maxLength: 40 }) })
  .map(({ lon, lat, radii }) => {
    const corners = radii.map((radius, i): Pair => [lon + radius * Math.cos((2 * Math.PI * i) / radii.length), lat + radius * Math.sin((2 * Math.PI * i) / radii.length)]);
    return [...corners, ...corners.slice(0, 1)];
  });

describe('3.8: areas as GeoJSON polygons', () => {
  it('keeps a good one as it is, and it passes the stored shape', () => {
    const reading = read(...box(-2.5, 53.2));
    expect(reading).toEqual({ ok: true, polygon: { type: 'Polygon', coordinates: [box(-2.5, 53.2).map(([x, y]) => [Number(x.toFixed(6)), Number(y.toFixed(6))])] }, warnings: [] });
    if (reading.ok) expect(polygon.parse(reading.polygon)).toEqual(reading.polygon);
  });

  it('turns a clockwise one round, drops heights and doubled corners, and rounds to six decimals', () => {
    const reading = read([-2.5, 53.2, 12], [-2.5, 53.21, 12], [-2.5, 53.2100000001], [-2.49, 53.2112345678], [-2.5, 53.2, 12]);
    expect(reading.ok && reading.polygon.coordinates).toEqual([[[-2.49, 53.211235], [-2.5, 53.21], [-2.5, 53.2], [-2.49, 53.211235]]]);
  });

  it('any star, either way round, comes out counter-clockwise and closed, once and for all', () => {
    fc.assert(fc.property(stars, fc.boolean(), (star, backwards) => {
      const ring = polygonOf(...(backwards ? star.toReversed() : star));
      const corners = ring.coordinates[0] ?? [];
      expect(isCounterClockwise(corners)).toBe(true);
      expect(corners.at(-1)).toEqual(corners[0]);
      expect(polygonOf(...corners)).toEqual(ring);
    }));
  });

  test.each<[string, Pair[], string]>([
    ['open', box(-2.5, 53.2).slice(0, 4), 'The area is not closed: its last corner must be its first.'],
    ['two corners', [[-2.5, 53.2], [-2.4, 53.2], [-2.5, 53.2]], 'The area needs at least three corners.'],
    ['empty', [], 'The area needs at least three corners.'],
    ['a line', [[-2.5, 53.2], [-2.4, 53.2], [-2.3, 53.2], [-2.5, 53.2]], 'The area is a line: it has no surface.'],
    ['a bow tie', [[-2.5, 53.2], [-2.4, 53.3], [-2.4, 53.2], [-2.5, 53.31], [-2.5, 53.2]], 'The edge of the area crosses or touches itself.'],
    ['a corner on its own edge', [[0, 52], [0.4, 52], [0.4, 52.4], [0.2, 52], [0, 52.4], [0, 52]], 'The edge of the area crosses or touches itself.'],
    ['a spike', [[0, 52], [0.4, 52], [0.4, 52.4], [0.4, 52.2], [0, 52.4], [0, 52]], 'The edge of the area crosses or touches itself.'],
    ['a spike at the first corner', [[0, 52], [0.4, 52], [0.4, 52.4], [0.2, 52], [0, 52]], 'The edge of the area crosses or touches itself.'],
    ['a spike that runs back past its start', [[0, 52], [0.4, 52], [-0.1, 52], [0, 52.4], [0, 52]], 'The edge of the area crosses or touches itself.'],
    ['as wide as a country', box(-2.5, 53.2, 2.1), 'The area is wider than 2 degrees: check its corners.'],
    ['off the Earth', [[-2.5, 93.2], [-2.4, 93.2], [-2.4, 93.3], [-2.5, 93.2]], 'A corner lies outside of the Earth: longitude comes first, then latitude.'],
  ])('refuses %s', (_, ring, why) => expect(ofRing(...ring)).toEqual([why]));

  it('lists every failure', () => {
    const open = [[-2.5, 53.2], [-2.4, 53.3], [-2.4, 53.2], [-2.5, 53.31]];
    expect(whys({ type: 'Polygon', coordinates: [open, box(-2.45, 53.21)] })).toHaveLength(3);
  });

  it('has a most of corners', () => {
    const round = (count: number) => Array.from({ length: count + 1 }, (_, i): Pair => [0.1 * Math.cos((2 * Math.PI * (i % count)) / count), 52 + 0.1 * Math.sin((2 * Math.PI * (i % count)) / count)]);
    expect(ofRing(...round(mostPoints))).toEqual([]);
    expect(ofRing(...round(mostPoints + 1))).toEqual([`The area has more than ${mostPoints} corners: draw it more simply, or as several areas.`]);
  });

  test.each([[null], [{ type: 'Point', coordinates: [0, 52] }], [{ type: 'Polygon', coordinates: [] }], [{ type: 'Polygon', coordinates: [[['a', 'b']]] }], [{ type: 'Polygon', coordinates: [[[Number.NaN, 52]]] }]])('refuses %j', input => {
    expect(whys(input)).toEqual(['The area must be a GeoJSON polygon.']);
  });

  it('warns of a place outside of the UK, and of swapped numbers, and refuses neither', () => {
    expect(read(...box(2.3, 48.8))).toMatchObject({ ok: true, warnings: ['Outside of the UK?'] });
    expect(read(...box(1.795, 52))).toMatchObject({ ok: true, warnings: ['Outside of the UK?'] });
    expect(read(...box(53.2, -2.5))).toMatchObject({ ok: true, warnings: ['Outside of the UK? Latitude and longitude look swapped.'] });
  });

  it('knows the surface', () => {
    // One hundredth of a degree is 1.112 km, and 0.666 km along the parallel of 53.2 degrees.
    expect(surfaceKm2(polygonOf(...box(-2.5, 53.2)))).toBeCloseTo(0.74, 2);
  });
});

describe('3.8: overlap of areas', () => {
  const area = (...args: Parameters<typeof box>) => polygonOf(...box(...args));
  test.each([
    ['apart', area(-2.5, 53.2), area(-2.4, 53.2), false],
    ['neighbours with one border', area(-2.5, 53.2), area(-2.49, 53.2), false],
    ['neighbours with a part of a border', area(-2.5, 53.2), area(-2.49, 53.205), false],
    ['one corner', area(-2.5, 53.2), area(-2.49, 53.21), false],
    ['crossing', area(-2.5, 53.2), area(-2.495, 53.205), true],
    ['within, without crossing', area(-2.5, 53.2), area(-2.497, 53.203, 0.002, 0.002), true],
    ['within, with a common border', area(-2.5, 53.2), area(-2.5, 53.2, 0.005, 0.005), true],
    ['the same', area(-2.5, 53.2), area(-2.5, 53.2), true],
    ['a cross: no corner of one in the other', area(-2.5, 53.203, 0.01, 0.002), area(-2.497, 53.2, 0.002, 0.01), true],
    ['corners on borders only: a diamond in a square', area(-2.5, 53.2), polygonOf([-2.495, 53.2], [-2.49, 53.205], [-2.495, 53.21], [-2.5, 53.205], [-2.495, 53.2]), true],
    ['boxes meet, the triangles do not', polygonOf([0, 52], [0.01, 52], [0, 52.01], [0, 52]), polygonOf([0.01, 52.01], [0.009, 52.01], [0.01, 52.009], [0.01, 52.01]), false],
  ])('%s', (_, a, b, expected) => {
    expect(areasOverlap(a, b)).toBe(expected);
    expect(areasOverlap(b, a)).toBe(expected);
  });

  it('areas that share a border with corners along it, drawn either way, have none', () => {
    const left = polygonOf([0, 52], [0.01, 52], [0.01, 52.002], [0.01, 52.007], [0.01, 52.01], [0, 52.01], [0, 52]);
    const right = polygonOf([0.01, 52.001], [0.02, 52.001], [0.02, 52.012], [0.01, 52.012], [0.01, 52.005], [0.01, 52.001]);
    expect(areasOverlap(left, right)).toBe(false);
    expect(areasOverlap(left, polygonOf(...box(0, 52)))).toBe(true);
  });

  it('boxes of whole steps overlap exactly when their ranges do', () => {
    const steps = fc.tuple(fc.nat(6), fc.nat(6), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }));
    fc.assert(fc.property(steps, steps, ([x, y, w, h], [u, v, s, t]) => {
      const shape = (a: number, b: number, c: number, d: number) => area(-2.5 + a / 1000, 53 + b / 1000, c / 1000, d / 1000);
      expect(areasOverlap(shape(x, y, w, h), shape(u, v, s, t))).toBe(x < u + s && u < x + w && y < v + t && v < y + h);
    }), { numRuns: 400 });
  });
});

describe('distances and the UK', () => {
  it('S03: 900 m north of where he was last seen is 0.9 km', () => {
    const lastSeen = { lat: 53.19, lon: -2.89 };
    expect(distanceKm(lastSeen, { lat: lastSeen.lat + 0.9 / 111.195, lon: lastSeen.lon })).toBe(0.9);
    expect(distanceKm(lastSeen, lastSeen)).toBe(0);
  });

  it('agrees with the cosine rule of the sphere, and with half of the Earth', () => {
    const places = fc.record({ lat: fc.double({ min: -89, max: 89, noNaN: true }), lon: fc.double({ min: -180, max: 180, noNaN: true }) });
    const inRadians = (degrees: number) => (degrees * Math.PI) / 180;
    fc.assert(fc.property(places, places, (a, b) => {
      const cosine = Math.sin(inRadians(a.lat)) * Math.sin(inRadians(b.lat)) + Math.cos(inRadians(a.lat)) * Math.cos(inRadians(b.lat)) * Math.cos(inRadians(b.lon - a.lon));
      expect(Math.abs(distanceKm(a, b) - 6371.0088 * Math.acos(Math.min(1, Math.max(-1, cosine))))).toBeLessThan(0.2);
      expect(distanceKm(b, a)).toBe(distanceKm(a, b));
    }));
    expect(distanceKm({ lat: 0, lon: 0 }, { lat: 0, lon: 180 })).toBe(20_015.11);
  });

  test.each([[49.8, -8.7, false], [60.9, 1.8, false], [49.79, 0, true], [60.91, 0, true], [52, -8.71, true], [52, 1.81, true]])('%d %d is outside: %p', (lat, lon, outside) => expect(outsideUk({ lat, lon })).toBe(outside));
});
