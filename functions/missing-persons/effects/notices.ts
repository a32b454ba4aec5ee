import { loadCase } from '../../../shared/case/load.ts';
import { Permanent } from '../../../shared/case/room.ts';
import { deliver } from '../delivery/deliver.ts';
import type { MissingDeps, MissingRoom } from '../deps.ts';
import { situationOf } from '../rules/law/situation.ts';
import type { ResultCommand } from '../rules/law/results.ts';
import { payload } from '../rules/notices/payload.ts';
import { partKeys } from '../state.ts';

/** Gives one message to its adapter, after a last look at the case (15.1 item 20). The same key for every try, so that the far side takes it once. */
export async function sendNotice(deps: MissingDeps, room: MissingRoom, { caseId, noticeId, signal }: { readonly caseId: string; readonly noticeId: string; readonly signal: AbortSignal }): Promise<ResultCommand> {
  const part = partKeys.payload(noticeId);
  const rows = await loadCase(deps.cases, room, caseId, [part]);
  const record = rows.state?.value;
  const notice = record?.notices.find(one => one.noticeId === noticeId);
  const stored = rows.parts[part]?.value;
  if (!record || !notice || stored?.kind !== 'payload') throw new Permanent('no-notice');
  const to = deps.settings.recipients.find(one => one.recipientId === notice.recipientId && one.channel === notice.channel);
  if (!to) return { do: 'RecordNotice', noticeId, verdict: 'REFUSE' };
  const { verdict, answer } = await deliver({ notice, payload: payload.parse(JSON.parse(stored.json)), to, key: `${caseId}:${noticeId}`, signal }, {
    sender: deps.sender, settings: deps.settings.notices,
    readSituation: async () => {
      const present = (await loadCase(deps.cases, room, caseId, [])).state?.value ?? record;
      return situationOf(present, deps.cases.now().toISOString(), deps.settings);
    },
  });
  return { do: 'RecordNotice', noticeId, verdict: verdict.verdict, ...(answer && { answer }) };
}
