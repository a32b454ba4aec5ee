import { problem, type ProblemError } from '../../shared/http/problem.ts';
import type { FieldFailure } from './rules/person/fieldFailure.ts';

/** 422 with each fault at its field of the body (S06); a fault of no field is one of the whole. */
export function needsCorrection(sentence: string, failures: readonly FieldFailure[]): ProblemError {
  return problem('request-invalid', sentence, { errors: failures.map(({ field, code, why }) => ({ pointer: field === '' ? '/body' : `/body/${field.replaceAll('.', '/')}`, code, message: why })) });
}
