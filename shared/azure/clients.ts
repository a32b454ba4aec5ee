import type { EvidenceStore } from './evidenceStore.ts';
import type { BlobStore, QueueStore, TableStore } from './store.ts';

/** The two tables: the cases with all their rows, and what is kept about them (pending, dirty and index rows). */
export const tables = { cases: 'cases', work: 'work' } as const;

export interface StorageSettings {
  /** Local and test only; production uses the account and a managed identity. */
  readonly connectionString?: string;
  readonly account?: string;
  readonly suffix?: string;
}

export interface Storage {
  readonly cases: TableStore;
  readonly work: TableStore;
  readonly queues: QueueStore;
  readonly documents: BlobStore;
  /** Files of live links: quarantine, and evidence. */
  readonly evidence: EvidenceStore;
  /** Makes what is missing: tables, the container and these queues. In production the deployment has made them, and this changes nothing. */
  prepare(queues: readonly string[]): Promise<void>;
  /** A cheap read against each service. @throws Unavailable */
  ping(): Promise<void>;
}

/**
 * Connects to the one storage account of the app. The SDKs are half of what the app would have to load before its functions are registered, so they come
 * with the first call; `prepare`, which the app makes right after it has started, is that call.
 */
export function connectStorage(settings: StorageSettings): Storage {
  let opened: Promise<Storage> | undefined;
  const open = (): Promise<Storage> => (opened ??= import('./services.ts').then(services => services.openServices(settings)));
  return {
    cases: lazyTable(async () => (await open()).cases),
    work: lazyTable(async () => (await open()).work),
    queues: lazyQueue(async () => (await open()).queues),
    documents: lazyBlob(async () => (await open()).documents),
    evidence: lazyEvidence(async () => (await open()).evidence),
    prepare: async queues => await (await open()).prepare(queues),
    ping: async () => await (await open()).ping(),
  };
}

function lazyTable(open: () => Promise<TableStore>): TableStore {
  return {
    get: async (partitionKey, rowKey) => await (await open()).get(partitionKey, rowKey),
    transact: async writes => await (await open()).transact(writes),
    list: async options => await (await open()).list(options),
  };
}

function lazyQueue(open: () => Promise<QueueStore>): QueueStore {
  return {
    send: async (queue, message, delaySeconds) => await (await open()).send(queue, message, delaySeconds),
    receive: async (queue, count, hiddenForSeconds) => await (await open()).receive(queue, count, hiddenForSeconds),
  };
}

function lazyBlob(open: () => Promise<BlobStore>): BlobStore {
  return {
    create: async (name, content, contentType) => await (await open()).create(name, content, contentType),
    read: async name => await (await open()).read(name),
    remove: async name => await (await open()).remove(name),
    list: async prefix => await (await open()).list(prefix),
  };
}

function lazyEvidence(open: () => Promise<EvidenceStore>): EvidenceStore {
  return {
    writeStream: async (part, name, content, options) => await (await open()).writeStream(part, name, content, options),
    readStream: async (part, name, range) => await (await open()).readStream(part, name, range),
    copyWithin: async (name, options) => await (await open()).copyWithin(name, options),
    remove: async (part, name) => await (await open()).remove(part, name),
    properties: async (part, name) => await (await open()).properties(part, name),
    names: async (part, prefix) => await (await open()).names(part, prefix),
  };
}
