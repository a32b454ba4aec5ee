import * as z from 'zod';
import { scenarios, type Scenario } from '../../../local/simulators/scenarios.ts';
import { rows, type Answer, type Client } from '../../support/client.ts';
import { give, opened, phone, type LiveLinks } from '../../support/liveLinks.ts';
import { until } from '../../support/service.ts';

/** One scenario as one request. 015 ends differently with a caller on the line, so it is asked for twice. */
export interface Run {
  readonly name: string;
  readonly row: Scenario;
  readonly number: string;
  readonly as: string;
  readonly body: object;
  readonly endsAs: Scenario['endsAs'];
}

/** The control room asks at P0; what must wait for timers of minutes is forensics' (P1). */
const fcc = { LOCATION: { reasonCode: 'LOCATE_CALLER' }, VIDEO: { reasonCode: 'SEE_SCENE' }, UPLOAD: { reasonCode: 'MEDIA_UPLOAD' }, CONSULT: { reasonCode: 'OTHER' } } as const;
/** Rows that are about what is recorded. Evidence is a third of the work of a request, so the others are not recorded. */
const recorded: ReadonlySet<string> = new Set(['001', '009', '024', '027']);
const extras: Readonly<Partial<Record<string, object>>> = { '018': { reasonCode: 'LANGUAGE_BARRIER', locale: 'pl', addons: ['CHAT', 'TRANSLATE'] } };

function liveCall(row: Scenario): Run {
  const { p0, ...rest } = row.endsAs;
  return {
    name: `${row.id} ${row.title}`, row, number: phone(row.id), as: 'carl.controller', endsAs: p0 === undefined ? rest : { state: p0 },
    body: { area: 'FCC', mode: row.mode, ...fcc[row.mode], onVoiceCall: true, askedAndSafe: true, msisdn: phone(row.id), record: recorded.has(row.id), ...extras[row.id] },
  };
}

function sameHour(row: Scenario): Run {
  const { p0, ...endsAs } = row.endsAs;
  return {
    name: `${row.id} ${row.title} (not a live call)`, row, number: phone(row.id), as: 'chris.scene', endsAs,
    body: { area: 'FOR', mode: 'VIDEO', reasonCode: 'SCENE_TRIAGE', onVoiceCall: true, record: false, msisdn: phone(row.id) },
  };
}

export const runs: readonly Run[] = scenarios.flatMap(row => {
  if (row.endsAs.p0 !== undefined) return [liveCall(row), sameHour(row)];
  return [row.officer === undefined ? liveCall(row) : sameHour(row)];
});

export interface Ended {
  readonly requestId: string;
  /** As it came to rest; where it did not in time, as it stood, so that the row's own test says what is wrong and the others go on. */
  readonly rest: Answer;
  afterExpiry?: Answer;
}
export type Results = Map<Run, Ended>;

const armed = z.object({ armed: z.array(z.string()) });
const sessions = z.object({ sessions: z.array(z.object({ externalRef: z.string(), status: z.string() })) });

/**
 * All scenarios in flight at once on one system. Those in which something goes wrong at the creation of the session are armed one by one; the others are named by
 * the robot when it joins. The clock moves for all together, in steps that bring each timer to its end with nothing else in the way.
 */
export async function runAll(links: LiveLinks): Promise<Results> {
  const begun = new Map<Run, string>();
  for (const run of runs.filter(({ row }) => row.create !== 'ok')) begun.set(run, await begin(links, run));
  await Promise.all(runs.filter(({ row }) => row.create === 'ok').map(async run => begun.set(run, await opened(links.as(run.as), run.body))));
  const results: Results = new Map();
  const rest = async (wait: number): Promise<void> => {
    const due = [...begun].filter(([run]) => waitOf(run) === wait);
    await come(links, new Map(due.map(([run, requestId]) => [requestId, run.endsAs.state])));
    for (const [run, requestId] of due) results.set(run, { requestId, rest: await seen(links, run, requestId) });
  };
  await rest(0);
  await Promise.all([...begun].filter(([run]) => waitOf(run) !== 0).map(async ([run, requestId]) => { await readyToWait(links, run, requestId); }));
  let passed = 0;
  for (const at of [...new Set(runs.map(waitOf))].filter(wait => wait > 0).sort((a, b) => a - b)) {
    // On a busy machine what all of them set off takes longer than a pass waits for.
    await links.system.drain(300_000);
    await links.pass(at - passed);
    passed = at;
    await rest(at);
  }
  for (const [run, result] of results) if (run.row.afterExpiry !== undefined) result.afterExpiry = await seen(links, run, result.requestId);
  return results;
}

function seen(links: LiveLinks, { as }: Run, requestId: string): Promise<Answer> {
  return links.as(as).get(`/api/live-links/${requestId}`);
}

/** Looks at lists, for each look at a request itself is a row of its audit. Gives up quietly after a time that a busy machine needs too. */
async function come(links: LiveLinks, wanted: ReadonlyMap<string, string>, milliseconds = 240_000): Promise<void> {
  const people = [...new Set(runs.map(({ as }) => as))];
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    const lists = await Promise.all(people.map(login => links.as(login).get('/api/my-live-links?limit=200')));
    const states = new Map(lists.flatMap(rows).map(row => [row['requestId'], row['state']]));
    if ([...wanted].every(([requestId, state]) => states.get(requestId) === state)) return;
    await new Promise(resolve => setTimeout(resolve, 1_000));
  }
}

async function begin(links: LiveLinks, run: Run): Promise<string> {
  await links.simulators.provider.control('arm', { scenario: run.row.id });
  const requestId = await opened(links.as(run.as), run.body);
  await until(() => links.simulators.provider.control('scenarios'), answer => armed.parse(answer).armed.length === 0);
  if (run.row.officer === 'marks-unsafe-during-back-off') {
    await stepped(links.as(run.as), requestId, 'providerRetry');
    const marked = await give(links.as(run.as), requestId, 'mark-unsafe', { reason: 'SUSPECT_RETURNED' });
    if (marked.status !== 202) throw new Error(`${marked.status} ${JSON.stringify(marked.json)}`);
  }
  return requestId;
}

/** Seconds that must pass before the scenario comes to rest: no answer, grace, the next try, the reconciler, the end of the link. */
function waitOf({ row, endsAs, as }: Run): number {
  if (row.phone.opens === 'after-expiry') return 31 * 60;
  if (endsAs.state === 'NO_ANSWER') return 185;
  if (endsAs.endReason === 'SIGNAL_LOST') return 310;
  if (row.create === 'unavailable-twice' && as === 'chris.scene' && row.officer === undefined) return 380;
  return row.webhooks === 'bad-signature' || row.webhooks === 'stale-timestamp' ? 65 : 0;
}

async function readyToWait(links: LiveLinks, run: Run, requestId: string): Promise<void> {
  const person = links.as(run.as);
  if (run.row.create === 'unavailable-twice') await stepped(person, requestId, 'providerRetry');
  else if (run.endsAs.endReason === 'SIGNAL_LOST') await come(links, new Map([[requestId, 'INTERRUPTED']]));
  else if (run.row.phone.opens === 'never' || run.row.phone.opens === 'after-expiry') await come(links, new Map([[requestId, 'DELIVERED']]));
  // Its reports are refused, so only the provider knows that it is over.
  else await until(() => links.simulators.provider.control('sessions'), answer => sessions.parse(answer).sessions.some(({ externalRef, status }) => externalRef === requestId && status === 'ENDED'), 40_000);
}

const stepsOf = z.object({ steps: z.array(z.object({ what: z.string() })) });

async function stepped(person: Client, requestId: string, what: string): Promise<void> {
  await until(() => person.get(`/api/live-links/${requestId}`), ({ json }) => stepsOf.parse(json).steps.some(step => step.what === what), 40_000);
}
