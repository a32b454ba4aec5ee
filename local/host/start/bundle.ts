import { build } from 'esbuild';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');
const cache = join(root, 'node_modules', '.cache', 'local-host');

/** Where Node keeps compiled code of Azurite and of the host between starts. */
export const compileCache = join(cache, 'compiled');

/**
 * The host as one file, made once for each state of its sources: loading the storage SDK from its hundreds of files takes most of a
 * start. Several processes may make it at once; the last rename wins and all are the same.
 */
export async function bundledHost(): Promise<string> {
  const bundle = join(cache, `host-${await fingerprint()}.mjs`);
  if (existsSync(bundle)) return bundle;
  await mkdir(cache, { recursive: true });
  const unfinished = join(cache, `${randomUUID()}.mjs`);
  await build({
    entryPoints: [join(root, 'local', 'host', 'main.ts')],
    outfile: unfinished, bundle: true, platform: 'node', target: 'node24', format: 'esm', logLevel: 'error',
    banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
  });
  await rename(unfinished, bundle);
  return bundle;
}

async function fingerprint(): Promise<string> {
  const folder = join(root, 'local', 'host');
  const names = (await readdir(folder)).filter(name => name.endsWith('.ts')).toSorted();
  const hash = createHash('sha256');
  for (const path of [join(root, 'package-lock.json'), ...names.map(name => join(folder, name))]) hash.update(path).update(await readFile(path));
  return hash.digest('hex').slice(0, 16);
}
