// F5 and F7 over HTTP: many at once on one case, and one key many times, on one host and on two that share the storage.
import { TableClient } from '@azure/data-tables';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { azureTable } from '../../shared/azure/table.ts';
import { verifyAudit } from '../../shared/case/verify.ts';
import { createClient, newKey, rows, text, type Answer, type Client } from '../support/client.ts';
import { addDocument, located, openBundle } from '../support/redaction.ts';
import { startService, until, type Service } from '../support/service.ts';
import { contentsOf, packedRow } from '../support/storage.ts';

let service: Service;
let sam: Client;
/** Sam, by each of the hosts. */
let samBy: readonly Client[];
beforeAll(async () => {
  service = await startService({ hosts: 2 });
  sam = service.as('sam.caseworker');
  const { local } = service;
  samBy = local ? local.system.hosts.map(host => createClient(host.url(), () => local.issuer.token('sam.caseworker'))) : [sam, sam];
});
afterAll(async () => { await service.stop(); });

const by = (n: number): Client => samBy[n % samBy.length] ?? sam;
const times = <T>(count: number, work: (n: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: count }, (_, n) => work(n)));
const note = (n: number | string) => Buffer.from(`Nothing was seen, ${n}.`);
const bodyOf = ({ bytes }: Answer) => Buffer.from(bytes).toString();

/** Like a front end: a 503 says nothing of the outcome, so the same request goes again with the same key, three times at most. */
async function patient(send: () => Promise<Answer>, tries = 4): Promise<Answer> {
  const answer = await send();
  if (answer.status !== 503 || tries === 1) return answer;
  expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
  await new Promise(resolve => setTimeout(resolve, 200));
  return await patient(send, tries - 1);
}

/**
 * Waits for the work on a bundle's documents. Not for an empty queue: a copy that met an effect under way sleeps until that effect's time-out (shared/case/work.ts),
 * which may be a minute after the work is done.
 */
async function settled(bundleId: string): Promise<void> {
  await until(() => sam.get(`/api/redaction-bundles/${bundleId}`), answer => rows(answer).every(row => !['received', 'screening', 'locating'].includes(String(row['stage']))));
}

/** The audit chain of a case: without a gap, and of one operation each for what people did. */
async function auditOf(bundleId: string): Promise<Record<string, unknown>[]> {
  if (!service.local) return [];
  await settled(bundleId);
  const contents = await contentsOf(service.local.system.connectionString);
  const audit = [...contents].filter(([place]) => place.startsWith(`cases/${bundleId}/audit|`)).map(([, row]) => packedRow(row));
  expect(audit.map(row => row['seq'])).toEqual(audit.map((_, n) => n + 1));
  return audit;
}

describe('F5: fifty at once on one case', () => {
  const area = (person: Client, jobId: string, n: number) => {
    const key = newKey();
    return patient(() => person.post(`/api/redaction-jobs/${jobId}/add-area`, { key, body: { page: 1, x: n, y: n, width: 10, height: 10, reasonCode: 'address' } }));
  };

  it.each([['one host', 50, 1], ['two hosts', 24, 2]])('on %s: none is lost, each is in the audit once', async (_name, count, hosts) => {
    const bundleId = await openBundle(sam);
    const jobId = await located(sam, bundleId, note('by nobody'), { contentType: 'text/plain' });
    const answers = await times(count, n => area(by(n % hosts), jobId, n));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    const added = (await auditOf(bundleId)).filter(row => row['what'] === 'MarksAdded').map(row => row['operationId']);
    expect(new Set(added)).toEqual(new Set(answers.map(answer => text(answer, 'operationId'))));
    expect(added).toHaveLength(count);
  });

  it('documents added at once are all in their bundle', async () => {
    const bundleId = await openBundle(sam);
    const answers = await times(8, n => patient(() => addDocument(by(n), bundleId, note(n), { key: `parallel-document-${n}`, contentType: 'text/plain' })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(rows(await sam.get(`/api/redaction-bundles/${bundleId}`)).map(row => row['jobId']))).toEqual(new Set(answers.map(answer => text(answer, 'jobId'))));
    expect((await auditOf(bundleId)).filter(row => row['what'] === 'DocumentAdded')).toHaveLength(8);
  });
});

describe('F7: one key', () => {
  it('ten times in a row: one effect, the same bytes', async () => {
    const key = newKey();
    const body = { caseReference: '07/TEST/0007/26', policy: 'subject-access' };
    const answers: Answer[] = [];
    for (let n = 0; n < 10; n++) answers.push(await by(n).post('/api/redaction-bundles', { key, body }));
    expect(new Set(answers.map(answer => `${answer.status} ${bodyOf(answer)}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(202);
    const [first] = answers;
    expect(await auditOf(first ? text(first, 'caseId') : '')).toMatchObject([{ what: 'BundleCreated', operationId: key }]);
  });

  it('twenty times at once on two hosts: one effect, the same bytes', async () => {
    const bundleId = await openBundle(sam);
    const key = newKey();
    const answers = await times(20, n => patient(() => addDocument(by(n), bundleId, note('twice'), { key, contentType: 'text/plain' })));
    expect(new Set(answers.map(answer => `${answer.status} ${bodyOf(answer)}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(202);
    expect((await auditOf(bundleId)).filter(row => row['what'] === 'DocumentAdded')).toMatchObject([{ operationId: key }]);
    expect(rows(await sam.get(`/api/redaction-bundles/${bundleId}`))).toHaveLength(1);
  });

  it('with another body, another file, another name or by another person: 422, and the first stands', async () => {
    const bundleId = await openBundle(sam);
    const key = newKey();
    const first = await addDocument(sam, bundleId, note('first'), { key, contentType: 'text/plain' });
    const second = await Promise.all([
      addDocument(sam, bundleId, note('second'), { key, contentType: 'text/plain' }), addDocument(sam, bundleId, note('first'), { key, contentType: 'text/plain', name: 'other.txt' }),
      addDocument(service.as('ravi.reviewer'), bundleId, note('first'), { key, contentType: 'text/plain' }),
    ]);
    for (const answer of second) expect(answer).toMatchObject({ status: 422, json: { code: 'idempotency-key-reused' } });
    const job = `/api/redaction-jobs/${text(first, 'jobId')}`;
    const viewKey = newKey();
    await settled(bundleId);
    expect(await sam.post(`${job}/view-pages`, { key: viewKey, body: { fromPage: 1, toPage: 1 } })).toMatchObject({ status: 202 });
    expect(await sam.post(`${job}/withdraw`, { key: viewKey, body: { reasonCode: 'mistake' } })).toMatchObject({ status: 422, json: { code: 'idempotency-key-reused' } });
    const document = await sam.get(job);
    expect(document.json).toMatchObject({ stage: 'in-review', fileName: 'statement.pdf' });
    expect((await auditOf(bundleId)).filter(row => row['what'] === 'DocumentAdded')).toHaveLength(1);
    // What the refused file left is noted, so that the sweep of orphans finds it.
    if (!service.local) return;
    const contents = await contentsOf(service.local.system.connectionString);
    const blobs = [...contents.keys()].filter(place => place.startsWith(`blob/redaction/${bundleId}/original/`)).map(place => place.split('/').at(-1) ?? '');
    for (const name of blobs) expect([...contents.keys()].some(place => place.startsWith('work/upload|') && place.endsWith(name))).toBe(true);
  });

  it('a refusal is an outcome too: the same key gets the same bytes when the case has moved on', async () => {
    const bundleId = await openBundle(sam);
    const jobId = await located(sam, bundleId, note('moves'), { contentType: 'text/plain' });
    const key = newKey();
    const undo = () => sam.post(`/api/redaction-jobs/${jobId}/undo-decision`, { key });
    const first = await undo();
    expect(first).toMatchObject({ status: 409, json: { code: 'wrong-stage' } });
    expect(await sam.post(`/api/redaction-jobs/${jobId}/add-area`, { body: { page: 1, x: 1, y: 1, width: 10, height: 10, reasonCode: 'address' } })).toMatchObject({ status: 202 });
    const again = await undo();
    const { traceId: _a, ...before } = first.json;
    const { traceId: _b, ...after } = again.json;
    expect([again.status, after]).toEqual([409, before]);
  });
});

describe('afterwards', () => {
  it('every chain of every case verifies, and nothing is left pending', async () => {
    if (!service.local) return;
    const verdict = await verifyAudit(azureTable(TableClient.fromConnectionString(service.local.system.connectionString, 'cases', { allowInsecureConnection: true })));
    expect(verdict.faults).toEqual([]);
    const contents = await contentsOf(service.local.system.connectionString);
    const open = [...contents].filter(([place, row]) => /^cases\/[^/|]+\/op\|/.test(place) && packedRow(row)['status'] === 'pending');
    expect(open.map(([place]) => place)).toEqual([]);
  });
});
