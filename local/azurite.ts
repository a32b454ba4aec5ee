import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve as resolvePath } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileCache } from './host/start/bundle.ts';
import { createLineRing, endChild, exitOf, onLines } from './host/start/childProcess.ts';

export interface Azurite {
  readonly connectionString: string;
  readonly pid: number;
  /** Ends it; what is on disk has been written. */
  stop(): Promise<void>;
}

// Azurite's published development account, the same for every installation: no secret.
const account = 'devstoreaccount1';
const accountKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

const services = ['Blob', 'Queue', 'Table'] as const;

/**
 * Starts Azurite on free ports of the loopback and reads its addresses from its own words: an open port might be another checkout's.
 * With `dataDir` it keeps its state there, else in memory. It ends with this process, however that ends. Rejects when it does not start.
 */
export async function startAzurite(settings: { dataDir?: string } = {}): Promise<Azurite> {
  if (settings.dataDir !== undefined) await mkdir(settings.dataDir, { recursive: true });
  const child = spawn(process.execPath, azuriteArguments(settings.dataDir), {
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: tmpdir(),
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    // A process group of its own, as each host has: a terminal's Ctrl-C reaches neither, and hosts stop first.
    detached: process.platform !== 'win32',
  });
  const exited = exitOf(child);
  const ring = createLineRing(200);
  const stop = (): Promise<void> => endChild(child, exited, 5_000);
  const connectionString = await new Promise<string>((resolve, reject) => {
    const found = new Map<string, string>();
    onLines(child, line => {
      ring.add(line);
      const match = /Azurite (Blob|Queue|Table) service is successfully listening at (\S+)/.exec(line);
      if (match?.[1] !== undefined && match[2] !== undefined) found.set(match[1], match[2]);
      if (found.size === services.length) resolve(connectionTo(found));
    });
    void exited.then(exit => reject(new Error(`Azurite ended at its start (${exit.code ?? exit.signal ?? ''}):\n${ring.lines().join('\n')}`)));
  }).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { connectionString, pid: child.pid ?? 0, stop };
}

// The pinned SDKs speak a newer API version (2026-10-06) than the newest Azurite knows; the calls themselves are the same.
function azuriteArguments(dataDir: string | undefined): string[] {
  const azurite = createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js');
  return [
    '--disable-warning=DEP0040', '--disable-warning=DEP0169', '--import', pathToFileURL(join(import.meta.dirname, 'host', 'start', 'azuriteLifeline.ts')).href,
    azurite, '--silent', '--disableTelemetry', '--skipApiVersionCheck', ...(dataDir === undefined ? ['--inMemoryPersistence'] : ['--location', resolvePath(dataDir)]),
    ...services.flatMap(service => [`--${service.toLowerCase()}Host`, '127.0.0.1', `--${service.toLowerCase()}Port`, '0']),
  ];
}

function connectionTo(addresses: ReadonlyMap<string, string>): string {
  const endpoints = services.map(service => `${service}Endpoint=${addresses.get(service) ?? ''}/${account};`);
  return `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${accountKey};${endpoints.join('')}`;
}
