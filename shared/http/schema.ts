import * as z from 'zod';
import { problem } from './problem.ts';
import type { FieldError } from './problem.ts';

/** RFC 9457 asks for the errors that help; a hostile body can hold thousands. */
const MAX_FIELD_ERRORS = 50;
const MAX_POINTER = 200;

/** Checks a value against a strict schema. Throws the 422 problem, which names the fields and never repeats a value. */
export function checked<S extends z.ZodType>(schema: S, value: unknown, root: string): z.output<S> {
  const parsed = schema.safeParse(value, { error: plainly });
  if (parsed.success) return parsed.data;
  throw problem('request-invalid', 'One or more fields are missing, unknown or wrong.', { errors: fieldErrors(parsed.error, root) });
}

const mostNamed = 12;
const formats: Readonly<Record<string, string>> = { datetime: 'Give a date and a time with an offset, like 2026-11-24T09:30:00Z.', date: 'Give a date like 2026-11-24.' };

/** What is wrong with a field, for somebody who has never seen a schema; what is not said here is said by zod. */
function plainly(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value')) return 'This is needed.';
  switch (issue.code) {
    case 'invalid_value': return issue.values.length > mostNamed ? 'This is none of the values that it may have.' : `It is one of: ${issue.values.join(', ')}.`;
    case 'too_small': return issue.origin === 'string' ? lengthWords('at least', issue.minimum) : undefined;
    case 'too_big': return issue.origin === 'string' ? lengthWords('at most', issue.maximum) : undefined;
    case 'invalid_format': return formats[issue.format];
    default: return undefined;
  }
}

function lengthWords(bound: 'at least' | 'at most', count: number | bigint): string {
  return bound === 'at least' && Number(count) === 1 ? 'This must not be empty.' : `Give ${bound} ${count} characters.`;
}

/** What zod found, as pointers. An unknown field is named itself, so that a person finds the slip in its name. */
export function fieldErrors(error: z.ZodError, root: string): FieldError[] {
  return error.issues.flatMap(issue => {
    if (issue.code !== 'unrecognized_keys') return [fieldError(root, issue.path, issue.code.replaceAll('_', '-'), issue.message)];
    return issue.keys.map(key => fieldError(root, [...issue.path, key], 'unknown-field', 'This field is not part of the request.'));
  }).slice(0, MAX_FIELD_ERRORS);
}

export function fieldError(root: string, path: readonly PropertyKey[], code: string, message: string): FieldError {
  const pointer = [root, ...path.map(part => String(part).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
  return { pointer: `/${pointer}`.slice(0, MAX_POINTER), code, message };
}

/** Throws, at start, when an object anywhere in the schema would let an unknown field through (ASVS 15.3.3, mass assignment). */
export function assertStrict(schema: z.core.$ZodType, where: string): void {
  if (schema instanceof z.ZodObject) {
    if (!(schema.def.catchall instanceof z.ZodNever)) throw new TypeError(`${where}: write z.strictObject, an object here lets unknown fields through`);
    for (const [name, field] of fieldsOf(schema)) assertStrict(field, `${where}.${name}`);
  } else if (schema instanceof z.ZodArray) {
    assertStrict(schema.def.element, `${where}[]`);
  } else if (isWrapper(schema)) {
    assertStrict(schema.def.innerType, where);
  }
}

/**
 * Path, query and header values arrive as text. One that its schema calls a number or a boolean is converted; text that is neither stays as it is, for the schema to refuse.
 * Plain decimals only: `Number('0x1F')`, `Number(' 1')` and `Number('')` are numbers too, and none of them is meant.
 */
export function fromText(schema: z.ZodObject, values: Readonly<Record<string, string>>): Record<string, unknown> {
  const shape = new Map(fieldsOf(schema));
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, typed(shape.get(name), text)]));
}

function fieldsOf(schema: z.ZodObject): [string, z.core.$ZodType][] {
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  return Object.entries(shape);
}

function typed(schema: z.core.$ZodType | undefined, text: string): unknown {
  if (schema instanceof z.ZodNumber && /^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text);
  if (schema instanceof z.ZodBoolean && (text === 'true' || text === 'false')) return text === 'true';
  return isWrapper(schema) ? typed(schema.def.innerType, text) : text;
}

function isWrapper(schema: z.core.$ZodType | undefined): schema is z.ZodOptional | z.ZodNullable | z.ZodDefault | z.ZodPrefault | z.ZodReadonly | z.ZodCatch {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
    || schema instanceof z.ZodReadonly || schema instanceof z.ZodCatch;
}
