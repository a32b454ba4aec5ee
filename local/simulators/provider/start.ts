import { spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import * as z from 'zod';
import { createLineRing, endChild, exitOf, onLines } from '../../host/start/childProcess.ts';
import type { SettingsInput } from './settings.ts';

export interface ProviderSimulator {
  readonly url: string;
  readonly pid: number;
  readonly seed: number;
  /** The app's settings that point to it. */
  readonly environment: Readonly<Record<'LIVE_LINK_PROVIDER_URL' | 'LIVE_LINK_PROVIDER_KEY' | 'LIVE_LINK_WEBHOOK_SECRETS', string>>;
  /** Calls its control interface: GET without a body, POST with one. Rejects when it refuses. */
  readonly control: (path: string, body?: unknown) => Promise<unknown>;
  readonly stop: () => Promise<void>;
}

const readySchema = z.object({ event: z.literal('ready'), url: z.string() });

/**
 * Starts the simulator as a child process (goodsam.md 21.36), which ends with this one. Key and secrets are made anew unless given; so is the seed, for ids of an
 * earlier run would be taken for repeats by an app that kept its storage.
 */
export async function startProviderSimulator(settings: Partial<SettingsInput> = {}): Promise<ProviderSimulator> {
  const chosen = { seed: randomInt(2 ** 31), key: randomBytes(24).toString('base64url'), secrets: { current: newSecret(), old: newSecret() }, ...settings } satisfies SettingsInput;
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    stdio: ['pipe', 'pipe', 'pipe'], detached: process.platform !== 'win32', env: { ...process.env, SIMULATOR_SETTINGS: JSON.stringify(chosen) },
  });
  const ring = createLineRing(50);
  const exited = exitOf(child);
  const url = await new Promise<string>((resolve, reject) => {
    onLines(child, line => {
      ring.add(line);
      const event = readySchema.safeParse(parsed(line));
      if (event.success) resolve(event.data.url);
    });
    void exited.then(() => reject(new Error(`the provider simulator ended at its start\n${ring.lines().join('\n')}`)));
  });
  return {
    url, pid: child.pid ?? 0, seed: chosen.seed, control: (path, body) => control(`${url}/sim/${path}`, body), stop: () => endChild(child, exited, 2_000),
    environment: { LIVE_LINK_PROVIDER_URL: url, LIVE_LINK_PROVIDER_KEY: chosen.key, LIVE_LINK_WEBHOOK_SECRETS: `${chosen.secrets.current},${chosen.secrets.old}` },
  };
}

function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}

async function control(url: string, body: unknown): Promise<unknown> {
  const sent = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(url, sent);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return JSON.parse(text);
}

function parsed(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return value;
  } catch {
    return undefined;
  }
}
