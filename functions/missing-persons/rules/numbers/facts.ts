import type { CaseState, RiskLevel, Role } from '../terms.ts';

export const ageBands = ['under 11', '11-15', '16-17', '18-64', '65+', 'unknown'] as const;
type AgeBand = (typeof ageBands)[number];

/** An index row of an open case, as the live board needs it: no name, no place. Absent means that it is not known or has not happened. UTC ISO 8601. */
export interface BoardRow {
  readonly caseId: string; readonly state: CaseState; readonly risk?: RiskLevel; readonly age?: number; readonly lpu?: string; readonly la?: string; readonly setting?: string; readonly ownerUnit?: string;
  readonly reportedAt: string; readonly ownerSince?: string; readonly ownerAcknowledgedAt?: string;
  readonly overdueReviews: readonly { readonly rank: Role; readonly dueAt: string }[]; readonly overdueTasks: number;
  readonly nextDue?: { readonly what: string; readonly at: string };
  readonly ukmpuAcknowledgedAt?: string; readonly provisionalConfirmBy?: string;
  readonly handoverOfferedAt?: string; readonly transferOfferedAt?: string; readonly unassessedSightings: number;
  readonly verifyDueAt?: string; readonly pncLiveAt?: string; readonly publicityLiveSince?: string; readonly foundAt?: string;
  readonly hasFloorOverride: boolean; readonly hasUnknownKeyAnswer: boolean;
}

/** An episode within a period. */
export interface PeriodRow {
  readonly caseId?: string; readonly reportId: string; readonly personId?: string; readonly reportedAt: string;
  readonly ownerAckAt?: string; readonly riskConfirmedAt?: string; readonly highAt?: string; readonly deployedAt?: string; readonly cdDecidedAt?: string;
  readonly reviews: readonly { readonly rank: Role; readonly result: 'ON_TIME' | 'LATE' | 'MISSED' }[];
  readonly raised: number; readonly reduced: number; readonly twoStep: number; readonly reducedWithoutInformation: number; readonly floorOverrides: number;
  readonly finalRisk?: RiskLevel; readonly harm?: 'HARM' | 'NONE' | 'UNKNOWN';
  readonly interview?: { readonly outcome: 'DONE' | 'REFUSED' | 'NOT_POSSIBLE' | 'OTHER' | 'PENDING'; readonly dueAt: string; readonly doneAt?: string; readonly isFaceToFace?: boolean };
}

export interface TimerHealth { readonly latenessMs: readonly number[]; readonly deadLetters: number; readonly lastHeartbeatAt?: string; readonly lastPackAt?: string; /** No outage pack for too long (15.4). */ readonly isPackLate?: boolean }

/** A share with what it is a share of; `unknown` are those of whom it cannot be said: their own bar, and never in the denominator (7). */
export interface Share { readonly numerator: number; readonly denominator: number; readonly unknown: number; readonly percent?: number }

export function share(numerator: number, denominator: number, unknown = 0): Share {
  return { numerator, denominator, unknown, ...(denominator > 0 && { percent: Math.round((numerator / denominator) * 100) }) };
}

export function bandOf(age: number | undefined): AgeBand {
  if (age === undefined) return 'unknown';
  return age < 11 ? 'under 11' : age < 16 ? '11-15' : age < 18 ? '16-17' : age < 65 ? '18-64' : '65+';
}

export function countBy<T, K extends string>(rows: readonly T[], keys: readonly K[], keyOf: (row: T) => K): Readonly<Record<string, number>> {
  return Object.fromEntries(keys.map(key => [key, rows.filter(row => keyOf(row) === key).length]));
}

/** The nearest-rank percentile; undefined of nothing. */
export function percentile(values: readonly number[], p: number): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil((p / 100) * values.length) - 1)];
}

/** Of an even count the mean of the middle two. */
export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}

export const minutes = (from: string, to: string): number => Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
