import type { Read } from '../../powerapps-connectors/checks/checks.ts';
import type { Parameter, Response, Schema, Swagger, SwaggerOperation } from '../../powerapps-connectors/swagger.ts';
import { operationsOf } from '../../powerapps-connectors/checks/walk.ts';
import { iconOf } from '../../powerapps-connectors/icon.ts';

/** A fault put into a sound connector, and part of what its check must say. */
export interface Fault {
  readonly check: number;
  readonly name: string;
  readonly says: string;
  /** Spoils the copy, or gives a spoilt one back. */
  readonly spoil: (read: Read) => Read | undefined;
}

function operation(swagger: Swagger, id: string): SwaggerOperation {
  const found = operationsOf(swagger).find(placed => placed.operation.operationId === id);
  if (found === undefined) throw new Error(`the fixture has no operation ${id}`);
  return found.operation;
}

function parameter(swagger: Swagger, id: string, name: string): Parameter {
  const found = operation(swagger, id).parameters?.find(other => other.name === name);
  if (found === undefined) throw new Error(`${id} has no parameter ${name}`);
  return found;
}

function response(swagger: Swagger, id: string, status: string): Response {
  const found = operation(swagger, id).responses[status];
  if (found === undefined) throw new Error(`${id} has no response ${status}`);
  return found;
}

function property(swagger: Swagger, definition: string, name: string): Schema {
  const found = swagger.definitions[definition]?.properties?.[name];
  if (found === undefined) throw new Error(`${definition} has no property ${name}`);
  return found;
}

function definition(swagger: Swagger, name: string): Schema {
  const found = swagger.definitions[name];
  if (found === undefined) throw new Error(`there is no definition ${name}`);
  return found;
}

const inSwagger = (check: number, name: string, says: string, spoil: (swagger: Swagger) => void): Fault =>
  ({ check, name, says, spoil: read => { spoil(read.swagger); return undefined; } });
const inText = (check: number, name: string, says: string, [file, from, to]: readonly [string, string | RegExp, string]): Fault =>
  ({ check, name, says, spoil: read => ({ ...read, texts: { ...read.texts, [file]: (read.texts[file] ?? '').replace(from, to) } }) });

const definitionFile = 'apiDefinition.swagger.json';
const guid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

export const faults: readonly Fault[] = [
  inSwagger(1, 'another version of Swagger', 'not 2.0', s => { s.swagger = '3.0.0'; }),
  inSwagger(1, 'an unknown extension on an operation', 'x-ms-colour', s => { operation(s, 'GetItem')['x-ms-colour'] = 'red'; }),
  inSwagger(1, 'an unknown extension on a property', 'x-ms-colour', s => { property(s, 'Item', 'title')['x-ms-colour'] = 'red'; }),
  inSwagger(1, 'an unknown visibility', 'visibility', s => { operation(s, 'GetItem')['x-ms-visibility'] = 'hidden'; }),
  inSwagger(1, 'an unknown verb', 'no verb', s => { s.paths['/me'] = { ...s.paths['/me'], trace: {} }; }),
  inText(2, 'sign-in other than Entra ID', 'identityProvider', ['apiProperties.json', '"aad"', '"oauth2"']),
  inText(2, 'a missing resource', 'resourceUri', ['apiProperties.json', 'resourceUri', 'resource']),
  inText(3, 'another definition file', 'apiDefinition', ['settings.json', definitionFile, 'other.json']),
  inText(5, 'a tab', 'a tab', [definitionFile, '    "swagger"', '\t"swagger"']),
  inText(5, 'a trailing blank', 'a blank at the end', [definitionFile, '{\n', '{ \n']),
  inText(5, 'an indent of two', 'not indented by fours', [definitionFile, '    "swagger"', '  "swagger"']),
  inText(5, 'a definition over 1 MB', 'not under 1 MB', [definitionFile, '{', `{${'x'.repeat(1_000_000)}`]),
  inSwagger(6, 'a title with a restricted word', 'restricted word', s => { s.info.title = 'Lost Property API'; }),
  inSwagger(6, 'a title that is too long', '1 to 30', s => { s.info.title = 'x'.repeat(31); }),
  inSwagger(6, 'a title that ends with punctuation', 'letter or digit', s => { s.info.title = 'Lost Property!'; }),
  inSwagger(6, 'a short description', '30 to 500', s => { s.info.description = 'Short.'; }),
  inSwagger(6, 'a contact without e-mail', 'contact', s => { s.info.contact = { name: 'A', url: 'https://desk.example.test/' }; }),
  inSwagger(6, 'a category of its own', 'fixed list', s => { s['x-ms-connector-metadata']?.splice(2, 1, { propertyName: 'Categories', propertyValue: 'Policing' }); }),
  inSwagger(6, 'three categories', 'one or two', s => { s['x-ms-connector-metadata']?.splice(2, 1, { propertyName: 'Categories', propertyValue: 'AI;Data;Finance' }); }),
  inSwagger(7, 'http beside https', 'https', s => { s.schemes = ['http', 'https']; }),
  inSwagger(7, 'a host with a scheme', 'host', s => { s.host = 'https://desk.example.test'; }),
  inSwagger(7, 'a base path without a slash', 'basePath', s => { s.basePath = 'api'; }),
  inSwagger(8, 'no security used', 'no definition is used', s => { s.security = []; }),
  inSwagger(8, 'a key instead of a sign-in', 'OAuth', s => { s.securityDefinitions = { entra: { type: 'apiKey', name: 'x', in: 'header' } }; }),
  inSwagger(8, 'an undefined security', 'not defined', s => { s.security = [{ other: [] }]; }),
  inSwagger(9, 'an operation id in camelCase', 'PascalCase', s => { operation(s, 'GetItem').operationId = 'getItem'; }),
  inSwagger(9, 'an operation id with an underscore', 'PascalCase', s => { operation(s, 'GetItem').operationId = 'Get_Item'; }),
  inSwagger(9, 'an operation id used twice', 'twice', s => { operation(s, 'GetItem').operationId = 'ReturnItem'; }),
  inSwagger(10, 'no summary', 'no summary', s => { operation(s, 'GetItem').summary = ' '; }),
  inSwagger(10, 'a summary of 81 characters', 'longer than 80', s => { operation(s, 'GetItem').summary = `G${'e'.repeat(80)}`; }),
  inSwagger(10, 'a summary with a slash', 'slash', s => { operation(s, 'GetItem').summary = 'Get/put an item'; }),
  inSwagger(10, 'a summary with a full stop', 'punctuation', s => { operation(s, 'GetItem').summary = 'Get an item.'; }),
  inSwagger(10, 'a summary in Title Case', 'sentence case', s => { operation(s, 'GetItem').summary = 'Get The Item'; }),
  inSwagger(10, 'a description without a full stop', 'full stop', s => { operation(s, 'GetItem').description = 'Gives one'; }),
  inSwagger(10, 'a description that repeats the summary', 'equals', s => { operation(s, 'GetItem').description = 'Get an item.'; }),
  inSwagger(10, 'a trigger summary without When', 'When a', s => { operation(s, 'WhenItemIsClaimed').summary = 'On a claim'; }),
  inSwagger(10, 'a trigger description of its own', 'triggers when', s => { operation(s, 'WhenItemIsClaimed').description = 'Somebody claims an item.'; }),
  inSwagger(11, 'a parameter without x-ms-summary', 'no x-ms-summary', s => { delete parameter(s, 'ListItems', 'top')['x-ms-summary']; }),
  inSwagger(11, 'a parameter summary in sentence case', 'Title Case', s => { parameter(s, 'ListItems', 'top')['x-ms-summary'] = 'How many'; }),
  inSwagger(11, 'a parameter without description', 'no description', s => { parameter(s, 'ListItems', 'top').description = ''; }),
  inSwagger(11, 'an optional path parameter', 'is required', s => { parameter(s, 'GetItem', 'itemId').required = false; }),
  inSwagger(11, 'a path parameter without encoding', 'x-ms-url-encoding', s => { delete parameter(s, 'GetItem', 'itemId')['x-ms-url-encoding']; }),
  inSwagger(11, 'an encoded query parameter', 'only path', s => { parameter(s, 'ListItems', 'top')['x-ms-url-encoding'] = 'single'; }),
  inSwagger(11, 'a parameter named connectionId', 'connectionId', s => { parameter(s, 'ListItems', 'top').name = 'connectionId'; }),
  inSwagger(11, 'an internal default that is optional', 'internal', s => { parameter(s, 'ListItems', 'top')['x-ms-visibility'] = 'internal'; }),
  inSwagger(11, 'a body without schema', 'has a schema', s => { delete parameter(s, 'RecordItem', 'body').schema; }),
  inSwagger(11, 'a parameter declared twice', 'twice', s => { operation(s, 'ListItems').parameters?.push(parameter(s, 'ListItems', 'top')); }),
  inSwagger(12, 'a path variable that is not declared', 'not declared', s => { operation(s, 'GetItem').parameters = []; }),
  inSwagger(12, 'a path parameter that is not in the path', 'not in the path', s => { parameter(s, 'GetItem', 'itemId').name = 'thingId'; }),
  inSwagger(12, 'two paths that differ in capitals', 'capitals', s => { s.paths['/Lost-Items'] = {}; }),
  inSwagger(12, 'two paths that differ in a variable name', 'variable names', s => { s.paths['/lost-items/{id}'] = {}; }),
  inSwagger(12, 'a path that can be taken for another', 'can be taken for', s => { s.paths['/lost-items/latest'] = {}; }),
  inSwagger(12, 'a path with a query', 'none of', s => { s.paths['/lost-items?x=1'] = {}; }),
  inSwagger(13, 'a GET with a body', 'GET has no body', s => { operation(s, 'GetItem').parameters?.push(parameter(s, 'RecordItem', 'body')); }),
  inSwagger(13, 'two bodies', 'at most one', s => { operation(s, 'RecordItem').parameters?.push({ ...parameter(s, 'RecordItem', 'body'), name: 'other' }); }),
  inSwagger(14, 'no successful response', 'no successful', s => { operation(s, 'GetItem').responses = { 400: { description: 'No.' } }; }),
  inSwagger(14, 'a success without schema', 'neither 200 nor 201', s => { delete response(s, 'GetItem', '200').schema; }),
  inSwagger(14, 'two responses with a schema', 'only one', s => { response(s, 'GetItem', '404').schema = { type: 'string' }; }),
  inSwagger(14, 'a default response with a schema', 'default', s => { response(s, 'GetItem', 'default').schema = { type: 'string' }; }),
  inSwagger(14, 'an empty description', 'no description', s => { response(s, 'GetItem', '404').description = ''; }),
  inSwagger(14, 'a status that is none', 'neither a status', s => { operation(s, 'GetItem').responses['9xx'] = { description: 'No.' }; }),
  inSwagger(15, 'no notification address', 'no property', s => { delete property(s, 'WhenItemIsClaimedRequest', 'callbackUrl')['x-ms-notification-url']; }),
  inSwagger(15, 'an optional notification address', 'required all the way', s => { definition(s, 'WhenItemIsClaimedRequest').required = []; }),
  inSwagger(15, 'a visible notification address', 'internal', s => { delete property(s, 'WhenItemIsClaimedRequest', 'callbackUrl')['x-ms-visibility']; }),
  inSwagger(15, 'a notification address that is a number', 'not a string', s => { property(s, 'WhenItemIsClaimedRequest', 'callbackUrl').type = 'integer'; }),
  inSwagger(15, 'no notification content', 'beside the verb', s => { delete s.paths['/claim-subscriptions']?.['x-ms-notification-content']; }),
  inSwagger(15, 'a 201 without Location', 'Location', s => { delete response(s, 'WhenItemIsClaimed', '201').headers; }),
  inSwagger(15, 'no DELETE', 'DELETE', s => { delete s.paths['/claim-subscriptions/{subscriptionId}']; }),
  inSwagger(15, 'a trigger that is a PUT', 'is a POST', s => { const item = s.paths['/claim-subscriptions']; if (item?.post !== undefined) { item.put = item.post; delete item.post; } }),
  inSwagger(15, 'a notification address outside a trigger', 'outside', s => { delete operation(s, 'WhenItemIsClaimed')['x-ms-trigger']; }),
  inSwagger(16, 'another name for the next link', 'nextLinkName', s => { operation(s, 'ListItems')['x-ms-pageable'] = { nextLinkName: 'next' }; }),
  inSwagger(16, 'a reply without the next link', 'no nextLink', s => { delete definition(s, 'Items').properties?.['nextLink']; }),
  inSwagger(16, 'a reply without an array', 'no array', s => { delete definition(s, 'Items').properties?.['value']; }),
  inSwagger(17, 'no connection test', 'not declared', s => { delete s['x-ms-capabilities']; }),
  inSwagger(17, 'a connection test that does not exist', 'no operation', s => { s['x-ms-capabilities'] = { testConnection: { operationId: 'GetYou' } }; }),
  inSwagger(17, 'a connection test that is a POST', 'not a GET', s => { s['x-ms-capabilities'] = { testConnection: { operationId: 'RecordItem' } }; }),
  inSwagger(17, 'a connection test with parameters', 'has parameters', s => { s['x-ms-capabilities'] = { testConnection: { operationId: 'GetItem' } }; }),
  inSwagger(17, 'a connection test that makers see', 'not marked internal', s => { operation(s, 'GetMe')['x-ms-visibility'] = 'important'; }),
  inSwagger(18, 'a dynamic list without its operation', 'does not exist', s => { operation(s, 'ListShelves').operationId = 'ListRacks'; }),
  inSwagger(18, 'a dynamic list without its array', 'no array', s => { delete definition(s, 'ListShelvesReply').properties?.['value']; }),
  inSwagger(18, 'a dynamic list without its value', 'no code', s => { delete property(s, 'ListShelvesReply', 'value').items?.properties?.['code']; }),
  inSwagger(18, 'the older form alone', 'together', s => { delete property(s, 'RecordItemRequest', 'shelf')['x-ms-dynamic-list']; }),
  inSwagger(18, 'a dynamic schema without its property', 'lacks', s => {
    Object.assign(property(s, 'Item', 'title'), { 'x-ms-dynamic-schema': { operationId: 'ListShelves', 'value-path': 'shape' }, 'x-ms-dynamic-properties': { operationId: 'ListShelves' } });
  }),
  inSwagger(19, 'something beside a reference', 'beside $ref', s => { property(s, 'Item', 'photograph').description = 'A photograph.'; }),
  inSwagger(19, 'a reference that leads nowhere', 'leads nowhere', s => { property(s, 'Item', 'photograph').$ref = '#/definitions/Film'; }),
  inSwagger(19, 'a loop', 'back to itself', s => { definition(s, 'Photograph').properties = { of: { $ref: '#/definitions/Item' } }; }),
  inSwagger(19, 'a definition that nothing uses', 'no operation uses', s => { s.definitions['StoredRow'] = { type: 'object' }; }),
  inSwagger(20, 'a property without description', 'no description', s => { delete property(s, 'Item', 'title').description; }),
  inSwagger(20, 'a property without summary', 'no x-ms-summary', s => { delete property(s, 'Item', 'title')['x-ms-summary']; }),
  inSwagger(20, 'a property whose shared schema is not described', 'no description', s => { delete definition(s, 'Photograph').description; }),
  inSwagger(20, 'a required property that does not exist', 'does not exist', s => { definition(s, 'Item').required?.push('colour'); }),
  inSwagger(20, 'anyOf', 'anyOf', s => { property(s, 'Item', 'title')['anyOf'] = [{ type: 'string' }]; }),
  inSwagger(20, 'an enumeration that repeats a value', 'repeats', s => { property(s, 'Item', 'state').enum?.push('found'); }),
  inSwagger(20, 'a default outside the enumeration', 'default', s => { property(s, 'Item', 'state').default = 'burnt'; }),
  inSwagger(20, 'an internal default that is optional', 'must be required', s => { property(s, 'RecordItemRequest', 'fragile')['x-ms-visibility'] = 'internal'; }),
  inSwagger(20, 'an array without items', 'what its items are', s => { delete property(s, 'Item', 'photographs').items; }),
  inSwagger(20, 'a body of more than 512 schemas', 'more than 512', s => {
    definition(s, 'Photograph').properties = Object.fromEntries(Array.from({ length: 513 }, (_, index) => [`p${index}`, { type: 'string' }]));
  }),
  inSwagger(20, 'a body that never ends', 'deeper than', s => { definition(s, 'Photograph').properties = { of: { $ref: '#/definitions/Photograph' } }; }),
  inSwagger(20, 'a property without a type', 'no type', s => { delete property(s, 'Item', 'title').type; }),
  inText(24, 'a tenant id', guid, ['apiProperties.json', '"tenantId": {\n                            "value": "00000000-0000-0000-0000-000000000000"', `"tenantId": {\n                            "value": "${guid}"`]),
  inText(24, 'a client id in the readme', guid, ['readme.md', '## Publisher', `## Publisher ${guid}`]),
  inText(24, 'a client secret', 'a client secret', ['apiProperties.json', '"clientId"', '"clientSecret": "hunter2",\n "clientId"']),
  inText(24, 'a storage key', 'a key', ['readme.md', '## Publisher', '## Publisher AccountKey=abc']),
  { check: 25, name: 'a reserved colour', says: 'reserved', spoil: read => ({ ...read, brandColor: '#007ee5' }) },
  { check: 25, name: 'a background of another colour', says: 'background', spoil: read => ({ ...read, icon: iconOf('#123456', []) }) },
  { check: 25, name: 'another size', says: 'not 230', spoil: read => { read.icon[19] = 100; return undefined; } },
  { check: 25, name: 'another kind of file', says: 'not a palette PNG', spoil: read => { read.icon[1] = 0; return undefined; } },
  inText(26, 'an operation that the readme forgot', 'ReturnItem is missing', ['readme.md', '`ReturnItem`', '']),
  inText(26, 'a section that is missing', 'Known issues', ['readme.md', '## Known issues and limitations', '## Other']),
];
