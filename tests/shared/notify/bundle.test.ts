import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { build, stop as stopEsbuild } from 'esbuild';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { link, simulator, stopAll, templateId } from './support.ts';

const adapter = fileURLToPath(new URL('../../../shared/notify/govukNotify.ts', import.meta.url));
const banner = "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

afterEach(stopAll);
afterAll(() => stopEsbuild());

describe('the adapter in the form that is deployed', () => {
  // A CommonJS package in an esbuild chunk has other exports than under Node: found by doing this.
  it('sends a text out of a bundle, and the client is a chunk of its own', async () => {
    const notify = await simulator();
    const folder = await mkdtemp(join(tmpdir(), 'notify-bundle-'));
    try {
      const { metafile } = await build({
        stdin: { contents: `export { createNotifyMessenger } from ${JSON.stringify(adapter)};`, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
        bundle: true, minify: true, platform: 'node', target: 'node24', format: 'esm', splitting: true, outdir: folder, outExtension: { '.js': '.mjs' }, banner: { js: banner }, metafile: true,
      });
      const chunks = Object.values(metafile.outputs).filter(({ inputs }) => Object.keys(inputs).some(name => name.includes('node_modules/axios/')));
      expect(chunks.map(({ entryPoint }) => entryPoint)).not.toContain('<stdin>');
      const text = { service: 'neutral', to: '+447700900001', templateId: templateId(notify, 'DA_NEUTRAL'), personalisation: { link }, reference: 'r:1' };
      const settings = { url: notify.url, timeoutMs: 5_000, apiKeys: { branded: 'unused', neutral: notify.environment.NOTIFY_NEUTRAL_API_KEY } };
      const script = `const { createNotifyMessenger } = await import('./stdin.mjs');
        const messenger = createNotifyMessenger(${JSON.stringify(settings)});
        await messenger.sendText(${JSON.stringify(text)}); console.log(JSON.stringify(await messenger.findByReference('neutral', 'r:1')));`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: folder });
      expect(JSON.parse(stdout)).toMatchObject({ notificationId: notify.messages()[0]?.id });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
