import { createHash } from 'node:crypto';
import Ajv from 'ajv-draft-04';
import * as z from 'zod';
import { operationsOf, replySchema, resolve } from '../../powerapps-connectors/checks/walk.ts';
import type { Parameter, Schema, Swagger, SwaggerOperation } from '../../powerapps-connectors/swagger.ts';

/** A request that the definition promises to understand. The caller adds the token, and puts real ids and ETags in. */
export interface GeneratedRequest {
  readonly method: string;
  /** With base path and query, without host. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, or bytes when the body is a file; absent when there is none. */
  readonly body?: unknown;
}

/** Connector check 22, one way: a request made from the examples in the definition, the same every time. Throws on an unknown operation. */
export function generateRequest(swagger: Swagger, operationId: string): GeneratedRequest {
  const { path, verb, operation } = placedOf(swagger, operationId);
  const parameters = operation.parameters ?? [];
  const values = (place: Parameter['in']) => parameters.filter(parameter => parameter.in === place).map(parameter => [parameter.name, valueOf(operationId, parameter)] as const);
  const filled = values('path').reduce((route, [name, value]) => route.replace(`{${name}}`, encodeURIComponent(value)), path);
  const query = new URLSearchParams(Object.fromEntries(values('query'))).toString();
  const body = parameters.find(parameter => parameter.in === 'body')?.schema;
  return {
    method: verb.toUpperCase(),
    path: `${swagger.basePath ?? ''}${filled}${query === '' ? '' : `?${query}`}`,
    headers: { ...Object.fromEntries(values('header')), ...(body === undefined ? {} : { 'content-type': (operation.consumes ?? swagger.consumes)?.[0] ?? 'application/json' }) },
    ...(body === undefined ? {} : { body: exampleOf(swagger, body, `${operationId} body`) }),
  };
}

/** A reply that the definition allows, made from its examples: what a stand-in for the service may answer. */
export function generateReply(swagger: Swagger, operationId: string): unknown {
  return exampleOf(swagger, replySchema(placedOf(swagger, operationId).operation) ?? {}, `${operationId} reply`);
}

function valueOf(operationId: string, parameter: Parameter): string {
  if (parameter.name === 'Idempotency-Key') return createHash('sha256').update(operationId).digest('hex').slice(0, 32);
  if (parameter.name === 'If-Match') return '"0"';
  return String(z.union([z.string(), z.number(), z.boolean()]).parse(parameter['x-ms-test-value'] ?? parameter.default ?? parameter.enum?.[0]));
}

function exampleOf(swagger: Swagger, schema: Schema, where: string): unknown {
  const shape = resolve(swagger, schema) ?? schema;
  if (shape.format === 'binary') return new TextEncoder().encode(`sample for ${where}`);
  if (shape.example !== undefined) return shape.example;
  if (shape.items !== undefined) return [exampleOf(swagger, shape.items, `${where}[]`)];
  if (shape.properties !== undefined) return Object.fromEntries(Object.entries(shape.properties).map(([name, child]) => [name, exampleOf(swagger, child, `${where}.${name}`)]));
  const value = shape.default ?? shape.enum?.[0];
  if (value === undefined) throw new Error(`${where}: the contract gives no example`);
  return value;
}

const problem = z.looseObject({ type: z.string(), title: z.string(), status: z.int() });

/**
 * Connector check 22, the other way: what is wrong with a reply by the definition; empty when nothing is. Unknown statuses and unknown
 * properties are wrong too. A body is parsed JSON, bytes for a file, or undefined when there was none.
 */
export function checkReply(swagger: Swagger, operationId: string, status: number, body: unknown): string[] {
  const { operation } = placedOf(swagger, operationId);
  if (operation.responses[String(status)] === undefined) return [`${operationId}: the definition knows no status ${status}`];
  if (status >= 400) {
    const parsed = problem.safeParse(body);
    return parsed.success && parsed.data.status === status ? [] : [`${operationId} ${status}: the body is not a problem (RFC 9457) of this status`];
  }
  return successFaults(swagger, operation, body).map(fault => `${operationId} ${status}: ${fault}`);
}

function successFaults(swagger: Swagger, operation: SwaggerOperation, body: unknown): string[] {
  const schema = replySchema(operation);
  if (schema === undefined) return body === undefined ? [] : ['there is a body, and the definition has none'];
  if (schema.type === 'file') return body instanceof Uint8Array && body.length > 0 ? [] : ['the body is not a file'];
  const ajv = new Ajv.default({ allErrors: true, strict: false, formats });
  const validate = ajv.compile({ definitions: closed(swagger.definitions), ...schema });
  if (validate(body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath || '/'} ${message ?? 'is wrong'} ${JSON.stringify(params)}`);
}

/** No object may hold what the definition does not name, so that a reply cannot grow without the contract. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const inside = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, key === 'example' || key === 'enum' ? child : closed(child)]));
  return inside['type'] === 'object' ? { ...inside, additionalProperties: false } : inside;
}

const dateTime = z.iso.datetime({ offset: true });
const formats = {
  uuid: (text: string) => z.guid().safeParse(text).success,
  'date-time': (text: string) => dateTime.safeParse(text).success,
  date: (text: string) => z.iso.date().safeParse(text).success,
  email: (text: string) => z.email().safeParse(text).success,
  uri: (text: string) => URL.canParse(text),
  byte: (text: string) => z.base64().safeParse(text).success,
  int32: true, int64: true, float: true, double: true, binary: true, password: true, html: true, 'date-no-tz': true,
} as const;

function placedOf(swagger: Swagger, operationId: string) {
  const found = operationsOf(swagger).find(({ operation }) => operation.operationId === operationId);
  if (found === undefined) throw new Error(`the definition has no operation ${operationId}`);
  return found;
}
