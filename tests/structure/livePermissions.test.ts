// H3 for live links: who may do what with which record. One row an operation, one column a person; a cell holds the status with a request of the control room (sent) and with
// one of serious crime (waiting for authority, one viewer named), where the operation is about a request. 404: it does not exist for that person. 409: may, but not in this state.
// 412: may, but acts on what was read before. 422: may, but the generated body is not for this area.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations } from '../../functions/goodsam/contract.ts';
import type { Operation } from '../../shared/http/operation.ts';
import { connectors } from '../../powerapps-connectors/connectors.ts';
import { definitionOf } from '../../powerapps-connectors/definition.ts';
import { generateRequest } from '../connectors/served.ts';
import type { Answer } from '../support/client.ts';
import { objectIdOf, opened, phone, stands, startLiveLinks, type LiveLinks } from '../support/liveLinks.ts';

const table = `
operation              | carl    | fay     | dora    | una     | dee     | gus     | sam     | nobody
CreateLiveLink         | 422     | 422     | 403     | 403     | 403     | 403     | 403     | 401
GetLiveLink            | 200 404 | 200 404 | 404 404 | 404 404 | 404 200 | 403 403 | 403 403 | 401 401
ListLiveLinks          | 200     | 200     | 404     | 404     | 404     | 403     | 403     | 401
ListMyLiveLinks        | 200     | 200     | 200     | 200     | 200     | 403     | 403     | 401
ConfirmSafeContact     | 202 404 | 202 404 | 404 404 | 404 404 | 403 403 | 403 403 | 403 403 | 401 401
ClearUnsafeContact     | 403 403 | 202 404 | 403 403 | 403 403 | 403 403 | 403 403 | 403 403 | 401 401
ReleaseHold            | 403 403 | 409 404 | 403 403 | 403 403 | 403 403 | 403 403 | 403 403 | 401 401
AuthoriseLiveLink      | 403 403 | 409 404 | 403 403 | 403 403 | 404 202 | 403 403 | 403 403 | 401 401
BookSlot               | 403 403 | 403 403 | 403 403 | 403 403 | 403 403 | 403 403 | 403 403 | 401 401
ResendLiveLink         | 409 404 | 409 404 | 404 404 | 404 404 | 403 403 | 403 403 | 403 403 | 401 401
EndSession             | 409 404 | 409 404 | 404 404 | 404 404 | 404 409 | 403 403 | 403 403 | 401 401
LetPersonIn            | 409 404 | 409 404 | 404 404 | 404 404 | 403 403 | 403 403 | 403 403 | 401 401
ReleaseDevice          | 409 404 | 409 404 | 404 404 | 404 404 | 403 403 | 403 403 | 403 403 | 401 401
ShareView              | 409 404 | 409 404 | 404 404 | 404 404 | 404 409 | 403 403 | 403 403 | 401 401
RecordOutcome          | 409 404 | 409 404 | 404 404 | 404 404 | 403 403 | 403 403 | 403 403 | 401 401
RecordInspectionVisit  | 403 403 | 403 403 | 403 403 | 403 403 | 403 403 | 403 403 | 403 403 | 401 401
SendChat               | 409 404 | 409 404 | 404 404 | 404 404 | 403 403 | 403 403 | 403 403 | 401 401
GetChecklist           | 404 404 | 404 404 | 404 404 | 404 404 | 404 404 | 403 403 | 403 403 | 401 401
SaveChecklist          | 403 403 | 403 403 | 403 403 | 403 403 | 403 403 | 403 403 | 403 403 | 401 401
SaveScore              | 403 403 | 403 403 | 403 403 | 403 403 | 403 403 | 403 403 | 403 403 | 401 401
GetLocationTrack       | 200 404 | 200 404 | 404 404 | 404 404 | 404 200 | 403 403 | 403 403 | 401 401
GetViewer              | 409 404 | 409 404 | 404 404 | 404 404 | 404 404 | 403 403 | 403 403 | 401 401
ListEvidence           | 200 404 | 200 404 | 404 404 | 404 404 | 404 200 | 403 403 | 403 403 | 401 401
ViewEvidence           | 409 404 | 403 403 | 404 404 | 404 404 | 403 403 | 403 403 | 403 403 | 401 401
DecideEvidence         | 409 404 | 403 403 | 404 404 | 404 404 | 403 403 | 403 403 | 403 403 | 401 401
ConfirmPastedLine      | 202 404 | 202 404 | 404 404 | 404 404 | 403 403 | 403 403 | 403 403 | 401 401
GetLiveLinkStatistics  | 200     | 200     | 200     | 200     | 200     | 200     | 403     | 401
GetLiveLinkAudit       | 403 403 | 200 404 | 403 403 | 403 403 | 404 200 | 200 200 | 403 403 | 401 401
MarkUnsafeContact      | 202 404 | 409 404 | 404 404 | 404 404 | 404 202 | 403 403 | 403 403 | 401 401
CancelLiveLink         | 409 404 | 409 404 | 404 404 | 404 404 | 404 409 | 403 403 | 403 403 | 401 401`;

const lines = table.trim().split('\n').map(line => line.split('|').map(cell => cell.trim()));
const people = ['carl.controller', 'fay.manager', 'dora.domestic', 'una.unnamed', 'dee.inspector', 'gus.auditor', 'sam.caseworker', 'nobody'];
const cells = lines.slice(1).flatMap(([operationId = '', ...statuses]) => statuses.map((expected, n) => ({ operationId, person: people[n] ?? '', expected })));

let links: LiveLinks;
let ofControl = '';
let ofCrime = '';
beforeAll(async () => {
  links = await startLiveLinks();
  const [carl, otto] = [links.as('carl.controller'), links.as('otto.organised')];
  ofControl = await opened(carl, { area: 'FCC', reasonCode: 'SEE_SCENE', mode: 'VIDEO', msisdn: phone('003'), onVoiceCall: true, askedAndSafe: true });
  await stands(carl, ofControl, 'SENT', 'DELIVERED');
  ofCrime = await opened(otto, {
    area: 'SOCU', reasonCode: 'VICTIM_WITNESS_CONTACT', mode: 'VIDEO', channel: 'READ_ALOUD_CODE', onVoiceCall: true,
    socu: { notChis: true, secondPerson: objectIdOf('dee.inspector'), namedViewers: [objectIdOf('otto.organised')] },
  });
});
afterAll(async () => { await links.stop(); });

const definition = definitionOf(connectors.find(({ capability }) => capability === 'goodsam') ?? throwing());
function throwing(): never {
  throw new Error('no connector of live links');
}

async function send(person: string, operation: Operation, requestId: string): Promise<Answer> {
  const client = person === 'nobody' ? links.anonymous : links.as(person);
  const { path, body } = generateRequest(definition, operation.operationId);
  const address = path.replace('abcdefghijklmnopqrstuvwx23', requestId);
  if (operation.method === 'GET') return await client.get(address);
  return await client.send(operation.method, address, { ...(typeof body === 'object' && body !== null && !(body instanceof Uint8Array) && { body }), ...(operation.ifMatch && { ifMatch: '"0"' }) });
}

describe('H3: who may do what with which live link', () => {
  it('has one row for each operation', () => {
    expect(lines.slice(1).map(([operationId]) => operationId).sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
    expect(lines.every(line => line.length === people.length + 1)).toBe(true);
  });

  it.each(cells)('$operationId by $person: $expected', async ({ operationId, person, expected }) => {
    const operation = operations.find(found => found.operationId === operationId);
    if (!operation) throw new Error('no such operation');
    const records = operation.route.includes('{requestId}') ? [ofControl, ofCrime] : [ofControl];
    const answers: Answer[] = [];
    for (const record of records) answers.push(await send(person, operation, record));
    expect(answers.map(({ status }) => status).join(' ')).toBe(expected);
    for (const { status, json } of answers) if (status >= 400) expect([json['status'], typeof json['code']]).toEqual([status, 'string']);
  });

  it('a request that is hidden and one that is not there answer alike', async () => {
    for (const operation of operations.filter(({ route }) => route.includes('{requestId}'))) {
      const [hidden, missing] = [await send('una.unnamed', operation, ofCrime), await send('una.unnamed', operation, 'a'.repeat(26))].map(({ status, json: { traceId: _, ...body } }) => ({ status, body }));
      expect({ operationId: operation.operationId, ...hidden }).toEqual({ operationId: operation.operationId, ...missing });
    }
  });
});
