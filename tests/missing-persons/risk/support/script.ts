import { levels, type FlagCode, type RiskLevel, type Role } from '../../../../functions/missing-persons/rules/terms.ts';
import { reasons } from './world.ts';

/** Who may turn up, and the rank each of them has. */
export const people: Readonly<Record<string, readonly Role[]>> = { pc: ['ATTENDING'], oic: ['OIC'], sgt: ['SGT'], sgt2: ['SGT'], insp: ['INSP'], insp2: ['INSP'], acting: ['SGT', 'INSP'], supt: ['SUPT'] };
const names = Object.keys(people);

const acts = ['raise', 'confirm', 'confirm', 'propose', 'propose', 'propose', 'approve', 'approve', 'approve', 'refuseReduce', 'refuseRaise', 'refuseRaise', 'rerun', 'v03', 'override', 'setFlag', 'clearFlag', 'noChange', 'facts', 'inform', 'inform', 'inform', 'inform'] as const;
export type Act = (typeof acts)[number];
const rationales = [reasons, reasons, reasons, 'time passed'];
/** Half of the time somebody acts whom the act is for, or most scripts would end at the first refusal. */
const likely: Partial<Record<Act, readonly string[]>> = {
  confirm: ['sgt', 'insp', 'supt'], propose: ['oic', 'sgt', 'insp', 'acting'], approve: ['insp', 'insp2', 'acting', 'supt', 'supt'], refuseReduce: ['insp', 'supt'], refuseRaise: ['sgt', 'insp', 'acting'], override: ['insp', 'insp2'], clearFlag: ['sgt', 'insp', 'acting'], noChange: ['sgt'],
};
const flagCodes: readonly FlagCode[] = ['LAC', 'DANGEROUS', 'DEMENTIA'];

export interface Step {
  readonly act: Act;
  /** Takes up what waits for a second person. */
  readonly follows: boolean;
  readonly by: string;
  readonly level: RiskLevel;
  readonly rationale: string;
  readonly info: string;
  readonly minutes: number;
  readonly flag: FlagCode;
  readonly dark: boolean;
  readonly known: boolean;
  readonly conference: boolean;
}

/** One number is one step, so that a script shrinks well. */
export function stepOf(number: number): Step {
  let rest = number;
  const pick = <T>(from: readonly T[]): T => {
    const value = from[rest % from.length];
    rest = Math.floor(rest / from.length);
    if (value === undefined) throw new Error('an empty list');
    return value;
  };
  const act = pick(acts);
  return {
    act, follows: pick([true, true, false]), by: pick([true, false]) ? pick(likely[act] ?? names) : pick(names), level: pick(levels), rationale: pick(rationales), info: pick(['latest', 'latest', 'latest', 'i0', 'nothing']), minutes: pick([0, 1, 5, 25, 61]), flag: pick(flagCodes), dark: pick([true, false, false]), known: pick([true, false, false]),
    conference: pick([true, false]),
  };
}
