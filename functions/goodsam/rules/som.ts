import * as z from 'zod';
import { distanceM, type Place } from './location.ts';

export const somRequest = z.strictObject({
  riskLevel: z.enum(['LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH']),
  /** Why the detective sergeant should let a high risk be checked by video. */
  overrideReason: z.string().max(500).optional(),
  whyNotUnannounced: z.string().min(1).max(500),
  /** Never the only check of a period of risk review (7.4 P). */
  onlyCheckInPeriod: z.literal(false),
  childInView: z.literal(false),
});
export type SomRequest = z.output<typeof somRequest>;

/** Authority is always needed (17). A high risk without a reason is refused, with one the sergeant ticks the override on the card of the request (21.29, A22). */
export function somRisk(request: Pick<SomRequest, 'riskLevel' | 'overrideReason'>): { readonly kind: 'AUTHORITY'; readonly override: boolean } | { readonly kind: 'REFUSED'; readonly code: 'RISK_TOO_HIGH' } {
  const high = request.riskLevel === 'HIGH' || request.riskLevel === 'VERY_HIGH';
  if (high && (request.overrideReason ?? '').trim() === '') return { kind: 'REFUSED', code: 'RISK_TOO_HIGH' };
  return { kind: 'AUTHORITY', override: high };
}

/** Default of "within X m of the registered address"; configuration. */
export const defaultAddressRadiusM = 100;

export interface AddressDistance {
  readonly distanceM: number;
  readonly within: boolean;
  /** Always shown with it: the location of a browser can be faked (7.4 S). */
  readonly warning: 'MAY_BE_FAKED';
}

/** How far the fix is from the registered address. The accuracy of the fix is not taken off: a doubtful fix must not pass as near. */
export function distanceFromAddress(fix: Place, address: Place, radiusM: number = defaultAddressRadiusM): AddressDistance {
  const metres = Math.round(distanceM(fix, address));
  return { distanceM: metres, within: metres <= radiusM, warning: 'MAY_BE_FAKED' };
}

/** Seconds from SENT to OPENED (17); null where one is missing or the clocks contradict. */
export function startToAnswerSeconds(sentAt: string | undefined, openedAt: string | undefined): number | null {
  if (sentAt === undefined || openedAt === undefined) return null;
  const seconds = Math.round((Date.parse(openedAt) - Date.parse(sentAt)) / 1000);
  return seconds >= 0 ? seconds : null;
}
