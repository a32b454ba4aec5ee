import { copyBetween, type EvidenceStore } from '../../../shared/azure/evidenceStore.ts';
import type { EvidenceDeps } from '../../../functions/goodsam/evidence/deps.ts';

export class Killed extends Error {
  override readonly name = 'Killed';
}

interface Trap {
  /** Calls to the outside so far. */
  calls: number;
  /** Which call is the last of this life, and whether it still has its effect. */
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** The same deps, which die at the call that the trap names: its effect did not happen, or it did and the answer never came. Everything after it dies too. */
function dying(deps: EvidenceDeps, trap: Trap): EvidenceDeps {
  const store: EvidenceStore = trapped<EvidenceStore>({ ...deps.store, copyWithin: (name, options) => copyBetween(trapped(deps.store, trap), name, options) }, trap);
  return { ...deps, store, provider: trapped(deps.provider, trap), malware: trapped(deps.malware, trap), evidenceSystem: trapped(deps.evidenceSystem, trap) };
}

function trapped<T extends object>(target: T, trap: Trap): T {
  return new Proxy(target, {
    get(object, name): unknown {
      const member: unknown = Reflect.get(object, name);
      if (typeof member !== 'function' || name === 'copyWithin') return member;
      return async (...given: unknown[]): Promise<unknown> => {
        trap.calls += 1;
        if (trap.calls > trap.at || (trap.calls === trap.at && trap.when === 'before')) throw new Killed();
        const answer: unknown = await Reflect.apply(member, object, given);
        if (trap.calls === trap.at) throw new Killed();
        return answer;
      };
    },
  });
}

/**
 * Runs a step in fresh worlds, killed before and after each of its calls to the outside, and then once more unharmed. Calls `check` with the world and the last
 * answer. Gives the number of kills, so that a test can see that there were some.
 */
export async function killedEverywhere<W extends { readonly deps: EvidenceDeps }, R>(
  make: () => Promise<W>, step: (deps: EvidenceDeps) => Promise<R>, check: (world: W, answer: R, kill: string) => Promise<void>,
): Promise<number> {
  let kills = 0;
  for (let at = 1; ; at += 1) {
    for (const when of ['before', 'after'] as const) {
      const world = await make();
      const trap: Trap = { calls: 0, at, when };
      const how = await step(dying(world.deps, trap)).then(() => 'told', (error: unknown) => {
        if (trap.calls < trap.at) throw error;
        return 'thrown';
      });
      if (trap.calls < at) return kills;
      kills += 1;
      // A step may turn a dead provider into a failure of its own; it must not have gone on as if nothing was.
      await check(world, await step(world.deps), `${when} call ${at}, ${how}`);
    }
  }
}
