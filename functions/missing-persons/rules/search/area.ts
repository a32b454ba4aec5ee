import * as z from 'zod';
import type { Failure } from '../terms.ts';
import { edgesOf, meetsItself, overlap, signedSurface, type Point, type Ring } from './geometry.ts';
import { EARTH_RADIUS_KM, outsideUk } from './place.ts';

/**
 * Search areas (missing-persons.md 3.8) as GeoJSON polygons (RFC 7946): WGS84, longitude before latitude, one closed ring, counter-clockwise. What was left out inside
 * of an area is a gap of its search and not a hole of its shape. Maps of coverage are left out (15.5); the polygons are kept so that a later map can be drawn.
 */
export const mostPoints = 200;
/** Degrees. More than a county is a slip of the hand, and geometry.ts counts on it. */
const widest = 2;
const SCALE = 1_000_000;

const position = z.array(z.number()).min(2).max(3);
const drawn = z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(position)).min(1) });

/** The shape as it is stored: what `readPolygon` has put in order. */
export const polygon = z.strictObject({ type: z.literal('Polygon'), coordinates: z.array(z.array(z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])).min(4).max(mostPoints + 1)).length(1) });
export type Polygon = z.output<typeof polygon>;

export const area = z.strictObject({ areaId: z.string().min(1).max(64), name: z.string().trim().min(1).max(120), polygon, drawnAt: z.iso.datetime(), drawnBy: z.string().min(1).max(64) });
export type Area = z.output<typeof area>;

export type PolygonReading =
  | { readonly ok: true; readonly polygon: Polygon; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly failures: readonly Failure[] };

/** Checks a drawn polygon and puts it in order: six decimals, no doubled points, no heights, right-hand rule. Every failure is listed; a place outside of the UK is a warning. */
export function readPolygon(input: unknown): PolygonReading {
  const read = drawn.safeParse(input);
  if (!read.success) return { ok: false, failures: [invalid('The area must be a GeoJSON polygon.')] };
  const [outer = [], ...holes] = read.data.coordinates;
  const pairs = outer.map(([lon = 0, lat = 0]) => ({ x: Math.round(lon * SCALE), y: Math.round(lat * SCALE) }));
  const corners = withoutDoubles(pairs);
  const failures = [...(holes.length > 0 ? [invalid('The area must be one ring without holes: say in the search what was left out.')] : []), ...ringFailures(pairs, corners)];
  if (failures.length > 0) return { ok: false, failures };
  const ring = signedSurface(corners) < 0 ? [...corners].reverse() : corners;
  return { ok: true, polygon: polygonOf(ring), warnings: warningsOf(ring) };
}

/** Square kilometres, good to about 1 % for areas of a few kilometres. */
export function surfaceKm2(shape: Polygon): number {
  const ring = ringOf(shape);
  const latitude = ring.reduce((sum, { y }) => sum + y, 0) / ring.length / SCALE;
  const kmPerUnit = (EARTH_RADIUS_KM * Math.PI) / 180 / SCALE;
  const surface = (Math.abs(signedSurface(ring)) / 2) * kmPerUnit ** 2 * Math.cos((latitude * Math.PI) / 180);
  return Math.round(surface * 1000) / 1000;
}

/** Whether two areas have surface in common; a shared border is none. */
export function areasOverlap(a: Polygon, b: Polygon): boolean {
  return overlap(ringOf(a), ringOf(b));
}

function ringFailures(pairs: Ring, corners: Ring): Failure[] {
  if (pairs.some(({ x, y }) => Math.abs(x) > 180 * SCALE || Math.abs(y) > 90 * SCALE)) return [invalid('A corner lies outside of the Earth: longitude comes first, then latitude.')];
  const open = isSame(pairs[0], pairs.at(-1)) ? [] : [invalid('The area is not closed: its last corner must be its first.')];
  if (corners.length < 3) return [...open, invalid('The area needs at least three corners.')];
  if (corners.length > mostPoints) return [...open, invalid(`The area has more than ${mostPoints} corners: draw it more simply, or as several areas.`)];
  if (spanOf(corners) > widest * SCALE) return [...open, invalid(`The area is wider than ${widest} degrees: check its corners.`)];
  if (signedSurface(corners) === 0) return [...open, invalid('The area is a line: it has no surface.')];
  return meetsItself(corners) ? [...open, invalid('The edge of the area crosses or touches itself.')] : open;
}

function warningsOf(ring: Ring): string[] {
  const places = ring.map(({ x, y }) => ({ lat: y / SCALE, lon: x / SCALE }));
  if (!places.some(outsideUk)) return [];
  return places.every(({ lat, lon }) => !outsideUk({ lat: lon, lon: lat })) ? ['Outside of the UK? Latitude and longitude look swapped.'] : ['Outside of the UK?'];
}

function withoutDoubles(pairs: Ring): Ring {
  const kept = pairs.filter((corner, i) => !isSame(corner, pairs[i - 1]));
  return kept.length > 1 && isSame(kept[0], kept.at(-1)) ? kept.slice(0, -1) : kept;
}

function isSame(a: Point | undefined, b: Point | undefined): boolean {
  return a?.x === b?.x && a?.y === b?.y;
}

function spanOf(corners: Ring): number {
  const span = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  return Math.max(span(corners.map(({ x }) => x)), span(corners.map(({ y }) => y)));
}

function ringOf(shape: Polygon): Ring {
  return withoutDoubles((shape.coordinates[0] ?? []).map(([lon, lat]) => ({ x: Math.round(lon * SCALE), y: Math.round(lat * SCALE) })));
}

function polygonOf(ring: Ring): Polygon {
  const corners = edgesOf(ring).map(([{ x, y }]): [number, number] => [x / SCALE, y / SCALE]);
  return { type: 'Polygon', coordinates: [[...corners, ...corners.slice(0, 1)]] };
}

function invalid(why: string): Failure {
  return { code: 'FIELD_INVALID', why, rule: '3.8' };
}
