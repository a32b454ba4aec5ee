import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { Page } from 'playwright-core';
import { card } from '../../functions/goodsam/card.ts';
import { startInbox, type Inbox } from '../../local/inbox/inbox.ts';
import { approver, colleague, startRoom, stranger, view, type Room } from '../teams/room.ts';
import { accessibilityFindings, launchBrowser, type Browser } from '../support/browser.ts';
import { shot } from './shots.ts';

const messages = [
  { id: 'm1', service: 'branded', kind: 'sms', to: '+447700900123', text: 'Fictional Police: open http://127.0.0.1:9/live/AbCdEfGhIjKl to share your video. Ref GS-7K3M-9QXT.', reference: 'r-1:1', at: '2026-09-30T13:30:00.000Z', status: 'delivered' },
  { id: 'm2', service: 'branded', kind: 'email', to: 'pat@example.org', subject: 'Your appointment', text: 'Hello <b>Pat</b>,\n\nsee you then.', reference: null, at: '2026-09-30T14:30:00.000Z', status: 'sending' },
];
let sentMessages: object[] = [];
const notify = createServer((_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(sentMessages)));

let room: Room, inbox: Inbox, browser: Browser, page: Page;
const faults: string[] = [];
const staff = [
  { name: 'Alex Approver', objectId: approver, about: 'Gives authority' }, { name: 'Chris Colleague', objectId: colleague, about: 'Has no authority' }, { name: 'Sid Stranger', objectId: stranger, about: 'Is unknown to the app' },
];

beforeAll(async () => {
  room = await startRoom();
  await new Promise<void>(resolve => notify.listen(0, '127.0.0.1', resolve));
  const address = notify.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  inbox = await startInbox({ notifyUrl: `http://127.0.0.1:${address.port}`, teamsUrl: room.simulator.url, staff });
  browser = await launchBrowser();
  page = await browser.context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', error => faults.push(error.message));
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
});
afterAll(async () => {
  await browser.close();
  await inbox.stop();
  await room.stop();
  notify.closeAllConnections();
  notify.close();
});

const tab = (name: RegExp) => page.getByRole('tab', { name }).click();
const items = () => page.locator('.item:visible');
async function looked(name: string): Promise<void> {
  await shot(page, name);
  expect({ name, found: await accessibilityFindings(page) }).toEqual({ name, found: [] });
}

describe('the local inbox in a browser', () => {
  it('says what will appear where while nothing was sent', async () => {
    await page.goto(inbox.url);
    await page.getByText('No text or e-mail has been sent yet').waitFor();
    await looked('inbox-01-empty');
    await tab(/Teams cards/);
    await page.getByText('No card has been sent yet').waitFor();
    await tab(/Alerts/);
    await page.getByText('No alert has been sent yet').waitFor();
  });

  it('shows texts and e-mails newest first, as text, with links that open elsewhere', async () => {
    sentMessages = messages;
    await tab(/Texts/);
    await page.getByText('E-mail to pat@example.org').waitFor();
    expect(await items().locator('h2').allTextContents()).toEqual(['E-mail to pat@example.org', 'Text to +447700900123']);
    expect(await page.getByText('Hello <b>Pat</b>').isVisible()).toBe(true);
    const link = page.getByRole('link', { name: /live\/AbCd/ });
    expect([await link.getAttribute('href'), await link.getAttribute('target'), await link.getAttribute('rel')]).toEqual(['http://127.0.0.1:9/live/AbCdEfGhIjKl', '_blank', 'noopener noreferrer']);
    await looked('inbox-02-messages');
    await page.getByLabel('Show', { exact: true }).selectOption('+447700900123');
    expect(await items().count()).toBe(1);
    await page.getByLabel('Show', { exact: true }).selectOption('');
  });

  it('draws a card with the real renderer, and enforces the choice that a refusal needs', async () => {
    await room.teams.send({ userObjectId: approver }, card('AUTH_NEEDED', view), { key: 'a' });
    await tab(/Teams cards/);
    await page.getByText('Card for Alex Approver').waitFor();
    expect(await page.locator('.ac-adaptiveCard').getByText('Authority needed: GS-7K3M-9QXT').isVisible()).toBe(true);
    await looked('inbox-03-card');
    await page.getByRole('button', { name: 'Refuse' }).click();
    await page.getByText('Choose a reason for refusing').waitFor();
    await looked('inbox-04-required');
    expect(room.calls).toEqual([]);
  });

  it('keeps a choice over refreshes', async () => {
    const reason = page.getByLabel(/Reason, if you refuse/);
    await reason.selectOption({ label: 'Not proportionate' });
    await room.graph.alertPerson({ userObjectId: approver, activityType: 'taskNeedsAttention', previewText: 'Task GS-7K3M-9QXT needs attention', deepLink: 'https://teams.microsoft.com/l/entity/fictional/live-links' });
    await page.locator('#tab-alerts .count').getByText('1').waitFor();
    await page.waitForTimeout(2_000);
    expect(await reason.locator('option:checked').textContent()).toBe('Not proportionate');
  });

  it('shows a refusal as Teams would, for a person without the right', async () => {
    await page.getByLabel('Press buttons as').selectOption({ label: 'Sid Stranger' });
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Your account is not known here').waitFor();
    await looked('inbox-05-refused');
    expect(room.simulator.cards()).toMatchObject([{ history: [] }]);
  });

  it('replaces the card when the right person approves, and keeps what it showed', async () => {
    await page.getByLabel('Press buttons as').selectOption({ label: 'Whoever got the card' });
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.locator('.face:not([inert])').getByText(/Done by 4711/).waitFor();
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    expect(room.calls).toMatchObject([{ verb: 'approve', by: approver, data: { requestId: view.requestId, caseEtag: view.caseEtag } }]);
    await page.getByText('What it showed before (1)').click();
    await looked('inbox-06-done');
  });

  it('sends the reason with a refusal, and shows the current card to whoever is too late', async () => {
    await room.teams.send({ userObjectId: colleague }, card('AUTH_NEEDED', view), { key: 'b' });
    await page.getByText('Card for Chris Colleague').waitFor();
    expect(await items().locator('h2').first().textContent()).toBe('Card for Chris Colleague');
    await page.getByLabel('Press buttons as').selectOption({ label: 'Alex Approver' });
    await page.getByLabel(/Reason, if you refuse/).first().selectOption({ label: 'More information is needed' });
    await page.getByRole('button', { name: 'Refuse' }).first().click();
    await items().first().getByText(/Done by 4711/).waitFor();
    expect(room.calls.at(-1)).toMatchObject({ verb: 'refuse', data: { reason: 'MORE_INFORMATION' } });
    await page.getByLabel('Show', { exact: true }).selectOption({ label: 'Alex Approver' });
    expect(await items().locator('h2').allTextContents()).toEqual(['Card for Alex Approver']);
  });

  it('lists alerts, and fits a narrow screen', async () => {
    await room.graph.alertPerson({ userObjectId: colleague, activityType: 'taskNeedsAttention', previewText: 'Task GS-7K3M-9QXT needs attention', deepLink: 'https://teams.microsoft.com/l/entity/fictional/live-links' });
    await page.getByLabel('Show', { exact: true }).selectOption('');
    await tab(/Alerts/);
    await page.getByText('Alert for Chris Colleague').waitFor();
    await page.setViewportSize({ width: 360, height: 740 });
    for (const [name, shown] of [['Alerts', 'inbox-07-alerts'], ['Teams cards', 'inbox-08-narrow'], ['Texts', 'inbox-09-narrow']] as const) {
      await tab(new RegExp(name));
      await looked(shown);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }
  });

  it('moves between tabs by arrow keys, and says when a simulator is gone', async () => {
    await page.getByRole('tab', { name: /Texts/ }).press('ArrowRight');
    expect(await page.getByRole('tab', { name: /Teams cards/ }).getAttribute('aria-selected')).toBe('true');
    expect(faults).toEqual([]);
    notify.closeAllConnections();
    await new Promise<void>(resolve => { notify.close(() => resolve()); });
    await page.getByRole('alert').getByText('does not answer').waitFor();
    expect(await items().count()).toBe(2);
    expect(browser.strays).toEqual([]);
  });

  it.each([
    ['another name for loopback', { host: 'attacker.example' }, 421],
    ['a page of another site', { origin: 'https://attacker.example' }, 403],
  ])('serves nothing to %s', async (_who, headers, status) => {
    const { request } = await import('node:http');
    const got = await new Promise(resolve => request(`${inbox.url}/act`, { method: 'POST', headers }, reply => resolve(reply.resume().statusCode)).end('{}'));
    expect(got).toBe(status);
  });
});
