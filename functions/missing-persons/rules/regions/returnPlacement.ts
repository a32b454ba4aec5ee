import * as z from 'zod';
import { returnPlaceKind } from '../machine/caseSlice.ts';
import { unless } from '../machine/moment.ts';
import type { Failure } from '../terms.ts';
import { isBlank } from './region.ts';

/** As at the verification, but that "other" says nothing of who answers for the person there. */
export const placementKind = returnPlaceKind.exclude(['OTHER']);

/** Where a found person goes (15.4, "found and not safe to return"). */
export const returnPlacement = z.strictObject({
  to: placementKind, isSafeToReturn: z.boolean(), transportedBy: z.string().max(400).optional(), receivedBy: z.string().max(400).optional(),
  /** Looked whether a warrant is out or a condition of bail is broken, before anybody is taken anywhere. */
  isWarrantAndBailChecked: z.boolean(), detail: z.string().max(2_000).optional(),
});
export type ReturnPlacement = z.infer<typeof returnPlacement>;

/** Each decision is kept: somebody who could not go home may be brought there later. */
export const mostPlacements = 20;
export const returnPlacements = z.array(returnPlacement.extend({ by: z.string(), at: z.string() })).max(mostPlacements);

/** Everything that is wrong with it. `isUnder18Now`: when found. */
export function returnFailures({ to, isSafeToReturn, transportedBy, receivedBy, isWarrantAndBailChecked, detail }: ReturnPlacement, { isUnder18Now }: { readonly isUnder18Now: boolean }): Failure[] {
  const isTaken = to !== 'ADULT_DECLINES';
  return [
    ...unless(isTaken || !isUnder18Now, 'GUARD_UNMET', '15.4', 'A child cannot decline to be taken to safety.'), ...unless(to !== 'POLICE_PROTECTION' || isUnder18Now, 'GUARD_UNMET', '15.4', 'Police protection is for a child (Children Act 1989, section 46).'),
    ...unless(isSafeToReturn || (to !== 'HOME' && to !== 'PLACEMENT'), 'GUARD_UNMET', '15.4', 'It is not safe to return there: choose police protection, hospital, or another placement.'),
    ...unless(!isTaken || !isBlank(transportedBy), 'EVIDENCE_MISSING', '15.4', 'Say who brings the person.'), ...unless(!isTaken || !isBlank(receivedBy), 'EVIDENCE_MISSING', '15.4', 'Say who receives the person.'),
    ...unless(isWarrantAndBailChecked, 'EVIDENCE_MISSING', '15.4', 'Check for a warrant and for bail.'), ...unless(isSafeToReturn || !isBlank(detail), 'REASON_REQUIRED', '15.4', 'Say what makes it unsafe.'),
  ];
}
