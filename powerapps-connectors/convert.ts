import * as z from 'zod';
import { titleOf } from './names.ts';
import { knownFormats, schemaObject, type Schema } from './swagger.ts';

/** Where a schema stands, for messages: `ReleaseDocument body`. */
export interface Place {
  readonly operationId: string;
  readonly part: 'params' | 'query' | 'headers' | 'body' | 'reply' | 'notification';
}

export interface Converted {
  readonly root: Schema;
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** zod types that Swagger 2.0 and the Power Platform designer can hold; all others are refused by name. */
const representable = new Set(['string', 'number', 'int', 'boolean', 'enum', 'literal', 'object', 'array', 'optional', 'nonoptional', 'default', 'prefault', 'readonly', 'lazy']);
const coercible = new Set(['params', 'query', 'headers']);

/** Where the platform's text has no room for a pattern this long; the format or the description says it instead. */
const longestPattern = 120;
const dropped = new Set(['id', '$id', '$schema', 'definitions', 'readOnly', 'contentEncoding', 'title', 'examples', 'additionalProperties']);
const kept = new Set([
  'type', 'format', 'description', 'enum', 'default', 'example', 'pattern', 'minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum',
  'multipleOf', 'minLength', 'maxLength', 'minItems', 'maxItems', 'required', 'properties', 'items',
]);

/**
 * A zod object as Swagger 2.0: the root and the definitions (schemas with an id) that it reaches. Replies convert their output side,
 * everything else its input side. Throws with the operation's name and the path on whatever a connector cannot hold (spec 1.5).
 */
export function convert(schema: z.ZodObject, place: Place): Converted {
  const json: unknown = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io: place.part === 'reply' || place.part === 'notification' ? 'output' : 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, path }) => refuseUnrepresentable(zodSchema, place, path),
  });
  const root = objectAt(json, at(place, []));
  const definitions: Record<string, Schema> = {};
  for (const [id, definition] of Object.entries(objectAt(root['definitions'] ?? {}, at(place, [])))) {
    definitions[id] = titled(down(definition, at(place, [id])), id);
  }
  return { root: down(root, at(place, [])), definitions };
}

function refuseUnrepresentable(schema: z.core.$ZodTypes, place: Place, path: readonly (string | number)[]): void {
  const definition = schema._zod.def;
  if (!representable.has(definition.type)) throw new Error(`${at(place, path)}: ${definition.type} has no place in a connector; use a flat object with an enum`);
  if ('coerce' in definition && definition.coerce && !coercible.has(place.part)) {
    throw new Error(`${at(place, path)}: z.coerce belongs to query, path and header values only`);
  }
}

function down(json: unknown, where: string): Schema {
  const node = objectAt(json, where);
  const reference = soleReference(node);
  if (reference !== undefined) return { $ref: reference };
  refuseLoose(node, where);
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) {
    if (kept.has(key) || key.startsWith('x-')) result[key] = value;
    else if (!dropped.has(key) && key !== 'allOf') throw new Error(`${where}: the keyword ${key} has no place in a connector`);
  }
  if (result['type'] === undefined) throw new Error(`${where}: the schema has no type`);
  if (isObject(node['properties'])) result['properties'] = propertiesOf(node['properties'], where);
  if (node['items'] !== undefined) result['items'] = down(node['items'], `${where}[]`);
  return schemaObject.parse(narrowed(result, node));
}

function propertiesOf(properties: Record<string, unknown>, where: string): Record<string, Schema> {
  return Object.fromEntries(Object.entries(properties).map(([name, child]) => [name, titled(down(child, `${where}.${name}`), name)]));
}

/** The format says what zod's long patterns say; the bounds of a safe integer are the type's own; an example may come as a list. */
function narrowed(result: Record<string, unknown>, node: Record<string, unknown>): Record<string, unknown> {
  const format = result['format'] === 'base64' ? 'byte' : result['format'];
  const known = typeof format === 'string' && knownFormats.includes(format);
  const keep = ([key, value]: [string, unknown]) => {
    if (key === 'format') return known;
    if (key === 'pattern') return !known && typeof value === 'string' && value.length <= longestPattern;
    if (key === 'minimum') return value !== Number.MIN_SAFE_INTEGER;
    return key !== 'maximum' || value !== Number.MAX_SAFE_INTEGER;
  };
  const examples = node['examples'];
  const first: unknown = Array.isArray(examples) ? examples[0] : undefined;
  return { ...(first === undefined ? {} : { example: first }), ...Object.fromEntries(Object.entries(result).filter(keep)), ...(known ? { format } : {}) };
}

/** zod writes `allOf:[{$ref}]` for a shared schema with its own meta; Swagger 2.0 allows the bare reference only. */
function soleReference(node: Record<string, unknown>): string | undefined {
  if (typeof node['$ref'] === 'string') return node['$ref'];
  const parts = node['allOf'];
  const first: unknown = Array.isArray(parts) && parts.length === 1 ? parts[0] : undefined;
  return isObject(first) && typeof first['$ref'] === 'string' ? first['$ref'] : undefined;
}

function refuseLoose(node: Record<string, unknown>, where: string): void {
  if (node['additionalProperties'] !== undefined && node['additionalProperties'] !== false) {
    throw new Error(`${where}: loose objects and catch-alls have no place in a connector`);
  }
  const parts = node['allOf'];
  if (parts !== undefined && !(Array.isArray(parts) && parts.every(part => isObject(part) && typeof part['pattern'] === 'string'))) {
    throw new Error(`${where}: allOf has no place in a connector`);
  }
}

function titled(schema: Schema, name: string): Schema {
  return schema.$ref !== undefined || schema['x-ms-summary'] !== undefined ? schema : schemaObject.parse({ 'x-ms-summary': titleOf(name), ...schema });
}

/** `ReleaseDocument body.reasons[].code`. */
function at(place: Place, path: readonly (string | number)[]): string {
  const names = path.filter(step => step !== 'properties').map(step => step === 'items' ? '[]' : `.${step}`);
  return `${place.operationId} ${place.part}${names.join('')}`;
}

function objectAt(value: unknown, where: string): Record<string, unknown> {
  if (!isObject(value)) throw new Error(`${where}: expected a schema object`);
  return value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
