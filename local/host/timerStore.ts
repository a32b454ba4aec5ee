import { BlobServiceClient, RestError, type BlobLeaseClient, type BlockBlobClient, type ContainerClient } from '@azure/storage-blob';
import * as z from 'zod';

const statusSchema = z.object({ Last: z.iso.datetime().optional(), Next: z.iso.datetime(), LastUpdated: z.iso.datetime() });

/** When a timer ran last and is due next; kept over restarts so that a missed run is noticed. */
export type TimerStatus = z.output<typeof statusSchema>;

export interface TimerStore {
  read(timer: string): Promise<TimerStatus | undefined>;
  write(timer: string, status: TimerStatus): Promise<void>;
  /** Takes or renews the lease; whether this host may run the timers now, for one host does at a time (TimerListener.cs:15). */
  acquire(): Promise<boolean>;
  free(): Promise<void>;
}

const hostId = 'local-host';

/** Where the real host keeps both: container `azure-webjobs-hosts` of AzureWebJobsStorage. `instance` numbers the hosts of one system. */
export function createTimerStore(connection: string, instance: number): TimerStore {
  const container = BlobServiceClient.fromConnectionString(connection).getContainerClient('azure-webjobs-hosts');
  const statusBlob = (timer: string): BlockBlobClient => container.getBlockBlobClient(`timers/${hostId}/Host.Functions.${timer}/status`);
  const lock = container.getBlockBlobClient(`locks/${hostId}/timers.Listener`);
  // A fixed lease id for each instance: a host that was killed takes its own lease again at once when it is back.
  const lease = lock.getBlobLeaseClient(`00000000-0000-4000-8000-${String(instance).padStart(12, '0')}`);
  return {
    read: timer => readStatus(statusBlob(timer)),
    write: async (timer, status) => {
      const text = JSON.stringify(status);
      await statusBlob(timer).upload(text, Buffer.byteLength(text));
    },
    acquire: () => acquireLease(container, lock, lease),
    free: async () => { await lease.releaseLease().catch(() => undefined); },
  };
}

async function readStatus(blob: BlockBlobClient): Promise<TimerStatus | undefined> {
  try {
    const value: unknown = JSON.parse((await blob.downloadToBuffer()).toString('utf8'));
    return statusSchema.parse(value);
  } catch (error) {
    if (error instanceof RestError && error.statusCode === 404) return undefined;
    throw error;
  }
}

/** 15 seconds is the shortest lease the service gives. */
async function acquireLease(container: ContainerClient, lock: BlockBlobClient, lease: BlobLeaseClient): Promise<boolean> {
  try {
    await lease.acquireLease(15);
    return true;
  } catch (error) {
    if (!(error instanceof RestError)) throw error;
    if (error.statusCode === 409) return false;
    if (error.statusCode !== 404) throw error;
    await container.createIfNotExists();
    await lock.upload('', 0, { conditions: { ifNoneMatch: '*' } }).catch(ignoreExisting);
    return acquireLease(container, lock, lease);
  }
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof RestError && (error.statusCode === 409 || error.statusCode === 412))) throw error;
}
