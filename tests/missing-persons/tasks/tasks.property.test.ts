import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { completeTask, completionFailures } from '../../../functions/missing-persons/rules/tasks/complete.ts';
import { found, verificationWrong } from '../../../functions/missing-persons/rules/tasks/ending.ts';
import { escalateNow, nextEscalation } from '../../../functions/missing-persons/rules/tasks/escalate.ts';
import { hold, resume } from '../../../functions/missing-persons/rules/tasks/hold.ts';
import { onLevelChange } from '../../../functions/missing-persons/rules/tasks/level.ts';
import { goldenHour } from '../../../functions/missing-persons/rules/tasks/goldenHour.ts';
import { openTasks } from '../../../functions/missing-persons/rules/tasks/open.ts';
import type { FiredTrigger, TaskFacts } from '../../../functions/missing-persons/rules/tasks/plan.ts';
import { isOpenTask, task as schema, type Escalation, type Task } from '../../../functions/missing-persons/rules/tasks/task.ts';
import { templateOf } from '../../../functions/missing-persons/rules/tasks/templates.ts';
import { levels, rankOf, type RiskLevel } from '../../../functions/missing-persons/rules/terms.ts';
import { base, evidenceFor, plus, recorded, reported, settings } from './facts.ts';

type Act =
  | { do: 'level'; to: RiskLevel } | { do: 'child' } | { do: 'trigger'; trigger: FiredTrigger['trigger']; instance: string | undefined } | { do: 'owner' } | { do: 'complete'; n: number } | { do: 'hold' } | { do: 'resume' } | { do: 'sweep' }
  | { do: 'foundWrong' } | { do: 'regenerate' };

const triggerArb = fc.constantFrom<FiredTrigger['trigger']>('LAC', 'CP_PLAN', 'EXPLOITATION', 'SUICIDE', 'DEMENTIA', 'MISSING_24H', 'REPEAT', 'CREDIBLE_SIGHTING', 'SUSPENDED_NEWS', 'RAISED', 'UNIDENTIFIED_FOUND');
const actArb: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constant('level' as const), to: fc.constantFrom(...levels) }), fc.constant<Act>({ do: 'child' }), fc.constant<Act>({ do: 'owner' }), fc.constant<Act>({ do: 'hold' }), fc.constant<Act>({ do: 'resume' }),
  fc.record({ do: fc.constant('trigger' as const), trigger: triggerArb, instance: fc.constantFrom(undefined, 'one', 'two') }), fc.record({ do: fc.constant('complete' as const), n: fc.nat(60) }),
  fc.constant<Act>({ do: 'sweep' }), fc.constant<Act>({ do: 'foundWrong' }), fc.constant<Act>({ do: 'regenerate' }),
);
const story = fc.array(fc.tuple(actArb, fc.integer({ min: 1, max: 900 })), { maxLength: 25 });

/** The functions under test, so that a broken twin can take the place of one. */
const real = { openTasks, hold, resume, found, onLevelChange, escalateNow };
type Rules = typeof real;

/** `log`: every escalation that was fired, by task. */
interface World { tasks: Task[]; facts: TaskFacts; log: readonly Fired[] }
interface Fired { taskId: string; row: Escalation }

function step(world: World, act: Act, now: string, rules: Rules): World {
  if (act.do !== 'sweep') return { ...moved(world, act, now, rules), log: world.log };
  const swept = world.tasks.map(item => rules.escalateNow(item, world.facts.level, now, settings));
  return { tasks: swept.map(({ task }) => task), facts: { ...world.facts, now }, log: [...world.log, ...swept.flatMap(({ task, escalation }) => (escalation ? [{ taskId: task.taskId, row: escalation }] : []))] };
}

function moved({ tasks, facts }: World, act: Exclude<Act, { do: 'sweep' }>, now: string, rules: Rules): Omit<World, 'log'> {
  const at = { ...facts, now };
  switch (act.do) {
    case 'level': {
      if (act.to === facts.level) return { tasks, facts: at };
      const next = { ...at, level: act.to, anchors: { ...facts.anchors, T_RISK: now } };
      return { tasks: rules.openTasks(rules.onLevelChange(tasks, { from: facts.level, to: act.to, at: now }, next, settings), next, settings), facts: next };
    }
    case 'child': { const next = { ...at, isUnder18: true }; return { tasks: rules.openTasks(tasks, next, settings), facts: next }; }
    case 'owner': { const next = { ...at, anchors: { ...facts.anchors, T_OWNER: now } }; return { tasks: rules.openTasks(tasks, next, settings), facts: next }; }
    case 'trigger': { const next = { ...at, triggers: [...facts.triggers, { trigger: act.trigger, at: now, ...(act.instance !== undefined && { instance: act.instance }) }] }; return { tasks: rules.openTasks(tasks, next, settings), facts: next }; }
    case 'complete': {
      const open = tasks.filter(isOpenTask);
      const item = open[act.n % Math.max(1, open.length)];
      const evidence = item && evidenceFor(item);
      const doing = { now, by: 'oic', level: facts.level, isUnder18: facts.isUnder18 };
      if (!item || !evidence || completionFailures(tasks, item.taskId, evidence, doing).length > 0) return { tasks, facts: at };
      return { tasks: completeTask(tasks, item.taskId, evidence, { act: doing, settings }), facts: at };
    }
    case 'hold': return { tasks: rules.hold(tasks, { now }), facts: { ...at, isOnHold: true } };
    case 'resume': return { tasks: rules.resume(tasks, { now }), facts: { ...at, isOnHold: false } };
    case 'foundWrong': {
      const { T_VERIFIED: _v, ...anchors } = facts.anchors;
      const gone = rules.found(tasks, { now, by: 'oic' });
      const back = rules.openTasks(gone, { ...at, stage: 'RETURN', anchors: { ...facts.anchors, T_VERIFIED: now } }, settings);
      return { tasks: verificationWrong(back, { ...at, anchors, isOnHold: false }, settings), facts: { ...at, anchors, isOnHold: false } };
    }
    case 'regenerate': return { tasks: rules.openTasks(tasks, at, settings), facts: at };
  }
}

function doubles({ tasks }: Pick<World, 'tasks'>): string[] {
  const open = tasks.filter(item => isOpenTask(item) && item.voidedAt === undefined);
  const key = ({ templateId, instance }: Task) => `${templateId}:${instance ?? ''}`;
  const duty = ({ templateId }: Task) => templateOf(templateId).duty;
  return [
    ...open.filter((item, index) => open.findIndex(other => key(other) === key(item)) !== index).map(({ taskId }) => `two open: ${taskId}`),
    ...open.filter((item, index) => duty(item) !== undefined && open.findIndex(other => duty(other) === duty(item)) !== index).map(({ taskId }) => `duty twice: ${taskId}`),
    ...tasks.filter((item, index) => tasks.findIndex(other => other.taskId === item.taskId) !== index).map(({ taskId }) => `id twice: ${taskId}`),
  ];
}

/** What a step may never do to a task that was there before it. */
function wrongs(before: World, after: World, act: Act): string[] {
  return before.tasks.filter(isOpenTask).flatMap(item => {
    const now = after.tasks.find(({ taskId }) => taskId === item.taskId);
    if (!now) return [`lost: ${item.taskId}`];
    const isStill = isOpenTask(now);
    return [
      ...(now.hardDueAt === item.hardDueAt ? [] : [`hard limit moved: ${item.taskId}`]),
      ...(isStill && act.do === 'level' && rankOf(after.facts.level) > rankOf(before.facts.level) && now.dueAt > item.dueAt ? [`a raise made it later: ${item.taskId}`] : []),
      ...(isStill && act.do === 'level' && rankOf(after.facts.level) < rankOf(before.facts.level) && now.dueAt !== item.dueAt ? [`a reduction moved it: ${item.taskId}`] : []),
      ...(isStill && now.hardDueAt !== undefined && now.dueAt > now.hardDueAt ? [`due after its hard limit: ${item.taskId}`] : []),
      ...(after.log.slice(before.log.length).some(({ taskId }) => taskId === item.taskId) && item.state === 'HOLD' && !now.escalations.at(-1)?.step.startsWith('HARD_') ? [`escalated on hold: ${item.taskId}`] : []),
    ];
  });
}

function repeats(log: readonly Fired[]): string[] {
  const marks = log.map(({ taskId, row }) => (row.step === 'REPEAT' || row.step === 'HARD_REPEAT' ? `${taskId} ${row.step} ${row.at}` : `${taskId} ${row.step}`));
  const hidden = log.filter(({ row: { at, firedAt, lateMs } }) => lateMs < 0 || lateMs !== Date.parse(firedAt) - Date.parse(at));
  return [...marks.filter((mark, index) => marks.indexOf(mark) !== index).map(mark => `fired twice: ${mark}`), ...hidden.map(({ taskId }) => `lateness hidden: ${taskId}`)];
}

/** Everything that is wrong in a story. */
function faults(acts: readonly (readonly [Act, number])[], rules: Rules): string[] {
  let world: World = { tasks: rules.openTasks([], base, settings), facts: base, log: [] };
  let now = recorded;
  return acts.flatMap(([act, minutes]) => {
    now = plus(now, minutes);
    const after = step(world, act, now, rules);
    const again = rules.openTasks(after.tasks, after.facts, settings);
    const missing = act.do === 'resume' && after.tasks.some(({ state, heldFor }) => state === 'HOLD' && heldFor === 'LOCATED') ? ['still on hold'] : [];
    const list = [...doubles({ tasks: again }), ...wrongs(world, after, act), ...repeats(after.log), ...missing, ...(doubledBy(after, again))];
    world = after;
    return list;
  });
}

const settled: readonly Act['do'][] = ['level', 'child', 'trigger', 'owner', 'regenerate', 'foundWrong'];
function doubledBy(after: World, again: readonly Task[]): string[] {
  const third = openTasks(again, after.facts, settings);
  return third.length === again.length ? [] : [`regenerating adds for ever: ${third.length} after ${again.length}`];
}

/** Tasks that "found" should have ended, and those that it should not have. */
function wrongAfterFound(acts: readonly (readonly [Act, number])[], minutes: number, rule: typeof found): string[] {
  let world: World = { tasks: openTasks([], base, settings), facts: base, log: [] };
  acts.forEach(([act], index) => { world = step(world, act, plus(recorded, 60 * index), real); });
  const now = plus(world.facts.now, minutes);
  const stays = ({ templateId, dueAt }: Task) => templateId.startsWith('P') || ['X01', 'X04', 'X05', 'X06'].includes(templateId) || (['M02', 'L02', 'H10'].includes(templateId) && dueAt <= now);
  const left = new Set(rule(world.tasks, { now, by: 'oic' }).filter(isOpenTask).map(({ taskId }) => taskId));
  return world.tasks.filter(isOpenTask).filter(item => left.has(item.taskId) !== stays(item)).map(({ taskId }) => taskId);
}

const breaks = (rules: Partial<Rules>): boolean => fc.check(fc.property(story, acts => faults(acts, { ...real, ...rules }).length === 0), { numRuns: 300 }).failed;

describe('Invariants of tasks', () => {
  it('no story of levels, flags, owners, completions, holds, sweeps and mistaken returns doubles or loses a task, moves a hard limit or fires twice', () => {
    fc.assert(fc.property(story, acts => { expect(faults(acts, real)).toEqual([]); }), { numRuns: 400 });
  }, 120_000);
  it('what is stored fits the schema after any story', () => {
    fc.assert(fc.property(story, acts => {
      let world: World = { tasks: openTasks([], base, settings), facts: base, log: [] };
      acts.forEach(([act, minutes], index) => { world = step(world, act, plus(recorded, minutes * (index + 1)), real); });
      expect(world.tasks.flatMap(item => schema.safeParse(item).error?.issues ?? [])).toEqual([]);
    }), { numRuns: 100 });
  });
  it('asking again adds nothing', () => {
    fc.assert(fc.property(story, acts => {
      let world: World = { tasks: openTasks([], base, settings), facts: base, log: [] };
      acts.forEach(([act, minutes], index) => { world = step(world, act, plus(recorded, 900 * index + minutes), real); if (settled.includes(act.do)) expect(openTasks(world.tasks, world.facts, settings)).toEqual(world.tasks); });
    }), { numRuns: 200 });
  });
  const foundIs = fc.property(story, fc.integer({ min: 1, max: 3000 }), (acts, minutes) => { expect(wrongAfterFound(acts, minutes, found)).toEqual([]); });
  it('after found nothing is open but P tasks and the notices of 15.1 item 5', () => fc.assert(foundIs, { numRuns: 200 }));
  it('the golden hour does not change once it is over', () => {
    fc.assert(fc.property(story, acts => {
      let world: World = { tasks: openTasks([], base, settings), facts: base, log: [] };
      let last: unknown;
      acts.forEach(([act], index) => {
        const now = plus(recorded, 13 * index + 1);
        world = step(world, act, now, real);
        const count = goldenHour(world.tasks, reported, now);
        if (last !== undefined) expect(count).toEqual(last);
        if (count.isFrozen) last = count;
      });
    }), { numRuns: 200 });
  });

  it.each<[string, Partial<Rules>]>([
    ['opens what is there already', { openTasks: (tasks, facts, own) => [...tasks, ...openTasks([], facts, own)] }],
    ['forgets that a duty has two ids', { openTasks: (tasks, facts, own) => [...tasks, ...openTasks(tasks.filter(({ templateId }) => templateOf(templateId).duty === undefined), facts, own).slice(tasks.filter(({ templateId }) => templateOf(templateId).duty === undefined).length)] }],
    ['freezes the hard limit', { hold: (tasks, at) => hold(tasks, at).map(({ hardDueAt, ...item }) => (item.state === 'HOLD' || hardDueAt === undefined ? item : { ...item, hardDueAt })) }],
    ['does not remember what was fired', { escalateNow: (item, level, now, own) => { const { escalation } = escalateNow({ ...item, escalations: [] }, level, now, own); return { task: escalation ? { ...item, escalations: [...item.escalations, escalation] } : item, escalation }; } }],
    ['escalates what is on hold', { escalateNow: (item, level, now, own) => { const { task, escalation } = escalateNow({ ...item, state: item.state === 'HOLD' ? 'TODO' : item.state }, level, now, own); return { task: { ...task, state: item.state }, escalation }; } }],
    ['lets a raise postpone', { onLevelChange: (tasks, change) => tasks.map(item => (isOpenTask(item) ? { ...item, dueAt: plus(change.at, 9000) } : item)) }],
    ['loses a hold', { resume: tasks => [...tasks] }],
  ])('a broken twin that %s is caught', (_what, rules) => expect(breaks(rules)).toBe(true), 120_000);
  it.each<[string, typeof found]>([
    ['leaves the search open', tasks => [...tasks]],
    ['keeps a notice that was not due', (tasks, moment) => found(tasks.map(item => (item.templateId === 'M02' ? { ...item, dueAt: recorded } : item)), moment)],
    ['ends the notices too', (tasks, moment) => found(tasks, moment).map(item => (isOpenTask(item) && !item.templateId.startsWith('P') ? { ...item, state: 'CANCELLED_FOUND' as const } : item))],
  ])('a broken "found" that %s is caught', (_what, broken) => {
    expect(fc.check(fc.property(story, fc.integer({ min: 1, max: 3000 }), (acts, minutes) => wrongAfterFound(acts, minutes, broken).length === 0), { numRuns: 400 }).failed).toBe(true);
  });
});

describe('Invariants of the ladder', () => {
  const ladderTasks = ['A03', 'A10', 'M01', 'M05', 'H01', 'H05', 'H09'] as const;
  const opened = new Map(levels.flatMap(level => openTasks([], { ...base, level }, settings).filter(({ templateId }) => ladderTasks.some(id => id === templateId)).map(item => [`${level} ${item.taskId}`, { level, item }] as const)));
  const one = fc.constantFrom(...opened.values());
  const clock = fc.array(fc.integer({ min: -500, max: 9000 }), { minLength: 1, maxLength: 30 });

  it('whatever the clock does, a step fires once, and what comes next lies after now', () => {
    fc.assert(fc.property(one, clock, fc.array(fc.constantFrom(...levels), { minLength: 1, maxLength: 4 }), ({ item }, minutes, atLevels) => {
      let task = item;
      const log: Fired[] = [];
      minutes.forEach((minute, index) => {
        const now = plus(recorded, minute);
        const level = atLevels[index % atLevels.length] ?? 'MEDIUM';
        const fired = escalateNow(task, level, now, settings);
        task = fired.task;
        if (fired.escalation) log.push({ taskId: task.taskId, row: fired.escalation });
        expect(escalateNow(task, level, now, settings).escalation).toBeUndefined();
        const next = nextEscalation(task, level, settings);
        expect(next && next.at > now).toBe(true);
      });
      expect(repeats(log)).toEqual([]);
      expect(task.escalations.length).toBeLessThan(8);
    }), { numRuns: 500 });
  });
  it('an outage changes what was told on the way and not whom it has reached in the end', () => {
    fc.assert(fc.property(one, clock, ({ level, item }, minutes) => {
      const sorted = [...minutes].sort((a, b) => a - b);
      const end = plus(recorded, sorted.at(-1) ?? 0);
      const stepwise = sorted.reduce((task, minute) => escalateNow(task, level, plus(recorded, minute), settings).task, item);
      const atOnce = escalateNow(item, level, end, settings).task;
      const last = ({ escalations }: Task) => escalations.at(-1) && { step: escalations.at(-1)?.step, at: escalations.at(-1)?.at };
      expect(last(stepwise)).toEqual(last(atOnce));
      expect(atOnce.escalations.length).toBeLessThanOrEqual(1);
    }), { numRuns: 500 });
  });
});
