// Who may do what with which missing person (issue 4, last "done when"). One row an operation, one column a person; a cell holds the status about the child of Sample House (Cheshire East) and
// about the adult who is missing from home, where the operation is about a record. 404: it does not exist for that person. 409: may, but not in this state. 422: may, but the generated body does
// not fit. Rows run in this order over the same two records, so what an earlier row did may show in a later one.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { operations } from '../../functions/missing-persons/contract.ts';
import { connectors } from '../../powerapps-connectors/connectors.ts';
import { definitionOf } from '../../powerapps-connectors/definition.ts';
import type { Operation } from '../../shared/http/operation.ts';
import { generateRequest } from '../connectors/served.ts';
import type { Answer } from '../support/client.ts';
import { answers, must, reported, startMissing, type Missing } from '../support/missing.ts';
import { people, table } from './missingPermissions.ts';

let missing: Missing;
let child = '';
let adult = '';
beforeAll(async () => {
  missing = await startMissing();
  const [cora, carrie] = [missing.as('cora.callhandler'), missing.as('carrie.carer')];
  child = await reported(carrie, {
    givenName: 'Ella', familyName: 'Example', age: '15', lastSeenPlace: 'Sample House', lastSeenUnknown: 'yes', lastSeenReason: 'Not back for the curfew', informantName: 'Sam Carer', informantPhone: '01632 960001',
    worries: 'Not back for the curfew of eight o\'clock, and her phone is off', hasPart1: 'YES', laResponsible: 'Cheshire East', placementName: 'Sample House',
  }, '/api/missing-care-reports');
  adult = await reported(cora, {
    givenName: 'Alex', familyName: 'Sample', age: '44', lastSeenPlace: 'At home', lastSeenUnknown: 'yes', lastSeenReason: 'Nobody saw him leave', informantName: 'Kim Sample', informantPhone: '01632 960002', worries: 'He did not come home from work, which is not like him',
    channel: 'PHONE_101', callStartedAt: new Date().toISOString(),
  });
  for (const recordId of [child, adult]) {
    await must(cora, recordId, 'answers', answers({ Q08: 'NOT_KNOWN' }));
    await must(cora, recordId, 'screen', { thrive: 'Not back, telephone off.', level: 'MEDIUM' });
    await must(cora, recordId, 'accept', { rationale: 'Missing, and nobody knows where to look for them yet.' });
  }
  await missing.settle();
}, 120_000);
afterAll(async () => {
  await missing.stop();
});

const definition = definitionOf(connectors.find(({ capability }) => capability === 'missing-persons') ?? throwing('no connector of missing persons'));
function throwing(why: string): never {
  throw new Error(why);
}

const isAboutRecord = ({ route }: Operation): boolean => route.includes('{recordId}');
const operationOf = (operationId: string): Operation => operations.find(found => found.operationId === operationId) ?? throwing(`no operation ${operationId}`);

async function send(person: string, operation: Operation, recordId: string): Promise<Answer> {
  const client = person === 'nobody' ? missing.links.anonymous : missing.as(person);
  const { path, body } = generateRequest(definition, operation.operationId);
  const address = path.replace('abcdefghijklmnopqrstuvwx23', recordId);
  if (operation.method === 'GET') return await client.get(address);
  return await client.send(operation.method, address, { ...(typeof body === 'object' && body !== null && !(body instanceof Uint8Array) && { body }) });
}

const lines = table.trim().split('\n').map(line => line.split('|').map(cell => cell.trim()));
const cells = lines.flatMap(([operationId = '', ...statuses]) => statuses.map((expected, n) => ({ operationId, person: people[n] ?? '', expected })));

// Before the table, whose commands change the two records.
describe('a partner reaches its own and nothing else, whatever the route', () => {
  const aboutRecords = operations.filter(isAboutRecord);
  const strangers = [
    { person: 'other.carer', of: 'child' }, { person: 'other.carer', of: 'adult' }, { person: 'carrie.carer', of: 'adult' }, { person: 'lara.council', of: 'adult' }, { person: 'sam.caseworker', of: 'child' },
  ] as const;

  it('is asked of every route of the register that is about a record', () => {
    expect(aboutRecords.length).toBeGreaterThan(50);
  });

  it.each(strangers)('$person gets nothing of the $of', async ({ person, of }) => {
    for (const operation of aboutRecords) {
      const { status, bytes } = await send(person, operation, of === 'child' ? child : adult);
      expect({ operationId: operation.operationId, isRefused: [403, 404, 422].includes(status), status }).toEqual({ operationId: operation.operationId, isRefused: true, status });
      expect(Buffer.from(bytes).toString()).not.toMatch(/Ella|Alex|Sample House|MP\/CHS/);
    }
  });

  it('has in its list its own placement, its own children, and for another home nothing', async () => {
    const listed = async (person: string): Promise<string> => JSON.stringify((await missing.as(person).get('/api/missing-partner-cases')).json);
    expect(await listed('carrie.carer')).toContain(child);
    expect(await listed('carrie.carer')).not.toContain(adult);
    expect(await listed('lara.council')).toContain(child);
    expect(await listed('lara.council')).not.toContain(adult);
    expect(await listed('other.carer')).toBe('{"value":[]}');
  });

  it('a provider reads exactly its fields, and no intelligence, health, flag or place of finding', async () => {
    const { json } = await missing.as('carrie.carer').get(`/api/missing-partner-cases/${child}`);
    expect(z.object({ fields: z.array(z.object({ name: z.string() })) }).parse(json).fields.map(({ name }) => name)).toEqual(['caseRef', 'caseStatus', 'fullName', 'officerName', 'officerPhone']);
  });

  it('a record that is hidden and one that is not there answer alike', async () => {
    for (const operation of aboutRecords) {
      const [hidden, absent] = [await send('other.carer', operation, child), await send('other.carer', operation, 'a'.repeat(26))].map(({ status, json: { traceId: _, ...body } }) => ({ status, body }));
      expect({ operationId: operation.operationId, ...hidden }).toEqual({ operationId: operation.operationId, ...absent });
    }
  });
});

describe('who may do what with which missing person', () => {
  it('has one row for each operation', () => {
    expect(lines.map(([operationId]) => operationId).sort()).toEqual(operations.map(({ operationId }) => operationId).sort());
    expect(lines.every(line => line.length === people.length + 1)).toBe(true);
  });

  it.each(cells)('$operationId by $person: $expected', async ({ operationId, person, expected }) => {
    const operation = operationOf(operationId);
    const found: Answer[] = [];
    for (const record of isAboutRecord(operation) ? [child, adult] : [child]) found.push(await send(person, operation, record));
    expect(found.map(({ status }) => status).join(' ')).toBe(expected);
    for (const { status, json } of found) if (status >= 400) expect([json['status'], typeof json['code']]).toEqual([status, 'string']);
  });
});
