import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { accessibilityFindings, launchBrowser, type Browser } from '../../support/browser.ts';
import { startMissing, type Missing } from '../../support/missing.ts';
import { jpeg, linkFor, opened, pdf, uploadsOf } from './support.ts';

let missing: Missing;
let browser: Browser;
let page: Page;
let recordId: string;
let folder: string;
beforeAll(async () => {
  missing = await startMissing();
  recordId = await opened(missing);
  folder = await mkdtemp(join(tmpdir(), 'upload-'));
  for (const [name, bytes] of Object.entries({ 'form.pdf': pdf(), 'page-2.jpg': jpeg('page'), 'him.jpg': jpeg(), 'letter.docx': new Uint8Array(Buffer.from('PK\u0003\u0004')) })) await writeFile(join(folder, name), bytes);
  browser = await launchBrowser({ viewport: { width: 390, height: 844 } });
  page = await browser.context.newPage();
  // Nobody's script is needed.
  await page.route(/\.js$/, async route => { await route.abort(); });
}, 180_000);
afterAll(async () => {
  await browser.close();
  await missing.stop();
  await rm(folder, { recursive: true, force: true });
});

const file = (...names: string[]): string[] => names.map(name => join(folder, name));
/** Pixels by which the page is wider than the window (WCAG 2.2, 1.4.10). */
const overflow = () => page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

async function judged(name: string): Promise<void> {
  // A click may come back before the page it leads to.
  await page.locator('main h1').waitFor();
  for (const [size, viewport] of Object.entries({ desk: { width: 1280, height: 900 }, narrow: { width: 320, height: 640 }, phone: { width: 390, height: 844 } })) {
    await page.setViewportSize(viewport);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await overflow()).toBe(0);
    const shots = process.env['PAGE_SHOTS'];
    if (shots !== undefined && size !== 'narrow') await page.screenshot({ path: join(shots, `upload-${name}-${size}.png`), fullPage: true });
  }
  expect(await page.content()).not.toMatch(/undefined|\[object|missing-persons\.\w/);
}

describe('a daughter without scripts, on a phone', () => {
  it('chooses a wrong file, is told so at its box, sends the form and a photograph, and cannot send again', async () => {
    const { path, url } = await linkFor(missing.as('cora.callhandler'), recordId);
    expect(new URL(url).origin).toBe(new URL(missing.links.url).origin);
    await page.goto(url);
    await judged('form');
    await page.setInputFiles('#form', file('letter.docx'));
    await page.click('#send');
    expect(await page.textContent('.govuk-error-summary')).toContain('The form must be a PDF, JPEG, PNG or HEIC');
    expect(await page.textContent('#form-error')).toContain('The form must be a PDF');
    expect(await page.getAttribute('#form', 'aria-describedby')).toContain('form-error');
    await judged('error');
    await page.setInputFiles('#form', file('form.pdf', 'page-2.jpg'));
    await page.setInputFiles('#photo', file('him.jpg'));
    await page.click('#send');
    await page.waitForURL(`**${path}/sent`);
    expect(await page.textContent('h1')).toBe('We have what you sent');
    await judged('sent');
    await page.reload();
    await missing.settle();
    expect((await uploadsOf(missing.as('cora.callhandler'), recordId)).files.map(({ name, state }) => `${name} ${state}`)).toEqual(['form.pdf CLEAN', 'page-2.jpg CLEAN', 'him.jpg CLEAN']);
    await page.goto(url);
    expect(await page.textContent('h1')).toBe('This page has been used');
    await judged('used');
    await page.goto(`${url}x`);
    await judged('unknown');
  }, 180_000);

  it('does the same in Welsh', async () => {
    const { url } = await linkFor(missing.as('cora.callhandler'), recordId, 'PHILOMENA');
    await page.goto(url);
    await page.click('text=Cymraeg');
    await judged('form-cy');
    await page.click('#send');
    expect(await page.textContent('.govuk-error-summary')).toContain("Dewiswch ffurflen neu lun i'w anfon");
    await judged('error-cy');
    await page.setInputFiles('#form', file('form.pdf'));
    await page.focus('#send');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/sent\?lang=cy/);
    expect(await page.getAttribute('html', 'lang')).toBe('cy');
    await judged('sent-cy');
    await page.goto(`${url}?lang=cy`);
    await judged('used-cy');
  }, 180_000);

  it('and nothing left this machine', () => {
    expect(browser.strays).toEqual([]);
  });
});
