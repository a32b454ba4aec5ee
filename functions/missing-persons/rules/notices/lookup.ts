import type { FieldName } from './fields.ts';
import { noticeTable, type NoticeRow, type Wording } from './table.ts';
import { staffKinds, type NoticeNumber, type RecipientKind, type Variant } from './words.ts';

const byNumber: ReadonlyMap<NoticeNumber, NoticeRow> = new Map(noticeTable.map(row => [row.n, row]));

/** The row of table 6.1. Throws RangeError for a number that the table lacks; `checkNotices` finds that at the start. */
export function rowOf(n: NoticeNumber): NoticeRow {
  const row = byNumber.get(n);
  if (row === undefined) throw new RangeError(`notice ${n} is not in the table`);
  return row;
}

/** What a row says in this variant, or undefined when it has no such variant. */
export const wordingOf = (n: NoticeNumber, variant: Variant): Wording | undefined => rowOf(n).wordings[variant];

/** The fields that may go to this kind of recipient. Empty for a variant that the row does not have: nothing is allowed by default. */
export function allowedFields(n: NoticeNumber, variant: Variant, kind: RecipientKind): readonly FieldName[] {
  const wording = wordingOf(n, variant);
  return wording === undefined ? [] : [...wording.may, ...(wording.mayAlso?.[kind] ?? [])];
}

/** Leaves the force: needs a lawful basis and a checked recipient (I6). */
export const isOutward = (kind: RecipientKind): boolean => !staffKinds.has(kind);
