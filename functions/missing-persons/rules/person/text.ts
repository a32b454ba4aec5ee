import * as z from 'zod';
import { must, wrong, type FieldFailure } from './fieldFailure.ts';

/**
 * Text as it is kept (section 3, conventions): trimmed, NFC, no control characters, a maximum. Markup, SQL and emoji are text like any other and stay as they were typed
 * (S06); whoever shows them escapes them.
 */
export const lengths = { name: 100, short: 400, long: 4_000, circumstances: 8_000 } as const;

/** Also the marks that turn the direction of text round: they can make a name read as another. Line ends and tabs stay. */
const forbidden = /(?![\n\t])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
const forbiddenAll = new RegExp(forbidden, 'gu');

/** As it is kept, but for control characters, which the schema refuses. */
function tidy(raw: string): string {
  return raw.replaceAll(/\r\n?/g, '\n').normalize('NFC').trim();
}

/** As `tidy`, with every control character taken out: for a report that is sent as it is, where nothing may block (15.4). The raw submission keeps them. */
export function scrubbed(raw: string): string {
  return tidy(raw.replaceAll(/\r\n?/g, '\n').replaceAll(forbiddenAll, ''));
}

/** As `scrubbed`, cut to its length; undefined when nothing is left. */
export function cut(raw: string | undefined, max: number): string | undefined {
  const text = scrubbed(raw ?? '').slice(0, max);
  return text === '' ? undefined : text;
}

/** Every text inside a value, tidied; anything else stays as it is. */
export function tidyAll(value: unknown): unknown {
  if (typeof value === 'string') return tidy(value);
  if (Array.isArray(value)) return value.map(tidyAll);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, tidyAll(part)]));
  return value;
}

const kept = (max: number, min = 0) => z.string().min(min, 'is empty').max(max, `is longer than ${max} characters`).refine(text => !forbidden.test(text), 'has a control character');
/** Text that says something; `max` in UTF-16 units. */
export const text = (max: number) => kept(max, 1);
export const nameText = text(lengths.name);
export const shortText = text(lengths.short);
export const longText = text(lengths.long);

/** What keeps a text from being kept, for text that no schema sees. */
export function textFailures(field: string, raw: string, max: number): FieldFailure[] {
  return [
    ...must(raw.length <= max, field, `This is longer than ${max} characters.`),
    ...must(!forbidden.test(raw), field, 'This has a control character: type it again.'),
  ];
}

/** The faults of a schema as failures at their fields. */
export function schemaFailures(error: z.ZodError, rule = '3.2'): FieldFailure[] {
  return error.issues.flatMap(issue => (issue.code === 'unrecognized_keys'
    ? issue.keys.map(key => wrong([...issue.path, key].join('.'), 'There is no such field.', rule))
    : [wrong(issue.path.join('.'), `This ${reasonOf(issue)}.`, rule)]));
}

/** zod's own words of a closed list name the values that may stand there, never the one that does. */
function reasonOf({ code, message }: z.core.$ZodIssue): string {
  if (code === 'custom' || message.startsWith('is ') || message.startsWith('must ') || message.startsWith('has ')) return message;
  return `is not right: ${message.toLowerCase()}`;
}
