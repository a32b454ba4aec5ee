import type { Swagger } from '../swagger.ts';
import { isBlank, operationsOf } from './walk.ts';

/** Check 9: operation ids are PascalCase, letters and digits only, and unique (coding-standards.md). */
export function operationIds(swagger: Swagger): string[] {
  const ids = operationsOf(swagger).map(({ operation }) => operation.operationId);
  return ids.flatMap((id, index) => [
    ...(/^[A-Z][A-Za-z0-9]*$/.test(id) ? [] : [`${id}: the operation id is not PascalCase letters and digits`]),
    ...(ids.indexOf(id) === index ? [] : [`${id}: the operation id is used twice`]),
  ]);
}

const longestSummary = 80;

/** Check 10: summary and description of each operation (connector-string-guidance.md). */
export function operationTexts(swagger: Swagger): string[] {
  return operationsOf(swagger).flatMap(({ operation }) => {
    const { summary = '', description = '' } = operation;
    const trigger = operation['x-ms-trigger'] !== undefined;
    const rules: readonly (readonly [holds: boolean, message: string])[] = [
      [!isBlank(summary), 'has no summary'],
      [summary.length <= longestSummary, `the summary is longer than ${longestSummary} characters`],
      [!/[/?!.:;,]$|\//.test(summary), 'the summary has a slash or ends with punctuation'],
      [isSentenceCase(summary), 'the summary is not in sentence case'],
      [!trigger || summary.startsWith('When a'), 'the summary of a trigger begins with "When a"'],
      [!isBlank(description) && description.endsWith('.'), 'the description is empty or does not end with a full stop'],
      [description.replace(/\.$/, '') !== summary, 'the description equals the summary'],
      [!trigger || description.startsWith('This operation triggers when'), 'the description of a trigger begins with "This operation triggers when"'],
    ];
    return rules.filter(([holds]) => !holds).map(([, message]) => `${operation.operationId}: ${message}`);
  });
}

/** The first word begins with a capital; of three or more words not all do. */
function isSentenceCase(summary: string): boolean {
  const words = summary.split(' ').filter(word => /^[A-Za-z]/.test(word));
  return /^[A-Z]/.test(summary) && !(words.length > 2 && words.every(word => /^[A-Z]/.test(word)));
}

/** Check 12: path variables are declared and used, no two paths differ in capitals or variable names only, and none can be taken for another. */
export function pathTemplates(swagger: Swagger): string[] {
  const paths = Object.keys(swagger.paths);
  const shape = (path: string) => path.toLowerCase().replaceAll(/\{[^}]*\}/g, '{}');
  const repeated = paths.filter((path, index) => paths.findIndex(other => shape(other) === shape(path)) !== index);
  return [
    ...repeated.map(path => `${path}: the same path is there with other capitals or variable names`),
    ...paths.flatMap((path, index) => paths.slice(index + 1).filter(other => shape(other) !== shape(path) && overlap(path, other)).map(other => `${path}: can be taken for ${other}`)),
    ...paths.filter(path => !path.startsWith('/') || /[*?#=]/.test(path)).map(path => `${path}: a path begins with / and has none of * ? # =`),
    ...operationsOf(swagger).flatMap(({ path, operation }) => {
      const used = [...path.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '');
      const declared = (operation.parameters ?? []).filter(parameter => parameter.in === 'path').map(({ name }) => name);
      return [
        ...used.filter(name => !declared.includes(name)).map(name => `${operation.operationId}: the path variable ${name} is not declared`),
        ...declared.filter(name => !used.includes(name)).map(name => `${operation.operationId}: the path parameter ${name} is not in the path`),
      ];
    }),
  ];
}

/** Two paths overlap when each segment of one fits the other's: a variable fits anything (official rule PartialDuplicateOperationPath). */
function overlap(one: string, other: string): boolean {
  const [these, those] = [one.toLowerCase().split('/'), other.toLowerCase().split('/')];
  return these.length === those.length && these.every((segment, index) => segment === those[index] || segment.startsWith('{') || those[index]?.startsWith('{') === true);
}

/** Check 13: a GET has no body; no operation has two, nor a body beside form data. */
export function bodies(swagger: Swagger): string[] {
  return operationsOf(swagger).flatMap(({ verb, operation }) => {
    const found = (operation.parameters ?? []).filter(parameter => parameter.in === 'body' || parameter.in === 'formData');
    const inBody = found.filter(parameter => parameter.in === 'body').length;
    return [
      ...(verb === 'get' && found.length > 0 ? [`${operation.operationId}: a GET has no body`] : []),
      ...(inBody > 1 || (inBody === 1 && found.length > 1) ? [`${operation.operationId}: at most one body`] : []),
    ];
  });
}

/** Check 14: response rules (spec 1.3): a success, exactly one schema and that on 200 or 201, none on default, each described. */
export function responses(swagger: Swagger): string[] {
  return operationsOf(swagger).flatMap(({ operation }) => {
    const all = Object.entries(operation.responses);
    const withSchema = all.filter(([, { schema }]) => schema !== undefined).map(([status]) => status);
    const isWebhook = operation['x-ms-trigger'] === 'single';
    const rules: readonly (readonly [holds: boolean, message: string])[] = [
      [all.some(([status]) => /^2\d\d$/.test(status)), 'there is no successful response'],
      [isWebhook || withSchema.some(status => status === '200' || status === '201'), 'neither 200 nor 201 has a schema'],
      [withSchema.length <= 1, `only one response may have a schema, not ${withSchema.join(', ')}`],
      [!withSchema.includes('default'), 'the default response has a schema'],
      [all.every(([, { description }]) => !isBlank(description)), 'a response has no description'],
      [all.every(([status]) => status === 'default' || /^[1-5]\d\d$/.test(status)), 'a response is neither a status code nor default'],
    ];
    return rules.filter(([holds]) => !holds).map(([, message]) => `${operation.operationId}: ${message}`);
  });
}
