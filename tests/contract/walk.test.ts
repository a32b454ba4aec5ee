// Connector check 22 (power-platform 1.6) and H9: every operation of the connector is called on the real service with a request made from the definition;
// the reply must fit the definition, and the audit must say which operation of DPA 2018 s62 it was.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { swaggerDocument, type Swagger } from '../../powerapps-connectors/swagger.ts';
import { operationsOf } from '../../powerapps-connectors/checks/walk.ts';
import { operations as platform } from '../../functions/platform/contract.ts';
import { operations as redaction } from '../../functions/redaction/contract.ts';
import { committedFolder } from '../connectors/committed.ts';
import { checkReply, generateRequest } from '../connectors/served.ts';
import { statementPdf } from '../redaction/story/pdf.ts';
import { text, type Answer, type Client } from '../support/client.ts';
import { etagOf, review } from '../support/redaction.ts';
import { startService, type Service } from '../support/service.ts';
import { contentsOf, packedRow, type Contents } from '../support/storage.ts';

const operations = [...platform, ...redaction].filter(({ visibility }) => visibility !== 'excluded');
let service: Service;
let swagger: Swagger;
let sam: Client, rita: Client, ravi: Client;
const answers = new Map<string, Answer>();
beforeAll(async () => {
  swagger = swaggerDocument.parse(JSON.parse(await readFile(join(committedFolder('redaction'), 'apiDefinition.swagger.json'), 'utf8')));
  service = await startService();
  [sam, rita, ravi] = [service.as('sam.caseworker'), service.as('rita.reviewer'), service.as('ravi.reviewer')];
  await walk();
});
afterAll(async () => { await service.stop(); });

interface Change { readonly person?: Client; readonly ids?: Readonly<Record<string, string>>; readonly ifMatch?: string; readonly bytes?: Uint8Array; readonly keep?: boolean }

/** Sends the generated request with real ids in it, and keeps the answer. */
async function call(operationId: string, { person = sam, ids = {}, ifMatch, bytes, keep = true }: Change = {}): Promise<Answer> {
  const request = generateRequest(swagger, operationId);
  const path = Object.entries(ids).reduce((route, [example, id]) => route.replace(example, id), request.path);
  const { 'idempotency-key': _key, 'if-match': example, ...headers } = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const contentType = headers['content-type'] ?? 'application/json';
  const body = bytes ?? request.body;
  const answer = request.method === 'GET' ? await person.get(path, headers) : await person.post(path, {
    headers, ...(example !== undefined && { ifMatch: ifMatch ?? example }), ...(body instanceof Uint8Array ? { file: { bytes: body, contentType } } : typeof body === 'object' && body !== null ? { body } : {}),
  });
  if (keep) answers.set(operationId, answer);
  return answer;
}

const bundleExample = 'abcdefghijklmnopqrstuvwx23';
const jobExample = `${bundleExample}-abcdefgh23`;
let bundleId = '';
let jobId = '';

/** One bundle through every stage, so that each operation succeeds once. */
async function walk(): Promise<void> {
  await call('GetMe');
  bundleId = text(await call('CreateBundle'), 'caseId');
  const bundle = { ids: { [bundleExample]: bundleId } };
  jobId = text(await call('AddDocument', { ...bundle, bytes: await statementPdf(3) }), 'jobId');
  const job = { ids: { [jobExample]: jobId } };
  const second = text(await call('AddDocument', { ...bundle, keep: false }), 'jobId');
  await service.local?.system.drain();
  for (const operationId of ['DecideSuggestion', 'RedactText', 'AddArea', 'UndoDecision', 'ViewPages']) await call(operationId, job);
  await review(sam, jobId);
  await call('ApproveDocument', { ...job, ifMatch: await etagOf(sam, jobId) });
  await service.local?.system.drain();
  await call('ReleaseDocument', { ...job, person: rita, ifMatch: await etagOf(rita, jobId) });
  for (const operationId of ['GetDocument', 'ListSuggestions', 'GetOriginal', 'GetRedactedCopy', 'GetCertificate']) await call(operationId, job);
  for (const operationId of ['GetBundle', 'GetDisclosureSchedule']) await call(operationId, bundle);
  await call('ListBundles');
  await call('GetBundleAudit', { ...bundle, person: rita });
  const [caseExample = '', keyExample = ''] = /operations\/(\w+)\/(\w+)/.exec(generateRequest(swagger, 'GetOperation').path)?.slice(1) ?? [];
  const released = answers.get('ReleaseDocument');
  if (!released) throw new Error('nothing was released');
  await call('GetOperation', { person: rita, ids: { [caseExample]: bundleId, [keyExample]: text(released, 'operationId') } });
  await call('WithdrawDocument', { ids: { [jobExample]: second } });
  await call('ReopenDocument', { ...job, person: ravi, ifMatch: await etagOf(ravi, jobId) });
  await service.local?.system.drain();
}

describe('every operation of the connector, called on the real service', () => {
  it('is in the definition and in the walk, and in no other', () => {
    expect(operationsOf(swagger).map(({ operation }) => operation.operationId).sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
  });

  it.each(operations)('$operationId succeeds with what the definition promises', ({ operationId, success, reply }) => {
    const answer = answers.get(operationId);
    if (!answer) throw new Error('the walk does not call it');
    expect([answer.status, answer.json['code']]).toEqual([success, undefined]);
    expect(checkReply(swagger, operationId, answer.status, 'file' in reply ? answer.bytes : answer.json)).toEqual([]);
  });

  it.each(operations)('$operationId refuses a caller without a token as the definition promises', async ({ operationId }) => {
    const answer = await call(operationId, { person: service.anonymous, keep: false });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(checkReply(swagger, operationId, answer.status, answer.json)).toEqual([]);
  });

  it.each(operations.filter(({ params }) => params))('$operationId answers for what is not there as the definition promises', async ({ operationId }) => {
    const answer = await call(operationId, { keep: false, person: ravi, });
    expect([answer.status, answer.json['code']]).toEqual([404, 'not-found']);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(checkReply(swagger, operationId, answer.status, answer.json)).toEqual([]);
  });
});

describe('what a flow may lean on', () => {
  it('every command answers 202 with where to ask, and the operation ends as done', async () => {
    for (const { operationId } of operations.filter(operation => operation.method === 'POST')) {
      const answer = answers.get(operationId);
      expect([operationId, answer?.status, typeof answer?.headers.get('location')]).toEqual([operationId, 202, 'string']);
      const person = operationId === 'ReleaseDocument' ? rita : operationId === 'ReopenDocument' ? ravi : sam;
      const path = `/api/operations/${String(answer?.json['caseId'])}/${String(answer?.json['operationId'])}`;
      expect([operationId, (await person.get(path)).json['status']]).toEqual([operationId, 'done']);
    }
  });
});

/** What the audit must hold for an operation of each kind, and where. */
const commandFacts: Readonly<Record<string, string>> = {
  CreateBundle: 'BundleCreated', AddDocument: 'DocumentAdded', DecideSuggestion: 'SuggestionAccepted', UndoDecision: 'MarksUndone', RedactText: 'MarksAdded', AddArea: 'MarksAdded',
  ViewPages: 'PagesViewed', ApproveDocument: 'DocumentApproved', ReleaseDocument: 'DocumentReleased', ReopenDocument: 'DocumentReopened', WithdrawDocument: 'DocumentWithdrawn',
};

describe('DPA 2018 s62: what was done is in the audit as what it was (H9)', () => {
  let contents: Contents;
  const rowsIn = (partition: RegExp) => [...contents].flatMap(([place, json]) => (partition.test(place) ? [packedRow(json)] : []));
  beforeAll(async () => { if (service.local) contents = await contentsOf(service.local.system.connectionString); });

  it.each(operations.filter(({ audit }) => audit === 'collection' || audit === 'alteration' || audit === 'disclosure'))('$operationId: $audit', ({ operationId, audit }) => {
    if (!service.local) return;
    const key = answers.get(operationId)?.json['operationId'];
    const mine = rowsIn(new RegExp(`^cases/${bundleId}/audit`)).filter(row => row['operationId'] === key);
    expect(mine.map(row => row['what'])).toContain(commandFacts[operationId]);
    // Looking at pages changes nothing about the person, so the law orders no row; it is recorded all the same.
    expect(mine.map(row => row['kind'])).toContain(operationId === 'ViewPages' ? 'none' : audit);
    for (const row of mine) expect(row).toMatchObject({ by: expect.stringMatching(/^00000000-|^system$/), at: expect.stringMatching(/^\d{4}-.*Z$/) });
  });

  it.each(operations.filter(({ audit }) => audit === 'consultation'))('$operationId: consultation', ({ operationId }) => {
    if (!service.local) return;
    const reads = rowsIn(/^cases\/[^/]+\|reads\|[^/]+\/audit/);
    const mine = reads.filter(row => JSON.stringify(row['about']).includes(`"kind":"${operationId}`));
    expect(mine).not.toEqual([]);
    for (const row of mine) expect(row).toMatchObject({ what: 'Consulted', kind: 'consultation', by: expect.stringMatching(/^00000000-/) });
  });

  it('no operation that shows or changes a case is without a kind', () => {
    expect(operations.filter(({ audit }) => audit === 'none').map(({ operationId }) => operationId)).toEqual(['GetMe', 'GetOperation']);
  });

  it('a disclosure names its recipient', () => {
    if (!service.local) return;
    const row = rowsIn(new RegExp(`^cases/${bundleId}/audit`)).find(found => found['kind'] === 'disclosure');
    expect(row).toMatchObject({ by: '00000000-0000-4000-8000-000000000002', about: { recipient: 'CPS Mersey-Cheshire' } });
  });
});
