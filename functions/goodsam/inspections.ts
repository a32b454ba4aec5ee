import { Conflict } from '../../shared/azure/store.ts';
import type { CaseDeps } from '../../shared/case/room.ts';
import type { LastInspection } from './rules/firearmsRequest.ts';

/** How the last renewal inspection of a certificate was made, kept by HMAC (goodsam.md 21.26). */
export async function lastInspection({ work }: Pick<CaseDeps, 'work'>, certificateHmacs: readonly string[]): Promise<LastInspection> {
  const rows = await Promise.all(certificateHmacs.map(hmac => work.get('inspection', hmac)));
  const newest = rows.flatMap(row => (row ? [row.fields] : [])).sort((a, b) => (String(a['at']) < String(b['at']) ? 1 : -1))[0];
  return newest?.['how'] === 'REMOTE' ? 'REMOTE' : newest?.['how'] === 'IN_PERSON' ? 'IN_PERSON' : 'NONE';
}

/** A later one replaces it. */
export async function noteInspection({ work }: Pick<CaseDeps, 'work'>, certificateHmac: string, about: { readonly how: 'REMOTE' | 'IN_PERSON'; readonly at: string }): Promise<void> {
  for (;;) {
    const row = await work.get('inspection', certificateHmac);
    const next = { partitionKey: 'inspection', rowKey: certificateHmac, fields: { ...about } };
    try {
      await work.transact([row ? { do: 'update', row: next, etag: row.etag } : { do: 'insert', row: next }]);
      return;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}
