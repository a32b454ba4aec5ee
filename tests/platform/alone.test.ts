import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { statementPdf } from '../redaction/story/pdf.ts';
import { artefact } from '../support/service.ts';

const run = promisify(execFile);
const settings = {
  FORCE_ENVIRONMENT: 'production', STORAGE_ACCOUNT: 'nowhere', ENTRA_TENANT_ID: '00000000-0000-4000-8000-000000000000', ENTRA_AUDIENCE: 'nowhere', PUBLIC_BASE_URL: 'https://nowhere.example.test',
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alone-'));
  await cp(artefact, join(folder, 'dist'), { recursive: true });
});
afterAll(async () => { await rm(folder, { recursive: true, force: true }); });

it('dist/ alone in an empty folder: the entry loads without the repository', async () => {
  const script = `await import(${JSON.stringify(join(folder, 'dist', 'main.js'))}); console.log('loaded'); process.exit(0);`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: folder, env: settings });
  expect(stdout).toContain('loaded');
});

it('dist/ in production does not start with a setting that host.json contradicts', async () => {
  const script = `await import(${JSON.stringify(join(folder, 'dist', 'main.js'))}); process.exit(0);`;
  const started = run(process.execPath, ['--input-type=module', '-e', script], { cwd: folder, env: { ...settings, QUEUE_VISIBILITY_SECONDS: '31' } });
  await expect(started).rejects.toMatchObject({ stderr: expect.stringContaining('QUEUE_VISIBILITY_SECONDS differs from visibilityTimeout in host.json') });
});

it('dist/ alone in an empty folder: the child process burns a document with the wasm and the native packages beside it', async () => {
  const input = join(folder, 'input.pdf');
  await writeFile(input, await statementPdf());
  await writeFile(join(folder, 'job.json'), JSON.stringify({ command: 'finish', folder, input, mode: 'disclosure', hits: [], needles: [], policy: 'test', output: join(folder, 'output.pdf') }));
  await run(process.execPath, [join(folder, 'dist', 'burn.js'), folder], { cwd: folder, env: {} });
  const result: unknown = JSON.parse(await readFile(join(folder, 'result.json'), 'utf8'));
  expect(result).toMatchObject({ ok: true, value: { verdict: 'verified' } });
  expect((await readFile(join(folder, 'output.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
});
