import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { memoryEvidence } from '../../../shared/azure/evidenceMemory.ts';
import { httpEvidenceSystem, manualHandOver, type IngestJob } from '../../../functions/goodsam/force/evidenceSystem.ts';
import { httpIncidentLog } from '../../../functions/goodsam/force/incidentLog.ts';
import { httpMalwareVerdict } from '../../../shared/force/malware.ts';
import { httpOnDuty } from '../../../shared/force/onDuty.ts';
import { httpSafeguarding } from '../../../functions/goodsam/force/safeguarding.ts';
import { startForceSimulator, type ForceSimulator } from '../../../local/simulators/force/server.ts';
import { eicar, eicarSha256 } from '../../../local/simulators/force/state.ts';
import { evidenceSystemContract, incidentLogContract, malwareContract, onDutyContract, safeguardingContract } from './contracts.ts';

const now = (): Date => new Date('2026-11-25T10:00:00.000Z');
const at = now().toISOString();
const marked = { address: '+447700900101', channel: 'SMS', incidentRef: 'IML 1234567' } as const;
const unmarked = { address: '+447700900102', channel: 'SMS' } as const;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const job: IngestJob = { key: 'ev-1', sha256: hashOf('a clip'), bytes: 6, mime: 'video/mp4', classification: 'OFFICIAL', isRestricted: false, caseRef: 'CASE 1' };

const quarantine = memoryEvidence(() => at);
let sim: ForceSimulator;
beforeAll(async () => void (sim = await startForceSimulator({ readBlob: name => quarantine.readStream('quarantine', name) })));
afterAll(async () => await sim.stop());
beforeEach(() => {
  sim.reset();
  sim.setMarkers(marked.address, { markers: ['DOMESTIC_ABUSE'], contactPlan: { allowedFrom: '09:00', allowedTo: '15:00' }, codeWordOnFile: true });
});

const system = (name: string, changes: { key?: string; timeoutMs?: number } = {}) => ({ url: sim.environment[`${name}_URL`] ?? '', key: sim.environment[`${name}_KEY`] ?? '', ...changes });
const incidentLog = () => httpIncidentLog(system('INCIDENT_LOG'));
const safeguarding = () => httpSafeguarding(system('SAFEGUARDING'), now);
const onDuty = () => httpOnDuty(system('ON_DUTY'));
const dems = () => httpEvidenceSystem(system('EVIDENCE_SYSTEM'));
const malware = () => httpMalwareVerdict(system('MALWARE_VERDICT'));

incidentLogContract('simulator', () => ({ log: incidentLog(), ref: 'IML 1234567', linesOf: id => Promise.resolve(sim.received().lines.filter(line => line.entryId === id).length) }));
safeguardingContract('simulator', () => ({ service: safeguarding(), marked, unmarked }));
onDutyContract('simulator', () => {
  const objectId = '00000000-0000-4000-8000-000000000001';
  sim.setOnDuty([{ objectId, unit: 'ANY', skills: ['FEO'] }]);
  return { duty: onDuty(), at, objectId, skillOfNobody: 'CSI' };
});
evidenceSystemContract('simulator', () => ({ system: dems(), job }));
malwareContract('simulator', () => {
  quarantine.held.set('quarantine/clean', { content: Buffer.from('a harmless text'), bytes: 15, sha256: hashOf('a harmless text'), createdAt: at });
  quarantine.held.set('quarantine/hidden', { content: Buffer.from(`x${eicar}y`), bytes: 70, sha256: hashOf(`x${eicar}y`), createdAt: at });
  return { scanner: malware(), clean: { name: 'clean', sha256: hashOf('a harmless text') }, infected: { name: 'hidden', sha256: hashOf(`x${eicar}y`) } };
});

describe('an outage', () => {
  it('holds, falls back to the team, and is a typed failure everywhere else', async () => {
    for (const name of ['incident-log', 'safeguarding', 'on-duty', 'evidence-system', 'malware'] as const) sim.setOutage(name, true);
    expect(await safeguarding().lookUp(unmarked)).toEqual({ at, result: 'FAILED', markers: [], codeWordOnFile: false });
    expect(await onDuty().who({ at })).toEqual({ people: [], isStale: true, sendTo: 'TEAM' });
    expect(await incidentLog().append({ ref: 'IML 1234567', entryId: 'e', text: 'x', source: 's' })).toEqual({ ok: false, failure: { kind: 'unavailable', status: 503 } });
    expect(await incidentLog().header('IML 1234567')).toEqual({ ok: false, failure: { kind: 'unavailable', status: 503 } });
    expect(await dems().ingest(job)).toEqual({ ok: false, failure: { kind: 'unavailable', status: 503 } });
    expect(await malware().verdictFor('x', 'a'.repeat(64))).toBe('NONE');
    sim.setOutage('malware', false);
    expect(await malware().verdictFor('gone', eicarSha256)).toBe('INFECTED');
  });

  it('a wrong key is refused', async () => {
    expect(await httpIncidentLog(system('INCIDENT_LOG', { key: 'wrong' })).header('IML 1234567')).toEqual({ ok: false, failure: { kind: 'refused', status: 401 } });
    expect(await httpSafeguarding(system('SAFEGUARDING', { key: 'wrong' }), now).lookUp(unmarked)).toMatchObject({ result: 'FAILED' });
    expect(sim.received().asked).toMatchObject({ 'incident-log': 0, 'safeguarding': 0 });
  });

  it('nothing listens at all', async () => {
    expect(await httpSafeguarding({ url: 'http://127.0.0.1:9', key: 'k' }, now).lookUp(unmarked)).toMatchObject({ result: 'FAILED' });
    expect(await httpOnDuty({ url: 'http://127.0.0.1:9', key: 'k' }).who({ at })).toMatchObject({ sendTo: 'TEAM' });
  });
});

describe('slow systems', () => {
  it('a look-up that takes longer than 800 ms is FAILED, after 800 ms and not later (goodsam.md 21.5)', async () => {
    sim.setLatency(5_000);
    const started = performance.now();
    expect(await httpSafeguarding(system('SAFEGUARDING', { timeoutMs: 60_000 }), now).lookUp(unmarked)).toMatchObject({ result: 'FAILED' });
    const took = performance.now() - started;
    expect(took).toBeGreaterThan(750);
    expect(took).toBeLessThan(3_000);
  });

  it('each call has its time-out, and the caller can end it earlier', async () => {
    sim.setLatency(5_000);
    expect(await httpIncidentLog(system('INCIDENT_LOG', { timeoutMs: 50 })).header('IML 1234567')).toEqual({ ok: false, failure: { kind: 'timeout' } });
    expect(await dems().ingest(job, { signal: AbortSignal.timeout(50) })).toEqual({ ok: false, failure: { kind: 'aborted' } });
  });
});

describe('rules of the ports', () => {
  it('a list older than two hours is stale, and the team is told as well', async () => {
    sim.setOnDuty([{ objectId: '00000000-0000-4000-8000-000000000003', unit: 'FIREARMS', skills: ['FEO'] }], 120);
    expect(await onDuty().who({ unit: 'FIREARMS', skill: 'FEO', at })).toMatchObject({ isStale: false, sendTo: 'PEOPLE' });
    sim.setOnDuty([{ objectId: '00000000-0000-4000-8000-000000000003', unit: 'FIREARMS', skills: ['FEO'] }], 121);
    expect(await onDuty().who({ unit: 'FIREARMS', skill: 'FEO', at })).toEqual({
      people: ['00000000-0000-4000-8000-000000000003'], asOf: '2026-11-25T07:59:00.000Z', isStale: true, sendTo: 'PEOPLE_AND_TEAM',
    });
    expect(await onDuty().who({ skill: 'CSI', at })).toMatchObject({ people: [], sendTo: 'TEAM' });
  });

  it('what is handed over by hand names the evidence and why, and nothing of a person', () => {
    expect(manualHandOver(job, 'timeout', at)).toEqual({ evidenceId: 'ev-1', caseRef: 'CASE 1', sha256: job.sha256, bytes: 6, mime: 'video/mp4', reason: 'timeout', at });
  });
});

describe('control by HTTP', () => {
  const order = async (name: string, body: object): Promise<number> => (await fetch(`${sim.url}/sim/${name}`, { method: 'POST', body: JSON.stringify(body) })).status;
  it('does what the methods do, and refuses what it does not know', async () => {
    expect(await order('markers', { address: unmarked.address, markers: ['STALKING'] })).toBe(200);
    expect(await safeguarding().lookUp(unmarked)).toMatchObject({ result: 'FOUND', markers: ['STALKING'] });
    expect(await order('outage', { system: 'safeguarding', isDown: true })).toBe(200);
    expect(await safeguarding().lookUp(unmarked)).toMatchObject({ result: 'FAILED' });
    expect(await order('malware', { blobName: 'b', verdict: 'ERROR' })).toBe(200);
    expect(await malware().verdictFor('b', 'a'.repeat(64))).toBe('ERROR');
    expect(await order('malware', { delayMs: 60_000 })).toBe(200);
    expect(await malware().verdictFor('b', 'a'.repeat(64))).toBe('NONE');
    expect(await order('dems', { confirmDelayMs: 60_000 })).toBe(200);
    const made = await dems().ingest(job);
    expect(made.ok && await dems().confirm(made.value.demsId)).toEqual({ ok: true, value: { status: 'PENDING' } });
    expect(await order('duty', { people: [] })).toBe(200);
    expect(await onDuty().who({ at })).toMatchObject({ sendTo: 'TEAM' });
    expect(await order('markers', { address: 'x', markers: ['NOT_A_MARKER'] })).toBe(422);
    expect(await order('nothing', {})).toBe(404);
    expect(await order('reset', {})).toBe(200);
    expect(await safeguarding().lookUp(unmarked)).toMatchObject({ result: 'NONE' });
    await incidentLog().append({ ref: 'IML 1234567', entryId: 'seen', text: 'a line', source: 's' });
    const received: unknown = await (await fetch(`${sim.url}/sim/received`)).json();
    expect(received).toMatchObject({ lines: [{ entryId: 'seen', text: 'a line' }], asked: { 'incident-log': 1 } });
  });
});
