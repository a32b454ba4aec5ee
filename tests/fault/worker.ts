// A worker process of the fault tests: the host's queue loop with a lease of seconds, because the host's own would take ten minutes after a kill.
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueMessage } from '../../shared/azure/store.ts';
import { parseMessageText } from '../../shared/case/message.ts';
import { drainPoison } from '../../shared/case/poison.ts';
import { sweep } from '../../shared/case/sweep.ts';
import { work } from '../../shared/case/work.ts';
import type { JarRoom } from '../shared/case/support/jar.ts';
import { depsOf, roomsOf, runOf } from './rooms.ts';

process.on('disconnect', () => process.exit(0));
const run = runOf(process.env);
const deps = depsOf(run);
const leaseSeconds = 3;
const maxDequeueCount = 8;

async function deliver(room: JarRoom, received: QueueMessage): Promise<void> {
  const message = parseMessageText(received.text);
  try {
    if (!message) throw new Error('unreadable');
    await work(deps, room, { message, insertedAt: new Date(received.insertedAt) });
    await received.remove();
  } catch {
    // As the host: visible again when the lease ends, given up after so many.
    if (received.dequeueCount < maxDequeueCount || !message) return;
    await deps.queues.send(`${room.queue}-poison`, message, 0);
    await received.remove();
  }
}

async function loop(room: JarRoom): Promise<never> {
  for (;;) {
    const batch = await deps.queues.receive(room.queue, 8, leaseSeconds).catch(() => []);
    await Promise.all(batch.map(received => deliver(room, received).catch(() => undefined)));
    if (!batch.length) await sleep(100);
  }
}

async function repair(): Promise<never> {
  for (;;) {
    await sleep(2_000);
    await sweep(deps).catch(() => undefined);
    for (const room of roomsOf(run)) await drainPoison(deps, room).catch(() => undefined);
  }
}

process.send?.({ port: 1 });
await Promise.all([...roomsOf(run).map(loop), repair()]);
