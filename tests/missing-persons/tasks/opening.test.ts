import { describe, expect, it } from '@jest/globals';
import { completeTask } from '../../../functions/missing-persons/rules/tasks/complete.ts';
import { onLevelChange, raiseToLowAt } from '../../../functions/missing-persons/rules/tasks/level.ts';
import { hold } from '../../../functions/missing-persons/rules/tasks/hold.ts';
import { openTasks, reassign } from '../../../functions/missing-persons/rules/tasks/open.ts';
import type { TaskFacts } from '../../../functions/missing-persons/rules/tasks/plan.ts';
import { taskSettings } from '../../../functions/missing-persons/rules/tasks/settings.ts';
import { task as schema, type Task } from '../../../functions/missing-persons/rules/tasks/task.ts';
import { base, find, open, plus, recorded, reported, settings } from './facts.ts';

const opened = (facts: Partial<TaskFacts>, tasks: readonly Task[] = []): Task[] => openTasks(tasks, { ...base, ...facts }, settings);
const anchors = (changed: TaskFacts['anchors']): TaskFacts['anchors'] => ({ ...base.anchors, ...changed });

describe('Opening of tasks (4, 15.1 items 1 and 2, 15.2 item 30)', () => {
  it('S01: a child of 15 at MEDIUM, looked after', () => {
    const tasks = opened({ isUnder18: true, triggers: [{ trigger: 'LAC', at: recorded }] });
    expect(find(tasks, `A01:${recorded}`)).toMatchObject({ dueAt: '2026-11-21T20:42:00.000Z', ownerRole: 'FIM', ownerUserId: 'fim', mandatory: true, goldenHour: true });
    expect(find(tasks, 'M02')).toMatchObject({ anchor: 'T_RISK', dueAt: plus(recorded, 240), mandatory: true, stopOnLocated: false });
    expect(find(tasks, 'X01').dueAt).toBe(plus(reported, 240));
    expect(find(tasks, 'X03').dueAt).toBe(plus(reported, 1440));
    expect(open(tasks)).toEqual(expect.arrayContaining(['A11', 'X02', 'M03']));
    expect(open(hold(tasks, { now: plus(recorded, 200) })).length).toBe(open(tasks).length);
    expect(find(hold(tasks, { now: plus(recorded, 200) }), 'M03')).toMatchObject({ state: 'HOLD', remainingMs: (480 - 202) * 60_000 });
  });

  it('an adult at MEDIUM gets no notice to children\'s services and nothing of another level', () => {
    expect(open(opened({}))).toEqual([`A01:${recorded}`, 'A02', 'A03', 'A04', 'A05', 'A06', 'A07', 'A08', 'A09', 'A10', 'A11', 'A12', 'A13', 'A14', 'A15', 'M01', 'M03', 'M04', 'M05', 'M06']);
    expect(open(opened({ level: 'VERY_LOW' }))).toEqual([`A01:${recorded}`, 'A02', 'A03', 'A04', 'A05', 'A08', 'A10', 'A12', 'A15', 'V01', 'V02', 'V04']);
    expect(find(opened({ level: 'VERY_LOW' }), 'A08').mandatory).toBe(false);
    expect(find(opened({ level: 'LOW' }), 'A08').mandatory).toBe(true);
  });

  it('S02: HIGH from the first minute; the inspector confirms', () => {
    const tasks = opened({ level: 'HIGH', triggers: [{ trigger: 'SUICIDE', at: recorded }] });
    expect(open(tasks).filter(id => id.startsWith('H'))).toEqual(['H01', 'H02', 'H03', 'H04', 'H05', 'H06', 'H07', 'H08', 'H09', 'H12', 'H13', 'H14', 'H15']);
    expect([find(tasks, 'H01').dueAt, find(tasks, 'H05').dueAt, find(tasks, 'X07').dueAt]).toEqual([recorded, plus(recorded, 30), plus(recorded, 60)]);
    expect([find(tasks, 'A02').ownerRole, find(tasks, 'H01').ownerRole, find(tasks, 'H06').ownerRole, find(tasks, 'H07').ownerRole]).toEqual(['INSP', 'SYSTEM', 'FIM', 'MEDIA']);
    expect(find(tasks, 'H09')).toMatchObject({ dueAt: plus(recorded, 24 * 60), hardDueAt: plus(reported, 72 * 60) });
    expect(tasks.map(item => schema.safeParse(item).success)).toEqual(tasks.map(() => true));
  });

  it('S12: the first five actions of the trigger plan, once, beside the meeting in five working days', () => {
    const triggerPlan = { id: 'plan7', at: recorded, actions: ['Ring Sam', 'Look at the skate park', 'Ask the bus station', 'Ring the aunt', 'Look at the canal', 'A sixth'].map((text, index) => ({ text, ...(index === 0 && { owners: ['ATTENDING' as const] }) })) };
    const facts = { triggerPlan, triggers: [{ trigger: 'REPEAT' as const, at: '2027-03-24T10:00:00.000Z', instance: 'third' }] };
    const tasks = opened(facts);
    expect(tasks.filter(({ templateId }) => templateId === 'TP').map(({ taskId, title, ownerRole, priority }) => [taskId, title, ownerRole, priority])).toEqual([
      ['TP:plan7-1', 'Ring Sam', 'ATTENDING', 1], ['TP:plan7-2', 'Look at the skate park', 'OIC', 1], ['TP:plan7-3', 'Ask the bus station', 'OIC', 1], ['TP:plan7-4', 'Ring the aunt', 'OIC', 1], ['TP:plan7-5', 'Look at the canal', 'OIC', 1],
    ]);
    expect(find(tasks, 'X13:third').dueAt).toBe('2027-04-02T16:00:00.000Z');
    expect(opened(facts, tasks)).toEqual(tasks);
  });

  it('what opens while the search is on hold is on hold as well, if it is of the search', () => {
    const tasks = opened({ isOnHold: true });
    expect(find(tasks, 'M03')).toMatchObject({ state: 'HOLD', heldFor: 'LOCATED', heldAt: recorded, remainingMs: (480 - 2) * 60_000 });
    expect(find(tasks, 'M01').state).toBe('TODO');
  });

  it('roles without a person fall to the owner of the case; A/B is the first that has one', () => {
    expect(find(opened({ people: { CALL_HANDLER: 'c' } }), 'A04')).toMatchObject({ ownerRole: 'CALL_HANDLER', ownerUserId: 'c' });
    expect(find(opened({ people: { OIC: 'o' } }), 'A04')).toMatchObject({ ownerRole: 'OIC', ownerUserId: 'o' });
    expect(find(opened({ people: {} }), 'A04')).toMatchObject({ ownerRole: 'FIM', ownerUserId: 'fim' });
    const tasks = reassign(opened({ people: {} }), { ...base, owner: { role: 'OIC', userId: 'new' } });
    expect(find(tasks, 'M01')).toMatchObject({ ownerRole: 'ATTENDING', ownerUserId: 'pc' });
    expect(find(tasks, 'A05')).toMatchObject({ ownerRole: 'OIC', ownerUserId: 'new' });
  });

  it('a new owner acknowledges anew, and the old acknowledgement ends', () => {
    const later = plus(recorded, 90);
    const tasks = opened({ now: later, anchors: anchors({ T_OWNER: later }) }, opened({}));
    expect(find(tasks, `A01:${recorded}`).state).toBe('CANCELLED');
    expect(find(tasks, `A01:${later}`)).toMatchObject({ state: 'TODO', dueAt: plus(later, 30) });
  });

  it('agreed times: the reassessment no later than 6 h (2 h for a child), the promised call as it was promised', () => {
    const agreed = { V02: plus(reported, 500), A15: plus(reported, 600) };
    expect(find(opened({ level: 'VERY_LOW', agreed }), 'V02').dueAt).toBe(plus(reported, 360));
    expect(find(opened({ level: 'VERY_LOW', isUnder18: true, agreed }), 'V02').dueAt).toBe(plus(reported, 120));
    expect(find(opened({ level: 'VERY_LOW', agreed: { V02: plus(reported, 60) } }), 'V02')).toMatchObject({ due: 'AGREED', dueAt: plus(reported, 60) });
    expect(find(opened({ level: 'VERY_LOW', agreed }), 'A15').dueAt).toBe(plus(reported, 600));
  });

  it('X21 seven days before the review on London\'s clock, one for each review; X06 from T_VERIFIED only', () => {
    const triggers = [{ trigger: 'LADDER_REVIEW' as const, at: '2027-03-01T09:00:00.000Z', instance: 'R28', dueAt: '2027-03-30T09:00:00.000Z' }, { trigger: 'LADDER_REVIEW' as const, at: '2027-03-01T09:00:00.000Z', instance: 'R90', dueAt: '2027-05-30T09:00:00.000Z' }];
    const tasks = opened({ triggers });
    expect([find(tasks, 'X21:R28').dueAt, find(tasks, 'X21:R90').dueAt]).toEqual(['2027-03-23T10:00:00.000Z', '2027-05-23T09:00:00.000Z']);
    const traffic = { triggers: [{ trigger: 'TRAFFICKING' as const, at: recorded }] };
    expect(open(opened(traffic))).not.toContain('X06');
    expect(find(opened({ ...traffic, stage: 'RETURN', anchors: anchors({ T_VERIFIED: plus(recorded, 60) }) }), 'X06').dueAt).toBe(plus(recorded, 60 + 1440));
  });

  it('reports: screening in 10 minutes, call-back at the agreed time (15.1 item 8, R4, R5)', () => {
    const tasks = opened({ stage: 'REPORT', triggers: [{ trigger: 'REDIRECTED', at: recorded, dueAt: '2026-11-21T21:30:00Z' }, { trigger: 'CONCERN', at: recorded }] });
    expect(tasks.map(({ taskId, dueAt }) => [taskId, dueAt])).toEqual([['Q00', plus(reported, 10)], ['Q01', '2026-11-21T21:30:00.000Z'], ['Q02', plus(recorded, 60)]]);
  });

  it('return: P tasks by level, age and what was there; RHI clocks run from T_VERIFIED while nobody gave T_RETURNED (item 21)', () => {
    const verified = plus(recorded, 300);
    const facts = { stage: 'RETURN' as const, now: verified, anchors: anchors({ T_VERIFIED: verified }) };
    expect(open(opened(facts))).toEqual(['P01', 'P02', 'P03', 'P04', 'P05', 'P09', 'P10', 'P13']);
    const child = opened({ ...facts, isUnder18: true, isDebriefed: true, triggers: [{ trigger: 'REPEAT', at: recorded }] });
    expect(open(child)).toEqual(['P01', 'P02', 'P03', 'P04', 'P05', 'P06', 'P07', 'P08', 'P09', 'P10', 'P11', 'P12', 'P13']);
    expect([find(child, 'P06').dueAt, find(child, 'P07').dueAt, find(child, 'P01').dueAt]).toEqual([plus(verified, 240), plus(verified, 4320), plus(verified, 1440)]);
    const returned = '2026-11-21T23:55:00.000Z';
    expect(find(opened({ ...facts, isUnder18: true, anchors: anchors({ T_VERIFIED: plus(returned, 45), T_RETURNED: returned }) }), 'P07').dueAt).toBe('2026-11-24T23:55:00.000Z');
    expect(find(opened({ ...facts, level: 'HIGH' }), 'P01').dueAt).toBe(plus(verified, 60));
  });
});

describe('Changes of level (C3, C4, 15.1 item 2)', () => {
  const later = plus(recorded, 100);
  const raise = (tasks: readonly Task[], to: TaskFacts['level'], from: TaskFacts['level'] = 'MEDIUM', at = later): Task[] =>
    openTasks(onLevelChange(tasks, { from, to, at }, base, settings), { ...base, level: to, now: at, anchors: anchors({ T_RISK: at }) }, settings);

  it('a raise brings dueAt to the sooner of the old and T_RISK + new window', () => {
    const tasks = raise(opened({}), 'HIGH');
    expect(find(tasks, 'A06').dueAt).toBe(plus(reported, 120));
    expect(find(tasks, 'A07')).toMatchObject({ dueAt: plus(later, 30), anchor: 'T_RISK', windowMs: 30 * 60_000, priority: 1 });
    expect(find(tasks, 'A10')).toMatchObject({ dueAt: plus(later, 120), hardDueAt: plus(reported, 48 * 60) });
    expect(find(tasks, 'A02').ownerRole).toBe('INSP');
    expect(open(tasks)).toEqual(expect.arrayContaining(['M01', 'M03', 'H01', 'H15']));
    expect(raise(tasks, 'HIGH', 'HIGH')).toEqual(tasks);
  });
  it('one duty, one open task: the notice to UKMPU keeps the sooner due time', () => {
    const at = plus(reported, 50 * 60);
    const tasks = raise(opened({}), 'HIGH', 'MEDIUM', at);
    expect([find(tasks, 'M05').state, find(tasks, 'H09').dueAt, find(tasks, 'H09').hardDueAt]).toEqual(['CANCELLED', plus(reported, 60 * 60), plus(reported, 72 * 60)]);
    expect(find(tasks, 'H09').windowMs).toBe(10 * 60 * 60_000);
    const told = raise(opened({}).map(item => (item.taskId === 'M05' ? { ...item, state: 'DONE' as const } : item)), 'HIGH', 'MEDIUM', at);
    expect(open(told).filter(id => id === 'H09' || id === 'M05')).toEqual([]);
  });
  it('children\'s services hear of a raise though they had been told, and a reduction does not lose the notice', () => {
    const child = { isUnder18: true };
    const told = opened(child).map(item => (item.taskId === 'M02' ? { ...item, state: 'DONE' as const } : item));
    const high = opened({ ...child, level: 'HIGH', now: later, anchors: anchors({ T_RISK: later }) }, told);
    expect(open(high)).toContain('H10');
    const back = opened({ ...child, level: 'MEDIUM', now: plus(later, 10) }, opened({ ...child, level: 'HIGH', now: later }, opened(child)));
    expect(open(back).filter(id => id.startsWith('M02') || id === 'H10')).toEqual(['M02#2']);
  });
  it('a task that only the raise asks for is not late for what nobody could know; a late record hides nothing', () => {
    const at = plus(reported, 9 * 60);
    expect(find(raise(opened({ level: 'VERY_LOW' }), 'LOW', 'VERY_LOW', at), 'A06')).toMatchObject({ dueAt: plus(at, 8 * 60), anchor: 'T_RISK' });
    const slow = plus(reported, 45);
    expect(find(opened({ now: slow, anchors: { ...base.anchors, T_RECORDED: slow, T_RISK: slow } }), 'A03').dueAt).toBe(plus(reported, 30));
  });
  it('nothing is due after its hard limit, what is on hold has less time left, and what was left to judgement binds', () => {
    const at = plus(reported, 60 * 60);
    expect(find(opened({ level: 'HIGH', now: at, anchors: anchors({ T_RISK: at }) }), 'H09').dueAt).toBe(plus(reported, 72 * 60));
    const held = onLevelChange(hold(opened({}), { now: recorded }), { from: 'MEDIUM', to: 'HIGH', at: later }, base, settings);
    expect([find(held, 'A10').remainingMs, find(held, 'A13').remainingMs, find(held, 'M03').remainingMs]).toEqual([120 * 60_000, 30 * 60_000, 478 * 60_000]);
    expect(find(raise(opened({ level: 'VERY_LOW' }), 'LOW', 'VERY_LOW'), 'A08').mandatory).toBe(true);
  });
  it('C4: what the lower level would not ask for becomes a candidate, and no time moves', () => {
    const high = opened({ level: 'HIGH' });
    const tasks = onLevelChange(high, { from: 'HIGH', to: 'MEDIUM', at: later }, base, settings);
    expect(tasks.filter(({ naCandidate }) => naCandidate).map(({ taskId }) => taskId)).toEqual(high.filter(({ taskId }) => taskId.startsWith('H')).map(({ taskId }) => taskId));
    expect(tasks.map(({ dueAt }) => dueAt)).toEqual(high.map(({ dueAt }) => dueAt));
    expect(onLevelChange(tasks, { from: 'MEDIUM', to: 'HIGH', at: later }, base, settings).some(({ naCandidate }) => naCandidate)).toBe(false);
  });
  it('S04: V03 raises 60 minutes after a missed reassessment, which the raise answers; back at VERY_LOW there is a new one', () => {
    const low = opened({ level: 'VERY_LOW', agreed: { V02: plus(reported, 170) } });
    expect(raiseToLowAt(low, 60)).toBe(plus(reported, 230));
    expect(raiseToLowAt(low, 30)).toBe(plus(reported, 200));
    const raised = raise(low, 'LOW', 'VERY_LOW', plus(reported, 230));
    expect([find(raised, 'V02').state, raiseToLowAt(raised, 60)]).toEqual(['CANCELLED', undefined]);
    expect(open(openTasks(raised, { ...base, level: 'VERY_LOW', now: plus(reported, 400) }, settings))).toContain('V02#2');
  });
  it('a reassessment that had been done by raising is asked for again at VERY_LOW', () => {
    const done = completeTask(opened({ level: 'VERY_LOW' }), 'V02', { kind: 'REASSESSMENT', assessmentSeq: 2 }, { act: { now: later, by: 'serg', level: 'LOW', isUnder18: false }, settings });
    const back = plus(reported, 800);
    const tasks = opened({ level: 'VERY_LOW', now: back, anchors: anchors({ T_RISK: back }) }, opened({ level: 'LOW', now: later }, done));
    expect(find(tasks, 'V02#2').dueAt).toBe(plus(back, 360));
  });
  it('a force\'s own times hold on opening and on a raise', () => {
    const own = taskSettings.parse({ due: { A07: { HIGH: '10m' } } });
    expect(find(onLevelChange(opened({}), { from: 'MEDIUM', to: 'HIGH', at: later }, base, own), 'A07').dueAt).toBe(plus(later, 10));
  });
});
