import * as z from 'zod';
import type { Operation } from '../shared/http/operation.ts';
import { placeholders, publisher, type Connector } from './connector.ts';
import { convert, type Converted } from './convert.ts';
import { requestOf } from './parameters.ts';
import { replyOf } from './responses.ts';
import { swaggerDocument, type Schema, type Swagger } from './swagger.ts';

const besideTheVerb = 'x-ms-notification-content';
const authority = 'https://login.microsoftonline.com/common/oauth2';

/**
 * The whole Swagger 2.0 definition of a connector, from the room's operations alone. Excluded operations are left out; order follows the
 * contract, definitions are sorted. Throws with the operation's name on whatever has no place in a connector.
 */
export function definitionOf(connector: Connector): Swagger {
  const shown = connector.operations.filter(({ visibility }) => visibility !== 'excluded');
  const definitions = new Map<string, Schema>();
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of shown) {
    const path = pathOf(operation);
    const item = (paths[path] ??= {});
    const verb = operation.method.toLowerCase();
    if (verb in item) throw new Error(`${operation.operationId}: ${operation.method} ${operation.route} is declared twice`);
    item[verb] = operationOf(operation, shown, definitions);
    Object.assign(item, notificationContent(operation, definitions));
  }
  return swaggerDocument.parse({
    swagger: '2.0',
    info: {
      title: connector.title, description: connector.description, version: connector.version,
      contact: { name: publisher.name, url: publisher.url, email: publisher.email },
    },
    host: placeholders.host, basePath: '/api', schemes: ['https'], consumes: ['application/json'], produces: ['application/json'],
    paths,
    definitions: Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1))),
    securityDefinitions: {
      entra: { type: 'oauth2', flow: 'accessCode', authorizationUrl: `${authority}/authorize`, tokenUrl: `${authority}/token`, scopes: {} },
    },
    security: [{ entra: [] }],
    'x-ms-capabilities': { testConnection: { operationId: testOperation(connector.capability, shown), parameters: {} } },
    'x-ms-connector-metadata': [
      { propertyName: 'Website', propertyValue: publisher.website },
      { propertyName: 'Privacy policy', propertyValue: publisher.privacyPolicy },
      { propertyName: 'Categories', propertyValue: connector.categories.join(';') },
    ],
  });
}

function operationOf(operation: Operation, all: readonly Operation[], definitions: Map<string, Schema>): Record<string, unknown> {
  const bodyName = nameOf(operation.body, `${operation.operationId}Request`);
  const replyName = nameOf(operation.reply, `${operation.operationId}Reply`);
  const request = requestOf(operation, bodyName);
  const reply = replyOf(operation, replyName, isVersioned(operation, all));
  if (request.body !== undefined) define(definitions, bodyName, request.body, operation);
  if (reply.body !== undefined) define(definitions, replyName, reply.body, operation);
  const extensions = Object.entries(operation.extensions ?? {}).filter(([name]) => name !== besideTheVerb);
  return {
    summary: operation.summary, description: operation.description, operationId: operation.operationId, 'x-ms-visibility': operation.visibility,
    ...Object.fromEntries(extensions),
    ...(request.consumes === undefined ? {} : { consumes: request.consumes }),
    ...(reply.produces === undefined ? {} : { produces: reply.produces }),
    parameters: request.parameters,
    responses: reply.responses,
  };
}

/** A schema's own id (`.meta({ id })`), or a name made from the operation. */
function nameOf(schema: Operation['body'], otherwise: string): string {
  const id = schema !== undefined && 'meta' in schema ? schema.meta()?.id : undefined;
  return typeof id === 'string' ? id : otherwise;
}

/** Adds what an operation reaches. One name for two shapes is an error: it would change what another operation means. */
function define(definitions: Map<string, Schema>, rootName: string, { root, definitions: reached }: Converted, operation: Operation): void {
  const added = root.$ref === undefined ? { ...reached, [rootName]: described(root) } : reached;
  for (const [name, schema] of Object.entries(added)) {
    const present = definitions.get(name);
    if (present !== undefined && JSON.stringify(present) !== JSON.stringify(schema)) {
      throw new Error(`${operation.operationId}: the id ${name} names two different shapes (two schemas, or a request and a reply of one with a default)`);
    }
    definitions.set(name, schema);
  }
}

function described(root: Schema): Schema {
  return { description: 'What the operation takes or gives.', ...root };
}

/** A read has an ETag when a command that needs If-Match edits what it shows: the same route, or one below it. */
function isVersioned(operation: Operation, all: readonly Operation[]): boolean {
  return operation.method === 'GET' && operation.params !== undefined
    && all.some(other => other.ifMatch === 'required' && (other.route === operation.route || other.route.startsWith(`${operation.route}/`)));
}

/** Webhook triggers: the shape of the notification stands beside the verb in the path item (create-webhook-trigger.md). */
function notificationContent(operation: Operation, definitions: Map<string, Schema>): Record<string, unknown> {
  const content = operation.extensions?.[besideTheVerb];
  if (content === undefined) return {};
  if (!(content instanceof z.ZodObject)) throw new Error(`${operation.operationId}: x-ms-notification-content must be a zod object`);
  const name = nameOf(content, `${operation.operationId}Notification`);
  define(definitions, name, convert(content, { operationId: operation.operationId, part: 'notification' }), operation);
  return { [besideTheVerb]: { description: 'What the notification carries.', schema: { $ref: `#/definitions/${name}` } } };
}

function pathOf(operation: Operation): string {
  if (!operation.route.startsWith('api/')) throw new Error(`${operation.operationId}: the route ${operation.route} must begin with api/`);
  return operation.route.slice('api'.length);
}

/** The connection test calls a read that needs nothing; it must be marked internal (test-connection.md). */
function testOperation(capability: string, operations: readonly Operation[]): string {
  const found = operations.find(operation => operation.method === 'GET' && operation.visibility === 'internal'
    && operation.params === undefined && operation.query === undefined && operation.headers === undefined);
  if (found === undefined) throw new Error(`${capability}: the contract has no GET without parameters and with visibility internal for the connection test (for instance GetMe, route api/me)`);
  return found.operationId;
}
