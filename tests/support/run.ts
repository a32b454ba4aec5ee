import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../local/build.ts';
import { root } from './service.ts';

// `npm test`: types and lint, then the build, then every suite against it. Arguments are patterns for jest and leave the first two out.
const patterns = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'tests-'));
let passed = 0;
let failed = 0;
const count = (name: string, isFine: boolean): void => {
  if (isFine) passed += 1;
  else failed += 1;
  process.stderr.write(`${isFine ? 'passed' : 'FAILED'}: ${name}\n`);
};

try {
  if (!patterns.length) {
    const [types, lint] = await Promise.all([
      run(['node_modules/typescript/bin/tsc', '-p', '.']),
      run(['node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0']),
    ]);
    count('types (tsc)', types);
    count('lint and walls (eslint)', lint);
  }
  await buildApp();
  const report = join(folder, 'jest.json');
  const suites = await run(['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', '--json', '--outputFile', report, ...patterns]);
  const result = await readReport(report);
  passed += result.passed;
  failed += result.failed + (suites || result.failed ? 0 : 1);
} finally {
  await rm(folder, { recursive: true, force: true });
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed ? 1 : 0);

/** Runs a script under this Node; its JSON report does not go to the terminal, its words do. */
function run(args: readonly string[]): Promise<boolean> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { cwd: root, stdio: ['ignore', 2, 2] });
    child.on('exit', code => resolve(code === 0));
  });
}

/** Tests that ran; a suite that could not start counts as one failure. */
async function readReport(file: string): Promise<{ passed: number; failed: number }> {
  const report: unknown = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  const number = (name: string): number => {
    const value: unknown = typeof report === 'object' && report !== null ? Reflect.get(report, name) : undefined;
    return typeof value === 'number' ? value : 0;
  };
  return { passed: number('numPassedTests'), failed: number('numFailedTests') + number('numRuntimeErrorTestSuites') };
}
