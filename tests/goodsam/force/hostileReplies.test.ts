import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { httpEvidenceSystem } from '../../../functions/goodsam/force/evidenceSystem.ts';
import { httpIncidentLog } from '../../../functions/goodsam/force/incidentLog.ts';
import { httpMalwareVerdict } from '../../../shared/force/malware.ts';
import { httpOnDuty } from '../../../shared/force/onDuty.ts';
import { httpSafeguarding } from '../../../functions/goodsam/force/safeguarding.ts';
import { listening, stopped } from '../../../local/loopback.ts';

const now = (): Date => new Date('2026-11-25T10:00:00.000Z');
const question = { address: '+447700900101', channel: 'SMS' } as const;
const servers: Server[] = [];
afterEach(async () => await Promise.all(servers.splice(0).map(stopped)));

async function answering(listener: RequestListener): Promise<{ url: string; key: string }> {
  const server = createServer(listener);
  servers.push(server);
  return { url: await listening(server, 0), key: 'key' };
}
const saying = (body: unknown): Promise<{ url: string; key: string }> => answering((_request, response) => response.end(typeof body === 'string' ? body : JSON.stringify(body)));

describe('a reply that makes no sense never says that a person is safe', () => {
  it.each([
    ['no JSON', 'NONE'], ['nothing', ''], ['an empty object', {}], ['null', 'null'], ['another word', { result: 'CLEAR', markers: [], codeWordOnFile: false }],
    ['NONE with markers', { result: 'NONE', markers: ['STALKING'], codeWordOnFile: false }], ['FOUND without', { result: 'FOUND', markers: [], codeWordOnFile: false }],
    ['no markers at all', { result: 'NONE', codeWordOnFile: false }], ['a plan that is no clock', { result: 'NONE', markers: [], codeWordOnFile: false, contactPlan: { allowedFrom: '25:00', allowedTo: 'x' } }],
  ])('%s', async (_what, body) => {
    expect(await httpSafeguarding(await saying(body), now).lookUp(question)).toEqual({ at: now().toISOString(), result: 'FAILED', markers: [], codeWordOnFile: false });
  });

  it('a marker that we do not know is a marker', async () => {
    expect(await httpSafeguarding(await saying({ result: 'FOUND', markers: ['A_NEW_ONE', 'STALKING'], codeWordOnFile: true }), now).lookUp(question))
      .toMatchObject({ result: 'FOUND', markers: ['OTHER', 'STALKING'] });
  });

  it('a reply that begins in time and never ends is FAILED', async () => {
    const system = await answering((_request, response) => void response.write('{"result":"NONE",'));
    const started = performance.now();
    expect(await httpSafeguarding(system, now).lookUp(question)).toMatchObject({ result: 'FAILED' });
    expect(performance.now() - started).toBeLessThan(3_000);
  });

  it('a reply without end in size is FAILED', async () => {
    expect(await httpSafeguarding(await saying(`{"result":"NONE","markers":[],"codeWordOnFile":false,"x":"${'x'.repeat(300_000)}"}`), now).lookUp(question)).toMatchObject({ result: 'FAILED' });
  });

  it('a closed line is FAILED', async () => {
    expect(await httpSafeguarding(await answering(request => void request.socket.destroy()), now).lookUp(question)).toMatchObject({ result: 'FAILED' });
  });
});

describe('the key and the question', () => {
  it('do not follow a redirect', async () => {
    const seen: string[] = [];
    const other = await answering((request, response) => {
      seen.push(request.headers.authorization ?? '');
      response.end('{"result":"NONE","markers":[],"codeWordOnFile":false}');
    });
    const system = await answering((_request, response) => response.writeHead(307, { location: other.url }).end());
    expect(await httpSafeguarding(system, now).lookUp(question)).toMatchObject({ result: 'FAILED' });
    expect(seen).toEqual([]);
  });

  it('the address of a person is in no request line', async () => {
    const lines: string[] = [];
    const system = await answering((request, response) => {
      lines.push(request.url ?? '');
      response.end('{}');
    });
    await httpSafeguarding(system, now).lookUp(question);
    await httpIncidentLog(system).header('IML 1234567');
    expect(lines).toEqual(['/look-ups', '/headers']);
  });
});

describe('other systems', () => {
  it('a header of another incident is not taken', async () => {
    const system = await saying({ ref: 'IML 7654321', type: 'x', grade: 'G1', status: 'OPEN', openedAt: '2026-11-25T09:00:00Z' });
    expect(await httpIncidentLog(system).header('IML 1234567')).toEqual({ ok: false, failure: { kind: 'bad-reply' } });
  });

  it('a verdict is CLEAN only of this content; what cannot be read is ERROR', async () => {
    const hash = 'a'.repeat(64);
    expect(await httpMalwareVerdict(await saying({ verdict: 'CLEAN' })).verdictFor('b', hash)).toBe('CLEAN');
    expect(await httpMalwareVerdict(await saying({ verdict: 'CLEAN', sha256: hash.toUpperCase() })).verdictFor('b', hash)).toBe('CLEAN');
    expect(await httpMalwareVerdict(await saying({ verdict: 'CLEAN', sha256: 'b'.repeat(64) })).verdictFor('b', hash)).toBe('ERROR');
    expect(await httpMalwareVerdict(await saying({ verdict: 'FINE' })).verdictFor('b', hash)).toBe('ERROR');
    expect(await httpMalwareVerdict(await answering((_request, response) => response.writeHead(403).end())).verdictFor('b', hash)).toBe('ERROR');
  });

  it('a confirmation without a hash is none', async () => {
    expect(await httpEvidenceSystem(await saying({ status: 'CONFIRMED' })).confirm('d')).toEqual({ ok: false, failure: { kind: 'bad-reply' } });
    expect(await httpEvidenceSystem(await saying({ status: 'PENDING' })).confirm('d')).toEqual({ ok: true, value: { status: 'PENDING' } });
  });

  it('people whose shift is over, or has not begun, are not on duty whatever the list says', async () => {
    const person = (n: number, from: string, until: string) => ({ objectId: `00000000-0000-4000-8000-00000000000${n}`, from: `2026-11-25T${from}:00Z`, until: `2026-11-25T${until}:00Z` });
    const system = await saying({ asOf: '2026-11-25T09:30:00Z', people: [person(1, '02:00', '10:00'), person(2, '10:00', '18:00'), person(3, '11:00', '19:00'), person(2, '10:00', '18:00')] });
    expect(await httpOnDuty(system).who({ at: now().toISOString() })).toMatchObject({ people: ['00000000-0000-4000-8000-000000000002'], sendTo: 'PEOPLE' });
    const over = await saying({ asOf: '2026-11-25T09:30:00Z', people: [person(1, '02:00', '10:00')] });
    expect(await httpOnDuty(over).who({ at: now().toISOString() })).toMatchObject({ people: [], sendTo: 'TEAM' });
  });
});
