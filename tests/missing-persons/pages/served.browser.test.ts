import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { accessibilityFindings, launchBrowser, type Browser } from '../../support/browser.ts';
import { startMissing, type Missing } from '../../support/missing.ts';
import { bad, enough, reportsIn } from './visitor.ts';

let missing: Missing;
let browser: Browser;
let page: Page;
let url: string;
beforeAll(async () => {
  missing = await startMissing();
  url = `${missing.links.url}/report-missing-person`;
  browser = await launchBrowser({ viewport: { width: 320, height: 640 } });
  page = await browser.context.newPage();
  // Nobody's script: neither those of the page nor one that somebody typed may be needed, or run.
  await page.route(/\.js$/, async route => { await route.abort(); });
  page.on('dialog', dialog => { dialogs.push(dialog.message()); void dialog.dismiss(); });
}, 180_000);
afterAll(async () => {
  await browser.close();
  await missing.stop();
});

const dialogs: string[] = [];
/** Pixels by which the page is wider than the window (WCAG 2.2, 1.4.10). */
const overflow = () => page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** On a phone of 320 px and on a desk. */
async function judged(name: string): Promise<void> {
  // A click may come back before the page it leads to.
  await page.locator('main h1').waitFor();
  for (const [size, viewport] of Object.entries({ desk: { width: 1280, height: 900 }, phone: { width: 320, height: 640 } })) {
    await page.setViewportSize(viewport);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await overflow()).toBe(0);
    const folder = process.env['PAGE_SHOTS'];
    if (folder !== undefined) await page.screenshot({ path: join(folder, `served-${name}-${size}.png`), fullPage: true });
  }
}

async function fill(fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'inDanger') await page.check(`[name="inDanger"][value="${value}"]`);
    else if (name === 'lastSeenUnknown') await page.check(`[name="${name}"]`);
    else await page.fill(`[name="${name}"]`, value);
  }
}

const received = async () => (await reportsIn(missing.links.system.connectionString)).size;

describe('somebody without scripts, on a phone of 320 px', () => {
  it('S06 goes from 999 to a reference: errors once, nothing typed again, then as it is', async () => {
    await page.goto(url);
    await judged('start');
    await page.click('text=Start the report');
    await page.waitForURL(/\/form/);
    await judged('form');
    await fill(bad);
    await page.click('text=Send the report');
    expect(await page.textContent('.govuk-error-summary')).toContain('Date of birth must be a real date');
    await judged('errors');
    expect(await page.inputValue('[name="familyName"]')).toBe(bad.familyName);
    expect(await page.isChecked('[name="inDanger"][value="YES"]')).toBe(true);
    await page.click('text=Send it as it is');
    expect(await page.textContent('h1')).toBe('We have your report');
    await judged('as-it-is');
    expect(await received()).toBe(1);
    // To load the receipt again sends nothing again.
    await page.reload();
    expect(await page.textContent('h1')).toBe('We have your report');
    expect(await received()).toBe(1);
  }, 180_000);

  it('sends what is enough at the first try, by the Enter key, in Welsh', async () => {
    await page.goto(url);
    await page.click('text=Cymraeg');
    await judged('start-cy');
    await page.click('[role="button"]');
    await fill(enough);
    await page.focus('[name="informantPhone"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/sent\?/);
    expect(await page.getAttribute('html', 'lang')).toBe('cy');
    await judged('sent-cy');
    expect(await received()).toBe(2);
  }, 120_000);

  it('no script that was typed ran, and nothing left this machine', () => {
    expect(dialogs).toEqual([]);
    expect(browser.strays).toEqual([]);
  });
});
