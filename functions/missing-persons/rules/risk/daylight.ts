import type { Place } from '../search/place.ts';

/** Dark is the sun more than six degrees under the horizon, the end of civil twilight (DES: F5 says "dark" and no more). */
const darkUnder = -6;
const DAY = 86_400_000;
const STEP = 60_000;
const rad = (degrees: number): number => (degrees * Math.PI) / 180;
const deg = (radians: number): number => (radians * 180) / Math.PI;

/** Height of the sun in degrees, good to a few hundredths in this century (the low-precision formulas of the Astronomical Almanac; no refraction). Throws RangeError on what is no time. */
function sunHeight(instant: string, { lat, lon }: Place): number {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) throw new RangeError('not a time');
  // Days since noon of 1 January 2000.
  const days = at / DAY - 10_957.5;
  const anomaly = rad(357.529 + 0.98560028 * days);
  const longitude = rad(280.459 + 0.98564736 * days + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly));
  const tilt = rad(23.439 - 0.00000036 * days);
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(longitude), Math.cos(longitude));
  const declination = Math.asin(Math.sin(tilt) * Math.sin(longitude));
  const hourAngle = rad((18.697374558 + 24.06570982441908 * days) * 15 + lon) - ascension;
  return deg(Math.asin(Math.sin(rad(lat)) * Math.sin(declination) + Math.cos(rad(lat)) * Math.cos(declination) * Math.cos(hourAngle)));
}

/** `isDark` and `darkFrom` of the floor (F5) at a place: whether it is dark now and, if not, the minute within a day at which it will be; none in a northern midsummer. */
export function darknessAt(instant: string, place: Place): { readonly isDark: boolean; readonly darkFrom?: string } {
  if (sunHeight(instant, place) < darkUnder) return { isDark: true };
  const start = Math.ceil(Date.parse(instant) / STEP) * STEP;
  const isDarkAt = (at: number): boolean => sunHeight(new Date(at).toISOString(), place) < darkUnder;
  // A night is longer than a quarter of an hour or does not come at all: first the quarter, then the minute.
  for (let quarter = start; quarter <= start + DAY; quarter += 15 * STEP) {
    if (!isDarkAt(quarter)) continue;
    let at = quarter;
    while (at - STEP >= start && isDarkAt(at - STEP)) at -= STEP;
    return { isDark: false, darkFrom: new Date(at).toISOString() };
  }
  return { isDark: false };
}
