import { newCaseId, operationIdOf, sha256 } from '../../../shared/case/keys.ts';
import { loadCase } from '../../../shared/case/load.ts';
import { present } from '../../../shared/domain/present.ts';
import { liveLinkAsks, type LiveLinkAsk, type LiveLinkNews } from '../../../shared/messages.ts';
import type { Effect } from '../decide.ts';
import type { MissingDeps, MissingRoom } from '../deps.ts';
import { isMissing, isUnder18 } from '../rules/law/about.ts';
import { regionsOf } from '../rules/law/regionSlices.ts';
import type { ResultCommand } from '../rules/law/results.ts';
import type { MissingRecord } from '../state.ts';
import { stepOn } from './stepOn.ts';

interface Linking { readonly record: MissingRecord; readonly effect: Effect }

/** The request of the other room for this enquiry: always the same, however often it is asked for. */
const requestIdOf = (caseId: string, enquiryId: string): string => newCaseId('missing-persons', caseId, 'LocateByLiveLink', enquiryId);

/** An approved live link leaves as a message of ids to the room that sends links (15.2 item 36). A force without one has the owner do it by hand. */
export async function askForLink(deps: MissingDeps, { record, effect: { about: enquiryId, how } }: Linking): Promise<ResultCommand> {
  if (!deps.liveLinks) return how === 'STOP' ? { do: 'RecordDone', kind: 'live-link' } : { do: 'RecordTrouble', kind: 'live-link', about: enquiryId, code: 'by-hand' };
  const want = how === 'STOP' ? 'STOP' : 'SEND';
  const requestId = requestIdOf(record.recordId, enquiryId);
  const message: LiveLinkAsk = { v: 1, caseId: record.recordId, enquiryId, requestId, operationId: operationIdOf('ask', `${requestId} ${want}`), want };
  await deps.cases.queues.send(liveLinkAsks, message, 0);
  return want === 'STOP' ? { do: 'RecordDone', kind: 'live-link' } : { do: 'RecordLinkAsked', enquiryId, requestId };
}

/** Whom the other room is to locate, as the case stands now; undefined when nobody is missing any more, or the link is no longer approved. A protected case keeps the name to itself (3.1). */
export async function subjectOf(deps: Pick<MissingDeps, 'cases' | 'settings'> & { readonly room: MissingRoom }, caseId: string, enquiryId: string) {
  const record = (await loadCase(deps.cases, deps.room, caseId, [])).state?.value;
  const enquiry = record && regionsOf(record).enquiries.enquiries.find(item => item.id === enquiryId && item.type === 'LIVE_LINK' && item.state === 'APPROVED');
  if (!record?.file || !enquiry || !isMissing(record)) return undefined;
  return {
    askedBy: enquiry.requestedBy, grounds: `${enquiry.necessity} ${enquiry.decisionReason ?? ''}`.trim(), isChild: isUnder18(record, deps.cases.now().toISOString(), deps.settings), caseRef: record.file.caseRef, ...calledOf(record),
  };
}

function calledOf({ person: { devices = [], names: [name] }, casefile: { incidentRef, restrictedTier } }: MissingRecord) {
  const called = [name?.given, name?.family].filter(part => part !== undefined).join(' ').slice(0, 120);
  return present({ incidentRef, number: devices.find(({ msisdn }) => msisdn !== undefined)?.msisdn, name: restrictedTier === 'OPEN' && called !== '' ? called : undefined });
}

/** Takes what the other room tells. The same news is taken once; what it shows of the request is read now, and the law of this room decides what it means. */
export async function takeNews(deps: MissingDeps & { readonly room: MissingRoom }, { caseId, enquiryId, requestId, operationId, news }: LiveLinkNews): Promise<void> {
  // A message that names another request than ours is none of ours.
  if (requestId !== requestIdOf(caseId, enquiryId) || !(await loadCase(deps.cases, deps.room, caseId, [])).state) return;
  const found = await deps.liveLinks?.({ caseId, enquiryId, requestId });
  const outcome = await stepOn(deps, deps.room, {
    caseId, operationId, hash: sha256(`${requestId} ${news}`), name: 'HearLiveLink', id: sha256(`${caseId} ${operationId}`).slice(0, 16),
    command: context => ({ do: 'HearLiveLink', heard: { enquiryId, requestId, news, ...(found && { found }) }, context }),
  });
  if (outcome !== 'committed' && outcome !== 'replayed') throw new Error(`the news was not taken: ${outcome}`);
}
