import { eraseContent, eraseListings } from '../../../shared/case/erase.ts';
import { readList } from '../../../shared/case/lists.ts';
import type { CaseDeps, EffectContext } from '../../../shared/case/room.ts';
import type { MissingDeps } from '../deps.ts';
import type { ResultCommand } from '../rules/law/results.ts';
import { erasedList, newestFirst } from '../rules/lists/names.ts';
import { destroyFiles } from '../uploads/store.ts';

/** 3.10: files, words, payloads, assessments and reviews of a record whose state is a tombstone already. */
export async function eraseRecord(deps: Pick<MissingDeps, 'cases' | 'files'>, { caseId, operationId, signal }: Pick<EffectContext, 'caseId' | 'operationId' | 'signal'>): Promise<ResultCommand> {
  await destroyFiles(deps, caseId);
  await eraseContent(deps.cases, { caseId, operationId, by: 'system', signal });
  return { do: 'RecordDone', kind: 'erase' };
}

const dayMs = 86_400_000;
/** Of what was deleted longer ago the rows are gone. */
const lookBackMs = 8 * dayMs;

/** Takes away what deleted records left in lists, a day after they were deleted. */
export async function pruneErased(cases: CaseDeps): Promise<number> {
  const now = cases.now().getTime();
  let gone = 0;
  let after: string | undefined;
  do {
    const page = await readList(cases, { list: erasedList, limit: 200, below: newestFirst(new Date(now - lookBackMs).toISOString()), ...(after !== undefined && { after }) });
    for (const { caseId, fields } of page.rows) if (Date.parse(String(fields['deletedAt'])) < now - dayMs) gone += await eraseListings(cases, caseId);
    after = page.next;
  } while (after !== undefined);
  return gone;
}
