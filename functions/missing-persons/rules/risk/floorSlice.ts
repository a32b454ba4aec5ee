import * as z from 'zod';
import { riskLevel } from '../terms.ts';

/** Rules of 3.5. */
export const floorRule = z.enum(['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10']);
export type FloorRule = z.infer<typeof floorRule>;

/** A rule that fired: its sentence, and the answer ids and other facts that fired it (3.5, last line). */
const fired = z.strictObject({ rule: floorRule, level: riskLevel, why: z.string().max(300), because: z.array(z.string().max(60)) });
export type Fired = z.infer<typeof fired>;

/** The floor as it stands on the case. It lapses only by an assessment (15.1 item 12). `level` is VERY_LOW when nothing fired. */
export const standingFloor = z.strictObject({ level: riskLevel, rules: z.array(fired) });
export type StandingFloor = z.infer<typeof standingFloor>;
