// H3 (ASVS 5.0 8.2; OWASP API1, API3, API5): who may do what with which record. One row an operation, one column a person; each cell holds the status
// with an open bundle's document, one of a restricted bundle of somebody else, and a released document. An operation without a row fails.
// 412: may, but acts on what was read before (the request carries an old ETag on purpose). Records that an operation does not have are left out.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations as platform } from '../../functions/platform/contract.ts';
import { operations as redaction, maxUploadBytes } from '../../functions/redaction/contract.ts';
import type { Operation } from '../../shared/http/operation.ts';
import { connectors } from '../../powerapps-connectors/connectors.ts';
import { definitionOf } from '../../powerapps-connectors/definition.ts';
import { generateRequest } from '../connectors/served.ts';
import { statementPdf } from '../redaction/story/pdf.ts';
import { rows, text, type Answer, type Client } from '../support/client.ts';
import { approve, etagOf, located, openBundle, release, releaseTo, review } from '../support/redaction.ts';
import { startService, type Service } from '../support/service.ts';

const table = `
operation             | sam         | rita        | ravi        | ada         | audrey      | olive       | nils        | nobody
GetHealth             | 200         | 200         | 200         | 200         | 200         | 200         | 200         | 200
GetMe                 | 200         | 200         | 200         | 200         | 200         | 200         | 401         | 401
GetOperation          | 200 404 404 | 404 404 200 | 404 404 404 | 404 404 404 | 404 404 404 | 404 404 404 | 401 401 401 | 401 401 401
CreateBundle          | 202         | 202         | 202         | 403         | 403         | 403         | 401         | 401
ListBundles           | 200         | 200         | 200         | 200         | 403         | 403         | 401         | 401
GetBundle             | 200 404 200 | 200 404 200 | 200 404 200 | 200 200 200 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
AddDocument           | 202 404 202 | 202 404 202 | 202 404 202 | 403 403 403 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
GetDocument           | 200 404 200 | 200 404 200 | 200 404 200 | 200 200 200 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
ListSuggestions       | 200 404 200 | 200 404 200 | 200 404 200 | 200 200 200 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
DecideSuggestion      | 202 404 409 | 202 404 409 | 202 404 409 | 403 403 403 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
UndoDecision          | 202 404 409 | 202 404 409 | 202 404 409 | 403 403 403 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
RedactText            | 202 404 409 | 202 404 409 | 202 404 409 | 403 403 403 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
AddArea               | 202 404 409 | 202 404 409 | 202 404 409 | 403 403 403 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
ViewPages             | 202 404 409 | 202 404 409 | 202 404 409 | 403 403 403 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
ApproveDocument       | 412 404 412 | 412 404 412 | 412 404 412 | 403 403 403 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
ReleaseDocument       | 403 403 403 | 412 404 412 | 412 404 412 | 403 403 403 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
ReopenDocument        | 412 404 412 | 412 404 412 | 412 404 412 | 403 403 403 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
GetOriginal           | 200 404 200 | 200 404 200 | 200 404 200 | 200 200 200 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
GetRedactedCopy       | 404 404 200 | 404 404 200 | 404 404 200 | 404 404 200 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
GetCertificate        | 404 404 200 | 404 404 200 | 404 404 200 | 404 404 200 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
GetDisclosureSchedule | 200 404 200 | 200 404 200 | 200 404 200 | 200 200 200 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401
GetBundleAudit        | 403 403 403 | 200 404 200 | 200 404 200 | 200 200 200 | 200 200 200 | 403 403 403 | 401 401 401 | 401 401 401
WithdrawDocument      | 202 404 409 | 409 404 409 | 409 404 409 | 403 403 403 | 403 403 403 | 403 403 403 | 401 401 401 | 401 401 401`;

const lines = table.trim().split('\n').map(line => line.split('|').map(cell => cell.trim()));
const people = (lines[0] ?? []).slice(1);
const cells = lines.slice(1).flatMap(([operationId = '', ...statuses]) => statuses.map((expected, n) => ({ operationId, person: people[n] ?? '', expected })));
const logins: Readonly<Record<string, string>> = {
  sam: 'sam.caseworker', rita: 'rita.reviewer', ravi: 'ravi.reviewer', ada: 'ada.administrator', audrey: 'audrey.auditor', olive: 'olive.outsider', nils: 'nils.neighbour',
};

interface Target { readonly bundleId: string; readonly jobId: string; readonly operation: string }
let service: Service;
let sam: Client, rita: Client, ravi: Client;
let open: Target, released: Target, ofSam: Target, ofRavi: Target;

beforeAll(async () => {
  service = await startService();
  [sam, rita, ravi] = [service.as('sam.caseworker'), service.as('rita.reviewer'), service.as('ravi.reviewer')];
  [open, released, ofSam, ofRavi] = await Promise.all([target(sam), target(sam), target(sam, { handling: 'restricted' }), target(ravi, { handling: 'restricted' })]);
  await review(sam, released.jobId);
  await approve(sam, released.jobId);
  released = { ...released, operation: text(await releaseTo(rita, released.jobId), 'operationId') };
});
afterAll(async () => { await service.stop(); });

async function target(owner: Client, body: object = {}): Promise<Target> {
  const created = await owner.post('/api/redaction-bundles', { body: { caseReference: '07/TEST/0001/26', policy: 'subject-access', ...body } });
  const bundleId = text(created, 'caseId');
  return { bundleId, jobId: await located(owner, bundleId, await statementPdf(3)), operation: text(created, 'operationId') };
}

const definition = definitionOf(connectors.find(({ capability }) => capability === 'redaction') ?? throwing());
function throwing(): never {
  throw new Error('no redaction connector');
}

async function send(person: string, operation: Operation, { bundleId, jobId, operation: key }: Target): Promise<Answer> {
  const client = logins[person] === undefined ? service.anonymous : service.as(logins[person]);
  const path = `/${operation.route}`.replace('{bundleId}', bundleId).replace('{jobId}', jobId).replace('{caseId}', bundleId).replace('{operationId}', key);
  if (operation.method === 'GET') return await client.get(path);
  const { body } = generateRequest(definition, operation.operationId);
  const content = body instanceof Uint8Array ? { file: { bytes: Buffer.from('Nothing to see here.'), contentType: 'text/plain' } } : typeof body === 'object' && body !== null ? { body } : {};
  return await client.post(path, { ...content, ...(operation.ifMatch && { ifMatch: '"0"' }) });
}

describe('H3: who may do what with which record', () => {
  it('has one row for each operation', () => {
    expect(lines.slice(1).map(([operationId]) => operationId).sort()).toEqual([...platform, ...redaction].map(({ operationId }) => operationId).sort());
    expect(lines.every(line => line.length === 9)).toBe(true);
  });

  it.each(cells)('$operationId by $person: $expected', async ({ operationId, person, expected }) => {
    const operation = [...platform, ...redaction].find(found => found.operationId === operationId);
    if (!operation) throw new Error('no such operation');
    const targets = [open, person === 'sam' ? ofRavi : ofSam, released].slice(0, expected.split(' ').length);
    const answers = await Promise.all(targets.map(record => send(person, operation, record)));
    expect(answers.map(({ status }) => status).join(' ')).toBe(expected);
    for (const { status, json } of answers) if (status >= 400) expect([json['status'], typeof json['code']]).toEqual([status, 'string']);
  });

  it('a restricted record and one that is not there answer alike', async () => {
    const absent = { ...ofSam, bundleId: 'a'.repeat(26), jobId: `${'a'.repeat(26)}-${'a'.repeat(10)}` };
    for (const operation of redaction.filter(({ params }) => params)) {
      const [hidden, missing] = [await send('rita', operation, ofSam), await send('rita', operation, absent)].map(({ status, json: { traceId: _, ...body } }) => ({ status, body }));
      expect({ operationId: operation.operationId, ...hidden }).toEqual({ operationId: operation.operationId, ...missing });
    }
  });

  it('shows in lists what may be opened, and nothing else', async () => {
    const listed = async (login: string) => rows(await service.as(login).get('/api/redaction-bundles?limit=500')).map(row => row['bundleId']);
    expect(await listed('rita.reviewer')).toEqual(expect.arrayContaining([open.bundleId, released.bundleId]));
    expect(await listed('rita.reviewer')).not.toEqual(expect.arrayContaining([ofSam.bundleId]));
    expect(await listed('sam.caseworker')).toContain(ofSam.bundleId);
    expect(await listed('ada.administrator')).toEqual(expect.arrayContaining([ofSam.bundleId, ofRavi.bundleId]));
  });

  it('the limit of an upload is the one that the connector promises', () => {
    expect(maxUploadBytes).toBe(20 * 1024 * 1024);
  });
});

describe('two people stand behind a disclosure', () => {
  it('one id cannot be both, whatever roles it holds, and not after reopening and approving again', async () => {
    const bundleId = await openBundle(ravi);
    const jobId = await located(ravi, bundleId, await statementPdf(1));
    const attempt = async (person: Client) => await person.post(`/api/redaction-jobs/${jobId}/release`, { ifMatch: await etagOf(person, jobId), body: release });
    await review(ravi, jobId);
    await approve(ravi, jobId);
    expect(await attempt(ravi)).toMatchObject({ status: 409, json: { code: 'same-person' } });
    expect(await ravi.post(`/api/redaction-jobs/${jobId}/reopen`, { ifMatch: await etagOf(ravi, jobId), body: { reasonCode: 'mistake' } })).toMatchObject({ status: 202 });
    expect(await attempt(rita)).toMatchObject({ status: 409, json: { code: 'wrong-stage' } });
    await review(ravi, jobId);
    await approve(rita, jobId);
    expect(await attempt(rita)).toMatchObject({ status: 409, json: { code: 'same-person' } });
    expect(await attempt(ravi)).toMatchObject({ status: 202 });
  });
});
