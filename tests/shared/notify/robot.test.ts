import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { listening, stopped } from '../../../local/loopback.ts';
import { linkIn } from '../../../local/simulators/notify/robot.ts';
import type { NotifySimulator } from '../../../local/simulators/notify/simulator.ts';
import type { Phone } from '../../../local/simulators/scenarios.ts';
import { smsFit } from '../../../shared/domain/smsFit.ts';
import { control, messengerOf, neutralText, simulator, stopAll, templateId } from './support.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await stopAll();
  await Promise.all(stops.splice(0).map(stop => stop()));
});

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly cookie: string | undefined;
  readonly agent: string;
}

/** A server that keeps what it was asked and answers with a page, a redirect (a path or an address) or 404. */
async function site(answer: (seen: Seen, all: readonly Seen[]) => { readonly page?: string; readonly to?: string; readonly cookie?: string }) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', chunk => (body += String(chunk))).on('end', () => {
      const one = { method: request.method ?? '', path: request.url ?? '', body, cookie: request.headers.cookie, agent: request.headers['user-agent'] ?? '' };
      seen.push(one);
      const { page, to, cookie } = answer(one, seen);
      const status = to !== undefined ? 303 : page !== undefined ? 200 : 404;
      response.writeHead(status, { 'content-type': 'text/html', ...(to !== undefined && { location: to }), ...(cookie !== undefined && { 'set-cookie': cookie }) }).end(page ?? '');
    });
  });
  const url = await listening(server, 0);
  stops.push(() => stopped(server));
  return { url, seen, asked: () => seen.map(({ method, path }) => `${method} ${path}`) };
}

const consent = `<h1>Agree?</h1>
  <form method="post" action="/live/t0ken/agree"><input type="hidden" name="csrf" value="a&amp;b"><input type=checkbox name="scope" value="VIDEO"><input type='checkbox' name='scope' value='LOCATION' checked>
    <button name="go" value="1">Agree and start</button></form>
  <form method="post" action="/live/t0ken/decline"><button>No thanks</button></form>`;

const landing = '<form action="/live/t0ken/continue" method="POST"><input type="hidden" name="step" value="READ"><button>Continue</button></form>';

/** Our pages in small: Join, a wait until "let in", landing, consent, then the way to the provider's page. `looks` is how often the waiting page is seen. */
async function pages(looks = 1) {
  const provider = await site(({ method, path }) => method === 'GET' && path === '/s/1' ? { page: '<form method=post action="/s/1/join"><button>Join</button></form>' } : { page: 'joined' });
  const app = await site(({ method, path, body }, all) => {
    const at = `${method} ${path}`;
    const shown = all.filter(one => one.method === 'GET').length;
    if (at === 'GET /live/t0ken' && shown === 1) return { page: '<form action="/live/t0ken/continue" method="POST"><input type="hidden" name="step" value="JOIN"><button>Join</button></form>', cookie: 'd=1; Path=/; HttpOnly' };
    if (at === 'GET /live/t0ken') return { page: shown <= looks + 1 ? 'Please wait' : landing };
    if (at === 'POST /live/t0ken/continue') return { page: body === 'step=JOIN' ? 'Please wait' : consent };
    if (at === 'POST /live/t0ken/agree') return { page: `<a class="govuk-button" href="${provider.url}/s/1" target="_blank">Start</a>` };
    if (at === 'POST /live/t0ken/decline') return { page: body.includes('THINKS_SCAM') ? 'We will help you another way' : '<form method="post" action="/live/t0ken/decline"><input type="radio" name="reason" value="THINKS_SCAM"><button>Send</button></form>' };
    return {};
  });
  return { app, provider };
}

const quick = (phone: Partial<Phone>) => (): Phone => ({ opens: 1, thinks: 1, choice: 'agree', receipt: 'delivered', ...phone });

async function text(notify: NotifySimulator, url: string): Promise<void> {
  await messengerOf(notify).sendText(neutralText(notify, { personalisation: { link: `${url}/live/t0ken` } }));
}

async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 8_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error('not so within 8 s');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

describe('the robot', () => {
  it('opens, continues, waits to be let in, agrees with all boxes and cookies, and joins at the provider', async () => {
    const { app, provider } = await pages(2);
    const notify = await simulator({ speed: 500, phoneOf: quick({}) });
    await control(notify, 'robot', { on: true });
    await text(notify, app.url);
    await until(() => notify.robotSteps().some(({ did }) => did === 'join'));
    expect(notify.robotSteps().map(({ did, status }) => [did, status])).toEqual([['open', 200], ['continue', 200], ['agree', 200], ['join', 200]]);
    expect(app.asked()).toEqual(['GET /live/t0ken', 'POST /live/t0ken/continue', 'GET /live/t0ken', 'GET /live/t0ken', 'GET /live/t0ken', 'POST /live/t0ken/continue', 'POST /live/t0ken/agree']);
    expect(app.seen.at(-1)).toMatchObject({ body: 'csrf=a%26b&scope=VIDEO&scope=LOCATION&go=1', cookie: 'd=1' });
    expect(provider.asked()).toEqual(['GET /s/1', 'POST /s/1/join']);
    // The number's last digits say which scenario the session plays, unless one is armed.
    expect(provider.seen[1]?.body).toBe('scenario=001');
    expect(provider.seen[0]?.cookie).toBeUndefined();
    expect(JSON.stringify(notify.robotSteps())).not.toContain('t0ken');
  });

  it('declines, and gives the reason of the scenario when the next page asks', async () => {
    const { app, provider } = await pages();
    const notify = await simulator({ speed: 500, phoneOf: quick({ choice: 'decline', declineReason: 'THINKS_SCAM' }) });
    await control(notify, 'robot', { on: true });
    await text(notify, app.url);
    await until(() => notify.robotSteps().filter(({ did }) => did === 'decline').length === 2);
    expect(app.seen.slice(-2)).toMatchObject([{ path: '/live/t0ken/decline', body: '' }, { path: '/live/t0ken/decline', body: 'reason=THINKS_SCAM' }]);
    expect(provider.seen).toHaveLength(0);
  });

  it('is off until asked, and a phone that never opens opens nothing', async () => {
    const { app } = await pages();
    const notify = await simulator({ speed: 500, phoneOf: quick({ opens: 'never' }) });
    await text(notify, app.url);
    await control(notify, 'robot', { on: true });
    await text(notify, app.url);
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(app.seen).toHaveLength(0);
  });

  it('opens after expiry when the clock says so', async () => {
    const { app } = await pages();
    const notify = await simulator({ speed: 500, phoneOf: quick({ opens: 'after-expiry' }), afterExpirySeconds: 1_860 });
    await control(notify, 'robot', { on: true });
    await text(notify, app.url);
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(app.seen).toHaveLength(0);
    await control(notify, 'clock', { offsetMs: 1_861_000 });
    await until(() => app.seen.length > 0);
    expect(app.asked()[0]).toBe('GET /live/t0ken');
  });

  it('A19: a link preview gets the link and posts nothing', async () => {
    const { app } = await pages();
    const notify = await simulator({ speed: 500, phoneOf: quick({}) });
    await control(notify, 'robot', { on: false, preview: true });
    await text(notify, app.url);
    await until(() => notify.robotSteps().length > 0);
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(app.asked()).toEqual(['GET /live/t0ken']);
    expect(app.seen[0]?.agent).toContain('facebookexternalhit');
  });

  it('never leaves this machine: neither by the text nor by a redirect', async () => {
    expect(linkIn('Your call link: https://live.cheshire.police.uk/Ab3dEf6hIj9k')).toBeUndefined();
    expect(linkIn('See http://127.0.0.1.example.org/x')).toBeUndefined();
    expect(linkIn('Open http://neutral.localhost:7071/Ab3dEf6hIj9k. Ring 101.')?.href).toBe('http://neutral.localhost:7071/Ab3dEf6hIj9k');
    const app = await site(() => ({ to: 'https://live.example.org/x' }));
    const notify = await simulator({ speed: 500, phoneOf: quick({}) });
    await control(notify, 'robot', { on: true });
    await text(notify, app.url);
    await until(() => notify.robotSteps().length > 0);
    expect(notify.robotSteps()).toEqual([expect.objectContaining({ did: 'failed', why: 'RangeError' })]);
  });
});

describe('the simulator', () => {
  it('shows why the service-name prefix is off: with it FAL_SLOT is two parts and names the force twice (ADR 10)', async () => {
    const notify = await simulator({ prefix: { branded: true } });
    await messengerOf(notify).sendText({
      service: 'branded', to: '+447700900001', templateId: templateId(notify, 'FAL_SLOT'), reference: 'r:1',
      personalisation: { link: `https://live.cheshire.police.uk/${'x'.repeat(13)}`, ref: 'GS-1A2B-3C4D', time: 'Wed 30 Sep 14:30' },
    });
    const [message] = notify.messages();
    expect(message?.text).toMatch(/^Cheshire Police: Cheshire Police firearms/);
    expect(smsFit(message?.text ?? '')).toEqual({ encoding: 'GSM-7', units: 171, parts: 2 });
  });

  it('gives the inbox by its control API, and refuses another host name, another kind of body and nonsense', async () => {
    // No message may come to its end between the two looks at the inbox.
    const notify = await simulator({ receiptDelayMs: 60_000 });
    await messengerOf(notify).sendText(neutralText(notify));
    expect(await (await fetch(`${notify.url}/sim/messages`)).json()).toEqual(notify.messages());
    expect((await fetch(notify.url.replace('127.0.0.1', 'localhost'))).status).toBe(421);
    expect((await fetch(`${notify.url}/sim/outage`, { method: 'POST', body: '{"mode":"silent"}' })).status).toBe(415);
    expect((await fetch(`${notify.url}/sim/outage`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"mode":"fire"}' })).status).toBe(400);
    expect((await fetch(`${notify.url}/sim/nothing`)).status).toBe(404);
  });

  it('waits for a message', async () => {
    const notify = await simulator();
    const waiting = notify.waitForMessage(({ reference }) => reference === 'r:2');
    await messengerOf(notify).sendText(neutralText(notify, { reference: 'r:1' }));
    await messengerOf(notify).sendText(neutralText(notify, { reference: 'r:2' }));
    expect(await waiting).toMatchObject({ reference: 'r:2', to: '+447700900001' });
    await expect(notify.waitForMessage(() => false, 30)).rejects.toThrow('no such message');
  });
});
