import * as z from 'zod';
import type { ReasonCode } from './terms.ts';

/** All must be true, or an officer goes (7.3 P). */
export const daEligibility = z.strictObject({
  notEmergency: z.boolean(), offenderNotPresent: z.boolean(), callerInSafePlace: z.boolean(), ableAndWilling: z.boolean(), adultOrAppropriateAdult: z.boolean(), noImmediateMedicalNeed: z.boolean(),
  /** The choice of an officer in person was offered, and what the person chose. */
  inPersonOffered: z.boolean(), choice: z.enum(['VIDEO', 'IN_PERSON']),
});
export type DaEligibility = z.output<typeof daEligibility>;

export type DaResult = { readonly ok: true } | { readonly ok: false; readonly code: 'ELIGIBILITY_FAILED'; readonly failed: readonly string[]; readonly deploy: true };

/** Whether video may serve. Anything false, not answered, or a choice of IN_PERSON: deploy. */
export function checkDaEligibility(given: DaEligibility | undefined): DaResult {
  if (given === undefined) return { ok: false, code: 'ELIGIBILITY_FAILED', failed: ['eligibility'], deploy: true };
  const { choice, ...facts } = given;
  const failed = Object.entries(facts).filter(([, isTrue]) => !isTrue).map(([name]) => name);
  const all = choice === 'IN_PERSON' ? [...failed, 'choice'] : failed;
  return all.length === 0 ? { ok: true } : { ok: false, code: 'ELIGIBILITY_FAILED', failed: all, deploy: true };
}

/** A follow-up of a high-risk case needs the detective sergeant (7.3 A). A follow-up is every reason but the first response. */
export function daNeedsAuthority(reason: ReasonCode, riskLevel: 'STANDARD' | 'MEDIUM' | 'HIGH' | undefined): boolean {
  return riskLevel === 'HIGH' && reason !== 'RVR_FIRST_RESPONSE';
}
