import { createServer } from 'node:http';
import { readWebhook } from '../../../functions/goodsam/provider/events.ts';
import { verifyWebhook, webhookKeys } from '../../../functions/goodsam/provider/signature.ts';
import { listening, stopped } from '../../../local/loopback.ts';

export interface Received {
  readonly path: string;
  readonly headers: Headers;
  readonly rawBody: Buffer;
  readonly id: string;
  readonly type: string;
  readonly isVerified: boolean;
}

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** What came for one path. */
  readonly of: (path: string) => readonly Received[];
  /** Answers this for so many webhooks more. */
  refuse: { status: number; times: number };
  readonly stop: () => Promise<void>;
}

/** Stands in for the app's webhook endpoint: it checks signatures against the real time, answers 401 or 202, and keeps all. */
export async function startReceiver(secrets: () => readonly string[]): Promise<Receiver> {
  const received: Received[] = [];
  const receiver = { refuse: { status: 0, times: 0 } };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const rawBody = Buffer.concat(chunks);
      const headers = new Headers(Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]));
      const isVerified = verifies(headers, rawBody, secrets());
      received.push({ path: request.url ?? '', headers, rawBody, isVerified, ...said(rawBody) });
      receiver.refuse.times -= 1;
      const refused = receiver.refuse.times >= 0 ? receiver.refuse.status : undefined;
      response.writeHead(refused ?? (isVerified ? 202 : 401)).end();
    });
  });
  const url = await listening(server, 0);
  return Object.assign(receiver, { url, received, of: (path: string) => received.filter(one => one.path === path), stop: () => stopped(server) });
}

export function verifies(headers: Headers, rawBody: Uint8Array, secrets: readonly string[], now = new Date()): boolean {
  try {
    verifyWebhook({ headers, rawBody, keys: webhookKeys(secrets), now });
    return true;
  } catch {
    return false;
  }
}

function said(rawBody: Uint8Array): { readonly id: string; readonly type: string } {
  try {
    const read = readWebhook(rawBody);
    return read.kind === 'event' ? { id: read.event.id, type: read.event.type.replace('session.', '') } : { id: read.id, type: read.type };
  } catch {
    return { id: '', type: 'unreadable' };
  }
}

/** Waits until something is so; fails with the last value otherwise. */
export async function until<T>(look: () => T | Promise<T>, isSo: (value: T) => boolean, timeoutMs = 15_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await look();
    if (isSo(value)) return value;
    if (Date.now() > end) throw new Error(`not so in ${timeoutMs} ms: ${JSON.stringify(value).slice(0, 2_000)}`);
    await new Promise(resolve => setTimeout(resolve, 25));
  }
}
