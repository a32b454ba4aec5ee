import type * as z from 'zod';
import { reasonFailures, roleFailures, unless } from '../machine/moment.ts';
import type { Failure } from '../terms.ts';
import type { RiskContext } from './context.ts';
import type { FactorCode } from './factors.ts';
import { questionsInUse } from './settings.ts';
import { riskInput, type Known } from './slice.ts';

type Answer = Known['answers'][number];
type RiskInput = z.infer<typeof riskInput>;
type Given = Pick<RiskContext, 'actor' | 'settings'>;

/** Records answers; one that was given before is replaced, and the assessments keep what they were made on. FIELD_INVALID for a question that the set in use does not have. */
export function recordAnswers<K extends Known>(slice: K, given: readonly Pick<Answer, 'question' | 'value' | 'detail'>[], { actor: { by, now }, settings }: Given): K | readonly Failure[] {
  const set = questionsInUse(settings);
  const failures = given.flatMap(({ question }) => unless(set.questions.some(item => item.code === question), 'FIELD_INVALID', '3.4', `The question set ${set.id} has no ${question}.`));
  if (failures.length > 0) return failures;
  const fresh = new Map(given.map(({ question, value, detail }) => [question, { question, value, ...(detail !== undefined && { detail }), at: now, by }]));
  const answers = [...slice.answers.filter(item => !fresh.has(item.question)), ...fresh.values()].sort((a, b) => (a.question < b.question ? -1 : 1));
  return { ...slice, answers };
}

/** Adds what somebody said: who, how they can be reached, and when it was obtained (I3). FIELD_INVALID without the words or the name, TIME_IN_FUTURE for what has not been obtained yet. */
export function addInput<K extends Known>(slice: K, input: RiskInput, { actor: { now } }: Pick<RiskContext, 'actor'>): K | readonly Failure[] {
  const failures = [
    ...unless(riskInput.safeParse(input).success && input.text.trim().length > 0 && input.supplierName.trim().length > 0, 'FIELD_INVALID', 'I3', 'Say what was said and who said it.'),
    ...unless(!(Date.parse(input.obtainedAt) > Date.parse(now) + 120_000), 'TIME_IN_FUTURE', 'I3', 'The time at which it was obtained lies in the future.'),
  ];
  return failures.length > 0 ? failures : { ...slice, inputs: [...slice.inputs, input] };
}

/** Adds risk factors; one that stands keeps its first author. */
export function addFactors<K extends Known>(slice: K, codes: readonly FactorCode[], { actor: { by, now } }: Pick<RiskContext, 'actor'>): K {
  const fresh = [...new Set(codes)].filter(code => !slice.factors.some(item => item.code === code));
  return { ...slice, factors: [...slice.factors, ...fresh.map(code => ({ code, at: now, by }))] };
}

/**
 * Takes a factor off that was entered in error or holds no more, and keeps who did, why, and that it was there (WithdrawFactor). What it made the floor fire, and its flag, stay until an assessment; who
 * withdraws it cannot approve the reduction that it stood against. Refusals: NOT_FOUND, ROLE_DENIED, REASON_REQUIRED.
 */
export function withdrawFactor<K extends Known>(slice: K, { factor, reason }: { readonly factor: FactorCode; readonly reason: string }, { actor }: Pick<RiskContext, 'actor'>): K | readonly Failure[] {
  const failures = [
    ...unless(slice.factors.some(item => item.code === factor), 'NOT_FOUND', '3.5', `The factor ${factor} is not on this case.`), ...roleFailures('WithdrawFactor', actor), ...reasonFailures(reason, '3.5'),
  ];
  if (failures.length > 0) return failures;
  return { ...slice, factors: slice.factors.filter(item => item.code !== factor), withdrawnFactors: [...slice.withdrawnFactors ?? [], { code: factor, by: actor.by, at: actor.now, reason }] };
}
