import { problem, type ProblemError } from '../../shared/http/problem.ts';
import { needsReason } from './permission.ts';
import type { FieldFailure } from './rules/person/fieldFailure.ts';
import type { MissingRecord } from './state.ts';

/** 422 with each fault at its field of the body (S06); a fault of no field is one of the whole. */
export function needsCorrection(sentence: string, failures: readonly FieldFailure[]): ProblemError {
  return problem('request-invalid', sentence, { errors: failures.map(({ field, code, why }) => ({ pointer: field === '' ? '/body' : `/body/${field.replaceAll('.', '/')}`, code, message: why })) });
}

/** 3.1: whoever may see that there is such a case hears how to open it; everybody else has heard 404. @throws 403 for one that is opened with a reason */
export function assertOpensWithoutReason(record: MissingRecord): void {
  if (needsReason(record)) throw problem('not-permitted', 'This case is restricted. Open it with your reason, which is logged.');
}
