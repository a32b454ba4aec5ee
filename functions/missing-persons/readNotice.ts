import { loadCase } from '../../shared/case/load.ts';
import { present } from '../../shared/domain/present.ts';
import type { Handler } from '../../shared/http/call.ts';
import { problem } from '../../shared/http/problem.ts';
import { assertOpensWithoutReason } from './faults.ts';
import type { MissingHttp } from './http.ts';
import { maySee } from './permission.ts';
import type * as reads from './rules/contract/reads.ts';
import { informantRecipient, publicRecipient } from './rules/law/noticeQueue.ts';
import { situationOf } from './rules/law/situation.ts';
import { mayBeToldNow } from './rules/notices/maySend.ts';
import { payload, type Payload } from './rules/notices/payload.ts';
import { partKeys, type MissingRecord } from './state.ts';

type Notice = MissingRecord['notices'][number];

/** For whoever telephones (6.2): nobody reads out by mistake what the case as it stands forbids, so the words come only while it may be told, or once it was. */
export function getNotice(deps: MissingHttp): Handler<typeof reads.getNotice> {
  return async ({ params: { recordId, noticeId }, caller }) => {
    const part = partKeys.payload(noticeId);
    const { state, parts } = await loadCase(deps.cases, deps.room, recordId, [part]);
    const { record, notice } = openedOf(state?.value, noticeId, caller);
    const stored = parts[part]?.value;
    if (!record || !notice || stored?.kind !== 'payload') throw problem('not-found', 'There is no such message, or it is not open to you.');
    assertOpensWithoutReason(record);
    const { n, variant, channel } = notice;
    const to = recipientOf(deps, record, notice);
    const said = saidOf(payload.parse(JSON.parse(stored.json)), whyNot(deps, record, notice));
    return { body: { noticeId, notice: n, variant, state: notice.state, channel, recipient: to?.name ?? notice.recipientId, ...said, ...present({ address: to?.address }) }, consulted: [recordId] };
  };
}

function openedOf(record: MissingRecord | undefined, noticeId: string, caller: Parameters<typeof maySee>[1]) {
  if (!record || record.erased || !maySee(record, caller)) return {};
  return { record, notice: record.notices.find(one => one.noticeId === noticeId) };
}

/** Why it may not be told now; undefined when it may, or when it was told already. */
function whyNot({ cases, settings }: MissingHttp, record: MissingRecord, notice: Notice): string | undefined {
  const { verdict, why } = mayBeToldNow(notice, situationOf(record, cases.now().toISOString(), settings));
  const mayBe = notice.state === 'QUEUED' ? verdict === 'SEND' : toldStates.has(notice.state);
  if (mayBe) return undefined;
  return why ? `${why.why} (${why.rule})` : 'It was withdrawn or failed: it is not to be told.';
}

function saidOf({ subject, lines }: Payload, why: string | undefined) {
  return why === undefined ? { mayBeTold: true, subject, lines } : { mayBeTold: false, why, lines: [] };
}

const toldStates: ReadonlySet<string> = new Set(['SENT', 'DELIVERED', 'ACKNOWLEDGED', 'STOOD_DOWN']);

function recipientOf({ settings }: MissingHttp, record: MissingRecord, { recipientId, channel, kind }: Notice) {
  if (kind === 'INFORMANT') return informantRecipient(record, recipientId);
  return kind === 'PUBLIC' ? publicRecipient : settings.recipients.find(one => one.recipientId === recipientId && one.channel === channel);
}
