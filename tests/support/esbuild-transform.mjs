// Jest's transform: esbuild strips the types and keeps ES modules. The types themselves are checked once, by tsc.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { transformSync, version } from 'esbuild';

const self = readFileSync(new URL(import.meta.url), 'utf8');

export default {
  process(source, path) {
    const { code, map } = transformSync(source, {
      loader: 'ts', format: 'esm', target: 'node24', sourcefile: path, sourcemap: 'inline', sourcesContent: false,
    });
    return { code, map };
  },
  getCacheKey(source, path) {
    return createHash('sha256').update(self).update(version).update(path).update(source).digest('hex');
  },
};
