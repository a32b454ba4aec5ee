import { describe, expect, it } from '@jest/globals';
import type { MissingRecord } from '../../../functions/missing-persons/state.ts';
import { Desk } from './desk.ts';
import { confirmed, openCase } from './support.ts';

const start = '2026-06-06T16:00:00.000Z';
const back = '2026-06-13T16:00:00.000Z';

function begun(level: 'HIGH' | 'MEDIUM' | 'LOW' | 'VERY_LOW'): Desk {
  const desk = new Desk(start);
  openCase(desk, { level, ...(level === 'HIGH' && { factors: ['NOTE_LEFT'] }) });
  confirmed(desk, level, level === 'HIGH' ? 'ivan' : 'sita');
  desk.to('2026-06-06T16:05:00.000Z');
  return desk;
}

const stepsOf = (record: MissingRecord) => new Map([...record.tasks.map(({ taskId, escalations }) => [taskId, escalations] as const), ...record.reviews.map(({ reviewId, escalations }) => [reviewId, escalations] as const)]);

describe.each(['HIGH', 'MEDIUM', 'LOW'] as const)('a week without a look, at %s', level => {
  it('one look: each overdue item escalates once and no more', () => {
    const desk = begun(level);
    const before = stepsOf(desk.record);
    const counted = desk.facts.length;
    desk.outage(back);
    const fired = desk.facts.slice(counted).flatMap(({ what, about }) => (what === 'TaskEscalated' ? [String(about?.['task'])] : what === 'ReviewEscalated' ? [String(about?.['review'])] : []));
    expect(fired.length).toBeGreaterThan(10);
    expect(fired.filter((item, n) => fired.indexOf(item) !== n)).toEqual([]);
    for (const [id, after] of stepsOf(desk.record)) expect([id, after.length - (before.get(id)?.length ?? 0) <= 1]).toEqual([id, true]);
    // Every open task whose time has come, and every open review, was among them.
    const overdue = desk.record.tasks.filter(task => (task.state === 'TODO' || task.state === 'DOING') && task.dueAt <= back).map(({ taskId }) => taskId);
    const late = desk.record.reviews.filter(item => item.state === 'OPEN' && item.dueAt <= back).map(({ reviewId }) => reviewId);
    expect([...overdue, ...late].filter(id => !fired.includes(id))).toEqual([]);
  });

  it('at the step that the elapsed time implies: the same as if somebody had looked at each instant', () => {
    const [outage, watched] = [begun(level), begun(level)];
    const known = new Set(outage.record.tasks.map(({ taskId }) => taskId));
    outage.outage(back);
    watched.to(back);
    const latest = (desk: Desk) => desk.record.tasks.filter(({ taskId }) => known.has(taskId)).map(({ taskId, state, escalations }) => [taskId, state, escalations.at(-1)?.step, escalations.at(-1)?.at]);
    expect(latest(outage)).toEqual(latest(watched));
  });

  it('the same reviews were due and missed, each by a named person, and the next ones lie ahead', () => {
    const [outage, watched] = [begun(level), begun(level)];
    outage.outage(back);
    watched.to(back);
    const shown = (desk: Desk) => desk.record.reviews.map(({ reviewId, state, missedAt, missedBy }) => [reviewId, state, missedAt, missedBy].join(' ')).sort();
    expect(shown(outage)).toEqual(shown(watched));
    expect(outage.record.nextReviewAt).toBe(watched.record.nextReviewAt);
    const missed = outage.record.reviews.filter(({ missedAt }) => missedAt !== undefined);
    expect(missed.length).toBeGreaterThan(4);
    expect(missed.filter(({ missedBy }) => missedBy === undefined)).toEqual([]);
  });

  it('lateness is written down, with when it was due and when it was noticed', () => {
    const desk = begun(level);
    const counted = desk.facts.length;
    desk.outage(back);
    expect(desk.record.late.length).toBeGreaterThan(10);
    expect(desk.record.late.filter(({ dueAt, firedAt }) => firedAt !== back || dueAt >= back)).toEqual([]);
    const step = desk.record.tasks.flatMap(({ escalations }) => escalations.filter(({ firedAt }) => firedAt === back));
    expect(step.filter(({ at, lateMs }) => lateMs !== Date.parse(back) - Date.parse(at))).toEqual([]);
    // A repeat that was due at this very minute does not hide that its first step was due days ago.
    const a03 = desk.record.late.find(({ what }) => what.startsWith('A03 '));
    expect(a03 && a03.dueAt < '2026-06-06T17:00:00.000Z').toBe(true);
    expect(step.some(({ skipped }) => (skipped ?? []).length > 0)).toBe(true);
    // Of a kind that is there often, all stand in one fact (rules/law/fitting.ts).
    const told = desk.facts.slice(counted).filter(({ what }) => what === 'TimerFiredLate').reduce((sum, { about }) => sum + Number(about?.['times'] ?? 1), 0);
    expect(told).toBeGreaterThan(10);
  });

  it('a second look adds nothing', () => {
    const desk = begun(level);
    desk.outage(back);
    const first = structuredClone(desk.record);
    const counted = desk.facts.length;
    desk.outage(back);
    expect(desk.facts.slice(counted).map(({ what }) => what)).toEqual(['TimersRun']);
    expect({ ...desk.record, owed: [] }).toEqual({ ...first, owed: [] });
  });
});

describe('a week without a look, at VERY_LOW', () => {
  it('the reassessment was missed: the system raises once, to LOW and no higher, and the raise waits for its sergeant', () => {
    const desk = begun('VERY_LOW');
    desk.outage(back);
    expect([desk.level, desk.record.risk?.provisional, desk.facts.filter(({ what }) => what === 'RiskRaised').map(({ at, by, about }) => [at, by, about?.['rule']])]).toEqual(['LOW', true, [[back, 'system', 'V03']]]);
    desk.outage(back);
    expect([desk.level, desk.facts.filter(({ what }) => what === 'RiskRaised').length]).toEqual(['LOW', 1]);
  });
});
