import { loadCase } from '../../../shared/case/load.ts';
import { Permanent } from '../../../shared/case/room.ts';
import { deliver } from '../delivery/deliver.ts';
import type { MissingDeps, MissingRoom } from '../deps.ts';
import { situationOf } from '../rules/law/situation.ts';
import type { ResultCommand } from '../rules/law/results.ts';
import { payload } from '../rules/notices/payload.ts';
import { partKeys, type MissingRecord } from '../state.ts';

/** Gives one message to its adapter, after a last look at the case (15.1 item 20). The same key for every try, so that the far side takes it once. */
export async function sendNotice(deps: MissingDeps, room: MissingRoom, { caseId, noticeId, signal }: { readonly caseId: string; readonly noticeId: string; readonly signal: AbortSignal }): Promise<ResultCommand> {
  const part = partKeys.payload(noticeId);
  const load = async (parts: readonly string[]) => await loadCase(deps.cases, room, caseId, parts);
  const rows = await load([part]);
  const record = rows.state?.value;
  const notice = record?.notices.find(one => one.noticeId === noticeId);
  const stored = rows.parts[part]?.value;
  if (!record || !notice || stored?.kind !== 'payload') throw new Permanent('no-notice');
  const to = deps.settings.recipients.find(one => one.recipientId === notice.recipientId && one.channel === notice.channel);
  if (!to) return { do: 'RecordNotice', noticeId, verdict: 'REFUSE' };
  const { verdict, answer } = await deliver({ notice, payload: payload.parse(JSON.parse(stored.json)), to, key: `${caseId}:${noticeId}`, signal }, {
    sender: deps.sender, settings: deps.settings.notices, readSituation: async () => situationOf(await now(load, record), deps.cases.now().toISOString(), deps.settings),
  });
  return { do: 'RecordNotice', noticeId, verdict: verdict.verdict, ...(answer && { answer }) };
}

async function now(load: (parts: readonly string[]) => Promise<{ readonly state?: { readonly value: MissingRecord } }>, before: MissingRecord): Promise<MissingRecord> {
  return (await load([])).state?.value ?? before;
}
