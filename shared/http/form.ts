import type { HttpRequest } from '@azure/functions';
import type * as z from 'zod';
import { hasBody, readFile } from './body.ts';
import { problem } from './problem.ts';

const formBody = { file: true, contentTypes: ['application/x-www-form-urlencoded'], maxBytes: 32 * 1_024, description: 'The fields of a form' } as const;
const MAX_FIELDS = 200;

/** How a form's fields are read; a field that is in neither list is one line of text, given once at most. */
export interface FormRules {
  /** Fields that may be given several times (check boxes): they are read as lists. */
  readonly lists?: readonly string[];
  /** Fields of several lines: line ends are kept, as `\n`. */
  readonly textAreas?: readonly string[];
}

/** One thing that the person has to mend: which field, and the text's key or the sentence that says how. */
export interface FieldMessage {
  readonly field: string;
  readonly text: string;
}

export type FormResult<T> =
  | { readonly ok: true; readonly values: T }
  | { readonly ok: false; readonly messages: readonly FieldMessage[]; readonly given: Readonly<Record<string, string | readonly string[]>> };

/**
 * Reads an `application/x-www-form-urlencoded` body: 32 KB at most, UTF-8, trimmed, no control characters, no field twice unless it is a declared list. A strict schema
 * refuses fields that it does not know and a plain one ignores them. What a person can mend comes back as messages; what no form of ours sends is a 400, 413 or 415 problem.
 */
export async function readForm<S extends z.ZodObject>(request: HttpRequest, schema: S, rules: FormRules = {}): Promise<FormResult<z.output<S>>> {
  const given = fieldsOf(await readText(request), rules);
  const parsed = schema.safeParse(given);
  if (parsed.success) return { ok: true, values: parsed.data };
  if (parsed.error.issues.some(({ code }) => code === 'unrecognized_keys')) throw unreadable('The form has a field that it should not have.');
  const first = new Map(parsed.error.issues.toReversed().map(({ path, message }) => [String(path[0] ?? ''), message]));
  return { ok: false, given, messages: [...first].reverse().map(([field, text]) => ({ field, text })) };
}

async function readText(request: HttpRequest): Promise<string> {
  // A form of one button and no field has an empty body.
  if (!hasBody(request)) return '';
  const { bytes } = await readFile(request, formBody);
  const text = Buffer.from(bytes).toString('latin1');
  if (/[^\x20-\x7e]/.test(text)) throw unreadable('The form is not encoded as a form.');
  return text;
}

function fieldsOf(text: string, rules: FormRules): Record<string, string | string[]> {
  const pairs = text === '' ? [] : text.split('&').map(pair => pairOf(pair, rules));
  if (pairs.length > MAX_FIELDS) throw unreadable('The form has too many fields.');
  const lists = new Set(rules.lists);
  // No prototype: a field called __proto__ is a field like any other, and no schema knows it.
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of pairs) {
    const before = fields.get(name);
    if (lists.has(name)) fields.set(name, [...Array.isArray(before) ? before : [], value]);
    else if (before === undefined) fields.set(name, value);
    else throw unreadable('A field was sent twice.');
  }
  return Object.fromEntries(fields);
}

function pairOf(pair: string, rules: FormRules): [string, string] {
  const at = pair.indexOf('=');
  const name = decoded(at < 0 ? pair : pair.slice(0, at));
  const value = decoded(at < 0 ? '' : pair.slice(at + 1)).trim();
  const isLong = rules.textAreas?.includes(name) === true;
  const text = isLong ? value.replaceAll(/\r\n?/g, '\n') : value;
  const allowed = isLong ? text.replaceAll(/[\n\t]/g, '') : text;
  // Also the marks that change the direction of text: they can make a name read as another.
  if (/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(name + allowed)) throw unreadable('A field holds a control character.');
  return [name, text];
}

/** Unlike URLSearchParams, broken percent codes and broken UTF-8 are refused and not replaced. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw unreadable('The form is not encoded as a form.');
  }
}

function unreadable(detail: string) {
  return problem('body-unparsable', detail);
}

export interface FormOrigin {
  /** Such as `https://live.example.police.uk`: no path, no slash at the end. */
  readonly publicOrigin: string;
  /** The form was on a page of a secret address, so knowing where to send it is the proof, and browsers say `null` because of the page's `no-referrer` (9.1.1). */
  readonly isSecretAddress?: boolean;
}

/**
 * Refuses a POST that another site's page sent: throws a 403 problem. `Origin` must be the public origin; `Sec-Fetch-Site` is looked at when it is there
 * (citizen-portal.md 9.1.1: older Safari does not send it).
 */
export function requireOwnForm(headers: { get(name: string): string | null }, { publicOrigin, isSecretAddress = false }: FormOrigin): void {
  const origin = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  const isOurs = origin === publicOrigin || (isSecretAddress && origin === 'null');
  if (!isOurs || (site !== null && site !== 'same-origin')) throw problem('not-permitted', 'The form came from another site.');
}
