import { describe, expect, it } from '@jest/globals';
import { completeTask, completionFailures, startFailures, startTask, type Completion } from '../../../functions/missing-persons/rules/tasks/complete.ts';
import { blockingClosure, blockingSuspension, closed, deathRefuted, deceasedConfirmed, found, mergedCancelled, verificationWrong } from '../../../functions/missing-persons/rules/tasks/ending.ts';
import { goldenHour } from '../../../functions/missing-persons/rules/tasks/goldenHour.ts';
import { deceasedHold, hold, releaseGates, resume } from '../../../functions/missing-persons/rules/tasks/hold.ts';
import { markNotApplicable, notApplicableFailures } from '../../../functions/missing-persons/rules/tasks/notApplicable.ts';
import { openTasks } from '../../../functions/missing-persons/rules/tasks/open.ts';
import type { TaskFacts } from '../../../functions/missing-persons/rules/tasks/plan.ts';
import type { Task } from '../../../functions/missing-persons/rules/tasks/task.ts';
import { base, complete, evidenceFor, find, open, plus, recorded, reported, settings } from './facts.ts';

const opened = (facts: Partial<TaskFacts>, tasks: readonly Task[] = []): Task[] => openTasks(tasks, { ...base, ...facts }, settings);
const act = (now: string, more: Partial<Completion> = {}): Completion => ({ now, by: 'oic', level: 'MEDIUM', isUnder18: false, ...more });
const done = (tasks: readonly Task[], id: string, now: string, more: Partial<Completion> = {}): Task[] => completeTask(tasks, id, evidenceFor(find(tasks, id)), { act: act(now, more), settings });
const codes = (failures: readonly { readonly code: string }[]): string[] => failures.map(({ code }) => code);
const moment = (now: string) => ({ now, by: 'oic' });

describe('Found and not found (15.1 items 5 and 6)', () => {
  const child: Partial<TaskFacts> = { isUnder18: true, level: 'HIGH', triggers: ['LAC', 'CP_PLAN', 'EXPLOITATION', 'SUICIDE'].map(trigger => ({ trigger: trigger === 'LAC' ? 'LAC' : trigger === 'CP_PLAN' ? 'CP_PLAN' : trigger === 'SUICIDE' ? 'SUICIDE' : 'EXPLOITATION', at: recorded })) };
  it('S11: everything ends but the notices; the one to children\'s services stays only when it was due', () => {
    expect(open(found(opened(child), moment(plus(recorded, 20))))).toEqual(['X01', 'X04', 'X05']);
    expect(open(found(opened(child), moment(plus(recorded, 30))))).toEqual(['H10', 'X01', 'X04', 'X05']);
    const air = find(found(hold(opened(child), moment(plus(recorded, 10))), moment(plus(recorded, 20))), 'H06');
    expect(air).toMatchObject({ state: 'CANCELLED_FOUND', remainingMs: 50 * 60_000, doneAt: plus(recorded, 20) });
  });
  it('C22: the search goes on with what was left, who was stood down is told anew, and a second return asks everything again', () => {
    const verified = plus(recorded, 120);
    const back = plus(recorded, 300);
    const before = done(done(opened({}), 'A10', plus(recorded, 30)), 'M05', plus(recorded, 40));
    const back1 = done(opened({ stage: 'RETURN', now: verified, anchors: { ...base.anchors, T_VERIFIED: verified } }, found(before, moment(verified))), 'P03', plus(verified, 5));
    const tasks = verificationWrong(back1, { ...base, now: back }, settings);
    expect(open(tasks).filter(id => id.startsWith('P'))).toEqual([]);
    expect(find(tasks, 'M03')).toMatchObject({ state: 'CANCELLED_FOUND', reopenedAs: 'M03#2' });
    expect(find(tasks, 'M03#2')).toMatchObject({ state: 'TODO', dueAt: plus(back, 480 - 122) });
    expect(find(tasks, 'A10#2')).toMatchObject({ state: 'TODO', dueAt: back, hardDueAt: plus(reported, 48 * 60) });
    expect(find(tasks, 'M05#2').dueAt).toBe(back);
    expect(openTasks(tasks, { ...base, now: plus(back, 1) }, settings)).toEqual(tasks);
    const again = opened({ stage: 'RETURN', now: plus(back, 60), anchors: { ...base.anchors, T_VERIFIED: plus(back, 60) } }, found(tasks, moment(plus(back, 60))));
    expect(open(again)).toEqual(['P01#2', 'P02#2', 'P03#2', 'P04#2', 'P05#2', 'P09#2', 'P10#2', 'P13#2']);
  });
});

describe('Back from a mistaken return', () => {
  it('a level that was raised meanwhile counts', () => {
    const verified = plus(recorded, 120);
    const tasks = verificationWrong(found(opened({}), moment(verified)), { ...base, level: 'HIGH', now: plus(recorded, 300), anchors: { ...base.anchors, T_RISK: plus(recorded, 200) } }, settings);
    expect(find(tasks, 'A07#2')).toMatchObject({ dueAt: plus(recorded, 330), priority: 1 });
  });
  it('PNC that nobody cancelled is not asked for again; what was late already is due at once', () => {
    const verified = plus(recorded, 600);
    const tasks = verificationWrong(found(done(opened({}), 'A10', plus(recorded, 30)), moment(verified)), { ...base, now: plus(recorded, 700) }, settings);
    expect(tasks.map(({ taskId }) => taskId)).not.toContain('A10#2');
    expect(find(tasks, 'M01#2')).toMatchObject({ dueAt: plus(recorded, 700), escalations: [] });
  });
  it('C14: open tasks keep a case from being suspended, but for those that go on (15.2 item 33)', () => {
    const tasks = opened({ triggers: [{ trigger: 'MISSING_90D', at: recorded }, { trigger: 'LAC', at: recorded }] });
    expect(blockingSuspension(tasks).map(({ taskId }) => taskId)).toEqual(open(tasks).filter(id => !['A15', 'X22'].includes(id)));
  });
});

describe('Death (C10 to C12, C21, 15.1 items 13 and 14)', () => {
  const body = plus(recorded, 9 * 1440);
  const inBody = { stage: 'BODY' as const, now: body, triggers: [{ trigger: 'BODY_FOUND' as const, at: body }] };
  const pending = opened(inBody, deceasedHold(opened({}), moment(body)));
  it('S15: everything waits but what the death asks for', () => {
    expect(pending.filter(({ state }) => state === 'TODO').map(({ taskId }) => taskId)).toEqual(['X17', 'D01']);
    expect(find(pending, 'M01')).toMatchObject({ state: 'HOLD', heldFor: 'DEATH' });
  });
  it('S15: wrong after all: the family first, then everything with what was left; a body later asks for it all again', () => {
    const wrong = plus(body, 1440);
    const waiting = deathRefuted(pending, { ...base, now: wrong }, settings);
    expect(waiting.filter(({ state }) => state === 'TODO').map(({ taskId }) => taskId)).toEqual(['D02']);
    expect(codes(completionFailures(waiting, 'M01', complete.VISIT, act(wrong)))).toEqual(['GUARD_UNMET']);
    expect(codes(startFailures(waiting, 'M01'))).toContain('GUARD_UNMET');
    const told = done(waiting, 'D02', plus(wrong, 30));
    expect(find(told, 'M05')).toMatchObject({ state: 'TODO', dueAt: plus(reported, 72 * 60) });
    expect(Date.parse(find(told, 'M06').dueAt) - Date.parse(plus(wrong, 30))).toBe(find(pending, 'M06').remainingMs);
    expect(open(told)).not.toContain('D02');
    const true2 = plus(wrong, 20 * 1440);
    const second = opened({ ...inBody, now: true2, triggers: [{ trigger: 'BODY_FOUND', at: true2 }] }, deceasedHold(told, moment(true2)));
    expect(second.filter(({ state }) => state === 'TODO').map(({ taskId }) => taskId)).toEqual(['X17#2', 'D01#2']);
    const death = opened({ stage: 'DEATH', now: true2, isUnder18: true, triggers: [{ trigger: 'DECEASED_CONFIRMED', at: true2 }, { trigger: 'REPEAT', at: recorded }], anchors: { ...base.anchors, T_VERIFIED: true2 } }, deceasedConfirmed(second, moment(true2)));
    expect(find(death, 'D02#2').state).toBe('TODO');
    expect(death.filter(({ state, doneAt }) => state === 'NOT_APPLICABLE' && doneAt === true2).map(({ taskId }) => taskId)).toEqual(['P01', 'P02', 'P06', 'P07', 'P12']);
    expect(death.filter(({ state }) => state === 'HOLD').map(({ taskId, heldFor }) => [taskId, heldFor])).toEqual([['P04', 'GATE'], ['P05', 'GATE'], ['P08', 'GATE']]);
    expect(open(death)).toEqual(expect.arrayContaining(['X17#2', 'D01#2', 'D03', 'D04', 'P03', 'P10']));
    const family = done(death, 'D02#2', plus(true2, 60));
    expect([find(family, 'P04').state, find(family, 'P05').state]).toEqual(['TODO', 'HOLD']);
    expect(codes(completionFailures(family, 'P05', complete.STAND_DOWN, act(true2)))).toEqual(['GUARD_UNMET']);
    const released = releaseGates(family, { now: plus(true2, 90), deathReleasedAt: plus(true2, 90) });
    expect(find(released, 'P05')).toMatchObject({ state: 'TODO', dueAt: plus(true2, 105) });
  });
  it('C7 frees what waited for "reported found" and nothing that waits for a death', () => {
    const held = deceasedHold(opened({}), moment(body));
    expect(resume(held, moment(plus(body, 5)))).toEqual(held);
    expect(find(resume(hold(opened({}), moment(recorded)), moment(plus(recorded, 5))), 'M03').state).toBe('TODO');
  });
  it('what waited for "reported found" waits for the family too, unless the case returns to that', () => {
    const held = deceasedHold(hold(opened({}), moment(plus(recorded, 60))), moment(body));
    const told = (isOnHold: boolean) => done(deathRefuted(held, { ...base, now: plus(body, 60), isOnHold }, settings), 'D02', plus(body, 90));
    expect([find(told(true), 'M03').heldFor, find(told(true), 'M01').state]).toEqual(['LOCATED', 'TODO']);
    expect(find(deathRefuted(held, { ...base, now: plus(body, 60) }, settings), 'M03')).toMatchObject({ state: 'HOLD', heldFor: 'GATE' });
    expect(find(told(false), 'M03')).toMatchObject({ state: 'TODO', dueAt: plus(body, 90 + 480 - 62) });
  });
  it('an unidentified body keeps its own clock, and its task stays when the death is confirmed', () => {
    const tasks = opened({ triggers: [{ trigger: 'UNIDENTIFIED_FOUND', at: body }], now: body });
    expect(find(deceasedConfirmed(deceasedHold(tasks, moment(body)), moment(plus(body, 60))), 'X24').state).toBe('TODO');
  });
});

describe('Completion (3.8, 15.2 items 23, 24 and 34)', () => {
  const tasks = opened({ level: 'HIGH' });
  it('needs the evidence of its kind, with every item of the list', () => {
    expect(codes(completionFailures(tasks, 'A03', undefined, act(recorded)))).toEqual(['EVIDENCE_MISSING']);
    expect(codes(completionFailures(tasks, 'A04', { kind: 'CHECKLIST', items: [{ item: 'PNC', result: 'NIL' }] }, act(recorded)))).toEqual(['EVIDENCE_MISSING']);
    expect(completionFailures(tasks, 'A04', { kind: 'CHECKLIST', items: [{ item: 'PNC', result: 'NIL' }] }, act(recorded))[0]?.why).toMatch(/PND, LOCAL_INTELLIGENCE/);
    expect(codes(completionFailures(tasks, 'A04', { kind: 'CHECKLIST', items: [{ item: 'PNC', result: 'HIT' }] }, act(recorded)))).toEqual(['EVIDENCE_MISSING']);
    for (const item of tasks) expect([item.taskId, completionFailures(tasks, item.taskId, evidenceFor(item), act(recorded))]).toEqual([item.taskId, []]);
    expect(codes(completionFailures(tasks, 'Z1', complete.ACK, act(recorded)))).toEqual(['NOT_FOUND']);
  });
  it('H03: a late deployment says why', () => {
    expect(codes(completionFailures(tasks, 'H03', { kind: 'DEPLOYMENT', unit: 'NC11', at: plus(recorded, 9) }, act(plus(recorded, 9))))).toEqual(['EVIDENCE_MISSING']);
    expect(completionFailures(tasks, 'H03', { kind: 'DEPLOYMENT', unit: 'NC11', at: plus(recorded, 9), delayReason: 'Water at night' }, act(plus(recorded, 9)))).toEqual([]);
  });
  it('ends once; starts from waiting only', () => {
    const ended = done(tasks, 'A03', plus(recorded, 5));
    expect(find(ended, 'A03')).toMatchObject({ state: 'DONE', doneAt: plus(recorded, 5), doneBy: 'oic' });
    expect(codes(completionFailures(ended, 'A03', complete.AGREED_PLAN, act(recorded)))).toEqual(['TRANSITION_NOT_ALLOWED']);
    expect(codes(startFailures(ended, 'A03'))).toEqual(['TRANSITION_NOT_ALLOWED']);
    expect(find(startTask(tasks, 'A04', moment(recorded)), 'A04')).toMatchObject({ state: 'DOING', ownerUserId: 'oic' });
    expect(() => completeTask(tasks, 'A03', complete.ACK, { act: act(recorded), settings })).toThrow(RangeError);
  });
  it('P01 not done needs an inspector who is somebody else (2.4); SUPERSEDED names the next case (item 7)', () => {
    const after = opened({ stage: 'RETURN', anchors: { ...base.anchors, T_VERIFIED: recorded } });
    const refusedIt = { ...complete.PREVENTION_INTERVIEW, outcome: 'REFUSED', reason: 'Would not speak with us' };
    const by = (roles: Completion['approver']) => codes(completionFailures(after, 'P01', refusedIt, act(recorded, { ...(roles && { approver: roles }) })));
    expect([by(undefined), by({ userId: 's', roles: ['SGT'] }), by({ userId: 'OIC', roles: ['INSP'] }), by({ userId: 'i', roles: ['INSP'] })]).toEqual([['ROLE_DENIED'], ['ROLE_DENIED'], ['SEGREGATION'], []]);
    expect(codes(completionFailures(after, 'P01', { ...complete.PREVENTION_INTERVIEW, outcome: 'SUPERSEDED' }, act(recorded)))).toEqual(['EVIDENCE_MISSING']);
  });
  it('A15 begins anew with the promised call, V02 no later than its window', () => {
    const call = completeTask(tasks, 'A15', { ...evidenceFor({ templateId: 'A15' }), kind: 'CONTACT', at: recorded, channel: 'PHONE', withWhom: 'Informant', note: 'Told so far', nextContactAt: plus(recorded, 300) }, { act: act(plus(recorded, 60), { level: 'HIGH' }), settings });
    expect(find(call, 'A15#2')).toMatchObject({ state: 'TODO', dueAt: plus(recorded, 300), due: 'AGREED' });
    expect(find(done(call, 'A15#2', plus(recorded, 300), { level: 'HIGH' }), 'A15#3').dueAt).toBe(plus(recorded, 420));
    const low = opened({ level: 'VERY_LOW' });
    const again = completeTask(low, 'V02', { kind: 'REASSESSMENT', assessmentSeq: 3, nextAt: plus(recorded, 5000) }, { act: act(plus(recorded, 60), { level: 'VERY_LOW' }), settings });
    expect(find(again, 'V02#2').dueAt).toBe(plus(recorded, 420));
    expect(open(completeTask(low, 'V02', complete.REASSESSMENT, { act: act(plus(recorded, 60), { level: 'LOW' }), settings }))).not.toContain('V02#2');
  });
  it('P07 every five days from its first due time, never chained, until the outcome is known', () => {
    const returned = '2026-10-20T08:00:00.000Z';
    const after = opened({ stage: 'RETURN', isUnder18: true, now: returned, anchors: { ...base.anchors, T_VERIFIED: returned } });
    expect(find(after, 'P07').dueAt).toBe('2026-10-23T08:00:00.000Z');
    const two = done(after, 'P07', '2026-10-24T20:00:00.000Z');
    expect(find(two, 'P07#2').dueAt).toBe('2026-10-28T09:00:00.000Z');
    expect(find(done(two, 'P07#2', '2026-11-03T10:00:00.000Z'), 'P07#3').dueAt).toBe('2026-11-07T09:00:00.000Z');
    const ended = completeTask(two, 'P07#2', { kind: 'RHI_OUTCOME', outcome: 'DECLINED', at: returned }, { act: act('2026-11-03T10:00:00.000Z'), settings });
    expect(open(ended)).not.toContain('P07#3');
    expect(opened({ stage: 'RETURN', isUnder18: true, now: returned, anchors: { ...base.anchors, T_VERIFIED: returned } }, ended)).toEqual(ended);
  });
  it('not applicable: a reason, a sergeant for what is mandatory, an inspector for P01, and somebody else (item 34)', () => {
    const after = opened({ stage: 'RETURN', anchors: { ...base.anchors, T_VERIFIED: recorded } });
    const no = (id: string, approver?: Completion['approver'], reason = 'It does not apply here.') => codes(notApplicableFailures(find([...tasks, ...after], id), { by: 'oic', reason, ...(approver && { approver }) }));
    expect([no('A06'), no('A06', undefined, 'no')]).toEqual([[], ['REASON_REQUIRED']]);
    expect([no('A03'), no('A03', { userId: 's', roles: ['SGT'] }), no('A03', { userId: 'oic', roles: ['SGT'] }), no('A03', { userId: 'p', roles: ['OIC'] })]).toEqual([['ROLE_DENIED'], [], ['SEGREGATION'], ['ROLE_DENIED']]);
    expect([no('P01', { userId: 's', roles: ['SGT'] }), no('P01', { userId: 'i', roles: ['INSP'] }), no('P09')]).toEqual([['ROLE_DENIED'], [], ['ROLE_DENIED']]);
    const gone = markNotApplicable(find(tasks, 'A06'), { ...moment(recorded), reason: ' No hospitals near. ' });
    expect(gone).toMatchObject({ state: 'NOT_APPLICABLE', naReason: 'No hospitals near.' });
    expect(codes(notApplicableFailures(gone, { by: 'oic', reason: 'It does not apply here.' }))).toEqual(['TRANSITION_NOT_ALLOWED']);
  });
  it('I5: what blocks closure; P07 and P10 outlive it, a merged record keeps nothing open', () => {
    const after = opened({ stage: 'RETURN', isUnder18: true, anchors: { ...base.anchors, T_VERIFIED: recorded } });
    expect(blockingClosure(after).map(({ taskId }) => taskId)).toEqual(['P01', 'P02', 'P03', 'P04', 'P05', 'P06', 'P08', 'P09']);
    expect(open(closed(after, moment(recorded)))).toEqual(['P07', 'P10']);
    expect(open(mergedCancelled(tasks, 'MP/1', moment(recorded)))).toEqual([]);
    expect(open(opened({ stage: 'RETURN', isUnder18: true, anchors: { ...base.anchors, T_VERIFIED: recorded } }, closed(after, moment(recorded))))).toContain('P13#2');
  });
});

describe('Golden hour (glossary)', () => {
  it('counts until T_REPORTED + 60 min, then is frozen', () => {
    const tasks = opened({});
    const total = tasks.filter(item => item.goldenHour).length;
    const within = done(done(tasks, 'A04', plus(reported, 20)), 'A05', plus(reported, 60));
    expect(goldenHour(within, reported, plus(reported, 30))).toEqual({ done: 1, total, isFrozen: false });
    expect(goldenHour(within, reported, plus(reported, 60))).toEqual({ done: 2, total, isFrozen: true });
    const late = found(opened({ level: 'HIGH', now: plus(reported, 100) }, done(within, 'A06', plus(reported, 61))), moment(plus(reported, 200)));
    expect(goldenHour(late, reported, plus(reported, 5000))).toEqual({ done: 2, total, isFrozen: true });
    expect(goldenHour([markNotApplicable(find(tasks, 'A13'), { ...moment(plus(reported, 5)), reason: 'No vehicle at all.' })], reported, plus(reported, 70)).total).toBe(0);
  });
});
