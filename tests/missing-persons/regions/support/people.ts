import { expect } from '@jest/globals';
import { isFailed, type Actor } from '../../../../functions/missing-persons/rules/machine/moment.ts';
import type { RegionAnswer, RegionMove } from '../../../../functions/missing-persons/rules/regions/region.ts';
import { regionSettings } from '../../../../functions/missing-persons/rules/regions/settings.ts';
import type { RefusalCode, Role } from '../../../../functions/missing-persons/rules/terms.ts';

export const settings = regionSettings.parse({});
export const start = '2026-11-24T18:00:00.000Z';
export const after = (minutes: number, from = start): string => new Date(Date.parse(from) + minutes * 60_000).toISOString();
export const actor = (by: string, roles: readonly Role[] = ['OIC'], minutes = 0): Actor => ({ now: after(minutes), by, roles, isAttached: true });

/** The step, which must have been taken. */
export function moved<Slice>(answer: RegionAnswer<Slice>): RegionMove<Slice> {
  if (isFailed(answer)) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer;
}

/** Codes of a refusal, which it must be. */
export function codes(answer: unknown): RefusalCode[] {
  if (!isFailed(answer)) throw new Error('not refused');
  expect(answer.length).toBeGreaterThan(0);
  for (const { why } of answer) expect(why.length).toBeGreaterThan(10);
  return answer.map(({ code }) => code);
}

export const wants = (answer: RegionMove<unknown>): string[] => answer.wants.map(({ what, about }) => (about === undefined ? what : `${what} ${about}`));
