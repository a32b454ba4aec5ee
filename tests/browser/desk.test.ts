import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { startDesk, type Desk } from '../../local/desk/desk.ts';
import { statementPdf } from '../redaction/story/pdf.ts';
import { accessibilityFindings, launchBrowser, type Browser } from '../support/browser.ts';
import { extractedText } from '../support/pdfText.ts';
import { startService, type Service } from '../support/service.ts';
import { shot } from './shots.ts';

let service: Service, desk: Desk, browser: Browser, page: Page;
const faults: string[] = [];
let failedIn = '';
beforeAll(async () => {
  service = await startService();
  if (!service.local) throw new Error('the desk needs the local issuer');
  desk = await startDesk({ apiUrl: service.url, issuer: service.local.issuer });
  browser = await launchBrowser();
  page = await browser.context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', error => faults.push(error.message));
  page.on('console', message => {
    // The browser itself logs every 4xx reply; those are the service's refusals, which the page shows.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
  });
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
  await service.stop();
});

const click = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const actAs = (name: string) => page.getByLabel('Acting as').selectOption({ label: name });
const stage = (name: string) => page.locator('#stage-tag').getByText(name, { exact: true }).waitFor();
const said = (words: string | RegExp) => page.getByRole('status').getByText(words).waitFor();
const decided = (words: RegExp) => page.locator('#decided').getByText(words).waitFor();

/** One story in steps: after one that failed, the next ones would only wait for what never comes. */
function step(name: string, work: () => Promise<void>): void {
  it(name, async () => {
    if (failedIn !== '') throw new Error(`not tried, for this failed before: ${failedIn}`);
    failedIn = name;
    await work();
    failedIn = '';
  });
}

async function looked(name: string, within?: string): Promise<void> {
  await shot(page, name);
  expect({ name, found: await accessibilityFindings(page, within) }).toEqual({ name, found: [] });
}

async function downloaded(button: string): Promise<Uint8Array> {
  const [download] = await Promise.all([page.waitForEvent('download'), click(button)]);
  return new Uint8Array(await readFile(await download.path()));
}

/** Scrolls a page through, as a reader does: it counts as viewed then, and not before. */
async function readThrough(number: number): Promise<void> {
  await page.locator(`.paper[data-page="${number}"]`).waitFor();
  await page.locator('.paper .high').scrollIntoViewIfNeeded();
  await page.locator('.paper .low').scrollIntoViewIfNeeded();
}

describe('the local desk in a browser', () => {
  step('begins with an empty list, shows what is refused, and creates a bundle', async () => {
    await page.goto(desk.url);
    await page.getByText('There are no bundles yet').waitFor();
    expect(await page.getByText('Local desk: stands in for the staff app').isVisible()).toBe(true);
    await looked('01-no-bundles');
    await page.getByLabel('Case reference').fill('A name!');
    await click('Create the bundle');
    await page.getByRole('alert').getByText('request-invalid').waitFor();
    await looked('02-refused-reference');
    await page.getByLabel('Case reference').fill('07/TEST/0001/26');
    await page.getByLabel('Terms that are always redacted').fill('Kestrel');
    await click('Create the bundle');
    await page.getByText('There are no documents in this bundle yet').waitFor();
    await looked('03-empty-bundle');
  });

  step('says in words why a file is refused', async () => {
    await page.getByLabel('PDF or plain text file').setInputFiles({ name: 'picture.pdf', mimeType: 'application/pdf', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]) });
    await click('Send the document');
    await stage('Refused');
    await page.getByText('neither a PDF nor plain text').waitFor();
    await looked('04-refused-file');
    await page.getByRole('link', { name: 'Back to the bundle' }).click();
  });

  step('sends a document and shows its suggestions on the page', async () => {
    await page.getByLabel('PDF or plain text file').setInputFiles({ name: 'statement.pdf', mimeType: 'application/pdf', buffer: Buffer.from(await statementPdf(2)) });
    await click('Send the document');
    await page.locator('.paper[data-page="1"] .box.pending').first().waitFor();
    const boxes = await page.locator('.box.pending').count();
    expect(boxes).toBeGreaterThan(5);
    await looked('05-suggested');
    await readThrough(1);
    await said('Page 1 is recorded as viewed.');
    await stage('In review');
    await click('Approve');
    await page.getByRole('alert').getByText('undecided', { exact: true }).waitFor();
    await shot(page, '06-approve-refused');
  });

  step('decides, undoes, keeps readable, adds a text and two areas', async () => {
    await click(/^Redact all \d+ sure ones$/);
    await page.getByRole('dialog').waitFor();
    await shot(page, '07-confirm');
    await click('Redact them');
    await said(/^(\d+) of \1 texts decided\.$/);
    await page.locator('.box.accepted').first().waitFor();
    await page.getByLabel('Show', { exact: true }).selectOption('pending');
    for (const more = page.getByRole('button', { name: /^Keep readable: / }); await more.count() > 0;) {
      const before = await page.locator('#decided').textContent();
      await more.first().click();
      await page.locator('#decided').getByText(before ?? '', { exact: true }).waitFor({ state: 'detached' });
    }
    await decided(/, 0 to decide/);
    await page.getByLabel('Show', { exact: true }).selectOption('all');
    await click('Undo my last decision');
    await said('Your last decision was taken back.');
    await decided(/, [1-9]\d* to decide/);
    await page.locator('.suggestion.pending').first().getByRole('button', { name: /^Redact: / }).click();
    await decided(/, 0 to decide/);
    await page.getByLabel('Text', { exact: true }).fill('blue car');
    await click('Redact this text');
    await said('blue car will be redacted everywhere.');
    await page.getByLabel('Text', { exact: true }).fill('not in this document');
    await click('Redact this text');
    await page.getByRole('alert').getByText('text-not-found').waitFor();
    for (const [label, value] of [['From the left', '60'], ['From the top', '300'], ['Width', '150'], ['Height', '40']] as const) await page.getByLabel(label).fill(value);
    await click('Redact this area');
    await said('An area of page 1 will be redacted.');
    await drawArea();
    const added = [/^A text in 2 places, pages 1, 2: personal data, /, /^An area of page 1: personal data, /, /^An area of page 1: personal data, /];
    const shown = async () => (await page.locator('#added li').allTextContents()).map((words, n) => added[n]?.test(words));
    expect(await shown()).toEqual([true, true, true]);
    // Whoever opens the page later sees them as well.
    await page.reload();
    await page.locator('.box[title^="Added area"]').nth(1).waitFor();
    expect(await shown()).toEqual([true, true, true]);
    expect(await page.locator('.box[title="Added text: Redact"]').count()).toBeGreaterThan(0);
    await looked('08-reviewed');
  });

  async function drawArea(): Promise<void> {
    await click('Draw with the mouse');
    const paper = page.locator('.paper');
    await paper.locator('.high').scrollIntoViewIfNeeded();
    const box = await paper.boundingBox();
    if (!box) throw new Error('no page is shown');
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.6, { steps: 4 });
    await page.mouse.up();
    expect(Number(await page.getByLabel('Width').inputValue())).toBeCloseTo(595 / 4, -1);
    expect(Number(await page.getByLabel('From the left').inputValue())).toBeCloseTo(595 / 2, -1);
    await click('Redact this area');
    await page.locator('.box[title^="Added area"]').nth(1).waitFor();
  }

  step('is approved by one person and released by another, each refusal in words', async () => {
    await actAs('Rita Reviewer');
    await page.locator('.paper[data-page="1"]').waitFor();
    await click('Next page');
    await readThrough(2);
    await decided(/Every page was viewed/);
    await click('Approve');
    await stage('Ready for release');
    await looked('09-ready', '.actions');
    const release = async () => {
      await page.getByLabel('Recipient').fill('CPS Mersey-Cheshire');
      await click('Release the copy');
      await click('Release it');
    };
    await release();
    await page.getByRole('alert').getByText('You approved this document. Another person must release it.').waitFor();
    await shot(page, '10-same-person');
    expect(await page.getByLabel('Recipient').inputValue()).toBe('CPS Mersey-Cheshire');
    await actAs('Sam Caseworker');
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await release();
    await page.getByRole('alert').getByText('not-permitted').waitFor();
    await actAs('Ravi Reviewer');
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await release();
    await stage('Released');
    await said('The copy is released to CPS Mersey-Cheshire.');
  });

  step('hands out the copy and its certificate, and shows both sides', async () => {
    const shown = await extractedText(await downloaded('Download the copy'));
    for (const gone of ['Featherstonehaugh', 'Kestrel', '01632', 'margaret@example.com', 'blue car']) expect(shown).not.toContain(gone);
    expect(shown).toContain('WITNESS STATEMENT');
    await click('Show the certificate');
    await page.locator('#verdict').getByText('Verified').waitFor();
    await looked('11-certificate', '#certificate');
    await click('Compare with the original');
    await page.getByRole('img', { name: 'Page 1 of the redacted copy' }).waitFor();
    await page.locator('#compare').getByRole('button', { name: 'Next page' }).click();
    await page.getByRole('img', { name: 'Page 2 of the redacted copy' }).waitFor();
    await looked('12-compare', '#compare');
  });

  step('shows the disclosure schedule, and the audit trail as verified, to the auditor', async () => {
    await page.getByRole('link', { name: 'Back to the bundle' }).click();
    await page.getByRole('link', { name: 'statement.pdf' }).waitFor();
    await looked('13-bundle');
    const bundleId = await page.locator('#bundle-id').textContent() ?? '';
    await page.getByRole('link', { name: 'Disclosure schedule' }).click();
    await page.getByRole('row', { name: /statement\.pdf Released .* CPS Mersey-Cheshire/ }).waitFor();
    await looked('14-schedule');
    await page.getByRole('link', { name: 'Redaction', exact: true }).click();
    await page.getByRole('link', { name: '07/TEST/0001/26' }).waitFor();
    await looked('15-bundles');
    await actAs('Audrey Auditor');
    await page.getByRole('alert').getByText('not-permitted').waitFor();
    await looked('16-not-permitted');
    await page.getByLabel('Identifier of the bundle').fill(bundleId);
    await click('Open the audit trail');
    await page.locator('#verified').getByText('Verified: the rows form an unbroken chain.').waitFor();
    for (const what of ['Document approved', 'Document released']) await page.getByRole('cell', { name: what, exact: true }).waitFor();
    await looked('17-audit');
  });

  step('reopens a released document and withdraws it, after asking', async () => {
    await actAs('Sam Caseworker');
    await page.goBack();
    await page.getByRole('link', { name: '07/TEST/0001/26' }).click();
    await page.getByRole('link', { name: 'statement.pdf' }).click();
    await stage('Released');
    await click('Reopen');
    await click('Go back');
    await stage('Released');
    await click('Reopen');
    await click('Reopen it');
    await stage('In review');
    await page.getByText('Version 2').waitFor();
    await click('Withdraw');
    await looked('18-withdraw', 'dialog');
    await click('Withdraw it');
    await stage('Withdrawn');
    await page.getByRole('link', { name: 'Back to the bundle' }).click();
  });

  step('shows a plain text file with its suggestions marked, and fits 320 px', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    const text = 'Statement of Margaret Featherstonehaugh.\nCall me on 01632 960123 after six.\n';
    await page.getByLabel('PDF or plain text file').setInputFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from(text) });
    await fits('19-narrow-bundle');
    await click('Send the document');
    await page.locator('mark.pending').filter({ hasText: '01632 960123' }).waitFor();
    await page.locator('.viewer .marker').last().scrollIntoViewIfNeeded();
    await decided(/Every page was viewed/);
    await fits('20-narrow-text');
    await page.getByRole('link', { name: 'Back to the bundle' }).click();
    await page.getByRole('link', { name: 'statement.pdf' }).click();
    await page.locator('.paper[data-page="1"]').waitFor();
    expect(await page.getByRole('button', { name: 'Redact this area' }).isVisible()).toBe(false);
    await fits('21-narrow-document');
    await actAs('Rita Reviewer');
    await page.getByRole('link', { name: 'Back to the bundle' }).click();
    await page.getByRole('link', { name: 'Audit trail' }).click();
    await page.locator('#verified').waitFor();
    await fits('22-narrow-audit');
    // 1280 px at 200 % zoom are 640 px of the page's own.
    await page.setViewportSize({ width: 640, height: 450 });
    await fits('23-zoomed-audit');
  });

  async function fits(name: string): Promise<void> {
    await looked(name);
    const width: unknown = await page.evaluate('document.documentElement.scrollWidth');
    expect({ name, width }).toEqual({ name, width: page.viewportSize()?.width });
  }

  step('ran without a fault of its own and asked nobody but the desk', async () => {
    await Promise.resolve();
    expect(faults).toEqual([]);
    expect(browser.strays).toEqual([]);
  });
});
