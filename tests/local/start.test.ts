import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { QueueClient } from '@azure/storage-queue';
import { startAzurite } from '../../local/azurite.ts';
import { createHostProcess } from '../../local/host/start/hostProcess.ts';
import { buildApp, type BuiltApp } from './fixture/artefact.ts';
import { eventually } from './fixture/running.ts';

const library = "import { app } from '@azure/functions';";
const http = (name: string, route: string): string => `app.http('${name}', { route: '${route}', authLevel: 'anonymous', handler: () => ({ body: 'hello' }) });`;

/** Starts one host without storage: an app that has only HTTP functions needs none. */
async function startWith(code: string, use: (url: string) => Promise<void> = () => Promise.resolve(), format: 'esm' | 'cjs' = 'esm'): Promise<void> {
  const app = await buildApp({ code }, format);
  const host = createHostProcess({ options: { artefact: app.folder, graceMs: 3_000 }, environment: { AzureWebJobsStorage: 'UseDevelopmentStorage=true' } });
  try {
    await host.start();
    await use(host.url());
  } finally {
    await host.stop();
    await app.remove();
  }
}

describe('start-up', () => {
  it.each(['esm', 'cjs'] as const)('catches the library\'s require in an %s bundle', async format => {
    await startWith(`${library} ${http('hello', 'hello')}`, async url => {
      expect(await (await fetch(`${url}/hello`)).text()).toBe('hello');
    }, format);
  });

  it.each([
    ['an app that never touches the library', 'console.log("nothing");', 'set no programming model'],
    ['an app that registers no function', `${library} app.hook.appStart(() => undefined); globalThis.app = app;`, 'set no programming model'],
    ['trap 1: overlapping routes, by both names', `${library} ${http('one', 'items/{id}')} ${http('two', 'items/list')}`, '\\"items/{id}\\" of one and \\"items/list\\" of two'],
    ['trap 7: HTTP streaming', `${library} app.setup({ enableHttpStream: true }); ${http('one', 'a')}`, 'HTTP streaming'],
    ['trap 17: output bindings', `import { app, output } from '@azure/functions'; app.http('one', { extraOutputs: [output.storageQueue({ queueName: 'q', connection: '' })], handler: () => ({}) });`, 'bindings are not offered'],
    ['a blob trigger', `${library} app.storageBlob('one', { path: 'a/{name}', connection: '', handler: () => undefined });`, 'is not offered'],
    ['trap 16: a setting that is not there', `${library} app.storageQueue('one', { queueName: '%ABSENT%', connection: '', handler: () => undefined });`, "'%ABSENT%' does not resolve"],
    ['a name used twice', `${library} ${http('one', 'a')} ${http('one', 'b')}`, 'has already been registered'],
    ['an error in the entry file', 'throw new Error("broken entry");', 'broken entry'],
  ])('refuses %s', async (_what, code, message) => {
    await expect(startWith(code)).rejects.toThrow(message);
  });

  it('refuses a function that is registered after the start', async () => {
    await startWith(`${library} app.http('late', { route: 'late', authLevel: 'anonymous', handler: () => {
      try { app.http('more', { handler: () => ({}) }); } catch (error) { return { body: String(error) }; } } });`, async url => {
      expect(await (await fetch(`${url}/late`)).text()).toContain('can only be registered during app startup');
    });
  });
});

describe('the end of processes', () => {
  let app: BuiltApp;
  beforeAll(async () => { app = await buildApp({ file: join(import.meta.dirname, 'fixture', 'app.ts') }); });
  afterAll(async () => { await app.remove(); });

  it('leaves no process behind when the one that started the system is killed', async () => {
    const parent = spawn(process.execPath, [join(import.meta.dirname, 'fixture', 'parent.ts'), app.folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pids = await new Promise<number[]>(resolve => {
      createInterface({ input: parent.stdout }).once('line', line => resolve(line.split(' ').map(Number)));
    });
    expect(pids).toHaveLength(2);
    expect(pids.filter(isAlive)).toEqual(pids);
    parent.kill('SIGKILL');
    await eventually(() => Promise.resolve(pids.some(isAlive) ? undefined : true), 10_000);
  });

  it('keeps what was written to disk over a stop of Azurite', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'local-host-data-'));
    const first = await startAzurite({ dataDir });
    await new QueueClient(first.connectionString, 'kept').create();
    await new QueueClient(first.connectionString, 'kept').sendMessage('kept');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await startAzurite({ dataDir });
    const { peekedMessageItems } = await new QueueClient(second.connectionString, 'kept').peekMessages();
    await second.stop();
    await rm(dataDir, { recursive: true });
    expect(peekedMessageItems.map(item => item.messageText)).toEqual(['kept']);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
