import type { HttpRequest } from '@azure/functions';
import type * as z from 'zod';
import type { FileBody } from './operation.ts';
import { problem } from './problem.ts';
import { checked, fieldError } from './schema.ts';

/** A file as it came in the body. The content type is what the caller says; the room checks the bytes themselves. */
export interface ReceivedFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** A command is a form's worth of text; anything larger is a file and has its own limit. */
const MAX_JSON_BYTES = 256 * 1_024;
/** Contracts are flat objects with at most lists of objects; a parser or a schema must never recurse on hostile depth. */
const MAX_DEPTH = 20;
/** `JSON.parse` makes these own properties, and a later spread or assignment would make them a prototype. */
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype']);

/** The JSON body, strictly checked. Throws 400 (cannot be read), 411, 413, 415 and 422 problems. */
export async function readJson<S extends z.ZodObject>(request: HttpRequest, schema: S): Promise<z.output<S>> {
  requireContentType(request, ['application/json']);
  const text = decoded(await readBytes(request, MAX_JSON_BYTES));
  if (isTooDeep(text)) throw problem('body-too-deep', `Objects and lists may be nested ${MAX_DEPTH} deep at most.`);
  const value = parsed(text);
  assertHarmless(value, []);
  return checked(schema, value, 'body');
}

/** The file body, within its declared content types and size. Throws 400 (empty), 411, 413 and 415 problems. */
export async function readFile(request: HttpRequest, rule: FileBody): Promise<ReceivedFile> {
  const contentType = requireContentType(request, rule.contentTypes);
  return { bytes: await readBytes(request, rule.maxBytes), contentType };
}

/** The body as it came, for what is signed as a whole. Throws 400 (empty), 411 and 413 problems. */
export async function readRaw(request: HttpRequest, limit: number): Promise<Uint8Array> {
  return await readBytes(request, limit);
}

/** An operation without a body takes none, or an empty object, which some clients cannot help sending. */
export function hasBody(request: HttpRequest): boolean {
  const length = request.headers.get('content-length');
  return length === null ? request.headers.has('transfer-encoding') && request.body !== null : length.trim() !== '0';
}

function requireContentType(request: HttpRequest, accepted: readonly string[]): string {
  const header = request.headers.get('content-type') ?? '';
  const [type = '', ...parameters] = header.toLowerCase().split(';').map(part => part.trim());
  const charset = parameters.find(parameter => parameter.startsWith('charset='));
  const isText = type === 'application/json' || type.startsWith('text/');
  if (accepted.includes(type) && (!isText || charset === undefined || /^charset="?utf-8"?$/.test(charset))) return type;
  throw problem('content-type-unsupported', `Send one of: ${accepted.join(', ')}.`);
}

/** Reads at most `limit` bytes: the declared length is checked first and never believed. */
async function readBytes(request: HttpRequest, limit: number): Promise<Uint8Array> {
  const declared = request.headers.get('content-length');
  if (declared !== null && !/^\d{1,15}$/.test(declared)) throw problem('body-unparsable', 'The Content-Length header is not a number.');
  if (declared !== null && Number(declared) > limit) throw tooLarge(limit);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunksOf(request)) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  if (size === 0) throw emptyBody(request);
  return Buffer.concat(chunks);
}

async function* chunksOf(request: HttpRequest): AsyncGenerator<Uint8Array> {
  if (request.body === null) return;
  for await (const chunk of request.body) {
    const piece: unknown = chunk;
    // Not instanceof Uint8Array: jest and the host each have a realm of their own.
    if (ArrayBuffer.isView(piece)) yield new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
  }
}

// The buffered host passes no body when the request is chunked (local-host trap 3): say so, rather than that the body is empty.
function emptyBody(request: HttpRequest) {
  return request.headers.has('transfer-encoding')
    ? problem('content-length-missing', 'Send a Content-Length header: a chunked body cannot be taken.')
    : problem('body-missing', 'This operation needs a body.');
}

function tooLarge(limit: number) {
  return problem('body-too-large', `The body may hold ${limit} bytes at most.`);
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw problem('body-unparsable', 'The body is not UTF-8 text.');
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the body, so it is neither shown nor logged.
    throw problem('body-unparsable', 'The body is not JSON.');
  }
}

const QUOTE = 34;
const BACKSLASH = 92;
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);

/** Counts brackets outside strings before anything recursive sees the text. One pass: a regular expression would be quadratic on escaped quotes (ASVS 1.3.12). */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) isInString = !isInString;
    else if (isInString && code === BACKSLASH) at += 1;
    else if (!isInString && opening.has(code)) depth += 1;
    else if (!isInString && closing.has(code)) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

function assertHarmless(value: unknown, path: readonly string[]): void {
  if (typeof value === 'string') assertText(value, path);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (forbiddenNames.has(name)) throw harmful([...path, name], 'forbidden-name', 'This name is not allowed.');
    assertText(name, path);
    assertHarmless(inner, [...path, name]);
  }
}

function assertText(text: string, path: readonly string[]): void {
  if (text.includes('\0') || !text.isWellFormed()) throw harmful(path, 'forbidden-character', 'The text holds a character that cannot be stored.');
}

function harmful(path: readonly string[], code: string, message: string) {
  return problem('request-invalid', 'One or more fields are missing, unknown or wrong.', { errors: [fieldError('body', path, code, message)] });
}
