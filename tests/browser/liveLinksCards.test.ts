import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { staffMember } from '../../local/issuer/staff.ts';
import { accessibilityFindings } from '../support/browser.ts';
import { opened, phone, stands } from '../support/liveLinks.ts';
import { until } from '../support/service.ts';
import { startBench, type Bench } from './bench.ts';
import { shot } from './shots.ts';

let bench: Bench, inbox: Page;
beforeAll(async () => {
  bench = await startBench();
  inbox = await bench.open(`${bench.inbox.url}/#cards`);
});
afterAll(async () => { await bench.stop(); });

/** An inspection that only the supervisor may allow, for a mobile home. */
async function asked(number: string): Promise<{ requestId: string; ref: string }> {
  const finn = bench.links.as('finn.enquiry');
  const requestId = await opened(finn, {
    area: 'FAL', reasonCode: 'NEW_CABINET_CHECK', mode: 'VIDEO', msisdn: phone(number), personRole: 'CERTIFICATE_HOLDER',
    fal: {
      medicalMarker: false, daHistory: false, intelligenceMarker: false, priorSecurityBreach: false, mobileHome: true, section5: false, lastInspectionRemote: false, gunCount: 2, identityChecked: true, toldVoluntary: true, firstGrant: false,
      policyAllowsGrant: false,
    },
  });
  const { json } = await stands(finn, requestId, 'AUTH_PENDING');
  return { requestId, ref: String(json['ref']) };
}

const cardOf = (ref: string): Locator => inbox.locator('.item', { hasText: `Preview: Authority needed: ${ref}` });
const pressAs = (label: string) => inbox.getByLabel('Press buttons as').selectOption({ label });

async function looked(name: string, of: Page): Promise<void> {
  await shot(of, `cards-${name}`);
  expect({ name, found: await accessibilityFindings(of) }).toEqual({ name, found: [] });
}

describe('Teams cards in the browser', () => {
  it('A Teams decision made in the browser changes the case and replaces the card', async () => {
    const { requestId, ref } = await asked('131');
    const card = cardOf(ref);
    await card.getByRole('button', { name: 'Approve' }).waitFor();
    expect(await card.getByRole('heading', { name: 'Card for Lena Licensing' }).count()).toBe(1);
    await looked('01-asked', inbox);
    await card.getByRole('button', { name: 'Approve' }).click();
    await card.locator('.face:not([inert])').getByText(/^Done by 0014/).waitFor();
    expect(await card.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await looked('02-done', inbox);
    await stands(bench.links.as('finn.enquiry'), requestId, 'READY');

    const desk = await bench.open(`${bench.desk.url}/live-links/${requestId}`);
    await desk.getByLabel('Acting as').selectOption({ label: 'Finn Enquiry' });
    await desk.locator('#state-tag').getByText('Ready', { exact: true }).waitFor();
    await desk.locator('#authority').getByText(/^Approved/).waitFor();
    await desk.getByText('Book the appointment: the link is sent then.').waitFor();
    await looked('03-approved', desk);
    await desk.close();
  });

  it('A press on a copy that is stale is refused, and shows the card as it is now', async () => {
    const { requestId, ref } = await asked('132');
    const approve = cardOf(ref).getByRole('button', { name: 'Approve' });
    await approve.waitFor();
    // A second copy that still shows the question: another window of Lena's, which is slow to hear of the change.
    const copy = await bench.open(`${bench.inbox.url}/#cards`);
    const old = copy.locator('.item', { hasText: `Preview: Authority needed: ${ref}` });
    await old.getByRole('button', { name: 'Approve' }).waitFor();
    await copy.route('**/cards', route => route.abort());
    await approve.click();
    await stands(bench.links.as('finn.enquiry'), requestId, 'READY');
    await copy.getByRole('alert').waitFor();
    await old.getByLabel(/Reason, if you refuse/).selectOption({ label: 'Not proportionate' });
    const answer = copy.waitForResponse(/\/act$/);
    await old.getByRole('button', { name: 'Refuse' }).click();
    const body: unknown = await (await answer).json();
    expect(body).toMatchObject({ answer: { statusCode: 409, value: { body: [{ text: `Done: ${ref}` }, {}, { text: expect.stringMatching(/^Done by 0014/) }] } } });
    await copy.unroute('**/cards');
    await old.locator('.face:not([inert])').getByText(/^Done by 0014/).waitFor();
    expect((await stands(bench.links.as('finn.enquiry'), requestId, 'READY')).json['authority']).toBe('APPROVED');
    await copy.close();
  });

  it('The person who asked cannot approve on the card', async () => {
    const { requestId, ref } = await asked('133');
    await cardOf(ref).getByRole('button', { name: 'Approve' }).waitFor();
    await pressAs('Finn Enquiry');
    const answer = inbox.waitForResponse(/\/act$/);
    await cardOf(ref).getByRole('button', { name: 'Approve' }).click();
    const body: unknown = await (await answer).json();
    expect(body).toMatchObject({ answer: { statusCode: 403 } });
    await cardOf(ref).getByText('This task is not open to you').waitFor();
    expect(await cardOf(ref).getByRole('button', { name: 'Approve' }).count()).toBe(1);
    await until(() => bench.links.as('finn.enquiry').get(`/api/live-links/${requestId}`), ({ json }) => json['state'] === 'AUTH_PENDING' && json['authority'] === 'NEEDED');
    await pressAs('Whoever got the card');
    await looked('04-refused', inbox);
  });

  it('In the desk the requester is shown who decides, and a refusal needs its reason', async () => {
    const { requestId } = await asked('134');
    const desk = await bench.open(`${bench.desk.url}/#/links/case/${requestId}`);
    await desk.getByLabel('Acting as').selectOption({ label: 'Finn Enquiry' });
    await desk.locator('#state-tag').getByText('Waiting for authority', { exact: true }).waitFor();
    expect(await desk.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    await desk.getByRole('button', { name: 'Act as Lena Licensing' }).click();
    await desk.getByRole('button', { name: 'Refuse' }).click();
    const dialog = desk.getByRole('dialog');
    await dialog.getByLabel('Reason').selectOption('ATTEND_INSTEAD');
    await looked('05-refuse', desk);
    await dialog.getByRole('button', { name: 'Refuse' }).click();
    await desk.locator('#state-tag').getByText('Authority refused', { exact: true }).waitFor();
    expect((await bench.links.as('lena.licensing').get(`/api/live-links/${requestId}`)).json).toMatchObject({ authority: 'REFUSED', state: 'AUTH_REFUSED' });
    await desk.close();
  });

  it('ran without a fault and asked nobody outside of this machine', () => {
    expect(bench.faults.filter(fault => !fault.includes('net::ERR_FAILED'))).toEqual([]);
    expect(bench.strays()).toEqual([]);
    expect(staffMember('lena.licensing').objectId.slice(-4)).toBe('0014');
  });
});
