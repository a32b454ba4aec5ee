import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startAzurite, type Azurite } from './azurite.ts';
import { createHostAdmin, type HostAdmin } from './host/start/adminClient.ts';
import { createHostProcess, type HostProcess } from './host/start/hostProcess.ts';
import type { HostOptions } from './host/options.ts';

export interface SystemSettings {
  /** The folder of the built app: package.json whose `main` names the entry, and host.json. */
  readonly artefact: string;
  /** The app's settings. The host adds AzureWebJobsStorage and STORAGE_CONNECTION; nothing else of this process's environment is passed on. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where Azurite keeps its state; in memory without it. */
  readonly dataDir?: string;
  /** Of the first host; a free one by default. */
  readonly port?: number;
  /** Hosts that share the one Azurite. */
  readonly hosts?: number;
  /** Fault switches on: the app's storage calls go through a proxy. */
  readonly faults?: boolean;
  /** Starts a host again when it ends unasked, as the platform would. */
  readonly restartOnExit?: boolean;
  /** Overrides of host.json and of the host's limits, for tests. */
  readonly options?: Omit<HostOptions, 'artefact' | 'port' | 'instance' | 'masterKey'>;
  readonly masterKey?: string;
  /** Each line of the hosts' output, for instance to print it. */
  readonly onLine?: (line: string) => void;
}

/** One running host with its administration. */
export type Host = HostProcess & HostAdmin & {
  /** Whether it is neither running nor about to be started again. */
  isDown(): boolean;
  restart(changes?: Partial<HostOptions>): Promise<void>;
};

export interface System {
  /** The first host's address. */
  readonly url: string;
  /** The storage itself, with no faults in the way. */
  readonly connectionString: string;
  readonly azuritePid: number;
  readonly masterKey: string;
  /** The first host. */
  readonly host: Host;
  readonly hosts: readonly Host[];
  /** Waits until every trigger queue is empty, invisible messages included, and no host runs an invocation. Rejects after `timeoutMs`. */
  drain(timeoutMs?: number): Promise<void>;
  /** The last lines of all hosts. */
  logs(): readonly string[];
  stop(): Promise<void>;
}

/** Starts Azurite and one or more hosts with the built app. Rejects, with the host's last lines, when a host does not start. */
export async function startSystem(settings: SystemSettings): Promise<System> {
  const azurite = await startAzurite(settings.dataDir === undefined ? {} : { dataDir: settings.dataDir });
  const masterKey = settings.masterKey ?? randomUUID();
  const state = { isStopping: false };
  const hosts = Array.from({ length: settings.hosts ?? 1 }, (_unused, instance) => createHost({ settings, azurite, masterKey, instance, state }));
  const stop = async (): Promise<void> => {
    state.isStopping = true;
    await Promise.all(hosts.map(host => host.stop()));
    await azurite.stop();
  };
  await Promise.all(hosts.map(host => host.start())).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const [host] = hosts;
  if (!host) throw new Error('a system has at least one host');
  return {
    url: host.url(),
    connectionString: azurite.connectionString,
    azuritePid: azurite.pid,
    masterKey,
    host,
    hosts,
    drain: timeoutMs => drainAll(hosts, timeoutMs),
    logs: () => hosts.flatMap(item => item.logs()),
    stop,
  };
}

interface NewHost {
  readonly settings: SystemSettings;
  readonly azurite: Azurite;
  readonly masterKey: string;
  readonly instance: number;
  readonly state: { readonly isStopping: boolean };
}

function createHost({ settings, azurite, masterKey, instance, state }: NewHost): Host {
  const host = createHostProcess({
    options: {
      ...settings.options, artefact: settings.artefact, masterKey, instance,
      ...(settings.port === undefined || instance > 0 ? {} : { port: settings.port }),
    },
    environment: {
      ...essentials(),
      ...settings.environment,
      AzureWebJobsStorage: azurite.connectionString,
      STORAGE_CONNECTION: azurite.connectionString,
      ...(settings.faults === true ? { HOST_FAULTS: '1' } : {}),
    },
    ...(settings.onLine ? { onLine: settings.onLine } : {}),
  });
  const asked = { stop: false };
  const watch = async (): Promise<void> => {
    await host.exited();
    if (settings.restartOnExit === true && !asked.stop && !state.isStopping) await start();
  };
  const start = async (changes?: Partial<HostOptions>): Promise<void> => {
    asked.stop = false;
    await host.start(changes);
    // A host that cannot start again shows itself in the next call of the test.
    watch().catch(() => undefined);
  };
  const stop = async (): Promise<void> => {
    asked.stop = true;
    await host.stop();
  };
  return {
    ...host,
    ...createHostAdmin(() => host.url(), masterKey),
    start,
    stop,
    isDown: () => !host.isAlive() && (asked.stop || settings.restartOnExit !== true),
    restart: async changes => {
      await stop();
      await start(changes);
    },
  };
}

/** What any process needs; the app must not depend on the rest of the caller's environment. */
function essentials(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'TZ', 'LANG'];
  return Object.fromEntries(names.flatMap(name => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

async function drainAll(hosts: readonly Host[], timeoutMs = 30_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  let before = '';
  while (true) {
    const up = hosts.filter(host => !host.isDown());
    if (up.length === 0) throw new Error('no host runs that could drain the queues');
    // A host that is just being started again is not idle.
    const states = await Promise.all(up.map(host => host.status())).catch(() => undefined);
    const isIdle = states?.every(state => state.running === 0 && Object.values(state.queues).every(count => count === 0)) ?? false;
    const now = isIdle ? JSON.stringify(states) : '';
    if (isIdle && now === before) return;
    before = now;
    if (Date.now() > end) throw new Error(`not drained after ${timeoutMs} ms: ${JSON.stringify(states)}`);
    await sleep(15);
  }
}
