import * as z from 'zod';
import { accepted, refused } from '../../../../shared/domain/decision.ts';
import type { Room } from '../../../../shared/case/room.ts';

/** A small room for the protocol's own tests: a jar takes coins until it is sealed; each coin owes one letter to the outside world. */
export const jarState = z.strictObject({ coins: z.array(z.string()), letters: z.array(z.string()), sealed: z.boolean(), failures: z.array(z.string()) });
export type Jar = z.infer<typeof jarState>;
export type JarCommand =
  | { readonly do: 'open' } | { readonly do: 'put'; readonly coin: string } | { readonly do: 'seal' }
  | { readonly do: 'recordLetter'; readonly coin: string; readonly answer: string } | { readonly do: 'recordFailure'; readonly coin: string; readonly code: string };
export interface Letter { readonly coin: string }
export type JarRoom = Room<Jar, never, JarCommand, Letter>;

export interface JarWorld {
  /** Sends the letter; may throw. The world counts what was sent by key. */
  send(key: string, letter: Letter): Promise<string>;
  find?(key: string): Promise<string | undefined>;
}

export function jarRoom(world: JarWorld, repeat: 'safe' | 'look-up' = 'safe'): JarRoom {
  return {
    name: 'jar', queue: 'jar-work', stateSchema: jarState, partSchema: z.never(), effectSchema: z.strictObject({ coin: z.string() }),
    decide(current, command) {
      if (command.do === 'open') {
        return current ? refused('exists', 'The jar is open already.') : accepted({ state: { coins: [], letters: [], sealed: false, failures: [] }, parts: {} }, [{ what: 'JarOpened', kind: 'collection' }]);
      }
      if (!current) return refused('no-jar', 'There is no jar.');
      const { state } = current;
      switch (command.do) {
        case 'put':
          if (state.sealed) return refused('sealed', 'The jar is sealed.');
          return accepted({ ...current, state: { ...state, coins: [...state.coins, command.coin] } }, [{ what: 'CoinPut', kind: 'alteration' }], [{ coin: command.coin }]);
        case 'seal':
          return accepted({ ...current, state: { ...state, sealed: true } }, [{ what: 'JarSealed', kind: 'alteration' }]);
        case 'recordLetter':
          if (state.letters.includes(command.coin)) return refused('recorded', 'The letter is recorded already.');
          return accepted({ ...current, state: { ...state, letters: [...state.letters, command.coin] } }, [{ what: 'LetterSent', kind: 'none' }]);
        case 'recordFailure':
          return accepted({ ...current, state: { ...state, failures: [...state.failures, command.coin] } }, [{ what: 'LetterFailed', kind: 'none', about: { code: command.code } }]);
      }
    },
    mayStart: current => (current.state.sealed ? { kind: 'refused', code: 'sealed', reason: 'The jar is sealed.' } : undefined),
    repeat: () => repeat,
    async perform(effect, context) {
      return { kind: 'result', result: await world.send(context.key, effect) };
    },
    ...(world.find && { lookUp: async (_effect, context) => await world.find?.(context.key) }),
    recordResult: (effect, answer) => ({ do: 'recordLetter', coin: effect.coin, answer }),
    recordFailure: (effect, code) => ({ do: 'recordFailure', coin: effect.coin, code }),
    index: (_caseId, current) => [{ list: current.state.sealed ? 'sealed' : 'open', sortKey: 'jar', fields: { coins: current.state.coins.length } }],
  };
}
