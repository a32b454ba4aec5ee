import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildApp } from '../../local/build.ts';
import { median, ms, type Figure } from './figures.ts';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const runs = 15;

/** A stand-in for the host's core module, so that the library registers functions as it does in production instead of warning that it cannot. */
const core = `
const module_ = await import('node:module');
const load = module_.default.prototype.require;
const noop = () => {};
const core = { version: '4', hostVersion: '4', registerHook: () => ({ dispose: noop }), setProgrammingModel: noop, getProgrammingModel: noop, log: noop, registerFunction: noop, Disposable: class { dispose() {} } };
module_.default.prototype.require = function (name) { return name === '@azure/functions-core' ? core : load.call(this, name); };
`;

const environment = {
  FORCE_ENVIRONMENT: 'production', STORAGE_ACCOUNT: 'benchaccount', ENTRA_TENANT_ID: '11111111-1111-4111-8111-111111111111', ENTRA_AUDIENCE: 'bench', PUBLIC_BASE_URL: 'https://back-end.example.test',
};

/** The cold start that is ours: how much is read and how long it takes until every function is registered, over an empty process. */
export async function startupFigures(): Promise<Figure[]> {
  const { entryBytes } = await buildApp(dist);
  const empty: number[] = [];
  const loaded: number[] = [];
  for (let n = 0; n < runs; n++) {
    empty.push(run(`${core} process.exit(0)`));
    loaded.push(run(`${core} await import(${JSON.stringify(join(dist, 'main.js'))}); process.exit(0)`));
  }
  const over = median(loaded) - median(empty);
  return [
    { what: 'entry with its static imports', value: `${Math.round(entryBytes / 1024)} KB`, bar: '1,024 KB', isMet: entryBytes <= 1024 * 1024 },
    { what: 'import of the entry over an empty process', value: ms(over), floor: `an empty node process ${ms(median(empty))}`, ratio: median(loaded) / median(empty), bar: '130 ms over', isMet: over <= 130 },
  ];
}

function run(script: string): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { env: environment, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the entry does not load: ${stderr.slice(0, 2000)}`);
  return performance.now() - start;
}
