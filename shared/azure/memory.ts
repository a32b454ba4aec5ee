import { Conflict, type BlobStore, type QueueMessage, type QueueStore, type StoredRow, type TableStore, type Write } from './store.ts';
import { guardWrites } from './guard.ts';

/** An in-memory Table with the behaviour of the real one: create-only inserts, ETags, all-or-nothing transactions, key order, pages. */
export function memoryTable(): TableStore & { readonly rows: Map<string, StoredRow> } {
  const rows = new Map<string, StoredRow>();
  let counter = 0;
  const id = (partitionKey: string, rowKey: string): string => `${partitionKey}\u0001${rowKey}`;

  function check(write: Write): void {
    const key = write.do === 'delete' ? id(write.partitionKey, write.rowKey) : id(write.row.partitionKey, write.row.rowKey);
    const current = rows.get(key);
    if (write.do === 'insert' && current) throw new Conflict('storage answered 409');
    if (write.do === 'delete' && write.etag === '*' && current) return;
    if (write.do !== 'insert' && current?.etag !== write.etag) throw new Conflict('storage answered 412');
  }
  function apply(write: Write): void {
    if (write.do === 'delete') rows.delete(id(write.partitionKey, write.rowKey));
    else rows.set(id(write.row.partitionKey, write.row.rowKey), { ...write.row, fields: { ...write.row.fields }, etag: `"${String(++counter)}"` });
  }
  return {
    rows,
    get: (partitionKey, rowKey) => Promise.resolve(rows.get(id(partitionKey, rowKey))),
    transact(writes) {
      try {
        guardWrites(writes);
        writes.forEach(check);
        writes.forEach(apply);
        return Promise.resolve();
      } catch (error) {
        return Promise.reject(error instanceof Error ? error : new Error(String(error)));
      }
    },
    list({ partitionKey, from, after, below, limit, next }) {
      const found = [...rows.values()]
        .filter(row => (partitionKey === undefined || row.partitionKey === partitionKey) && (from === undefined || row.rowKey >= from) && (after === undefined || row.rowKey > after) && (below === undefined || row.rowKey < below))
        .sort((a, b) => (id(a.partitionKey, a.rowKey) < id(b.partitionKey, b.rowKey) ? -1 : 1));
      const start = next === undefined ? 0 : found.findIndex(row => id(row.partitionKey, row.rowKey) > next);
      const page = start < 0 ? [] : found.slice(start, start + limit);
      const last = page.at(-1);
      const more = last && start + limit < found.length;
      return Promise.resolve({ rows: page, ...(more && { next: id(last.partitionKey, last.rowKey) }) });
    },
  };
}

interface Queued { readonly text: string; readonly insertedAt: number; visibleAt: number; dequeueCount: number }

/** An in-memory Queue: at-least-once, invisible while it is being worked on. `now` is in milliseconds. */
export function memoryQueue(now: () => number): QueueStore & { readonly queues: Map<string, Queued[]> } {
  const queues = new Map<string, Queued[]>();
  const of = (name: string): Queued[] => {
    const queue = queues.get(name) ?? [];
    queues.set(name, queue);
    return queue;
  };
  const deliver = (name: string, item: Queued): QueueMessage => ({
    text: item.text, insertedAt: new Date(item.insertedAt).toISOString(), dequeueCount: item.dequeueCount, remove: removal(name, item, item.dequeueCount),
  });
  // The receipt of an earlier delivery removes nothing, as in the service.
  const removal = (name: string, item: Queued, receipt: number) => () => Promise.resolve(void queues.set(name, of(name).filter(other => other !== item || item.dequeueCount !== receipt)));
  return {
    queues,
    send(queue, message, delaySeconds) {
      of(queue).push({ text: JSON.stringify(message), insertedAt: now(), visibleAt: now() + delaySeconds * 1000, dequeueCount: 0 });
      return Promise.resolve();
    },
    receive(queue, count, hiddenForSeconds) {
      const due = of(queue).filter(item => item.visibleAt <= now()).slice(0, count);
      for (const item of due) {
        item.visibleAt = now() + hiddenForSeconds * 1000;
        item.dequeueCount += 1;
      }
      return Promise.resolve(due.map(item => deliver(queue, item)));
    },
  };
}

export function memoryBlob(now: () => string): BlobStore & { readonly blobs: Map<string, { content: Uint8Array; createdAt: string }> } {
  const blobs = new Map<string, { content: Uint8Array; createdAt: string }>();
  return {
    blobs,
    create(name, content) {
      if (blobs.has(name)) return Promise.resolve('exists');
      blobs.set(name, { content: content.slice(), createdAt: now() });
      return Promise.resolve('created');
    },
    read: name => Promise.resolve(blobs.get(name)?.content),
    remove: name => Promise.resolve(void blobs.delete(name)),
    list: prefix => Promise.resolve([...blobs].filter(([name]) => name.startsWith(prefix)).map(([name, blob]) => ({ name, createdAt: blob.createdAt }))),
  };
}
