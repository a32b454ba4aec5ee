import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { seedMissing } from '../../local/seedMissing.ts';
import { accessibilityFindings } from '../support/browser.ts';
import { missingEnvironment } from '../../local/issuer/missingStaff.ts';
import { answers, must, reported } from '../support/missing.ts';
import { adult } from '../support/missingStory.ts';
import { extractedText } from '../support/pdfText.ts';
import { startBench, type Bench } from './bench.ts';
import { shot } from './shots.ts';

const london = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
const toLondon = (at: Date): string => london.format(at).replace(' ', 'T');

let bench: Bench, page: Page;
beforeAll(async () => {
  bench = await startBench({ service: { environment: missingEnvironment } });
  page = await bench.open(bench.desk.url);
});
afterAll(async () => { await bench.stop(); });

const click = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();
const actAs = (name: string) => page.getByLabel('Acting as').selectOption({ label: name });
const stands = (name: string) => page.locator('#state-tag').getByText(name, { exact: true }).waitFor();
const board = (name: RegExp) => page.getByRole('row', { name });

async function looked(name: string): Promise<void> {
  await shot(page, `missing-${name}`);
  expect({ name, found: await accessibilityFindings(page) }).toEqual({ name, found: [] });
}

describe('missing persons in the desk', () => {
  it('say who has a part in it, and show an empty board to whoever has one', async () => {
    await page.getByRole('link', { name: 'Missing persons' }).click();
    await page.getByText('Sam Caseworker has no part in missing persons').waitFor();
    await looked('01-nobody');
    await click('Act as Cora Callhandler');
    await page.getByText('No case is open.').waitFor();
    await looked('02-empty');
  });

  it('show the samples of npm start, which a second start does not repeat', async () => {
    if (!bench.links.local) throw new Error('the samples need the local issuer');
    for (let start = 1; start <= 2; start++) await seedMissing(bench.links.url, bench.links.local.issuer, new Date());
    await page.getByRole('row', { name: /E\.E\., 15/ }).getByText('Medium', { exact: true }).waitFor();
    await page.getByRole('row', { name: /P\.P\., 52/ }).waitFor();
    await page.getByRole('row').nth(3).waitFor();
    expect(await page.getByRole('row').count()).toBe(4);
    expect(await page.getByRole('row').nth(1).textContent()).toContain('High, provisional');
  });

  it('take a call, and say what is lacking in it without losing a word', async () => {
    await page.getByRole('link', { name: 'Enter a report' }).click();
    await page.getByRole('textbox', { name: 'Given name' }).fill('Ian');
    await looked('03-call');
    await click('Enter the report');
    await page.getByRole('alert').getByText(/needs a correction/).waitFor();
    await looked('04-lacking');
    expect(await page.getByRole('textbox', { name: 'Given name' }).inputValue()).toBe('Ian');
    await page.getByRole('textbox', { name: 'Family name' }).fill('Imaginary');
    await page.getByRole('textbox', { name: 'Age' }).fill('46');
    await page.getByRole('textbox', { name: 'Last seen where' }).fill('Home, 1 Sample Street');
    await page.getByRole('checkbox', { name: 'The time is not known' }).check();
    await page.getByRole('textbox', { name: 'Why it is not known' }).fill('Gone when she woke up');
    await page.getByRole('textbox', { name: 'Informant name' }).fill('Ivy Imaginary');
    await page.getByRole('textbox', { name: 'Informant phone' }).fill('01632 960003');
    await click('Enter the report');
    await stands('Received');
    await looked('05-received');
  });

  it('put the questions, refuse a level under the floor in a sentence, screen and accept', async () => {
    await click('Record answers');
    for (const row of await page.locator('.act-panel fieldset').all()) await row.getByRole('combobox').selectOption('NO');
    await page.getByRole('group', { name: /^Q09/ }).getByRole('combobox').selectOption('YES');
    await looked('06-answers');
    await page.locator('.act-panel').getByRole('button', { name: 'Record answers' }).click();
    await page.getByText('Record answers: done.').waitFor();
    await click('Screen a report');
    await page.getByRole('textbox', { name: 'THRIVE note' }).fill('Said that he would harm himself.');
    await page.getByRole('combobox', { name: 'Level' }).selectOption('LOW');
    await page.locator('.act-panel').getByRole('button', { name: 'Screen a report' }).click();
    await page.getByRole('alert').getByText('FLOOR_BREACH').waitFor();
    await looked('07-floor');
    expect(await page.getByRole('textbox', { name: 'THRIVE note' }).inputValue()).toBe('Said that he would harm himself.');
    await page.getByRole('combobox', { name: 'Level' }).selectOption('HIGH');
    await page.locator('.act-panel').getByRole('button', { name: 'Screen a report' }).click();
    await stands('Screened');
    await click('Accept a report');
    await page.getByRole('textbox', { name: 'Rationale' }).fill('He said that he would harm himself, and is gone without his telephone.');
    await page.locator('.act-panel').getByRole('button', { name: 'Accept a report' }).click();
    await stands('Open, level not confirmed');
    await page.getByText(/^MP\/CHS\//).first().waitFor();
    await looked('08-case');
  });

  it('show the case on the board with its marks in words', async () => {
    await page.getByRole('link', { name: 'Missing persons: the board' }).click();
    await board(/I\.I\., 46/).getByText('High, provisional').waitFor();
    await board(/I\.I\., 46/).getByText('Not acknowledged').waitFor();
    await looked('09-board');
  });

  it('let the owner acknowledge, and an officer complete a task once it has its evidence', async () => {
    await actAs('Fay Manager');
    await page.getByRole('link', { name: /I\.I\., 46/ }).click();
    await click('Acknowledge that you own the case');
    await page.getByText('Fay Manager, acknowledged').waitFor();
    const task = page.locator('[data-task=H03]');
    await task.getByRole('button', { name: /^Complete/ }).click();
    await looked('10-task-form');
    await click('Complete H03');
    await page.getByRole('alert').getByText('EVIDENCE_MISSING').waitFor();
    await looked('11-task-refused');
    await page.getByRole('textbox', { name: 'Unit', exact: true }).fill('Unit S12');
    await page.getByLabel('When', { exact: true }).fill(toLondon(new Date()));
    await click('Complete H03');
    await page.getByText('Complete a task: H03.').waitFor();
    await page.getByText(/^Done or no longer needed/).click();
    await page.locator('details [data-task=H03]').getByText('Done', { exact: true }).waitFor();
    await looked('11-task-done');
  });

  it('show who edits a field what somebody else changed meanwhile, keep what was typed, and then save it', async () => {
    const recordId = /case\/([a-z2-7]{26})/.exec(page.url())?.[1] ?? '';
    await page.getByText(/^Everything else that you may do/).click();
    await click('Edit the person and the case');
    await page.getByText('Clothing, what is carried, and looks').click();
    await page.getByRole('textbox', { name: 'Clothing', exact: true }).fill('Red coat');
    await looked('11-edit-form');
    const oscar = bench.links.as('oscar.officer');
    const { headers } = await oscar.get(`/api/missing-persons/${recordId}`);
    expect((await oscar.post(`/api/missing-persons/${recordId}/edit`, { ifMatch: String(headers.get('etag')), body: { clothing: 'Blue coat', travelMode: 'BUS' } })).status).toBe(202);
    await click('Save what I changed');
    await page.getByRole('alert').getByRole('row', { name: /^Clothing nothing Blue coat Oscar Officer .* Yes$/ }).waitFor();
    await page.getByRole('alert').getByRole('row', { name: /^Travel mode nothing BUS Oscar Officer .* No$/ }).waitFor();
    await looked('11-edit-collides');
    expect(await page.getByRole('textbox', { name: 'Clothing', exact: true }).inputValue()).toBe('Red coat');
    await click('Save what I changed');
    await page.getByText('Edit the person and the case: done.').waitFor();
    await page.getByRole('row', { name: /Fay Manager Clothing Blue coat Red coat$/ }).waitFor();
    // Opened again, the form holds what stands there, and a field that is emptied is taken off.
    await click('Edit the person and the case');
    await page.getByText('Clothing, what is carried, and looks').click();
    expect(await page.getByRole('textbox', { name: 'Clothing', exact: true }).inputValue()).toBe('Red coat');
    await page.getByRole('textbox', { name: 'Clothing', exact: true }).fill('');
    await click('Save what I changed');
    await page.getByRole('row', { name: /Fay Manager Clothing Red coat nothing$/ }).waitFor();
  });

  it('print a handover on one page and the board', async () => {
    await page.getByRole('link', { name: 'One-page handover (print)' }).click();
    await page.getByRole('heading', { name: /^Handover: / }).waitFor();
    await looked('12-handover');
    await page.emulateMedia({ media: 'print' });
    await looked('13-handover-print');
    await page.emulateMedia({ media: 'screen' });
    await page.getByRole('link', { name: 'Missing persons' }).click();
    await page.getByRole('link', { name: 'Print the board by next due' }).click();
    await page.getByRole('row', { name: /I\.I\., 46/ }).waitFor();
    await page.emulateMedia({ media: 'print' });
    await looked('14-board-print');
    await page.emulateMedia({ media: 'screen' });
  });

  it('S06 a hostile name is words and nothing else, in the card and on the PDF of the handover', async () => {
    const cora = bench.links.as('cora.callhandler');
    const hostile = { familyName: '<script>hacked=1</script><img src=x onerror=hacked=1>', worries: "Out since noon'); DROP TABLE people;-- </td><script>hacked=1</script>" };
    const recordId = await reported(cora, { ...adult, ...hostile, callStartedAt: new Date().toISOString() });
    await must(cora, recordId, 'answers', answers());
    await must(cora, recordId, 'screen', { thrive: 'Nobody has heard anything.', level: 'MEDIUM', matchesSeen: [] });
    await must(cora, recordId, 'accept', { rationale: 'Missing, and nobody has heard anything since.' });
    await page.goto(`${bench.desk.url}#/missing/case/${recordId}/handover`);
    await page.getByRole('heading', { name: /^Handover: .*<script>/ }).waitFor();
    const pdf = await page.pdf({ format: 'A4' });
    const text = await extractedText(new Uint8Array(pdf));
    expect(text).toContain('<script>hacked=1</script>');
    expect(text).toContain('DROP TABLE people;--');
    expect(Buffer.from(pdf).toString('latin1')).not.toMatch(/\/(?:JavaScript|JS|Launch|OpenAction)\b/);
    expect(await page.evaluate('typeof hacked')).toBe('undefined');
    await page.getByRole('link', { name: 'Back to the case' }).click();
  });

  it('tell an inspector what the system did and why', async () => {
    await actAs('Ivan Inspector');
    await page.getByRole('link', { name: 'Missing persons: the board' }).click();
    await page.getByRole('link', { name: /I\.I\., 46/ }).click();
    await click('Show what the audit says');
    await page.getByText('The rows form an unbroken chain.').waitFor();
    await page.getByRole('region', { name: 'Done by the service itself' }).waitFor();
    await looked('15-why');
  });

  it('fit 360 px', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await looked('16-narrow-case');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.getByRole('link', { name: 'Missing persons: the board' }).click();
    await page.getByRole('row', { name: /I\.I\., 46/ }).waitFor();
    await looked('17-narrow-board');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('ran without a fault and asked nobody outside of this machine', () => {
    expect(bench.faults).toEqual([]);
    expect(bench.strays()).toEqual([]);
  });
});
