import { describe, expect, it } from '@jest/globals';
import type { StoredRow } from '../../../shared/azure/store.ts';
import { logConsultation } from '../../../shared/case/reads.ts';
import { auditRow, headRow, pack, unpack } from '../../../shared/case/rows.ts';
import { verifyAudit } from '../../../shared/case/verify.ts';
import { extendChain, hashOf } from '../../../shared/case/audit.ts';
import { seeded } from './support/interleave.ts';
import { jarRoom, postOffice } from './support/jar.ts';
import { drain, jarId, keyOf, openedJar, send, type MemoryWorld } from './support/world.ts';

const room = jarRoom(postOffice());

/** A case with a history, and its consultations. */
async function history(): Promise<MemoryWorld> {
  const world = await openedJar(room);
  for (let n = 0; n < 8; n++) await send(world.deps, room, keyOf(`put-${n}`), { do: 'put', coin: `coin-${n}` });
  await send(world.deps, room, keyOf('turn'), { do: 'turn' });
  await drain(world, room);
  for (const by of ['ann', 'ben', 'cid']) await logConsultation(world.deps, { subject: jarId, by, kind: 'jar', operationId: 'GetJar', about: {} });
  return world;
}

type Rows = Map<string, StoredRow>;
type Edit = (rows: Rows, random: () => number) => string;

const audits = (rows: Rows): [string, StoredRow][] => [...rows].filter(([, row]) => row.rowKey.startsWith('audit|'));
function pick<T>(from: readonly T[], random: () => number): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}
function withJson(row: StoredRow, value: unknown): StoredRow {
  return { ...row, fields: { ...pack(value), ...(row.fields['version'] !== undefined && { version: row.fields['version'] }) } };
}

/** What somebody with write access might do to the rows. Each says what it did. */
const edits: Record<string, Edit> = {
  flip(rows, random) {
    const [id, row] = pick(audits(rows), random);
    const text = String(row.fields['json0']);
    const at = Math.floor(random() * text.length);
    const letter = text.charAt(at) === 'a' ? 'b' : 'a';
    rows.set(id, { ...row, fields: { json0: text.slice(0, at) + letter + text.slice(at + 1) } });
    return `flip ${row.rowKey} at ${at}`;
  },
  flipState(rows, random) {
    const [id, row] = pick([...rows].filter(([, each]) => each.rowKey === 'state' || each.rowKey.startsWith('lid|')), random);
    if (random() < 0.3) rows.set(id, { ...row, fields: { ...row.fields, version: Number(row.fields['version']) + 1 } });
    else rows.set(id, { ...row, fields: { ...row.fields, json0: `${String(row.fields['json0'])} ` } });
    return `flip ${row.rowKey}`;
  },
  remove(rows, random) {
    const [id, row] = pick(audits(rows), random);
    rows.delete(id);
    return `remove ${row.rowKey}`;
  },
  removeContent(rows, random) {
    const [id, row] = pick([...rows].filter(([, each]) => ['state', 'head', 'lid|1'].includes(each.rowKey)), random);
    rows.delete(id);
    return `remove ${row.rowKey}`;
  },
  insert(rows, random) {
    const [id, row] = pick(audits(rows), random);
    const key = pick([`audit|${String(Math.floor(random() * 40)).padStart(10, '0')}x`, 'audit|0000000099', 'audit|1', 'doc|forged'], random);
    rows.set(`${id}-forged`, { ...row, rowKey: key });
    return `insert ${key}`;
  },
  swap(rows, random) {
    const [[idA, a], [idB, b]] = [pick(audits(rows), random), pick(audits(rows), random)];
    if (a.fields['json0'] === b.fields['json0']) return edits['flip']?.(rows, random) ?? '';
    rows.set(idA, { ...a, fields: b.fields });
    rows.set(idB, { ...b, fields: a.fields });
    return `swap ${a.rowKey} ${b.rowKey}`;
  },
  rewrite(rows, random) {
    // With a hash of its own that is right, but not the one that the next row or the head knows.
    const [id, row] = pick(audits(rows), random);
    const { hash: _old, ...content } = unpack(row, auditRow);
    const forged = { ...content, by: `mallory-${Math.floor(random() * 1e6)}` };
    rows.set(id, withJson(row, { ...forged, hash: hashOf(forged) }));
    return `rewrite ${row.rowKey}`;
  },
  rewriteChain(rows, random) {
    // All rows from one on, hashes and all, but not the head.
    const chain = pick([...new Set(audits(rows).map(([, row]) => row.partitionKey))], random);
    const own = audits(rows).filter(([, row]) => row.partitionKey === chain).sort(([, a], [, b]) => (a.rowKey < b.rowKey ? -1 : 1));
    const from = Math.floor(random() * own.length);
    let previous = '';
    own.slice(from).forEach(([id, row], n) => {
      const { hash: _old, ...content } = unpack(row, auditRow);
      const forged = { ...content, by: 'mallory', ...(n > 0 && { previous }) };
      previous = hashOf(forged);
      rows.set(id, withJson(row, { ...forged, hash: previous }));
    });
    return `rewrite ${chain} from ${from}`;
  },
  head(rows, random) {
    const [id, row] = pick([...rows].filter(([, each]) => each.rowKey === 'head'), random);
    const head = unpack(row, headRow);
    rows.set(id, withJson(row, random() < 0.5 ? { ...head, seq: head.seq + 1 } : { ...head, hash: head.hash.replace(/^./, first => (first === '0' ? '1' : '0')) }));
    return 'head';
  },
  truncate(rows) {
    const last = audits(rows).filter(([, row]) => row.partitionKey === jarId).sort(([, a], [, b]) => (a.rowKey < b.rowKey ? 1 : -1))[0];
    if (last) rows.delete(last[0]);
    return 'cut the tail off';
  },
};

async function faultsAfter(world: MemoryWorld, edit: (rows: Rows) => void): Promise<number> {
  const kept = new Map(world.cases.rows);
  edit(world.cases.rows);
  const { faults } = await verifyAudit(world.cases);
  world.cases.rows.clear();
  for (const [id, row] of kept) world.cases.rows.set(id, row);
  return faults.length;
}

describe('H8 edits of the audit', () => {
  it('finds 1,000 of 1,000 random edits', async () => {
    const world = await history();
    expect(await verifyAudit(world.cases)).toEqual({ chains: 2, rows: 21, faults: [] });
    const random = seeded(8);
    const names = Object.keys(edits);
    const missed: string[] = [];
    for (let n = 0; n < 1_000; n++) {
      const name = names[n % names.length] ?? '';
      let did = '';
      if (!(await faultsAfter(world, rows => { did = edits[name]?.(rows, random) ?? ''; }))) missed.push(`${name}: ${did}`);
    }
    expect(missed).toEqual([]);
    expect((await verifyAudit(world.cases)).faults).toEqual([]);
  });

  it('does not find that the newest rows were cut off together with a head moved back: only the hourly root in immutable storage shows that', async () => {
    const world = await history();
    const faults = await faultsAfter(world, rows => {
      const reads = audits(rows).filter(([, row]) => row.partitionKey.includes('|reads|')).sort(([, a], [, b]) => (a.rowKey < b.rowKey ? -1 : 1));
      const [newest, before] = [reads.at(-1), reads.at(-2)];
      if (!newest || !before) throw new Error('too short');
      rows.delete(newest[0]);
      const [id, head] = [...rows].find(([, row]) => row.rowKey === 'head' && row.partitionKey === newest[1].partitionKey) ?? [];
      const { seq, hash } = unpack(before[1], auditRow);
      if (id !== undefined && head) rows.set(id, withJson(head, { seq, hash }));
    });
    expect(faults).toBe(0);
  });

  it('a chain of 10,000 rows verifies, whatever the clock said', () => {
    let head;
    let at = Date.parse('2026-10-25T00:59:00.000Z');
    for (let n = 0; n < 10_000; n++) {
      at += n % 7 ? 1_000 : -300_000;
      ({ head } = extendChain(head, { at: new Date(at).toISOString(), by: 'ann', operationId: 'op', facts: [{ what: 'Did', kind: 'none' }], rows: {} }));
    }
    expect(head?.seq).toBe(10_000);
  });
});
