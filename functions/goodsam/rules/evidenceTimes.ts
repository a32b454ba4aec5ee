import { evidenceLimits, evidenceTransitions, type MediaItem } from './evidence.ts';

/** Something that must be noticed: a late retrieval (15 min), evidence that is still not stored (24 h), the provider's own deletion near (72 h before). */
export interface EvidenceAlarm {
  readonly kind: 'RETRIEVE_LATE' | 'NOT_STORED' | 'PROVIDER_WILL_DELETE' | 'NO_VERDICT';
  readonly dueAt: string;
}

const notHeldYet = ['PENDING', 'AVAILABLE', 'RETRIEVING', 'RETRIEVAL_FAILED', 'MANUAL_ACTION'];

/** The alarms of an item (goodsam.md 4.3, 21.21), past and to come, soonest first: those with `dueAt` at or before now are due. */
export function alarmsOf(item: MediaItem): EvidenceAlarm[] {
  const alarms: EvidenceAlarm[] = [];
  const add = (kind: EvidenceAlarm['kind'], from: string | undefined, plus: number): void => {
    if (from !== undefined) alarms.push({ kind, dueAt: new Date(Date.parse(from) + plus).toISOString() });
  };
  const isOpen = notHeldYet.includes(item.state) || item.state === 'SCANNING';
  if (item.state === 'AVAILABLE') add('RETRIEVE_LATE', item.availableAt, evidenceLimits.retrieveWithin);
  if (item.state === 'SCANNING') add('NO_VERDICT', item.scanningSince, evidenceLimits.verdictWithin);
  if (isOpen) add('NOT_STORED', item.availableAt ?? item.pendingSince, evidenceLimits.storeWithin);
  // What is held here, though without a verdict, is not lost when the provider deletes.
  if (notHeldYet.includes(item.state) && item.sha256 === undefined) add('PROVIDER_WILL_DELETE', item.providerDeletesAt, -evidenceLimits.beforeProviderDeletes);
  return alarms.sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));
}

/** When to try again after this many failed tries: 1, 5, 15, 60 minutes. UTC ISO in and out. */
export function retryAt(tries: number, now: string): string {
  const minutes = [1, 5, 15, 60][Math.min(Math.max(tries, 1), 4) - 1] ?? 60;
  return new Date(Date.parse(now) + minutes * 60_000).toISOString();
}

/** The machine as a table for the documents (tests/goodsam/evidence compares it with docs/adr/0012-evidence.md). */
export function evidenceTable(): string {
  const rows = evidenceTransitions.map(({ from, event, to, guard }) => `| ${from.join(', ')} | ${event} | ${to} | ${guard} |`);
  return ['| From | Event | To | Guard |', '|---|---|---|---|', ...rows].join('\n');
}
