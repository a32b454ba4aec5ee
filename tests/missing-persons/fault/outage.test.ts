import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lawOf, type MissingCase } from '../../../functions/missing-persons/decide.ts';
import { taskDueAt } from '../../../functions/missing-persons/rules/law/boardFacts.ts';
import { nextDue } from '../../../functions/missing-persons/rules/law/due.ts';
import { isOpenReview } from '../../../functions/missing-persons/rules/reviews/review.ts';
import { missingSettings } from '../../../functions/missing-persons/rules/settings.ts';
import { isOpenTask } from '../../../functions/missing-persons/rules/tasks/task.ts';
import { levels as ranks, rankOf } from '../../../functions/missing-persons/rules/terms.ts';
import type { MissingRecord } from '../../../functions/missing-persons/state.ts';
import { sha256 } from '../../../shared/case/keys.ts';
import type { AuditRow } from '../../../shared/case/rows.ts';
import { missingEnvironment } from '../../../local/issuer/missingStaff.ts';
import { rows } from '../../support/client.ts';
import { startMissing, type Missing } from '../../support/missing.ts';
import { called, cardsBeside, eachOf, factsOf, firedOf, firedTwice, give, opened, quiet, recordOf } from './support.ts';

const week = 7 * 24 * 3_600_000;
const settings = missingSettings.parse(JSON.parse(missingEnvironment['MISSING_PERSONS'] ?? '{}'));
const law = lawOf(settings, sha256);

let missing: Missing;
/** Of the six records: as they were before the outage, after one sweep and after another; and what the first sweep and the second added to the audit. */
let before: MissingRecord[] = [];
let after: MissingRecord[] = [];
let again: MissingRecord[] = [];
let facts: AuditRow[][] = [];
let factsAgain: AuditRow[][] = [];
let board: Record<string, unknown>[] = [];
let overdue: Record<string, unknown>[] = [];
let reports: Record<string, unknown>[] = [];
/** When the first sweep began and when all that it did was done, by the clock of the app. */
let swept: { readonly from: string; readonly to: string };

const now = (offset: number): string => new Date(Date.now() + offset).toISOString();

async function prepare(): Promise<string[]> {
  const confirm = async (id: string, level: string, login: string): Promise<string> => {
    await give(missing.as('fay.manager'), id, 'owner/acknowledge');
    await give(missing.as(login), id, 'risk/confirm', { level, rationale: 'Looked at with the call handler: nothing else is known of where they are.', plan: 'Visit the informant, ring the friends.' });
    return id;
  };
  return await Promise.all([
    opened(missing, 'LOW', 'Adams').then(id => confirm(id, 'LOW', 'sita.sergeant')),
    opened(missing, 'VERY_LOW', 'Brooks').then(id => confirm(id, 'VERY_LOW', 'sita.sergeant')),
    opened(missing, 'MEDIUM', 'Clarke'),
    opened(missing, 'HIGH', 'Davies'),
    // Its reviews run from the confirmation, and come due within the week.
    opened(missing, 'MEDIUM', 'Edwards').then(id => confirm(id, 'MEDIUM', 'sita.sergeant')),
    called(missing.as('cora.callhandler'), 'Foster'),
  ]);
}

beforeAll(async () => {
  // The timers' clock stands still: only this test runs one.
  missing = await startMissing({ service: { options: { clock: new Date().toISOString(), queues: { visibilityTimeout: 1_000, minPollingInterval: 20, maxPollingInterval: 100, lease: 20_000 } } } });
  const { links } = missing;
  const sweep = async (): Promise<void> => {
    await links.system.host.run('MissingDue');
    await quiet(missing);
  };
  const read = async (ids: readonly string[]): Promise<[MissingRecord[], AuditRow[][]]> => [await Promise.all(ids.map(id => recordOf(missing, id))), await Promise.all(ids.map(id => factsOf(missing, id)))];
  const ids = await prepare();
  await quiet(missing);
  await sweep();
  const [atFirst, known] = await read(ids);
  before = atFirst;
  await links.advance(week / 1_000);
  const from = now(week);
  await sweep();
  swept = { from, to: now(week) };
  const [second, told] = await read(ids);
  const cora = missing.as('cora.callhandler');
  [board, overdue, reports] = await Promise.all([cora.get('/api/missing-persons').then(rows), cora.get('/api/missing-overdue').then(rows), cora.get('/api/missing-reports').then(rows)]);
  [after, facts] = [second, told.map((of, n) => of.slice(known[n]?.length))];
  await sweep();
  const [third, toldAgain] = await read(ids);
  [again, factsAgain] = [third, toldAgain.map((of, n) => of.slice(told[n]?.length))];
}, 240_000);
afterAll(async () => { await missing.stop(); });

/** What the law alone makes of a record when it is looked at for the first time at this moment. */
function lookedAt(record: MissingRecord, at: string): MissingRecord {
  let current: MissingCase = { state: record, parts: {} };
  for (let n = 0; n < 20 && (nextDue(current.state, settings)?.at ?? 'z') <= at; n++) {
    const decision = law(current, { do: 'Tick', context: { people: {}, looked: {}, id: `look${n}` } }, { now: at, by: 'system', roles: [] });
    if (decision.kind !== 'accepted') throw new Error(decision.code);
    current = decision.next;
  }
  return current.state;
}

/** When a record was looked at for the first time after the outage. */
const lookOf = (n: number): string => facts[n]?.find(({ what }) => what === 'TimersRun')?.at ?? '';
/** Ladders and reviews as they stood at a moment: what fell due later is another matter. */
function stood({ tasks, reviews, risk }: MissingRecord, at: string): object {
  return {
    tasks: tasks.map(({ taskId, state, escalations }) => [taskId, state, ...escalations.filter(step => step.at <= at).map(({ step, at: dueAt }) => `${step} ${dueAt}`)].join(' ')).sort(),
    reviews: reviews.map(({ reviewId, missedAt, escalations }) => [reviewId, missedAt !== undefined && missedAt <= at ? missedAt : '', ...escalations.filter(step => step.at <= at).map(({ step, at: dueAt }) => `${step} ${dueAt}`)].join(' ')).sort(),
    level: risk?.level,
  };
}

/** Of cases that are due at one instant the list has the lower id first. */
const byKey = (a: string, b: string): number => (a < b ? -1 : 1);

const fired = (all: readonly AuditRow[]): string[] => all.flatMap(({ what, about }) => (what === 'TaskEscalated' || what === 'ReviewEscalated' ? eachOf(about).map(one => String(one['task'] ?? one['review'])) : []));

describe('2.6 after a week in which no host ran, one sweep', () => {
  it('looks at all six records, the riskiest first', () => {
    const looks = after.map(({ risk }, n) => ({ rank: risk ? rankOf(risk.level) : -1, at: lookOf(n) }));
    expect(looks.every(({ at }) => at >= swept.from && at <= swept.to)).toBe(true);
    expect(before.map(({ risk }) => risk?.level)).toEqual(['LOW', 'VERY_LOW', 'MEDIUM', 'HIGH', 'MEDIUM', undefined]);
    const [low, , medium, high, reviewed] = looks.map(({ at }) => at);
    expect([high, medium, reviewed, low].toSorted()).toEqual([high, ...[medium, reviewed].toSorted(), low]);
  });

  it('fires each ladder once, at the step that the elapsed time implies, and misses each review once', () => {
    for (const [n, record] of before.entries()) {
      const at = lookOf(n);
      const first = fired(facts[n]?.filter(row => row.at === at) ?? []);
      expect([n, first.length > 0]).toEqual([n, true]);
      expect(first.filter((item, place) => first.indexOf(item) !== place)).toEqual([]);
      expect(stood(after[n] ?? record, at)).toEqual(stood(lookedAt(record, at), at));
      const late = record.tasks.filter(({ state, dueAt }) => (state === 'TODO' || state === 'DOING') && dueAt < swept.from).map(({ taskId }) => taskId);
      expect(late.filter(id => !first.includes(id))).toEqual([]);
    }
    expect(facts.flatMap(firedTwice)).toEqual([]);
  });

  it('misses the reviews that came due, names who missed them, and one lies ahead', () => {
    const [was, is] = [before[4], after[4]];
    const due = was?.reviews.filter(review => isOpenReview(review) && review.dueAt < swept.from) ?? [];
    expect(due.length).toBeGreaterThan(0);
    for (const { reviewId } of due) expect(is?.reviews.find(review => review.reviewId === reviewId)).toMatchObject({ missedAt: expect.any(String), missedBy: expect.any(String) });
    expect(is?.reviews.some(review => isOpenReview(review) && review.dueAt > swept.to)).toBe(true);
    expect(before.map((record, n) => lookedAt(record, lookOf(n)).nextReviewAt)).toEqual(after.map(({ nextReviewAt }) => nextReviewAt));
  });

  it('raises VERY_LOW, once and no higher than LOW, to be confirmed by a person', () => {
    expect([after[1]?.risk?.level, after[1]?.risk?.provisional]).toEqual(['LOW', true]);
    expect(facts[1]?.filter(({ what }) => what === 'RiskRaised').map(({ by, about }) => [by, about['rule']])).toEqual([['system', 'V03']]);
  });

  it('writes down how late it was, of each step and of each record', () => {
    for (const [n, all] of facts.entries()) {
      const steps = firedOf(all.filter(row => row.at === lookOf(n)));
      expect(steps.filter(({ lateMs }) => !(lateMs >= 0 && lateMs <= week + 3_600_000))).toEqual([]);
      expect([n, all.some(({ what }) => what === 'TimerFiredLate'), (after[n]?.late.length ?? 0) > 0]).toEqual([n, true, true]);
    }
  });

  it('leaves the board right: every case, the riskiest first and then by what is due next, which lies ahead', () => {
    const cases = after.filter(({ file }) => file !== undefined);
    const wanted = cases.map(record => ({ recordId: record.recordId, level: record.risk?.level, nextDueAt: nextDue(record, settings)?.at ?? '' }))
      .sort((a, b) => ranks.indexOf(b.level ?? 'VERY_LOW') - ranks.indexOf(a.level ?? 'VERY_LOW') || byKey(`${a.nextDueAt}|${a.recordId}`, `${b.nextDueAt}|${b.recordId}`));
    expect(wanted.map(({ level }) => level)).toEqual(['HIGH', 'MEDIUM', 'MEDIUM', 'LOW', 'LOW']);
    expect(board.map(({ recordId, level, nextDueAt }) => ({ recordId, level, nextDueAt }))).toEqual(wanted);
    expect(wanted.filter(({ nextDueAt }) => nextDueAt <= swept.from)).toEqual([]);
    expect(reports.map(({ recordId }) => recordId)).toEqual([after[5]?.recordId]);
  });

  it('leaves the list of what is overdue right: the longest first, the report with them', () => {
    const wanted = after.flatMap(({ recordId, tasks, reviews, file, report }) => {
      const [first] = [...tasks.filter(isOpenTask).flatMap(task => taskDueAt(task) ?? []), ...reviews.filter(isOpenReview).map(({ dueAt }) => dueAt), ...(!file && report.dueAt !== undefined ? [report.dueAt] : [])].sort();
      return first !== undefined && first < swept.from ? [{ recordId, dueAt: first }] : [];
    }).sort((a, b) => byKey(`${a.dueAt}|${a.recordId}`, `${b.dueAt}|${b.recordId}`));
    expect(wanted.map(({ recordId }) => recordId)).toContain(after[5]?.recordId);
    expect(wanted.length).toBeGreaterThan(4);
    expect(overdue.map(({ recordId, dueAt }) => ({ recordId, dueAt }))).toEqual(wanted);
  });

  it('tells everybody once, and owes nothing', () => {
    expect(after.map(({ owed }) => owed)).toEqual(after.map(() => []));
    expect(cardsBeside(missing, again)).toEqual({ notShown: [], shared: [], unknown: [] });
  });

  it('a second sweep changes nothing', () => {
    const cut = (record: MissingRecord, n: number): object => stood(record, lookOf(n));
    expect(again.map(cut)).toEqual(after.map(cut));
    // What fell due after the first sweep is another matter.
    expect(factsAgain.flat().flatMap(row => firedOf([row])).filter(({ dueAt }) => dueAt <= Date.parse(swept.from))).toEqual([]);
    expect(factsAgain.flat().filter(({ what }) => what === 'RiskRaised' || what === 'ReviewMissed')).toEqual([]);
  });
});
