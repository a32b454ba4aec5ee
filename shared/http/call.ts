import * as z from 'zod';
import type { ReceivedFile } from './body.ts';
import type { Caller } from './caller.ts';
import type { FileBody, Operation } from './operation.ts';
import type { LooseReply, SentFile } from './reply.ts';
import type { Trace } from './trace.ts';

type Checked<O, Part extends string> = O extends Readonly<Record<Part, infer S extends z.ZodObject>> ? z.output<S> : undefined;

/** A request that passed every check, typed by its operation. */
export interface Call<O extends Operation = Operation> extends Trace {
  readonly operation: O;
  readonly caller: O['who'] extends 'anonymous' ? undefined : Caller;
  readonly params: Checked<O, 'params'>;
  readonly query: Checked<O, 'query'>;
  readonly headers: Checked<O, 'headers'>;
  readonly body: Checked<O, 'body'>;
  readonly file: O extends { readonly body: FileBody } ? ReceivedFile : undefined;
  readonly idempotencyKey: O['idempotencyKey'] extends 'required' ? string : undefined;
  readonly ifMatch: unknown extends O['ifMatch'] ? undefined : O['ifMatch'] extends 'required' ? string : 'required' extends O['ifMatch'] ? string | undefined : undefined;
  readonly now: Date;
}

/** A read of personal data must name the cases that it shows: their consultation is recorded before the reply leaves (storage-protocol 10). */
type Shown<O extends Operation> = O['audit'] extends 'consultation' ? { readonly consulted: readonly string[] } : { readonly consulted?: undefined };
type Content<O extends Operation> = O['reply'] extends z.ZodObject ? { readonly body: z.output<O['reply']> } : { readonly file: SentFile };
export type Reply<O extends Operation> = Omit<LooseReply, 'body' | 'file' | 'consulted'> & Content<O> & Shown<O>;
export type Handler<O extends Operation> = (call: Call<O>) => Promise<Reply<O>>;

/**
 * Ties what was read to the operation's type: each part that the operation declares is there, and it came through that part's schema. A part that is
 * missing is a fault of ours, never of the request, which was refused before this.
 */
export function isCall<O extends Operation>(operation: O, call: unknown): call is Call<O> {
  const bodyPart = operation.body instanceof z.ZodObject ? 'body' : 'file';
  const needed = {
    caller: operation.who !== 'anonymous',
    params: operation.params !== undefined,
    query: operation.query !== undefined,
    headers: operation.headers !== undefined,
    [bodyPart]: operation.body !== undefined,
    idempotencyKey: operation.idempotencyKey === 'required',
    ifMatch: operation.ifMatch === 'required',
  };
  return typeof call === 'object' && call !== null
    && Object.entries(needed).every(([part, isNeeded]) => !isNeeded || Reflect.get(call, part) !== undefined);
}
