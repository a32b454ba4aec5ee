import type { Share } from './facts.ts';

/** Below this a count could point to a person (7). */
export const smallest = 5;

/** Bars as somebody outside the team sees them: 1 to 4 is '<5', and when only one bar was hidden the next smallest is hidden too, so that it cannot be had from the total. */
export function suppressedBars(bars: Readonly<Record<string, number>>, isTeam: boolean): Readonly<Record<string, number | '<5' | 'hidden'>> {
  if (isTeam) return bars;
  const small = Object.keys(bars).filter(key => isSmall(bars[key] ?? 0));
  const rest = Object.entries(bars).filter(([, n]) => n >= smallest).sort(([, a], [, b]) => a - b);
  const second = small.length === 1 ? rest[0]?.[0] : undefined;
  return Object.fromEntries(Object.entries(bars).map(([key, n]) => [key, isSmall(n) ? '<5' as const : key === second ? 'hidden' as const : n]));
}

const isSmall = (n: number): boolean => n > 0 && n < smallest;

/** A share of which the part, or the rest, is small is not shown outside the team. */
export function suppressedShare(given: Share, isTeam: boolean): Share | '<5' {
  const { numerator, denominator, unknown } = given;
  return !isTeam && [numerator, denominator - numerator, denominator, unknown].some(isSmall) ? '<5' : given;
}
