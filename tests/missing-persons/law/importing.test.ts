import { describe, expect, it } from '@jest/globals';
import { importRow, openRow, pastRow, person } from './importSupport.ts';
import { Desk } from './desk.ts';

const imported = '2026-11-25T10:00:00.000Z';
const hours = (n: number): string => new Date(Date.parse(imported) + n * 3_600_000).toISOString();

describe('an open case of the old system (15.4)', () => {
  it('keeps the clock of its report, has its own owner, and waits for somebody to confirm the level', () => {
    const desk = importRow(new Desk(imported), openRow);
    expect(desk.record).toMatchObject({
      personId: person, clocks: { reported: '2026-11-20T21:00:00.000Z', recorded: imported }, owner: { userId: openRow.ownerUserId, role: 'OIC' }, attached: [openRow.ownerUserId], report: { state: 'ACCEPTED', source: 'IMPORT' },
      file: { state: 'OPEN_UNCONFIRMED' }, risk: { level: 'MEDIUM', provisional: true }, imported: { legacyRef: 'OLD-1', riskAsWritten: 'No apparent risk', reassess: ['IMPORTED', 'LEGACY_RISK_LABEL'] },
    });
    expect(desk.record.report.dueAt).toBeUndefined();
    // A child is at least MEDIUM (F3): the label of the old system is the first assessment, the floor the second.
    expect(desk.record.risk?.assessments.map(({ level, changeType, byUser }) => [level, changeType, byUser])).toEqual([['VERY_LOW', 'INITIAL', 'mo'], ['MEDIUM', 'RAISE', 'system']]);
    expect(desk.record.risk?.assessments[0]?.rationale).toContain('No apparent risk');
  });

  it('has its tasks and reviews from now on: nothing that was due before it came is late', () => {
    const desk = importRow(new Desk(imported), openRow);
    const { tasks, nextReviewAt } = desk.record;
    expect(tasks.map(({ templateId }) => templateId)).toEqual(expect.arrayContaining(['A01', 'A02', 'A03', 'A08', 'M02', 'X01', 'X10', 'X12']));
    expect(tasks.filter(({ dueAt }) => dueAt <= imported)).toEqual([]);
    expect(desk.task('A03')).toMatchObject({ anchorAt: imported, dueAt: hours(0.5) });
    // The limits of law of a report of five days ago (48 h, 72 h) were the old system's to keep.
    expect(tasks.filter(({ hardDueAt }) => hardDueAt !== undefined && hardDueAt <= imported)).toEqual([]);
    expect(nextReviewAt !== undefined && nextReviewAt > imported).toBe(true);
    // 28 days are counted from the report, whoever had the case then.
    expect(desk.record.reviews.find(({ type }) => type === 'LADDER')?.dueAt).toBe('2026-12-18T21:00:00.000Z');
    expect(desk.record.reviews.filter(({ missedAt }) => missedAt !== undefined)).toEqual([]);
    expect(desk.record.pages.map(({ kind, to }) => [kind, to])).toContainEqual(['OWNER', [openRow.ownerUserId]]);
  });

  it('PNC is asked for within 48 hours of the import, for those of the report had passed', () => {
    const desk = importRow(new Desk(imported), openRow);
    const told = () => desk.record.pages.filter(({ about }) => about === 'pnc-hard').length;
    desk.to(hours(47));
    expect(told()).toBe(0);
    desk.to(hours(48));
    expect(told()).toBe(1);
  });

  it('a report of an hour ago keeps its own due times, those of law among them', () => {
    const desk = importRow(new Desk(imported), { ...openRow, reportedAt: hours(-1), lastSeenAt: '' });
    expect(desk.task('X01')).toMatchObject({ anchor: 'T_REPORTED', dueAt: hours(3) });
    expect(desk.task('A10').hardDueAt).toBe(hours(47));
  });

  it('goes on like any other: it is acknowledged, its ladders run, and the level is confirmed', () => {
    const desk = importRow(new Desk(imported), openRow);
    desk.to(hours(1));
    expect(desk.task('A02').escalations.length).toBeGreaterThan(0);
    desk.answers();
    desk.must({ do: 'AssignOwner', userId: 'oscar', role: 'OIC', reason: 'The owner of the old system is on leave.' }, 'sita');
    desk.must({ do: 'AcknowledgeOwner' }, 'oscar');
    desk.must({ do: 'ConfirmRisk', level: 'MEDIUM', rationale: 'Looked at with the coordinator: nothing else is known of where she is.', plan: 'Ring the friends again.' }, 'sita');
    expect(desk.state).toBe('ACTIVE');
  });

  it('without an age says so', () => {
    const desk = importRow(new Desk(imported), { ...openRow, dob: '' });
    expect(desk.record.flaggedFields).toMatchObject([{ field: 'dob', code: 'AGE_REQUIRED' }]);
  });

  it('knows the episodes before it: the third in 90 days is a repeat', () => {
    const earlier = ['2026-10-01T20:00:00.000Z', '2026-10-20T20:00:00.000Z'].map((reportedAt, n) => ({ caseRef: `MP/CHS/2026/00000${n}`, reportedAt, returnedAt: reportedAt }));
    const desk = new Desk(imported);
    desk.looked = { previous: earlier };
    importRow(desk, openRow);
    expect(desk.record.risk?.flags.map(({ flag }) => flag)).toContain('REPEAT');
    expect(desk.record.tasks.map(({ templateId }) => templateId)).toContain('X13');
  });
});

describe('a past episode of the old system (15.4)', () => {
  it('is closed, keeps its clocks and its level, and asks nobody for anything', () => {
    const desk = importRow(new Desk(imported), pastRow);
    expect(desk.record).toMatchObject({
      personId: person, file: { state: 'CLOSED', enteredAt: '2026-07-02T07:00:00.000Z' }, clocks: { reported: '2026-07-01T20:00:00.000Z', located: '2026-07-02T07:00:00.000Z', verified: '2026-07-02T07:00:00.000Z' },
      risk: { level: 'VERY_LOW', provisional: false }, tasks: [], reviews: [], pages: [], notices: [], owed: [], imported: { foundWhere: 'At a friend' },
    });
    expect(desk.effects).toEqual([]);
    desk.to('2027-11-25T10:00:00.000Z');
    expect(desk.record.pages).toEqual([]);
    expect(desk.facts.map(({ what }) => what)).toEqual(['ReportReceived', 'CaseImported']);
  });
});

describe('who imports', () => {
  it('is the coordinator or records, and nobody else', () => {
    for (const by of ['sita', 'suki', 'cora', 'dpo'] as const) expect(() => importRow(new Desk(imported), pastRow, by)).toThrow('ROLE_DENIED');
  });

  it('a record is imported once', () => {
    const desk = importRow(new Desk(imported), pastRow);
    expect(() => importRow(desk, pastRow)).toThrow('exists');
  });
});
