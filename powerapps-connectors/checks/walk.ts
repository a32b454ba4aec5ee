import { verbs, type PathItem, type Schema, type Swagger, type SwaggerOperation } from '../swagger.ts';

export interface Placed {
  readonly path: string;
  readonly verb: (typeof verbs)[number];
  readonly item: PathItem;
  readonly operation: SwaggerOperation;
}

export function operationsOf(swagger: Swagger): Placed[] {
  return Object.entries(swagger.paths).flatMap(([path, item]) => verbs.flatMap(verb => {
    const operation = item[verb];
    return operation === undefined ? [] : [{ path, verb, item, operation }];
  }));
}

/** Follows a reference one step; undefined when it leads nowhere. */
export function resolve(swagger: Swagger, schema: Schema | undefined): Schema | undefined {
  if (schema?.$ref === undefined) return schema;
  return swagger.definitions[schema.$ref.replace('#/definitions/', '')];
}

export interface PlacedSchema {
  readonly where: string;
  readonly schema: Schema;
}

/** A schema and all below it, without following references. */
export function within(schema: Schema, where: string): PlacedSchema[] {
  return [
    { where, schema },
    ...Object.entries(schema.properties ?? {}).flatMap(([name, child]) => within(child, `${where}.${name}`)),
    ...(schema.items === undefined ? [] : within(schema.items, `${where}[]`)),
  ];
}

/** Every schema of the document: definitions, bodies, replies and notifications. */
export function schemasOf(swagger: Swagger): PlacedSchema[] {
  const used = operationsOf(swagger).flatMap(({ operation, item }) => [
    ...(operation.parameters ?? []).flatMap(({ name, schema }) => (schema === undefined ? [] : within(schema, `${operation.operationId} ${name}`))),
    ...Object.entries(operation.responses).flatMap(([status, { schema }]) => (schema === undefined ? [] : within(schema, `${operation.operationId} ${status}`))),
    ...(item['x-ms-notification-content']?.schema === undefined ? [] : within(item['x-ms-notification-content'].schema, `${operation.operationId} notification`)),
  ]);
  return [...Object.entries(swagger.definitions).flatMap(([name, schema]) => within(schema, name)), ...used];
}

/** The one schema of an operation's successful replies. */
export function replySchema(operation: SwaggerOperation): Schema | undefined {
  return Object.entries(operation.responses).find(([status, { schema }]) => status.startsWith('2') && schema !== undefined)?.[1].schema;
}

/** The schema at a path such as `value/items` below a schema; `undefined` when there is none. */
export function below(swagger: Swagger, schema: Schema | undefined, path: string): Schema | undefined {
  return path.split('/').filter(step => step !== '').reduce<Schema | undefined>((at, step) => resolve(swagger, at)?.properties?.[step], schema);
}

export function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
