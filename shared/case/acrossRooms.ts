import type * as z from 'zod';
import { sha256 } from './keys.ts';
import type { CaseDeps } from './room.ts';
import { TryAgain } from './work.ts';

const batch = 16;
const hiddenFor = 120;
const againAfterSeconds = 300;

/** The message of another room. @throws TryAgain for one that this version cannot read; the poison consumer keeps it */
export function receiveAcross<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new TryAgain('a message of another room that this version cannot read');
  return parsed.data;
}

/**
 * Drains the poison queue of a queue between rooms. Five failures in a row are a room or a system that is down, and every message here may be taken again: it comes again in five minutes, as
 * often as it must, and an alarm says so each time. What cannot be read is kept as a blob. Returns how many there were.
 */
export async function retryPoison(deps: Pick<CaseDeps, 'queues' | 'blobs' | 'alarm'>, queue: string, schema: z.ZodType<object>): Promise<number> {
  let count = 0;
  for (;;) {
    const messages = await deps.queues.receive(`${queue}-poison`, batch, hiddenFor);
    for (const received of messages) {
      const name = sha256(received.text);
      const parsed = schema.safeParse(jsonOf(received.text));
      if (parsed.success) await deps.queues.send(queue, parsed.data, againAfterSeconds);
      else await deps.blobs.create(`poison/${queue}/${name}`, Buffer.from(received.text), 'application/octet-stream');
      deps.alarm({ what: parsed.success ? 'message-comes-again' : 'message-unreadable', caseId: '', operationId: name });
      await received.remove();
      count += 1;
    }
    if (messages.length < batch) return count;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON at all: the schema says so.
    return undefined;
  }
}
