import { refused, type Fact, type Refusal } from '../../../../shared/domain/decision.ts';
import type { LiveLink } from '../../state.ts';
import { evidenceLimits, mayView, moveEvidence, type EvidenceEvent, type EvidenceMove, type MediaItem } from '../evidence.ts';
import { retryAt } from '../evidenceTimes.ts';
import { oweLater, raise, owe, type Moment, type Step } from './step.ts';

/** A file as the provider lists it; `evidenceId` is derived from session and media id outside, so that the same file is always the same item. */
export interface FoundMedia extends Pick<MediaItem, 'evidenceId' | 'sessionId' | 'providerMediaId' | 'kind' | 'mime' | 'startedAt' | 'endedAt'> {
  readonly bytes: number;
  readonly providerSha256?: string;
}

export type MediaCommand =
  | { readonly do: 'RecordFound'; readonly media: readonly FoundMedia[] }
  | { readonly do: 'RecordMedia'; readonly evidenceId: string; readonly event: EvidenceEvent }
  | { readonly do: 'DecideEvidence'; readonly evidenceId: string; readonly decision: 'NON_EVIDENTIAL' | 'RETRY' | 'CLEAR' | 'HAND_OVER' | 'DELETE_QUARANTINED'; readonly reason: string; readonly exhibitRef?: string }
  | { readonly do: 'ViewEvidence'; readonly evidenceId: string; readonly reason: string }
  | { readonly do: 'WantViewer'; readonly reason: string };

export function decideMedia(link: LiveLink, command: MediaCommand, moment: Moment): Step | Refusal {
  switch (command.do) {
    case 'RecordFound': return { link: found(link, command.media, moment), facts: [{ what: 'MediaListed', kind: 'none', about: { files: command.media.length } }] };
    case 'RecordMedia': return move(link, command.evidenceId, command.event, moment);
    case 'DecideEvidence': return decideEvidence(link, command, moment);
    case 'ViewEvidence': return view(link, command, moment);
    case 'WantViewer': return wantViewer(link, command.reason);
  }
}

/** Each new file is fetched at once (within 15 minutes: goodsam.md 4.3); one that the provider has made again after a failure, too. */
function found(link: LiveLink, media: readonly FoundMedia[], moment: Moment): LiveLink {
  const listed = listedIn(link, media, moment);
  // A track or a transcript is there at once; the recording is still being made.
  const isWaiting = link.record && link.progress.consentScope.includes('VIDEO') && !listed.media.some(item => item.kind === 'LIVE_RECORDING');
  const until = Date.parse(link.progress.endedAt ?? moment.now) + evidenceLimits.storeWithin;
  if (!isWaiting || Date.parse(moment.now) >= until || listed.later.some(item => item.kind === 'find-media')) return listed;
  return oweLater(listed, { kind: 'find-media', about: 'session', at: new Date(Date.parse(moment.now) + 300_000).toISOString() });
}

function listedIn(link: LiveLink, media: readonly FoundMedia[], moment: Moment): LiveLink {
  return media.reduce((next, item) => {
    const known = next.media.find(candidate => candidate.evidenceId === item.evidenceId);
    const { bytes, mime, providerSha256, ...rest } = item;
    const pending: MediaItem = known ?? { ...rest, mime, state: 'PENDING', exifKept: true, tries: 0, pendingSince: moment.now, continuity: [], ...deletesAt(moment) };
    const ready = moveEvidence(pending, { event: 'mediaReady', bytes, mime, ...(providerSha256 !== undefined && { providerSha256 }) }, moment);
    if (ready.kind === 'refused') return next;
    return owe(put(next, ready.item), 'retrieve', item.evidenceId);
  }, link);
}

function deletesAt({ now, settings }: Moment): Pick<MediaItem, 'providerDeletesAt'> {
  return settings.providerKeepsSeconds === undefined ? {} : { providerDeletesAt: new Date(Date.parse(now) + settings.providerKeepsSeconds * 1000).toISOString() };
}

function put(link: LiveLink, item: MediaItem): LiveLink {
  const isKnown = link.media.some(candidate => candidate.evidenceId === item.evidenceId);
  return { ...link, media: isKnown ? link.media.map(candidate => (candidate.evidenceId === item.evidenceId ? item : candidate)) : [...link.media, item] };
}

export function itemOf(link: LiveLink, evidenceId: string): MediaItem | undefined {
  return link.media.find(item => item.evidenceId === evidenceId);
}

function move(link: LiveLink, evidenceId: string, event: EvidenceEvent, moment: Moment): Step | Refusal {
  const item = itemOf(link, evidenceId);
  if (!item) return refused('not-found', 'There is no such file.');
  const started = event.event === 'retrieved' || event.event === 'retrievalFailed' ? begun(item, moment) : item;
  const moved = moveEvidence(started, event, moment);
  if (moved.kind === 'refused') return moved;
  const given = moved.item.state === 'RETRIEVAL_FAILED' && moved.item.tries >= evidenceLimits.maxTries ? moveEvidence(moved.item, { event: 'retrievalGivenUp' }, moment) : moved;
  const next = given.kind === 'moved' ? given.item : moved.item;
  return { link: follow(put(link, next), next, moment), facts: [factOf(next, event)] };
}

/** The retrieval began when its effect did; it is recorded with its end, for the effect's own row says who is at it. */
function begun(item: MediaItem, moment: Moment): MediaItem {
  const started = moveEvidence(item, { event: 'retrievalStarted' }, moment);
  return started.kind === 'moved' ? started.item : item;
}

function factOf(item: MediaItem, event: EvidenceEvent): Fact {
  const kind = event.event === 'exhibited' ? 'disclosure' : event.event === 'deleted' || event.event === 'providerCopyDeleted' ? 'erasure' : event.event === 'retrieved' ? 'collection' : 'none';
  return { what: `Evidence${event.event.charAt(0).toUpperCase()}${event.event.slice(1)}`, kind, about: { evidence: item.evidenceId, state: item.state, ...(item.sha256 !== undefined && { sha256: item.sha256 }) } };
}

/** What a state of the evidence asks for next. */
function follow(link: LiveLink, item: MediaItem, moment: Moment): LiveLink {
  const { now: at } = moment;
  const about = item.evidenceId;
  switch (item.state) {
    case 'SCANNING': return owe(link, 'verdict', about);
    case 'STORED': {
      const told = raise(link, { kind: 'EVIDENCE_READY', to: 'requester', at });
      return link.expectedEvidence ? owe(told, 'hand-over', about) : told;
    }
    case 'EXHIBITED': return item.demsConfirmedAt === undefined ? owe(link, 'confirm-hand-over', about) : link;
    case 'QUARANTINED': return raise(link, { kind: 'EVIDENCE_QUARANTINED', to: 'requester', at, about });
    case 'RETRIEVAL_FAILED': return item.failure === 'hash-mismatch' ? raise(link, { kind: 'EVIDENCE_FAILED', to: 'requester', at, about }) : link;
    case 'MANUAL_ACTION': return raise(link, { kind: 'EVIDENCE_FAILED', to: 'requester', at, about });
    default: return link;
  }
}

function decideEvidence(link: LiveLink, command: Extract<MediaCommand, { do: 'DecideEvidence' }>, moment: Moment): Step | Refusal {
  const { evidenceId, decision, exhibitRef } = command;
  const item = itemOf(link, evidenceId);
  if (!item) return refused('not-found', 'There is no such file.');
  const facts: Fact[] = [{ what: 'EvidenceDecided', kind: 'alteration', about: { evidence: evidenceId, decision } }];
  if (decision === 'HAND_OVER') {
    if (item.state !== 'STORED') return refused('INVALID_TRANSITION', `Evidence that is ${item.state} cannot be handed over.`);
    return { link: owe(put(link, exhibitRef === undefined ? item : { ...item, exhibitRef }), 'hand-over', evidenceId), facts };
  }
  const moved = eventsOf(command, moment).reduce<EvidenceMove>((last, event) => (last.kind === 'moved' ? moveEvidence(last.item, event, moment) : last), { kind: 'moved', item });
  if (moved.kind === 'refused') return moved;
  const known = put(link, moved.item);
  return { link: decision === 'RETRY' ? owe(known, 'find-media', 'retry') : follow(known, moved.item, moment), facts };
}

/** What is no evidence is kept for a month, for somebody may find that it is; what is infected goes now. */
function eventsOf({ decision, reason }: Extract<MediaCommand, { do: 'DecideEvidence' }>, { now }: Moment): EvidenceEvent[] {
  const after = (milliseconds: number): EvidenceEvent => ({ event: 'deletionScheduled', deleteAt: new Date(Date.parse(now) + milliseconds).toISOString() });
  switch (decision) {
    case 'RETRY': return [{ event: 'retryOrdered', reason }];
    case 'CLEAR': return [{ event: 'clearedByOfficer', reason }];
    case 'NON_EVIDENTIAL': return [{ event: 'markedNonEvidential', reason }, after(evidenceLimits.nonEvidentialKept)];
    default: return [after(0)];
  }
}

/** A17: the reason stands in the audit before a byte leaves. */
function view(link: LiveLink, { evidenceId, reason }: Extract<MediaCommand, { do: 'ViewEvidence' }>, { now, by }: Moment): Step | Refusal {
  const item = itemOf(link, evidenceId);
  if (!item) return refused('not-found', 'There is no such file.');
  if (item.state === 'QUARANTINED' || item.state === 'SCANNING') return refused('EVIDENCE_QUARANTINED', 'This file is in quarantine and is never shown.');
  if (!mayView(item)) return refused('INVALID_TRANSITION', `Evidence that is ${item.state} cannot be viewed.`);
  const entry = { at: now, actor: by, action: 'VIEWED' as const, detail: reason, ...(item.sha256 !== undefined && { hash: item.sha256 }) };
  return { link: put(link, { ...item, continuity: [...item.continuity, entry].slice(-200) }), facts: [{ what: 'EvidenceViewed', kind: 'consultation', about: { evidence: evidenceId, reason } }] };
}

function wantViewer(link: LiveLink, reason: string): Step | Refusal {
  if (!['OPENED', 'CONSENTED', 'IN_SESSION', 'INTERRUPTED'].includes(link.progress.state)) return refused('INVALID_TRANSITION', `There is nothing to see while the request is ${link.progress.state}.`);
  return { link, facts: [{ what: 'ViewerOpened', kind: 'consultation', about: { reason } }] };
}

/** When a file needs something: another try, another look for a verdict or a confirmation, its deletion. */
export function mediaDue(item: MediaItem): { readonly key: string; readonly at: string; readonly kind: 'retrieve' | 'verdict' | 'scan-timeout' | 'confirm-hand-over' | 'delete-copy' | 'dispose' } | undefined {
  const since = (from: string, plus: number): string => new Date(Date.parse(from) + plus).toISOString();
  // Tries begin anew when the provider makes the file again or an officer orders it: with the time they name a running out that was not there before.
  const key = (what: string): string => `${what}|${item.evidenceId}|${item.tries}|${item.availableAt ?? item.pendingSince}`;
  switch (item.state) {
    case 'RETRIEVAL_FAILED': return item.failure === 'rendering-failed' ? undefined : { key: key('retrieve'), at: retryAt(item.tries, item.availableAt ?? item.pendingSince), kind: 'retrieve' };
    case 'SCANNING': return { key: key('scan-timeout'), at: since(item.scanningSince ?? item.pendingSince, evidenceLimits.verdictWithin), kind: 'scan-timeout' };
    case 'EXHIBITED': return item.demsConfirmedAt === undefined ? undefined : { key: key('delete-copy'), at: since(item.demsConfirmedAt, evidenceLimits.providerCopyAfter), kind: 'delete-copy' };
    case 'SCHEDULED_DELETE': return item.deleteAt === undefined ? undefined : { key: key('dispose'), at: item.deleteAt, kind: 'dispose' };
    default: return undefined;
  }
}
