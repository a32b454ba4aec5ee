/**
 * What the protocol of shared/case needs from Azure Table, Queue and Blob storage. `table.ts`, `queue.ts` and `blob.ts` speak to Azure; `memory.ts`
 * holds doubles with the same behaviour. Conditional writes are linearizable and a transaction is all or nothing: the protocol rests on this.
 */
export type Field = string | number | boolean;

export interface Row {
  readonly partitionKey: string;
  readonly rowKey: string;
  readonly fields: Readonly<Record<string, Field>>;
}

export interface StoredRow extends Row {
  readonly etag: string;
}

/** One step of a transaction: `insert` is create-only, `update` replaces the row if its ETag still is the one given. */
export type Write =
  | { readonly do: 'insert'; readonly row: Row }
  | { readonly do: 'update'; readonly row: Row; readonly etag: string }
  /** `*` as the ETag deletes the row whatever it holds. */
  | { readonly do: 'delete'; readonly partitionKey: string; readonly rowKey: string; readonly etag: string };

export interface Page {
  readonly rows: readonly StoredRow[];
  /** Opaque; absent on the last page. */
  readonly next?: string;
}

export interface ListOptions {
  readonly partitionKey?: string;
  /** Row keys from this one, inclusive. */
  readonly from?: string;
  /** Row keys after this one, exclusive. */
  readonly after?: string;
  /** Row keys below this one, exclusive. */
  readonly below?: string;
  readonly limit: number;
  readonly next?: string;
}

export interface TableStore {
  get(partitionKey: string, rowKey: string): Promise<StoredRow | undefined>;
  /** All writes or none, one partition, at most 90 rows. @throws Conflict, Unavailable, TooLarge */
  transact(writes: readonly Write[]): Promise<void>;
  /** One page of rows in key order. */
  list(options: ListOptions): Promise<Page>;
}

export interface QueueMessage {
  readonly text: string;
  readonly insertedAt: string;
  readonly dequeueCount: number;
  /** Ends this delivery. A second call is harmless. */
  remove(): Promise<void>;
}

export interface QueueStore {
  /** Sends once, never expiring. @throws Unavailable */
  send(queue: string, message: object, delaySeconds: number): Promise<void>;
  receive(queue: string, count: number, hiddenForSeconds: number): Promise<readonly QueueMessage[]>;
}

export interface BlobStore {
  /** Create-once: writes the blob unless it is there. Content-addressed names make the difference harmless. */
  create(name: string, content: Uint8Array, contentType: string): Promise<'created' | 'exists'>;
  read(name: string): Promise<Uint8Array | undefined>;
  remove(name: string): Promise<void>;
  list(prefix: string): Promise<readonly { readonly name: string; readonly createdAt: string }[]>;
}

/** A conditional write that did not hold: the row exists (409), has moved on (412) or is gone (404). Never success: read before concluding. */
export class Conflict extends Error {
  override readonly name = 'Conflict';
}

/** Writes, or says false when the rows are no longer what the writes were made from. @throws Unavailable, TooLarge */
export async function tryTransact(table: Pick<TableStore, 'transact'>, writes: readonly Write[]): Promise<boolean> {
  try {
    await table.transact(writes);
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}

/** Storage did not answer, or answered that it cannot now. The write may or may not have happened. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  readonly retryAfterSeconds: number;
  constructor(message: string, retryAfterSeconds = 2, options?: ErrorOptions) {
    super(message, options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Content over a limit of the service, refused by our own guard before it is sent (413). */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}
