import type { Failure, RefusalCode } from '../terms.ts';

/** One field that is wrong (S06: every failure is listed at its field). `field` is a path such as `devices.0.imei`; `why` never repeats what was typed. */
export interface FieldFailure extends Failure {
  readonly field: string;
}

/** A `FIELD_INVALID` unless the code is given. */
export function wrong(field: string, why: string, rule = '3.2', code: RefusalCode = 'FIELD_INVALID'): FieldFailure {
  return { field, code, why, rule };
}

/** No failure when it is so. */
export function must(isSo: boolean, ...of: Parameters<typeof wrong>): FieldFailure[] {
  return isSo ? [] : [wrong(...of)];
}

/** The names of the fields, each once, in the order in which they are found wrong: `flaggedFields` of a report. */
export function fieldsOf(failures: readonly FieldFailure[]): string[] {
  return [...new Set(failures.map(({ field }) => field))];
}

/** Failures of the parts of a thing, as fields of the whole: `at('devices.0', ...)`. */
export function at(path: string, failures: readonly FieldFailure[]): FieldFailure[] {
  return failures.map(failure => ({ ...failure, field: failure.field === '' ? path : `${path}.${failure.field}` }));
}
