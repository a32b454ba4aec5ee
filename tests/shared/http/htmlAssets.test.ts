import { HttpRequest, InvocationContext } from '@azure/functions';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { loadPagesFromSource } from '../../../local/templates.ts';
import { assetHandler, brandSheet } from '../../../shared/http/assets.ts';
import type { StoredAsset } from '../../../shared/http/html.ts';

jest.spyOn(console, 'warn').mockImplementation(() => undefined);
const force = { name: 'Sampleshire Constabulary', shortName: 'Sampleshire Police', phone: '101', colour: '#0b2a55', dataProtection: 'dpo@example.test' };
let assets: Readonly<Record<string, StoredAsset>>;
let paths: Readonly<Record<string, string>>;
beforeAll(async () => {
  const source = await loadPagesFromSource();
  ({ assets } = await source.assets());
  paths = (await source.pages()).assetPaths;
});

async function ask(path: string, encoding = '') {
  const request = new HttpRequest({ method: 'GET', url: `https://live.example.test${path}`, params: { path: path.slice('/assets/'.length) }, headers: { 'accept-encoding': encoding } });
  const reply = await assetHandler(force, () => Promise.resolve({ assets }))(request, new InvocationContext());
  if (!(reply.body instanceof Uint8Array || typeof reply.body === 'string')) throw new TypeError('no body');
  return { status: reply.status, headers: new Headers(reply.headers), bytes: Buffer.from(reply.body) };
}

describe('assets', () => {
  it('are named by their content and kept for ever, plain or compressed as the browser takes them', async () => {
    const path = paths['page.css'] ?? '';
    const plain = await ask(path);
    expect(plain.status).toBe(200);
    expect(path).toContain(createHash('sha256').update(plain.bytes).digest('hex').slice(0, 12));
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(plain.headers.get('content-type')).toBe('text/css; charset=utf-8');
    const br = await ask(path, 'gzip, deflate, br');
    expect(br.headers.get('content-encoding')).toBe('br');
    expect(brotliDecompressSync(br.bytes)).toEqual(plain.bytes);
    const gz = await ask(path, 'gzip, br;q=0');
    expect(gz.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(gz.bytes)).toEqual(plain.bytes);
    expect(br.headers.get('vary')).toBe('accept-encoding');
  });

  it.each(['/assets/', '/assets/page.css', '/assets/../host.json', '/assets/%2e%2e/host.json', '/assets/constructor', '/assets/__proto__'])('%s is not there', async path => {
    const reply = await ask(path);
    expect(reply.status).toBe(404);
    expect(reply.headers.get('cache-control')).toBe('no-store');
  });

  it('have the colour of the force, no font, no crown and no address of another site', async () => {
    expect((await ask(brandSheet(force).path)).bytes.toString()).toContain('#0b2a55');
    for (const path of Object.values(paths)) {
      const text = (await ask(path)).bytes.toString();
      expect([path, text.match(/GDS Transport|@font-face|crown|url\(|@import|sourceMappingURL/i)]).toEqual([path, null]);
    }
  });

  it('keep within the budget: styles 17 KB, scripts 12 KB compressed (citizen-portal.md 5.1)', () => {
    const size = (name: string) => Buffer.from(assets[paths[name] ?? '']?.gz ?? '', 'base64').byteLength;
    expect(size('page.css')).toBeGreaterThan(1_000);
    expect(size('page.css')).toBeLessThan(17 * 1_024);
    expect(size('page.js') + size('plain.js')).toBeLessThan(12 * 1_024);
  });
});
