import type { IndexRow } from '../../shared/domain/case.ts';
import type { RedactionCase } from './decide.ts';

/** All bundles, newest first. */
export const bundles = 'redaction-bundles';

/** Milliseconds that no date of ours reaches: subtracting from it turns oldest-first keys into newest-first. */
const farFuture = 9_999_999_999_999;

export function indexRows(bundleId: string, { state }: RedactionCase): IndexRow[] {
  const sortKey = String(farFuture - Date.parse(state.createdAt)).padStart(13, '0');
  return [{
    list: bundles, sortKey,
    fields: {
      bundleId, caseReference: state.caseReference, policy: state.policy, handling: state.handling, createdAt: state.createdAt, documents: state.documentIds.length, members: state.members.join(' '),
    },
  }];
}
