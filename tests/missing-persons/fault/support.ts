import { TableClient } from '@azure/data-tables';
import * as z from 'zod';
import { missingRecord, type MissingRecord } from '../../../functions/missing-persons/state.ts';
import type { RiskLevel } from '../../../functions/missing-persons/rules/terms.ts';
import { azureTable } from '../../../shared/azure/table.ts';
import { allBuckets } from '../../../shared/case/keys.ts';
import { auditRow, unpack, type AuditRow } from '../../../shared/case/rows.ts';
import { newKey, text, type Answer, type Client } from '../../support/client.ts';
import { answers, type Missing } from '../../support/missing.ts';
import { until } from '../../support/service.ts';
import { persistently } from '../../goodsam/fault/support.ts';

type Running = Pick<Missing, 'links' | 'as'>;

/** The table of the cases itself, with no host in between. */
export function casesOf({ links }: Pick<Missing, 'links'>) {
  return azureTable(TableClient.fromConnectionString(links.system.connectionString, 'cases', { allowInsecureConnection: true }));
}

/**
 * Waits until nobody owes anything: no pending row, and no invocation between two looks. Unlike `drain` it does not wait for a copy of a message that a host has hidden until the effect time-out of
 * another host is over; whatever such a copy does comes in the middle of the next round.
 */
export async function quiet({ links }: Pick<Missing, 'links'>, milliseconds = 120_000): Promise<void> {
  const work = azureTable(TableClient.fromConnectionString(links.system.connectionString, 'work', { allowInsecureConnection: true }));
  let before = -1;
  await until(async () => {
    const pages = await Promise.all(allBuckets().map(bucket => work.list({ partitionKey: `pending|${bucket}`, limit: 1 })));
    const states = await Promise.all(links.system.hosts.map(host => host.status()));
    const isIdle = pages.every(({ rows }) => rows.length === 0) && states.every(({ running }) => running === 0);
    const started = states.reduce((sum, state) => sum + state.started, 0);
    const isQuiet = isIdle && started === before;
    before = isIdle ? started : -1;
    return isQuiet;
  }, isQuiet => isQuiet, milliseconds);
}

/** The record as it is stored. @throws when there is none */
export async function recordOf(missing: Running, recordId: string): Promise<MissingRecord> {
  const row = await casesOf(missing).get(recordId, 'state');
  if (!row) throw new Error(`${recordId} is lost`);
  return unpack(row, missingRecord);
}

/** All steps of a record, oldest first. */
export async function factsOf(missing: Running, recordId: string): Promise<AuditRow[]> {
  const rows: AuditRow[] = [];
  let next: string | undefined;
  do {
    const page = await casesOf(missing).list({ partitionKey: recordId, after: 'audit|', below: 'audit}', limit: 1_000, ...(next !== undefined && { next }) });
    rows.push(...page.rows.map(row => unpack(row, auditRow)));
    next = page.next;
  } while (next !== undefined);
  return rows;
}

export interface Fired { readonly task: string; readonly step: string; /** When the ladder's step was due, in ms. */ readonly dueAt: number; readonly at: string; readonly lateMs: number }

/** Of a step with many facts of a kind they stand in one (rules/law/fitting.ts). */
export function eachOf(about: AuditRow['about']): Record<string, string | number>[] {
  const { each } = about;
  return typeof each === 'string' ? z.array(z.record(z.string(), z.union([z.string(), z.number()]))).parse(JSON.parse(each)) : [about];
}

/** Steps of the ladders that were fired (2.6: a timer is told apart by task, step and the instant at which it was due). */
export function firedOf(facts: readonly AuditRow[]): Fired[] {
  return facts.filter(({ what }) => what === 'TaskEscalated').flatMap(({ at, about }) => eachOf(about).map(one => ({ at, about: one }))).map(({ at, about }) => {
    const lateMs = Number(about['lateMs']);
    return { task: String(about['task']), step: String(about['step']), dueAt: Date.parse(at) - lateMs, at, lateMs };
  });
}

/** Names that stand there more than once. */
export function twice(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, n) => names.indexOf(name) !== n))];
}

/** A repeat is fired again at another instant, every other step of a ladder once in the life of its task. */
export function firedTwice(facts: readonly AuditRow[]): string[] {
  return twice(firedOf(facts).map(({ task, step, dueAt }) => (step.endsWith('REPEAT') ? `${task} ${step} ${dueAt}` : `${task} ${step}`)));
}

/** What the cards in Teams are beside the pages of the records: a page that somebody lacks, a page without its own card, a card that no page knows. */
export function cardsBeside(missing: Running, records: readonly MissingRecord[]): { readonly notShown: readonly string[]; readonly shared: readonly string[]; readonly unknown: readonly string[] } {
  const refs = records.flatMap(({ pages }) => pages.flatMap(page => page.refs.map(({ activityId }) => activityId)));
  // The digest of the day is of no record.
  const shown = missing.links.simulators.teams.cards().filter(({ card }) => !JSON.stringify(card).includes('Missing persons: your open cases'));
  return {
    notShown: records.flatMap(({ recordId, pages }) => pages.filter(({ status, to, refs: of }) => status === 'due' || status === 'failed' || (of.length !== to.length && !isNeverShown(status, of.length))).map(({ pageId, kind, status }) => `${recordId} ${pageId} ${kind} ${status}`)),
    shared: twice(refs),
    unknown: shown.filter(({ activityId }) => !refs.includes(activityId)).map(({ to, summary }) => `${to} ${summary}`),
  };
}

/** Closed, or answered in the app, before anybody was shown it: there is nothing to show. */
function isNeverShown(status: string, shown: number): boolean {
  return (status === 'closed' || status === 'answered') && shown === 0;
}

const rationales = { thrive: 'Nobody knows where she is, and that is not like her.', rationale: 'Not like her, no contact since last evening.' } as const;
const sent = async (person: Client, path: string, body: object): Promise<Answer> => {
  const answer = await persistently(key => person.post(path, { key, body }), newKey());
  if (answer.status !== 202) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.json)}`);
  return answer;
};

/** A command that is given until it is answered. @throws when it is refused */
export async function give(person: Client, recordId: string, route: string, body: object = {}): Promise<void> {
  await sent(person, `/api/missing-persons/${recordId}/${route}`, body);
}

/** A call is taken, whatever the host is doing. */
export async function called(person: Client, familyName: string): Promise<string> {
  return text(await sent(person, '/api/missing-persons', {
    channel: 'PHONE_101', callStartedAt: new Date().toISOString(), callStartReason: 'The clock of the test has moved on', givenName: 'Ella', familyName, age: '41', lastSeenPlace: 'Sample Square', lastSeenUnknown: 'yes', lastSeenReason: 'Not seen since last evening', worries: 'Left after a row and has not rung anybody since', informantName: 'Sam Example', informantPhone: '01632 960001',
  }), 'recordId');
}

/** From the call to an open case of this level. */
export async function opened(missing: Running, level: RiskLevel, familyName: string): Promise<string> {
  const cora = missing.as('cora.callhandler');
  const recordId = await called(cora, familyName);
  await accept(cora, recordId, level);
  return recordId;
}

export async function accept(person: Client, recordId: string, level: RiskLevel): Promise<void> {
  await give(person, recordId, 'answers', answers());
  await give(person, recordId, 'screen', { thrive: rationales.thrive, level });
  await give(person, recordId, 'accept', { rationale: rationales.rationale });
}

/** Runs a job for each item, so many at a time. */
export async function lanes<T, R>(items: readonly T[], width: number, job: (item: T, n: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  await Promise.all(Array.from({ length: width }, async () => {
    for (const [n, item] of queue) results[n] = await job(item, n);
  }));
  return results;
}
