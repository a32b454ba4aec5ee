import { readPolygon, type Area, type Polygon } from '../../../../functions/missing-persons/rules/search/area.ts';
import type { Room, Search } from '../../../../functions/missing-persons/rules/search/record.ts';

export const at = '2026-11-25T04:00:00.000Z';
export const searched = (name: string, kind: Room['kind'] = 'ROOM'): Room => ({ name, kind, searched: 'YES', how: 'by eye and by hand', by: 'pc-1234', at });
export const noneThere = (name: string, kind: Room['kind']): Room => ({ name, kind, searched: 'NONE_THERE' });

/** S02: the home of the suicidal adult, with rows for loft and garage. */
export const homeRooms: readonly Room[] = [
  searched('kitchen'), searched('front bedroom'), searched('loft', 'LOFT'), searched('garage', 'GARAGE'), noneThere('no shed', 'SHED'), searched('blue estate car', 'VEHICLE'), noneThere('no outbuilding', 'OUTBUILDING'),
];

export const homeSearch: Search = {
  searchId: 'home-1', type: 'INITIAL_HOME', rooms: [...homeRooms], authority: { power: 'CONSENT', consentedBy: 'the wife', enteredBy: ['PC 1234', 'PC 2345'] },
  resources: ['AB12'], startedAt: '2026-11-25T03:40:00.000Z', startedBy: 'pc-1234', endedAt: '2026-11-25T04:20:00.000Z', clues: [],
};

export const groundSearch: Search = {
  searchId: 'ground-1', type: 'SYSTEMATIC', areaId: 'north', rooms: [], coverage: 'ALL', podPct: 70, resources: ['team 1'], startedAt: '2026-11-25T05:00:00.000Z', startedBy: 'polsa-1',
  endedAt: '2026-11-25T08:00:00.000Z', clues: [], signedOffBy: 'polsa-1',
};

/** Longitude and latitude of the corners, counter-clockwise from the south-west, closed. */
export function box(west: number, south: number, width = 0.01, height = 0.01): [number, number][] {
  return [[west, south], [west + width, south], [west + width, south + height], [west, south + height], [west, south]];
}

export function polygonOf(...ring: readonly (readonly [number, number])[]): Polygon {
  const read = readPolygon({ type: 'Polygon', coordinates: [ring] });
  if (!read.ok) throw new Error(read.failures.map(({ why }) => why).join(' '));
  return read.polygon;
}

export function areaNamed(areaId: string, ring: readonly (readonly [number, number])[]): Area {
  return { areaId, name: `The ${areaId} field`, polygon: polygonOf(...ring), drawnAt: at, drawnBy: 'polsa-1' };
}
