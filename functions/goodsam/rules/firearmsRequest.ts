import * as z from 'zod';
import { plusSeconds } from './due.ts';
import type { ReasonCode } from './terms.ts';
import type { AreaTiming } from './timing.ts';

/** Flags that put a remote inspection before the licensing supervisor (7.2). */
export const falFlags = z.strictObject({
  medicalMarker: z.boolean(), daHistory: z.boolean(), intelligenceMarker: z.boolean(), priorSecurityBreach: z.boolean(), mobileHome: z.boolean(), section5: z.boolean(),
  lastInspectionRemote: z.boolean(), gunCount: z.int().min(0).max(1000),
});
export type FalFlags = z.output<typeof falFlags>;

/** More guns than this need the supervisor. Ours, for the spec leaves the number to the force: configuration. */
export const defaultGunLimit = 10;

/** The flags that make authority necessary; none means none. Where there is one, a visit in person is the default that the form shows. */
export function falAuthorityReasons(flags: FalFlags, gunLimit: number = defaultGunLimit): string[] {
  const { gunCount, ...markers } = flags;
  const raised = Object.entries(markers).filter(([, isSet]) => isSet).map(([name]) => name);
  return gunCount > gunLimit ? [...raised, 'gunCount'] : raised;
}

/** What must be true before a slot is offered (7.2 P; a first grant needs a home visit unless the chief officer's policy allows). */
export const falPreconditions = z.strictObject({
  identityChecked: z.boolean(), toldVoluntary: z.boolean(), firstGrant: z.boolean(), policyAllowsGrant: z.boolean(),
});

export type Eligibility = { readonly ok: true } | { readonly ok: false; readonly code: 'ELIGIBILITY_FAILED'; readonly failed: readonly string[] };

export function checkFalPreconditions(given: z.output<typeof falPreconditions>): Eligibility {
  const failed = [
    ...(given.identityChecked ? [] : ['identityChecked']),
    ...(given.toldVoluntary ? [] : ['toldVoluntary']),
    ...(given.firstGrant && !given.policyAllowsGrant ? ['firstGrant'] : []),
  ];
  return failed.length === 0 ? { ok: true } : { ok: false, code: 'ELIGIBILITY_FAILED', failed };
}

export interface Slot {
  readonly slotStartAt: string;
  readonly slotEndAt: string;
  readonly linkOpensAt: string;
}

/** Slots are booked so far ahead at most. */
const FURTHEST = 180 * 24 * 3600;

/** Fields of a booked slot (21.22): it lies ahead, within 180 days, and is no longer than the longest session. `linkOpensAt` is ours. */
export function bookedSlot(start: string, end: string, now: string, timing: AreaTiming): Slot | { readonly code: 'INVALID_SLOT'; readonly why: string } {
  const [from, until, at] = [Date.parse(start), Date.parse(end), Date.parse(now)];
  if (!(from > at)) return { code: 'INVALID_SLOT', why: 'The slot must lie ahead.' };
  if (from - at > FURTHEST * 1000) return { code: 'INVALID_SLOT', why: 'The slot is more than 180 days ahead.' };
  if (!(until > from)) return { code: 'INVALID_SLOT', why: 'The slot must end after it starts.' };
  if (until - from > timing.maxSession * 1000) return { code: 'INVALID_SLOT', why: 'The slot is longer than a session may be.' };
  return { slotStartAt: start, slotEndAt: end, linkOpensAt: plusSeconds(start, -timing.linkOpensBefore) };
}

/** How the certificate's last renewal inspection was made, looked up by HMAC of the certificate. */
export type LastInspection = 'REMOTE' | 'IN_PERSON' | 'NONE';

/** No two renewal inspections in a row by video; no override; rechecks and all other reasons are exempt (21.26, A14). */
export function isConsecutiveRemote(reason: ReasonCode, last: LastInspection): boolean {
  return reason === 'RENEWAL_SECURITY_INSPECTION' && last === 'REMOTE';
}
