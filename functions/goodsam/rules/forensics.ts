import * as z from 'zod';

const score = z.int().min(0).max(3);

/** The score form of a triage by video (7.5). The digital potential is scored like the others: a device left behind is a reason to attend. */
export const scoreForm = z.strictObject({
  offenceType: z.string().min(1).max(100), volumeCrime: z.boolean(), entryPoint: z.string().max(250), surfaces: z.array(z.string().max(60)).max(20), wet: z.boolean(),
  timeSinceH: z.number().min(0).max(10_000), itemsMoved: z.boolean(), bloodOrCellular: z.boolean(),
  fingermark: score, footwear: score, toolmark: score, dnaPotential: score, digitalPotential: score,
  preservationAdvice: z.string().max(1000), decision: z.string().max(40).optional(), decisionReason: z.string().max(1000).optional(),
});
export type ScoreForm = z.output<typeof scoreForm>;

export type ScoreResult = { readonly ok: true } | { readonly ok: false; readonly code: 'CHECKLIST_INCOMPLETE' | 'OUTCOME_NOT_ALLOWED'; readonly why: string };

/**
 * Whether the form bears the outcome (21.28, T22 guard of 21.22: scored and decided). Any score of 2 or more: ATTEND_URGENT or ATTEND_SCHEDULED.
 * All 0 in volume crime: NO_ATTEND with a reason. All else: the examiner chooses, with a reason.
 */
export function checkForensicOutcome(form: ScoreForm | undefined, outcome: string): ScoreResult {
  if (form === undefined) return no('CHECKLIST_INCOMPLETE', 'The score form is not filled in.');
  if (form.decision !== outcome) return no('CHECKLIST_INCOMPLETE', 'The decision of the score form is not this outcome.');
  const scores = [form.fingermark, form.footwear, form.toolmark, form.dnaPotential, form.digitalPotential];
  if (Math.max(...scores) >= 2) return outcome === 'ATTEND_URGENT' || outcome === 'ATTEND_SCHEDULED' ? { ok: true } : no('OUTCOME_NOT_ALLOWED', 'A score of 2 or more needs attendance.');
  if (Math.max(...scores) === 0 && form.volumeCrime && outcome !== 'NO_ATTEND') return no('OUTCOME_NOT_ALLOWED', 'With no potential and volume crime the outcome is not to attend.');
  return (form.decisionReason ?? '').trim() === '' ? no('CHECKLIST_INCOMPLETE', 'The decision needs a reason.') : { ok: true };
}

/** Triage of a digital device needs the head of the digital forensics unit; nothing else in this area needs authority (7.5 A). */
export function forensicAuthority(reason: string): boolean {
  return reason === 'DIGITAL_DEVICE_TRIAGE';
}

function no(code: 'CHECKLIST_INCOMPLETE' | 'OUTCOME_NOT_ALLOWED', why: string): ScoreResult {
  return { ok: false, code, why };
}
