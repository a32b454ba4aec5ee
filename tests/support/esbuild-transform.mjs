// Jest's transform: esbuild strips the types and keeps ES modules. The types themselves are checked once, by tsc.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { transformSync, version } from 'esbuild';

const self = readFileSync(new URL(import.meta.url), 'utf8');
const refusals = process.env.REFUSALS_SEEN ?? '';

/** For tests/support/refusals.mjs: each refusal of missing persons that is new to the worker is written down with the line that made it. */
function recorded(source, path) {
  if (refusals === '' || !path.endsWith('/rules/machine/moment.ts')) return source;
  return source.replace(/(export function fail\([^)]*\): Failure \{)/, `$1 __seen(code, rule, why);`) + `
import { appendFileSync as __append } from 'node:fs';
const __known = new Set<string>();
function __seen(code: string, rule: string, why: string): void {
  const at = new Error().stack?.split('\\n').slice(2, 7) ?? [];
  const name = [code, rule, ...at.slice(0, 2)].join('|');
  if (__known.has(name)) return;
  __known.add(name);
  __append(${JSON.stringify(refusals)}, JSON.stringify({ code, rule, at }) + '\\n');
}`;
}

export default {
  process(source, path) {
    const { code, map } = transformSync(recorded(source, path), {
      loader: 'ts', format: 'esm', target: 'node24', sourcefile: path, sourcemap: 'inline', sourcesContent: false,
    });
    return { code, map };
  },
  getCacheKey(source, path) {
    return createHash('sha256').update(self).update(version).update(path).update(refusals).update(source).digest('hex');
  },
};
