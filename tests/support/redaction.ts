import { rows, text, type Answer, type Client, type Send } from './client.ts';
import { until } from './service.ts';

/** Sends a bundle's worth of fields and gives its id. */
export async function openBundle(person: Client, body: object = {}): Promise<string> {
  const created = await person.post('/api/redaction-bundles', { body: { caseReference: '07/TEST/0001/26', policy: 'subject-access', ...body } });
  return text(created, 'caseId');
}

export type Upload = Omit<Send, 'file'> & { readonly contentType?: string; readonly name?: string };

export function addDocument(person: Client, bundleId: string, bytes: Uint8Array, { contentType = 'application/pdf', name = 'statement.pdf', ...send }: Upload = {}): Promise<Answer> {
  return person.post(`/api/redaction-bundles/${bundleId}/documents`, { ...send, file: { bytes, contentType, name } });
}

/** Waits until the document stands in one of these stages, or has ended. */
export function reaches(person: Client, jobId: string, ...stages: string[]): Promise<Answer> {
  return until(() => person.get(`/api/redaction-jobs/${jobId}`), answer => [...stages, 'refused', 'failed', 'withdrawn'].includes(String(answer.json['stage'])));
}

/** A document that waits for its review. */
export async function located(person: Client, bundleId: string, bytes: Uint8Array, upload: Upload = {}): Promise<string> {
  const jobId = text(await addDocument(person, bundleId, bytes, upload), 'jobId');
  const found = await reaches(person, jobId, 'suggested');
  if (found.json['stage'] !== 'suggested') throw new Error(`the document ended as ${JSON.stringify(found.json)}`);
  return jobId;
}

/** Accepts every suggestion and looks at every page. */
export async function review(person: Client, jobId: string): Promise<void> {
  const job = `/api/redaction-jobs/${jobId}`;
  const hashes = new Map(rows(await person.get(`${job}/suggestions?limit=500`)).map(row => [row['textHash'], row['suggestionId']]));
  for (const suggestionId of hashes.values()) {
    await accepted(person.post(`${job}/decide-suggestion`, { body: { suggestionId, decision: 'accepted', scope: 'same-text', reasonCode: 'personal-data' } }));
  }
  const { pages } = (await person.get(job)).json;
  await accepted(person.post(`${job}/view-pages`, { body: { fromPage: 1, toPage: pages } }));
}

export async function etagOf(person: Client, jobId: string): Promise<string> {
  return String((await person.get(`/api/redaction-jobs/${jobId}`)).headers.get('etag'));
}

/** Approves and waits for the verified copy. */
export async function approve(person: Client, jobId: string, milliseconds?: number): Promise<void> {
  await accepted(person.post(`/api/redaction-jobs/${jobId}/approve`, { ifMatch: await etagOf(person, jobId) }));
  const job = `/api/redaction-jobs/${jobId}`;
  const ready = await until(() => person.get(job), answer => ['ready', 'refused', 'failed'].includes(String(answer.json['stage'])), milliseconds);
  if (ready.json['stage'] !== 'ready') throw new Error(`the document ended as ${JSON.stringify(ready.json)}`);
}

export const release = { recipient: 'CPS Mersey-Cheshire', reasonCode: 'needed-for-case' } as const;

export async function releaseTo(person: Client, jobId: string): Promise<Answer> {
  return await accepted(person.post(`/api/redaction-jobs/${jobId}/release`, { ifMatch: await etagOf(person, jobId), body: release }));
}

/** @throws when the command was not accepted: the set-up of a test must not fail unseen. */
export async function accepted(sent: Promise<Answer>): Promise<Answer> {
  const answer = await sent;
  if (answer.status !== 202) throw new Error(`${answer.status} ${JSON.stringify(answer.json)}`);
  return answer;
}
