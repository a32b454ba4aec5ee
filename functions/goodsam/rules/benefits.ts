import { distanceM, type Place } from './location.ts';
import type { Area, ReasonCode } from './terms.ts';

/** Rates of the force with where they come from and when (15); 0.45 a mile is a placeholder only. */
export interface Rates {
  readonly poundsPerHour: number;
  readonly poundsPerMile: number;
  readonly rateSource: string;
  readonly rateDate: string;
}

export interface BenefitInput {
  readonly area: Area;
  readonly reason: ReasonCode;
  readonly outcome: string;
  readonly attendanceAvoided: boolean;
  /** The officer's entry wins (21.38). */
  readonly milesSaved?: number | undefined;
  readonly minutesSaved?: number | undefined;
  /** For the estimate of miles: the base that an officer would have driven from, and the place. */
  readonly from?: Place | undefined;
  readonly to?: Place | undefined;
  /** For the estimate of minutes: one way, the work at the scene, and the session that was held instead. */
  readonly travelMinutesOneWay?: number | undefined;
  readonly sceneMinutes?: number | undefined;
  readonly sessionMinutes?: number | undefined;
}

/** One row of the measures. No id, number, name or place, so it may outlive the request. */
export interface BenefitRow {
  readonly area: Area;
  readonly reason: ReasonCode;
  readonly outcome: string;
  readonly attendanceAvoided: boolean;
  readonly milesSaved: number | null;
  readonly milesEstimated: boolean;
  readonly minutesSaved: number | null;
  readonly pounds: number | null;
  readonly rateSource: string;
  readonly rateDate: string;
}

const ROAD_FACTOR = 1.3;
const MILES_PER_KM = 0.6214;

/**
 * What the link saved (15, 21.38). Nothing is saved unless attendance was avoided: then all are 0. Miles: the officer's entry, else there and back along the
 * straight line x 1.3, marked estimated; null when neither is known. Minutes may be negative, when the session took longer than the visit would have.
 */
export function benefitOf(input: BenefitInput, rates: Rates): BenefitRow {
  const { area, reason, outcome, attendanceAvoided } = input;
  const base = { area, reason, outcome, attendanceAvoided, rateSource: rates.rateSource, rateDate: rates.rateDate };
  if (!attendanceAvoided) return { ...base, milesSaved: 0, milesEstimated: false, minutesSaved: 0, pounds: 0 };
  const estimate = input.milesSaved === undefined ? straightLineMiles(input) : null;
  const milesSaved = input.milesSaved ?? estimate;
  const minutesSaved = input.minutesSaved ?? minutesOf(input);
  const pounds = milesSaved === null || minutesSaved === null ? null : round((minutesSaved / 60) * rates.poundsPerHour + milesSaved * rates.poundsPerMile, 2);
  return { ...base, milesSaved, milesEstimated: estimate !== null, minutesSaved, pounds };
}

function straightLineMiles({ from, to }: BenefitInput): number | null {
  return from === undefined || to === undefined ? null : round(2 * (distanceM(from, to) / 1000) * ROAD_FACTOR * MILES_PER_KM, 1);
}

function minutesOf({ travelMinutesOneWay, sceneMinutes, sessionMinutes }: BenefitInput): number | null {
  if (travelMinutesOneWay === undefined || sceneMinutes === undefined || sessionMinutes === undefined) return null;
  return round(2 * travelMinutesOneWay + sceneMinutes - sessionMinutes, 0);
}

function round(value: number, places: number): number {
  return Math.round(value * 10 ** places) / 10 ** places;
}

export interface Moments {
  readonly createdAt?: string | undefined;
  readonly sentAt?: string | undefined;
  readonly deliveredAt?: string | undefined;
  readonly openedAt?: string | undefined;
  readonly consentedAt?: string | undefined;
  readonly firstMediaAt?: string | undefined;
  readonly endedAt?: string | undefined;
  readonly evidenceAvailableAt?: string | undefined;
  readonly evidenceStoredAt?: string | undefined;
}

/** Seconds between the steps (KPIs of 15); null where a step was not reached or two clocks contradict each other. */
export function kpisOf(at: Moments): Readonly<Record<'createdToSent' | 'sentToDelivered' | 'sentToOpened' | 'openedToConsented' | 'createdToFirstMedia' | 'session' | 'evidenceRetrieval', number | null>> {
  return {
    createdToSent: between(at.createdAt, at.sentAt), sentToDelivered: between(at.sentAt, at.deliveredAt), sentToOpened: between(at.sentAt, at.openedAt),
    openedToConsented: between(at.openedAt, at.consentedAt), createdToFirstMedia: between(at.createdAt, at.firstMediaAt), session: between(at.firstMediaAt, at.endedAt),
    evidenceRetrieval: between(at.evidenceAvailableAt, at.evidenceStoredAt),
  };
}

function between(from: string | undefined, to: string | undefined): number | null {
  if (from === undefined || to === undefined) return null;
  const seconds = (Date.parse(to) - Date.parse(from)) / 1000;
  return seconds >= 0 ? seconds : null;
}
