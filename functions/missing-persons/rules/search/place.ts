import * as z from 'zod';

/** Degrees of WGS84. */
export const place = z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) });
export type Place = z.output<typeof place>;

/** The box around the UK of 3.1. A place outside of it is warned of and never refused, for people go missing abroad. */
export function outsideUk({ lat, lon }: Place): boolean {
  return lat < 49.8 || lat > 60.9 || lon < -8.7 || lon > 1.8;
}

/** Mean radius of the Earth (IUGG). */
export const EARTH_RADIUS_KM = 6371.0088;

/** Kilometres in a straight line (3.9 `distanceKm`; haversine, mean radius, up to about 0.5 % off the ellipsoid), to 10 m, for no place in a report is known better. */
export function distanceKm(from: Place, to: Place): number {
  const h = Math.sin(radians(to.lat - from.lat) / 2) ** 2 + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * Math.sin(radians(to.lon - from.lon) / 2) ** 2;
  return Math.round(200 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)))) / 100;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
