import * as z from 'zod';
import type { Failure } from '../terms.ts';
import { place } from './place.ts';

/**
 * Place last seen (PLS), last known position (LKP) and initial planning point (IPP) (missing-persons.md 1, S30): the IPP never changes, so that distances of one search stay
 * comparable; PLS and LKP may, each time with a reason, and nothing that was believed is lost.
 */
export const point = z.strictObject({ ...place.shape, precisionM: z.number().min(0).max(1_000_000).optional(), text: z.string().trim().min(1).max(500).optional(), setAt: z.iso.datetime(), setBy: z.string().min(1).max(64) });
export type PlanningPoint = z.output<typeof point>;

const movable = z.enum(['PLS', 'LKP']);
export const planningPoints = z.strictObject({
  ipp: point,
  pls: point,
  lkp: point.optional(),
  moves: z.array(z.strictObject({ which: movable, from: point.optional(), to: point, reason: z.string().trim().min(1).max(1000) })).max(200),
});
export type PlanningPoints = z.output<typeof planningPoints>;

/** The first points of a case: planning starts where the person was last seen. */
export function planFrom(lastSeen: PlanningPoint): PlanningPoints {
  return { ipp: lastSeen, pls: lastSeen, moves: [] };
}

export interface Move {
  readonly which: 'IPP' | 'PLS' | 'LKP';
  readonly to: PlanningPoint;
  /** Which new information says so. */
  readonly reason: string;
}

/** Moves PLS or LKP. The IPP is refused whatever the reason. */
export function movePoint(points: PlanningPoints, { which, to, reason }: Move): { readonly ok: true; readonly points: PlanningPoints } | { readonly ok: false; readonly failures: readonly Failure[] } {
  const failures: Failure[] = [
    ...(which === 'IPP' ? [{ code: 'TRANSITION_NOT_ALLOWED', why: 'The initial planning point never changes: move the place last seen or the last known position.', rule: '1 IPP' } as const] : []),
    ...(reason.trim() === '' ? [{ code: 'REASON_REQUIRED', why: 'Say which new information moves the point.', rule: '1 IPP' } as const] : []),
  ];
  if (which === 'IPP' || failures.length > 0) return { ok: false, failures };
  const from = which === 'PLS' ? points.pls : points.lkp;
  const moves = [...points.moves, { which, ...(from && { from }), to, reason: reason.trim() }];
  return { ok: true, points: { ...points, ...(which === 'PLS' ? { pls: to } : { lkp: to }), moves } };
}
