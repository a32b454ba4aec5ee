import { levels, type Role } from '../terms.ts';
import { median, minutes, percentile, share, type PeriodRow, type Share } from './facts.ts';
import { riskBars } from './board.ts';

/** From the first instant up to, and without, the second, by the time of the report. */
export function within(rows: readonly PeriodRow[], from: string, to: string): PeriodRow[] {
  return rows.filter(({ reportedAt }) => reportedAt >= from && reportedAt < to);
}

/** Numbers 12 and 14 to 17 (7). */
export function periodNumbers(rows: readonly PeriodRow[]) {
  const cases = rows.filter(({ caseId }) => caseId !== undefined);
  return {
    n12: {
      reports: new Set(rows.map(({ reportId }) => reportId)).size, cases: new Set(cases.map(({ caseId }) => caseId)).size, individuals: new Set(cases.flatMap(({ personId }) => (personId === undefined ? [] : [personId]))).size,
      unknownIndividuals: cases.filter(({ personId }) => personId === undefined).length,
    },
    n14: {
      ownerAck: times(cases, ({ reportedAt }) => reportedAt, ({ ownerAckAt }) => ownerAckAt), riskConfirmed: times(cases, ({ reportedAt }) => reportedAt, ({ riskConfirmedAt }) => riskConfirmedAt),
      deployed: times(cases, ({ highAt }) => highAt, ({ deployedAt }) => deployedAt), communicationsData: times(cases, ({ highAt }) => highAt, ({ cdDecidedAt }) => cdDecidedAt),
    },
    n15: reviewsOnTime(rows.flatMap(({ reviews }) => reviews)), n16: riskChanges(cases), n17: interviews(cases),
  };
}
export type PeriodNumbers = ReturnType<typeof periodNumbers>;

/** 14: median and 90th percentile in minutes; those that began and have no end are the unknown bar. */
function times(rows: readonly PeriodRow[], from: (row: PeriodRow) => string | undefined, to: (row: PeriodRow) => string | undefined) {
  const begun = rows.filter(row => from(row) !== undefined);
  const all = begun.flatMap(row => { const [a, b] = [from(row), to(row)]; return a !== undefined && b !== undefined ? [minutes(a, b)] : []; });
  const [mid, p90] = [median(all), percentile(all, 90)];
  return { n: all.length, unknown: begun.length - all.length, ...(mid !== undefined && { medianMinutes: mid }), ...(p90 !== undefined && { p90Minutes: p90 }) };
}

/** 15: of the reviews that fell due, those held on time; 16 of 49 reads 33 % [S14]. */
export function reviewsOnTime(reviews: PeriodRow['reviews']): Partial<Record<Role | 'ALL', Share>> {
  const of = (all: PeriodRow['reviews']): Share => share(all.filter(({ result }) => result === 'ON_TIME').length, all.length);
  const ranks = [...new Set(reviews.map(({ rank }) => rank))].sort();
  return { ALL: of(reviews), ...Object.fromEntries(ranks.map(rank => [rank, of(reviews.filter(item => item.rank === rank))])) };
}

/** 16. Harm is shared over the cases of which the outcome is known. */
function riskChanges(cases: readonly PeriodRow[]) {
  const sum = (key: 'raised' | 'reduced' | 'twoStep' | 'reducedWithoutInformation' | 'floorOverrides'): number => cases.reduce((total, row) => total + row[key], 0);
  const harmByLevel = Object.fromEntries(riskBars.map(bar => {
    const all = cases.filter(({ finalRisk }) => (finalRisk ?? 'unknown') === bar);
    const known = all.filter(({ harm }) => harm === 'HARM' || harm === 'NONE');
    return [bar, share(known.filter(({ harm }) => harm === 'HARM').length, known.length, all.length - known.length)];
  }));
  const headline = cases.filter(({ finalRisk, harm }) => finalRisk !== undefined && levels.indexOf(finalRisk) <= levels.indexOf('LOW') && harm === 'HARM').length;
  return { raised: sum('raised'), reduced: sum('reduced'), twoStep: sum('twoStep'), reducedWithoutInformation: sum('reducedWithoutInformation'), floorOverrides: sum('floorOverrides'), harmByLevel, harmAtLowOrVeryLow: headline };
}

/** 17. On time and face to face are shares of those that were done. */
function interviews(cases: readonly PeriodRow[]) {
  const all = cases.flatMap(({ interview }) => (interview ? [interview] : []));
  const over = all.filter(({ outcome }) => outcome !== 'PENDING');
  const done = all.filter(({ outcome }) => outcome === 'DONE');
  const timed = done.filter(({ doneAt }) => doneAt !== undefined);
  const asked = done.filter(({ isFaceToFace }) => isFaceToFace !== undefined);
  return {
    done: share(done.length, over.length, all.length - over.length), onTime: share(timed.filter(({ doneAt, dueAt }) => (doneAt ?? '') <= dueAt).length, timed.length, done.length - timed.length),
    faceToFace: share(asked.filter(({ isFaceToFace }) => isFaceToFace === true).length, asked.length, done.length - asked.length), refused: share(all.filter(({ outcome }) => outcome === 'REFUSED').length, over.length, all.length - over.length),
  };
}
