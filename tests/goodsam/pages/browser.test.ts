import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Face } from '../../../functions/goodsam/page.ts';
import { accessibilityFindings, launchBrowser, type Browser } from '../../support/browser.ts';
import { pageServer } from './server.ts';
import { link, stages } from './stages.ts';

jest.spyOn(console, 'warn').mockImplementation(() => undefined);
const faces: readonly Face[] = ['force', 'neutral'];
const everyPage = faces.flatMap(face => Object.keys(stages(face)).map(name => [name, face] as const));
const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };

let server: Awaited<ReturnType<typeof pageServer>>;
let browser: Browser;
let page: Page;
const complaints: string[] = [];
beforeAll(async () => {
  server = await pageServer();
  browser = await launchBrowser();
  page = await browser.context.newPage();
  page.on('console', message => { if (message.type() === 'error') complaints.push(`${page.url()} ${message.text()}`); });
  page.on('pageerror', error => { complaints.push(`${page.url()} ${String(error)}`); });
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

const show = (name: string, face: Face, locale = 'en') => page.goto(`${server.url}/show/${face}/${locale}/${name}`);
/** Pixels by which the page is wider than the window: a reader would have to scroll both ways (WCAG 2.2, 1.4.10). */
const overflow = () => page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
/** Larger text as a reader's browser sets it (WCAG 2.2, 1.4.4). */
const doubleText = () => page.evaluate('document.documentElement.style.fontSize = "200%"; 0');

describe('every page', () => {
  it.each(everyPage)('%s, %s: nothing for axe-core to find on a phone, on a desk, and with text twice as large', async (name, face) => {
    for (const [size, viewport] of Object.entries({ phone, desk })) {
      await page.setViewportSize(viewport);
      await show(name, face);
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(await overflow()).toBe(0);
      const folder = process.env['PAGE_SHOTS'];
      if (folder !== undefined) await page.screenshot({ path: join(folder, `${face}-${name}-${size}.png`), fullPage: true });
      await doubleText();
      if (viewport === phone) expect(await accessibilityFindings(page)).toEqual([]);
      expect(await overflow()).toBe(0);
      if (folder !== undefined && size === 'phone') await page.screenshot({ path: join(folder, `${face}-${name}-large.png`), fullPage: true });
    }
  });

  it.each(everyPage)('%s, %s: in Welsh too, on the narrowest window', async (name, face) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await show(name, face, 'cy');
    // Only the words differ: their length, and the language they are marked with.
    expect(await overflow()).toBe(0);
    if (/^(?:landing|consent|code)$/.test(name)) expect(await accessibilityFindings(page)).toEqual([]);
  });

  it('a page that waits goes on by itself once the person is let in', async () => {
    delete server.letIn.at;
    await show('waiting', 'neutral');
    server.letIn.at = Date.now() + 1_000;
    await page.getByRole('heading', { name: 'Share live video with Cheshire Police' }).waitFor({ timeout: 20_000 });
    delete server.letIn.at;
  });

  it('runs no script and loads nothing that the policy forbids, and weighs under 200 KB with all its parts', async () => {
    expect(complaints.filter(text => !/status of (?:404|410|422)/.test(text))).toEqual([]);
    expect(browser.strays).toEqual([]);
    const context = browser.context;
    const fresh = await context.newPage();
    let bytes = 0;
    const session = await context.newCDPSession(fresh);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    session.on('Network.loadingFinished', event => { bytes += event.encodedDataLength; });
    await fresh.goto(`${server.url}/show/force/en/landing`, { waitUntil: 'networkidle' });
    await fresh.close();
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(200_000);
    if (process.env['PAGE_SHOTS'] !== undefined) process.stderr.write(`landing page with all its parts: ${bytes} bytes sent\n`);
  });
});

describe.each([['with', true], ['without', false]])('%s JavaScript', (_word, hasScript) => {
  beforeAll(async () => {
    const session = await browser.context.newCDPSession(page);
    await session.send('Emulation.setScriptExecutionDisabled', { value: !hasScript });
    await page.setViewportSize(phone);
  });

  async function press(name: string, face: Face, button: string, before: () => Promise<void> = () => Promise.resolve()) {
    await show(name, face);
    await before();
    server.posts.length = 0;
    await page.getByRole('button', { name: button, exact: true }).click();
    await page.waitForURL(address => address.pathname.startsWith('/live/') || address.pathname === '/code');
    expect(server.posts).toHaveLength(1);
    expect(server.posts[0]?.isOurs).toBe(true);
    return { path: server.posts[0]?.path.replace(link, ''), fields: [...new URLSearchParams(server.posts[0]?.body)] };
  }

  it('every form arrives with its fields, and passes the check of its origin', async () => {
    expect(await press('join', 'neutral', 'Join')).toEqual({ path: '/continue', fields: [['step', 'JOIN']] });
    expect(await press('landing', 'force', 'Continue')).toEqual({ path: '/continue', fields: [['step', 'READ']] });
    expect(await press('consent', 'force', 'Agree and start', async () => {
      await page.getByLabel('Live video from your camera').check();
      await page.getByLabel('Where you are').check();
    })).toEqual({ path: '/agree', fields: [['textVersion', 'v1.0'], ['lang', 'en'], ['scope', 'VIDEO'], ['scope', 'LOCATION']] });
    expect(await press('consentOne', 'neutral', 'Agree and start')).toEqual({ path: '/agree', fields: [['textVersion', 'v1.0'], ['lang', 'en'], ['scope', 'LOCATION']] });
    expect(await press('consent', 'neutral', 'No thanks')).toEqual({ path: '/decline', fields: [] });
    expect(await press('consent', 'force', 'I need help another way')).toEqual({ path: '/help', fields: [] });
    expect(await press('declineReason', 'neutral', 'Send', async () => { await page.getByLabel('It is not safe for me').check(); })).toEqual({ path: '/decline', fields: [['reason', 'NOT_SAFE']] });
    expect(await press('declineReason', 'force', 'Do not answer')).toEqual({ path: '/decline', fields: [['reason', 'NO_REASON_GIVEN']] });
    expect(await press('help', 'force', 'Ask for this help', async () => { await page.getByLabel('Text relay (Relay UK)').check(); })).toEqual({ path: '/help', fields: [['need', 'RELAY']] });
    expect(await press('help', 'neutral', 'I need help another way')).toEqual({ path: '/help', fields: [['need', 'VOICE']] });
    expect(await press('live', 'force', 'Stop sharing')).toEqual({ path: '/stop', fields: [] });
    expect(await press('code', 'neutral', 'Continue', async () => { await page.getByLabel('Code').fill('7KM2PQ9X'); })).toEqual({ path: '/code', fields: [['code', '7KM2PQ9X']] });
    for (const name of ['waiting', 'landing', 'consent', 'live', 'help', 'declineReason']) expect(await press(name, 'neutral', 'Leave this page')).toEqual({ path: '/exit', fields: [] });
  });

  it('after leaving, Back asks us again and shows nothing that was kept', async () => {
    await show('consent', 'neutral');
    await page.getByRole('button', { name: 'Leave this page' }).click();
    await page.waitForURL(address => address.pathname === `${link}/exit`);
    server.gets.length = 0;
    await page.goBack();
    expect(server.gets).toContain('/show/neutral/en/consent');
  });

  it('a page that waits can be asked again', async () => {
    await show('waiting', 'neutral');
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.waitForURL(address => address.pathname === link);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('This page is not available');
  });

  it('the way to the session opens a page of its own that cannot reach back', async () => {
    await show('live', 'force');
    const start = page.getByRole('button', { name: 'Start sharing (opens in a new tab)' });
    expect([await start.getAttribute('target'), await start.getAttribute('rel'), await start.getAttribute('href')]).toEqual(['_blank', 'noopener noreferrer', 'https://session.example.test/s/1']);
  });
});
