import { createHash } from 'node:crypto';
import * as z from 'zod';
import { eicar, eicarSha256, type ForceState, type SystemName } from './state.ts';

export interface Answer {
  readonly status: number;
  readonly body: object;
}

export type ReadBlob = (blobName: string) => Promise<AsyncIterable<Uint8Array> | undefined>;

/** A question to one of the five systems: its path below the system's address, and its body. */
export interface Question {
  readonly system: SystemName;
  readonly path: string;
  readonly body: unknown;
}

type Answering = (state: ForceState, body: unknown, tools: Tools) => Answer | Promise<Answer>;
export interface Tools {
  readonly now: () => number;
  readonly readBlob?: ReadBlob;
}

const ok = (body: object): Answer => ({ status: 200, body });

const headerQuestion = z.object({ ref: z.string().min(1) });
const entry = z.object({ ref: z.string().min(1), entryId: z.string().min(1), text: z.string().min(1).max(500), source: z.string() });
const lookUp = z.object({ address: z.string().min(1), channel: z.enum(['SMS', 'EMAIL', 'READ_ALOUD_CODE']), incidentRef: z.string().optional() });
const dutyQuestion = z.object({ at: z.iso.datetime(), unit: z.string().optional(), skill: z.string().optional() });
const ingest = z.object({ key: z.string().min(1), sha256: z.string().length(64), bytes: z.int(), mime: z.string(), classification: z.string(), isRestricted: z.boolean(), caseRef: z.string().optional() });
const confirmation = z.object({ demsId: z.string() });
const scan = z.object({ blobName: z.string().min(1), sha256: z.string().length(64) });

const answering: Readonly<Record<string, Answering>> = {
  'incident-log/headers': (_state, body, { now }) => {
    const { ref } = headerQuestion.parse(body);
    return ok({ ref, type: 'CONCERN_FOR_SAFETY', grade: 'G2_PRIORITY', status: 'OPEN', openedAt: new Date(now() - 600_000).toISOString(), location: '1 Sample Street, Sampleton' });
  },
  'incident-log/entries': (state, body) => {
    const line = entry.parse(body);
    if (state.lines.some(({ entryId }) => entryId === line.entryId)) return ok({ status: 'ALREADY_THERE' });
    state.lines.push(line);
    return ok({ status: 'APPENDED' });
  },
  'safeguarding/look-ups': (state, body) => {
    const { address } = lookUp.parse(body);
    const { markers = [], contactPlan, codeWordOnFile = false } = state.markers.get(address) ?? {};
    return ok({ result: markers.length > 0 ? 'FOUND' : 'NONE', markers, codeWordOnFile, ...(contactPlan && { contactPlan }) });
  },
  'on-duty/on-duty': (state, body) => {
    const { at, unit, skill } = dutyQuestion.parse(body);
    const moment = Date.parse(at);
    const hours = (count: number): string => new Date(moment + count * 3_600_000).toISOString();
    const people = state.onDuty.filter(person => (unit === undefined || person.unit === 'ANY' || person.unit === unit) && (skill === undefined || person.skills.includes(skill)));
    return ok({ asOf: new Date(moment - state.dutyAgeMinutes * 60_000).toISOString(), people: people.map(({ objectId }) => ({ objectId, from: hours(-4), until: hours(4) })) });
  },
  'evidence-system/ingests': (state, body, { now }) => {
    const { key, sha256 } = ingest.parse(body);
    const known = state.ingests.get(key) ?? { demsId: `SIM-DEMS-${state.ingests.size + 1}`, key, sha256, receivedAt: now() };
    state.ingests.set(key, known);
    return ok({ demsId: known.demsId });
  },
  'evidence-system/confirmations': (state, body, { now }) => {
    const { demsId } = confirmation.parse(body);
    const found = [...state.ingests.values()].find(job => job.demsId === demsId);
    if (!found) return { status: 404, body: {} };
    if (now() - found.receivedAt < state.demsConfirmDelayMs) return ok({ status: 'PENDING' });
    return ok({ status: 'CONFIRMED', sha256: state.demsHashes.get(found.key) ?? found.sha256 });
  },
  'malware/verdicts': async (state, body, { now, readBlob }) => {
    const { blobName, sha256 } = scan.parse(body);
    const askedAt = state.scansAskedAt.get(blobName) ?? now();
    state.scansAskedAt.set(blobName, askedAt);
    if (now() - askedAt < state.scanDelayMs) return ok({ verdict: 'NONE' });
    const ordered = state.verdicts.get(blobName);
    if (ordered) return ok({ verdict: ordered });
    if (sha256 === eicarSha256) return ok({ verdict: 'INFECTED', sha256 });
    const content = await readBlob?.(blobName);
    return ok(content ? await scanned(content) : { verdict: readBlob ? 'ERROR' : 'CLEAN', sha256 });
  },
};

/** Looks for the test string in the content, across the edges of chunks, and says of which content the verdict is. */
async function scanned(content: AsyncIterable<Uint8Array>): Promise<object> {
  const hash = createHash('sha256');
  let tail = '';
  let isInfected = false;
  for await (const chunk of content) {
    hash.update(chunk);
    const text = tail + Buffer.from(chunk).toString('latin1');
    isInfected ||= text.includes(eicar);
    tail = text.slice(-eicar.length);
  }
  return { verdict: isInfected ? 'INFECTED' : 'CLEAN', sha256: hash.digest('hex') };
}

/** Answers as the system would: 404 for another path, 422 for a question in another shape. */
export async function answerOf(state: ForceState, { system, path, body }: Question, tools: Tools): Promise<Answer> {
  const answer = answering[`${system}${path}`];
  if (!answer) return { status: 404, body: {} };
  try {
    return await answer(state, body, tools);
  } catch (error) {
    if (error instanceof z.ZodError) return { status: 422, body: { fields: error.issues.map(issue => issue.path.join('.')) } };
    throw error;
  }
}
