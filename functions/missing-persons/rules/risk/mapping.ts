import type { FlagCode, QuestionCode, Trigger } from '../terms.ts';
import type { FactorCode } from './factors.ts';
import type { FloorRule } from './floorSlice.ts';
import type { Known } from './slice.ts';

/** What is seen in a record. `NOT_NO`: YES, NOT_KNOWN, or no answer at all. */
export type Sign = { readonly question: QuestionCode; readonly is: 'YES' | 'NOT_NO' } | { readonly factor: FactorCode } | { readonly flag: FlagCode };

/** A sign, and the flag that it sets, the floor rule that it is evidence for (which may ask for more), and the trigger of tasks that it pulls. */
export interface MapRow {
  readonly when: Sign;
  readonly flag?: FlagCode;
  readonly floor?: FloorRule;
  readonly trigger?: Trigger;
  readonly source: string;
}

const yes = (question: QuestionCode): Sign => ({ question, is: 'YES' });
const notNo = (question: QuestionCode): Sign => ({ question, is: 'NOT_NO' });
const factor = (code: FactorCode): Sign => ({ factor: code });
const flag = (code: FlagCode): Sign => ({ flag: code });

/** The one table from question and factor to flag, floor and trigger (15.2 item 29). A flag that a row sets counts as a sign of the rows of that flag. */
export const mapping: readonly MapRow[] = [
  { when: yes('Q06'), flag: 'SUSPICIOUS', source: 'DK' },
  { when: yes('Q08'), flag: 'CSE', source: 'S16,DK' },
  { when: yes('Q09'), flag: 'SUICIDE', floor: 'F1', source: 'DK' },
  { when: yes('Q10'), flag: 'DANGEROUS', source: 'DK' },
  { when: yes('Q11'), flag: 'ABROAD', source: 'DES' },
  { when: yes('Q14'), trigger: 'TRIGGER_PLAN', source: 'DES' },
  { when: yes('Q15'), flag: 'CCE', source: 'S16,DK' },
  // "NOT_KNOWN counts as yes" (F10): so a YES blocks as well, or an answer would be worth less than none.
  { when: notNo('Q05'), floor: 'F10', source: 'DES' },
  { when: notNo('Q06'), floor: 'F10', source: 'DES' },
  { when: notNo('Q07'), floor: 'F10', source: 'DES' },
  { when: notNo('Q08'), floor: 'F10', source: 'DES' },
  { when: notNo('Q09'), floor: 'F10', source: 'DES' },
  { when: factor('SUICIDE_INTENT'), flag: 'SUICIDE', floor: 'F1', source: 'DK' },
  { when: factor('NOTE_LEFT'), flag: 'SUICIDE', floor: 'F1', source: 'DK' },
  { when: factor('SELF_HARM_INTENT'), flag: 'SUICIDE', source: 'DK' },
  { when: factor('SUICIDE_HISTORY'), flag: 'SUICIDE', source: 'DES' },
  { when: factor('FAREWELL'), flag: 'SUICIDE', source: 'DES' },
  { when: factor('DEMENTIA'), flag: 'DEMENTIA', source: 'DK' },
  { when: factor('ABDUCTION'), flag: 'SUSPICIOUS', source: 'DK' },
  { when: factor('HONOUR_BASED_ABUSE'), flag: 'HBA_FM', source: 'DK' },
  { when: factor('FORCED_MARRIAGE'), flag: 'HBA_FM', source: 'DK' },
  { when: factor('FGM'), flag: 'FGM', source: 'DK' },
  { when: factor('DOMESTIC_ABUSE'), flag: 'DOMESTIC_ABUSE', source: 'DK' },
  { when: factor('SEXUAL_EXPLOITATION'), flag: 'CSE', source: 'S16,DK' },
  { when: factor('CRIMINAL_EXPLOITATION'), flag: 'CCE', source: 'S16,DK' },
  { when: factor('COUNTY_LINES'), flag: 'COUNTY_LINES', source: 'S16,DK' },
  { when: factor('KNOWN_DRUG_LINE'), flag: 'COUNTY_LINES', source: 'DES' },
  { when: factor('TRAFFICKING'), flag: 'TRAFFICKING_NRM', source: 'S16,DK' },
  { when: factor('UNACCOMPANIED_ASYLUM_SEEKING_CHILD'), flag: 'UASC', source: 'DK' },
  { when: factor('WANTED'), flag: 'WANTED', source: 'DK' },
  { when: factor('VIOLENT'), flag: 'DANGEROUS', source: 'DK' },
  { when: flag('DEMENTIA'), floor: 'F5', trigger: 'DEMENTIA', source: 'DK' },
  { when: flag('SUSPICIOUS'), floor: 'F6', trigger: 'SUSPICIOUS', source: 'DK' },
  { when: flag('HBA_FM'), floor: 'F6', source: 'DK' },
  { when: flag('CSE'), floor: 'F7', trigger: 'EXPLOITATION', source: 'S16,DK' },
  { when: flag('CCE'), floor: 'F7', trigger: 'EXPLOITATION', source: 'S16,DK' },
  { when: flag('COUNTY_LINES'), floor: 'F7', trigger: 'EXPLOITATION', source: 'S16,DK' },
  { when: flag('TRAFFICKING_NRM'), floor: 'F7', trigger: 'TRAFFICKING', source: 'S16,S45' },
  { when: flag('UASC'), trigger: 'TRAFFICKING', source: 'S45' },
  { when: flag('MH_DETAINED'), floor: 'F8', trigger: 'MH_DETAINED', source: 'DK' },
  { when: flag('DANGEROUS'), floor: 'F8', source: 'DK' },
  { when: flag('SUICIDE'), trigger: 'SUICIDE', source: 'DK' },
  { when: flag('LAC'), trigger: 'LAC', source: 'S8,DK' },
  { when: flag('CP_PLAN'), trigger: 'CP_PLAN', source: 'S98' },
  { when: flag('REPEAT'), trigger: 'REPEAT', source: 'S43,DK' },
  { when: flag('ABROAD'), trigger: 'ABROAD', source: 'S12,S99' },
];

type Signs = Pick<Known, 'answers' | 'factors' | 'flags'>;

/** Name of a sign as it stands in `because`: the question's code, `factor:X` or `flag:X`. */
export function nameOf(sign: Sign): string {
  if ('question' in sign) return sign.question;
  return 'factor' in sign ? `factor:${sign.factor}` : `flag:${sign.flag}`;
}

/** A sign of the record itself; of a flag, whether it stands among `held`. */
function isSeen(sign: Sign, known: Signs, held: ReadonlySet<FlagCode>): boolean {
  if ('flag' in sign) return held.has(sign.flag);
  if ('factor' in sign) return known.factors.some(item => item.code === sign.factor);
  const value = known.answers.find(item => item.question === sign.question)?.value;
  return sign.is === 'YES' ? value === 'YES' : value !== 'NO';
}

const noFlags: ReadonlySet<FlagCode> = new Set();

/** The flags that answers and factors stand for, with the sign of each. */
export function derivedFlags(known: Signs): { readonly flag: FlagCode; readonly from: string }[] {
  return mapping.flatMap(({ when, flag: code }) => (code !== undefined && isSeen(when, known, noFlags) ? [{ flag: code, from: nameOf(when) }] : []));
}

/** Flags that stand on the case and those that its answers and factors stand for. */
export function flagsOf(known: Signs): Set<FlagCode> {
  return new Set([...known.flags.map(item => item.flag), ...derivedFlags(known).map(item => item.flag)]);
}

/** Names of the signs that are evidence for a floor rule. A flag that an answer or a factor stands for is named together with it. */
export function evidenceFor(rule: FloorRule, known: Signs): string[] {
  const derived = derivedFlags(known);
  const held = flagsOf(known);
  const seen = mapping.filter(row => row.floor === rule && isSeen(row.when, known, held));
  return [...new Set(seen.flatMap(({ when }) => ('flag' in when ? [...derived.filter(item => item.flag === when.flag).map(item => item.from), nameOf(when)] : [nameOf(when)])))];
}

/** The triggers of tasks that a record pulls now (4.4), each once. */
export function triggersOf(known: Signs): Trigger[] {
  const held = flagsOf(known);
  return [...new Set(mapping.flatMap(row => (row.trigger !== undefined && isSeen(row.when, known, held) ? [row.trigger] : [])))];
}
