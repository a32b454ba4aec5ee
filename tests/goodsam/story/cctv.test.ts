import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bankHolidays } from '../../../shared/domain/bankHolidays.ts';
import { rows, type Client } from '../../support/client.ts';
import { agree, give, opened, phone, phoneWith, stands } from '../../support/liveLinks.ts';
import { until } from '../../support/service.ts';
import { bodies } from './bodies.ts';
import { expectSealed } from './seal.ts';
import { cardFor, linesOf, linkFrom, press, seen, sessionOf, startStory, textsTo, type Story } from './support.ts';

let story: Story;
let vic: Client;
beforeAll(async () => {
  story = await startStory();
  vic = story.as('vic.video');
});
afterAll(async () => { await story.stop(); });

const HOUR = 3600;

/** By hand, day after day: the London date of the fifth working day after this one. */
function fifthWorkingDay(instant: string): string {
  const day = new Date(`${new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(new Date(instant))}T12:00:00Z`);
  for (let left = 5; left > 0;) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() % 6 !== 0 && !bankHolidays.has(day.toISOString().slice(0, 10))) left -= 1;
  }
  return day.toISOString().slice(0, 10);
}

async function upload(requestId: string, state: string): Promise<void> {
  await until(() => seen(vic, requestId), answer => answer.json['upload'] === state, 15_000);
}

describe('CCTV retrieval, from the request to playable footage', () => {
  it('two reminders, several files with a pause, received, checked, and due in five working days', async () => {
    const number = phone('601');
    const requestId = await opened(vic, { ...bodies.CCTV, personName: 'Lee Sample', msisdn: number });
    await stands(vic, requestId, 'SENT', 'DELIVERED');
    await story.pass(47 * HOUR);
    expect(textsTo(story, number)).toHaveLength(1);
    await story.pass(HOUR + 60);
    await until(() => Promise.resolve(textsTo(story, number)), texts => texts.length === 2, 15_000);
    await story.pass(24 * HOUR + 60);
    await until(() => Promise.resolve(textsTo(story, number)), texts => texts.length === 3, 15_000);
    await story.pass(30 * HOUR);
    const texts = textsTo(story, number);
    expect(texts.map(words => words.includes('reminder'))).toEqual([false, true, true]);
    expect((await phoneWith(linkFrom(texts[1])).look()).status).toBe(410);

    const device = phoneWith(linkFrom(texts[2]));
    await agree(device, ['FILES']);
    const session = await sessionOf(device);
    await press(session, 'join');
    await press(session, 'do', { act: 'send-file', file: 'photo' });
    await stands(vic, requestId, 'IN_SESSION');
    await upload(requestId, 'RECEIVING');
    const emit = (type: string, receivedBytes: number): Promise<unknown> =>
      story.simulators.provider.control(`sessions/${session.split('/').at(-1) ?? ''}/emit`, { type, data: { uploadId: 'upl_slow', bytes: 1_000, receivedBytes } });
    await emit('session.upload_paused', 400);
    await upload(requestId, 'PAUSED');
    // An upload may rest for hours: neither grace nor limit ends it.
    await story.pass(5 * HOUR);
    expect((await seen(vic, requestId)).json['state']).toBe('IN_SESSION');
    await emit('session.upload_started', 400);
    await upload(requestId, 'RECEIVING');
    await press(session, 'do', { act: 'send-file', file: 'clip' });
    await press(session, 'do', { act: 'send-file', file: 'clip' });
    await press(session, 'do', { act: 'files-done' });
    await upload(requestId, 'RECEIVED');
    await press(session, 'do', { act: 'close-page' });
    const { json } = await stands(vic, requestId, 'ENDED');
    expect(json['endReason']).toBe('UPLOADED');
    expect(String(json['outcomeDueAt']).slice(0, 16)).toMatch(new RegExp(`^${fifthWorkingDay(String(json['endedAt']))}T2[23]:59$`));
    await story.settle();
    const files = rows(await vic.get(`/api/live-links/${requestId}/evidence`));
    expect(files.map(({ kind }) => kind).sort()).toEqual(['UPLOAD_PHOTO', 'UPLOAD_VIDEO', 'UPLOAD_VIDEO']);
    // Uploads were asked for as evidence: they go to the evidence system by themselves.
    expect(files.map(({ state }) => state)).toEqual(['EXHIBITED', 'EXHIBITED', 'EXHIBITED']);
    await cardFor(story, requestId, { login: 'vic.video', words: /Evidence ready/ });
    expect((await give(vic, requestId, 'outcome', { code: 'RECEIVED_PLAYABLE', attendanceAvoided: true })).status).toBe(202);
    expect((await stands(vic, requestId, 'CLOSED')).json).toMatchObject({ upload: 'CHECKED', outcome: 'RECEIVED_PLAYABLE' });
    await expectSealed(story, { requestId, number, secrets: ['Lee Sample', 'Sample Shop', 'IML'] });
    expect(linesOf(story, requestId)).toEqual([expect.stringMatching(/ended\.$/), expect.stringMatching(/outcome RECEIVED_PLAYABLE\.$/)]);
    expect(textsTo(story, number)).toHaveLength(3);
  });

  it('nobody answers and the recorder overwrites: call, then visit, and the outcome says so', async () => {
    const number = phone('602');
    const overwriteAt = story.now(3 * 24 * HOUR);
    const requestId = await opened(vic, { ...bodies.CCTV, cctv: { ...bodies.CCTV.cctv, overwriteAt }, msisdn: number });
    await stands(vic, requestId, 'SENT', 'DELIVERED');
    await story.pass(24 * HOUR + 60);
    const call = await cardFor(story, requestId, { login: 'vic.video', words: /Telephone before the recording is overwritten/ });
    expect(JSON.stringify(call.card)).toContain('Act by');
    await story.pass(24 * HOUR);
    await cardFor(story, requestId, { login: 'vic.video', words: /Visit before the recording is overwritten/ });
    // The first reminder went out as well.
    expect([(await seen(vic, requestId)).json['overwriteAt'], textsTo(story, number).length]).toEqual([overwriteAt, 2]);
    expect((await give(vic, requestId, 'cancel', { reason: 'OFFICER_GOES' })).status).toBe(202);
    await stands(vic, requestId, 'CANCELLED');
    expect((await give(vic, requestId, 'outcome', { code: 'OFFICER_VISIT_NEEDED' })).status).toBe(202);
    await stands(vic, requestId, 'CLOSED');
    await cardFor(story, requestId, { login: 'vic.video', words: /Make a visit/ });
    await expectSealed(story, { requestId, number, secrets: ['Sample Shop', 'IML'] });
  });
});
