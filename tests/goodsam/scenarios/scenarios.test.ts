import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rows } from '../../support/client.ts';
import { startLiveLinks, type LiveLinks } from '../../support/liveLinks.ts';
import { runAll, runs, type Ended, type Results, type Run } from './run.ts';

let links: LiveLinks;
let results: Results;
beforeAll(async () => {
  // Waits are short; times are real, so that signatures stay fresh and the limits of the law are those of production.
  links = await startLiveLinks({ provider: { speed: 600, hugeBytes: 4 * 2 ** 20 }, notify: { speed: 600, robotLookMs: 100 } });
  await fetch(`${links.simulators.notify.url}/sim/robot`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ on: true }) });
  results = await runAll(links);
  await links.settle();
}, 600_000);
afterAll(async () => { await links.stop(); });

function resultOf(run: Run): Ended {
  const found = results.get(run);
  if (!found) throw new Error(`${run.name} did not come to rest`);
  return found;
}

function of(id: string): { readonly run: Run; readonly requestId: string } {
  const run = runs.find(({ row, as }) => row.id === id && as === 'carl.controller') ?? runs.find(({ row }) => row.id === id);
  if (!run) throw new RangeError(`no scenario ${id}`);
  return { run, requestId: resultOf(run).requestId };
}

async function evidenceOf(id: string): Promise<Record<string, unknown>[]> {
  return rows(await links.as('carl.controller').get(`/api/live-links/${of(id).requestId}/evidence`));
}

async function seen(id: string): Promise<Record<string, unknown>> {
  return (await links.as('carl.controller').get(`/api/live-links/${of(id).requestId}`)).json;
}

function texts(id: string): number {
  return links.simulators.notify.messages().filter(({ to }) => to === of(id).run.number).length;
}

describe('scenarios of the simulators (goodsam.md 12 and 21.36)', () => {
  it('are 31', () => {
    expect(new Set(runs.map(({ row }) => row.id)).size).toBe(31);
  });

  it.each(runs.map(run => [run.name, run] as const))('%s', async (_name, run) => {
    const { rest, requestId, afterExpiry } = resultOf(run);
    const { state, endReason } = run.endsAs;
    expect(rest.json).toMatchObject({ state, ...(endReason !== undefined && { endReason }) });
    if (run.row.afterExpiry !== undefined) expect(afterExpiry?.json['state']).toBe(run.row.afterExpiry);
    const audit = await links.as('gus.auditor').get(`/api/live-links/${requestId}/audit?limit=200`);
    expect(audit.json['verified']).toBe(true);
    expect(rows(audit).length).toBeGreaterThan(2);
  });

  it('leave no work behind', async () => {
    const { queues, running } = await links.system.host.status();
    expect({ running, left: Object.entries(queues).filter(([, count]) => count > 0) }).toEqual({ running: 0, left: [] });
  });

  it('004: the reason stands in the request', async () => {
    expect(await seen('004')).toMatchObject({ declineReason: 'THINKS_SCAM', consent: 'REFUSED' });
  });

  it('005: the page that is opened too late is gone', () => {
    const messages = links.simulators.notify.messages().filter(({ to }) => to === of('005').run.number).map(({ id }) => id);
    expect(links.simulators.notify.robotSteps().filter(step => messages.includes(step.messageId))).toMatchObject([{ did: 'open', status: 410 }]);
  });

  it('006: the consent was narrowed to the location', async () => {
    expect(await seen('006')).toMatchObject({ consent: 'NARROWED', consentScope: ['LOCATION'] });
  });

  it('009: the recording is in the evidence store after the second try', async () => {
    expect(await evidenceOf('009')).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'LIVE_RECORDING', state: 'STORED', scan: 'CLEAN' })]));
  });

  it('010: what came three times counted once', async () => {
    const { steps } = await seen('010');
    const ends = JSON.stringify(steps).match(/"personEnd"/g) ?? [];
    expect(ends).toHaveLength(1);
  });

  it('016: one text only', () => {
    expect(texts('016')).toBe(1);
  });

  it('017: one of three files is in quarantine, the others are evidence', async () => {
    const files = await evidenceOf('017');
    expect(files.map(({ state }) => state).filter(state => state === 'QUARANTINED')).toHaveLength(1);
    expect(files).toHaveLength(3);
    expect(files.filter(({ mayView }) => mayView === true)).toHaveLength(2);
  });

  it('018: the chat is there in both languages', async () => {
    expect((await seen('018'))['chat']).toMatchObject([
      { from: 'PERSON', text: 'Proszę o pomoc. Nie mówię po angielsku.', translated: 'Please help. I do not speak English.' }, { from: 'PERSON', translated: 'I am by the red door.' },
    ]);
  });

  it('019: the place outside of the UK is shown with a warning', async () => {
    expect((await seen('019'))['lastPlace']).toMatchObject({ outsideUk: true, lat: expect.closeTo(48.857, 2) });
  });

  it('023: the huge file arrived whole although its first download broke off', async () => {
    expect(await evidenceOf('023')).toMatchObject([{ kind: 'UPLOAD_VIDEO', bytes: 4 * 2 ** 20, mayView: true }]);
  });

  it('024: a wrong digest is never stored', async () => {
    const recording = (await evidenceOf('024')).find(({ kind }) => kind === 'LIVE_RECORDING');
    expect(recording).toMatchObject({ failure: 'hash-mismatch', mayView: false });
  });

  it('027: both pictures of the cabinet are evidence', async () => {
    expect((await evidenceOf('027')).filter(({ kind, state }) => kind === 'SNAPSHOT' && state === 'STORED')).toHaveLength(2);
  });

  it('030: nothing was sent, and no session is left', () => {
    expect(texts('030')).toBe(0);
  });
});
