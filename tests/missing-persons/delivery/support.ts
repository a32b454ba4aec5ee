import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import * as z from 'zod';
import { listening, stopped } from '../../../local/loopback.ts';

const servers: Server[] = [];
export async function stopServers(): Promise<void> {
  await Promise.all(servers.splice(0).map(stopped));
}

export async function answering(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  return await listening(server, 0);
}

/** How the far side misbehaves. LOST: it takes the message and then drops the line. */
export type Trouble = 'NONE' | 'LOST' | 'SILENT' | 'NEVER_ENDS' | 'GARBLED' | 'EMPTY' | 'OVERSIZED' | 'CLOSED' | number;

export interface FarSide {
  readonly url: string;
  /** Messages it took, each key once or as often as it was sent, as the real one would. */
  readonly taken: readonly { readonly key: string; readonly to: string; readonly text: string }[];
  readonly requests: readonly string[];
  trouble: Trouble;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const reply = (response: ServerResponse, status: number, body: string): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(body);

/** True when the answer was spoilt. `LOST` is left to the one who takes the message first. */
function spoil({ trouble }: FarSide, request: IncomingMessage, response: ServerResponse): boolean {
  if (trouble === 'NONE' || trouble === 'LOST') return false;
  if (trouble === 'SILENT') return true;
  if (trouble === 'CLOSED') request.socket.destroy();
  else if (trouble === 'NEVER_ENDS') void response.write('{"status":"ACCEPTED",');
  else if (trouble === 'GARBLED') reply(response, 200, '<html>gateway</html>');
  else if (trouble === 'EMPTY') reply(response, 200, '');
  else if (trouble === 'OVERSIZED') reply(response, 200, `{"status":"ACCEPTED","ref":"${'x'.repeat(6_000_000)}"}`);
  else reply(response, trouble, '{"errors":[{"error":"Refused","message":"no"}],"status_code":0}');
  return true;
}

const mail = z.strictObject({ key: z.string(), to: z.string(), subject: z.string(), text: z.string(), attachment: z.strictObject({ name: z.string(), mediaType: z.string(), text: z.string() }).optional() });

/** A secure mail gateway: takes one key once. */
export async function fakeGateway(): Promise<FarSide> {
  const taken: { key: string; to: string; text: string }[] = [];
  const requests: string[] = [];
  const far: FarSide = { url: '', taken, requests, trouble: 'NONE' };
  const url = await answering((request, response) => void (async () => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''} ${request.headers.authorization ?? ''}`);
    const body = mail.parse(JSON.parse(await bodyOf(request)));
    if (spoil(far, request, response)) return;
    const isNew = !taken.some(one => one.key === body.key);
    if (isNew) taken.push({ key: body.key, to: body.to, text: `${body.subject}\n${body.text}\n${body.attachment?.text ?? ''}` });
    if (far.trouble === 'LOST') request.socket.destroy();
    else reply(response, 200, JSON.stringify({ status: isNew ? 'ACCEPTED' : 'ALREADY_ACCEPTED', ref: `gw-${body.key}` }));
  })());
  return Object.assign(far, { url });
}

export const templates = { sms: '10000000-0000-4000-8000-000000000001', email: '10000000-0000-4000-8000-000000000002' } as const;
const forms = { [templates.sms]: 'Please call 101 ref ((ref))', [templates.email]: '((subject))\n((body))' };
const order = z.strictObject({ template_id: z.enum([templates.sms, templates.email]), personalisation: z.record(z.string(), z.string()), reference: z.string(), phone_number: z.string().optional(), email_address: z.string().optional() });

/** GOV.UK Notify with our two templates. It does not refuse a second sending of a reference, as the real one does not: whoever sends must look it up. */
export async function fakeNotify(): Promise<FarSide> {
  const taken: { key: string; to: string; text: string; id: string }[] = [];
  const requests: string[] = [];
  const far: FarSide = { url: '', taken, requests, trouble: 'NONE' };
  const url = await answering((request, response) => void (async () => {
    const asked = new URL(request.url ?? '', 'http://127.0.0.1');
    requests.push(`${request.method ?? ''} ${asked.pathname}`);
    const text = await bodyOf(request);
    if (spoil(far, request, response)) return;
    if (request.method === 'GET') {
      const found = taken.filter(one => one.key === asked.searchParams.get('reference'));
      reply(response, 200, JSON.stringify({ notifications: found.map(one => ({ id: one.id, reference: one.key, status: 'sending' })) }));
      return;
    }
    const given = order.parse(JSON.parse(text));
    const id = randomUUID();
    const filled = forms[given.template_id].replace(/\(\((\w+)\)\)/g, (_whole, name: string) => given.personalisation[name] ?? 'MISSING');
    taken.push({ key: given.reference, to: given.phone_number ?? given.email_address ?? '', text: filled, id });
    if (far.trouble === 'LOST') request.socket.destroy();
    else reply(response, 201, JSON.stringify({ id }));
  })());
  return Object.assign(far, { url });
}
