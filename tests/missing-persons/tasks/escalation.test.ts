import { describe, expect, it } from '@jest/globals';
import { dueNow, escalateNow, nextEscalation, nextOfAll } from '../../../functions/missing-persons/rules/tasks/escalate.ts';
import { hold, resume } from '../../../functions/missing-persons/rules/tasks/hold.ts';
import { openTasks } from '../../../functions/missing-persons/rules/tasks/open.ts';
import { answerFailures, answerPage, unansweredPages } from '../../../functions/missing-persons/rules/tasks/pages.ts';
import { task as schema, type Task } from '../../../functions/missing-persons/rules/tasks/task.ts';
import { taskSettings } from '../../../functions/missing-persons/rules/tasks/settings.ts';
import type { RiskLevel } from '../../../functions/missing-persons/rules/terms.ts';
import { base, find, plus, recorded, reported, settings } from './facts.ts';

const one = (id: string, level: RiskLevel = 'MEDIUM'): Task => find(openTasks([], { ...base, level }, settings), id);
/** What fires when the sweep comes exactly at each next step, `n` times. */
function fired(task: Task, level: RiskLevel, n: number): [step: string, minutes: number, to: string][] {
  let now = task;
  return Array.from({ length: n }, () => {
    const next = nextEscalation(now, level, settings);
    const done = next && escalateNow(now, level, next.at, settings);
    if (!next || !done?.escalation) return ['none', 0, ''];
    now = done.task;
    return [done.escalation.step, (Date.parse(done.escalation.at) - Date.parse(reported)) / 60_000, done.escalation.to.join(' ')];
  });
}

describe('Escalation (4, 15.1 items 3, 8 and 18)', () => {
  it('the default chain: reminder, due, +50 %, +100 %, then every 4 hours', () => expect(fired(one('M01'), 'MEDIUM', 6)).toEqual([
    ['REMINDER', 180, 'OWNER'], ['DUE', 240, 'OWNER SGT'], ['SECOND', 360, 'INSP'], ['THIRD', 480, 'SUPT'], ['REPEAT', 720, 'SUPT'], ['REPEAT', 960, 'SUPT'],
  ]));
  it('at LOW the inspector again; at HIGH every hour', () => {
    expect(fired(one('A07', 'LOW'), 'LOW', 5).slice(3)).toEqual([['THIRD', 2880, 'INSP'], ['REPEAT', 3120, 'INSP']]);
    expect(fired(one('A08', 'HIGH'), 'HIGH', 6).slice(3)).toEqual([['THIRD', 120, 'SUPT'], ['REPEAT', 180, 'SUPT'], ['REPEAT', 240, 'SUPT']]);
  });
  it('a force may set its own chain', () => {
    const own = taskSettings.parse({ escChain: { reminderBefore: 0.5, due: ['SGT'], repeatMins: { HIGH: 30, other: 60 } } });
    expect(nextEscalation(one('M01'), 'MEDIUM', own)).toEqual({ step: 'REMINDER', at: plus(reported, 120) });
    expect(taskSettings.safeParse({ escChain: { second: { after: 1.5, to: ['INSP'] } } }).success).toBe(false);
  });
  it('A01: the inspector is paged, then the force incident manager reallocates', () => expect(fired(one(`A01:${recorded}`), 'MEDIUM', 4).map(([step, , to]) => [step, to])).toEqual([
    ['REMINDER', 'OWNER'], ['DUE', 'OWNER INSP'], ['SECOND', 'FIM'], ['THIRD', 'FIM SUPT'],
  ]));
  it('Q00: call handler 10, force incident manager 15, inspector 30 minutes after the report', () => {
    const q00 = find(openTasks([], { ...base, now: reported, stage: 'REPORT' }, settings), 'Q00');
    expect(fired(q00, 'MEDIUM', 4).slice(1)).toEqual([['DUE', 10, 'OWNER'], ['SECOND', 15, 'FIM'], ['THIRD', 30, 'INSP']]);
  });
  it('M05: warned of at 48 h, due at 60 h, and nothing softer once the hard 72 h are there', () => expect(fired(one('M05'), 'MEDIUM', 4)).toEqual([
    ['REMINDER', 48 * 60, 'OWNER SGT'], ['DUE', 60 * 60, 'OWNER SGT'], ['HARD_DUE', 72 * 60, 'OWNER INSP SUPT'], ['HARD_REPEAT', 76 * 60, 'OWNER INSP SUPT'],
  ]));

  it('after an outage once, to the level that time implies, with its lateness, and the next lies ahead', () => {
    const { task, escalation } = escalateNow(one('M01'), 'MEDIUM', plus(reported, 500), settings);
    expect(escalation).toEqual({ step: 'THIRD', at: plus(reported, 480), firedAt: plus(reported, 500), to: ['SUPT'], lateMs: 20 * 60_000, skipped: ['REMINDER', 'DUE', 'SECOND'] });
    expect(escalateNow(task, 'MEDIUM', plus(reported, 500), settings).escalation).toBeUndefined();
    expect(nextEscalation(task, 'MEDIUM', settings)).toEqual({ step: 'REPEAT', at: plus(reported, 720) });
    const long = escalateNow(one('M01'), 'MEDIUM', plus(reported, 10_000), settings);
    expect(long.escalation).toMatchObject({ step: 'REPEAT', at: plus(reported, 9840) });
    expect(nextEscalation(long.task, 'MEDIUM', settings)?.at).toBe(plus(reported, 10_080));
    expect(schema.safeParse(long.task).success).toBe(true);
  });
  it('an outage over a hard limit tells of the hard limit', () => expect(escalateNow(one('A10'), 'MEDIUM', plus(reported, 48 * 60 + 1), settings).escalation).toMatchObject({ step: 'HARD_DUE', lateMs: 60_000 }));

  it('on hold nothing but the hard limit, warned of six hours before; back from hold the ladder goes on where it was', () => {
    const [pnc] = hold([one('A10')], { now: plus(reported, 30) });
    const [route] = hold([one('M03')], { now: plus(reported, 30) });
    if (!pnc || !route) throw new Error('not held');
    expect(nextEscalation(route, 'MEDIUM', settings)).toBeUndefined();
    expect(fired(pnc, 'MEDIUM', 3)).toEqual([['HARD_WARN', 42 * 60, 'OWNER SGT'], ['HARD_DUE', 48 * 60, 'OWNER INSP SUPT'], ['HARD_REPEAT', 52 * 60, 'OWNER INSP SUPT']]);
    const [back] = resume([route], { now: plus(reported, 90) });
    expect(back).toMatchObject({ state: 'TODO', dueAt: plus(reported, 540), windowMs: 480 * 60_000 });
    expect(back && fired(back, 'MEDIUM', 2)).toEqual([['REMINDER', 420, 'OWNER'], ['DUE', 540, 'OWNER SGT']]);
  });
  it('a warning of the hard limit on hold skips nothing of the soft ladder afterwards', () => {
    const [pnc] = hold([one('A10', 'HIGH')], { now: plus(reported, 10) });
    const warned = pnc && escalateNow(pnc, 'HIGH', plus(reported, 42 * 60), settings).task;
    const [back] = warned ? resume([warned], { now: plus(reported, 42 * 60) }) : [];
    expect(back && fired(back, 'HIGH', 3)).toEqual([['REMINDER', 42 * 60 + 80, 'OWNER'], ['DUE', 42 * 60 + 110, 'OWNER INSP'], ['SECOND', 42 * 60 + 170, 'INSP']]);
  });
  it('where the soft time is the hard limit it is the hard limit that is told', () => {
    const x24 = find(openTasks([], { ...base, triggers: [{ trigger: 'UNIDENTIFIED_FOUND', at: recorded }] }, settings), 'X24');
    expect(fired(x24, 'MEDIUM', 2)).toEqual([['REMINDER', 36 * 60 + 2, 'OWNER'], ['HARD_DUE', 48 * 60 + 2, 'OWNER INSP SUPT']]);
  });
  it('what is due at once still climbs step by step', () => {
    const x17 = find(openTasks([], { ...base, now: reported, stage: 'BODY', triggers: [{ trigger: 'BODY_FOUND', at: reported }] }, settings), 'X17');
    expect(escalateNow(x17, 'MEDIUM', reported, settings).escalation?.step).toBe('DUE');
    expect(fired(escalateNow(x17, 'MEDIUM', reported, settings).task, 'MEDIUM', 2)).toEqual([['SECOND', 5, 'INSP SUPT'], ['THIRD', 10, 'SUPT']]);
  });
  it('no step was due before there was a task', () => {
    const opened = plus(reported, 24 * 60);
    const x10 = find(openTasks([], { ...base, now: opened, triggers: [{ trigger: 'MISSING_24H', at: opened }] }, settings), 'X10');
    expect(escalateNow(x10, 'MEDIUM', opened, settings).escalation).toMatchObject({ step: 'DUE', at: opened, lateMs: 0 });
    const overdue = find(openTasks([], { ...base, now: plus(reported, 35) }, settings), 'A03');
    expect(escalateNow(overdue, 'MEDIUM', plus(reported, 35), settings).escalation).toMatchObject({ step: 'DUE', at: plus(reported, 35), lateMs: 0 });
  });
  it('a resumed hard-limited task is due no later than its limit', () => {
    const [pnc] = resume(hold([one('A10')], { now: plus(reported, 30) }), { now: plus(reported, 47 * 60) });
    expect(pnc?.dueAt).toBe(plus(reported, 48 * 60));
  });
  it('ended tasks never escalate', () => {
    for (const state of ['DONE', 'NOT_APPLICABLE', 'CANCELLED', 'CANCELLED_FOUND'] as const) {
      const ended = { ...one('A10'), state };
      expect([nextEscalation(ended, 'HIGH', settings), escalateNow(ended, 'HIGH', plus(reported, 99_999), settings).escalation]).toEqual([undefined, undefined]);
    }
  });
  it('repeats for months do not make the task grow', () => {
    let task = one('M01');
    for (let minute = 0; minute < 60 * 24 * 60; minute += 60) task = escalateNow(task, 'MEDIUM', plus(reported, minute), settings).task;
    expect(task.escalations.map(({ step, times }) => [step, times])).toEqual([['REMINDER', undefined], ['DUE', undefined], ['SECOND', undefined], ['THIRD', undefined], ['REPEAT', 357]]);
  });
  it('the earliest next step of all', () => expect(nextOfAll([one('M01'), one('A03'), one('A06')], 'MEDIUM', settings)).toEqual({ taskId: 'A03', step: 'REMINDER', at: plus(reported, 22.5) }));
  it('due work of several tasks in the order of risk, then of time', () => {
    const tasks = [one('M01'), { ...one('A08'), priority: 1 }, one('A03')];
    expect(dueNow(tasks, 'MEDIUM', plus(reported, 241), settings).map(({ taskId }) => taskId)).toEqual(['A08', 'A03', 'M01']);
  });

  it('S02: H01 pages three with ten minutes to answer, then the phone tree for who has not, until all have', () => {
    const paging = escalateNow(one('H01', 'HIGH'), 'HIGH', recorded, settings);
    expect(paging.escalation).toEqual({ step: 'PAGE', at: recorded, firedAt: recorded, to: ['INSP', 'FIM', 'SUPT'], lateMs: 0, ackBy: plus(recorded, 10) });
    expect(answerFailures(one('H01', 'HIGH'), 'INSP').map(({ code }) => code)).toEqual(['TRANSITION_NOT_ALLOWED']);
    const two = answerPage(answerPage(paging.task, 'FIM', { now: plus(recorded, 2), by: 'fim' }), 'SUPT', { now: plus(recorded, 3), by: 'supt' });
    expect([two.state, unansweredPages(two)]).toEqual(['DOING', ['INSP']]);
    expect([answerFailures(two, 'FIM').length, answerFailures(two, 'OIC').length, answerFailures(two, 'INSP').length]).toEqual([1, 1, 0]);
    const tree = escalateNow(two, 'HIGH', plus(recorded, 10), settings);
    expect(tree.escalation).toMatchObject({ step: 'PHONE_TREE', to: ['CONTROL_ROOM', 'INSP'] });
    const all = answerPage(tree.task, 'INSP', { now: plus(recorded, 12), by: 'insp' });
    expect(all.escalations.at(-1)?.ackAt).toBe(plus(recorded, 12));
    expect([all.state, all.evidence?.kind, nextEscalation(all, 'HIGH', settings)]).toEqual(['DONE', 'PAGES_ANSWERED', undefined]);
    expect(schema.safeParse(all).success).toBe(true);
    const twice = [20, 30].reduce((task, minutes) => escalateNow(task, 'HIGH', plus(recorded, minutes), settings).task, tree.task);
    const late = answerPage(twice, 'INSP', { now: plus(recorded, 31), by: 'insp' });
    expect(twice.escalations.at(-1)).toMatchObject({ step: 'REPEAT', times: 2, to: ['CONTROL_ROOM', 'INSP'] });
    expect([late.state, late.evidence?.kind === 'PAGES_ANSWERED' && late.evidence.answers.map(({ role }) => role)]).toEqual(['DONE', ['FIM', 'SUPT', 'INSP']]);
  });
  it('S02: a communications data decision missing at its time alerts', () => expect(fired(one('H05', 'HIGH'), 'HIGH', 2)[1]).toEqual(['DUE', 32, 'OWNER SUPT']));
});
