import { areasOverlap, surfaceKm2, type Area } from './area.ts';
import type { Search } from './record.ts';

/**
 * What has been searched, in words (missing-persons.md 3.8): overlap, gaps and confidence made explicit, because poor collation left forces unsure which areas had been
 * searched (S61). No figure is worked out that nobody stated: two searches of a part do not make a whole, and probabilities of detection are not combined.
 */
export interface SearchedStatement {
  readonly areas: readonly AreaStatement[];
  readonly overlaps: readonly { readonly areaIds: readonly string[]; readonly text: string }[];
  readonly gaps: readonly Gap[];
}

export interface AreaStatement {
  readonly areaId: string;
  readonly name: string;
  readonly km2: number;
  /** Of all the searches of this area that have ended, the best. */
  readonly covered: 'ALL' | 'PART' | 'NONE';
  readonly searchIds: readonly string[];
  readonly confidence: string;
}

export interface Gap {
  readonly kind: 'AREA_NOT_SEARCHED' | 'AREA_IN_PART' | 'ROOM_NOT_SEARCHED' | 'SEARCH_RUNNING' | 'SEARCH_WITHOUT_AREA';
  readonly id: string;
  readonly text: string;
}

/** The statement over all drawn areas and all searches of a case, in the order in which they are given. */
export function searchedStatement(areas: readonly Area[], searches: readonly Search[]): SearchedStatement {
  const statements = areas.map(area => areaStatement(area, searches.filter(({ areaId }) => areaId === area.areaId)));
  return { areas: statements, overlaps: overlapsOf(areas, searches), gaps: [...statements.flatMap(statement => areaGaps(statement, searches)), ...searches.flatMap(search => searchGaps(search, areas))] };
}

function areaStatement({ areaId, name, polygon }: Area, searches: readonly Search[]): AreaStatement {
  const ended = searches.filter(isEnded);
  const covered = (['ALL', 'PART'] as const).find(coverage => ended.some(search => search.coverage === coverage)) ?? 'NONE';
  return { areaId, name, km2: surfaceKm2(polygon), covered, searchIds: searches.map(({ searchId }) => searchId), confidence: confidenceOf(ended) };
}

function confidenceOf(ended: readonly Search[]): string {
  if (ended.length === 0) return 'No confidence: no search has ended.';
  const stated = ended.flatMap(({ podPct }) => (podPct === undefined ? [] : [podPct]));
  const detection = stated.length === 0 ? 'No probability of detection is stated' : `Highest stated probability of detection ${Math.max(...stated)} %`;
  const signed = ended.filter(({ signedOffBy }) => signedOffBy !== undefined).length;
  return `${detection}; ${signed} of ${ended.length} ${ended.length === 1 ? 'search' : 'searches'} signed off.`;
}

function overlapsOf(areas: readonly Area[], searches: readonly Search[]): SearchedStatement['overlaps'] {
  const times = (areaId: string) => searches.filter(search => search.areaId === areaId && isEnded(search)).length;
  const again = areas.filter(({ areaId }) => times(areaId) > 1).map(({ areaId, name }) => ({ areaIds: [areaId], text: `${name} was searched ${times(areaId)} times.` }));
  const shared = areas.flatMap((a, i) => areas.slice(i + 1).filter(b => areasOverlap(a.polygon, b.polygon)).map(b => ({ areaIds: [a.areaId, b.areaId], text: `${a.name} and ${b.name} overlap.` })));
  return [...again, ...shared];
}

function areaGaps({ areaId, name, covered }: AreaStatement, searches: readonly Search[]): Gap[] {
  if (covered === 'ALL') return [];
  if (covered === 'NONE') return [{ kind: 'AREA_NOT_SEARCHED', id: areaId, text: `${name} has not been searched.` }];
  const left = searches.filter(search => search.areaId === areaId && isEnded(search)).flatMap(({ coverageNote }) => (coverageNote === undefined ? [] : [coverageNote]));
  return [{ kind: 'AREA_IN_PART', id: areaId, text: `${name} was searched in part: ${left.join('; ') || 'what was left is not stated'}.` }];
}

function searchGaps(search: Search, areas: readonly Area[]): Gap[] {
  const { searchId, rooms, type } = search;
  const unsearched = rooms.filter(({ searched }) => searched === undefined || searched === 'NO')
    .map(({ name, locked, reason }): Gap => ({ kind: 'ROOM_NOT_SEARCHED', id: searchId, text: `${name} was not searched${locked === true ? ' (locked)' : ''}: ${reason ?? 'no reason recorded'}.` }));
  const running: Gap[] = isEnded(search) ? [] : [{ kind: 'SEARCH_RUNNING', id: searchId, text: `A search (${type}) has not ended.` }];
  const isOffMap = rooms.length === 0 && !areas.some(({ areaId }) => areaId === search.areaId);
  return [...unsearched, ...running, ...(isOffMap ? [{ kind: 'SEARCH_WITHOUT_AREA', id: searchId, text: `A search (${type}) has no drawn area: ${search.placeText ?? 'its place is not stated'}.` } as const] : [])];
}

function isEnded({ endedAt }: Search): boolean {
  return endedAt !== undefined;
}
