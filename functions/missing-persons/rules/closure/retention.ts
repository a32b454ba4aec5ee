import * as z from 'zod';
import { addTo } from '../clock/duration.ts';
import { turns18At } from '../clock/age.ts';
import { isSamePerson, unless } from '../machine/moment.ts';
import { inOrder, type Failure, type Role } from '../terms.ts';

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
  readonly class: RetentionClass; readonly rrdAt: string; readonly hasLegalHold: boolean; readonly proposedBy?: string;
  /** Appeals that are still published somewhere, and samples (DNA, dental) that nobody has disposed of: with the record nobody would know of them. */
  readonly holdings: { readonly publicityCopies: readonly string[]; readonly samples: number };
}

type Kept = Omit<DeletionFacts, 'proposedBy'>;

/** What keeps a record, whoever asks (3.10): a legal hold, an open record, its date, an appeal that is still up, a sample that is still held. */
export function whyKept({ class: name, rrdAt, hasLegalHold, holdings }: Kept, now: string): Failure[] {
  return [
    ...unless(!hasLegalHold, 'GUARD_UNMET', '3.10', 'A legal hold stands on this record.'), ...unless(name !== 'OPEN', 'GUARD_UNMET', '3.10', 'This has not ended: the record is kept.'),
    ...unless(rrdAt <= now, 'TOO_EARLY', '3.10', `It is looked at from ${rrdAt.slice(0, 10)} on.`), ...unless(holdings.publicityCopies.length === 0, 'GUARD_UNMET', '3.10', 'An appeal is still published; take it down first.'),
    ...unless(holdings.samples === 0, 'GUARD_UNMET', '3.10', 'A sample (DNA, dental, fingerprints) is still held; have it disposed of first.'),
  ];
}

/** What keeps a deletion from being approved: two people, and everything that keeps the record. */
export function deletionFailures({ proposedBy, ...kept }: DeletionFacts, { by, roles, now }: { readonly by: string; readonly roles: readonly Role[]; readonly now: string }): Failure[] {
  return inOrder([
    ...unless(proposedBy !== undefined, 'GUARD_UNMET', '3.10', 'Somebody proposes the deletion first.'), ...unless(!isSamePerson(proposedBy, by), 'SEGREGATION', '3.10', 'The person who proposed the deletion cannot approve it.'),
    ...unless(roles.includes('DPO'), 'ROLE_DENIED', '3.10', 'The data protection officer approves a deletion.'), ...whyKept(kept, now),
  ]);
}
