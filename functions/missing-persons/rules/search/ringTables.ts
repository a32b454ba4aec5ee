import * as z from 'zod';
import { sourceTag } from '../terms.ts';

/**
 * How far and how soon people were found (missing-persons.md 10.1), only the rows that were seen in a source and are in scope (15.5): dementia in the UK and the two Grampian
 * rows. Support for a search adviser's decision, never a boundary.
 */
export interface StatisticRow {
  readonly id: string;
  readonly profile: 'DEMENTIA' | 'DEMENTIA_FEMALE_ON_FOOT' | 'CHILD_12_14';
  readonly statistic: 'DISTANCE_FROM_IPP' | 'TIME_TO_LOCATE';
  readonly unit: 'km' | 'min';
  /** Cases in the study, where the source says. */
  readonly n?: number;
  /** Percent of the cases that were found within the value. */
  readonly within: readonly (readonly [percent: number, value: number])[];
  /** The source's last column, which stands for 99 or for 100 %. */
  readonly outermost: number;
  readonly source: string;
  readonly citation: string;
  /** Year of publication; null where the stored copy does not say. */
  readonly year: number | null;
  readonly licence: string;
}

const licence = 'Single figures quoted with their source from a public page that states no licence; the study or booklet itself is not copied.';
const uk = { profile: 'DEMENTIA', n: 279, source: 'S62', citation: 'misper.uk, dementia, UK study', year: null, licence } as const;
const female = { profile: 'DEMENTIA_FEMALE_ON_FOOT', source: 'S64', citation: 'Grampian Police 2007, adult female with dementia on foot', year: 2007, licence } as const;
const child = { profile: 'CHILD_12_14', source: 'S65', citation: 'Grampian Police 2007, child aged 12 to 14', year: 2007, licence } as const;
const distance = { statistic: 'DISTANCE_FROM_IPP', unit: 'km' } as const;
const time = { statistic: 'TIME_TO_LOCATE', unit: 'min' } as const;

export const statistics: readonly StatisticRow[] = [
  { id: 'dementia-uk-km', ...uk, ...distance, within: [[10, 0], [20, 0.3], [30, 0.5], [40, 1], [50, 1.2], [60, 2], [70, 2.9], [80, 5], [90, 9.5]], outermost: 270 },
  { id: 'dementia-female-km', ...female, ...distance, within: [[40, 0.3], [50, 0.7], [60, 0.9], [70, 1.2], [80, 2], [90, 3.7], [95, 5.8]], outermost: 12 },
  { id: 'dementia-female-min', ...female, ...time, within: [[40, 70], [50, 75], [60, 120], [70, 150], [80, 225], [90, 330], [95, 480]], outermost: 560 },
  { id: 'child-12-14-km', ...child, ...distance, within: [[30, 1], [50, 3], [70, 8], [80, 18], [90, 43]], outermost: 273 },
  { id: 'child-12-14-min', ...child, ...time, within: [[20, 110], [40, 270], [50, 450], [70, 1020], [80, 1440], [90, 2880]], outermost: 15_840 },
];

/** Setting `smart.distance.sources` of section 13: the sources whose figures a force wants to see. None is a choice too: then there is no data. */
export const distanceSettings = z.strictObject({ smartDistanceSources: z.array(z.enum(['S62', 'S64', 'S65'])).default(['S62', 'S64', 'S65']) });
export type DistanceSettings = z.output<typeof distanceSettings>;

/** The rows that the force wants. */
export function statisticsOf({ smartDistanceSources }: DistanceSettings): StatisticRow[] {
  return statistics.filter(({ source }) => smartDistanceSources.some(wanted => wanted === source));
}

/** Faults of the table by name, looked for at the start. */
export function checkStatistics(rows: readonly StatisticRow[] = statistics): string[] {
  const ids = rows.map(({ id }) => id);
  return rows.flatMap((row, i) => [
    ...(ids.indexOf(row.id) === i ? [] : [`statistic ${row.id}: double id`]),
    ...(sourceTag.safeParse(row.source).success ? [] : [`statistic ${row.id}: source ${row.source} is no tag`]),
    ...(isRising([...row.within, [100, row.outermost]]) ? [] : [`statistic ${row.id}: percents or values do not rise`]),
    ...([50, 80].every(percent => row.within.some(([at]) => at === percent)) ? [] : [`statistic ${row.id}: no median or no 80 %`]),
    ...((row.statistic === 'TIME_TO_LOCATE') === (row.unit === 'min') ? [] : [`statistic ${row.id}: unit ${row.unit} is not that of ${row.statistic}`]),
    ...(rows.some((other, j) => j < i && other.profile === row.profile && other.statistic === row.statistic) ? [`statistic ${row.id}: a second row of its profile and statistic`] : []),
  ]);
}

function isRising(pairs: StatisticRow['within']): boolean {
  return pairs.every(([percent, value], i) => {
    const [before, less] = pairs[i - 1] ?? [-1, 0];
    return percent > before && value >= less;
  });
}
