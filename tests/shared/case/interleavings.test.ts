import { describe, it } from '@jest/globals';
import { commitBesideOthers, type Outcome } from '../../../shared/case/commit.ts';
import { drainPoison } from '../../../shared/case/poison.ts';
import { sweep } from '../../../shared/case/sweep.ts';
import { work } from '../../../shared/case/work.ts';
import { inject, type Fault } from './support/faults.ts';
import { scheduler, seeded } from './support/interleave.ts';
import { expectPromisesKept } from './support/invariants.ts';
import { jarRoom, postOffice, type JarCommand } from './support/jar.ts';
import { drain, jarRequest, keyOf, messagesIn, openedJar } from './support/world.ts';

/**
 * All who touch a case at once: two hosts with commands (one key in both), two workers on any message that waits, delivered or not before, the poison consumer
 * on copies of them, and the sweeper. Their storage calls, and the steps of a letter on its way, interleave as the seed says, and some calls break.
 */
async function play(seed: number): Promise<void> {
  const schedule = scheduler(seed);
  const random = seeded(seed * 7919);
  const office = postOffice({ before: () => schedule.gate() });
  const room = jarRoom(office, 'look-up');
  const world = await openedJar(room, { sweepAfter: 5_000, effectTimeout: 20_000 });
  const said = new Map<string, Outcome>();
  const fault = (): Fault | undefined => (random() < 0.04 ? (random() < 0.5 ? 'before' : 'after') : undefined);
  const { deps } = inject(world.deps, fault, () => schedule.gate());

  const host = (commands: readonly (readonly [string, JarCommand])[]) => async (): Promise<void> => {
    for (const [name, command] of commands) {
      const key = keyOf(name);
      await commitBesideOthers(deps, room, jarRequest(key, command)).then(outcome => said.set(key, outcome), () => undefined);
    }
  };
  const worker = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) {
      await schedule.gate();
      const waiting = messagesIn(world, room.queue);
      const delivery = waiting[Math.floor(random() * waiting.length)];
      if (delivery) await work(deps, room, delivery).catch(() => undefined);
    }
  };
  const poison = async (): Promise<void> => {
    for (let turn = 0; turn < 4; turn++) {
      await schedule.gate();
      const waiting = messagesIn(world, room.queue);
      const delivery = waiting[Math.floor(random() * waiting.length)];
      if (delivery) await world.queues.send(`${room.queue}-poison`, delivery.message, 0);
      await drainPoison(deps, room).catch(() => undefined);
      world.clock.now += Math.floor(random() * 15_000);
    }
  };
  await schedule.run([
    host([['put-0', { do: 'put', coin: 'c0' }], ['seal', { do: 'seal' }], ['put-1', { do: 'put', coin: 'c1' }]]),
    host([['put-0', { do: 'put', coin: 'c0' }], ['unseal', { do: 'unseal' }], ['put-2', { do: 'put', coin: 'c2' }]]),
    worker, worker, poison, () => sweep(deps).then(() => undefined, () => undefined),
  ]);
  await drain(world, room);
  for (let turn = 0; turn < 3; turn++) {
    world.clock.now += 20 * 60_000;
    await sweep(world.deps);
    await drain(world, room);
    await drainPoison(world.deps, room);
  }
  await expectPromisesKept(world, room, { said, sent: office });
}

const runs = process.env['FAULT_SCALE'] === '1' ? 5_000 : 200;

describe('hosts, workers, poison consumer and sweeper at once', () => {
  it(`keep every promise in ${runs} interleavings`, async () => {
    for (let seed = 1; seed <= runs; seed++) {
      try {
        await play(seed);
      } catch (error) {
        throw new Error(`in interleaving ${seed}`, { cause: error });
      }
    }
  }, 60_000 * Math.ceil(runs / 200));
});
