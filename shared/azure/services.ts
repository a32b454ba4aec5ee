import type { TokenCredential } from '@azure/identity';
import { TableClient, TableServiceClient, type TableServiceClientOptions } from '@azure/data-tables';
import type { BlobServiceClient, ContainerClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import { azureBlob } from './blob.ts';
import { toStorageError } from './errors.ts';
import { azureEvidence } from './evidenceStore.ts';
import { azureQueue } from './queue.ts';
import { tables, type Storage, type StorageSettings } from './clients.ts';
import { azureTable } from './table.ts';

const containers = { documents: 'documents', quarantine: 'quarantine', evidence: 'evidence' } as const;

interface Services {
  /** The largest of the three libraries is loaded at the first file. */
  readonly blob: () => Promise<BlobServiceClient>;
  readonly queue: QueueServiceClient;
  readonly tableService: TableServiceClient;
  readonly table: (name: string) => TableClient;
}

/** Retries are the SDK's; a call that still fails is `Unavailable` to the protocol. Short tries keep a command inside the caller's patience. */
const retryOptions = { maxRetries: 3, retryDelayInMs: 100, maxRetryDelayInMs: 2_000 };
const storageRetry = { maxTries: 4, retryDelayInMs: 100, maxRetryDelayInMs: 2_000, tryTimeoutInMs: 30_000 };

/** The SDK clients of the one storage account of the app; nothing is sent yet. */
export function openServices(settings: StorageSettings): Storage {
  const { blob, queue, tableService, table } = settings.connectionString === undefined ? byIdentity(settings) : byConnection(settings.connectionString);
  let opened: Promise<ContainerClient> | undefined;
  const container = (): Promise<ContainerClient> => (opened ??= blob().then(service => service.getContainerClient(containers.documents)));
  const part = async (name: 'quarantine' | 'evidence'): Promise<ContainerClient> => (await blob()).getContainerClient(containers[name]);
  return {
    cases: azureTable(table(tables.cases)), work: azureTable(table(tables.work)), queues: azureQueue(queue), documents: azureBlob(container), evidence: azureEvidence(part),
    async prepare(queues) {
      await Promise.all([
        ...Object.values(tables).map(name => tableService.createTable(name)),
        ...queues.map(name => queue.getQueueClient(name).createIfNotExists()),
        container().then(found => found.createIfNotExists()), part('quarantine').then(found => found.createIfNotExists()), part('evidence').then(found => found.createIfNotExists()),
      ]);
    },
    async ping() {
      try {
        await Promise.all([table(tables.cases).getEntity('ping', 'ping').catch(absent), container().then(found => found.getProperties()), queue.getProperties()]);
      } catch (error) {
        throw toStorageError(error);
      }
    },
  };
}

/** The blob service of an account that need not be the app's own. */
export async function openBlobs(settings: StorageSettings): Promise<BlobServiceClient> {
  return await (settings.connectionString === undefined ? blobsByIdentity(settings, managedIdentity()) : blobsByConnection(settings.connectionString));
}

async function blobsByConnection(connection: string): Promise<BlobServiceClient> {
  return (await import('@azure/storage-blob')).BlobServiceClient.fromConnectionString(connection, { retryOptions: storageRetry });
}

async function blobsByIdentity(settings: StorageSettings, credential: TokenCredential): Promise<BlobServiceClient> {
  return new (await import('@azure/storage-blob')).BlobServiceClient(urlOf(settings, 'blob'), credential, { retryOptions: storageRetry });
}

const urlOf = ({ account = '', suffix = 'core.windows.net' }: StorageSettings, service: string): string => `https://${account}.${service}.${suffix}`;

function absent(error: unknown): void {
  if (typeof error === 'object' && error !== null && 'statusCode' in error && error.statusCode === 404) return;
  throw error;
}

function byConnection(connection: string): Services {
  const options: TableServiceClientOptions = { allowInsecureConnection: true, retryOptions };
  return {
    blob: () => blobsByConnection(connection),
    queue: QueueServiceClient.fromConnectionString(connection, { retryOptions: storageRetry }),
    tableService: TableServiceClient.fromConnectionString(connection, options),
    table: name => TableClient.fromConnectionString(connection, name, options),
  };
}

function byIdentity(settings: StorageSettings): Services {
  const credential = managedIdentity();
  const url = (service: string): string => urlOf(settings, service);
  return {
    blob: () => blobsByIdentity(settings, credential),
    queue: new QueueServiceClient(url('queue'), credential, { retryOptions: storageRetry }),
    tableService: new TableServiceClient(url('table'), credential, { retryOptions }),
    table: name => new TableClient(url('table'), name, credential, { retryOptions }),
  };
}

/** The managed identity of the app. Its library is large and is loaded at the first token, not at the start. */
function managedIdentity(): TokenCredential {
  let loaded: Promise<TokenCredential> | undefined;
  const load = async (): Promise<TokenCredential> => new (await import('@azure/identity')).ManagedIdentityCredential();
  return { getToken: async (scopes, options) => await (await (loaded ??= load())).getToken(scopes, options) };
}
