import { describe, expect, it, test } from '@jest/globals';
import type { ChecklistAnswer } from '../../../functions/goodsam/rules/firearms.ts';
import { checklistItems } from '../../../functions/goodsam/rules/firearmsItems.ts';
import type { ScoreForm } from '../../../functions/goodsam/rules/forensics.ts';
import type { FoundMedia, MediaCommand } from '../../../functions/goodsam/rules/law/media.ts';
import type { Area } from '../../../functions/goodsam/rules/terms.ts';
import { desk, running, sent, type Desk } from './support/desk.ts';
import { officer } from './support/requests.ts';

const record = (it: Desk, code: string, detail?: string): string => it.run({ do: 'RecordOutcome', code, attendanceAvoided: false, ...(detail !== undefined && { detail }) });
const ended = (area: Area): Desk => {
  const it = running(area);
  it.must({ do: 'End' });
  return it;
};
const openTasks = (it: Desk): (string | undefined)[] => it.cards('PHONE_TASK').filter(card => card.status === 'due' || card.status === 'shown').map(card => card.about);

describe('the notes of an outcome (5.1)', () => {
  const noted = (it: Desk, notes: string): string => it.run({ do: 'RecordOutcome', code: 'NO_BENEFIT', attendanceAvoided: false, notes });
  it('are kept without hidden marks, and refused with HTML', () => {
    const it = ended('FCC');
    expect([noted(it, '<b>seen</b>'), it.state]).toEqual(['INVALID_TEXT', 'ENDED']);
    expect(noted(it, 'Scene was quiet.\r\nNobody\u202E there\u0000 ')).toBe('accepted');
    expect(it.link.outcome?.notes).toBe('Scene was quiet.\nNobody  there');
  });
});

describe('the work that an outcome makes (17, 21.23)', () => {
  // Before: the card was closed as done by the very outcome that made it, and nobody was ever told.
  test.each<[Area, string, string | undefined, string | undefined]>([
    ['FAL', 'FAIL_VISIT_REQUIRED', undefined, 'feo-visit'], ['FAL', 'SUITABILITY_CONCERN', undefined, 'licensing-review'], ['FAL', 'GUN_COUNT_MISMATCH', undefined, 'licensing-review'], ['FAL', 'SERIAL_MISMATCH', undefined, 'licensing-review'],
    ['SOM', 'ADDRESS_DOUBT', undefined, 'home-visit'], ['SOM', 'UNDISCLOSED_PERSON_OR_CHILD', undefined, 'home-visit'], ['SOM', 'VISIT_REQUIRED', undefined, 'home-visit'], ['SOM', 'ADDRESS_CONSISTENT', undefined, undefined],
    ['CCTV', 'RECEIVED_NEEDS_CODEC', undefined, 'codec-work'], ['CCTV', 'OFFICER_VISIT_NEEDED', undefined, 'officer-visit'], ['SOCU', 'NO_CONTACT', undefined, 'call-di'], ['FCC', 'POSSIBLE_OFFENCE_DISCLOSED', undefined, 'arrange-interview'],
    ['DA', 'DASH_COMPLETED', 'H', undefined],
  ])('%s %s', (area, code, detail, task) => {
    const it = ended(area);
    expect(record(it, code, detail)).toBe('accepted');
    expect(it.state).toBe('CLOSED');
    expect(openTasks(it)).toEqual(task === undefined ? [] : [task]);
  });
  it('closes what asked for something before it', () => {
    const it = desk().create('CCTV');
    it.must({ do: 'RecordSend', sendNo: 1, result: { kind: 'failed', reason: 'INVALID_NUMBER', tries: 1 } });
    expect(record(it, 'OWNER_UNREACHABLE')).toBe('accepted');
    expect(it.cards('SEND_FAILED')).toMatchObject([{ status: 'done', doneBy: officer }]);
  });
  it('tells the incident, but not of sex offenders and serious crime (21.35)', () => {
    for (const area of ['DA', 'SOM', 'SOCU'] as const) {
      const it = ended(area);
      record(it, area === 'DA' ? 'CONVERTED_TO_DEPLOYMENT' : area === 'SOM' ? 'REFUSED' : 'NO_CONTACT');
      expect(it.link.lines.length > 0).toBe(area === 'DA');
    }
  });
});

describe('which outcome closes what (T22)', () => {
  it('only one of the area, with its detail', () => {
    expect(record(ended('FCC'), 'PASS')).toBe('OUTCOME_NOT_ALLOWED');
    expect(record(ended('FCC'), 'NO_BENEFIT', '14')).toBe('OUTCOME_NOT_ALLOWED');
    expect(record(ended('DA'), 'DASH_COMPLETED')).toBe('OUTCOME_NOT_ALLOWED');
    expect(record(ended('DA'), 'DASH_COMPLETED', 'X')).toBe('OUTCOME_NOT_ALLOWED');
    expect(record(running('FCC'), 'NO_BENEFIT')).toBe('INVALID_TRANSITION');
  });
  it('AUTO_ is that of the state', () => {
    const it = sent('FCC');
    it.pass(1801);
    expect(record(it, 'AUTO_CANCELLED')).toBe('OUTCOME_NOT_ALLOWED');
    expect(record(it, 'AUTO_EXPIRED')).toBe('accepted');
    expect(record(ended('FCC'), 'AUTO_EXPIRED')).toBe('OUTCOME_NOT_ALLOWED');
  });
  it('what nobody closes is closed by itself, after the reminder and an hour', () => {
    const it = sent('FCC');
    it.pass(1800);
    expect(it.state).toBe('EXPIRED');
    it.pass(1800);
    expect(it.cards('OUTCOME_OVERDUE')).toMatchObject([{ to: 'requester' }]);
    expect(it.state).toBe('EXPIRED');
    it.pass(3600);
    expect(it.link).toMatchObject({ outcome: { code: 'AUTO_EXPIRED', recordedBy: 'system' }, progress: { state: 'CLOSED' } });
  });
  test.each<[string, () => Desk]>([
    ['BLOCKED_UNSAFE', () => desk().create('FCC', { safe: 'UNSAFE' })],
    ['ABORTED_SAFETY', () => { const it = sent('FCC'); it.must({ do: 'MarkUnsafe', reason: 'X' }); return it; }],
    ['SEND_FAILED', () => { const it = desk().create('FCC'); it.must({ do: 'RecordSend', sendNo: 1, result: { kind: 'failed', reason: 'INVALID_NUMBER', tries: 1 } }); return it; }],
  ])('%s needs a person: it goes to the supervisor and stays', (state, make) => {
    const it = make();
    it.pass(1800);
    it.pass(3600);
    it.pass(7 * 86_400);
    expect(it.state).toBe(state);
    expect(it.cards('OUTCOME_OVERDUE').map(card => card.to)).toEqual(['requester', 'supervisors']);
    expect(record(it, `AUTO_${state}`)).toBe('accepted');
  });
});

describe('firearms (A13, 21.27)', () => {
  const all = (changes: Readonly<Record<number, ChecklistAnswer['answer']>> = {}): ChecklistAnswer[] => checklistItems.map(({ item }) => ({ item, answer: changes[item] ?? (item === 30 ? 'NO' : 'YES') }));
  const judged = (answers: ChecklistAnswer[] | undefined, code: string): string => {
    const it = ended('FAL');
    if (answers) it.must({ do: 'SaveChecklist', answers });
    return record(it, code);
  };
  test.each<[string, ChecklistAnswer[] | undefined, string, string]>([
    ['whole', all(), 'PASS', 'accepted'], ['nothing answered', undefined, 'PASS', 'CHECKLIST_INCOMPLETE'], ['one left out', all().slice(1), 'PASS_WITH_ADVICE', 'CHECKLIST_INCOMPLETE'],
    ['a gun too many', all({ 16: 'NO' }), 'PASS', 'OUTCOME_NOT_ALLOWED'], ['no section 1 ammunition', all({ 19: 'NA' }), 'PASS', 'accepted'], ['ammunition in the open', all({ 19: 'NO' }), 'PASS_WITH_ADVICE', 'OUTCOME_NOT_ALLOWED'],
    ['three not seen', all({ 22: 'NOT_SEEN', 23: 'NOT_SEEN', 24: 'NOT_SEEN' }), 'REMEDIAL_REQUIRED', 'OUTCOME_NOT_ALLOWED'], ['three not seen: a visit', all({ 22: 'NOT_SEEN', 23: 'NOT_SEEN', 24: 'NOT_SEEN' }), 'FAIL_VISIT_REQUIRED', 'accepted'],
    ['a concern', all({ 30: 'YES' }), 'PASS', 'OUTCOME_NOT_ALLOWED'], ['a concern is what it is', all({ 30: 'YES' }), 'SUITABILITY_CONCERN', 'accepted'],
  ])('%s: %s', (_name, answers, code, expected) => expect(judged(answers, code)).toBe(expected));
  it('a remedial period ends with a card on its day, after the request was closed', () => {
    const it = ended('FAL');
    it.must({ do: 'SaveChecklist', answers: all({ 9: 'NO' }) });
    expect(record(it, 'REMEDIAL_REQUIRED')).toBe('accepted');
    it.pass(14 * 86_400 - 1);
    expect(it.cards('RECHECK_DUE')).toEqual([]);
    it.pass(1);
    expect(it.cards('RECHECK_DUE')).toHaveLength(1);
  });
  it('the next renewal knows of this one; nobody else has a checklist', () => {
    const it = ended('FAL');
    it.must({ do: 'SaveChecklist', answers: all() });
    record(it, 'PASS');
    expect([...it.begun, ...it.link.owed].filter(item => item.kind === 'note-inspection')).toMatchObject([{ about: 'c'.repeat(64), how: 'REMOTE' }]);
    expect(running('FCC').run({ do: 'SaveChecklist', answers: [] })).toBe('OUTCOME_NOT_ALLOWED');
    expect(it.run({ do: 'SaveChecklist', answers: [] })).toBe('INVALID_TRANSITION');
  });
});

describe('forensics (21.28)', () => {
  const form = (changes: Partial<ScoreForm>): ScoreForm => ({
    offenceType: 'burglary', volumeCrime: true, entryPoint: 'window', surfaces: [], wet: false, timeSinceH: 2, itemsMoved: false, bloodOrCellular: false, fingermark: 0, footwear: 0, toolmark: 0, dnaPotential: 0, digitalPotential: 0, preservationAdvice: '', ...changes,
  });
  test.each<[string, ScoreForm | undefined, string, string]>([
    ['not scored', undefined, 'NO_ATTEND', 'CHECKLIST_INCOMPLETE'], ['not decided', form({ decisionReason: 'x' }), 'NO_ATTEND', 'CHECKLIST_INCOMPLETE'], ['a two', form({ fingermark: 2, decision: 'NO_ATTEND', decisionReason: 'x' }), 'NO_ATTEND', 'OUTCOME_NOT_ALLOWED'],
    ['a two is attended', form({ fingermark: 2, decision: 'ATTEND_URGENT' }), 'ATTEND_URGENT', 'accepted'], ['nothing, without a reason', form({ decision: 'NO_ATTEND' }), 'NO_ATTEND', 'CHECKLIST_INCOMPLETE'],
    ['nothing, with one', form({ decision: 'NO_ATTEND', decisionReason: 'x' }), 'NO_ATTEND', 'accepted'], ['a one: the examiner chooses, with a reason', form({ footwear: 1, decision: 'ITEM_COLLECTION_ONLY', decisionReason: 'x' }), 'ITEM_COLLECTION_ONLY', 'accepted'],
  ])('%s', (_name, score, code, expected) => {
    const it = ended('FOR');
    if (score) it.must({ do: 'SaveScore', score });
    expect(record(it, code)).toBe(expected);
  });
});

const evidenceId = `ev-${'0'.repeat(32)}`;
const clip: FoundMedia = { evidenceId, sessionId: 'session-1', providerMediaId: 'm', kind: 'LIVE_RECORDING', mime: 'video/mp4', bytes: 9 };
const system = { by: 'system' };
const media = (it: Desk, event: Extract<MediaCommand, { do: 'RecordMedia' }>['event']): string => it.run({ do: 'RecordMedia', evidenceId, event }, system);
const decideOn = (it: Desk, decision: Extract<MediaCommand, { do: 'DecideEvidence' }>['decision'], reason = 'CHECKED'): string => it.run({ do: 'DecideEvidence', evidenceId, decision, reason });
const state = (it: Desk): string | undefined => it.link.media[0]?.state;
function found(): Desk {
  const it = ended('FCC');
  it.must({ do: 'RecordFound', media: [clip] }, system);
  it.settle();
  return it;
}
const received = { event: 'retrieved', sha256: 'a'.repeat(64), bytes: 9, typeCheck: 'AGREES' } as const;

describe('evidence', () => {
  it('is fetched again after 1, 5, 15 and 60 minutes, then a person is told', () => {
    const it = found();
    for (const minutes of [1, 5, 15, 60]) {
      expect(media(it, { event: 'retrievalFailed', failure: 'broken' })).toBe('accepted');
      it.settle();
      const before = it.begun.filter(item => item.kind === 'retrieve').length;
      it.pass(minutes * 60);
      expect(it.begun.filter(item => item.kind === 'retrieve').length).toBe(before + 1);
    }
    media(it, { event: 'retrievalFailed', failure: 'broken' });
    expect(state(it)).toBe('MANUAL_ACTION');
    expect(it.cards('EVIDENCE_FAILED').length).toBeGreaterThan(0);
    // An officer orders it anew, and it fails once more: it is tried again by itself. Before: the timer had run once already, and the file was left.
    expect(decideOn(it, 'RETRY')).toBe('accepted');
    it.must({ do: 'RecordFound', media: [clip] }, system);
    media(it, { event: 'retrievalFailed', failure: 'broken' });
    it.settle();
    const before = it.begun.filter(item => item.kind === 'retrieve').length;
    it.pass(3_600);
    expect(it.begun.filter(item => item.kind === 'retrieve').length).toBeGreaterThan(before);
  });
  it('is never shown from quarantine, nor before a verdict', () => {
    const it = found();
    const view = (): string => it.run({ do: 'ViewEvidence', evidenceId, reason: 'CHECK' });
    media(it, received);
    expect(view()).toBe('EVIDENCE_QUARANTINED');
    media(it, { event: 'foundInfected' });
    expect(view()).toBe('EVIDENCE_QUARANTINED');
    expect(it.cards('EVIDENCE_QUARANTINED')).toHaveLength(1);
    expect(decideOn(it, 'CLEAR')).toBe('INVALID_TRANSITION');
    expect(decideOn(it, 'DELETE_QUARANTINED')).toBe('accepted');
    expect(state(it)).toBe('SCHEDULED_DELETE');
  });
  it('without a verdict in half an hour is a matter for a person, who gives a reason', () => {
    const it = found();
    media(it, received);
    it.pass(30 * 60);
    expect(state(it)).toBe('MANUAL_ACTION');
    expect(decideOn(it, 'CLEAR', ' ')).toBe('REASON_REQUIRED');
    expect(decideOn(it, 'CLEAR')).toBe('accepted');
    expect(state(it)).toBe('STORED');
  });
  it('goes to the evidence system when it is ordered, or is deleted after 31 days', () => {
    const it = found();
    media(it, received);
    expect(decideOn(it, 'HAND_OVER')).toBe('INVALID_TRANSITION');
    media(it, { event: 'foundClean' });
    expect(it.run({ do: 'ViewEvidence', evidenceId, reason: 'CHECK' })).toBe('accepted');
    expect(it.link.media[0]?.continuity.at(-1)).toMatchObject({ action: 'VIEWED', actor: officer });
    expect(decideOn(it, 'HAND_OVER')).toBe('accepted');
    expect(it.begun.at(-1)?.kind === 'hand-over' || it.link.owed.some(item => item.kind === 'hand-over')).toBe(true);
    expect(decideOn(it, 'NON_EVIDENTIAL')).toBe('accepted');
    it.pass(31 * 86_400);
    expect(it.begun.some(item => item.kind === 'dispose')).toBe(true);
    expect(it.run({ do: 'DecideEvidence', evidenceId: `ev-${'1'.repeat(32)}`, decision: 'RETRY', reason: 'X' })).toBe('not-found');
  });
});

describe('what is kept', () => {
  it('90 days after the end the number and the name are cut down; places and words go after a month', () => {
    const it = ended('FCC');
    record(it, 'NO_BENEFIT');
    it.pass(90 * 86_400 - 1);
    expect(it.link.address).toBe('+447700900001');
    expect(it.link.erasedAt).toBeDefined();
    it.pass(1);
    expect(it.link.address).toBeUndefined();
    expect(it.link).toMatchObject({ addressLast4: '0001', addressHmac: 'a'.repeat(64) });
  });
});
