import { expect } from '@jest/globals';
import { rows, text, type Client } from '../../support/client.ts';
import { until } from '../../support/service.ts';

export async function openBundle(as: Client, body: object = {}): Promise<string> {
  const created = await as.post('/api/redaction-bundles', { body: { caseReference: '07/TEST/0001/26', policy: 'subject-access', ...body } });
  expect(created).toMatchObject({ status: 202 });
  return text(created, 'caseId');
}

/** Sends a document, waits for the suggestions, accepts all and views every page. Gives the address of the document. */
export async function reviewed(as: Client, bundleId: string, bytes: Uint8Array): Promise<string> {
  const added = await as.post(`/api/redaction-bundles/${bundleId}/documents`, { file: { bytes, contentType: 'application/pdf' } });
  expect(added).toMatchObject({ status: 202 });
  const job = `/api/redaction-jobs/${text(added, 'jobId')}`;
  const found = await until(() => as.get(job), answer => ['suggested', 'refused', 'failed'].includes(String(answer.json['stage'])));
  expect([found.json['stage'], found.json['endCode']]).toEqual(['suggested', undefined]);
  const texts = new Map(rows(await as.get(`${job}/suggestions?limit=500`)).map(suggestion => [suggestion['textHash'], suggestion['suggestionId']]));
  for (const suggestionId of texts.values()) {
    expect(await as.post(`${job}/decide-suggestion`, { body: { suggestionId, decision: 'accepted', scope: 'same-text', reasonCode: 'personal-data' } })).toMatchObject({ status: 202 });
  }
  expect(await as.post(`${job}/view-pages`, { body: { fromPage: 1, toPage: found.json['pages'] } })).toMatchObject({ status: 202 });
  return job;
}

/** Approves what was reviewed and waits for the copy, or for the end without one. */
export async function approved(as: Client, job: string, milliseconds?: number): Promise<Awaited<ReturnType<Client['get']>>> {
  expect(await as.post(`${job}/approve`, { ifMatch: String((await as.get(job)).headers.get('etag')) })).toMatchObject({ status: 202 });
  return await until(() => as.get(job), answer => ['ready', 'failed'].includes(String(answer.json['stage'])), milliseconds);
}
