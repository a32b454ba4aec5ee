import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { accessibilityFindings, launchBrowser, type Browser } from '../../support/browser.ts';
import { pageServer } from './server.ts';
import { stageNames } from './stages.ts';

const now = '2026-11-21T20:10:00.000Z';
let server: Awaited<ReturnType<typeof pageServer>>;
let browser: Browser;
let page: Page;
const complaints: string[] = [];
beforeAll(async () => {
  server = await pageServer(now);
  browser = await launchBrowser();
  page = await browser.context.newPage();
  // A page that shows errors is a 422, which the browser's console mentions.
  page.on('console', message => { if (message.type() === 'error' && !message.text().includes('422')) complaints.push(`${page.url()} ${message.text()}`); });
  page.on('pageerror', error => { complaints.push(`${page.url()} ${String(error)}`); });
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Pixels by which the page is wider than the window (WCAG 2.2, 1.4.10). */
const overflow = () => page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
const shot = async (name: string) => {
  const folder = process.env['PAGE_SHOTS'];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
};

describe('every page', () => {
  it.each([...stageNames.map(name => [name, 'public'] as const), ...(['form', 'formBad', 'sent'] as const).map(name => [name, 'carer'] as const)])('%s, %s: nothing for axe-core to find on a phone and on a desk', async (name, audience) => {
    for (const [size, viewport] of Object.entries({ phone: { width: 320, height: 640 }, desk: { width: 1280, height: 900 } })) {
      await page.setViewportSize(viewport);
      await page.goto(`${server.url}/show/${audience}/en/${name}`);
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(await overflow()).toBe(0);
      await shot(`${audience}-${name}-${size}`);
    }
  });
});

describe('somebody reports', () => {
  const fill = async (fields: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(fields)) await page.fill(`[name="${name}"]`, value);
  };

  it('with errors first, then as it is: nothing has to be typed again, and the focus is on the errors', async () => {
    await page.goto(`${server.url}/show/public/en/form`);
    await fill({ givenName: 'Ella', lastSeenPlace: 'Sample Park', lastSeenDay: '22', lastSeenMonth: '11', lastSeenYear: '2026', lastSeenTime: '20:00', informantPhone: '07700 90' });
    await page.click('text=Send the report');
    expect(await page.evaluate('document.activeElement.className')).toContain('govuk-error-summary');
    await page.click('.govuk-error-summary a >> nth=1');
    expect(await page.evaluate('document.activeElement.id')).toBe('informantPhone');
    expect(await page.inputValue('[name="lastSeenPlace"]')).toBe('Sample Park');
    await page.click('text=Send it as it is');
    expect(await page.textContent('h1')).toBe('We have your report');
    expect(await page.textContent('main')).toContain('We have kept all that you wrote');
  });

  it('without scripts, by keyboard, and says that they are in danger', async () => {
    const other = await browser.context.newPage();
    await other.route(/\.js$/, async route => { await route.abort(); });
    await other.goto(`${server.url}/show/public/en/form`);
    for (const [name, value] of Object.entries({ description: 'A boy in a red coat', lastSeenPlace: 'Market', informantEmail: 'sam@example.com' })) await other.fill(`[name="${name}"]`, value);
    await other.check('[name="lastSeenUnknown"]');
    await other.check('[name="inDanger"][value="YES"]');
    await other.focus('[name="informantEmail"]');
    await other.keyboard.press('Enter');
    await other.waitForSelector('text=Your reference is');
    expect(await other.textContent('main')).toContain('If you have not rung 999 yet, ring now.');
    await other.close();
  });

  it('nothing left this machine and no page complained', () => {
    expect(browser.strays).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
