import { expect } from '@jest/globals';
import { asCase, loadCase, loadOperation } from '../../../../shared/case/load.ts';
import type { Outcome } from '../../../../shared/case/commit.ts';
import { dirtyKey } from '../../../../shared/case/keys.ts';
import { rebuildIndex } from '../../../../shared/case/rebuild.ts';
import { auditRow, operationRow, unpack, type AuditRow, type OperationRow } from '../../../../shared/case/rows.ts';
import { verifyAudit } from '../../../../shared/case/verify.ts';
import { jarLists, type Jar, type JarRoom } from './jar.ts';
import { jarId, type MemoryWorld } from './world.ts';

export async function jarOf(world: MemoryWorld, room: JarRoom, caseId = jarId): Promise<Jar | undefined> {
  return asCase(await loadCase(world.deps, room, caseId, []))?.state;
}

export async function statusOf(world: MemoryWorld, key: string): Promise<OperationRow['status'] | undefined> {
  return (await loadOperation(world.deps, jarId, key))?.value.status;
}

export function pendingRows(world: MemoryWorld): string[] {
  return [...world.workTable.rows.values()].filter(row => row.partitionKey.startsWith('pending|')).map(row => row.rowKey);
}

export function operationsOf(world: MemoryWorld): { key: string; row: OperationRow }[] {
  return [...world.cases.rows.values()].filter(row => row.rowKey.startsWith('op|')).map(row => ({ key: row.rowKey.slice(3), row: unpack(row, operationRow) }));
}

export function auditOf(world: MemoryWorld): AuditRow[] {
  return [...world.cases.rows.values()].filter(row => row.rowKey.startsWith('audit|')).map(row => unpack(row, auditRow)).sort((a, b) => a.seq - b.seq);
}

export function openRows(world: MemoryWorld): unknown[] {
  return [...world.workTable.rows.values()].filter(row => row.partitionKey.startsWith('index|') && row.fields['open'] === true)
    .map(({ partitionKey, rowKey, fields: { version: _version, ...fields } }) => ({ partitionKey, rowKey, fields })).sort((a, b) => (`${a.partitionKey}|${a.rowKey}` < `${b.partitionKey}|${b.rowKey}` ? -1 : 1));
}

/** What must hold when everything has come to its end: nothing pending, the audit verifies, each head will be in a root, and the lists are those of the cases. */
export async function expectSettled(world: MemoryWorld, room: JarRoom): Promise<void> {
  expect(pendingRows(world)).toEqual([]);
  expect(operationsOf(world).filter(({ row }) => row.status === 'pending')).toEqual([]);
  expect((await verifyAudit(world.cases)).faults).toEqual([]);
  for (const row of world.cases.rows.values()) {
    if (!row.rowKey.startsWith('audit|')) continue;
    const { at } = unpack(row, auditRow);
    // A root covers its own hour and the one before.
    const hours = [at, new Date(Date.parse(at) - 3_600_000).toISOString()];
    expect(hours.map(hour => dirtyKey(hour, row.partitionKey)).some(key => world.workTable.rows.has(`${key.partitionKey}\u0001${key.rowKey}`))).toBe(true);
  }
  const before = openRows(world);
  await rebuildIndex(world.deps, room, jarLists);
  expect(openRows(world)).toEqual(before);
}

/** An end state without what differs from run to run: times, tokens, hashes. */
export async function endState(world: MemoryWorld, room: JarRoom): Promise<unknown> {
  return {
    jar: await jarOf(world, room),
    operations: operationsOf(world).map(({ key, row: { status, reply, code } }) => ({ key, status, reply, code })).sort((a, b) => (a.key < b.key ? -1 : 1)),
    audit: auditOf(world).map(row => row.what),
    lists: openRows(world),
    pending: pendingRows(world),
  };
}

export function kindOf(outcome: Outcome): string {
  return outcome.kind === 'replayed' ? 'committed' : outcome.kind;
}

interface Told {
  /** The outcome that was told under each key. */
  readonly said: ReadonlyMap<string, Outcome>;
  readonly sent: { most(): number; total(): number };
}

/** Settled, and besides: what was told is so, each accepted coin is there once, each letter went out at most once and is recorded or with a person. */
export async function expectPromisesKept(world: MemoryWorld, room: JarRoom, { said, sent }: Told): Promise<void> {
  await expectSettled(world, room);
  const jar = await jarOf(world, room);
  if (!jar) throw new Error('no jar');
  expect(sent.most()).toBeLessThanOrEqual(1);
  expect(new Set(jar.coins).size).toBe(jar.coins.length);
  expect(new Set(jar.letters).size).toBe(jar.letters.length);
  const rows = new Map(operationsOf(world).map(({ key, row }) => [key, row]));
  for (const [key, outcome] of said) expect([key, kindOf(outcome) === 'committed']).toEqual([key, !['refused', 'abandoned', undefined].includes(rows.get(key)?.status)]);
  const puts = [...rows.values()].filter(row => row.command === 'put');
  expect(puts.filter(row => row.status !== 'refused').length).toBe(jar.coins.length);
  expect(puts.filter(row => row.status === 'done').length).toBe(jar.letters.length);
  // Not one letter went out that the case knows nothing of.
  expect(jar.letters.length + puts.filter(row => row.status === 'uncertain').length).toBeGreaterThanOrEqual(sent.total());
  expect(puts.filter(row => row.status === 'uncertain' || row.status === 'failed').length).toBeLessThanOrEqual(world.alarms.length);
}
