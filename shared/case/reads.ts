import { Conflict, type Write } from '../azure/store.ts';
import { extendChain } from './audit.ts';
import { readsChain, rowKeys } from './keys.ts';
import { loaded, type Loaded } from './load.ts';
import type { CaseDeps } from './room.ts';
import { headRow, pack, unpack, type HeadRow } from './rows.ts';
import { markDirty, put } from './transaction.ts';

export interface Consultation {
  /** The case, or the name of the list that was shown. */
  readonly subject: string;
  readonly by: string;
  /** What was looked at, for instance `document` or `list`. */
  readonly kind: string;
  readonly operationId: string;
  readonly about: Readonly<Record<string, string | number>>;
}

const slotMinutes = 10;
const tries = 8;

/**
 * Logs that somebody saw something, before it is shown (storage-protocol 10; DPA 2018 s62): one row per caller, subject and kind in ten minutes, in a
 * chain of its own so that reads never contend with commands. @throws Unavailable when it cannot be written: then nothing may be shown.
 */
export async function logConsultation(deps: CaseDeps, consultation: Consultation): Promise<void> {
  const now = deps.now().toISOString();
  const chain = readsChain(consultation.subject, now);
  const slot = `${now.slice(0, 15)}0`;
  const seen = rowKeys.seen(slot, consultation.by, consultation.kind);
  for (let n = 1; ; n++) {
    const [head, already] = await Promise.all([loadHead(deps, chain), deps.cases.get(chain, seen), markDirty(deps, chain, now)]);
    if (already) return;
    try {
      await deps.cases.transact([{ do: 'insert', row: { partitionKey: chain, rowKey: seen, fields: { at: now, slotMinutes } } }, ...chainWrites(chain, head, consultation, now)]);
      return;
    } catch (error) {
      if (!(error instanceof Conflict) || n === tries) throw error;
      await deps.sleep(2 + deps.random() * 20 * n);
    }
  }
}

function chainWrites(chain: string, head: Loaded<HeadRow> | undefined, { by, kind, operationId, about }: Consultation, at: string): Write[] {
  const step = extendChain(head?.value, { at, by, operationId, rows: {}, facts: [{ what: 'Consulted', kind: 'consultation', about: { ...about, kind } }] });
  return [
    ...step.rows.map((row): Write => ({ do: 'insert', row: { partitionKey: chain, rowKey: rowKeys.audit(row.seq), fields: pack(row) } })),
    put({ partitionKey: chain, rowKey: rowKeys.head, fields: pack(step.head) }, head),
  ];
}

async function loadHead(deps: CaseDeps, chain: string): Promise<Loaded<HeadRow> | undefined> {
  const row = await deps.cases.get(chain, rowKeys.head);
  return row && loaded(row, unpack(row, headRow));
}
