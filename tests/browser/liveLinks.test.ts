import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { accessibilityFindings } from '../support/browser.ts';
import { startBench, type Bench } from './bench.ts';
import { shot } from './shots.ts';

let bench: Bench, page: Page, person: Page;
beforeAll(async () => {
  bench = await startBench();
  page = await bench.open(bench.desk.url);
});
afterAll(async () => { await bench.stop(); });

const click = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const actAs = (name: string) => page.getByLabel('Acting as').selectOption({ label: name });
const stands = (name: string) => page.locator('#state-tag').getByText(name, { exact: true }).waitFor();
const confirm = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

async function looked(name: string, of: Page = page): Promise<void> {
  await shot(of, `links-${name}`);
  expect({ name, found: await accessibilityFindings(of) }).toEqual({ name, found: [] });
}

describe('live links in the desk', () => {
  it('show only the areas of the person, and say who has one', async () => {
    await page.getByRole('link', { name: 'Live links' }).click();
    await page.getByText('Sam Caseworker has no part in live links').waitFor();
    await looked('01-nobody');
    await click('Act as Carl Controller');
    await page.getByText('There are no live links here yet').waitFor();
    expect(await page.getByRole('navigation', { name: 'Areas' }).count()).toBe(0);
    await looked('02-empty');
    await actAs('Dan Sergeant');
    await page.getByRole('navigation', { name: 'Areas' }).waitFor();
    expect(await page.getByRole('navigation', { name: 'Areas' }).getByRole('link').allTextContents()).toEqual(['Domestic abuse', 'Offender management']);
    expect(await page.getByRole('button', { name: 'Ask for the live link' }).count()).toBe(0);
  });

  it('take a newcomer from the asking to the text in the inbox', async () => {
    await actAs('Carl Controller');
    await page.getByLabel('Mobile number').fill('+447700900121');
    await page.getByLabel('I asked, and it is safe for them to get a text now').check();
    await click('Ask for the live link');
    await stands('Delivered');
    const ending = await page.locator('#letters').textContent() ?? 'none';
    await looked('03-delivered');

    const inbox = await bench.open(bench.inbox.url);
    const link = inbox.locator('.item', { hasText: '+447700900121' }).getByRole('link');
    expect((await link.getAttribute('href'))?.endsWith(ending)).toBe(true);
    await looked('04-inbox', inbox);
    person = await bench.opened(() => link.click());
  });

  it('on to the consent on the phone and the video on the page of the provider', async () => {
    await person.getByRole('button', { name: 'Continue' }).click();
    await stands('Opened');
    for (const box of await person.getByRole('checkbox').all()) await box.check();
    await looked('05-consent', person);
    await person.getByRole('button', { name: 'Agree and start' }).click();
    await stands('Agreed');
    const session = await bench.opened(() => person.getByRole('button', { name: /new tab/ }).click());
    await session.getByRole('button', { name: 'Join' }).click();
    await session.getByRole('button', { name: 'Share location' }).click();
    await session.getByRole('button', { name: 'Start video' }).click();
    await stands('In session');
    await page.locator('#last-place').getByText(/53\.19/).waitFor();
    await looked('06-in-session');
  });

  it('on to the picture, the end and the outcome', async () => {
    await click('Watch');
    await looked('07-watch', page);
    await confirm('Watch');
    const viewer = await bench.opened(() => page.getByRole('link', { name: /Open your viewer/ }).click());
    await viewer.getByRole('img', { name: 'SIMULATED LIVE PICTURE' }).waitFor();
    await click('End the session');
    await confirm('End the session');
    await stands('Ended');
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('NO_DEPLOYMENT_NEEDED');
    await page.getByLabel('Nobody had to go').check();
    await page.getByLabel('Minutes saved').fill('30');
    await looked('08-ended');
    await click('Record the outcome');
    await stands('Closed');
    await page.getByRole('heading', { name: 'Evidence' }).waitFor();
    await page.getByRole('button', { name: 'View file: Live recording' }).waitFor();
    await looked('09-closed');
  });

  it('show a file after a reason, and each look in its continuity', async () => {
    await click('View file: Live recording');
    await confirm('View file');
    await page.locator('video').waitFor();
    await page.getByText(/^Continuity/).first().click();
    await page.getByText(/Viewed by Carl Controller \(INVESTIGATION\)/).waitFor();
    await looked('10-viewed');
  });

  it('say a refusal in the words of the service', async () => {
    await page.getByRole('link', { name: /^All live links/ }).click();
    await page.getByLabel('Mobile number').fill('07700 900122');
    await page.getByLabel('Incident reference').fill('a name');
    await click('Ask for the live link');
    await page.getByRole('alert').getByText('BAD_REFERENCE').waitFor();
    await looked('11-refused');
    await page.getByLabel('Mobile number').fill('01632 960001');
    await page.getByLabel('Incident reference').fill('IML 7700122');
    await click('Ask for the live link');
    await page.getByRole('alert').getByText('INVALID_MSISDN').waitFor();
    expect(await page.getByLabel('Incident reference').inputValue()).toBe('IML 7700122');
  });

  it('hold what may be unsafe, until it is confirmed, and let the person in on the call', async () => {
    await actAs('Dora Domestic');
    await page.getByLabel('How the link goes out').selectOption('SMS');
    await page.getByLabel('Mobile number').fill('+447700900123');
    for (const box of await page.getByRole('group', { name: /Does video fit/ }).getByRole('checkbox').all()) await box.check();
    await page.getByLabel('The person knows that it is the police').check();
    await click('Ask for the live link');
    await stands('Held for safety');
    await page.locator('#hold').getByText(/Ask on the call whether it is safe/).waitFor();
    await looked('12-held');
    await click('Confirm safe');
    await looked('13-confirm');
    await confirm('Confirm safe');
    await stands('Delivered');
    const inbox = await bench.open(bench.inbox.url);
    person = await bench.opened(() => inbox.locator('.item', { hasText: '+447700900123' }).getByRole('link').click());
    await person.getByRole('button', { name: 'Join' }).click();
    await click('Let in');
    await confirm('Let in');
  });

  it('blank the page at once when the contact is marked as unsafe', async () => {
    await person.getByRole('button', { name: 'Continue' }).click({ timeout: 20_000 });
    await stands('Opened');
    await click('Mark unsafe');
    await confirm('Mark unsafe');
    await stands('Stopped for safety');
    await looked('14-aborted');
    await person.reload();
    expect(await person.getByText(/not available/i).count()).toBe(1);
  });

  it('fit 360 px and work by keyboard', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await looked('15-narrow-detail');
    await page.getByRole('link', { name: /^All live links/ }).press('Enter');
    await page.getByRole('link', { name: /^GS-/ }).first().waitFor();
    await looked('16-narrow-list');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.getByText('More choices').press('Enter');
    expect(await page.getByLabel('May be contacted until').isVisible()).toBe(true);
  });

  it('ran without a fault and asked nobody outside of this machine', () => {
    expect(bench.faults).toEqual([]);
    expect(bench.strays()).toEqual([]);
  });
});
