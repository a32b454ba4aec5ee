import { hashOf } from './audit.ts';
import type { CaseDeps } from './room.ts';
import { auditRow, unpack, type AuditRow } from './rows.ts';

export interface AuditPage {
  readonly value: { seq: number; at: string; by: string; what: string; kind: AuditRow['kind']; about: string; hash: string }[];
  /** Whether the rows of this page form an unbroken chain. */
  readonly verified: boolean;
  /** Sequence number to go on after; absent at the end. */
  readonly next?: string;
}

/** A page of a case's audit chain, oldest first. `after` is a sequence number as text; anything else begins at the start. */
export async function auditPage({ cases }: Pick<CaseDeps, 'cases'>, caseId: string, { after, limit }: { readonly after?: string | undefined; readonly limit: number }): Promise<AuditPage> {
  const from = /^\d{1,10}$/.test(after ?? '') ? (after ?? '0').padStart(10, '0') : '0'.repeat(10);
  const page = await cases.list({ partitionKey: caseId, after: `audit|${from}`, below: 'audit}', limit });
  const rows = page.rows.map(row => unpack(row, auditRow));
  const last = rows.at(-1);
  return {
    value: rows.map(({ seq, at, by, what, kind, about, hash }) => ({ seq, at, by, what, kind, about: JSON.stringify(about), hash })),
    verified: rows.every(({ hash, ...content }, n) => hashOf(content) === hash && (n === 0 || content.previous === rows[n - 1]?.hash)),
    ...(page.next !== undefined && last && { next: String(last.seq) }),
  };
}
