import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evidenceTransitions, mayView, mediaItem, moveEvidence, type EvidenceEvent, type EvidenceEventName, type MediaItem } from '../../../functions/goodsam/rules/evidence.ts';
import { alarmsOf, evidenceTable, retryAt } from '../../../functions/goodsam/rules/evidenceTimes.ts';
import { evidenceState } from '../../../functions/goodsam/rules/terms.ts';
import { item, moved, officer, sha } from './support.ts';

const hour = 3_600_000;
const start = '2026-11-25T09:00:00.000Z';
const later = (milliseconds: number): string => new Date(Date.parse(start) + milliseconds).toISOString();
const certificate = { evidenceId: item().evidenceId, deletedAt: start, orderedBy: officer, reason: 'retention', copies: [] };
const examples: { readonly [N in EvidenceEventName]: Extract<EvidenceEvent, { event: N }> } = {
  mediaReady: { event: 'mediaReady', bytes: 10, mime: 'video/mp4', providerSha256: sha('a') },
  renderingFailed: { event: 'renderingFailed' }, retrievalStarted: { event: 'retrievalStarted' },
  retrieved: { event: 'retrieved', sha256: sha('a'), bytes: 10, typeCheck: 'AGREES', sniffed: 'video/mp4' },
  retrievalFailed: { event: 'retrievalFailed', failure: 'hash-mismatch' }, retrievalGivenUp: { event: 'retrievalGivenUp' },
  foundClean: { event: 'foundClean' }, foundInfected: { event: 'foundInfected' }, scanFailed: { event: 'scanFailed' }, scanTimedOut: { event: 'scanTimedOut' },
  clearedByOfficer: { event: 'clearedByOfficer', reason: 'checked offline' }, retryOrdered: { event: 'retryOrdered', reason: 'provider repaired' },
  markedNonEvidential: { event: 'markedNonEvidential', reason: 'shows nothing' }, deletionScheduled: { event: 'deletionScheduled', deleteAt: later(31 * 24 * hour) },
  deleted: { event: 'deleted', certificate }, exhibited: { event: 'exhibited', demsId: 'D-1' }, handOverConfirmed: { event: 'handOverConfirmed' }, providerCopyDeleted: { event: 'providerCopyDeleted' },
};
const move = (from: MediaItem, event: EvidenceEvent, now = start, by = 'system') => moveEvidence(from, event, { now, by });

describe('the table', () => {
  it('has each pair of state and event once, uses every state and every event, and leads everywhere from PENDING', () => {
    const pairs = evidenceTransitions.flatMap(({ from, event }) => from.map(state => `${state} ${event}`));
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(new Set(evidenceTransitions.map(({ event }) => event))).toEqual(new Set(Object.keys(examples)));
    const reached = new Set<string>(['PENDING']);
    for (let grown = 0; grown !== reached.size;) {
      grown = reached.size;
      for (const { from, to } of evidenceTransitions) if (from.some(state => reached.has(state))) reached.add(to);
    }
    expect(reached).toEqual(new Set(evidenceState.options));
  });

  it('is the table of the decision record', async () => {
    const record = await readFile(join(import.meta.dirname, '../../../docs/adr/0012-evidence.md'), 'utf8');
    expect(record).toContain(evidenceTable());
  });

  it('everything that is not in it is refused', () => {
    for (const state of evidenceState.options) {
      for (const event of Object.values(examples)) {
        if (evidenceTransitions.some(rule => rule.event === event.event && rule.from.includes(state))) continue;
        expect(move(item({ state }), event, start, officer)).toMatchObject({ kind: 'refused', code: 'INVALID_TRANSITION' });
      }
    }
  });
});

describe('the ways through', () => {
  it('from the end of a session to the deleted copy of the provider', () => {
    let now = moved(move(item({ state: 'PENDING' }), examples.mediaReady));
    now = moved(move(now, examples.retrievalStarted));
    now = moved(move(now, examples.retrieved));
    expect(mayView(now)).toBe(false);
    now = moved(move(now, examples.foundClean));
    expect(mayView(now)).toBe(true);
    now = moved(move(now, examples.exhibited, start, officer));
    expect(move(now, examples.providerCopyDeleted, later(100 * hour))).toMatchObject({ code: 'TOO_EARLY' });
    now = moved(move(now, examples.handOverConfirmed, later(hour)));
    now = moved(move(now, examples.handOverConfirmed, later(20 * hour)));
    expect(move(now, examples.providerCopyDeleted, later(25 * hour - 1))).toMatchObject({ code: 'TOO_EARLY' });
    now = moved(move(now, examples.providerCopyDeleted, later(25 * hour)));
    expect(now).toMatchObject({ state: 'PROVIDER_COPY_DELETED', demsId: 'D-1', avScan: 'CLEAN', tries: 1, demsConfirmedAt: later(hour) });
    expect(now.continuity.map(({ action }) => action)).toEqual(['RECEIVED', 'HASHED', 'HASHED', 'TRANSFERRED', 'TRANSFERRED', 'TRANSFERRED', 'DELETED']);
    expect(new Set(now.continuity.map(({ hash }) => hash))).toEqual(new Set([sha('a')]));
    expect(mediaItem.parse(now)).toEqual(now);
  });

  it('A9: content that is not what the provider says is not taken', () => {
    const retrieving = item({ state: 'RETRIEVING', bytes: 10, providerSha256: sha('a') });
    expect(move(retrieving, { ...examples.retrieved, sha256: sha('b') })).toMatchObject({ code: 'HASH_MISMATCH' });
    expect(move(retrieving, { ...examples.retrieved, bytes: 11 })).toMatchObject({ code: 'HASH_MISMATCH' });
  });

  it('five tries, then a person; a new order starts anew', () => {
    let now = item({ state: 'AVAILABLE' });
    for (let n = 1; n <= 5; n += 1) {
      now = moved(move(moved(move(now, examples.retrievalStarted)), examples.retrievalFailed));
      expect(move(now, examples.retrievalGivenUp).kind).toBe(n < 5 ? 'refused' : 'moved');
    }
    expect(move(now, examples.retrievalStarted)).toMatchObject({ code: 'TRIES_USED_UP' });
    now = moved(move(now, examples.retrievalGivenUp));
    expect(now).toMatchObject({ state: 'MANUAL_ACTION', tries: 5, failure: 'hash-mismatch' });
    expect(move(now, examples.clearedByOfficer, start, officer)).toMatchObject({ code: 'CONTENT_NOT_HELD' });
    expect(move(now, examples.retryOrdered)).toMatchObject({ code: 'REASON_REQUIRED' });
    now = moved(move(now, examples.retryOrdered, start, officer));
    expect(moved(move(now, examples.retrievalStarted))).toMatchObject({ state: 'RETRIEVING', tries: 1 });
  });

  it('a scan that fails, or says nothing for 30 minutes, needs an officer; it is not viewable before', () => {
    const scanning = item({ state: 'SCANNING', sha256: sha('a'), bytes: 10, scanningSince: start });
    expect(move(scanning, examples.scanTimedOut, later(30 * 60_000 - 1))).toMatchObject({ code: 'TOO_EARLY' });
    for (const stuck of [moved(move(scanning, examples.scanFailed)), moved(move(scanning, examples.scanTimedOut, later(30 * 60_000)))]) {
      expect(stuck.state).toBe('MANUAL_ACTION');
      expect(mayView(stuck)).toBe(false);
      expect(move(stuck, examples.clearedByOfficer, start, 'system')).toMatchObject({ code: 'REASON_REQUIRED' });
      expect(move(stuck, { event: 'clearedByOfficer', reason: ' ' }, start, officer)).toMatchObject({ code: 'REASON_REQUIRED' });
      expect(move(stuck, examples.mediaReady)).toMatchObject({ code: 'CONTENT_HELD' });
      expect(moved(move(stuck, examples.clearedByOfficer, start, officer))).toMatchObject({ state: 'STORED', orderedBy: officer, reason: 'checked offline' });
      // A verdict that comes late still counts.
      expect(moved(move(stuck, examples.foundInfected)).state).toBe('QUARANTINED');
    }
  });

  it('what is no evidence is destroyed by order of an officer, on its day and not before, with a certificate', () => {
    expect(move(item({ state: 'STORED' }), examples.markedNonEvidential)).toMatchObject({ code: 'REASON_REQUIRED' });
    let now = moved(move(item({ state: 'STORED' }), examples.markedNonEvidential, start, officer));
    now = moved(move(now, examples.deletionScheduled));
    expect(now.orderedBy).toBe(officer);
    expect(move(now, examples.deleted, later(31 * 24 * hour - 1))).toMatchObject({ code: 'TOO_EARLY' });
    expect(move(now, { event: 'deleted', certificate: { ...certificate, evidenceId: 'ev-other' } }, later(31 * 24 * hour))).toMatchObject({ code: 'WRONG_CERTIFICATE' });
    now = moved(move(now, examples.deleted, later(31 * 24 * hour)));
    expect(now).toMatchObject({ state: 'DELETED', certificate });
    expect(mayView(now)).toBe(false);
    expect(move(item({ state: 'QUARANTINED' }), { event: 'deletionScheduled', deleteAt: later(-1) })).toMatchObject({ code: 'IN_THE_PAST' });
  });

  it('a new announcement replaces the old one, its hash included', () => {
    const failed = item({ state: 'RETRIEVAL_FAILED', tries: 3, providerSha256: sha('a') });
    const again = moved(move(failed, { event: 'mediaReady', bytes: 12, mime: 'video/mp4' }));
    expect(again).toMatchObject({ state: 'AVAILABLE', bytes: 12, tries: 0 });
    expect(again).not.toHaveProperty('providerSha256');
  });
});

it('property: no run of events makes unscanned or infected content viewable, or deletes the copy of the provider without 24 hours of confirmation', () => {
  const event = fc.constantFrom(...Object.values(examples));
  fc.assert(fc.property(fc.array(fc.record({ event, hours: fc.integer({ min: 0, max: 40 }), byOfficer: fc.boolean() }), { maxLength: 40 }), steps => {
    let now = item({ state: 'PENDING' });
    let clock = 0;
    let isCleared = false;
    for (const step of steps) {
      clock += step.hours * hour;
      const result = move(now, step.event, later(clock), step.byOfficer ? officer : 'system');
      if (result.kind === 'refused') continue;
      now = result.item;
      isCleared ||= step.event.event === 'foundClean' || (step.event.event === 'clearedByOfficer' && step.byOfficer);
      expect(mediaItem.safeParse(now).success).toBe(true);
      if (mayView(now)) expect({ isCleared, hash: now.sha256 }).toEqual({ isCleared: true, hash: sha('a') });
      if (now.state === 'PROVIDER_COPY_DELETED') expect(Date.parse(later(clock)) - Date.parse(now.demsConfirmedAt ?? '')).toBeGreaterThanOrEqual(24 * hour);
    }
  }), { numRuns: 500 });
});

describe('times', () => {
  const kinds = (changes: Partial<MediaItem>) => alarmsOf(item({ availableAt: start, pendingSince: start, ...changes }));
  it('15 minutes to begin, 24 hours to be stored, 72 hours before the provider deletes, 30 minutes for a verdict', () => {
    expect(kinds({ state: 'AVAILABLE', providerDeletesAt: later(30 * 24 * hour) })).toEqual([
      { kind: 'RETRIEVE_LATE', dueAt: later(15 * 60_000) }, { kind: 'NOT_STORED', dueAt: later(24 * hour) }, { kind: 'PROVIDER_WILL_DELETE', dueAt: later(27 * 24 * hour) },
    ]);
    expect(kinds({ state: 'SCANNING', scanningSince: later(hour), sha256: sha('a'), providerDeletesAt: later(hour) })).toEqual([
      { kind: 'NO_VERDICT', dueAt: later(hour + 30 * 60_000) }, { kind: 'NOT_STORED', dueAt: later(24 * hour) },
    ]);
    expect(kinds({ state: 'MANUAL_ACTION', providerDeletesAt: later(80 * hour) }).map(({ kind }) => kind)).toEqual(['PROVIDER_WILL_DELETE', 'NOT_STORED']);
    for (const state of ['STORED', 'EXHIBITED', 'DELETED', 'QUARANTINED'] as const) expect(kinds({ state, providerDeletesAt: later(hour) })).toEqual([]);
  });
  it('tries again after 1, 5, 15 and 60 minutes', () => {
    expect([0, 1, 2, 3, 4, 9].map(tries => (Date.parse(retryAt(tries, start)) - Date.parse(start)) / 60_000)).toEqual([1, 1, 5, 15, 60, 60]);
  });
});
