import { Conflict } from '../../shared/azure/store.ts';
import { londonDate } from '../../shared/domain/london.ts';
import type { MissingDeps } from './deps.ts';

/**
 * The next reference of a case, `MP/<force>/<year>/<6 digits>` (3.1): never used twice; a number that a crash took is a gap, which 3.1 allows. One row a year is written for each accepted
 * report: some thousands of times a year.
 */
export async function nextCaseRef({ cases, settings }: Pick<MissingDeps, 'cases' | 'settings'>, recordId: string): Promise<string> {
  const year = londonDate(cases.now().toISOString()).slice(0, 4);
  const key = { partitionKey: 'missing-numbers', rowKey: `${settings.forceCode}|${year}` };
  for (;;) {
    const row = await cases.work.get(key.partitionKey, key.rowKey);
    const next = Number(row?.fields['last'] ?? 0) + 1;
    const written = { ...key, fields: { last: next, recordId } };
    try {
      await cases.work.transact([row ? { do: 'update', row: written, etag: row.etag } : { do: 'insert', row: written }]);
      return `MP/${settings.forceCode}/${year}/${String(next).padStart(6, '0')}`;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}
