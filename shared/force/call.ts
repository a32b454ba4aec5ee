import type * as z from 'zod';

/** Where a system of the force is. The shapes sent and read are ours: no interface of a vendor is claimed, so a real system stands behind a small translation. */
export interface ForceSystem {
  readonly url: string;
  readonly key: string;
  /** Milliseconds for the whole call, reading the reply included. */
  readonly timeoutMs?: number;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Why a call gave nothing. `kind` says whether trying again can help: not for `refused` and `bad-reply`. Nothing of the request or reply is in it. */
export interface ForceFailure {
  readonly kind: 'timeout' | 'unavailable' | 'refused' | 'bad-reply' | 'aborted';
  readonly status?: number;
}

export type Called<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ForceFailure };

const defaultTimeout = 5_000;
const maxReplyBytes = 256 * 1024;

/**
 * Posts a question and reads the reply. Questions go in the body, never in an address: addresses end in access logs (goodsam.md 11). Redirects are not followed,
 * as the key would go along. Never throws: what a missing answer means is the caller's rule.
 */
export async function callForce<T>(system: ForceSystem, request: { readonly path: string; readonly body: object }, reply: z.ZodType<T>, { signal }: CallOptions = {}): Promise<Called<T>> {
  const timeout = AbortSignal.timeout(system.timeoutMs ?? defaultTimeout);
  try {
    const response = await post(system, request, signal ? AbortSignal.any([signal, timeout]) : timeout);
    if (response.ok) return understood(await bounded(response), reply);
    await response.body?.cancel();
    return failed(mayAnswerLater(response.status) ? 'unavailable' : 'refused', response.status);
  } catch {
    if (signal?.aborted === true) return failed('aborted');
    return failed(timeout.aborted ? 'timeout' : 'unavailable');
  }
}

async function post(system: ForceSystem, { path, body }: { readonly path: string; readonly body: object }, signal: AbortSignal): Promise<Response> {
  return await fetch(`${system.url.replace(/\/+$/, '')}${path}`, {
    method: 'POST', redirect: 'error', signal, body: JSON.stringify(body),
    headers: { 'authorization': `Bearer ${system.key}`, 'content-type': 'application/json', 'accept': 'application/json' },
  });
}

const mayAnswerLater = (status: number): boolean => status === 408 || status === 429 || status >= 500;

function failed(kind: ForceFailure['kind'], status?: number): { readonly ok: false; readonly failure: ForceFailure } {
  return { ok: false, failure: { kind, ...(status !== undefined && { status }) } };
}

function understood<T>(text: string | undefined, reply: z.ZodType<T>): Called<T> {
  if (text === undefined) return failed('bad-reply');
  try {
    const parsed = reply.safeParse(JSON.parse(text));
    return parsed.success ? { ok: true, value: parsed.data } : failed('bad-reply');
  } catch {
    return failed('bad-reply');
  }
}

/** The reply as text, or undefined when it is over the limit. */
async function bounded({ body }: Response): Promise<string | undefined> {
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = body?.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (let step = await reader?.read(); step?.done === false; step = await reader?.read()) {
    bytes += step.value.length;
    if (bytes > maxReplyBytes) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(step.value);
  }
  return Buffer.concat(chunks).toString('utf8');
}
