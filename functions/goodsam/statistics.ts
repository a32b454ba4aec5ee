import { readList } from '../../shared/case/lists.ts';
import type { CaseDeps } from '../../shared/case/room.ts';
import { hiddenAreas } from './rules/roles.ts';
import { area as areaTerm, type Area } from './rules/terms.ts';

interface Sum { count: number; avoided: number; minutes: number; miles: number }
export interface StatisticsRow { readonly area: Area; readonly outcome: string; readonly count: string; readonly attendanceAvoided: string; readonly minutesSaved: string; readonly milesSaved: string }

/** Counts under this are not told: in a small area they would point at a person (A10). */
const smallest = 5;
const few = `fewer than ${smallest}`;
const page = 500;
/** 100,000 closed requests; past that the warehouse counts (README). */
const maxPages = 200;

/** What the closed requests brought, by area and outcome, of the areas that the reader may know of. */
export async function statisticsOf(cases: Pick<CaseDeps, 'work'>, list: string, knows: { readonly isOf: (area: Area) => boolean; readonly mayKnow: (area: Area) => boolean }): Promise<StatisticsRow[]> {
  const sums = new Map<string, Sum>();
  let after: string | undefined;
  for (let n = 0; n < maxPages; n++) {
    const { rows, next } = await readList(cases, { list, limit: page, ...(after !== undefined && { after }) });
    for (const { fields } of rows) add(sums, `${String(fields['area'])} ${String(fields['outcome'])}`, fields);
    if (next === undefined) break;
    after = next;
  }
  return [...sums].flatMap(([key, sum]) => {
    const [name = '', outcome = ''] = key.split(' ');
    const area = areaTerm.parse(name);
    const told = (value: number): string => (sum.count < smallest ? few : String(Math.round(value)));
    // Of an area that is hidden from others even the kind of a rare outcome is not told (A10).
    const isTold = knows.isOf(area) || (knows.mayKnow(area) && !(hiddenAreas.has(area) && sum.count < smallest));
    return isTold ? [{ area, outcome, count: told(sum.count), attendanceAvoided: told(sum.avoided), minutesSaved: told(sum.minutes), milesSaved: told(sum.miles) }] : [];
  });
}

function add(sums: Map<string, Sum>, key: string, fields: Readonly<Record<string, string | number | boolean>>): void {
  const sum = sums.get(key) ?? { count: 0, avoided: 0, minutes: 0, miles: 0 };
  sum.count += 1;
  sum.avoided += fields['attendanceAvoided'] === true ? 1 : 0;
  sum.minutes += Number(fields['minutesSaved'] ?? 0);
  sum.miles += Number(fields['milesSaved'] ?? 0);
  sums.set(key, sum);
}
