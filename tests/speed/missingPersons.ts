import { connectStorage, type Storage } from '../../shared/azure/clients.ts';
import { extendChain } from '../../shared/case/audit.ts';
import { allBuckets, rowKeys } from '../../shared/case/keys.ts';
import { headRow, pack, unpack, versionOf } from '../../shared/case/rows.ts';
import { closedList } from '../../functions/missing-persons/rules/lists/names.ts';
import type { Client } from '../support/client.ts';
import { must, reported, startMissing, answers, type Missing } from '../support/missing.ts';
import { median, ms, timed, type Figure } from './figures.ts';
import { writeRows } from './missingRows.ts';

const [few, many, open] = [1_000, Number(process.env['BENCH_CLOSED_CASES'] ?? '200000'), Number(process.env['BENCH_OPEN_CASES'] ?? '10000')];
const call = (familyName: string) => ({
  channel: 'PHONE_101', callStartedAt: new Date().toISOString(), givenName: 'Ella', familyName, age: '41', lastSeenPlace: 'Sample Square', lastSeenUnknown: 'yes', lastSeenReason: 'Not known', informantName: 'Sam Example', informantPhone: '01632 960001',
});

async function opened(cora: Client, familyName: string): Promise<string> {
  const recordId = await reported(cora, call(familyName));
  await must(cora, recordId, 'answers', answers());
  await must(cora, recordId, 'screen', { thrive: 'Nobody knows where she is.', level: 'MEDIUM' });
  await must(cora, recordId, 'accept', { rationale: 'Not like her, no contact since last evening.' });
  return recordId;
}

type Asked = Readonly<Record<'board' | 'my work' | 'closed' | 'search', () => Promise<unknown>>>;

function asking(missing: Missing): Asked {
  const sita = missing.as('sita.sergeant');
  const fine = async (path: string): Promise<void> => {
    const answer = await sita.get(path);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  };
  return {
    board: () => fine('/api/missing-persons'), 'my work': () => fine('/api/my-missing-work'), closed: () => fine('/api/missing-closed'),
    async search() {
      const answer = await sita.post('/api/missing-search', { body: { name: 'Quillfeather', reason: 'Report of a sighting' } });
      if (answer.status !== 200 || JSON.stringify(answer.json).length < 100) throw new Error(`nothing was found: ${answer.status}`);
    },
  };
}

/** First pages of the lists while the closed cases become many: milliseconds until the answer, and how they grow. Azurite walks a partition for any query, Azure does not: the growth of the bare queries is the floor. */
export async function missingListFigures(): Promise<Figure[]> {
  const missing = await startMissing();
  try {
    const { work } = connectStorage({ connectionString: missing.links.system.connectionString });
    const asked = asking(missing);
    for (let n = 0; n < 3; n++) await opened(missing.as('cora.callhandler'), 'Quillfeather');
    await missing.links.system.drain(120_000);
    const first = await timed(async () => await writeRows(work, 'open', [0, open]) + await writeRows(work, 'closed', [0, few]));
    const small = await medians(asked, work);
    const second = await timed(() => writeRows(work, 'closed', [few, many]));
    const large = await medians(asked, work);
    const written = first.result + second.result;
    const rate = written / (first.milliseconds + second.milliseconds) * 1_000;
    process.stdout.write(`  ${written} index rows of ${open} open and ${many} closed cases written, ${rate.toFixed(0)}/s\n`);
    return (['board', 'my work', 'closed', 'search'] as const).flatMap(what => grown(what, { small, large }));
  } finally {
    await missing.stop();
  }
}

type Medians = Readonly<Record<keyof Asked | 'bare', number>>;

async function medians(asked: Asked, work: Storage['work']): Promise<Medians> {
  const middle = async (what: () => Promise<unknown>): Promise<number> => {
    await what();
    const taken: number[] = [];
    for (let n = 0; n < 15; n++) taken.push((await timed(what)).milliseconds);
    return median(taken);
  };
  return {
    board: await middle(asked.board), 'my work': await middle(asked['my work']), closed: await middle(asked.closed), search: await middle(asked.search),
    bare: await middle(() => Promise.all(allBuckets().map(bucket => work.list({ partitionKey: `index|${closedList}|${bucket}`, limit: 70 })))),
  };
}

function grown(what: keyof Asked, { small, large }: { readonly small: Medians; readonly large: Medians }): Figure[] {
  const growth = large[what] / small[what];
  // Only the list that grows walks more rows in Azurite; the others have to be flat by themselves.
  const floor = what === 'closed' ? Math.max(1, large.bare / small.bare) : 1;
  return [
    { what: `missing persons, ${what}: first page with ${many} closed and ${open} open cases, p50`, value: ms(large[what]), floor: `bare queries of the closed list ${ms(large.bare)}`, ratio: large[what] / large.bare, bar: '100 ms', isMet: large[what] <= 100 },
    { what: `its growth from ${few} closed cases`, value: `${growth.toFixed(2)} x`, floor: `growth of the bare queries ${floor.toFixed(2)} x`, ratio: growth / floor, bar: '1.2 x the floor', isMet: growth / floor <= 1.2 },
  ];
}

/** Storage calls of each kind of request, on a host whose calls go through the proxy that lists them; and of a case whose history is long. */
export async function missingTrips(): Promise<Figure[]> {
  const missing = await startMissing({ service: { faults: true } });
  try {
    return await trips(missing);
  } finally {
    await missing.stop();
  }
}

async function trips(missing: Missing): Promise<Figure[]> {
  const { system } = missing.links;
  const { host, connectionString } = system;
  const cora = missing.as('cora.callhandler');
  const recordId = await opened(cora, 'Example');
  // The least of some: a worker may have begun before the list was read.
  const count = async (work: (n: number) => Promise<unknown>): Promise<number> => {
    const found: number[] = [];
    for (let n = 0; n < 5; n++) {
      await system.drain(120_000);
      await host.setFaults({});
      await work(n);
      found.push((await host.storageCalls()).length);
    }
    return Math.min(...found);
  };
  const view = (): Promise<unknown> => cora.get(`/api/missing-persons/${recordId}`);
  const receive = await count(n => reported(cora, call(`Example${'abcde'.charAt(n)}`)));
  const act = await count(() => must(cora, recordId, 'information', { text: 'A neighbour saw her at noon.' }));
  const list = await count(() => cora.get('/api/missing-persons'));
  const short = await count(view);
  await system.drain(120_000);
  await lengthen(connectStorage({ connectionString }), recordId, 2_000);
  const long = await count(view);
  const figure = (what: string, calls: number, bar: number): Figure => ({ what: `storage calls of ${what}`, value: String(calls), bar: String(bar), isMet: calls <= bar });
  return [
    figure('a report', receive, 16), figure('a command', act, 16), figure('a list: one query a bucket and the log', list, 22), figure('a view', short, 6),
    { what: 'the same after 2,000 rows of audit', value: String(long), floor: `${short} before`, ratio: long / short, bar: 'no more', isMet: long <= short },
  ];
}

/** So many more steps of the chain, as the law's own would stand there. */
async function lengthen({ cases }: Storage, recordId: string, steps: number): Promise<void> {
  const stored = await cases.get(recordId, rowKeys.head);
  if (!stored) throw new Error('the case has no chain');
  let head = unpack(stored, headRow);
  let { etag } = stored;
  for (let n = 0; n < steps; n += 50) {
    const step = extendChain(head, { at: new Date().toISOString(), by: 'bench', operationId: `bench-${n}`, facts: Array.from({ length: 50 }, () => ({ what: 'InformationAdded', kind: 'alteration' as const })), rows: {} });
    await cases.transact([
      ...step.rows.map(row => ({ do: 'insert' as const, row: { partitionKey: recordId, rowKey: rowKeys.audit(row.seq), fields: pack(row) } })),
      { do: 'update', etag, row: { partitionKey: recordId, rowKey: rowKeys.head, fields: { ...pack(step.head), version: versionOf(stored) } } },
    ]);
    head = step.head;
    etag = (await cases.get(recordId, rowKeys.head))?.etag ?? '';
  }
}
