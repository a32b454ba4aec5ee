import { verbs, type Schema, type Swagger } from '../swagger.ts';
import { texts } from './parameters.ts';
import { operationsOf, resolve, schemasOf, within } from './walk.ts';

/** Check 19: nothing stands beside a reference, each reference leads somewhere, and none leads back to itself. */
export function references(swagger: Swagger): string[] {
  const broken = schemasOf(swagger).filter(({ schema }) => schema.$ref !== undefined).flatMap(({ where, schema }) => [
    ...(Object.keys(schema).length > 1 ? [`${where}: nothing may stand beside $ref`] : []),
    ...(schema.$ref?.startsWith('#/definitions/') === true && resolve(swagger, schema) !== undefined ? [] : [`${where}: the reference ${schema.$ref ?? ''} leads nowhere`]),
  ]);
  const loops = Object.keys(swagger.definitions).filter(name => reaches(swagger, name, name, new Set()));
  return [...broken, ...loops.map(name => `${name}: the schema refers back to itself`), ...unused(swagger)];
}

function referredTo(schema: Schema): string[] {
  return within(schema, '').flatMap(({ schema: { $ref } }) => ($ref === undefined ? [] : [$ref.replace('#/definitions/', '')]));
}

function reaches(swagger: Swagger, from: string, to: string, seen: Set<string>): boolean {
  const next = referredTo(swagger.definitions[from] ?? {});
  if (next.includes(to)) return true;
  return next.filter(name => !seen.has(name)).some(name => reaches(swagger, name, to, seen.add(name)));
}

/** A definition that no operation reaches is a leak: the registry of schemas also holds stored rows. */
function unused(swagger: Swagger): string[] {
  const used = new Set(schemasOf(swagger).flatMap(({ schema }) => (schema.$ref === undefined ? [] : [schema.$ref.replace('#/definitions/', '')])));
  return Object.keys(swagger.definitions).filter(name => !used.has(name)).map(name => `${name}: no operation uses this definition`);
}

const refused = ['allOf', 'anyOf', 'oneOf', 'not', 'nullable', 'x-nullable', 'additionalProperties', 'discriminator', 'readOnly', 'uniqueItems'] as const;

/** Check 20: every property is described, `required` names properties, enumerations and defaults fit, and nothing is loose. */
export function descriptions(swagger: Swagger): string[] {
  const properties = schemasOf(swagger).flatMap(({ where, schema }) => Object.entries(schema.properties ?? {}).map(([name, child]) => ({ where: `${where}.${name}`, child })));
  return [
    ...properties.flatMap(({ where, child }) => {
      const named = resolve(swagger, child);
      return texts(named?.['x-ms-summary'], named?.description).filter(([holds]) => !holds).map(([, message]) => `${where}: ${message}`);
    }),
    ...schemasOf(swagger).flatMap(({ where, schema }) => shapeFaults(schema).map(fault => `${where}: ${fault}`)),
    ...tooMany(swagger),
  ];
}

const mostSchemas = 512;
const deepest = 20;

/** The platform's limit of schemas in a body, references written out (faq.md). Its limit of depth is not published; ours is far below any designer's patience. */
function tooMany(swagger: Swagger): string[] {
  const bodies = operationsOf(swagger).flatMap(({ operation }) => [
    ...(operation.parameters ?? []).flatMap(({ name, schema }) => (schema === undefined ? [] : [{ where: `${operation.operationId} ${name}`, schema }])),
    ...Object.entries(operation.responses).flatMap(([status, { schema }]) => (schema === undefined ? [] : [{ where: `${operation.operationId} ${status}`, schema }])),
  ]);
  return bodies.filter(({ schema }) => countOf(swagger, schema, 0) > mostSchemas).map(({ where }) => `${where}: more than ${mostSchemas} schemas, or deeper than ${deepest}`);
}

function countOf(swagger: Swagger, schema: Schema, depth: number): number {
  if (depth > deepest) return Infinity;
  const here = resolve(swagger, schema) ?? {};
  const children = [...Object.values(here.properties ?? {}), ...(here.items === undefined ? [] : [here.items])];
  return children.reduce((sum, child) => (sum > mostSchemas ? sum : sum + countOf(swagger, child, depth + 1)), 1);
}

function shapeFaults(schema: Schema): string[] {
  const required = schema.required ?? [];
  const inside = Object.keys(schema.properties ?? {});
  const internal = Object.entries(schema.properties ?? {})
    .filter(([name, child]) => child['x-ms-visibility'] === 'internal' && child.default !== undefined && !required.includes(name));
  return [
    ...refused.filter(keyword => keyword in schema).map(keyword => `${keyword} has no place in a connector`),
    ...required.filter(name => !inside.includes(name)).map(name => `the required property ${name} does not exist`),
    ...(schema.$ref === undefined && schema.type === undefined ? ['the schema has no type'] : []),
    ...(schema.type === 'array' && schema.items === undefined ? ['an array says what its items are'] : []),
    ...enumFaults(schema),
    ...internal.map(([name]) => `the internal property ${name} has a default and must be required`),
  ];
}

function enumFaults({ enum: words, default: value }: Schema): string[] {
  if (words === undefined) return [];
  return [
    ...(new Set(words).size === words.length ? [] : ['an enumeration repeats a value']),
    ...(value === undefined || words.some(word => word === value) ? [] : ['the default is not in the enumeration']),
  ];
}

const operationExtensions = new Set([
  'x-ms-api-annotation', 'x-ms-capabilities', 'x-ms-no-generic-test', 'x-ms-operation-context', 'x-ms-pageable', 'x-ms-safe-operation', 'x-ms-summary',
  'x-ms-trigger', 'x-ms-trigger-hint', 'x-ms-trigger-metadata', 'x-ms-notification', 'x-ms-visibility',
]);
const schemaExtensions = new Set([
  'x-ms-dynamic-list', 'x-ms-dynamic-values', 'x-ms-dynamic-schema', 'x-ms-dynamic-properties', 'x-ms-dynamic-tree', 'x-ms-enum-values',
  'x-ms-localizeDefaultValue', 'x-ms-media-kind', 'x-ms-notification-url', 'x-ms-summary', 'x-ms-test-value', 'x-ms-visibility',
]);
const visibilities = new Set(['important', 'advanced', 'internal']);

/** Check 1, the part that is ours when the official schema is not at hand: version, verbs, visibilities and known extensions. */
export function structure(swagger: Swagger): string[] {
  const items = Object.entries(swagger.paths);
  const operations = items.flatMap(([, item]) => verbs.flatMap(verb => item[verb] ?? []));
  const unknown = (keys: string[], known: ReadonlySet<string>) => keys.filter(key => key.startsWith('x-ms-') && !known.has(key));
  return [
    ...(swagger.swagger === '2.0' ? [] : ['the version of Swagger is not 2.0']),
    ...items.flatMap(([path, item]) => Object.keys(item).filter(key => key !== 'x-ms-notification-content' && !verbs.some(verb => verb === key)).map(key => `${path}: ${key} is no verb`)),
    ...operations.flatMap(operation => unknown(Object.keys(operation), operationExtensions).map(key => `${operation.operationId}: ${key} is not known on an operation`)),
    ...operations.flatMap(({ operationId, 'x-ms-visibility': visibility }) => (visibility === undefined || visibilities.has(visibility) ? [] : [`${operationId}: unknown visibility ${visibility}`])),
    ...schemasOf(swagger).flatMap(({ where, schema }) => unknown(Object.keys(schema), schemaExtensions).map(key => `${where}: ${key} is not known on a schema`)),
  ];
}
