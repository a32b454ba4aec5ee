import { isUnder18At, type Birth } from '../clock/age.ts';
import type { Person, PersonSettings } from './person.ts';
import { known } from './unknown.ts';

export interface Ages {
  /** At the report. Who may be under 18 counts as a child; who has no age at all counts too, until it is known (DES). */
  readonly wasChildAtReport: boolean;
  readonly isChildNow: boolean;
  /** Whether the duties owed to a child are owed (3.2, DK): they stay until closure for who turned 18 while missing. */
  readonly hasChildDuties: boolean;
}

/** Under 18 at `reportedAt` and again at `at` (now, or when located). */
export function agesOf({ dob }: Pick<Person, 'dob'>, reportedAt: string, at: string, { keepDutiesAfter18 }: PersonSettings): Ages {
  const birth: Birth | undefined = known(dob);
  const isChildAt = (instant: string): boolean => birth === undefined || isUnder18At(birth, instant);
  const wasChildAtReport = isChildAt(reportedAt);
  const isChildNow = isChildAt(at);
  return { wasChildAtReport, isChildNow, hasChildDuties: isChildNow || (wasChildAtReport && keepDutiesAfter18) };
}
