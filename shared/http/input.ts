import type { HttpRequest } from '@azure/functions';
import type * as z from 'zod';
import type { Operation } from './operation.ts';
import { problem } from './problem.ts';
import { checked, fieldError, fromText } from './schema.ts';

/** storage-protocol 1: the client's key is the operation's id, so it must also fit a table's row key. */
const idempotencyKey = /^[A-Za-z0-9_-]{16,64}$/;
/** One entity tag (RFC 9110 8.8.3), weak or strong: `*` would edit what the caller never saw. */
const entityTag = /^(?:W\/)?"[\x21\x23-\x7e]{1,200}"$/;
const MAX_TEXT = 4_096;

/** The Idempotency-Key of a command, or undefined when the operation takes none. Throws 400 problems. */
export function readIdempotencyKey(request: HttpRequest, operation: Operation): string | undefined {
  if (operation.idempotencyKey === 'none') return undefined;
  const key = request.headers.get('idempotency-key');
  if (key === null || key === '') throw problem('idempotency-key-missing', 'Send an Idempotency-Key header, the same again when you repeat the request.');
  if (!idempotencyKey.test(key)) throw problem('idempotency-key-malformed', 'The Idempotency-Key is 16 to 64 letters, digits, hyphens or underscores.');
  return key;
}

/** The ETag of what the caller saw, or undefined when the operation needs none. Throws 428 and 400 problems. */
export function readIfMatch(request: HttpRequest, operation: Operation): string | undefined {
  if (operation.ifMatch !== 'required') return undefined;
  const tag = request.headers.get('if-match');
  if (tag === null || tag === '') throw problem('if-match-missing', 'Send the ETag of what you last read in an If-Match header.');
  if (!entityTag.test(tag)) throw problem('if-match-malformed', 'The If-Match header holds one entity tag in double quotes.');
  return tag;
}

/** Path parameters, strictly checked. */
export function readParams(request: HttpRequest, schema: z.ZodObject): Record<string, unknown> {
  return checkedText(schema, new Map(Object.entries(request.params)), 'path');
}

/** Query parameters, strictly checked: unknown and repeated ones are refused. The host joins repeated ones with a comma (local-host trap 4). */
export function readQuery(request: HttpRequest, schema: z.ZodObject): Record<string, unknown> {
  const values = new Map<string, string>();
  for (const [name, value] of request.query) {
    if (values.has(name)) throw invalid('query', name, 'repeated', 'This parameter may be given once.');
    values.set(name, value);
  }
  return checkedText(schema, values, 'query');
}

/** The headers that the operation names; others are not its business. */
export function readHeaders(request: HttpRequest, schema: z.ZodObject): Record<string, unknown> {
  const values = new Map<string, string>();
  for (const name of Object.keys(schema.shape)) {
    const value = request.headers.get(name);
    if (value !== null) values.set(name, value);
  }
  return checkedText(schema, values, 'headers');
}

function checkedText(schema: z.ZodObject, values: ReadonlyMap<string, string>, root: string): Record<string, unknown> {
  for (const [name, value] of values) {
    // eslint-disable-next-line no-control-regex -- control characters are what is refused here: none is meant in a path, a query or a header
    if (value.length > MAX_TEXT || /[\0-\x1f\x7f]/.test(value) || !value.isWellFormed()) throw invalid(root, name, 'forbidden-character', 'The text is too long or holds a control character.');
    if (name === '__proto__') throw invalid(root, name, 'forbidden-name', 'This name is not allowed.');
  }
  return checked(schema, fromText(schema, Object.fromEntries(values)), root);
}

function invalid(root: string, name: string, code: string, message: string) {
  return problem('request-invalid', 'One or more fields are missing, unknown or wrong.', { errors: [fieldError(root, [name], code, message)] });
}
