import { describe, expect, it } from '@jest/globals';
import { isOpen, openMissing, rankOf } from '../../../functions/missing-persons/rules/terms.ts';
import { isOpenTask } from '../../../functions/missing-persons/rules/tasks/task.ts';
import { isOutward } from '../../../functions/missing-persons/rules/notices/lookup.ts';
import { nextDue } from '../../../functions/missing-persons/rules/law/due.ts';
import type { MissingRecord } from '../../../functions/missing-persons/state.ts';
import { actNames, anyAct, pick, seeded } from './anyAct.ts';
import { Desk, settings, type Name } from './desk.ts';

const people: readonly [Name, ...Name[]] = ['cora', 'fred', 'abby', 'oscar', 'sita', 'ivan', 'ida', 'dora', 'suki', 'mo'];

/** The invariants (0.3, 15.1 item 8) that can be seen on a record, with the one before it. */
function broken(before: MissingRecord | undefined, after: MissingRecord, now: string): string[] {
  const { file, risk, report, owner, tasks, notices } = after;
  const faults: string[] = [];
  const check = (isSo: boolean, rule: string): void => { if (!isSo) faults.push(rule); };
  if (file && isOpen(file.state) && file.state !== 'TRANSFERRED_OUT') check(after.nextReviewAt !== undefined, 'I1 an open case has no next review');
  check(owner.userId !== '', 'I2 nobody owns it');
  const last = risk?.assessments.at(-1);
  if (risk) check(last?.level === risk.level && last.seq === risk.seq && last.byUser !== '', 'I3 a level without its assessment');
  if (before?.risk && risk && rankOf(risk.level) < rankOf(before.risk.level)) check((last?.changeType === 'REDUCE' || last?.changeType === 'REFUSE_RAISE') && last.confirmBy !== undefined && last.confirmBy !== last.byUser && last.byUser !== 'system', 'I4 one person lowered the level');
  if (file?.state === 'CLOSED' && file.transferOut === undefined) check(!tasks.some(task => task.blocksClose && isOpenTask(task) && task.voidedAt === undefined), 'I5 closed with a task that blocks closure');
  check(notices.every(one => !isOutward(one.kind) || one.basis !== undefined), 'I6 an outward message without a basis');
  check(notices.every(one => one.n !== 'N15' || !one.fields.includes('foundPlace')), 'I7 the informant would learn the place');
  if (file?.stoppedAt !== undefined) check(notices.every(one => !isOutward(one.kind) || one.n === 'N17' || one.n === 'N13' || one.state !== 'QUEUED' || one.queuedAt >= (file.stoppedAt ?? '')), '15.1.20 a message of the search is still queued after found');
  if (!file && ['RECEIVED', 'SCREENED', 'REDIRECTED', 'CONCERN_FOR_WELFARE'].includes(report.state)) check(report.ownerUserId !== '' && report.dueAt !== undefined, 'I11 a report that waits has no owner or time');
  if (before) check(before.clocks.reported === after.clocks.reported, 'the clock of the report moved');
  const due = nextDue(after, settings);
  check(due === undefined || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(due.at), 'I9 a time that is not UTC');
  if (file && openMissing.includes(file.state)) check(due !== undefined, 'a missing person of whom nothing becomes due');
  check(now !== '', 'a clock');
  return faults;
}

interface Played { readonly accepted: number; readonly states: ReadonlySet<string>; readonly acts: ReadonlySet<string>; readonly faults: readonly string[] }

function play(seed: number, steps: number): Played {
  const random = seeded(seed);
  const desk = new Desk('2026-11-20T08:00:00.000Z');
  desk.call({ givenName: 'Sam', familyName: 'Sample', lastSeenPlace: 'Sample Street', lastSeenUnknown: 'yes', lastSeenReason: 'Not known', informantPhone: '01632 960001', worries: 'He left no word and that is not like him at all', age: random() < 0.5 ? '15' : '44' });
  const seen = { accepted: 0, states: new Set<string>([desk.state]), acts: new Set<string>(), faults: [...broken(undefined, desk.record, desk.now)] };
  const step = (act: () => string, name: string, by: string): void => {
    const before = desk.record;
    const said = act();
    if (said === 'accepted') seen.accepted += 1;
    if (said === 'accepted') seen.acts.add(name);
    seen.states.add(desk.state);
    seen.faults.push(...broken(before, desk.record, desk.now).map(fault => `${fault} (seed ${seed}, ${name} by ${by} at ${before.file?.state ?? before.report.state})`));
    if (by === 'system' && before.file && desk.record.file) {
      const lowered = before.risk && desk.record.risk && rankOf(desk.record.risk.level) < rankOf(before.risk.level);
      if (lowered || desk.record.file.state !== before.file.state) seen.faults.push(`I10 the system moved or lowered it (seed ${seed})`);
    }
  };
  // Most of what is interesting lies behind an accepted report.
  if (random() < 0.9) {
    desk.answers();
    step(() => desk.act({ do: 'ScreenReport', thrive: 'Looked at.', level: 'MEDIUM', matchesSeen: [] }, 'cora'), 'ScreenReport', 'cora');
    step(() => desk.act({ do: 'AcceptReport', rationale: 'Nothing is known of where he is, no contact.' }, 'cora'), 'AcceptReport', 'cora');
  }
  for (let n = 0; n < steps; n++) {
    if (random() < 0.2) {
      desk.now = new Date(Date.parse(desk.now) + Math.floor(random() * random() * 48 * 3_600_000)).toISOString();
      step(() => { desk.outage(desk.now); return 'accepted'; }, 'time', 'system');
      continue;
    }
    const name = pick(random, [actNames[0] ?? 'AcceptReport', ...actNames.slice(1)]);
    const act = anyAct(name, desk.record, desk.now, random);
    if (!act) continue;
    const by = pick(random, people);
    step(() => desk.act(act, by), name, by);
  }
  return seen;
}

describe('random sequences over the whole law', () => {
  const count = Number(process.env['MISSING_SEQUENCES'] ?? '60');
  it(`${count} sequences of 40 commands keep the invariants`, () => {
    const all = Array.from({ length: count }, (_, n) => play(n + 1, 40));
    expect([...new Set(all.flatMap(({ faults }) => faults))].slice(0, 10)).toEqual([]);
    const states = new Set(all.flatMap(one => [...one.states]));
    const acts = new Set(all.flatMap(one => [...one.acts]));
    // The sequences reach what they are to be held against.
    expect([...states]).toEqual(expect.arrayContaining(['OPEN_UNCONFIRMED', 'LOCATED_UNVERIFIED', 'RETURN_ACTIONS', 'DECEASED_PENDING_ID']));
    expect(acts.size).toBeGreaterThan(25);
    expect(all.reduce((sum, one) => sum + one.accepted, 0)).toBeGreaterThan(count * 4);
  }, 600_000);
});
