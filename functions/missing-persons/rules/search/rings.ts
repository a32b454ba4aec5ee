import * as z from 'zod';
import type { Place } from './place.ts';
import type { PlanningPoints } from './planningPoints.ts';
import { statistics, type StatisticRow } from './ringTables.ts';

/**
 * Rings on the adviser's map (missing-persons.md 10.1 and its rule, X08, S03): median and 80 %, from the initial planning point only, with source and n. Where there is no
 * sourced figure the answer is "no data" and never a guess.
 */
export const searchProfile = z.enum(['DEMENTIA', 'DEMENTIA_FEMALE_ON_FOOT', 'CHILD_12_14', 'CHILD_OTHER_AGE', 'DESPONDENT', 'PSYCHOSIS', 'OTHER']);
export type SearchProfile = z.output<typeof searchProfile>;

export interface Spread {
  readonly median: number;
  readonly ring80: number;
}

export type RingsFound =
  | {
    readonly kind: 'rings';
    /** Kilometres in a straight line. */
    readonly median: number;
    readonly ring80: number;
    /** Dementia only: 300 m is looked at first (X08), with the percent found within it. */
    readonly first?: { readonly km: number; readonly percent: number };
    readonly n?: number;
    /** Minutes until found, where the source has them. */
    readonly minutes?: Spread;
    readonly source: string;
    readonly citation: string;
    readonly year: number | null;
    readonly licence: string;
  }
  | { readonly kind: 'NO_DATA'; readonly why: string };

/** What the tables say of a profile. `rows`: those of the sources that the force wants (`statisticsOf`). */
export function ringsFor(profile: SearchProfile, rows: readonly StatisticRow[] = statistics): RingsFound {
  const row = rowOf(rows, profile, 'DISTANCE_FROM_IPP');
  if (!row) return { kind: 'NO_DATA', why: `No data: there are no sourced distances for ${unsourced[profile]}.` };
  const times = rowOf(rows, profile, 'TIME_TO_LOCATE');
  const first = profile === 'CHILD_12_14' ? undefined : row.within.find(([, km]) => km === 0.3);
  const { n, source, citation, year, licence } = row;
  return { kind: 'rings', ...spreadOf(row), ...(first && { first: { km: first[1], percent: first[0] } }), ...(n !== undefined && { n }), ...(times && { minutes: spreadOf(times) }), source, citation, year, licence };
}

const unsourced: Readonly<Record<SearchProfile, string>> = {
  DEMENTIA: 'a person with dementia', DEMENTIA_FEMALE_ON_FOOT: 'a woman with dementia on foot', CHILD_12_14: 'a child aged 12 to 14',
  CHILD_OTHER_AGE: 'a child of this age', DESPONDENT: 'a despondent person', PSYCHOSIS: 'a person with psychosis', OTHER: 'this person',
};

export interface ProfileFacts {
  readonly dementia: boolean;
  readonly suicide: boolean;
  readonly psychosis: boolean;
  /** Undefined where not known, and then nothing is assumed. */
  readonly female?: boolean | undefined;
  readonly onFoot?: boolean | undefined;
  readonly age?: { readonly youngest: number; readonly oldest: number } | undefined;
}

/** Which profile fits. The narrower one of dementia only when sex and going on foot are known; the child's only when the whole range of ages lies in it. */
export function profileOf({ dementia, suicide, psychosis, female, onFoot, age }: ProfileFacts): SearchProfile {
  if (dementia) return female === true && onFoot === true ? 'DEMENTIA_FEMALE_ON_FOOT' : 'DEMENTIA';
  if (suicide) return 'DESPONDENT';
  if (psychosis) return 'PSYCHOSIS';
  if (age === undefined || age.youngest >= 18) return 'OTHER';
  return age.youngest >= 12 && age.oldest <= 14 ? 'CHILD_12_14' : 'CHILD_OTHER_AGE';
}

export interface RingText {
  /** The words beside the rings on screen and on paper. */
  readonly label: 'decision support';
  readonly rings: readonly { readonly km: number; readonly text: string }[];
  /** Printed with the rings, or alone where there is no data. */
  readonly note: string;
}
export interface DrawnRings extends RingText { readonly centre: Place }

/** The rings around the IPP, smallest first; none where there is no data. A ring is no boundary, and the note says so. */
export function drawRings({ ipp }: PlanningPoints, profile: SearchProfile, rows: readonly StatisticRow[] = statistics): DrawnRings {
  return { centre: { lat: ipp.lat, lon: ipp.lon }, ...ringText(profile, rows) };
}

/** The same before there is a planning point: how far, and what it is worth. */
export function ringText(profile: SearchProfile, rows: readonly StatisticRow[] = statistics): RingText {
  const found = ringsFor(profile, rows);
  const shared = { label: 'decision support' } as const;
  if (found.kind === 'NO_DATA') return { ...shared, rings: [], note: found.why };
  const { first, median, ring80, n, citation, source } = found;
  const ring = (km: number, percent: number) => ({ km, text: `${percent} % were found within ${km} km` });
  const rings = [...(first ? [ring(first.km, first.percent)] : []), ring(median, 50), ring(ring80, 80)];
  return { ...shared, rings, note: `${citation} [${source}], n ${n === undefined ? 'not stated' : `= ${n}`}. Decision support for the search adviser, not a boundary.` };
}

function rowOf(rows: readonly StatisticRow[], profile: SearchProfile, statistic: StatisticRow['statistic']): StatisticRow | undefined {
  return rows.find(row => row.profile === profile && row.statistic === statistic);
}

function spreadOf(row: StatisticRow): Spread {
  const at = (percent: number) => row.within.find(([found]) => found === percent)?.[1] ?? Number.NaN;
  return { median: at(50), ring80: at(80) };
}
