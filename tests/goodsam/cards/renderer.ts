import { createRequire } from 'node:module';
import * as z from 'zod';

const require = createRequire(import.meta.url);
// The ES entry has imports without extensions, so Node takes the bundle (power-platform-and-teams.md 4.2).
const loaded: unknown = require('adaptivecards/dist/adaptivecards.js');

const faults = z.array(z.object({ phase: z.number(), event: z.number(), message: z.string() }));
const constructible = z.custom<new (...args: unknown[]) => object>(value => typeof value === 'function');
const library = z.object({ AdaptiveCard: constructible, SerializationContext: constructible, Versions: z.custom<object>(value => typeof value === 'function') }).parse(loaded);
const v1_5: unknown = Reflect.get(library.Versions, 'v1_5');

/** What the renderer of Adaptive Cards 1.5 finds when it reads and then checks a card. */
export function rendererFaults(card: object): string[] {
  const context: object = new library.SerializationContext(v1_5);
  const parsed: object = new library.AdaptiveCard();
  call(parsed, 'parse', card, context);
  const read = faults.parse(Array.from({ length: z.number().parse(Reflect.get(context, 'eventCount')) }, (_, index) => call(context, 'getEventAt', index)));
  const checked = z.object({ validationEvents: faults }).parse(call(parsed, 'validateProperties'));
  return [...read, ...checked.validationEvents].map(({ message }) => message);
}

function call(on: object, method: string, ...args: unknown[]): unknown {
  const found: unknown = Reflect.get(on, method);
  if (typeof found !== 'function') throw new TypeError(`no method ${method}`);
  return Reflect.apply(found, on, args);
}
