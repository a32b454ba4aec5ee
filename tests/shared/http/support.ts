import { HttpRequest, InvocationContext } from '@azure/functions';
import type { HttpHandler } from '@azure/functions';
import { jest } from '@jest/globals';
import * as z from 'zod';
import { present } from '../../../shared/domain/present.ts';
import type { Caller } from '../../../shared/http/caller.ts';
import type { EndpointDeps } from '../../../shared/http/endpoint.ts';
import type { Operation } from '../../../shared/http/operation.ts';
import { createLog } from '../../../shared/log.ts';

// The library warns once that it runs outside a host: true here, and noise.
jest.spyOn(console, 'warn').mockImplementation(() => undefined);

export const now = new Date('2026-11-24T12:00:00.000Z');
export const sam: Caller = { objectId: '00000000-0000-4000-8000-000000000001', tenantId: '11111111-1111-4111-8111-111111111111', roles: ['Redaction.Caseworker'] };
export const key = 'a-key-of-the-client-0001';

const rowSchema = z.looseObject({ level: z.string(), kind: z.string(), event: z.string() });
export type Row = z.output<typeof rowSchema>;

/** A log that keeps its rows. */
export function memoryLog(minimum: 'debug' | 'info' = 'info') {
  const lines: string[] = [];
  const log = createLog({ write: (_level, line) => { lines.push(line); }, now: () => now, minimum });
  return { log, lines, rows: (): Row[] => lines.map(line => rowSchema.parse(JSON.parse(line))) };
}

export function deps(more: Partial<EndpointDeps> = {}): EndpointDeps {
  return { verify: () => Promise.resolve(sam), log: memoryLog().log, now: () => now, checkReplies: true, ...more };
}

export const closeNotes = {
  operationId: 'CloseNotes', method: 'POST', route: 'api/cases/{caseId}/notes', who: ['Redaction.Caseworker'], audit: 'alteration',
  summary: 'Close the notes', description: 'Closes the notes of a case.',
  params: z.strictObject({ caseId: z.string().max(40) }),
  query: z.strictObject({ notify: z.boolean().optional(), days: z.int().min(1).max(28).default(7) }),
  reply: z.strictObject({ id: z.string() }), success: 201, idempotencyKey: 'required', visibility: 'important',
} as const satisfies Operation;

export const addNote = {
  ...closeNotes, operationId: 'AddNote', summary: 'Add a note', description: 'Adds a note to a case.',
  body: z.strictObject({
    text: z.string().min(1).max(200), pages: z.array(z.strictObject({ number: z.int().max(500) })).max(10).optional(), level: z.enum(['low', 'high']).optional(),
  }),
} as const satisfies Operation;

export interface Sent {
  readonly method?: string;
  readonly url?: string;
  readonly params?: Record<string, string>;
  readonly headers?: Record<string, string | undefined>;
  readonly body?: string | Uint8Array;
}

/** A request as the buffered host hands it over; a header of undefined is left out. */
export function request(sent: Sent = {}): HttpRequest {
  const { method = 'POST', url = 'http://localhost/api/cases/c1/notes', params = { caseId: 'c1' }, body = '{"text":"seen"}' } = sent;
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const headers = {
    'authorization': 'Bearer a.b.c', 'content-type': 'application/json', 'content-length': String(bytes.byteLength), 'idempotency-key': key, ...sent.headers,
  };
  return new HttpRequest({ method, url, params, headers: present(headers), body: { bytes } });
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly json: Readonly<Record<string, unknown>>;
}

const initSchema = z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.union([z.string(), z.instanceof(Uint8Array)]) });

/** Calls a handler as the host does, and reads its answer. */
export async function send(handler: HttpHandler, sent: Sent | HttpRequest = {}, traceParent?: string): Promise<Answered> {
  const context = new InvocationContext({ functionName: 'test', ...(traceParent !== undefined && { traceContext: { traceParent } }) });
  const init = initSchema.parse(await handler(sent instanceof HttpRequest ? sent : request(sent), context));
  const bytes = typeof init.body === 'string' ? new TextEncoder().encode(init.body) : init.body;
  const text = new TextDecoder().decode(bytes);
  const json = (init.headers['content-type'] ?? '').includes('json') ? z.record(z.string(), z.unknown()).parse(JSON.parse(text)) : {};
  return { status: init.status, headers: init.headers, text, bytes, json };
}
