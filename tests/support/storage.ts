import { TableClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import * as z from 'zod';

/** Everything that the account holds, by place: `table/partition/row`, `blob/name`, `queue/name/message`. Rows and messages as JSON, blobs as their ETag. */
export type Contents = ReadonlyMap<string, string>;

export async function contentsOf(connectionString: string): Promise<Contents> {
  const [tables, blobs, queues] = await Promise.all([rowsOf(connectionString), blobsOf(connectionString), messagesOf(connectionString)]);
  return new Map([...tables, ...blobs, ...queues]);
}

/** Places that differ between two readings. */
export function changes(before: Contents, after: Contents): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(place => before.get(place) !== after.get(place)).sort();
}

async function rowsOf(connectionString: string): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for (const name of ['cases', 'work']) {
    const table = TableClient.fromConnectionString(connectionString, name, { allowInsecureConnection: true });
    for await (const { partitionKey = '', rowKey = '', etag: _etag, timestamp: _timestamp, ...fields } of table.listEntities()) {
      found.push([`${name}/${partitionKey}/${rowKey}`, JSON.stringify(Object.fromEntries(Object.entries(fields).filter(([field]) => !field.startsWith('odata'))))]);
    }
  }
  return found;
}

async function blobsOf(connectionString: string): Promise<[string, string][]> {
  const found: [string, string][] = [];
  const container = BlobServiceClient.fromConnectionString(connectionString).getContainerClient('documents');
  for await (const { name, properties } of container.listBlobsFlat()) found.push([`blob/${name}`, properties.etag]);
  return found;
}

async function messagesOf(connectionString: string): Promise<[string, string][]> {
  const found: [string, string][] = [];
  const service = QueueServiceClient.fromConnectionString(connectionString);
  for await (const { name } of service.listQueues()) {
    const { peekedMessageItems } = await service.getQueueClient(name).peekMessages({ numberOfMessages: 32 });
    for (const { messageId, messageText } of peekedMessageItems) found.push([`queue/${name}/${messageId}`, Buffer.from(messageText, 'base64').toString()]);
  }
  return found;
}

const fields = z.record(z.string(), z.unknown());

/** What `pack` (shared/case/rows.ts) wrote into a row of `contentsOf`: JSON cut over properties. */
export function packedRow(row: string): Record<string, unknown> {
  const names = fields.parse(JSON.parse(row));
  const json = Object.keys(names).filter(name => /^json\d+$/.test(name)).map(name => String(names[name])).join('');
  return fields.parse(JSON.parse(json));
}
