import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { confirmHandOver, deleteProviderCopy, handOver } from '../../../functions/goodsam/evidence/handOver.ts';
import { dispose } from '../../../functions/goodsam/evidence/dispose.ts';
import { retrieve } from '../../../functions/goodsam/evidence/retrieve.ts';
import { promote, verdict } from '../../../functions/goodsam/evidence/scan.ts';
import { httpEvidenceSystem } from '../../../functions/goodsam/force/evidenceSystem.ts';
import { httpMalwareVerdict } from '../../../shared/force/malware.ts';
import { mayView, moveEvidence, type MediaItem } from '../../../functions/goodsam/rules/evidence.ts';
import { startForceSimulator, type ForceSimulator } from '../../../local/simulators/force/server.ts';
import { eicar } from '../../../local/simulators/force/state.ts';
import { killedEverywhere } from './kills.ts';
import { announced, clip, fakeProvider, hashOf, item, moved, officer, sha, signal, start, world } from './support.ts';

const content = clip(25_000);
const id = item().evidenceId;
const held = { sha256: hashOf(content), bytes: content.length } as const;
const hoursLater = (hours: number): string => new Date(Date.parse(start) + hours * 3_600_000).toISOString();
async function* stream(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** A world in which the item lies in these parts already. */
async function holding(parts: readonly ('quarantine' | 'evidence')[], changes: Parameters<typeof world>[1] = {}) {
  const provider = fakeProvider(content);
  const made = world(provider, changes);
  for (const part of parts) await made.store.writeStream(part, id, stream(content));
  return { ...made, provider };
}

describe('verdict', () => {
  const scanning = item({ state: 'SCANNING', ...held, scanningSince: start });
  it.each([['CLEAN', 'clean'], ['INFECTED', 'infected'], ['ERROR', 'error']] as const)('%s', async (said, kind) => {
    const { deps } = await holding(['quarantine'], { malware: { verdictFor: () => Promise.resolve(said) } });
    expect(await verdict(deps, scanning, signal())).toEqual({ kind });
  });

  it('waits for 30 minutes and not longer, and a verdict at the end still counts', async () => {
    let said: 'NONE' | 'CLEAN' = 'NONE';
    const { deps, clock } = await holding(['quarantine'], { malware: { verdictFor: () => Promise.resolve(said) } });
    expect(await verdict(deps, scanning, signal())).toEqual({ kind: 'wait', askAgainAt: '2026-11-25T09:00:10.000Z' });
    clock.at = '2026-11-25T09:29:59.999Z';
    expect(await verdict(deps, scanning, signal())).toEqual({ kind: 'wait', askAgainAt: '2026-11-25T09:30:00.000Z' });
    clock.at = '2026-11-25T09:30:00.000Z';
    expect(await verdict(deps, scanning, signal())).toEqual({ kind: 'timed-out' });
    said = 'CLEAN';
    expect(await verdict(deps, scanning, signal())).toEqual({ kind: 'clean' });
  });
});

describe('promote', () => {
  const scanning = item({ state: 'SCANNING', ...held, scanningSince: start });
  it.each([['SCANNING', 'CLEAN', true], ['SCANNING', 'NONE', false], ['SCANNING', 'ERROR', false], ['SCANNING', 'INFECTED', false], ['MANUAL_ACTION', 'ERROR', true], ['MANUAL_ACTION', 'INFECTED', false],
    ['STORED', 'NONE', true], ['QUARANTINED', 'CLEAN', false], ['RETRIEVING', 'CLEAN', false]] as const)('%s and the scanner says %s: %s', async (state, said, isMoved) => {
    const { deps, store } = await holding(['quarantine'], { malware: { verdictFor: () => Promise.resolve(said) } });
    expect((await promote(deps, { ...scanning, state }, signal())).kind).toBe(isMoved ? 'promoted' : 'not-clean');
    expect([...store.held.keys()]).toEqual([`${isMoved ? 'evidence' : 'quarantine'}/${id}`]);
  });

  it('content that changed in quarantine is not promoted', async () => {
    const { deps, store } = await holding(['quarantine']);
    await expect(promote(deps, { ...scanning, sha256: sha('a') }, signal())).rejects.toMatchObject({ name: 'ContentMismatch' });
    expect([...store.held.keys()]).toEqual([`quarantine/${id}`]);
  });

  it('killed at any call and run again: in evidence, not in quarantine', async () => {
    const kills = await killedEverywhere(() => holding(['quarantine']), deps => promote(deps, scanning, signal()), ({ store }, answer, kill) => {
      expect({ kill, answer }).toEqual({ kill, answer: { kind: 'promoted', ...held } });
      expect([...store.held.keys()]).toEqual([`evidence/${id}`]);
      return Promise.resolve();
    });
    expect(kills).toBeGreaterThanOrEqual(10);
  });

  it('nothing in either place is said, not hidden', async () => {
    expect(await promote((await holding([])).deps, scanning, signal())).toEqual({ kind: 'lost' });
  });
});

describe('with the simulated evidence system and scanner', () => {
  let sim: ForceSimulator;
  let read: (name: string) => Promise<AsyncIterable<Uint8Array> | undefined> = () => Promise.resolve(undefined);
  beforeAll(async () => void (sim = await startForceSimulator({ latencyMs: 0, readBlob: name => read(name) })));
  afterAll(async () => await sim.stop());
  const evidenceSystem = () => httpEvidenceSystem({ url: sim.environment['EVIDENCE_SYSTEM_URL'] ?? '', key: sim.key });
  const malware = () => httpMalwareVerdict({ url: sim.environment['MALWARE_VERDICT_URL'] ?? '', key: sim.key });
  const order = (of: MediaItem) => ({ item: of, classification: 'OFFICIAL', isRestricted: false, caseRef: 'CASE 1' } as const);
  const stored = item({ state: 'STORED', ...held, avScan: 'CLEAN', typeCheck: 'AGREES' });

  it('A8: an infected upload ends in quarantine, is never viewable, handed over or promoted', async () => {
    const infected = Buffer.from(eicar);
    const { deps, store } = world(fakeProvider(infected), { malware: malware(), evidenceSystem: evidenceSystem() });
    read = name => store.readStream('quarantine', name);
    let now = announced(infected, { mime: 'image/jpeg', kind: 'UPLOAD_PHOTO' });
    now = moved(moveEvidence(now, { event: 'retrievalStarted' }, { now: start, by: 'system' }));
    const found = await retrieve(deps, now, signal());
    if (found.kind === 'failed') throw new Error(found.failure);
    const { kind: _kind, ...facts } = found;
    now = moved(moveEvidence(now, { event: 'retrieved', ...facts }, { now: start, by: 'system' }));
    expect(await verdict(deps, now, signal())).toEqual({ kind: 'infected' });
    expect(await promote(deps, now, signal())).toEqual({ kind: 'not-clean' });
    now = moved(moveEvidence(now, { event: 'foundInfected' }, { now: start, by: 'system' }));
    expect(now).toMatchObject({ state: 'QUARANTINED', avScan: 'INFECTED' });
    expect(mayView(now)).toBe(false);
    expect(await handOver(deps, order(now), signal())).toEqual({ kind: 'not-held' });
    expect([...store.held.keys()]).toEqual([`quarantine/${now.evidenceId}`]);
  });

  it('hands over once however often it is killed, and the exhibit has the hash of the receipt', async () => {
    sim.reset();
    const kills = await killedEverywhere(() => holding(['evidence'], { evidenceSystem: evidenceSystem() }), deps => handOver(deps, order(stored), signal()), (_world, answer, kill) => {
      expect({ kill, answer }).toEqual({ kill, answer: { kind: 'handed-over', demsId: 'SIM-DEMS-1' } });
      return Promise.resolve();
    });
    expect(kills).toBeGreaterThanOrEqual(4);
    expect(sim.received().ingests).toEqual([{ key: id, demsId: 'SIM-DEMS-1', sha256: held.sha256 }]);
    const { deps } = await holding(['evidence'], { evidenceSystem: evidenceSystem() });
    expect(await confirmHandOver(deps, { ...stored, demsId: 'SIM-DEMS-1' }, signal())).toBe('confirmed');
    sim.setEvidenceSystem({ damaged: { key: id, sha256: sha('d') } });
    expect(await confirmHandOver(deps, { ...stored, demsId: 'SIM-DEMS-1' }, signal())).toBe('hash-mismatch');
    sim.setEvidenceSystem({ confirmDelayMs: 60_000 });
    expect(await confirmHandOver(deps, { ...stored, demsId: 'SIM-DEMS-1' }, signal())).toBe('pending');
    expect(await confirmHandOver(deps, { ...stored, demsId: 'unknown' }, signal())).toBe('unavailable');
  });

  it('a system that is down leaves a record to hand over by hand', async () => {
    sim.setOutage('evidence-system', true);
    const { deps } = await holding(['evidence'], { evidenceSystem: evidenceSystem() });
    expect(await handOver(deps, order({ ...stored, typeCheck: 'DISPUTED' }), signal())).toEqual({
      kind: 'failed', mayRetry: true,
      manual: { evidenceId: id, caseRef: 'CASE 1', ...held, mime: 'application/octet-stream', reason: 'unavailable', at: start },
    });
    sim.reset();
  });

  it('what is not in the container, or not what was received, is not handed over', async () => {
    for (const [parts, changes] of [[['quarantine'], {}], [['evidence'], { sha256: sha('a') }], [['evidence'], { state: 'NON_EVIDENTIAL' }]] as const) {
      const { deps } = await holding(parts, { evidenceSystem: evidenceSystem() });
      expect(await handOver(deps, order({ ...stored, ...changes }), signal())).toEqual({ kind: 'not-held' });
    }
    expect(sim.received().ingests).toEqual([]);
  });
});

describe('the copy of the provider', () => {
  const exhibited = item({ state: 'EXHIBITED', ...held, demsId: 'D-1', demsConfirmedAt: start });
  it('stays for 24 hours after the confirmation, and while ours is missing', async () => {
    const early = await holding(['evidence']);
    early.clock.at = hoursLater(23.99);
    expect(await deleteProviderCopy(early.deps, exhibited, signal())).toEqual({ kind: 'too-early' });
    early.clock.at = hoursLater(24);
    expect(await deleteProviderCopy(early.deps, { ...exhibited, state: 'STORED' }, signal())).toEqual({ kind: 'too-early' });
    const { demsConfirmedAt: _confirmed, ...unconfirmed } = exhibited;
    expect(await deleteProviderCopy(early.deps, unconfirmed, signal())).toEqual({ kind: 'too-early' });
    expect(early.provider.isThere).toBe(true);
    const missing = await holding([]);
    missing.clock.at = hoursLater(30);
    expect(await deleteProviderCopy(missing.deps, exhibited, signal())).toEqual({ kind: 'not-held' });
    expect(missing.provider.isThere).toBe(true);
  });

  it('killed at any call and run again: deleted once', async () => {
    const make = async () => {
      const made = await holding(['evidence']);
      made.clock.at = hoursLater(24);
      return made;
    };
    const kills = await killedEverywhere(make, deps => deleteProviderCopy(deps, exhibited, signal()), ({ provider, store }, answer, kill) => {
      expect({ kill, kind: answer.kind, deletions: provider.deletions }).toEqual({ kill, kind: 'deleted', deletions: 1 });
      expect([...store.held.keys()]).toEqual([`evidence/${id}`]);
      return Promise.resolve();
    });
    expect(kills).toBe(4);
  });
});

describe('dispose', () => {
  const due = item({ state: 'SCHEDULED_DELETE', ...held, deleteAt: hoursLater(24), orderedBy: officer, reason: 'shows nothing' });
  it('does nothing before its day, or without the order', async () => {
    const made = await holding(['quarantine', 'evidence']);
    expect(await dispose(made.deps, due, signal())).toEqual({ kind: 'too-early' });
    made.clock.at = hoursLater(48);
    expect(await dispose(made.deps, { ...due, state: 'STORED' }, signal())).toEqual({ kind: 'too-early' });
    expect(made.store.held.size).toBe(2);
    expect(made.provider.isThere).toBe(true);
  });

  it('killed at any call and run again: every copy is gone, and the certificate says so', async () => {
    const make = async () => {
      const made = await holding(['quarantine', 'evidence']);
      made.clock.at = hoursLater(24);
      return made;
    };
    const kills = await killedEverywhere(make, deps => dispose(deps, due, signal()), ({ provider, store }, answer, kill) => {
      expect({ kill, answer }).toEqual({ kill, answer: { kind: 'destroyed', certificate: {
        evidenceId: id, ...held, deletedAt: hoursLater(24), orderedBy: officer, reason: 'shows nothing', copies: ['PROVIDER', 'QUARANTINE', 'EVIDENCE'],
      } } });
      expect({ kill, there: provider.isThere, held: store.held.size }).toEqual({ kill, there: false, held: 0 });
      return Promise.resolve();
    });
    expect(kills).toBe(6);
  });
});
