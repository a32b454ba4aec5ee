import type { Operation } from '../shared/http/operation.ts';
import { convert, type Converted } from './convert.ts';
import { isFile } from './parameters.ts';
import type { Response, Schema } from './swagger.ts';

export interface Reply {
  readonly responses: Record<string, Response>;
  readonly produces?: string[];
  /** The reply's shape, to be put into the definitions. */
  readonly body?: Converted;
}

const location: Schema = { type: 'string', 'x-ms-summary': 'Status Address', description: 'Where to ask for the state of what was accepted or made.' };
const retryAfter: Schema = { type: 'integer', 'x-ms-summary': 'Retry After', description: 'Seconds to wait before asking.' };
const etag: Schema = { type: 'string', 'x-ms-summary': 'Version', description: 'The version of the record, for the If-Match header of a command.' };

/**
 * The responses of an operation. Only one has a schema, as the designer uses one only (official rule OperationHasManyResponsesWithSchema).
 * A 202 therefore carries its schema on 200, where designers look for it (official rule SchemaDefinitionSetIncorrectly).
 */
export function replyOf(operation: Operation, replyName: string, hasETag: boolean): Reply {
  const { reply } = operation;
  const converted = isFile(reply) ? undefined : convert(reply, { operationId: operation.operationId, part: 'reply' });
  const schema: Schema = isFile(reply) ? { type: 'file' } : { $ref: `#/definitions/${replyName}` };
  const description = isFile(reply) ? reply.description.replace(/\.?$/, '.') : describedBy(converted) ?? 'The result.';
  return {
    responses: { ...successes(operation, { description, schema }, hasETag), ...failures(operation) },
    ...(isFile(reply) ? { produces: [...reply.contentTypes] } : {}),
    ...(converted === undefined ? {} : { body: converted }),
  };
}

function describedBy(converted: Converted | undefined): string | undefined {
  const root = converted?.root;
  const named = root?.$ref === undefined ? root : converted?.definitions[root.$ref.replace('#/definitions/', '')];
  return named?.description;
}

function successes(operation: Operation, result: Response, hasETag: boolean): Record<string, Response> {
  const versioned: Response = hasETag
    ? { ...result, description: `${result.description} The ETag header carries the version for If-Match.`, headers: { ETag: etag } }
    : result;
  if (operation.success === 200) return { 200: versioned };
  if (operation.success === 201) return { 201: { ...versioned, headers: { Location: location, ...versioned.headers } } };
  return {
    200: { ...versioned, description: `${versioned.description} Designers take the fields from here; the service answers 202 with them.` },
    202: {
      description: 'Accepted, and the work goes on. The Location header says where to ask what became of it.',
      headers: { Location: location, 'Retry-After': retryAfter },
    },
  };
}

/**
 * The status codes of design.md 5, as far as a caller of the connector can meet them. All of them are problem+json (RFC 9457). What the platform sees to itself (the length of a body, the type and
 * size of a small JSON body) is the default: a definition may have 1 MB in all.
 */
function failures(operation: Operation): Record<string, Response> {
  const isCommand = operation.method !== 'GET';
  const takesFile = operation.body !== undefined && isFile(operation.body);
  const takesInput = operation.query !== undefined || operation.body !== undefined || operation.params !== undefined;
  const may: readonly (readonly [status: string, applies: boolean, description: string])[] = [
    ['400', takesInput || isCommand, 'The request cannot be read, or a header that it needs is missing.'],
    ['401', operation.who !== 'anonymous', 'The access token is missing or not valid.'],
    ['403', operation.who !== 'anonymous', 'The person has no permission for this, or not for this record.'],
    ['404', operation.params !== undefined, 'There is no such record, or the person may not know of it; 410 when it was disposed of.'],
    ['409', isCommand, 'The decision is refused in the present state; the problem says why in its detail.'],
    ['412', operation.ifMatch === 'required', 'Somebody changed the record since it was read: read it again and decide again.'],
    ['413', takesFile, 'The body is larger than allowed.'],
    ['415', takesFile, 'The content type is not one of those listed.'],
    ['422', takesInput, 'A value breaks a rule, or the idempotency key was used for another request.'],
    ['428', operation.ifMatch === 'required', 'The If-Match header is missing.'],
    ['429', true, 'Too many calls: wait as long as the Retry-After header says.'],
    ['503', true, 'A dependency is not available or busy: wait as long as the Retry-After header says and send the same key again.'],
    ['default', true, 'Any other failure, as problem+json (RFC 9457).'],
  ];
  return Object.fromEntries(may.filter(([, applies]) => applies).map(([status, , description]) => [status, { description }]));
}
