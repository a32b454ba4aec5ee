import { failures, isFailureCode } from './burn/failures.ts';

/** Endings that do not come from the engine. */
const own: Readonly<Record<string, string>> = {
  'gave-up': 'It was tried several times and could not be done; the service team was told.',
  'content-missing': 'The stored file is missing; the service team was told.',
  'content-changed': 'The stored file is not the one that was sent; the service team was told.',
  'mode-not-available': 'This way of redacting is not available.',
};

/** The sentence that a person reads for an end code. */
export function endings(code: string): string {
  return isFailureCode(code) ? failures[code].sentence : own[code] ?? 'It could not be done; the service team was told.';
}

/** A refusal lies in the document, a failure in us. */
export function isRefusal(code: string): boolean {
  return isFailureCode(code) && failures[code].outcome === 'refused';
}
