import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Answer, Client } from '../../support/client.ts';
import { agree, give, linkIn, opened, phoneWith, stands } from '../../support/liveLinks.ts';
import { until } from '../../support/service.ts';
import { bodies, requesters } from '../story/bodies.ts';
import { startStory, type Story } from '../story/support.ts';
import { leaks, messagesOf, rowsOf, type Canaries, type Place } from './scan.ts';

const areas = ['FCC', 'FAL', 'DA', 'SOM', 'FOR', 'CCTV', 'SOCU'] as const;
const mark = randomBytes(4).toString('hex');
const canaries = new Map<string, string>();
const lines: string[] = [];
/** Addresses that replies named: Location, statusUrl, resourceUrl. */
const addresses: Place[] = [];
let story: Story;

/** A word that stands nowhere else. */
function canary(what: string, text: string): string {
  canaries.set(what, text);
  return text;
}

beforeAll(async () => {
  story = await startStory({ service: { faults: true, onLine: line => { lines.push(line); } } });
});
afterAll(async () => { await story.stop(); });

function noted(answer: Answer): Answer {
  for (const [what, value] of [['Location', answer.headers.get('location')], ['statusUrl', answer.json['statusUrl']], ['resourceUrl', answer.json['resourceUrl']]] as const) {
    if (typeof value === 'string') addresses.push({ at: what, text: value });
  }
  return answer;
}

/** The request of an area with canaries in whatever it may hold, as far as a text or a hold. */
async function asked(area: (typeof areas)[number], n: number): Promise<{ person: Client; requestId: string; number: string }> {
  const person = story.as(requesters[area]);
  const number = canary(`number of ${area}`, `+4477009008${String(n).padStart(2, '0')}`);
  const body: object = {
    ...bodies[area], msisdn: number, personName: canary(`name of ${area}`, `Zzcanary ${area} Person${mark}`), onVoiceCall: true, askedAndSafe: true, addons: ['CHAT'],
    ...(area === 'DA' || area === 'SOM' || area === 'SOCU' ? {} : { purpose: canary(`purpose of ${area}`, `to look at zzpurpose${area}${mark}`) }),
    ...(area === 'FAL' && { fal: { ...bodies.FAL.fal, certificate: canary('certificate', `ZZCERT-${mark}`) } }),
  };
  const requestId = await opened(person, body);
  const { json } = await until(() => person.get(`/api/live-links/${requestId}`), ({ json: now }) => ['DELIVERED', 'AUTH_PENDING', 'SAFETY_HELD', 'READY'].includes(String(now['state'])), 60_000);
  if (json['state'] === 'DELIVERED') canary(`token of ${area}`, new URL(await linkIn(story, number)).pathname.split('/').at(-1) ?? '');
  return { person, requestId, number };
}

/** What an officer and a person write, and what the officer opens. */
async function session({ person, requestId, number }: { person: Client; requestId: string; number: string }): Promise<void> {
  const device = phoneWith(await linkIn(story, number));
  await agree(device, ['VIDEO', 'LOCATION', 'SOUND', 'CHAT']);
  await stands(person, requestId, 'CONSENTED');
  const url = /href="(http[^"]+\/s\/[^"]+)"/.exec((await device.look()).html)?.[1] ?? '';
  await story.simulators.provider.control(`sessions/${url.split('/').at(-1) ?? ''}/emit`, { type: 'session.media_started' });
  await stands(person, requestId, 'IN_SESSION');
  noted(await give(person, requestId, 'chat', { text: canary('chat of the officer', `zzofficer chat ${mark}`) }));
  await story.simulators.provider.control(`sessions/${url.split('/').at(-1) ?? ''}/emit`, { type: 'session.chat_message', data: { messageId: 'm-1', from: 'PERSON', text: canary('chat of the person', `zzperson chat ${mark}`), locale: 'en' } });
  await until(() => person.get(`/api/live-links/${requestId}`), ({ json }) => JSON.stringify(json['chat']).includes(`zzperson chat ${mark}`));
  const viewer = await give(person, requestId, 'viewer', { reason: 'WATCH' });
  canary('viewer of the session', String(viewer.json['url']));
  canary('end of the viewer address', new URL(String(viewer.json['url'])).pathname.split('/').at(-1) ?? '');
  noted(await give(person, requestId, 'end'));
  await stands(person, requestId, 'ENDED');
  noted(await give(person, requestId, 'outcome', { code: 'NO_BENEFIT', notes: canary('notes', `zznotes of it ${mark}`) }));
  await stands(person, requestId, 'CLOSED');
}

/** Every place, read once each of the requests was told of in a message: a queue that was not looked at would hide a leak. */
async function placesOf(requestIds: readonly string[]): Promise<{ readonly open: readonly Place[]; readonly guarded: readonly Place[] }> {
  const { open, guarded } = await rowsOf(story.system.connectionString);
  const calls = await story.system.host.storageCalls();
  const { teams, force, provider } = story.simulators;
  const told = z.object({ entries: z.array(z.record(z.string(), z.unknown())) }).parse(await provider.control('log')).entries;
  const messages = messagesOf(calls);
  expect(requestIds.filter(requestId => !messages.some(({ text }) => text.includes(requestId)))).toEqual([]);
  return {
    guarded,
    open: [
      ...open, ...messages, ...addresses, ...lines.map((text, n) => ({ at: `line ${n} of the log`, text })), ...teams.cards().map(card => ({ at: 'a card', text: JSON.stringify(card) })),
      ...teams.alerts().map(alert => ({ at: 'an alert', text: JSON.stringify(alert) })), ...force.received().lines.map(line => ({ at: 'the incident log', text: JSON.stringify(line) })),
      // Every address that the app asked for at storage and at the provider; what it asked is in the provider's log.
      ...calls.map(({ service, path }) => ({ at: `an address of ${service}`, text: path })), ...told.filter(entry => entry['kind'] === 'api').map(entry => ({ at: 'an address of the provider', text: String(entry['path']) })),
    ],
  };
}

describe('A23, goodsam.md 14: what no message, log line, card, list or address may hold', () => {
  it('is not there after a request of each area, a session, an e-mail and a code', async () => {
    // Counts from now on, and faults of no kind.
    await story.system.host.setFaults({});
    const made = [];
    for (const [n, area] of areas.entries()) made.push(await asked(area, n));
    const [fcc] = made;
    if (!fcc) throw new Error('no request');
    await session(fcc);
    const email = canary('e-mail address', `zzcanary.${mark}@example.com`);
    const mailed = await opened(fcc.person, { ...bodies.FCC, channel: 'EMAIL', email, onVoiceCall: true, askedAndSafe: true });
    await until(() => fcc.person.get(`/api/live-links/${mailed}`), ({ json }) => ['SENT', 'DELIVERED'].includes(String(json['state'])));
    canary('token of the e-mail', new URL(await linkIn(story, email)).pathname.split('/').at(-1) ?? '');
    const spoken = await opened(fcc.person, { ...bodies.FCC, channel: 'READ_ALOUD_CODE', onVoiceCall: true });
    const { json } = await until(() => fcc.person.get(`/api/live-links/${spoken}`), answer => typeof answer.json['code'] === 'string');
    canary('code', String(json['code']));
    const entered = await fetch(`${story.url}/code`, { method: 'POST', redirect: 'manual', headers: { 'content-type': 'application/x-www-form-urlencoded', 'origin': 'null' }, body: `code=${String(json['code'])}` });
    expect(entered.status).toBe(303);
    await story.settle();
    const { open, guarded } = await placesOf([...made.map(({ requestId }) => requestId), mailed, spoken]);
    expect(leaks(open, canaries)).toEqual([]);
    // The same scanner finds them where they belong, so they were there to be found.
    const found = new Set(leaks(guarded, canaries).map(leak => leak.split(' in ')[0]));
    for (const [what] of canaries) if (/^(?:number|name|purpose|chat|notes|e-mail)/.test(what)) expect([...found]).toContain(what);
    expect([...canaries.keys()].filter(what => what.startsWith('token')).length).toBeGreaterThanOrEqual(4);
  }, 180_000);

  it('its scanner finds one that was planted, in every spelling and place', async () => {
    const one: Canaries = new Map([['number', '+447700900899'], ['token', 'Ab3dEf6hIj9l'], ['name', 'Zz "Quoted" Person']]);
    const body = `<QueueMessage><MessageText>${Buffer.from(JSON.stringify({ caseId: 'x', to: '+447700900899' })).toString('base64')}</MessageText></QueueMessage>`;
    const planted: Place[] = [
      ...messagesOf([{ service: 'queue', method: 'POST', path: '/devstoreaccount1/goodsam-work/messages?x=1', body }]), { at: 'row', text: JSON.stringify({ name: 'Zz "Quoted" Person' }) }, { at: 'address', text: '/live/Ab3dEf6hIj9l' },
      { at: 'query', text: `?to=${encodeURIComponent('+447700900899')}` }, { at: 'national', text: '07700900899' }, ...[0, 1, 2].map(n => ({ at: `base64 ${n}`, text: Buffer.from(`${'ab'.slice(0, n)}+447700900899 and more`).toString('base64') })),
    ];
    expect(leaks(planted, one)).toEqual([
      'number in a message of /devstoreaccount1/goodsam-work/messages', 'name in row', 'token in address', 'number in query', 'number in national', 'number in base64 0', 'number in base64 1', 'number in base64 2',
    ]);
    expect(leaks([{ at: 'ending', text: 'linkEnding Ij9l' }, { at: 'small', text: 'ab3def6hij9l' }], one)).toEqual([]);
    expect((await rowsOf(story.system.connectionString)).open.length).toBeGreaterThan(50);
  });
});
