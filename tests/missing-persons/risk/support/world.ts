import { expect } from '@jest/globals';
import { isFailed } from '../../../../functions/missing-persons/rules/machine/moment.ts';
import { inOrder, type AnswerValue, type Failure, type QuestionCode, type RefusalCode, type RiskLevel, type Role } from '../../../../functions/missing-persons/rules/terms.ts';
import type { Assessed } from '../../../../functions/missing-persons/rules/risk/assess.ts';
import type { RiskContext, RiskFacts } from '../../../../functions/missing-persons/rules/risk/context.ts';
import { floorOf, type Floor } from '../../../../functions/missing-persons/rules/risk/floor.ts';
import { requiredQuestions } from '../../../../functions/missing-persons/rules/risk/questions.ts';
import { initial } from '../../../../functions/missing-persons/rules/risk/raise.ts';
import { riskSettings } from '../../../../functions/missing-persons/rules/risk/settings.ts';
import { assessmentRow, nothingKnown, riskSlice, type Known, type RiskSlice } from '../../../../functions/missing-persons/rules/risk/slice.ts';

export const settings = riskSettings.parse({});
export const start = '2026-11-24T09:00:00.000Z';
export const after = (minutes: number, from = start): string => new Date(Date.parse(from) + minutes * 60_000).toISOString();

/** An adult of 40, seen at nine by day and in mild weather, of whom nothing bad is known. */
export const calm: RiskFacts = {
  age: { youngest: 40, oldest: 40 }, reportedAt: start, lastSeenFrom: start, medication: [], temperatureC: 12, isDark: false, earlierInWindow: 0, isOwnerAcknowledged: true, hasCircumstances: true,
  information: [{ id: 'sighting-1', at: after(30) }, { id: 'info-2', at: after(90) }],
};
export const child: RiskFacts = { ...calm, age: { youngest: 15, oldest: 15 } };

/** Every question answered with a no, but those named. */
export function answered(given: Partial<Record<QuestionCode, AnswerValue | 'UNANSWERED'>> = {}): Known {
  const answers = requiredQuestions.flatMap(question => {
    const value = given[question] ?? 'NO';
    return value === 'UNANSWERED' ? [] : [{ question, value, at: start, by: 'handler' }];
  });
  return { ...nothingKnown, answers };
}

export function withFactors(known: Known, ...codes: Known['factors'][number]['code'][]): Known {
  return { ...known, factors: codes.map(code => ({ code, at: start, by: 'handler' })) };
}

export function withFlags(known: Known, ...codes: Known['flags'][number]['flag'][]): Known {
  return { ...known, flags: codes.map(flag => ({ flag, setBy: 'handler', at: start, source: 'care record' })) };
}

export function context(by: string, roles: readonly Role[], rest: { readonly at?: number; readonly facts?: RiskFacts; readonly attached?: boolean } = {}): RiskContext {
  return { actor: { now: after(rest.at ?? 60), by, roles, isAttached: rest.attached ?? true }, facts: rest.facts ?? calm, settings };
}

export const reasons = 'Seen on camera at the station in good spirits and with the friend that was named.';

export function floorFor(known: Known, facts: RiskFacts = calm, now = start): Floor {
  return floorOf({ known, facts, now, settings });
}

/** The slice that came of an act; fails the test with the refusal otherwise. Rows and slice are read through their schemas. */
export function ok(result: Assessed | readonly Failure[]): RiskSlice {
  if (isFailed(result)) throw new Error(result.map(item => `${item.code} ${item.why}`).join('; '));
  result.rows.forEach(row => assessmentRow.parse(row));
  return riskSlice.parse(result.risk);
}

export function sliceOf(result: RiskSlice | readonly Failure[]): RiskSlice {
  if (isFailed(result)) throw new Error(result.map(item => `${item.code} ${item.why}`).join('; '));
  return riskSlice.parse(result);
}

/** The codes of a refusal in the order in which they are heard (15.2 item 26). */
export function codes(result: unknown): RefusalCode[] {
  expect(Array.isArray(result)).toBe(true);
  if (!isFailed(result)) return [];
  result.forEach(item => expect(item.why).toMatch(/^\p{Lu}.*\.$/su));
  return [...new Set(inOrder(result).map(item => item.code))];
}

export function rules(result: unknown): string[] {
  return isFailed(result) ? result.map(item => item.rule) : [];
}

/** A case with its first assessment, taken at nine. */
export function opened(level: RiskLevel, known: Known = answered(), facts: RiskFacts = calm): RiskSlice {
  return ok(initial(known, { level, rationale: 'THRIVE note.' }, context('handler', ['CALL_HANDLER'], { at: 0, facts })));
}
