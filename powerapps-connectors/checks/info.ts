import type { Swagger } from '../swagger.ts';
import { isBlank, operationsOf } from './walk.ts';

/** The fixed list of certification-submission.md. */
const categories = new Set([
  'AI', 'Business Management', 'Business Intelligence', 'Collaboration', 'Commerce', 'Communication', 'Content and Files', 'Data', 'Finance',
  'Human Resources', 'Internet of Things', 'IT Operations', 'Lifestyle and Entertainment', 'Marketing', 'Productivity', 'Sales and CRM', 'Security',
  'Social Media', 'Website',
]);
const restricted = /\b(api|connector|power apps|power automate|power platform|power virtual agents|logic apps|copilot|dynamics)\b/i;

/** Check 6: title, description, contact and metadata (certification-submission.md). */
export function info(swagger: Swagger): string[] {
  const { title, description = '' } = swagger.info;
  const metadata = (name: string) => swagger['x-ms-connector-metadata']?.find(({ propertyName }) => propertyName === name)?.propertyValue;
  const chosen = (metadata('Categories') ?? '').split(';').filter(category => category !== '');
  const rules: readonly (readonly [holds: boolean, message: string])[] = [
    [between(title, 1, 30), 'the title has 1 to 30 characters'],
    [!restricted.test(title), 'the title has a restricted word'],
    [/[A-Za-z0-9]$/.test(title), 'the title ends with a letter or digit'],
    [between(description, 30, 500), 'the description has 30 to 500 characters'],
    [/^\d+\.\d+(\.\d+)?$/.test(swagger.info.version), 'the version is not of the form 1.0.0'],
    [isReachable(swagger), 'the contact lacks a name, a url or an e-mail address'],
    [isUrl(metadata('Website')) && isUrl(metadata('Privacy policy')), 'the metadata lack Website or Privacy policy'],
    [chosen.length === 1 || chosen.length === 2, 'the metadata name one or two categories'],
    [chosen.every(category => categories.has(category)), 'a category is not in the fixed list'],
  ];
  return rules.filter(([holds]) => !holds).map(([, message]) => `info: ${message}`);
}

function isReachable({ info: { contact = {} } }: Swagger): boolean {
  return !isBlank(contact.name) && isUrl(contact.url) && /^[^@\s]+@[^@\s]+\.[a-z]+$/.test(contact.email ?? '');
}

function between(text: string, least: number, most: number): boolean {
  return text.length >= least && text.length <= most;
}

function isUrl(text: string | undefined): boolean {
  return text !== undefined && URL.canParse(text) && text.startsWith('https://');
}

/** Check 7: https only, a host without a scheme, a base path that begins with a slash. */
export function transport(swagger: Swagger): string[] {
  return [
    ...(swagger.schemes?.length === 1 && swagger.schemes[0] === 'https' ? [] : ['schemes: https and nothing else']),
    ...(swagger.host !== undefined && /^[^{}/ :\\]+(?::\d+)?$/.test(swagger.host) ? [] : ['host: a host name without scheme or path']),
    ...(swagger.basePath?.startsWith('/') === true ? [] : ['basePath: begins with /']),
  ];
}

/** Check 8: one OAuth definition with the authorisation-code flow, and used for everything. Keys are shared identities: not for staff. */
export function security(swagger: Swagger): string[] {
  const defined = Object.entries(swagger.securityDefinitions ?? {});
  const used = (swagger.security ?? []).flatMap(requirement => Object.keys(requirement));
  return [
    ...(defined.length === 0 ? ['securityDefinitions: nothing is defined'] : []),
    ...defined.filter(([, { type, flow }]) => type !== 'oauth2' || flow !== 'accessCode').map(([name]) => `${name}: not OAuth 2.0 with the authorisation code flow`),
    ...(used.length === 0 ? ['security: no definition is used'] : []),
    ...used.filter(name => !defined.some(([other]) => other === name)).map(name => `security: ${name} is not defined`),
    ...operationsOf(swagger).filter(({ operation }) => 'security' in operation).map(({ operation }) => `${operation.operationId}: security is set for the whole connector`),
  ];
}

/** Check 17: the connection test is an existing GET that needs nothing and is marked internal (test-connection.md). */
export function testConnection(swagger: Swagger): string[] {
  const id = swagger['x-ms-capabilities']?.testConnection?.operationId;
  if (id === undefined) return ['testConnection: not declared'];
  const found = operationsOf(swagger).find(({ operation }) => operation.operationId === id);
  if (found === undefined) return [`testConnection: there is no operation ${id}`];
  return [
    ...(found.verb === 'get' ? [] : [`testConnection: ${id} is not a GET`]),
    ...((found.operation.parameters ?? []).length === 0 ? [] : [`testConnection: ${id} has parameters`]),
    ...(found.operation['x-ms-visibility'] === 'internal' ? [] : [`testConnection: ${id} is not marked internal`]),
  ];
}
