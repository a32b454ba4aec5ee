import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The host's keys: master for everything, host keys for every function, function keys for one. */
export interface Keys {
  readonly master: string;
  readonly host: string;
  readonly functions: Readonly<Record<string, string>>;
}

export type AuthLevel = 'anonymous' | 'function' | 'admin';

/** The key of a request: the header wins over `?code=`, even when the header is wrong. */
export function presentedKey(request: IncomingMessage, query: URLSearchParams): string | undefined {
  const header = request.headers['x-functions-key'];
  return typeof header === 'string' ? header : query.get('code') ?? undefined;
}

/** Whether a key opens a function of that level; `admin` needs the master key. */
export function isAllowed(keys: Keys, level: AuthLevel, functionName: string, presented: string | undefined): boolean {
  if (level === 'anonymous') return true;
  if (presented === undefined) return false;
  if (equal(presented, keys.master)) return true;
  if (level === 'admin') return false;
  const own = keys.functions[functionName];
  return equal(presented, keys.host) || (own !== undefined && equal(presented, own));
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
