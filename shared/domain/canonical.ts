/** Deeper than any contract of ours; past it the value is hostile or a mistake. */
const MAX_DEPTH = 64;

/**
 * One text for one JSON value, whatever the order in which its properties were written: RFC 8785 (JSON Canonicalization Scheme), so
 * property names are sorted by UTF-16 code unit and numbers are written as ECMAScript writes them. The request hash
 * (storage-protocol 1) and the audit chain (storage-protocol 10) are taken over it.
 * An undefined property is left out, as JSON does. Throws TypeError on what JSON cannot hold without loss: NaN, infinities, undefined in an array,
 * dates and other class instances, functions, bigint, lone surrogates, and nesting beyond 64.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new TypeError('canonical JSON: nested too deeply');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return number(value);
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${value.map(item => write(item, depth + 1)).join(',')}]`;
  if (isPlainObject(value)) return object(value, depth);
  throw new TypeError(`canonical JSON: cannot hold a value of type ${typeof value}`);
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('canonical JSON: number is not finite');
  return JSON.stringify(value);
}

function text(value: string): string {
  // JSON.stringify escapes a lone surrogate; RFC 8785 wants an error, for other implementations hash it differently.
  if (!value.isWellFormed()) throw new TypeError('canonical JSON: lone surrogate');
  return JSON.stringify(value);
}

function object(value: Record<string, unknown>, depth: number): string {
  const names = Object.keys(value).filter(name => value[name] !== undefined).sort(byCodeUnit);
  return `{${names.map(name => `${text(name)}:${write(value[name], depth + 1)}`).join(',')}}`;
}

// Not localeCompare: the order must not depend on the machine's locale.
function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // The parent of a plain object's prototype is null; this also holds for objects of another realm (jest runs tests in one).
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
