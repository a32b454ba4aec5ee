import * as z from 'zod';
import { addTo } from '../clock/duration.ts';
import { turns18At } from '../clock/age.ts';
import { inOrder, type Failure, type RefusalCode, type Role } from '../terms.ts';

const years = z.int().min(1).max(100);

/** `retain.*` (3.10; the DPO owns them). Closed records are looked at again at the date; nothing is deleted by itself (I10) [S49]. */
export const retentionSettings = z.strictObject({
  openYears: years.default(100), safeAdultYears: z.int().min(6).max(100).default(7), childUntilAge: z.int().min(25).max(100).default(25), exploitedChildUntilAge: z.int().min(25).max(100).default(31),
  /** MoPI groups by the linked crime, or a death. Group 1 until the person would be 100. */
  mopi1Years: years.default(100), mopi2Years: z.int().min(6).max(100).default(10), mopi3Years: z.int().min(6).max(100).default(6),
});
export type RetentionSettings = z.output<typeof retentionSettings>;

export const retentionClass = z.enum(['OPEN', 'CLOSED_SAFE_ADULT', 'CLOSED_CHILD', 'CLOSED_CHILD_EXPLOITED', 'MOPI_1', 'MOPI_2', 'MOPI_3']);
export type RetentionClass = z.infer<typeof retentionClass>;

export interface RetentionFacts {
  readonly isClosed: boolean; readonly isUnder18: boolean; readonly isExploited: boolean; readonly isDeceased: boolean;
  /** Of the gravest linked crime. */
  readonly mopiGroup?: 1 | 2 | 3;
}

/** The class of a record (3.10). Crime and death win over childhood in the class; the later date counts, see `reviewRrdAt`. A death without a known crime is group 1 until somebody decides otherwise. */
export function classOf({ isClosed, isUnder18, isExploited, isDeceased, mopiGroup }: RetentionFacts): RetentionClass {
  if (!isClosed) return 'OPEN';
  if (mopiGroup !== undefined) return mopiGroup === 1 ? 'MOPI_1' : mopiGroup === 2 ? 'MOPI_2' : 'MOPI_3';
  if (isDeceased) return 'MOPI_1';
  if (isUnder18) return isExploited ? 'CLOSED_CHILD_EXPLOITED' : 'CLOSED_CHILD';
  return 'CLOSED_SAFE_ADULT';
}

export interface RetentionDates { readonly reportedAt: string; readonly closedAt?: string; readonly bornOn?: string }

/** When the record is looked at for review, retention or disposal (RRD). A child's is never before the child's age, whatever else the class says. UTC. */
export function reviewRrdAt(facts: RetentionFacts, { reportedAt, closedAt = reportedAt, bornOn }: RetentionDates, settings: RetentionSettings): string {
  const byClass = addTo(facts.isClosed ? closedAt : reportedAt, { unit: 'years', n: yearsOf(classOf(facts), settings) });
  if (!facts.isUnder18) return byClass;
  const age = facts.isExploited ? settings.exploitedChildUntilAge : settings.childUntilAge;
  // Without a date of birth the child is taken to be newborn: too long rather than too short.
  const untilAge = bornOn === undefined ? addTo(reportedAt, { unit: 'years', n: age }) : addTo(turns18At({ by: 'DATE', date: bornOn }), { unit: 'years', n: age - 18 });
  return untilAge > byClass ? untilAge : byClass;
}

function yearsOf(name: RetentionClass, settings: RetentionSettings): number {
  const table = { OPEN: settings.openYears, CLOSED_SAFE_ADULT: settings.safeAdultYears, CLOSED_CHILD: settings.safeAdultYears, CLOSED_CHILD_EXPLOITED: settings.safeAdultYears, MOPI_1: settings.mopi1Years, MOPI_2: settings.mopi2Years, MOPI_3: settings.mopi3Years };
  return table[name];
}

export interface DeletionFacts {
  readonly caseRef: string; readonly class: RetentionClass; readonly rrdAt: string; readonly hasLegalHold: boolean; readonly proposedBy?: string;
  readonly holdings: { readonly dna: number; readonly dental: number; readonly prints: number; readonly photographs: number; readonly publicityCopies: readonly string[]; readonly parts: readonly string[]; readonly indexRows: readonly string[]; readonly copiesElsewhere: readonly string[] };
}

/** What may keep a deletion from being approved (3.10): two people, its date, no legal hold, an open record never, appeals still published somewhere. */
export function deletionFailures({ class: name, rrdAt, hasLegalHold, proposedBy, holdings }: DeletionFacts, { by, roles, now }: { readonly by: string; readonly roles: readonly Role[]; readonly now: string }): Failure[] {
  const checks: readonly (readonly [boolean, RefusalCode, string])[] = [
    [proposedBy !== undefined, 'GUARD_UNMET', 'Somebody proposes the deletion first.'], [proposedBy !== by, 'SEGREGATION', 'The person who proposed the deletion cannot approve it.'],
    [roles.includes('DPO'), 'ROLE_DENIED', 'The data protection officer approves a deletion.'], [!hasLegalHold, 'GUARD_UNMET', 'A legal hold stands on this record.'],
    [name !== 'OPEN', 'GUARD_UNMET', 'The person has not been found: the record is kept.'], [rrdAt <= now, 'TOO_EARLY', `It is looked at from ${rrdAt.slice(0, 10)} on.`],
    [holdings.publicityCopies.length === 0, 'GUARD_UNMET', 'An appeal is still published; take it down first.'],
  ];
  return inOrder(checks.flatMap(([isSo, code, why]) => (isSo ? [] : [{ code, why, rule: '3.10' }])));
}

export interface DeletionPlan { readonly steps: readonly { readonly what: 'DNA' | 'DENTAL' | 'PRINTS' | 'PHOTOGRAPHS' | 'PARTS' | 'INDEX' | 'COPY_ELSEWHERE' | 'STATE'; readonly about: readonly string[] }[]; readonly tombstone: { readonly caseRef: string; readonly class: RetentionClass; readonly deletedAt: string; readonly basis: string } }

/** What is deleted, in this order: what lies outside first, the state row last, so that a plan that was interrupted can be run again. The tombstone holds nothing about a person. */
export function deletionPlan({ caseRef, class: name, holdings }: DeletionFacts, basis: string, now: string): DeletionPlan {
  const counted = ([what, n]: readonly ['DNA' | 'DENTAL' | 'PRINTS' | 'PHOTOGRAPHS', number]) => (n > 0 ? [{ what, about: [`${n}`] }] : []);
  const listed = (what: 'COPY_ELSEWHERE' | 'PARTS' | 'INDEX', about: readonly string[]) => (about.length > 0 ? [{ what, about }] : []);
  const steps = [
    ...counted(['DNA', holdings.dna]), ...counted(['DENTAL', holdings.dental]), ...counted(['PRINTS', holdings.prints]), ...counted(['PHOTOGRAPHS', holdings.photographs]), ...listed('COPY_ELSEWHERE', holdings.copiesElsewhere),
    ...listed('PARTS', holdings.parts), ...listed('INDEX', holdings.indexRows), { what: 'STATE' as const, about: [caseRef] },
  ];
  return { steps, tombstone: { caseRef, class: name, deletedAt: now, basis } };
}
