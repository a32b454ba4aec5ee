import { loadCase } from '../../shared/case/load.ts';
import { logConsultation } from '../../shared/case/reads.ts';
import type { Caller } from '../../shared/http/caller.ts';
import { problem, type FieldChange, type ProblemError } from '../../shared/http/problem.ts';
import type { MissingDeps, MissingRoom } from './deps.ts';
import { needsCorrection } from './faults.ts';
import { needsReason } from './permission.ts';
import { changesSince } from './rules/edit/merge.ts';
import { editOf, type EditAct } from './rules/law/editActs.ts';
import { rolesOf } from './rules/terms.ts';
import { partKeys, type EditPart, type MissingRecord } from './state.ts';

type Deps = Pick<MissingDeps, 'cases' | 'settings'> & { readonly room: MissingRoom };

/**
 * The version of the fields that can be edited (section 3, conventions). The record itself moves with every timer and every card; an edit is stale only when somebody changed a field since, and so that is
 * what If-Match is about.
 */
export function editEtag({ edits = 0 }: Pick<MissingRecord, 'edits'>): string {
  return `"edit-${edits}"`;
}

/** The edits after number `after`, oldest first, and no more than the last `most`: point reads side by side, one round trip. */
export async function editsOf(deps: Deps, { recordId, edits = 0 }: Pick<MissingRecord, 'recordId' | 'edits'>, { after = 0, most }: { readonly after?: number; readonly most: number }): Promise<EditPart[]> {
  const first = Math.max(after, edits - most) + 1;
  const keys = Array.from({ length: Math.max(0, edits - first + 1) }, (_, n) => partKeys.edit(first + n));
  if (keys.length === 0) return [];
  const { parts } = await loadCase(deps.cases, deps.room, recordId, keys);
  return keys.flatMap(key => (parts[key]?.value.kind === 'edit' ? [parts[key].value] : []));
}

interface Asked {
  readonly recordId: string;
  readonly ifMatch: string | undefined;
  readonly act: EditAct;
  readonly caller: Pick<Caller, 'objectId'>;
  readonly operationId: string;
}

/** Everything since a version that nobody knows is more than anybody can merge, or the store can read at once. */
const mostShown = 200;

/**
 * 412 with what changed since the version that the editor saw: who, when, from what, to what, and which of it collides with what they send (3.11, S09). Whoever was shown the values is logged for it. Of a
 * case that opens only with a reason no value is shown here.
 */
export async function staleEdit(deps: Deps, { recordId, ifMatch, act, caller, operationId }: Asked): Promise<ProblemError> {
  const record = (await loadCase(deps.cases, deps.room, recordId, [])).state?.value;
  if (!record) return problem('not-found', 'There is no such record, or it is not open to you.');
  const [, seen] = /^"edit-(\d{1,9})"$/.exec(ifMatch ?? '') ?? [];
  const after = Number(seen ?? 0);
  const edits = await editsOf(deps, record, { after: after > (record.edits ?? 0) ? 0 : after, most: mostShown });
  const { do: _, ...fields } = act;
  const changes = changesSince(edits, fields);
  if (!needsReason(record)) await logConsultation(deps.cases, { subject: recordId, by: caller.objectId, operationId, kind: 'ChangesShown', about: { edit: record.edits ?? 0 } });
  return problem('etag-stale', sentence(changes), { current: editEtag(record), changes: needsReason(record) ? changes.map(({ before: _before, after: _after, ...change }) => change) : changes });
}

function sentence(changes: readonly FieldChange[]): string {
  const collide = changes.filter(({ collides }) => collides).length;
  return collide === 0 ? 'Somebody changed other fields since you read it. Look at what changed, then send yours again with the version that stands now.'
    : `Somebody changed ${collide} of the fields that you change since you read it. Look at what they wrote, then decide whose stands.`;
}

/** The faults of an edit at the fields of the form, before it is decided: a refusal of the law is one sentence (S06). @throws 422 */
export function assertMendable({ settings }: Pick<Deps, 'settings'>, record: MissingRecord, { act, caller, now, id }: { readonly act: EditAct; readonly caller: Caller; readonly now: string; readonly id: string }): void {
  const { do: _, ...fields } = act;
  const made = editOf(record, fields, { now, by: caller.objectId, roles: rolesOf(caller.roles), id, settings });
  if ('failures' in made) throw needsCorrection('The edit needs a correction. Nothing was changed.', made.failures);
}
