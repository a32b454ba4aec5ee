import type { Parameter, Swagger } from '../swagger.ts';
import { isBlank, operationsOf } from './walk.ts';

const longestSummary = 80;
const small = new Set(['a', 'an', 'and', 'as', 'at', 'by', 'for', 'from', 'in', 'is', 'of', 'on', 'or', 'the', 'to', 'with']);

/** Check 11: each parameter's summary, description, encoding and `required` (spec 1.3). */
export function parameters(swagger: Swagger): string[] {
  return operationsOf(swagger).flatMap(({ operation }) => {
    const list = operation.parameters ?? [];
    const repeated = list.filter((parameter, index) => list.findIndex(other => other.name === parameter.name && other.in === parameter.in) !== index);
    return [
      ...list.flatMap(parameter => faults(parameter).map(fault => `${operation.operationId} ${parameter.name}: ${fault}`)),
      ...repeated.map(({ name }) => `${operation.operationId} ${name}: the parameter is declared twice`),
    ];
  });
}

function faults(parameter: Parameter): string[] {
  const inPath = parameter.in === 'path';
  const rules: readonly (readonly [holds: boolean, message: string])[] = [
    ...texts(parameter['x-ms-summary'], parameter.description),
    [!inPath || parameter.required === true, 'a path parameter is required'],
    [!inPath || parameter['x-ms-url-encoding'] === 'single', 'a path parameter has x-ms-url-encoding single'],
    [inPath || parameter['x-ms-url-encoding'] === undefined, 'only path parameters have x-ms-url-encoding'],
    [parameter.name.toLowerCase() !== 'connectionid', 'no parameter may be named connectionId'],
    [parameter['x-ms-visibility'] !== 'internal' || parameter.default === undefined || parameter.required === true, 'an internal parameter with a default is required'],
    [(parameter.in === 'body') === (parameter.schema !== undefined), 'a body has a schema, and nothing else does'],
  ];
  return rules.filter(([holds]) => !holds).map(([, message]) => message);
}

/** The rules of a summary and a description, for parameters and for properties. */
export function texts(summary = '', description = ''): readonly (readonly [holds: boolean, message: string])[] {
  return [
    [!isBlank(summary), 'there is no x-ms-summary'],
    [summary.length <= longestSummary, `the x-ms-summary is longer than ${longestSummary} characters`],
    [isTitleCase(summary), 'the x-ms-summary is not in Title Case'],
    [!isBlank(description), 'there is no description'],
    [isBlank(description) || description.trim().endsWith('.'), 'the description does not end with a full stop'],
    [isBlank(description) || description.replace(/\.$/, '') !== summary, 'the description equals the x-ms-summary'],
  ];
}

function isTitleCase(summary: string): boolean {
  return summary.split(' ').every((word, index) => /^[^a-z]/.test(word) || (index > 0 && small.has(word)));
}
