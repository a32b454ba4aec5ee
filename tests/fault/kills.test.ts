import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startAzurite, type Azurite } from '../../local/azurite.ts';
import { createFaultPlan } from '../../local/host/faults.ts';
import { startFaultProxy } from '../../local/host/faultProxy.ts';
import { connectStorage } from '../../shared/azure/clients.ts';
import { allBuckets, effectKey, newCaseId } from '../../shared/case/keys.ts';
import { asCase, loadCase } from '../../shared/case/load.ts';
import type { CaseDeps } from '../../shared/case/room.ts';
import { auditRow, operationRow, unpack } from '../../shared/case/rows.ts';
import { readPartition, verifyPartition } from '../../shared/case/verify.ts';
import { keyOf } from '../shared/case/support/world.ts';
import { keepRunning, order, together, type Answer, type Order, type Process } from './processes.ts';
import { depsOf, roomsOf, type Run } from './rooms.ts';

/** A tenth of the size of reliability-and-security.md 3.1 unless FAULT_SCALE=1. */
const scale = process.env['FAULT_SCALE'] === '1' ? 10 : 1;
const perCase = 10;
/** Seconds on an idle machine; a minute or two when it is shared. */
const patience = 180_000 * scale;
let azurite: Azurite;
let folder: string;
let deps: CaseDeps;

beforeAll(async () => {
  azurite = await startAzurite();
  folder = await mkdtemp(join(tmpdir(), 'fault-'));
  await connectStorage({ connectionString: azurite.connectionString }).prepare(['jar-work', 'box-work', 'jar-work-poison', 'box-work-poison']);
  deps = depsOf(azurite);
});
afterAll(async () => {
  await azurite.stop();
  await rm(folder, { recursive: true });
});

function newRun(name: string, connectionString = azurite.connectionString): Run {
  return { connectionString, lettersFile: join(folder, `${name}.letters`) };
}

async function killUntil(process: Process, kills: number): Promise<void> {
  while (process.kills() < kills) await process.kill();
}

interface Ended { readonly lost: number; readonly duplicates: number; readonly accepted: number; readonly uncertain: number; readonly abandoned: number }

/** Cases with coins ordered from many clients at once; a coin whose key was abandoned is ordered again under another, as the protocol tells clients to. */
async function orderCoins(api: Process, name: string, cases: number): Promise<{ caseIds: { room: string; caseId: string }[]; answers: Answer[]; abandoned: number }> {
  const answers: Answer[] = [];
  let abandoned = 0;
  const caseIds = Array.from({ length: cases }, (_, n) => ({ room: n % 2 ? 'box' : 'jar', caseId: newCaseId('tenant', 'ann', name, `case-${n}`) }));
  const ask = async (wanted: Order): Promise<void> => {
    const answer = await order(api, wanted);
    answers.push(answer);
    if (answer.kind !== 'abandoned') return;
    abandoned += 1;
    await ask({ ...wanted, key: `again-${wanted.key}`.slice(0, 60) });
  };
  // An abandoned create keeps its partition: the next key makes the same case.
  await together(caseIds.map(at => () => ask({ ...at, key: keyOf('open'), command: { do: 'open' } })), 4);
  const coins = caseIds.flatMap(at => Array.from({ length: perCase }, (_, n) => () => ask({ ...at, key: keyOf(`put-${n}`), command: { do: 'put', coin: `coin-${n}` } })));
  await together(coins.sort(() => Math.random() - 0.5), 8);
  return { caseIds, answers, abandoned };
}

/** Waits until no operation is pending any more. Rejects with what still is. */
async function drained(timeoutMs: number): Promise<void> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const pending = (await Promise.all(allBuckets().map(bucket => deps.work.list({ partitionKey: `pending|${bucket}`, limit: 10 })))).flatMap(page => page.rows);
    if (!pending.length) return;
    if (Date.now() > until) throw new Error(`still pending: ${pending.map(row => row.rowKey).join(', ')}`);
    await sleep(200);
  }
}

/** What became of the coins that were said to be accepted, from storage itself. */
async function account(run: Run, caseIds: readonly { room: string; caseId: string }[], abandoned: number): Promise<Ended> {
  const letters = (await readFile(run.lettersFile, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const counts = new Map<string, number>();
  for (const letter of letters) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  const total = { lost: 0, duplicates: 0, accepted: 0, uncertain: 0, abandoned };
  for (const { room: name, caseId } of caseIds) {
    const room = roomsOf(run)[name === 'jar' ? 0 : 1];
    const rows = await readPartition(deps.cases, caseId);
    expect({ caseId, faults: verifyPartition(rows).faults }).toEqual({ caseId, faults: [] });
    const state = asCase(await loadCase(deps, room, caseId, []))?.state;
    const puts = rows.filter(row => row.rowKey.startsWith('op|')).map(row => unpack(row, operationRow)).filter(row => row.command === 'put');
    const audit = rows.filter(row => row.rowKey.startsWith('audit|')).map(row => unpack(row, auditRow));
    const uncertain = puts.filter(row => row.status === 'uncertain').length;
    total.accepted += state?.coins.length ?? 0;
    total.uncertain += uncertain;
    // Lost: accepted, and neither done nor with a person. The audit has a row for each letter that was recorded.
    total.lost += perCase - (state?.letters.length ?? 0) - uncertain;
    total.duplicates += (state?.letters.length ?? 0) - new Set(state?.letters).size + ((state?.coins.length ?? 0) - new Set(state?.coins).size);
    expect(audit.filter(row => row.what === 'LetterSent')).toHaveLength(state?.letters.length ?? -1);
  }
  // A box's provider does not know keys: one call each. A jar's may be called again with the same key.
  const boxes = new Set((await Promise.all(caseIds.filter(at => at.room === 'box').map(at => keysOf(at.caseId)))).flat());
  total.duplicates += [...counts].filter(([key, count]) => boxes.has(key) && count > 1).length;
  return total;
}

async function keysOf(caseId: string): Promise<string[]> {
  return (await readPartition(deps.cases, caseId)).filter(row => row.rowKey.startsWith('op|')).map(row => effectKey(caseId, row.rowKey.slice(3), 1));
}

describe('F1 kill -9 of API and worker', () => {
  it('loses no command, doubles no effect, and the audit verifies', async () => {
    const run = newRun('F1');
    const killAt = (n: number): Run => (n > 5 * scale ? run : { ...run, killAt: { n: 20 + ((n * 37) % 60), call: 'any' } });
    const api = keepRunning('api', killAt);
    const workers = [keepRunning('worker', start => (start > 8 * scale ? run : { ...run, killAt: { n: 40 + ((start * 53) % 90), call: 'any' } })), keepRunning('worker', () => run)] as const;
    try {
      const { caseIds, abandoned } = await orderCoins(api, 'F1', 10 * scale);
      const ordered = Date.now();
      await Promise.all([killUntil(api, 5 * scale), killUntil(workers[0], 10 * scale)]);
      await drained(90_000);
      const ended = await account(run, caseIds, abandoned);
      process.stderr.write(`F1: ${JSON.stringify({ ...ended, apiKills: api.kills(), workerKills: workers[0].kills(), drainedAfter: Date.now() - ordered })}\n`);
      expect(ended).toMatchObject({ lost: 0, duplicates: 0, accepted: 100 * scale });
      expect(api.kills()).toBeGreaterThanOrEqual(5 * scale);
    } finally {
      await Promise.all([api, ...workers].map(child => child.stop()));
    }
  }, patience);

  it('killed at its sends, write-then-send loses commands and the protocol none', async () => {
    const [protocol, twin] = await Promise.all([killedAtSends(false), killedAtSends(true)]);
    process.stderr.write(`F1 killed at the send, lost: protocol ${protocol}, write-then-send ${twin}\n`);
    expect(protocol).toBe(0);
    expect(twin).toBeGreaterThanOrEqual(1);
  }, patience);
});

/** Commands to an API of which two processes die at a send. Returns how many coins are in the jar without a letter for ever. */
async function killedAtSends(isTwin: boolean): Promise<number> {
  const run = { ...newRun(`F1-${isTwin ? 'twin' : 'protocol'}`), isTwin };
  const api = keepRunning('api', start => (start < 2 ? { ...run, killAt: { n: 2, call: 'queue.send' } } : run));
  const worker = keepRunning('worker', () => run);
  try {
    const caseId = newCaseId('tenant', 'ann', 'F1', `twin-${String(isTwin)}`);
    const ask = async (key: string, command: Order['command']): Promise<void> => {
      // The twin's client hears a broken connection, asks again, and is told that there is such an operation.
      await order(api, { room: 'jar', caseId, key: keyOf(key), command }).catch((error: unknown) => {
        if (!isTwin) throw error;
      });
    };
    await ask('open', { do: 'open' });
    for (let n = 0; n < 5; n++) await ask(`put-${n}`, { do: 'put', coin: `coin-${n}` });
    const left = async (): Promise<number> => {
      const state = asCase(await loadCase(deps, roomsOf(run)[0], caseId, []))?.state;
      return (state?.coins.length ?? 0) - (state?.letters.length ?? 0);
    };
    // What the protocol finishes in this time, the twin never does: its queue is empty.
    if (isTwin) await sleep(10_000);
    else for (const until = Date.now() + 60_000; (await left()) > 0 && Date.now() < until;) await sleep(200);
    expect(api.kills()).toBe(2);
    return await left();
  } finally {
    await Promise.all([api.stop(), worker.stop()]);
  }
}

describe('F2 one storage call in five is broken', () => {
  it('loses no command, doubles no effect', async () => {
    const plan = createFaultPlan(() => undefined);
    const proxy = await startFaultProxy(azurite.connectionString, plan, () => undefined, () => undefined);
    plan.set({
      storage: [
        { probability: 0.08, seed: 11, action: 'error-before', status: 503 }, { probability: 0.06, seed: 12, action: 'error-after', status: 500 },
        { probability: 0.04, seed: 13, action: 'reset-after' }, { probability: 0.02, seed: 14, action: 'delay', delayMs: 1_500 },
      ],
    });
    const run = newRun('F2', proxy.connectionString);
    const api = keepRunning('api', () => run);
    const workers = [keepRunning('worker', () => run), keepRunning('worker', () => run)];
    try {
      const { caseIds, answers, abandoned } = await orderCoins(api, 'F2', 10 * scale);
      await drained(90_000);
      const ended = await account(run, caseIds, abandoned);
      const unavailable = answers.filter(answer => answer.unavailable > 0).length;
      process.stderr.write(`F2: ${JSON.stringify({ ...ended, calls: plan.calls().length, told503: unavailable })}\n`);
      expect(ended).toMatchObject({ lost: 0, duplicates: 0, accepted: 100 * scale });
      // After its own three tries or fewer the client has its answer.
      expect(answers.filter(answer => answer.unavailable > 3).length).toBeLessThanOrEqual(Math.ceil(answers.length / 100));
    } finally {
      await Promise.all([api, ...workers].map(child => child.stop()));
      proxy.stop();
    }
  }, patience);
});

describe('F5 fifty commands at once on one case', () => {
  it('answers all, without a 503 and without a gap in the chain', async () => {
    const run = newRun('F5');
    const api = keepRunning('api', () => run);
    try {
      const times: number[] = [];
      for (let round = 0; round < 2 * scale; round++) {
        const caseId = newCaseId('tenant', 'ann', 'F5', `round-${round}`);
        await order(api, { room: 'jar', caseId, key: keyOf('open'), command: { do: 'open' } });
        const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => order(api, { room: 'jar', caseId, key: keyOf(`put-${n}`), command: { do: 'put', coin: `coin-${n}` } })));
        expect(answers.map(answer => [answer.kind, answer.unavailable])).toEqual(answers.map(() => ['committed', 0]));
        times.push(...answers.map(answer => answer.milliseconds));
        const rows = await readPartition(deps.cases, caseId);
        expect(rows.filter(row => row.rowKey.startsWith('audit|')).map(row => unpack(row, auditRow).seq)).toEqual(Array.from({ length: 51 }, (_, n) => n + 1));
        expect(verifyPartition(rows).faults).toEqual([]);
        expect(new Set(asCase(await loadCase(deps, roomsOf(run)[0], caseId, []))?.state.coins).size).toBe(50);
      }
      times.sort((a, b) => a - b);
      process.stderr.write(`F5: p50 ${times[Math.floor(times.length / 2)] ?? 0} ms, p95 ${times[Math.floor(times.length * 0.95)] ?? 0} ms of 50 at once on one case\n`);
    } finally {
      await api.stop();
    }
  }, patience);
});
