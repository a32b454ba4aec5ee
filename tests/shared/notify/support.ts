import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { startNotifySimulator } from '../../../local/simulators/notify/simulator.ts';
import type { NotifySimulator, NotifySimulatorSettings } from '../../../local/simulators/notify/simulator.ts';
import { createNotifyMessenger } from '../../../shared/notify/govukNotify.ts';
import type { Messenger, Outgoing } from '../../../shared/notify/messenger.ts';

const running: { readonly stop: () => Promise<void> }[] = [];

/** Call it after each test. */
export async function stopAll(): Promise<void> {
  await Promise.all(running.splice(0).map(one => one.stop()));
}

export async function simulator(settings: NotifySimulatorSettings = {}): Promise<NotifySimulator> {
  const started = await startNotifySimulator({ receiptDelayMs: 5, receiptRetryMs: 20, robotLookMs: 5, ...settings });
  running.push(started);
  return started;
}

export function messengerOf({ environment }: NotifySimulator, changes: { readonly branded?: string; readonly timeoutMs?: number; readonly url?: string } = {}): Messenger {
  return createNotifyMessenger({
    url: changes.url ?? environment.NOTIFY_URL, timeoutMs: changes.timeoutMs ?? 5_000,
    apiKeys: { branded: changes.branded ?? environment.NOTIFY_API_KEY, neutral: environment.NOTIFY_NEUTRAL_API_KEY },
  });
}

export function templateId({ environment }: NotifySimulator, name: string): string {
  const id = z.record(z.string(), z.string()).parse(JSON.parse(environment.NOTIFY_TEMPLATES))[name];
  if (id === undefined) throw new Error(`no template ${name}`);
  return id;
}

export const link = 'http://127.0.0.1:1/Ab3dEf6hIj9k';

/** A text by the neutral service to a sample number. */
export function neutralText(notify: NotifySimulator, changes: Partial<Outgoing> = {}): Outgoing {
  return { service: 'neutral', to: '+447700900001', templateId: templateId(notify, 'DA_NEUTRAL'), personalisation: { link }, reference: `${randomUUID()}:1`, ...changes };
}

/** Asks the simulator's control API. */
export async function control(notify: NotifySimulator, path: string, body: unknown): Promise<void> {
  const response = await fetch(`${notify.url}/sim/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (response.status !== 200) throw new Error(`control ${path} answered ${response.status}: ${await response.text()}`);
}
