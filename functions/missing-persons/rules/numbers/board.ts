import { isOpen, levels, openMissing, type RiskLevel, type Role } from '../terms.ts';
import { ageBands, bandOf, countBy, minutes, percentile, type BoardRow, type TimerHealth } from './facts.ts';

export interface BoardFilter { readonly lpu?: string; readonly la?: string; readonly risk?: RiskLevel; readonly ageBand?: string; readonly setting?: string }

/** Rows that a filter leaves (7). */
export function filtered(rows: readonly BoardRow[], { lpu, la, risk, ageBand, setting }: BoardFilter): BoardRow[] {
  const is = (wanted: string | undefined, value: string | undefined): boolean => wanted === undefined || wanted === value;
  return rows.filter(row => is(lpu, row.lpu) && is(la, row.la) && is(risk, row.risk) && is(ageBand, bandOf(row.age)) && is(setting, row.setting));
}

export const riskBars = [...levels, 'unknown'] as const;
const riskOf = ({ risk }: { readonly risk?: RiskLevel }) => risk ?? 'unknown';
const isMissing = ({ state }: BoardRow): boolean => openMissing.includes(state);

/** Numbers 1 to 11 of the live board (7), at `now`. */
export function liveBoard(rows: readonly BoardRow[], timers: TimerHealth, now: string) {
  const open = rows.filter(({ state }) => isOpen(state));
  const missing = open.filter(isMissing);
  return {
    n1: { total: open.length, byRisk: countBy(open, riskBars, riskOf), byAge: countBy(open, ageBands, row => bandOf(row.age)) },
    n2: waiting(open, now), n3: overdue(open, now), n4: highs(missing, now), n5: past(missing, now),
    n6: { count: missing.filter(({ provisionalConfirmBy }) => isPast(provisionalConfirmBy, now)).length },
    n7: { handovers: countOf(open, ({ handoverOfferedAt }) => handoverOfferedAt !== undefined), transfers: countOf(open, ({ transferOfferedAt }) => transferOfferedAt !== undefined), sightings: open.reduce((sum, { unassessedSightings }) => sum + unassessedSightings, 0) },
    n8: { count: countOf(open, ({ state, verifyDueAt }) => state === 'LOCATED_UNVERIFIED' && isPast(verifyDueAt, now)) },
    n9: { pncNotLive: countOf(missing, ({ pncLiveAt, reportedAt }) => pncLiveAt === undefined && minutes(reportedAt, now) > 48 * 60), publicityAfterFound: publicityAfterFound(rows, now) },
    n10: { floorOverride: countOf(missing, ({ hasFloorOverride }) => hasFloorOverride), unknownKeyAnswer: countOf(missing, ({ hasUnknownKeyAnswer }) => hasUnknownKeyAnswer) },
    n11: timerHealth(timers, now),
  };
}
export type LiveBoard = ReturnType<typeof liveBoard>;

const isPast = (at: string | undefined, now: string): boolean => at !== undefined && at < now;
const countOf = (rows: readonly BoardRow[], is: (row: BoardRow) => boolean): number => rows.filter(is).length;
const worst = (all: readonly number[]): number => all.reduce((a, b) => Math.max(a, b), 0);

/** 2: target 0. */
function waiting(open: readonly BoardRow[], now: string) {
  const all = open.filter(({ ownerAcknowledgedAt }) => ownerAcknowledgedAt === undefined).map(({ ownerSince, reportedAt }) => minutes(ownerSince ?? reportedAt, now));
  return { count: all.length, worstMinutes: worst(all) };
}

/** 3. */
function overdue(open: readonly BoardRow[], now: string) {
  const late = open.flatMap(({ overdueReviews }) => overdueReviews).filter(({ dueAt }) => dueAt < now);
  const ranks = [...new Set(late.map(({ rank }) => rank))].sort();
  const byRank: Partial<Record<Role, { count: number; worstMinutes: number }>> = Object.fromEntries(ranks.map(rank => {
    const all = late.filter(item => item.rank === rank).map(({ dueAt }) => minutes(dueAt, now));
    return [rank, { count: all.length, worstMinutes: worst(all) }];
  }));
  const units = [...new Set(open.map(unitOf))].sort();
  const sum = (rows: readonly BoardRow[]): number => rows.reduce((total, { overdueTasks }) => total + overdueTasks, 0);
  return {
    reviewsByRank: byRank, tasksByRisk: Object.fromEntries(riskBars.map(bar => [bar, sum(open.filter(row => riskOf(row) === bar))])), tasksByUnit: Object.fromEntries(units.map(unit => [unit, sum(open.filter(row => unitOf(row) === unit))])),
  };
}
const unitOf = ({ ownerUnit }: BoardRow): string => ownerUnit ?? 'unknown';

/** 4: the longest first. */
function highs(missing: readonly BoardRow[], now: string) {
  return missing.filter(({ risk }) => risk === 'HIGH').map(({ caseId, reportedAt, nextDue }) => ({ caseId, minutes: minutes(reportedAt, now), ...(nextDue && { nextDue }) })).sort((a, b) => b.minutes - a.minutes);
}

/** 5: elapsed hours since the report; 60 is the warning for UKMPU. */
function past(missing: readonly BoardRow[], now: string) {
  const over = (hours: number): number => countOf(missing, ({ reportedAt }) => Date.parse(now) - Date.parse(reportedAt) > hours * 3_600_000);
  return { over24h: over(24), over48h: over(48), over60h: over(60), over72h: over(72), ukmpuNotAcknowledged: countOf(missing, ({ reportedAt, ukmpuAcknowledgedAt }) => ukmpuAcknowledgedAt === undefined && Date.parse(now) - Date.parse(reportedAt) > 72 * 3_600_000) };
}

/** 9: minutes for which appeals stayed up after the person was found; closed cases count as well. Target 0. */
function publicityAfterFound(rows: readonly BoardRow[], now: string) {
  const all = rows.flatMap(({ publicityLiveSince, foundAt }) => (publicityLiveSince !== undefined && foundAt !== undefined ? [minutes(foundAt, now)] : []));
  return { count: all.length, minutes: all.reduce((a, b) => a + b, 0) };
}

function timerHealth({ latenessMs, deadLetters, lastHeartbeatAt, lastPackAt, isPackLate = false }: TimerHealth, now: string) {
  const p95 = percentile(latenessMs, 95);
  return { deadLetters, isPackLate, ...(lastPackAt !== undefined && { minutesSincePack: minutes(lastPackAt, now) }), ...(p95 !== undefined && { p95LatenessMs: p95 }), ...(lastHeartbeatAt !== undefined && { lastHeartbeatAt, minutesSinceHeartbeat: minutes(lastHeartbeatAt, now) }) };
}
