import { canonicalJson } from '../domain/canonical.ts';
import type { Fact } from '../domain/decision.ts';
import { sha256 } from './keys.ts';
import type { AuditRow, HeadRow } from './rows.ts';

/** The hash before the first row of a chain. */
export const genesis = '0'.repeat(64);

/** Stands for a row that was erased: no content has this hash. */
export const erasedHash = genesis;

export interface Step {
  readonly at: string;
  readonly by: string;
  readonly operationId: string;
  readonly facts: readonly Fact[];
  /** SHA-256 by row key of what the step writes. */
  readonly rows: Readonly<Record<string, string>>;
}

/** Appends the facts of one step to a chain. The last row carries the hashes of the rows written. */
export function extendChain(head: HeadRow | undefined, step: Step): { rows: AuditRow[]; head: HeadRow } {
  let { seq, hash } = head ?? { seq: 0, hash: genesis };
  const rows = step.facts.map((fact, n): AuditRow => {
    seq += 1;
    const content = {
      seq, previous: hash, at: step.at, by: step.by, what: fact.what, kind: fact.kind, operationId: step.operationId,
      about: { ...fact.about }, rows: n === step.facts.length - 1 ? { ...step.rows } : {},
    };
    hash = hashOf(content);
    return { ...content, hash };
  });
  return { rows, head: { seq, hash } };
}

export function hashOf(content: Omit<AuditRow, 'hash'>): string {
  return sha256(canonicalJson(content));
}

/** Faults of a chain, in words; empty when it verifies. Order is by seq, never by time: clocks step backwards. */
export function verifyChain(rows: readonly AuditRow[], head: HeadRow | undefined): string[] {
  const faults: string[] = [];
  let previous = genesis;
  rows.forEach((row, n) => {
    if (row.seq !== n + 1) faults.push(`row ${n + 1}: has seq ${row.seq}`);
    if (row.previous !== previous) faults.push(`row ${n + 1}: does not follow the row before it`);
    const { hash, ...content } = row;
    if (hashOf(content) !== hash) faults.push(`row ${n + 1}: its content was changed`);
    previous = hash;
  });
  if (!head && rows.length) faults.push('the head is missing');
  if (head && head.seq !== rows.length) faults.push(`the head says ${head.seq} rows, ${rows.length} are there`);
  if (head && head.hash !== previous) faults.push('the head does not match the last row');
  return faults;
}
