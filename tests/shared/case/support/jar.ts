import * as z from 'zod';
import { accepted, refused, type Decision } from '../../../../shared/domain/decision.ts';
import { Permanent, type Case, type EffectContext, type Performed, type Repeat, type Room } from '../../../../shared/case/room.ts';

/**
 * A small room for the protocol's own tests: a jar takes coins until it is sealed; each coin owes one letter to the outside world. Its lid is a part that
 * is turned together with the state, so that a torn reading shows.
 */
export const jarState = z.strictObject({ coins: z.array(z.string()), letters: z.array(z.string()), sealed: z.boolean(), failures: z.array(z.string()), turns: z.int(), pages: z.int() });
export type Jar = z.infer<typeof jarState>;
export const lid = z.strictObject({ turns: z.int() });
export type Lid = z.infer<typeof lid>;
export type JarCommand =
  | { readonly do: 'open' } | { readonly do: 'put'; readonly coin: string } | { readonly do: 'seal' } | { readonly do: 'unseal' }
  | { readonly do: 'turn' } | { readonly do: 'check' } | { readonly do: 'recordPages'; readonly pages: number }
  | { readonly do: 'recordLetter'; readonly coin: string; readonly answer: string } | { readonly do: 'recordFailure'; readonly coin: string; readonly code: string };
export interface Letter { readonly coin: string }
export type JarRoom = Room<Jar, Lid, JarCommand, Letter>;

export interface JarWorld {
  /** Sends the letter; may throw. The world counts what was sent by key. */
  send(key: string, letter: Letter, context: EffectContext): Promise<string>;
  find?(key: string): Promise<string | undefined>;
  /** Instead of a letter: a long job. */
  perform?(effect: Letter, context: EffectContext): Promise<Performed>;
}

export const lidKey = 'lid|1';
const empty: Jar = { coins: [], letters: [], sealed: false, failures: [], turns: 0, pages: 0 };

export function jarRoom(world: JarWorld, repeat: Repeat = 'same-key'): JarRoom {
  return {
    name: 'jar', queue: 'jar-work', stateSchema: jarState, partSchema: lid, effectSchema: z.strictObject({ coin: z.string() }), decide,
    mayStart: current => (current.state.sealed ? { kind: 'refused', code: 'sealed', reason: 'The jar is sealed.' } : undefined),
    repeat: () => repeat,
    async perform(effect, context) {
      return world.perform ? await world.perform(effect, context) : { kind: 'result', result: await world.send(context.key, effect, context) };
    },
    ...(world.find && { lookUp: async (_effect, context) => await world.find?.(context.key) }),
    recordProgress: (_effect, progress) => ({ do: 'recordPages', pages: Number(progress) }),
    recordResult: (effect, answer) => ({ do: 'recordLetter', coin: effect.coin, answer }),
    recordFailure: (effect, code) => ({ do: 'recordFailure', coin: effect.coin, code }),
    index: (_caseId, { state }) => {
      const owing = state.coins.length - state.letters.length - state.failures.length;
      return [
        { list: state.sealed ? 'sealed' : 'open', sortKey: 'jar', fields: { coins: state.coins.length, letters: state.letters.length } },
        // Its place in the list moves with almost every step, so rows become obsolete all the time.
        ...(owing > 0 ? [{ list: 'owing', sortKey: String(owing).padStart(3, '0'), fields: { owing } }] : []),
      ];
    },
  };
}

export const jarLists = ['open', 'sealed', 'owing'] as const;

type Decided = Decision<Case<Jar, Lid>, Letter>;

function decide(current: Case<Jar, Lid> | undefined, command: JarCommand): Decided {
  if (command.do === 'open') {
    return current ? refused('exists', 'The jar is open already.') : accepted({ state: empty, parts: { [lidKey]: { turns: 0 } } }, [{ what: 'JarOpened', kind: 'collection' }]);
  }
  if (!current) return refused('no-jar', 'There is no jar.');
  const { state } = current;
  const to = (change: Partial<Jar>): Case<Jar, Lid> => ({ ...current, state: { ...state, ...change } });
  switch (command.do) {
    case 'put':
      if (state.sealed) return refused('sealed', 'The jar is sealed.');
      return accepted(to({ coins: [...state.coins, command.coin] }), [{ what: 'CoinPut', kind: 'alteration' }], [{ coin: command.coin }]);
    case 'seal': return state.sealed ? refused('sealed', 'The jar is sealed.') : accepted(to({ sealed: true }), [{ what: 'JarSealed', kind: 'alteration' }]);
    case 'unseal': return state.sealed ? accepted(to({ sealed: false }), [{ what: 'JarUnsealed', kind: 'alteration' }]) : refused('not-sealed', 'The jar is not sealed.');
    case 'turn': return accepted({ state: { ...state, turns: state.turns + 1 }, parts: { [lidKey]: { turns: (current.parts[lidKey]?.turns ?? 0) + 1 } } }, [{ what: 'LidTurned', kind: 'alteration' }]);
    case 'check': return current.parts[lidKey]?.turns === state.turns ? accepted(to({}), [{ what: 'LidChecked', kind: 'none' }]) : refused('torn', 'The lid and the jar are of two moments.');
    case 'recordPages': return accepted(to({ pages: command.pages }), [{ what: 'PagesDone', kind: 'none' }]);
    case 'recordLetter':
      if (state.letters.includes(command.coin)) return refused('recorded', 'The letter is recorded already.');
      return accepted(to({ letters: [...state.letters, command.coin] }), [{ what: 'LetterSent', kind: 'none' }]);
    case 'recordFailure': return accepted(to({ failures: [...state.failures, command.coin] }), [{ what: 'LetterFailed', kind: 'none', about: { code: command.code } }]);
  }
}

/** The outside world: counts the letters that went out under each key. With `remembers` it honours keys, as a good provider does. */
export function postOffice(options: { readonly remembers?: boolean; readonly before?: () => Promise<void>; readonly fail?: () => Error | undefined } = {}) {
  const sent = new Map<string, number>();
  const world: JarWorld = {
    async send(key) {
      await options.before?.();
      const failure = options.fail?.();
      if (failure) throw failure;
      if (!(options.remembers && sent.has(key))) sent.set(key, (sent.get(key) ?? 0) + 1);
      return `receipt of ${key}`;
    },
    find: key => Promise.resolve(sent.has(key) ? `receipt of ${key}` : undefined),
  };
  return { ...world, sent, total: () => [...sent.values()].reduce((sum, count) => sum + count, 0), most: () => Math.max(0, ...sent.values()) };
}

export { Permanent };
