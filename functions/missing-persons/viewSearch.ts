import type * as z from 'zod';
import { present } from '../../shared/domain/present.ts';
import { planningPointsOf } from './rules/law/mapActs.ts';
import type { caseFields } from './rules/repliesCase.ts';
import type { view } from './rules/replies.ts';
import { EARTH_RADIUS_KM, type Place } from './rules/search/place.ts';
import { drawRings, type RingText, type SearchProfile } from './rules/search/rings.ts';
import { searchedStatement } from './rules/search/statement.ts';
import type { MissingRecord } from './state.ts';

type CaseView = Pick<z.output<typeof view>, keyof typeof caseFields>;

/** What was searched, in words, and where planning stands (3.8, 1 IPP): nothing is worked out that nobody stated. */
export function searchView(record: MissingRecord): Pick<CaseView, 'searchAreas' | 'searchGaps' | 'searchOverlaps' | 'planningPoints'> {
  const { areas, gaps, overlaps } = searchedStatement(record.areas, record.searches);
  return {
    searchAreas: areas.map(({ areaId, name, km2, covered, confidence }) => ({ areaId, name, km2, covered, confidence })), searchGaps: gaps.map(({ text }) => text), searchOverlaps: overlaps.map(({ text }) => text),
    planningPoints: pointsOf(record).map(({ which, lat, lon, text, setAt, setBy }) => ({ which, lat, lon, setAt, setBy, ...present({ text }) })),
  };
}

function pointsOf(record: MissingRecord) {
  const points = planningPointsOf(record);
  if (!points) return [];
  return [{ which: 'IPP' as const, ...points.ipp }, { which: 'PLS' as const, ...points.pls }, ...(points.lkp ? [{ which: 'LKP' as const, ...points.lkp }] : [])];
}

interface Feature { readonly type: 'Feature'; readonly geometry: object; readonly properties: Readonly<Record<string, string | number>> }

/** The search on a map as GeoJSON (RFC 7946): areas with what was searched of them, planning points, and the sourced rings around the IPP with their words; none where there is no data. */
export function searchMap(record: MissingRecord, profile: SearchProfile): { readonly type: 'FeatureCollection'; readonly features: readonly Feature[] } {
  const { areas } = searchedStatement(record.areas, record.searches);
  const points = planningPointsOf(record);
  const drawn = points && drawRings(points, profile);
  return {
    type: 'FeatureCollection',
    features: [
      ...record.areas.map(({ areaId, name, polygon }): Feature => ({ type: 'Feature', geometry: polygon, properties: { kind: 'AREA', id: areaId, name, ...coverOf(areas, areaId) } })),
      ...pointsOf(record).map(({ which, lat, lon, text }): Feature => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties: { kind: which, ...present({ name: text }) } })),
      ...(drawn ? drawn.rings.map((ring): Feature => ringFeature(drawn.centre, ring, drawn)) : []),
    ],
  };
}

function coverOf(areas: ReturnType<typeof searchedStatement>['areas'], areaId: string) {
  const found = areas.find(one => one.areaId === areaId);
  return found ? { covered: found.covered, km2: found.km2, confidence: found.confidence } : {};
}

const corners = 72;

/** A ring as a polygon of 72 corners: within half a percent of a circle, for GeoJSON has none. */
function ringFeature({ lat, lon }: Place, { km, text }: RingText['rings'][number], { label, note }: RingText): Feature {
  const angle = (km / EARTH_RADIUS_KM) * (180 / Math.PI);
  const ring = Array.from({ length: corners + 1 }, (_, n) => {
    const turn = ((n % corners) / corners) * 2 * Math.PI;
    return [round(lon + (angle * Math.cos(turn)) / Math.cos((lat * Math.PI) / 180)), round(lat + angle * Math.sin(turn))];
  });
  return { type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring] }, properties: { kind: 'RING', km, text, label, source: note } };
}

const round = (degrees: number): number => Math.round(degrees * 1_000_000) / 1_000_000;
