import type { StoredRow, TableStore } from '../azure/store.ts';
import { erasedHash, verifyChain } from './audit.ts';
import { rowKeys } from './keys.ts';
import { auditRow, contentHash, headRow, packedJson, type AuditRow, type HeadRow } from './rows.ts';

export interface Verdict {
  readonly chains: number;
  readonly rows: number;
  readonly faults: readonly { readonly chain: string; readonly fault: string }[];
}

/**
 * Reads every chain (cases and consultations) and says which do not verify. Needs read access only. It finds every edit, deletion, insertion or swap of
 * audit rows, and an edit of the state or part rows that the last step wrote. It cannot find that the newest rows were cut off together with a head
 * moved back: that is what the hourly root in immutable storage is for.
 */
export async function verifyAudit(cases: Pick<TableStore, 'list'>): Promise<Verdict> {
  const total = { chains: 0, rows: 0, faults: new Array<{ chain: string; fault: string }>() };
  for await (const { chain, rows } of partitions(cases)) {
    const { faults, count } = await verifySteady(cases, chain, rows);
    if (!count && !faults.length) continue;
    total.chains += 1;
    total.rows += count;
    total.faults.push(...faults.map(fault => ({ chain, fault })));
  }
  return total;
}

const looks = 20;

/** A chain that grows while it is read looks broken; one with faults is read again until two readings are the same. */
async function verifySteady(cases: Pick<TableStore, 'list'>, chain: string, read: readonly StoredRow[]): Promise<{ faults: string[]; count: number }> {
  let rows = read;
  let verdict = verifyPartition(rows);
  for (let look = 0; verdict.faults.length && look < looks; look++) {
    const again = await readPartition(cases, chain);
    if (again.length === rows.length && again.every((row, n) => row.rowKey === rows[n]?.rowKey && row.etag === rows[n].etag)) return verdict;
    rows = again;
    verdict = verifyPartition(rows);
  }
  return verdict;
}

/** All rows of one partition, in key order. */
export async function readPartition(cases: Pick<TableStore, 'list'>, partitionKey: string): Promise<StoredRow[]> {
  const rows: StoredRow[] = [];
  for (let next: string | undefined; ;) {
    const page = await cases.list({ partitionKey, limit: 1000, ...(next !== undefined && { next }) });
    rows.push(...page.rows);
    next = page.next;
    if (next === undefined) return rows;
  }
}

/** Partitions in key order; the store lists whole tables in that order, so a partition is complete when the next one begins. */
export async function* partitions(cases: Pick<TableStore, 'list'>): AsyncGenerator<{ chain: string; rows: StoredRow[] }> {
  let current: { chain: string; rows: StoredRow[] } | undefined;
  let next: string | undefined;
  do {
    const page = await cases.list({ limit: 1000, ...(next !== undefined && { next }) });
    for (const row of page.rows) {
      if (current && row.partitionKey !== current.chain) {
        yield current;
        current = undefined;
      }
      current ??= { chain: row.partitionKey, rows: [] };
      current.rows.push(row);
    }
    next = page.next;
  } while (next !== undefined);
  if (current) yield current;
}

export function verifyPartition(rows: readonly StoredRow[]): { faults: string[]; count: number } {
  const faults: string[] = [];
  const audits = rows.filter(row => row.rowKey.startsWith('audit|')).sort((a, b) => (a.rowKey < b.rowKey ? -1 : 1));
  const parsed = audits.flatMap((row): AuditRow[] => {
    const read = auditRow.safeParse(json(row));
    if (!read.success) faults.push(`${row.rowKey}: cannot be read`);
    else if (!Object.keys(row.fields).every(name => /^json\d+$/.test(name))) faults.push(`${row.rowKey}: holds more than a row of the audit`);
    else if (row.rowKey !== rowKeys.audit(read.data.seq)) faults.push(`${row.rowKey}: holds row ${read.data.seq}`);
    return read.success ? [read.data] : [];
  });
  faults.push(...verifyChain(parsed, readHead(rows, faults)), ...changedContent(rows, parsed));
  return { faults, count: audits.length };
}

function readHead(rows: readonly StoredRow[], faults: string[]): HeadRow | undefined {
  const row = rows.find(candidate => candidate.rowKey === rowKeys.head);
  const read = row && headRow.safeParse(json(row));
  if (read && !read.success) faults.push('the head cannot be read');
  return read?.data;
}

/** Each content row must be the one that the newest audit row naming it was written with. */
function changedContent(rows: readonly StoredRow[], audits: readonly AuditRow[]): string[] {
  const expected = new Map(audits.flatMap(audit => Object.entries(audit.rows)));
  const content = new Map(rows.filter(row => !isProtocolRow(row.rowKey)).map(row => [row.rowKey, contentHash(row)]));
  return [
    ...[...expected].filter(([key, hash]) => (content.get(key) ?? erasedHash) !== hash).map(([key]) => `${key}: is not what the audit says was written`),
    ...[...content.keys()].filter(key => !expected.has(key)).map(key => `${key}: no audit row says that it was written`),
  ];
}

/** Rows that the protocol keeps beside the content of a case. */
export function isProtocolRow(rowKey: string): boolean {
  return rowKey === rowKeys.head || /^(op|effect|audit|seen)\|/.test(rowKey);
}

function json(row: StoredRow): unknown {
  try {
    return JSON.parse(packedJson(row));
  } catch {
    return undefined;
  }
}
