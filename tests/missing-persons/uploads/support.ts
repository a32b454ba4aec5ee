import { BlobServiceClient } from '@azure/storage-blob';
import type { Client } from '../../support/client.ts';
import { text } from '../../support/client.ts';
import { answers, must, reported, view, type Missing } from '../../support/missing.ts';
import * as z from 'zod';

/** Small files that are what they say, by their first bytes. */
export const pdf = (words = 'Herbert'): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(`%PDF-1.7\n${words}\n%%EOF`));
export const jpeg = (words = 'photo'): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(words)]));

/** From the call to an open case of a missing man with dementia. */
export async function opened(missing: Pick<Missing, 'as'>): Promise<string> {
  const cora = missing.as('cora.callhandler');
  const recordId = await reported(cora, {
    channel: 'PHONE_101', callStartedAt: new Date().toISOString(), callStartReason: 'The clock of the test has moved on', givenName: 'Alex', familyName: 'Sample', age: '78', lastSeenPlace: 'Sample Street', lastSeenUnknown: 'yes', lastSeenReason: 'Nobody saw him leave',
    informantName: 'Kim Sample', informantPhone: '01632 960002', worries: 'He has dementia and went out without a coat this afternoon',
  });
  await must(cora, recordId, 'answers', answers());
  await must(cora, recordId, 'screen', { thrive: 'Dementia, cold, without a telephone.', level: 'MEDIUM' });
  await must(cora, recordId, 'accept', { rationale: 'A man with dementia of whom nobody knows where he is.' });
  return recordId;
}

export interface Made { readonly linkId: string; readonly url: string; readonly path: string }

export async function linkFor(person: Client, recordId: string, form = 'HERBERT'): Promise<Made> {
  const answer = await person.post(`/api/missing-persons/${recordId}/upload-links`, { body: { form, givenTo: 'His daughter, read out on the telephone' } });
  if (answer.status !== 202) throw new Error(`${answer.status} ${JSON.stringify(answer.json)}`);
  const url = text(answer, 'url');
  return { linkId: text(answer, 'linkId'), url, path: new URL(url).pathname };
}

export interface Part { readonly field: 'form' | 'photo'; readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }
export interface Page { readonly status: number; readonly html: string; readonly headers: Headers }

/** What a browser without a script does at the page. */
export function sender(base: string) {
  const read = async (reply: Response): Promise<Page> => ({ status: reply.status, html: await reply.text(), headers: reply.headers });
  return {
    look: async (path: string): Promise<Page> => await read(await fetch(`${base}${path}`, { redirect: 'manual' })),
    send: async (path: string, parts: readonly Part[], headers: Readonly<Record<string, string>> = {}): Promise<Page> => {
      const form = new FormData();
      for (const { field, name, bytes } of parts) form.append(field, new Blob([bytes]), name);
      return await read(await fetch(`${base}${path}`, { method: 'POST', redirect: 'manual', body: form, headers: { origin: 'null', 'sec-fetch-site': 'same-origin', ...headers } }));
    },
    raw: async (path: string, body: string, headers: Readonly<Record<string, string>>): Promise<Page> => await read(await fetch(`${base}${path}`, { method: 'POST', redirect: 'manual', body, headers: { origin: 'null', ...headers } })),
  };
}

/** Files of a record in both containers, as `quarantine/name`. */
export async function blobsOf({ links }: Pick<Missing, 'links'>, recordId: string): Promise<string[]> {
  const found: string[] = [];
  for (const container of ['quarantine', 'evidence']) {
    for await (const { name } of BlobServiceClient.fromConnectionString(links.system.connectionString).getContainerClient(container).listBlobsFlat({ prefix: `missing-${recordId}-` })) found.push(`${container}/${name}`);
  }
  return found.sort();
}

const seen = z.looseObject({
  files: z.array(z.object({ fileId: z.string(), kind: z.string(), state: z.string(), name: z.string(), mime: z.string(), sha256: z.string(), bytes: z.number(), by: z.string() })), forms: z.array(z.object({ formId: z.string(), form: z.string(), fileIds: z.array(z.string()) })),
  uploadLinks: z.array(z.object({ linkId: z.string(), state: z.string() })), information: z.array(z.object({ id: z.string(), kind: z.string(), by: z.string() })),
});
export const uploadsOf = async (person: Client, recordId: string) => seen.parse(await view(person, recordId));
