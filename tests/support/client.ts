import { randomUUID } from 'node:crypto';

/** One answer of the service: JSON where it is JSON, else bytes. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Record<string, unknown>;
  readonly bytes: Uint8Array;
}

export interface Send {
  readonly body?: object;
  readonly file?: { readonly bytes: Uint8Array; readonly contentType: string; readonly name?: string };
  /** Idempotency-Key; a new one by default, null for none. */
  readonly key?: string | null;
  readonly ifMatch?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a signed-in person may send. */
export interface Client {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  post(path: string, send?: Send): Promise<Answer>;
  /** Any other method, with a key as for `post`. */
  send(method: string, path: string, send?: Send): Promise<Answer>;
}

export function newKey(): string {
  return randomUUID().replaceAll('-', '');
}

/** A client with a token, or without one when it is undefined. */
export function createClient(url: string | (() => string), token: (() => Promise<string>) | undefined): Client {
  const call = async (method: string, path: string, { body, file, key, ifMatch, headers }: Send): Promise<Answer> => {
    const reply = await fetch(`${typeof url === 'string' ? url : url()}${path}`, {
      method, redirect: 'manual',
      headers: {
        ...(token && { authorization: `Bearer ${await token()}` }), ...(typeof key === 'string' && { 'idempotency-key': key }), ...(ifMatch !== undefined && { 'if-match': ifMatch }),
        ...(body && { 'content-type': 'application/json' }), ...(file && { 'content-type': file.contentType, 'x-file-name': encodeURIComponent(file.name ?? 'statement.pdf') }), ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : file ? { body: Buffer.from(file.bytes) } : {}),
    });
    const bytes = new Uint8Array(await reply.arrayBuffer());
    return { status: reply.status, headers: reply.headers, bytes, json: isJson(reply) ? object(JSON.parse(Buffer.from(bytes).toString())) : {} };
  };
  return {
    get: (path, headers = {}) => call('GET', path, { headers }),
    post: (path, send = {}) => call('POST', path, { ...send, key: send.key === undefined ? newKey() : send.key }),
    send: (method, path, send = {}) => call(method, path, { ...send, key: send.key === undefined ? newKey() : send.key }),
  };
}

function isJson(reply: Response): boolean {
  return /json/.test(reply.headers.get('content-type') ?? '') && !/attachment/.test(reply.headers.get('content-disposition') ?? '');
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** A field that must be text. */
export function text(answer: Answer, field: string): string {
  const value = answer.json[field];
  if (typeof value !== 'string') throw new TypeError(`no text in ${field}: ${answer.status} ${JSON.stringify(answer.json)}`);
  return value;
}

export function rows(answer: Answer): Record<string, unknown>[] {
  const value = answer.json['value'];
  if (!Array.isArray(value)) throw new TypeError(`no rows: ${answer.status} ${JSON.stringify(answer.json)}`);
  return value.map(object);
}
