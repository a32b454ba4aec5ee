import * as z from 'zod';
import { answerValue, type Failure } from '../terms.ts';
import { must } from '../person/fieldFailure.ts';
import { longText, shortText } from '../person/text.ts';

const instant = z.iso.datetime();

/**
 * Right Care Right Person (R4): the police stay when there is a crime to investigate, or a real and immediate risk to life or of serious harm (S26, S27), and always for who may
 * be under 18 (`rcrp.under18` = never, DK). What is not known counts against sending the caller elsewhere.
 */
export const rcrp = z.strictObject({
  crimeSuspected: answerValue, realAndImmediateRisk: answerValue, threshold: longText,
  agency: shortText, acceptedBy: shortText, acceptedAt: instant, advice: longText, callBackAt: instant,
});
export type Rcrp = z.output<typeof rcrp>;

/** Every reason why the report cannot be redirected; empty when it may be. `isUnder18` is true for who may be. */
export function rcrpFailures(answers: Rcrp, { isUnder18, now }: { readonly isUnder18: boolean; readonly now: string }): Failure[] {
  return [
    ...must(!isUnder18, 'dob', 'The person is under 18, or may be: a child is never redirected.', 'R4', 'RCRP_BARRED'),
    ...must(answers.crimeSuspected === 'NO', 'crimeSuspected', 'A crime is suspected, or it is not known whether there was one.', 'R4', 'RCRP_BARRED'),
    ...must(answers.realAndImmediateRisk === 'NO', 'realAndImmediateRisk', 'There is a real and immediate risk to life or of serious harm, or it is not known whether there is.', 'R4', 'RCRP_BARRED'),
    ...must(answers.agency.trim() !== '' && answers.acceptedBy.trim() !== '', 'acceptedBy', 'A named person of the agency must accept it.', 'R4', 'RCRP_BARRED'),
    ...must(Date.parse(answers.acceptedAt) <= Date.parse(now) + 120_000, 'acceptedAt', 'The agency cannot have accepted at a time that has not come.', 'R4', 'TIME_IN_FUTURE'),
    ...must(answers.threshold.trim() !== '', 'threshold', 'Say why the threshold is not met.', 'R4', 'REASON_REQUIRED'),
    ...must(answers.advice.trim() !== '', 'advice', 'Say what the caller was advised.', 'R4', 'REASON_REQUIRED'),
    ...must(Date.parse(answers.callBackAt) > Date.parse(now), 'callBackAt', 'The call-back lies in the past.', 'R4'),
  ];
}
