import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { ProviderError } from '../../../functions/goodsam/provider/port.ts';
import type { ProviderEvent, SessionCreated } from '../../../functions/goodsam/provider/port.ts';
import { homeAddress, scenarioOf, scenarios } from '../../../local/simulators/scenarios.ts';
import type { Scenario } from '../../../local/simulators/scenarios.ts';
import { startBed } from './bed.ts';
import type { Bed } from './bed.ts';
import { bytesOf } from './contract.ts';
import { until, verifies } from './receiver.ts';

const picture = 'opened consent_given media_started location location location';
const well = `${picture} media_stopped ended recording_ready recording_ready`;
const file = 'upload_started upload_received';

/** What each row makes at the provider, written down by hand from goodsam.md 12 and 21.36. */
const expected: Readonly<Record<string, string>> = {
  '001': well, '002': '', '003': '', '004': '', '005': '',
  '006': 'opened consent_given permission_denied consent_narrowed location location location ended recording_ready',
  '007': `${picture} connection_lost reconnected connection_lost reconnected media_stopped ended recording_ready recording_ready`,
  '008': `${picture} connection_lost`,
  '009': `${picture} media_stopped ended recording_failed recording_ready recording_ready`,
  '010': well, '011': well, '012': well, '013': well, '014': well, '015': well, '016': well,
  '017': `opened consent_given ${file} ${file} ${file} upload_completed ended`,
  '018': `${picture} chat_message chat_message media_stopped ended recording_ready recording_ready recording_ready`,
  '019': 'opened consent_given location location location ended recording_ready',
  '020': 'opened consent_given location location location ended recording_ready',
  '021': `${picture} consent_withdrawn media_stopped`,
  '022': 'opened consent_given media_started location media_stopped ended recording_ready recording_ready',
  '023': 'opened consent_given upload_started upload_paused upload_started upload_received upload_completed ended',
  '024': well,
  '025': 'opened consent_given media_started location location safety_exit media_stopped recording_ready recording_ready',
  '026': well,
  '027': `${picture} recording_ready recording_ready media_stopped ended recording_ready recording_ready`,
  '028': well, '029': well, '030': '', '031': well,
};

interface Played { readonly session: SessionCreated; readonly refusals: readonly string[]; readonly events: readonly ProviderEvent[]; readonly status: string }

let bed: Bed;
const played = new Map<string, Played>();
beforeAll(async () => {
  bed = await startBed({ hugeBytes: 3 * 2 ** 20 });
  // One after the other up to create, as arms are taken in order; the sessions then play side by side.
  for (const row of scenarios) {
    await bed.simulator.control('arm', { scenario: row.id });
    const { session, refusals } = await created(row);
    if (row.phone.choice === 'agree') expect(await bed.join(session)).toBe(303);
    played.set(row.id, { session, refusals, events: [], status: '' });
  }
  for (const [id, one] of played) {
    const wanted = expected[id]?.split(' ').filter(word => word !== '').length ?? 0;
    await until(() => bed.eventTypes(one.session), types => types.length >= wanted);
  }
  // As long as the longest pause of a scenario, so that an event too many would show.
  await new Promise(resolve => setTimeout(resolve, 500));
  for (const [id, one] of played) played.set(id, { ...one, ...(await bed.provider.getSession(one.session.sessionId)) });
}, 60_000);
afterAll(() => bed.stop());

/** Creates as the worker does: the same key again after a failure that may pass. */
async function created(row: Scenario): Promise<{ readonly session: SessionCreated; readonly refusals: readonly string[] }> {
  const refusals: string[] = [];
  for (;;) {
    try {
      return { session: await bed.create(`/${row.id}`, { mode: row.mode, externalRef: `ref-${row.id}` }), refusals };
    } catch (error) {
      if (!(error instanceof ProviderError) || refusals.length > 4) throw error;
      refusals.push(error.retryAfterMs === undefined ? error.kind : `${error.kind} ${error.retryAfterMs}`);
    }
  }
}

function of(id: string): Played {
  const one = played.get(id);
  if (!one) throw new Error(`${id} was not played`);
  return one;
}

function datas(id: string, type: string): readonly ProviderEvent['data'][] {
  return of(id).events.filter(event => event.type === `session.${type}`).map(event => event.data);
}

describe('the table', () => {
  it('has the 31 scenarios of goodsam.md 12 and 21.36', () => {
    expect(scenarios.map(({ id }) => id)).toEqual(Array.from({ length: 31 }, (_, n) => String(n + 1).padStart(3, '0')));
    expect(Object.keys(expected).toSorted()).toEqual(scenarios.map(({ id }) => id));
  });

  it('gives a row by the last digits, and any other number one by the seed', () => {
    expect(scenarioOf('017', 1).id).toBe('017');
    expect(scenarioOf('555', 1)).toBe(scenarioOf('555', 1));
    expect(new Set(Array.from({ length: 200 }, (_, seed) => scenarioOf('555', seed).id)).size).toBeGreaterThan(20);
  });

  it('rests where 21.36 says', () => {
    const rests = Object.fromEntries(scenarios.map(({ id, endsAs }) => [id, `${endsAs.state} ${endsAs.endReason ?? ''}`.trim()]));
    expect(rests).toMatchObject({
      '002': 'UNDELIVERED', '003': 'NO_ANSWER', '004': 'DECLINED', '005': 'EXPIRED', '006': 'ENDED PERSON', '008': 'ENDED SIGNAL_LOST', '012': 'ENDED PERSON', '013': 'ENDED PERSON', '021': 'ENDED WITHDRAWN',
      '025': 'ABORTED_SAFETY', '030': 'ABORTED_SAFETY', '031': 'ENDED PERSON',
    });
  });
});

it.each(scenarios.map(({ id, title }) => [id, title] as const))('%s %s: its events, in order', id => {
  const { events } = of(id);
  expect(events.map(event => event.type.replace('session.', '')).join(' ')).toBe(expected[id]);
  expect(events.map(event => event.sequence)).toEqual(events.map((_, index) => index + 1));
  for (const event of events) expect(event.externalRef).toBe(`ref-${id}`);
});

describe('creating', () => {
  it.each([['014', ['rateLimited 5000']], ['015', ['unavailable', 'unavailable']], ['016', ['timeout']], ['030', ['unavailable', 'unavailable']], ['001', []]] as const)('%s meets %j', (id, refusals) => {
    expect(of(id).refusals).toEqual(refusals);
  });

  it('029: "opened" is received before the reply', async () => {
    const log = await bed.log();
    const opened = log.find(entry => entry.kind === 'webhook' && entry['sessionId'] === of('029').session.sessionId && entry['type'] === 'session.opened');
    const replied = log.find(entry => entry.kind === 'api' && entry['idempotencyKey'] === 'create:/029');
    expect(opened?.['outcome']).toBe(202);
    expect(opened?.n).toBeLessThan(replied?.n ?? 0);
  });
});

describe('webhooks', () => {
  const inOrder = scenarios.filter(({ id, webhooks }) => ['plain', 'old-secret'].includes(webhooks) && expected[id] !== '').map(({ id }) => id);
  it.each(inOrder)('%s: each once, in order, verified', async id => {
    const got = await until(() => bed.receiver.of(`/${id}`), list => list.length >= of(id).events.length);
    expect(got.map(one => one.id)).toEqual(of(id).events.map(event => event.id));
    expect(got.map(one => one.headers.get('webhook-id'))).toEqual(got.map(one => one.id));
    expect(got.every(one => one.isVerified)).toBe(true);
  });

  it('010: three times each, under the same id', async () => {
    const got = await until(() => bed.receiver.of('/010'), list => list.length >= 3 * of('010').events.length);
    expect(got.map(one => one.id)).toEqual(of('010').events.flatMap(event => [event.id, event.id, event.id]));
  });

  it('011: all of them, out of order', async () => {
    const ids = of('011').events.map(event => event.id);
    const got = (await until(() => bed.receiver.of('/011'), list => list.length >= ids.length)).map(one => one.id);
    expect(got.toSorted()).toEqual(ids.toSorted());
    expect(got).not.toEqual(ids);
  });

  it('012: none is verified, and each is tried again before it is given up', async () => {
    const got = await until(() => bed.receiver.of('/012'), list => list.length >= 6 * of('012').events.length, 30_000);
    expect(got.filter(one => one.isVerified)).toEqual([]);
    expect(new Set(got.map(one => one.id)).size).toBe(of('012').events.length);
  });

  it('013: rightly signed, but ten minutes old', () => {
    const got = bed.receiver.of('/013');
    expect(got.length).toBeGreaterThan(0);
    for (const { headers, rawBody, isVerified } of got) {
      const signedAt = new Date(Number(headers.get('webhook-timestamp')) * 1_000);
      expect(isVerified).toBe(false);
      expect(Date.now() - signedAt.getTime()).toBeGreaterThan(500_000);
      expect(verifies(headers, rawBody, bed.secrets, signedAt)).toBe(true);
    }
  });

  it('026: signed with the old secret only', () => {
    for (const { headers, rawBody } of bed.receiver.of('/026')) {
      expect([bed.secrets.slice(0, 1), bed.secrets.slice(1)].map(secrets => verifies(headers, rawBody, secrets))).toEqual([false, true]);
    }
  });
});

describe('places', () => {
  const distanceKm = (data: ProviderEvent['data'] | undefined): number => {
    const [lat, lng] = [Number(data?.['lat']), Number(data?.['lng'])];
    const rad = Math.PI / 180;
    const a = Math.sin(((lat - homeAddress.lat) * rad) / 2) ** 2 + Math.cos(lat * rad) * Math.cos(homeAddress.lat * rad) * Math.sin(((lng - homeAddress.lng) * rad) / 2) ** 2;
    return 2 * 6_371 * Math.asin(Math.sqrt(a));
  };
  it('001 is near the address, 020 is 40 km away, 019 is outside the UK', () => {
    for (const data of datas('001', 'location')) expect(distanceKm(data)).toBeLessThan(0.2);
    expect(distanceKm(datas('020', 'location')[0])).toBeCloseTo(40, 0);
    // goodsam.md 5: lat 49.8 to 60.9, lng -8.7 to 1.8.
    for (const data of datas('019', 'location')) expect(Number(data['lat']) < 49.8 || Number(data['lng']) > 1.8).toBe(true);
  });

  it('006 denies the camera and is left with the location', () => {
    expect(datas('006', 'permission_denied')).toEqual([{ capability: 'VIDEO' }]);
    expect(datas('006', 'consent_narrowed')).toEqual([{ scope: 'LOCATION' }]);
  });

  it('018 is in Polish, with a machine translation beside it', () => {
    for (const data of datas('018', 'chat_message')) expect(data).toMatchObject({ from: 'PERSON', locale: 'pl', translationLocale: 'en', machineTranslated: true, translation: expect.stringMatching(/\w/) });
  });
});

describe('files', () => {
  const read = async (id: string): Promise<readonly { readonly head: string; readonly fits: boolean; readonly kind: string; readonly length: number }[]> => {
    const list = await bed.provider.listMedia(of(id).session.sessionId);
    return await Promise.all(list.map(async ref => {
      const bytes = await bytesOf((await bed.provider.openMedia(ref)).stream);
      return { head: bytes.subarray(0, 68).toString('latin1'), fits: createHash('sha256').update(bytes).digest('hex') === ref.sha256, kind: ref.kind, length: bytes.length };
    }));
  };

  it('017 has a JPEG with a place in it, a clip, and the EICAR test file to the byte', async () => {
    const [photo, clip, eicar] = await read('017');
    expect(photo).toMatchObject({ kind: 'UPLOAD_PHOTO', fits: true, head: expect.stringMatching(/^\xff\xd8\xff\xe1..Exif/s) });
    expect(clip).toMatchObject({ kind: 'UPLOAD_VIDEO', fits: true, head: expect.stringMatching(/^....ftypisom/s) });
    // The digest that EICAR's users know; the string itself stays out of the repository.
    expect(createHash('sha256').update(eicar?.head ?? '', 'latin1').digest('hex')).toBe('275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f');
    expect(eicar?.length).toBe(68);
  });

  it('024 gives digests that are not those of the files; 001 gives the right ones, and a track with three points', async () => {
    expect((await read('024')).map(one => one.fits)).toEqual([false, false]);
    expect((await read('001')).map(one => one.fits)).toEqual([true, true]);
    const track = (await bed.provider.listMedia(of('001').session.sessionId)).find(ref => ref.kind === 'LOCATION_TRACK');
    if (!track) throw new Error('no track');
    expect((await bytesOf((await bed.provider.openMedia(track)).stream)).toString('utf8').match(/<trkpt /g)).toHaveLength(3);
  });

  it('023 breaks off half way once, and the rest can be fetched', async () => {
    const [ref] = await bed.provider.listMedia(of('023').session.sessionId);
    if (!ref) throw new Error('no file');
    const chunks: Uint8Array[] = [];
    const first = await bed.provider.openMedia(ref);
    await expect((async () => {
      for await (const chunk of first.stream) chunks.push(chunk);
    })()).rejects.toMatchObject({ name: 'ProviderError', kind: 'unavailable' });
    const from = Buffer.concat(chunks).length;
    expect(from).toBeLessThan(ref.bytes);
    const rest = await bytesOf((await bed.provider.openMedia(ref, { from })).stream);
    expect(createHash('sha256').update(Buffer.concat([...chunks, rest])).digest('hex')).toBe(ref.sha256);
  });
});

it('021 and 008 stay open until the app ends them, which makes their recordings', async () => {
  for (const [id, status] of [['021', 'ACTIVE'], ['008', 'INTERRUPTED']] as const) {
    expect(of(id).status).toBe(status);
    await bed.provider.end(of(id).session.sessionId);
    await until(() => bed.eventTypes(of(id).session), types => types.slice(-2).join() === 'recording_ready,recording_ready');
    expect((await bed.eventTypes(of(id).session)).filter(type => type === 'ended')).toHaveLength(1);
  }
});
