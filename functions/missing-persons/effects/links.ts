import { operationIdOf, sha256 } from '../../../shared/case/keys.ts';
import { present } from '../../../shared/domain/present.ts';
import type { MissingDeps, MissingRoom } from '../deps.ts';
import type { ResultCommand } from '../rules/law/results.ts';
import type { MissingRecord } from '../state.ts';
import { stepOn } from './stepOn.ts';

/** The other case of a link hears what this one says of it now (3.1: co-missing is reciprocal). Under a name of its own, so that it is heard once. */
export async function tellOther(deps: MissingDeps, room: MissingRoom, record: MissingRecord, { otherId, operationId }: { readonly otherId: string; readonly operationId: string }): Promise<ResultCommand> {
  const done: ResultCommand = { do: 'RecordDone', kind: 'link' };
  const link = record.casefile.linked.coMissing.find(({ caseId }) => caseId === otherId);
  if (!link) return done;
  const outcome = await stepOn(deps, room, {
    caseId: otherId, operationId: operationIdOf('link', operationId), hash: sha256(`${record.recordId} ${operationId}`), name: 'HearLink', id: sha256(`${otherId} ${operationId}`).slice(0, 16),
    command: context => ({ do: 'HearLink', heard: { from: record.recordId, link, ...present({ ref: record.file?.caseRef }) }, context }),
  });
  // A case that was deleted meanwhile has no link to keep.
  if (outcome === 'committed' || outcome === 'replayed' || outcome === 'refused') return done;
  throw new Error(`the link was not told: ${outcome}`);
}
