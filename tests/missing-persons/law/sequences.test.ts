import { describe, expect, it } from '@jest/globals';
import { isOpen, openMissing, rankOf } from '../../../functions/missing-persons/rules/terms.ts';
import { isOpenTask } from '../../../functions/missing-persons/rules/tasks/task.ts';
import { isOutward } from '../../../functions/missing-persons/rules/notices/lookup.ts';
import { nextDue } from '../../../functions/missing-persons/rules/law/due.ts';
import type { MissingRecord } from '../../../functions/missing-persons/state.ts';
import { actNames, anyAct, pick, seeded } from './anyAct.ts';
import { Desk, settings, type Name } from './desk.ts';

const people: readonly [Name, ...Name[]] = ['cora', 'fred', 'abby', 'oscar', 'sita', 'ivan', 'ida', 'dora', 'suki', 'mo'];

type Seen = readonly [before: MissingRecord | undefined, after: MissingRecord];
const waiting: readonly string[] = ['RECEIVED', 'SCREENED', 'REDIRECTED', 'CONCERN_FOR_WELFARE'];

/** The invariants (0.3, 15.1 items 8 and 20) that can be seen on a record, with the one before it. */
const invariants: readonly (readonly [rule: string, holds: (...seen: Seen) => boolean])[] = [
  ['I1 an open case has no next review', (_b, { file, nextReviewAt }) => !file || !isOpen(file.state) || file.state === 'TRANSFERRED_OUT' || nextReviewAt !== undefined],
  ['I2 nobody owns it', (_b, { owner }) => owner.userId !== ''],
  ['I3 a level without its assessment', (_b, { risk }) => !risk || (risk.assessments.at(-1)?.level === risk.level && risk.assessments.at(-1)?.seq === risk.seq)],
  ['I4 one person lowered the level', (before, { risk }) => {
    if (!before?.risk || !risk || rankOf(risk.level) >= rankOf(before.risk.level)) return true;
    const last = risk.assessments.at(-1);
    return (last?.changeType === 'REDUCE' || last?.changeType === 'REFUSE_RAISE') && last.confirmBy !== undefined && last.confirmBy !== last.byUser && last.byUser !== 'system';
  }],
  ['I5 closed with a task that blocks closure', (_b, { file, tasks }) => file?.state !== 'CLOSED' || file.transferOut !== undefined || !tasks.some(task => task.blocksClose && isOpenTask(task) && task.voidedAt === undefined)],
  ['I6 an outward message without a basis', (_b, { notices }) => notices.every(one => !isOutward(one.kind) || one.basis !== undefined)],
  ['I7 the informant would learn the place', (_b, { notices }) => notices.every(one => one.n !== 'N15' || !one.fields.includes('foundPlace'))],
  ['15.1.20 a message of the search is still queued after found', (_b, { file, notices }) => notices.every(one => !isOutward(one.kind) || one.n === 'N17' || one.n === 'N13' || one.state !== 'QUEUED' || one.queuedAt >= (file?.stoppedAt ?? ''))],
  ['I11 a report that waits has no owner or time', (_b, { file, report }) => file !== undefined || !waiting.includes(report.state) || (report.ownerUserId !== '' && report.dueAt !== undefined)],
  ['the clock of the report moved', (before, { clocks }) => !before || before.clocks.reported === clocks.reported],
  ['I9 a time that is not UTC', (_b, after) => /^(?:|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/.test(nextDue(after, settings)?.at ?? '')],
  ['a missing person of whom nothing becomes due', (_b, after) => !after.file || !openMissing.includes(after.file.state) || nextDue(after, settings) !== undefined],
];

function broken(...seen: Seen): string[] {
  return invariants.filter(([, holds]) => !holds(...seen)).map(([rule]) => rule);
}

interface Played { readonly accepted: number; readonly states: ReadonlySet<string>; readonly acts: ReadonlySet<string>; readonly faults: readonly string[] }

function play(seed: number, steps: number): Played {
  const random = seeded(seed);
  const desk = new Desk('2026-11-20T08:00:00.000Z');
  desk.call({ givenName: 'Sam', familyName: 'Sample', lastSeenPlace: 'Sample Street', lastSeenUnknown: 'yes', lastSeenReason: 'Not known', informantPhone: '01632 960001', worries: 'He left no word and that is not like him at all', age: random() < 0.5 ? '15' : '44' });
  const seen = { accepted: 0, states: new Set<string>([desk.state]), acts: new Set<string>(), faults: [...broken(undefined, desk.record)] };
  const step = (act: () => string, name: string, by: string): void => {
    const before = desk.record;
    const said = act();
    if (said === 'accepted') seen.accepted += 1;
    if (said === 'accepted') seen.acts.add(name);
    seen.states.add(desk.state);
    seen.faults.push(...broken(before, desk.record).map(fault => `${fault} (seed ${seed}, ${name} by ${by} at ${before.file?.state ?? before.report.state})`));
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
