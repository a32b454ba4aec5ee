import { setImmediate as tick } from 'node:timers/promises';

/** A source of numbers from 0 to 1 that a seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Scheduler {
  /** Waits until the scheduler lets this actor take its next step; outside a run it is open. */
  gate(): Promise<void>;
  /** Runs the actors, one step of one of them at a time in an order that the seed fixes, until all have ended. */
  run<T>(actors: readonly (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]>;
}

/** Interleaves actors at their storage calls: each call waits at the gate, and is then done at once and alone. */
export function scheduler(seed: number): Scheduler {
  const random = seeded(seed);
  const waiting: (() => void)[] = [];
  let open = 0;
  return {
    gate: () => (open > 0 ? new Promise(resolve => waiting.push(resolve)) : Promise.resolve()),
    async run(actors) {
      open = actors.length;
      const all = Promise.allSettled(actors.map(async actor => {
        try {
          return await actor();
        } finally {
          open -= 1;
        }
      }));
      for (let step = 0; open > 0; step++) {
        if (step > 100_000) throw new Error('the actors do not end');
        await tick();
        waiting.splice(Math.floor(random() * waiting.length), 1)[0]?.();
      }
      return await all;
    },
  };
}
