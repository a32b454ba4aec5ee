import type { LiveBoard } from './board.ts';
import type { CsvLine } from './csv.ts';
import type { Share } from './facts.ts';
import type { PeriodNumbers } from './period.ts';
import { smallest, suppressedBars, suppressedShare } from './suppress.ts';

/** One line of the dashboard: the same for the screen, the app and the CSV. A count that could point to a person is hidden from everybody outside the team, with or without saying how small it is (7). */
export interface NumberLine {
  readonly number: number;
  readonly name: string;
  readonly bar?: string;
  readonly value?: number;
  readonly numerator?: number;
  readonly denominator?: number;
  readonly unknown?: number;
  readonly unit: 'count' | 'minutes' | 'share' | 'ms';
  readonly hidden?: '<5' | 'hidden';
  /** 4: what is due next on an open HIGH. */
  readonly nextDueAt?: string;
}

const count = (number: number, name: string, value: number, isTeam: boolean): NumberLine[] => [!isTeam && value > 0 && value < smallest ? { number, name, unit: 'count', hidden: '<5' } : { number, name, unit: 'count', value }];
const minutesLine = (number: number, name: string, value: number, bar?: string): NumberLine => ({ number, name, unit: 'minutes', value, ...(bar !== undefined && { bar }) });

function bars(number: number, name: string, given: Readonly<Record<string, number>>, isTeam: boolean): NumberLine[] {
  return Object.entries(suppressedBars(given, isTeam)).map(([bar, value]) => ({ number, name, bar, unit: 'count', ...(typeof value === 'number' ? { value } : { hidden: value }) }));
}

function shareLine(number: number, name: string, given: Share, { isTeam, bar }: { readonly isTeam: boolean; readonly bar?: string }): NumberLine {
  const shown = suppressedShare(given, isTeam);
  const head = { number, name, unit: 'share', ...(bar !== undefined && { bar }) } as const;
  if (shown === '<5') return { ...head, hidden: '<5' };
  return { ...head, numerator: shown.numerator, denominator: shown.denominator, unknown: shown.unknown, ...(shown.percent !== undefined && { value: shown.percent }) };
}

/** Numbers 1 to 11. What is about one case (4) is for the team only. */
export function boardLines(board: LiveBoard, isTeam: boolean): NumberLine[] {
  const { n1, n2, n6, n7, n8, n9, n10, n11 } = board;
  return [
    ...count(1, 'open', n1.total, isTeam), ...bars(1, 'open_by_risk', n1.byRisk, isTeam), ...bars(1, 'open_by_age', n1.byAge, isTeam),
    ...count(2, 'owner_not_acknowledged', n2.count, isTeam), minutesLine(2, 'owner_not_acknowledged_worst', n2.worstMinutes), ...overdueLines(board, isTeam), ...(isTeam ? highLines(board) : []), ...pastLines(board, isTeam),
    ...count(6, 'provisional_past_limit', n6.count, isTeam), ...count(7, 'handovers_not_accepted', n7.handovers, isTeam), ...count(7, 'transfers_not_acknowledged', n7.transfers, isTeam), ...count(7, 'sightings_not_assessed', n7.sightings, isTeam),
    ...count(8, 'located_not_verified_past_limit', n8.count, isTeam), ...count(9, 'pnc_not_live_48h', n9.pncNotLive, isTeam), ...count(9, 'publicity_after_found', n9.publicityAfterFound.count, isTeam), minutesLine(9, 'publicity_after_found_minutes', n9.publicityAfterFound.minutes),
    ...count(10, 'floor_override', n10.floorOverride, isTeam), ...count(10, 'key_answer_not_known', n10.unknownKeyAnswer, isTeam), { number: 11, name: 'dead_letters', unit: 'count', value: n11.deadLetters },
    ...(n11.p95LatenessMs === undefined ? [] : [{ number: 11, name: 'p95_lateness', unit: 'ms', value: n11.p95LatenessMs } as const]), ...(n11.minutesSinceHeartbeat === undefined ? [] : [minutesLine(11, 'since_heartbeat', n11.minutesSinceHeartbeat)]),
    ...(n11.minutesSincePack === undefined ? [] : [minutesLine(11, 'since_outage_pack', n11.minutesSincePack)]), { number: 11, name: 'outage_pack_late', unit: 'count', value: n11.isPackLate ? 1 : 0 },
  ];
}

function overdueLines({ n3 }: LiveBoard, isTeam: boolean): NumberLine[] {
  const ranks = Object.entries(n3.reviewsByRank).flatMap(([rank, found]) => [{ rank, ...found }]);
  return [
    ...bars(3, 'reviews_overdue', Object.fromEntries(ranks.map(({ rank, count: n }) => [rank, n])), isTeam), ...ranks.map(({ rank, worstMinutes }) => minutesLine(3, 'reviews_overdue_worst', worstMinutes, rank)),
    ...bars(3, 'tasks_overdue_by_risk', n3.tasksByRisk, isTeam), ...bars(3, 'tasks_overdue_by_unit', n3.tasksByUnit, isTeam),
  ];
}

const highLines = ({ n4 }: LiveBoard): NumberLine[] => n4.map(({ caseId, minutes, nextDue }) => ({ ...minutesLine(4, 'high_since_report', minutes, caseId), ...(nextDue && { nextDueAt: nextDue.at }) }));

function pastLines({ n5 }: LiveBoard, isTeam: boolean): NumberLine[] {
  const { ukmpuNotAcknowledged, ...over } = n5;
  return [...bars(5, 'past', { '24h': over.over24h, '48h': over.over48h, '60h': over.over60h, '72h': over.over72h }, isTeam), ...count(5, 'ukmpu_not_acknowledged_72h', ukmpuNotAcknowledged, isTeam)];
}

/** Numbers 12 and 14 to 17. Times are not told of fewer than five episodes outside the team. */
export function periodLines(numbers: PeriodNumbers, isTeam: boolean): NumberLine[] {
  const { n12, n14, n15, n16, n17 } = numbers;
  return [
    ...bars(12, 'reports_cases_individuals', { reports: n12.reports, cases: n12.cases, individuals: n12.individuals, unknown: n12.unknownIndividuals }, isTeam),
    ...Object.entries(n14).flatMap(([bar, times]) => timesLines(bar, times, isTeam)),
    ...Object.entries(n15).map(([bar, given]) => shareLine(15, 'reviews_on_time', given, { isTeam, bar })),
    ...count(16, 'raised', n16.raised, isTeam), ...count(16, 'reduced', n16.reduced, isTeam), ...count(16, 'two_step', n16.twoStep, isTeam), ...count(16, 'reduced_without_information', n16.reducedWithoutInformation, isTeam), ...count(16, 'floor_overrides', n16.floorOverrides, isTeam),
    ...count(16, 'harm_at_low_or_very_low', n16.harmAtLowOrVeryLow, isTeam), ...Object.entries(n16.harmByLevel).map(([bar, given]) => shareLine(16, 'harm', given, { isTeam, bar })),
    ...Object.entries(n17).map(([bar, given]) => shareLine(17, 'prevention_interview', given, { isTeam, bar })),
  ];
}

function timesLines(bar: string, { n, unknown, medianMinutes, p90Minutes }: PeriodNumbers['n14']['ownerAck'], isTeam: boolean): NumberLine[] {
  const isTold = isTeam || n === 0 || n >= smallest;
  return [
    ...bars(14, `${bar}_episodes`, { known: n, unknown }, isTeam), ...(isTold && medianMinutes !== undefined ? [minutesLine(14, `${bar}_median`, medianMinutes)] : []), ...(isTold && p90Minutes !== undefined ? [minutesLine(14, `${bar}_p90`, p90Minutes)] : []),
  ];
}

export interface CsvSpan { readonly asAt: string; readonly from?: string; readonly to?: string }

/** The lines as rows of the CSV: what is hidden stands there as the word that says so, and never as nothing. */
export function csvLines(lines: readonly NumberLine[], { asAt, from, to }: CsvSpan): CsvLine[] {
  return lines.map(({ hidden, value, nextDueAt: _nextDueAt, ...line }) => {
    const shown = hidden ?? value;
    return { ...line, ...(shown !== undefined && { value: shown }), as_at: asAt, ...(line.number >= 12 && from !== undefined && to !== undefined && { period_from: from, period_to: to }) };
  });
}
