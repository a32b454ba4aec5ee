import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { connectors } from '../../powerapps-connectors/connectors.ts';
import { fromText } from '../../shared/http/schema.ts';
import { definitionOf } from '../../powerapps-connectors/definition.ts';
import { fixture } from './fixture/connector.ts';
import { operations } from './fixture/contract.ts';
import { checkReply, generateReply, generateRequest } from './served.ts';

const swagger = definitionOf(fixture);
const item = {
  itemId: '7b0c1f7e-6f0a-4a55-9d0e-0f5f3a1c2b3d', title: 'Blue bicycle', state: 'found', foundOn: '2026-03-01', photographs: [{ takenAt: '2026-03-01T09:30:00Z', widthPx: 640 }], etag: '"1"',
};
const problem = (status: number) => ({ type: 'https://desk.example.test/problems/no', title: 'No', status });

describe('connector check 22: requests made from the definition', () => {
  const json = operations.flatMap(operation => (operation.visibility !== 'excluded' && operation.body instanceof z.ZodObject ? [{ ...operation, body: operation.body }] : []));

  it.each(json)('$operationId: the contract accepts the generated body', ({ operationId, body }) => {
    expect(body.safeParse(generateRequest(swagger, operationId).body)).toMatchObject({ success: true });
  });

  it('fills path, query and headers', () => {
    expect(generateRequest(swagger, 'ListItems')).toEqual({ method: 'GET', path: '/api/lost-items?state=found&top=20', headers: { 'accept-language': 'en-GB' } });
    const command = generateRequest(swagger, 'ReturnItem');
    expect(command.path).toBe(`/api/lost-items/${item.itemId}/return`);
    expect(command.headers['Idempotency-Key']).toMatch(/^[A-Za-z0-9_-]{16,64}$/);
    expect(command.headers['If-Match']).toBe('"0"');
  });

  it('sends bytes where a file is wanted', () => {
    const { body, headers } = generateRequest(swagger, 'StorePhotograph');
    expect(body).toBeInstanceOf(Uint8Array);
    expect(headers['content-type']).toBe('image/jpeg');
  });

  it('is the same each time, with a key of its own for each operation', () => {
    expect(generateRequest(swagger, 'RecordItem')).toEqual(generateRequest(swagger, 'RecordItem'));
    expect(generateRequest(swagger, 'RecordItem').headers['Idempotency-Key']).not.toBe(generateRequest(swagger, 'ReturnItem').headers['Idempotency-Key']);
  });

  it('throws for an operation that does not exist', () => {
    expect(() => generateRequest(swagger, 'LoseItem')).toThrow('no operation LoseItem');
  });
});

describe.each(connectors)('connector check 22: $capability, both ways', connector => {
  const definition = definitionOf(connector);
  const shown = connector.operations.filter(({ visibility }) => visibility !== 'excluded');

  it.each(shown)('$operationId: the contract accepts the generated request', operation => {
    const request = generateRequest(definition, operation.operationId);
    expect(request.method).toBe(operation.method);
    expect(request.path).not.toContain('{');
    if (operation.body instanceof z.ZodObject) expect(operation.body.safeParse(request.body)).toMatchObject({ success: true });
    const query = Object.fromEntries(new URL(request.path, 'https://desk.example.test').searchParams);
    if (operation.query !== undefined) expect(operation.query.safeParse(fromText(operation.query, query))).toMatchObject({ success: true });
    if (operation.headers !== undefined) {
      const named = Object.fromEntries(Object.keys(operation.headers.shape).map(name => [name, request.headers[name]]));
      expect(operation.headers.safeParse(named)).toMatchObject({ success: true });
    }
  });

  it.each(shown)('$operationId: the contract accepts the example of its reply, and so does the definition', ({ operationId, reply, success }) => {
    const example = reply instanceof z.ZodObject ? generateReply(definition, operationId) : new Uint8Array([1]);
    if (reply instanceof z.ZodObject) expect(reply.safeParse(example)).toMatchObject({ success: true });
    expect(checkReply(definition, operationId, success, example)).toEqual([]);
  });
});

describe('connector check 22: replies judged by the definition', () => {
  it.each([
    ['GetItem', 200, item],
    ['GetItem', 200, { ...item, finderEmail: 'finder@example.test', photograph: item.photographs[0] }],
    ['ReturnItem', 202, item],
    ['ListItems', 200, { value: [item], nextLink: 'https://desk.example.test/2' }],
    ['GetPhotograph', 200, new Uint8Array([1])],
    ['GetItem', 404, problem(404)],
  ] as const)('%s %d: what was promised passes', (operationId, status, body) => {
    expect(checkReply(swagger, operationId, status, body)).toEqual([]);
  });

  it.each([
    ['a missing property', 'GetItem', 200, { ...item, title: undefined }],
    ['an unknown property', 'GetItem', 200, { ...item, finderName: 'Pat' }],
    ['an unknown property inside an array', 'ListItems', 200, { value: [{ ...item, extra: 1 }] }],
    ['a word outside the enumeration', 'GetItem', 200, { ...item, state: 'burnt' }],
    ['a wrong format', 'GetItem', 200, { ...item, itemId: 'no-id' }],
    ['a number below the minimum', 'GetItem', 200, { ...item, photograph: { takenAt: '2026-03-01T09:30:00Z', widthPx: 0 } }],
    ['null where a value is optional', 'GetItem', 200, { ...item, finderEmail: null }],
    ['a wrong body on 202', 'ReturnItem', 202, { done: true }],
    ['a status that was not declared', 'GetMe', 404, problem(404)],
    ['an error that is no problem', 'GetItem', 404, { error: 'no' }],
    ['a problem of another status', 'GetItem', 404, problem(409)],
    ['text instead of a file', 'GetPhotograph', 200, 'x'],
    ['an empty file', 'GetPhotograph', 200, new Uint8Array()],
  ] as const)('%s is found', (_name, operationId, status, body) => {
    const sent: unknown = body instanceof Uint8Array ? body : JSON.parse(JSON.stringify(body));
    expect(checkReply(swagger, operationId, status, sent)).not.toEqual([]);
  });
});
