import { describe, expect, it } from '@jest/globals';
import { decide, mayStart } from '../../../functions/redaction/decide.ts';
import { moves, stageWords } from '../../../functions/redaction/moves.ts';
import { documentKey, stages, type Stage } from '../../../functions/redaction/state.ts';
import { bundle, caseWith, commands, documentId, documentIn, facts, ravi, sam } from './builders.ts';

/** The table of redaction.md 2 written out by hand: what may follow what. `moves.ts` is held against it, never read for it. */
const law: Readonly<Record<keyof typeof moves, readonly [from: string, to: Stage]>> = {
  DecideSuggestion: ['suggested in-review', 'in-review'],
  UndoDecision: ['in-review', 'in-review'],
  AddMarks: ['suggested in-review', 'in-review'],
  ViewPages: ['suggested in-review', 'in-review'],
  ApproveDocument: ['suggested in-review', 'approved'],
  ReleaseDocument: ['ready', 'released'],
  ReopenDocument: ['approved burning verifying ready released failed', 'in-review'],
  WithdrawDocument: ['received screening locating suggested in-review approved burning verifying ready refused failed', 'withdrawn'],
  RecordScreening: ['received screening', 'screening'],
  RecordLocating: ['received screening locating', 'locating'],
  RecordLocated: ['received screening locating', 'suggested'],
  RecordBurning: ['approved burning', 'burning'],
  RecordVerifying: ['approved burning verifying', 'verifying'],
  RecordBurnt: ['approved burning verifying', 'ready'],
  RecordRefused: ['received screening locating approved burning verifying', 'refused'],
  RecordFailed: ['received screening locating approved burning verifying', 'failed'],
};
const names = Object.keys(commands).filter(isMove);
const cells = names.flatMap(name => stages.map(stage => ({ name, stage, isAllowed: law[name][0].split(' ').includes(stage) })));

function isMove(name: string): name is keyof typeof moves {
  return Object.hasOwn(moves, name);
}

/** A document on which nothing but the stage can be in the way. */
function ready(stage: Stage) {
  return caseWith(documentIn(stage, { approvedBy: ravi, decisions: [{ suggestionId: 's000001', decision: 'accepted', reasonCode: 'personal-data', by: sam, at: '2026-11-24T09:30:00.000Z' }] }));
}

describe('every command in every stage', () => {
  it('has a row for each move and each command', () => {
    expect(Object.keys(moves).sort()).toEqual(Object.keys(law).sort());
    expect(names.toSorted()).toEqual(Object.keys(moves).sort());
  });

  it.each(cells.filter(cell => cell.isAllowed))('$name from $stage is accepted', ({ name, stage }) => {
    const answer = decide(ready(stage), commands[name], facts());
    if (answer.kind === 'refused') throw new Error(answer.code);
    expect(answer.next.parts[documentKey(documentId)]?.stage).toBe(law[name][1]);
    expect(answer.facts).toHaveLength(1);
    expect(answer.facts[0]?.about).toMatchObject({ document: documentId });
  });

  it.each(cells.filter(cell => !cell.isAllowed))('$name from $stage is refused', ({ name, stage }) => {
    expect(decide(ready(stage), commands[name], facts())).toMatchObject({ kind: 'refused', code: 'wrong-stage', reason: `This cannot be done while the document is ${stageWords[stage]}.` });
  });

  it('never changes its input', () => {
    const before = ready('in-review');
    const text = JSON.stringify(before);
    for (const command of Object.values(commands)) decide(before, command, facts());
    expect(JSON.stringify(before)).toBe(text);
  });
});

describe('what a step leaves behind', () => {
  it('approval owes the burning of this version, with the frozen decisions on record', () => {
    const answer = decide(caseWith(documentIn('in-review', { version: 4 })), commands.ApproveDocument, facts(sam));
    expect(answer).toMatchObject({ kind: 'accepted', effects: [{ kind: 'burn', documentId, version: 4 }], facts: [{ what: 'DocumentApproved', kind: 'alteration', about: { decisions: 'd'.repeat(64), version: 4 } }] });
  });

  it('release is a disclosure that names recipient, reason and file', () => {
    const answer = decide(caseWith(documentIn('ready', { approvedBy: ravi, outputSha: '9'.repeat(64) })), commands.ReleaseDocument, facts(sam));
    expect(answer).toMatchObject({ facts: [{ what: 'DocumentReleased', kind: 'disclosure', about: { recipient: 'CPS Mersey-Cheshire', reason: 'needed-for-case', sha256: '9'.repeat(64) } }] });
  });

  it('reopening makes the next version, forgets approval, output and release, and keeps the decisions', () => {
    const kept = [{ textHash: 'aaaa', decision: 'rejected' as const, reasonCode: 'public-domain' as const, by: sam, at: '2026-11-24T09:30:00.000Z' }];
    const released = documentIn('released', {
      approvedBy: ravi, approvedAt: 'x', frozenSha: 'x', outputSha: 'x', outputBytes: 1, certificateSha: 'x', releasedBy: sam, releasedAt: 'x', recipient: 'CPS', decisions: kept, undecided: 1,
    });
    const answer = decide(caseWith(released), commands.ReopenDocument, facts());
    if (answer.kind === 'refused') throw new Error(answer.code);
    expect(answer.next.parts[documentKey(documentId)]).toEqual({ ...documentIn('in-review', { version: 2, viewed: [], decisions: kept, undecided: 1 }) });
  });

  it('a new document is owed its locating', () => {
    const answer = decide({ state: { ...bundle, documentIds: [] }, parts: {} }, { do: 'AddDocument', documentId, fileName: 'a.pdf', bytes: 3, sha256: 'a'.repeat(64) }, facts());
    expect(answer).toMatchObject({ kind: 'accepted', effects: [{ kind: 'locate', documentId, version: 1 }], facts: [{ what: 'DocumentAdded', kind: 'collection' }], next: { state: { documentIds: [documentId] } } });
  });
});

describe('mayStart: work whose document has moved on is void', () => {
  it.each(stages)('in stage %s', stage => {
    const current = caseWith(documentIn(stage));
    const locates = ['received', 'screening', 'locating'].includes(stage);
    const burns = ['approved', 'burning', 'verifying'].includes(stage);
    const code = stage === 'withdrawn' ? 'withdrawn' : 'moved-on';
    expect(mayStart(current, { kind: 'locate', documentId, version: 1 })?.code).toBe(locates ? undefined : code);
    expect(mayStart(current, { kind: 'burn', documentId, version: 1 })?.code).toBe(burns ? undefined : code);
    expect(mayStart(current, { kind: 'burn', documentId, version: 2 })?.code).toBe(code);
    expect(mayStart(current, { kind: 'locate', documentId: 'zzzzzzzz22', version: 1 })?.code).toBe('moved-on');
  });
});
