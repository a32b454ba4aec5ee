import * as z from 'zod';
import type { FileBody, Operation } from '../shared/http/operation.ts';
import { convert, type Converted, type Place } from './convert.ts';
import { sizeOf } from './names.ts';
import { parameterObject, type Parameter, type Schema } from './swagger.ts';

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key', in: 'header', required: true, type: 'string', 'x-ms-summary': 'Idempotency Key',
  description: 'A new unique value for each intended action, for instance a GUID. The same key with the same request is answered with the first reply and never acts twice.',
  'x-ms-visibility': 'advanced', pattern: '^[A-Za-z0-9_-]{16,64}$', minLength: 16, maxLength: 64,
};

const ifMatch: Parameter = {
  name: 'If-Match', in: 'header', required: true, type: 'string', 'x-ms-summary': 'Version Seen',
  description: 'The ETag of the version that the person saw. If somebody has changed the record since, the call is refused with 412 and nothing happens.',
  'x-ms-visibility': 'advanced',
};

export interface Request {
  readonly parameters: Parameter[];
  readonly consumes?: string[];
  /** The request body's shape, to be put into the definitions. */
  readonly body?: Converted;
}

/**
 * The parameters of an operation: path variables in the route's order, query, headers, then the body by reference to `bodyName`.
 * Throws when a route variable has no schema, or when a parameter is not a plain value.
 */
export function requestOf(operation: Operation, bodyName: string): Request {
  const headers = [
    ...(operation.idempotencyKey === 'required' ? [idempotencyKey] : []),
    ...(operation.ifMatch === 'required' ? [ifMatch] : []),
  ];
  const parameters = [...pathParameters(operation), ...valuesOf(operation, 'query'), ...valuesOf(operation, 'headers'), ...headers];
  const { body } = operation;
  if (body === undefined) return { parameters };
  if (isFile(body)) return { parameters: [...parameters, fileParameter(body)], consumes: [...body.contentTypes] };
  const converted = convert(body, { operationId: operation.operationId, part: 'body' });
  return { parameters: [...parameters, bodyParameter(bodyName, converted)], body: converted };
}

/** The route's variables: `api/jobs/{jobId}` -> `['jobId']`. */
export function routeVariables(route: string): string[] {
  return [...route.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '');
}

export function isFile(body: z.ZodObject | FileBody): body is FileBody {
  return 'file' in body;
}

function pathParameters(operation: Operation): Parameter[] {
  const values = valuesOf(operation, 'params');
  const variables = routeVariables(operation.route);
  for (const { name } of values) {
    if (!variables.includes(name)) throw new Error(`${operation.operationId} params.${name}: the route ${operation.route} has no such variable`);
  }
  return variables.map(variable => {
    const found = values.find(({ name }) => name === variable);
    if (found === undefined) throw new Error(`${operation.operationId} params.${variable}: the route names it, the contract does not describe it`);
    return found;
  });
}

const places = { params: 'path', query: 'query', headers: 'header' } as const;

function valuesOf(operation: Operation, part: 'params' | 'query' | 'headers'): Parameter[] {
  const schema = operation[part];
  if (schema === undefined) return [];
  const place: Place = { operationId: operation.operationId, part };
  const { root, definitions } = convert(schema, place);
  const object = resolved(root, definitions);
  return Object.entries(object.properties ?? {}).map(([name, property]) => {
    const value = resolved(property, definitions);
    if (value.type === 'object' || value.type === 'array') throw new Error(`${place.operationId} ${part}.${name}: only plain values travel outside a body`);
    const { example, ...rest } = value;
    return parameterObject.parse({
      ...rest, name, in: places[part],
      ...(part === 'params' ? { required: true, 'x-ms-url-encoding': 'single' } : { required: object.required?.includes(name) ?? false }),
      ...(example === undefined ? {} : { 'x-ms-test-value': example }),
    });
  });
}

/** A parameter outside a body cannot hold a reference: the shared schema is written out. */
function resolved(schema: Schema, definitions: Converted['definitions']): Schema {
  return schema.$ref === undefined ? schema : definitions[schema.$ref.replace('#/definitions/', '')] ?? schema;
}

function bodyParameter(name: string, { root, definitions }: Converted): Parameter {
  const described = resolved(root, definitions).description;
  return { name: 'body', in: 'body', required: true, 'x-ms-summary': 'Request', description: described ?? 'What to do, in JSON.', schema: { $ref: `#/definitions/${name}` } };
}

/** Official rule InvalidStringBinaryProperty: string/binary is allowed at the top of a body only. */
function fileParameter(file: FileBody): Parameter {
  const description = `${file.description.replace(/\.?$/, '.')} At most ${sizeOf(file.maxBytes)}.`;
  return { name: 'body', in: 'body', required: true, 'x-ms-summary': 'File Content', description, schema: { type: 'string', format: 'binary' } };
}
