import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { drainPoison } from '../../../shared/case/poison.ts';
import { sweep } from '../../../shared/case/sweep.ts';
import { work } from '../../../shared/case/work.ts';
import type { Outcome } from '../../../shared/case/commit.ts';
import { inject, type Fault } from './support/faults.ts';
import { expectPromisesKept, kindOf } from './support/invariants.ts';
import { jarRoom, postOffice, type JarCommand } from './support/jar.ts';
import { drain, keyOf, messagesIn, openedJar, send } from './support/world.ts';

/** F15 for the protocol: whatever happens in whatever order, nothing is lost, nothing happens twice, and what was said stays true. */
const fault = fc.constantFrom<Fault>('before', 'after', 'late');
const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('command' as const), coin: fc.nat(5), kind: fc.constantFrom('put', 'put', 'put', 'seal', 'unseal'), attempt: fc.nat(1) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('deliver' as const), which: fc.nat(9), acknowledge: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('break' as const), skip: fc.nat(12), fault, times: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(1, 3, 30, 61, 1_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('sweep' as const, 'poison' as const, 'land' as const, 'toPoison' as const) }) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

async function play(actions: readonly Action[], repeat: 'look-up' | 'same-key') {
  const office = postOffice({ remembers: repeat === 'same-key' });
  const room = jarRoom(office, repeat);
  const world = await openedJar(room);
  let broken: { skip: number; fault: Fault; times: number } | undefined;
  const faulty = inject(world.deps, () => {
    if (!broken) return undefined;
    if (broken.skip-- > 0) return undefined;
    if (broken.times-- > 0) return broken.fault;
    broken = undefined;
    return undefined;
  });
  const said = new Map<string, Outcome>();
  const quiet = async (run: () => Promise<unknown>): Promise<void> => {
    await run().catch((error: unknown) => {
      if (!(error instanceof Error) || !['Unavailable', 'TryAgain', 'Conflict'].includes(error.name)) throw error;
    });
  };
  const deliver = async (which: number, acknowledge: boolean): Promise<void> => {
    const waiting = messagesIn(world, room.queue);
    const delivery = waiting[which % Math.max(1, waiting.length)];
    if (!delivery) return;
    await quiet(async () => {
      await work(faulty.deps, room, delivery);
      if (acknowledge) world.queues.queues.set(room.queue, (world.queues.queues.get(room.queue) ?? []).filter(item => item.text !== JSON.stringify(delivery.message) || item.visibleAt > world.clock.now));
    });
  };
  const command = async (step: Extract<Action, { do: 'command' }>): Promise<void> => {
    const key = keyOf(`${step.kind}-${step.coin}-${step.attempt}`);
    const wanted: JarCommand = step.kind === 'put' ? { do: 'put', coin: `coin-${step.coin}-${step.attempt}` } : { do: step.kind === 'seal' ? 'seal' : 'unseal' };
    await quiet(async () => {
      const outcome = await send(faulty.deps, room, key, wanted);
      const before = said.get(key);
      // Once an outcome was told under a key, no other may be told.
      if (before) expect({ ...outcome, kind: kindOf(outcome) }).toEqual({ ...before, kind: kindOf(before) });
      said.set(key, outcome);
    });
  };
  for (const step of actions) {
    switch (step.do) {
      case 'command': await command(step); break;
      case 'deliver': await deliver(step.which, step.acknowledge); break;
      case 'break': broken = { ...step }; break;
      case 'wait': world.clock.now += step.seconds * 1_000; break;
      case 'sweep': await quiet(() => sweep(faulty.deps)); break;
      case 'poison': await quiet(() => drainPoison(faulty.deps, room)); break;
      case 'land': await faulty.land(); break;
      case 'toPoison': {
        const [delivery] = messagesIn(world, room.queue);
        if (delivery) await world.queues.send(`${room.queue}-poison`, delivery.message, 0);
      }
    }
  }
  broken = undefined;
  await faulty.land();
  await drain(world, room);
  for (let turn = 0; turn < 3; turn++) {
    world.clock.now += 20 * 60_000;
    await sweep(world.deps);
    await drain(world, room);
    await drainPoison(world.deps, room);
  }
  return { office, room, world, said };
}

describe.each(['look-up', 'same-key'] as const)('random sequences of commands, deliveries, faults and repairs, with a provider for %s', repeat => {
  it('lose nothing, do nothing twice, and keep their word', async () => {
    await fc.assert(fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 40 }), async actions => {
      const { office, room, world, said } = await play(actions, repeat);
      await expectPromisesKept(world, room, { said, sent: office });
    }), { numRuns: Number(process.env['FAULT_SCALE'] ?? 0) ? 5_000 : 400, ...(process.env['FC_SEED'] !== undefined && { seed: Number(process.env['FC_SEED']) }) });
  });
});
