import * as z from 'zod';
import { distanceMetres } from './distance.ts';

export const foundWhere = z.enum(['HOME', 'RELATIVE', 'FRIEND', 'STREET', 'HOSPITAL', 'CUSTODY', 'OTHER_FORCE', 'ABROAD', 'WATER', 'WOODLAND', 'VEHICLE', 'WORKPLACE', 'COMMUNITY', 'OTHER']);
export const foundBy = z.enum(['SELF', 'POLICE', 'PUBLIC', 'FAMILY', 'CARE_STAFF', 'PARTNER', 'SEARCH_TEAM', 'CHARITY']);
export const foundCondition = z.enum([
  'UNHURT', 'MINOR', 'SERIOUS', 'HARMED_CRIME', 'SEXUAL_OFFENCE', 'SELF_HARM', 'DECEASED_NATURAL', 'DECEASED_SUICIDE', 'DECEASED_MISADVENTURE', 'DECEASED_CRIME', 'DECEASED_UNKNOWN', 'UNKNOWN',
]);
export type FoundCondition = z.infer<typeof foundCondition>;
const reason = z.string().trim().min(2).max(200);

/** Outcome of an episode (3.9): the themes of the UKMPU annual return [S95]. Distance and duration are computed and never typed in. */
export const outcome = z.strictObject({
  where: foundWhere, by: foundBy, condition: foundCondition, distanceKm: z.number().min(0).max(20_100).optional(), durationH: z.number().min(0),
  reasonsPush: z.array(reason).max(20), reasonsPull: z.array(reason).max(20), exploitationDisclosed: z.enum(['YES', 'NO', 'NOT_KNOWN']), childSaid: z.string().max(4_000).optional(), safeToDiscloseLocation: z.enum(['YES', 'NO', 'NOT_KNOWN']),
});
export type Outcome = z.output<typeof outcome>;

export interface Place { readonly lat: number; readonly lon: number }

/** Straight line from where last seen, in km to one decimal (S03: 900 m is 0.9). Undefined when one place is not known. */
export function distanceKm(lastSeen: Place | undefined, found: Place | undefined): number | undefined {
  return lastSeen && found ? Math.round(distanceMetres(lastSeen, found) / 100) / 10 : undefined;
}

/** Hours from the report to when the person was located, elapsed, to one decimal; never below nought. */
export function durationH(reportedAt: string, locatedAt: string): number {
  return Math.max(0, Math.round((Date.parse(locatedAt) - Date.parse(reportedAt)) / 360_000) / 10);
}

export const isDead = (condition: FoundCondition): boolean => condition.startsWith('DECEASED_');
export const isHarm = (condition: FoundCondition): boolean => condition !== 'UNHURT' && condition !== 'UNKNOWN';
