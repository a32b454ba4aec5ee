import type { Place } from './location.ts';

/** Metres of the National Grid (OSGB36). */
export interface GridPoint {
  readonly easting: number;
  readonly northing: number;
}

interface Ellipsoid { readonly a: number; readonly b: number }
interface Cartesian { readonly x: number; readonly y: number; readonly z: number }

const wgs84: Ellipsoid = { a: 6_378_137, b: 6_356_752.314_245 };
const airy1830: Ellipsoid = { a: 6_377_563.396, b: 6_356_256.909 };
/** Ordnance Survey's seven parameters WGS84 to OSGB36: metres, seconds of arc, parts per million. */
const helmert = { tx: -446.448, ty: 125.157, tz: -542.06, rx: -0.1502, ry: -0.247, rz: -0.8421, s: 20.4894 } as const;
const F0 = 0.999_601_271_7;
const ORIGIN = { lat: radians(49), lng: radians(-2), easting: 400_000, northing: -100_000 } as const;

/**
 * WGS84 to National Grid by the Helmert transformation and the transverse Mercator series of Ordnance Survey's "A guide to coordinate systems in Great Britain".
 * Right to about 5 m in Great Britain (OSTN15 would be to 0.1 m, but needs a grid of 6 MB); no meaning elsewhere, so null outside of the grid (0 to 700 km, 0 to 1,300 km).
 */
export function toNationalGrid(place: Place): GridPoint | null {
  const osgb = geographic(shift(cartesian({ lat: radians(place.lat), lng: radians(place.lng) }, wgs84)));
  const { easting, northing } = project(osgb);
  if (!(easting >= 0 && easting <= 700_000 && northing >= 0 && northing <= 1_300_000)) return null;
  return { easting: Math.round(easting), northing: Math.round(northing) };
}

function cartesian({ lat, lng }: Place, { a, b }: Ellipsoid): Cartesian {
  const e2 = 1 - (b * b) / (a * a);
  const nu = a / Math.sqrt(1 - e2 * Math.sin(lat) ** 2);
  return { x: nu * Math.cos(lat) * Math.cos(lng), y: nu * Math.cos(lat) * Math.sin(lng), z: (1 - e2) * nu * Math.sin(lat) };
}

function shift({ x, y, z }: Cartesian): Cartesian {
  const scale = 1 + helmert.s * 1e-6;
  const [rx, ry, rz] = [radians(helmert.rx / 3600), radians(helmert.ry / 3600), radians(helmert.rz / 3600)];
  return {
    x: helmert.tx + scale * x - rz * y + ry * z,
    y: helmert.ty + rz * x + scale * y - rx * z,
    z: helmert.tz - ry * x + rx * y + scale * z,
  };
}

/** Radians on the Airy ellipsoid. Ten rounds are far more than the four that reach a thousandth of a millimetre. */
function geographic({ x, y, z }: Cartesian): Place {
  const { a, b } = airy1830;
  const e2 = 1 - (b * b) / (a * a);
  const p = Math.hypot(x, y);
  let lat = Math.atan2(z, p * (1 - e2));
  for (let round = 0; round < 10; round += 1) {
    const nu = a / Math.sqrt(1 - e2 * Math.sin(lat) ** 2);
    lat = Math.atan2(z + e2 * nu * Math.sin(lat), p);
  }
  return { lat, lng: Math.atan2(y, x) };
}

/** Transverse Mercator (OS guide, annexe C.1), in radians of OSGB36 latitude and longitude; names as there. */
export function project({ lat, lng }: Place): GridPoint {
  const { a, b } = airy1830;
  const e2 = 1 - (b * b) / (a * a);
  const [sin, cos, tan2] = [Math.sin(lat), Math.cos(lat), Math.tan(lat) ** 2];
  const nu = a * F0 * (1 - e2 * sin * sin) ** -0.5;
  const rho = a * F0 * (1 - e2) * (1 - e2 * sin * sin) ** -1.5;
  const eta2 = nu / rho - 1;
  const d = lng - ORIGIN.lng;
  const I = meridionalArc(lat) + ORIGIN.northing;
  const II = (nu / 2) * sin * cos;
  const III = (nu / 24) * sin * cos ** 3 * (5 - tan2 + 9 * eta2);
  const IIIA = (nu / 720) * sin * cos ** 5 * (61 - 58 * tan2 + tan2 ** 2);
  const IV = nu * cos;
  const V = (nu / 6) * cos ** 3 * (nu / rho - tan2);
  const VI = (nu / 120) * cos ** 5 * (5 - 18 * tan2 + tan2 ** 2 + 14 * eta2 - 58 * tan2 * eta2);
  return { northing: I + II * d ** 2 + III * d ** 4 + IIIA * d ** 6, easting: ORIGIN.easting + IV * d + V * d ** 3 + VI * d ** 5 };
}

function meridionalArc(lat: number): number {
  const { a, b } = airy1830;
  const n = (a - b) / (a + b);
  const [minus, plus] = [lat - ORIGIN.lat, lat + ORIGIN.lat];
  return b * F0 * (
    (1 + n + (5 / 4) * n ** 2 + (5 / 4) * n ** 3) * minus
    - (3 * n + 3 * n ** 2 + (21 / 8) * n ** 3) * Math.sin(minus) * Math.cos(plus)
    + ((15 / 8) * n ** 2 + (15 / 8) * n ** 3) * Math.sin(2 * minus) * Math.cos(2 * plus)
    - (35 / 24) * n ** 3 * Math.sin(3 * minus) * Math.cos(3 * plus));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
