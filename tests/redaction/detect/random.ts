/** A seeded generator (mulberry32), so that a failing identifier can be made again from its seed. */
export interface Random {
  /** A whole number from 0 to `below - 1`. */
  readonly below: (below: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly digits: (count: number) => string;
  readonly letters: (count: number, from?: string) => string;
}

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6D2B79F5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const pick = <T>(from: readonly T[]): T => {
    const chosen = from[below(from.length)];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen;
  };
  const letters = (count: number, from = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'): string => Array.from({ length: count }, () => from.charAt(below(from.length))).join('');
  return { below, pick, letters, digits: count => letters(count, '0123456789') };
}
