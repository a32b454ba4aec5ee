import { randomUUID } from 'node:crypto';
import { connectStorage, type Storage } from '../../shared/azure/clients.ts';
import { startAzurite } from '../../local/azurite.ts';
import { commit } from '../../shared/case/commit.ts';
import { allBuckets, newCaseId } from '../../shared/case/keys.ts';
import { readList, writeIndex } from '../../shared/case/lists.ts';
import type { CaseDeps } from '../../shared/case/room.ts';
import { work } from '../../shared/case/work.ts';
import { jarRoom, type JarRoom } from '../shared/case/support/jar.ts';
import { jarRequest } from '../shared/case/support/world.ts';
import { median, ms, quantile, timed, type Figure } from './figures.ts';

const room: JarRoom = jarRoom({ send: () => Promise.resolve('sent') });

function depsOver(storage: Storage): CaseDeps {
  return {
    cases: storage.cases, work: storage.work, queues: storage.queues, blobs: storage.documents,
    timing: { tombstoneAfter: 60_000, sweepAfter: 900_000, effectTimeout: 240_000, commitVisibility: 0 },
    now: () => new Date(), random: Math.random, sleep: async n => { await new Promise(resolve => setTimeout(resolve, n)); }, token: randomUUID, alarm: () => undefined,
  };
}

/** Commands, work and lists of the protocol over Azurite, beside the bare storage calls that they cannot do without. */
export async function commandFigures(): Promise<Figure[]> {
  const azurite = await startAzurite({});
  try {
    const storage = connectStorage({ connectionString: azurite.connectionString });
    await storage.prepare([room.queue]);
    const deps = depsOver(storage);
    return [...await commands(deps), ...await throughput(deps), ...await lists(deps)];
  } finally {
    await azurite.stop();
  }
}

const key = (): string => randomUUID().replaceAll('-', '');

async function openJars(deps: CaseDeps, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newCaseId('bench', 'bench', 'open', key()));
  for (const id of ids) await commit(deps, room, jarRequest(key(), { do: 'open' }, id));
  return ids;
}

/** Five commands a second, as a busy force sends them; the floor is a read, a queue send and a transaction, one after the other. */
async function commands(deps: CaseDeps): Promise<Figure[]> {
  const ids = await openJars(deps, 20);
  const taken: number[] = [];
  const floor: number[] = [];
  for (let n = 0; n < 60; n++) {
    const id = ids[n % ids.length] ?? '';
    taken.push((await timed(() => commit(deps, room, jarRequest(key(), { do: 'put', coin: String(n) }, id)))).milliseconds);
    floor.push((await timed(async () => {
      await deps.cases.get(id, 'state');
      await deps.queues.send(room.queue, { floor: n }, 604_800 - 1);
      await deps.work.transact([{ do: 'insert', row: { partitionKey: 'floor', rowKey: `${n}-${key()}`, fields: { n } } }]);
    })).milliseconds);
    await deps.sleep(100);
  }
  const beside = `three bare storage calls ${ms(median(floor))}`;
  return [
    { what: 'a command at 5 a second, p50', value: ms(median(taken)), floor: beside, ratio: median(taken) / median(floor), bar: '25 ms or 4 x its floor', isMet: median(taken) <= Math.max(25, 4 * median(floor)) },
    { what: 'a command at 5 a second, p95', value: ms(quantile(taken, 0.95)), floor: `p95 of the floor ${ms(quantile(floor, 0.95))}`, ratio: quantile(taken, 0.95) / quantile(floor, 0.95), bar: '80 ms or 4 x its floor', isMet: quantile(taken, 0.95) <= Math.max(80, 4 * quantile(floor, 0.95)) },
  ];
}

async function throughput(deps: CaseDeps): Promise<Figure[]> {
  const ids = await openJars(deps, 16);
  const keys = ids.flatMap(id => Array.from({ length: 6 }, () => ({ id, key: key() })));
  const committed = await timed(() => Promise.all(keys.map(({ id, key: operationId }, n) => commit(deps, room, jarRequest(operationId, { do: 'put', coin: String(n) }, id)))));
  const worked = await timed(() => Promise.all(keys.map(({ id, key: operationId }) => work(deps, room, {
    message: { v: 1, room: room.name, caseId: id, operationId, at: new Date().toISOString() }, insertedAt: new Date(),
  }))));
  const inserts = await timed(() => Promise.all(keys.map((_, n) => deps.work.transact([{ do: 'insert', row: { partitionKey: 'floor', rowKey: `t${n}-${key()}`, fields: { n } } }]))));
  const rate = (milliseconds: number): number => keys.length / (milliseconds / 1000);
  const beside = `single inserts ${rate(inserts.milliseconds).toFixed(0)}/s`;
  return [
    { what: 'commands when saturated', value: `${rate(committed.milliseconds).toFixed(0)}/s`, floor: beside, ratio: rate(inserts.milliseconds) / rate(committed.milliseconds), bar: '60/s', isMet: rate(committed.milliseconds) >= 60 },
    { what: 'operations worked off', value: `${rate(worked.milliseconds).toFixed(0)}/s`, floor: beside, ratio: rate(inserts.milliseconds) / rate(worked.milliseconds), bar: '40/s', isMet: rate(worked.milliseconds) >= 40 },
  ];
}

/** The first page of a list must not grow with the list. Azurite walks a whole partition for any query, Azure does not: so its own growth is the floor. */
async function lists(deps: CaseDeps): Promise<Figure[]> {
  const sizes = [1_000, 10_000];
  const medians: number[] = [];
  const bare: number[] = [];
  let written = 0;
  for (const size of sizes) {
    for (; written < size; written += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, n) => {
        const sortKey = String(9_999_999_999_999 - written - n).padStart(13, '0');
        return writeIndex(deps, { caseId: newCaseId('bench', 'bench', 'list', String(written + n)), version: 1, gone: [], present: [{ list: 'bench', sortKey, fields: { n } }] });
      }));
    }
    const taken: number[] = [];
    const floor: number[] = [];
    for (let n = 0; n < 15; n++) {
      taken.push((await timed(() => readList(deps, { list: 'bench', limit: 50 }))).milliseconds);
      floor.push((await timed(() => Promise.all(allBuckets().map(bucket => deps.work.list({ partitionKey: `index|bench|${bucket}`, limit: 70 }))))).milliseconds);
    }
    medians.push(median(taken));
    bare.push(median(floor));
  }
  const [small = NaN, large = NaN] = medians;
  const [bareSmall = NaN, bareLarge = NaN] = bare;
  const growth = large / small;
  const floorGrowth = bareLarge / bareSmall;
  return [
    { what: 'first page of a list of 10,000', value: ms(large), floor: `its bare queries ${ms(bareLarge)}`, ratio: large / bareLarge, bar: '100 ms', isMet: large <= 100 },
    { what: 'its growth from 1,000 rows', value: `${growth.toFixed(2)} x`, floor: `growth of the bare queries ${floorGrowth.toFixed(2)} x`, ratio: growth / floorGrowth, bar: '1.2 x the floor', isMet: growth / floorGrowth <= 1.2 },
  ];
}
