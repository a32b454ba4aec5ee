import { Conflict, Unavailable, type Write } from '../azure/store.ts';
import { canonicalJson } from '../domain/canonical.ts';
import { extendChain } from './audit.ts';
import { readsChain, rowKeys, sha256 } from './keys.ts';
import { loaded, type Loaded } from './load.ts';
import type { CaseDeps } from './room.ts';
import { headRow, pack, unpack, type HeadRow } from './rows.ts';
import { markDirty, put } from './transaction.ts';
import { turns } from './turns.ts';

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
/** How long conflicts with other hosts are retried before the reader hears 503. */
const contention = 2_000;
const takeTurn = turns();

/**
 * Logs that somebody saw something, before it is shown (storage-protocol 10; DPA 2018 s62): one row per caller, subject, kind and what it was about in ten
 * minutes, in a chain of its own so that reads never contend with commands. Two serial round trips.
 * @throws Unavailable when it cannot be written: then nothing may be shown.
 */
export function logConsultation(deps: CaseDeps, consultation: Consultation): Promise<void> {
  return takeTurn(consultation.subject, () => logBesideOthers(deps, consultation));
}

/** The same without the queue of this process: what two hosts do to each other. */
export async function logBesideOthers(deps: CaseDeps, consultation: Consultation): Promise<void> {
  const giveUpAt = deps.now().getTime() + contention;
  for (let n = 1; ; n++) {
    const now = deps.now().toISOString();
    const chain = readsChain(consultation.subject, now);
    const seen = seenKey(consultation, now);
    const [head, already] = await Promise.all([loadHead(deps, chain), deps.cases.get(chain, seen), markDirty(deps, chain, now)]);
    if (already) return;
    try {
      await deps.cases.transact([{ do: 'insert', row: { partitionKey: chain, rowKey: seen, fields: { at: now, slotMinutes } } }, ...chainWrites(chain, head, consultation, now)]);
      return;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      if (deps.now().getTime() >= giveUpAt) throw new Unavailable('the log of consultations is busy', 1, { cause: error });
      await deps.sleep(2 + deps.random() * 20 * n);
    }
  }
}

/** What it was about is part of the key: the second page of a list, or another document of the case, is another consultation and must not hide behind the first. */
function seenKey({ by, kind, about }: Consultation, now: string): string {
  const what = Object.keys(about).length ? `|${sha256(canonicalJson(about)).slice(0, 16)}` : '';
  return rowKeys.seen(`${now.slice(0, 15)}0`, by, `${kind}${what}`);
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
