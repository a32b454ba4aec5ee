import { pump, type Agenda } from './agenda.ts';
import { parseMessage } from './message.ts';
import type { CaseDeps, Room } from './room.ts';
import { TryAgain, work, type Delivery } from './work.ts';

/** What the host gives a queue function: the parsed body, and when the queue took it in. */
export interface Received {
  readonly body: unknown;
  readonly triggerMetadata: Readonly<Record<string, unknown>> | undefined;
}

/** One delivery of a room's work queue. @throws TryAgain for a message that this version cannot read; the poison consumer keeps it */
export async function receiveWork<State, Part, Command, Effect>(deps: CaseDeps, room: Room<State, Part, Command, Effect>, received: Received): Promise<void> {
  await work(deps, room, deliveryOf(received));
}

/** The same, and afterwards what the step left to be done, also when the effect itself must come again: nothing waits behind a card that cannot be shown. */
export async function receiveWorkAndPump<State, Part, Command, Effect>(
  deps: CaseDeps, room: Room<State, Part, Command, Effect>, agenda: Agenda<State, Part, Command>, received: Received,
): Promise<void> {
  const delivery = deliveryOf(received);
  try {
    await work(deps, room, delivery);
  } finally {
    await pump(deps, room, agenda, delivery.message.caseId);
  }
}

function deliveryOf({ body, triggerMetadata }: Received): Delivery {
  const message = parseMessage(body);
  if (!message) throw new TryAgain('a message that this version cannot read; the poison consumer keeps it');
  return { message, insertedAt: insertedAt(triggerMetadata?.['insertionTime']) };
}

/** The host gives text; without a readable one the message counts as new, which only costs another delivery. */
function insertedAt(value: unknown): Date {
  const at = new Date(typeof value === 'string' ? value : NaN);
  return Number.isNaN(at.getTime()) ? new Date() : at;
}
