import * as z from 'zod';

/** A place in degrees of WGS84. */
export interface Place {
  readonly lat: number;
  readonly lng: number;
}

/** One fix as the browser or the network gives it (goodsam.md 5). Any place on Earth: one outside of the UK is warned of, never rejected. */
export const locationFix = z.strictObject({
  at: z.iso.datetime(),
  lat: z.number().min(-90).max(90),
  lng: z.number().min(-180).max(180),
  accuracyM: z.number().min(0).max(1_000_000),
  altitude: z.number().min(-1000).max(20_000).optional(),
  speed: z.number().min(0).max(400).optional(),
  heading: z.number().min(0).max(360).optional(),
  w3w: z.string().regex(/^[^\s.]{1,40}\.[^\s.]{1,40}\.[^\s.]{1,40}$/u).optional(),
  source: z.enum(['BROWSER_GNSS', 'BROWSER_NETWORK', 'AML', 'MANUAL']),
});
export type LocationFix = z.output<typeof locationFix>;

/** Whether the place is outside of the box around the UK (goodsam.md 5). */
export function outsideUk({ lat, lng }: Place): boolean {
  return lat < 49.8 || lat > 60.9 || lng < -8.7 || lng > 1.8;
}

/** A fix is stale after 60 s. */
export function isStale(fixAt: string, now: string): boolean {
  return Date.parse(now) - Date.parse(fixAt) > 60_000;
}

const EARTH_RADIUS_M = 6_371_008.8;

/** Metres along the great circle (haversine, mean radius; up to about 0.5 % off the ellipsoid). */
export function distanceM(a: Place, b: Place): number {
  const h = Math.sin(radians(b.lat - a.lat) / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lng - a.lng) / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

export interface Posted extends Place {
  readonly postedAt: string;
}

/**
 * Whether a fix is posted to the incident log: the first one, then on a move of more than 50 m, at most one in 20 s (goodsam.md 7.1).
 * The caller knows that SOM and SOCU have no line in the log (21.35).
 */
export function postToIncident(last: Posted | null, fix: Place, now: string): boolean {
  if (last === null) return true;
  return Date.parse(now) - Date.parse(last.postedAt) >= 20_000 && distanceM(last, fix) > 50;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
