import * as z from 'zod';
import { levels, riskLevel, type RiskLevel } from '../terms.ts';
import { callHandlerQuestions2022, questionSet, type QuestionSet } from './questions.ts';

/** A word that blames the victim; `childOnly` ones are looked for when the person is, or may be, under 18. */
const languageWord = z.strictObject({ word: z.string().min(2).max(60), childOnly: z.boolean() });

/** Section 13 as far as risk uses it, and numbers of 3.5 that are marked [DK]. */
export const riskSettings = z.strictObject({
  /** `risk.lowest.label`. */
  lowestLabel: z.string().min(1).max(60).default('Very low risk'),
  /** `rationale.minChars`. */
  rationaleMinChars: z.int().min(1).max(1000).default(40),
  /** `risk.reduceFromHigh.approver`: one step down from HIGH. Two steps or more are always the superintendent's (C5). */
  reduceFromHighApprover: z.enum(['INSP', 'SUPT']).default('SUPT'),
  /** Minutes after a raise in which two people may refuse it (C4b). */
  refuseRaiseMinutes: z.int().min(1).max(240).default(60),
  /** `floor.youngChild.age`: F2 is for those under it. */
  youngChildAge: z.int().min(1).max(18).default(11),
  /** `floor.under18`. */
  under18: riskLevel.default('MEDIUM'),
  /** F4, hours. */
  medicationHours: z.number().min(0).max(72).default(6),
  /** F5: hours with the place unknown, and degrees Celsius. */
  dementiaHours: z.number().min(0).max(24).default(2),
  coldBelowC: z.number().min(-20).max(25).default(5),
  /** F9: earlier episodes in the window that make this a repeat for the floor. */
  repeatEarlierForFloor: z.int().min(1).max(10).default(1),
  /** `repeat.count`: episodes in the window, this one counted, from which the flag REPEAT stands. */
  repeatCount: z.int().min(2).max(20).default(3),
  /** `languageCheck.words` [S16~][S78]. */
  languageWords: z.array(languageWord).default([
    { word: 'streetwise', childOnly: false }, { word: 'chooses to', childOnly: false }, { word: 'usual', childOnly: false }, { word: 'attention seeking', childOnly: false },
    { word: 'lifestyle choice', childOnly: false }, { word: 'prostitute', childOnly: true },
  ]),
  /** Sets that the force has published, and the one in use. */
  questionSets: z.array(questionSet).default([]),
  questionSetId: z.string().min(3).max(40).default('APP-CH-2022'),
});
export type RiskSettings = z.infer<typeof riskSettings>;

/** The set in use. Throws when nobody published it: `checkRisk` says so at the start. */
export function questionsInUse({ questionSets, questionSetId }: Pick<RiskSettings, 'questionSets' | 'questionSetId'>): QuestionSet {
  const found = [callHandlerQuestions2022, ...questionSets].find(set => set.id === questionSetId);
  if (!found) throw new Error(`question set ${questionSetId} has not been published`);
  return found;
}

/** Words for the screen; "Absent" is never one (0.2.1). */
export function labelOf(level: RiskLevel, { lowestLabel }: Pick<RiskSettings, 'lowestLabel'>): string {
  const label: Readonly<Record<RiskLevel, string>> = { VERY_LOW: lowestLabel, LOW: 'Low risk', MEDIUM: 'Medium risk', HIGH: 'High risk' };
  return label[level];
}

/** On a card, where HIGH has to stand out. */
export function cardLabelOf(level: RiskLevel, settings: Pick<RiskSettings, 'lowestLabel'>): string {
  return level === 'HIGH' ? 'HIGH RISK' : labelOf(level, settings);
}

/**
 * A level of another system or of an old form (0.2.1; 15.4). `ABSENT` and `NO_APPARENT_RISK` are read here only, and are to be assessed again, as is everything that is
 * no word of today. Undefined: not a level.
 */
export function importedLevel(word: string): { readonly level: RiskLevel; readonly mustReassess: boolean } | undefined {
  const plain = word.trim().toUpperCase().replaceAll(/[\s-]+/g, '_').replace(/_RISK$/, '');
  const level = levels.find(item => item === plain);
  if (level) return { level, mustReassess: false };
  if (['ABSENT', 'NO_APPARENT'].includes(plain)) return { level: 'VERY_LOW', mustReassess: true };
  // The wording of 2010 ("immediate ... substantial grounds"), still used by Scotland and some NHS forms [S24][S25].
  return plain === 'VERY_HIGH' || plain === 'IMMEDIATE' ? { level: 'HIGH', mustReassess: true } : undefined;
}
