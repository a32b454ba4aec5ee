import * as z from 'zod';
import { refused, type Refusal } from '../../../shared/domain/decision.ts';
import { evidenceState, type EvidenceState } from './terms.ts';

/** The law of evidence of a live link: goodsam.md 4.3, 5, 21.20 and 21.21. Pure; who may do what is decided by the room. */

/** Limits of goodsam.md 4.3 and 21.21, in milliseconds; deletion of what is no evidence after 31 days (goodsam.md 6, policy owner decides). */
export const evidenceLimits = {
  maxTries: 5, retrieveWithin: 15 * 60_000, storeWithin: 24 * 3_600_000, beforeProviderDeletes: 72 * 3_600_000, verdictWithin: 30 * 60_000, providerCopyAfter: 24 * 3_600_000,
  nonEvidentialKept: 31 * 24 * 3_600_000,
} as const;

const sha256 = z.string().regex(/^[\da-f]{64}$/);
const at = z.iso.datetime();

export const continuityEntry = z.strictObject({
  at,
  /** An object id of Entra, or `system`. */
  actor: z.string().min(1).max(100),
  action: z.enum(['RECEIVED', 'HASHED', 'VIEWED', 'DOWNLOADED', 'SHARED', 'TRANSFERRED', 'DELETED']),
  /** Reason code or reference; never a name, a number or content. */
  detail: z.string().max(200),
  /** SHA-256 of the content at this moment, when it is known. */
  hash: sha256.optional(),
});
export type ContinuityEntry = z.infer<typeof continuityEntry>;

/** What was destroyed, when, why and by whose order: kept after the content is gone. */
export const deletionCertificate = z.strictObject({
  evidenceId: z.string(), sha256: sha256.optional(), bytes: z.int().nonnegative().optional(), deletedAt: at, orderedBy: z.string(), reason: z.string(),
  copies: z.array(z.enum(['QUARANTINE', 'EVIDENCE', 'PROVIDER'])),
});
export type DeletionCertificate = z.infer<typeof deletionCertificate>;

/** One file of a session as the case keeps it (goodsam.md 5). Content lies in the evidence store under `evidenceId`. */
export const mediaItem = z.strictObject({
  evidenceId: z.string().regex(/^ev-[\da-f]{32}$/),
  sessionId: z.string().min(1),
  providerMediaId: z.string().min(1),
  kind: z.enum(['LIVE_RECORDING', 'UPLOAD_VIDEO', 'UPLOAD_PHOTO', 'CHAT_TRANSCRIPT', 'LOCATION_TRACK', 'SNAPSHOT']),
  state: evidenceState,
  mime: z.string(),
  bytes: z.int().nonnegative().optional(),
  durationS: z.number().nonnegative().optional(),
  startedAt: at.optional(),
  endedAt: at.optional(),
  providerSha256: sha256.optional(),
  sha256: sha256.optional(),
  /** What the first bytes say the file is, and whether that fits the declared type; a disputed type is never shown inline. */
  sniffed: z.string().optional(),
  typeCheck: z.enum(['AGREES', 'DISPUTED', 'UNKNOWN']).optional(),
  /** Originals are kept untouched, so embedded data is in them (goodsam.md 10). */
  exifKept: z.boolean(),
  avScan: z.enum(['CLEAN', 'INFECTED', 'ERROR']).optional(),
  exhibitRef: z.string().max(40).optional(),
  demsId: z.string().max(100).optional(),
  tries: z.int().nonnegative(),
  failure: z.string().max(40).optional(),
  pendingSince: at,
  availableAt: at.optional(),
  scanningSince: at.optional(),
  demsConfirmedAt: at.optional(),
  providerDeletesAt: at.optional(),
  deleteAt: at.optional(),
  orderedBy: z.string().optional(),
  reason: z.string().max(1_000).optional(),
  certificate: deletionCertificate.optional(),
  continuity: z.array(continuityEntry),
});
export type MediaItem = z.infer<typeof mediaItem>;

export type EvidenceEvent =
  | { readonly event: 'mediaReady'; readonly bytes: number; readonly mime: string; readonly providerSha256?: string }
  | { readonly event: 'renderingFailed' }
  | { readonly event: 'retrievalStarted' }
  | { readonly event: 'retrieved'; readonly sha256: string; readonly bytes: number; readonly typeCheck: 'AGREES' | 'DISPUTED' | 'UNKNOWN'; readonly sniffed?: string }
  | { readonly event: 'retrievalFailed'; readonly failure: string }
  | { readonly event: 'retrievalGivenUp' }
  | { readonly event: 'foundClean' }
  | { readonly event: 'foundInfected' }
  | { readonly event: 'scanFailed' }
  | { readonly event: 'scanTimedOut' }
  | { readonly event: 'clearedByOfficer'; readonly reason: string }
  | { readonly event: 'retryOrdered'; readonly reason: string }
  | { readonly event: 'markedNonEvidential'; readonly reason: string }
  | { readonly event: 'deletionScheduled'; readonly deleteAt: string }
  | { readonly event: 'deleted'; readonly certificate: DeletionCertificate }
  | { readonly event: 'exhibited'; readonly demsId: string; readonly exhibitRef?: string }
  | { readonly event: 'handOverConfirmed' }
  | { readonly event: 'providerCopyDeleted' };
export type EvidenceEventName = EvidenceEvent['event'];

interface Transition {
  readonly from: readonly EvidenceState[];
  readonly event: EvidenceEventName;
  readonly to: EvidenceState;
  readonly guard: string;
}

/** The machine, as it is printed into docs/adr/0012-evidence.md. A pair of state and event stands in it once. */
export const evidenceTransitions: readonly Transition[] = [
  { from: ['PENDING', 'RETRIEVAL_FAILED', 'MANUAL_ACTION'], event: 'mediaReady', to: 'AVAILABLE', guard: 'content not held yet' },
  { from: ['PENDING'], event: 'renderingFailed', to: 'RETRIEVAL_FAILED', guard: '' },
  { from: ['AVAILABLE', 'RETRIEVAL_FAILED'], event: 'retrievalStarted', to: 'RETRIEVING', guard: 'fewer than 5 tries' },
  { from: ['RETRIEVING'], event: 'retrieved', to: 'SCANNING', guard: 'hash and length as the provider says' },
  { from: ['RETRIEVING'], event: 'retrievalFailed', to: 'RETRIEVAL_FAILED', guard: '' },
  { from: ['RETRIEVAL_FAILED'], event: 'retrievalGivenUp', to: 'MANUAL_ACTION', guard: '5 tries made' },
  { from: ['SCANNING'], event: 'foundClean', to: 'STORED', guard: 'promoted to evidence' },
  { from: ['SCANNING', 'MANUAL_ACTION'], event: 'foundInfected', to: 'QUARANTINED', guard: '' },
  { from: ['SCANNING'], event: 'scanFailed', to: 'MANUAL_ACTION', guard: '' },
  { from: ['SCANNING'], event: 'scanTimedOut', to: 'MANUAL_ACTION', guard: 'no verdict in 30 min' },
  { from: ['MANUAL_ACTION'], event: 'clearedByOfficer', to: 'STORED', guard: 'officer and reason; content held' },
  { from: ['MANUAL_ACTION'], event: 'retryOrdered', to: 'RETRIEVAL_FAILED', guard: 'officer and reason; content not held; tries start anew' },
  { from: ['STORED'], event: 'markedNonEvidential', to: 'NON_EVIDENTIAL', guard: 'officer and reason' },
  { from: ['NON_EVIDENTIAL', 'QUARANTINED'], event: 'deletionScheduled', to: 'SCHEDULED_DELETE', guard: 'not in the past' },
  { from: ['SCHEDULED_DELETE'], event: 'deleted', to: 'DELETED', guard: 'deleteAt reached; certificate of this item' },
  { from: ['STORED'], event: 'exhibited', to: 'EXHIBITED', guard: 'DEMS id' },
  { from: ['EXHIBITED'], event: 'handOverConfirmed', to: 'EXHIBITED', guard: 'DEMS holds the same hash' },
  { from: ['EXHIBITED'], event: 'providerCopyDeleted', to: 'PROVIDER_COPY_DELETED', guard: '24 h after the confirmation' },
];

export interface EvidenceFacts {
  readonly now: string;
  /** Object id of the officer, or `system`. */
  readonly by: string;
}

export type EvidenceMove = { readonly kind: 'moved'; readonly item: MediaItem } | Refusal;

/** Applies one event. Takes the item as stored, gives the item to store; refuses with INVALID_TRANSITION, or the code of the guard that does not hold. */
export function moveEvidence(item: MediaItem, event: EvidenceEvent, facts: EvidenceFacts): EvidenceMove {
  const rule = evidenceTransitions.find(transition => transition.event === event.event && transition.from.includes(item.state));
  if (!rule) return refused('INVALID_TRANSITION', `Evidence that is ${item.state} cannot take ${event.event}.`);
  const refusal = guardOf(item, event, facts);
  if (refusal) return refusal;
  const next = { ...(event.event === 'mediaReady' ? withoutAnnouncement(item) : item), ...changesOf(item, event, facts), state: rule.to };
  return { kind: 'moved', item: { ...next, continuity: [...item.continuity, ...continuityOf(event.event, next.sha256, facts)] } };
}

const since = (from: string | undefined, now: string): number => (from === undefined ? -1 : Date.parse(now) - Date.parse(from));

type Guard = (item: MediaItem, event: EvidenceEvent, facts: EvidenceFacts) => Refusal | undefined;

const byOfficer: Guard = (_item, event, { by }) =>
  by === 'system' || !('reason' in event) || event.reason.trim() === '' ? refused('REASON_REQUIRED', 'An officer has to do this, with a reason.') : undefined;
const notHeld: Guard = item => (item.sha256 === undefined ? undefined : refused('CONTENT_HELD', 'The content has been received; it is not fetched again.'));

const guards: { readonly [N in EvidenceEventName]?: readonly Guard[] } = {
  mediaReady: [notHeld],
  retrievalStarted: [item => (item.tries < evidenceLimits.maxTries ? undefined : refused('TRIES_USED_UP', 'Five tries have failed: a person has to act.'))],
  retrieved: [(item, event) => (event.event === 'retrieved' && differs(item, event) ? refused('HASH_MISMATCH', 'The content is not what the provider says it is.') : undefined)],
  retrievalGivenUp: [item => (item.tries >= evidenceLimits.maxTries ? undefined : refused('TRIES_LEFT', 'There are tries left.'))],
  scanTimedOut: [(item, _event, { now }) => (since(item.scanningSince, now) >= evidenceLimits.verdictWithin ? undefined : refused('TOO_EARLY', 'A verdict may still come.'))],
  clearedByOfficer: [byOfficer, item => (item.sha256 === undefined ? refused('CONTENT_NOT_HELD', 'There is no content to clear.') : undefined)],
  retryOrdered: [byOfficer, notHeld],
  markedNonEvidential: [byOfficer],
  deletionScheduled: [(_item, event, { now }) => (event.event === 'deletionScheduled' && event.deleteAt < now ? refused('IN_THE_PAST', 'The day of deletion has passed.') : undefined)],
  deleted: [
    (item, _event, { now }) => (since(item.deleteAt, now) >= 0 ? undefined : refused('TOO_EARLY', 'The day of deletion has not come.')),
    (item, event) => (event.event === 'deleted' && event.certificate.evidenceId !== item.evidenceId ? refused('WRONG_CERTIFICATE', 'The certificate is of another item.') : undefined),
  ],
  exhibited: [(_item, event) => (event.event === 'exhibited' && event.demsId.trim() === '' ? refused('DEMS_ID_REQUIRED', 'The evidence system gave no id.') : undefined)],
  providerCopyDeleted: [(item, _event, { now }) => (mayDeleteProviderCopy(item, now) ? undefined : refused('TOO_EARLY', 'The provider keeps its copy until 24 hours after the confirmation.'))],
};

function guardOf(item: MediaItem, event: EvidenceEvent, facts: EvidenceFacts): Refusal | undefined {
  for (const guard of guards[event.event] ?? []) {
    const refusal = guard(item, event, facts);
    if (refusal) return refusal;
  }
  return undefined;
}

function differs(item: MediaItem, found: { readonly sha256: string; readonly bytes: number }): boolean {
  return (item.providerSha256 !== undefined && item.providerSha256 !== found.sha256) || (item.bytes !== undefined && item.bytes !== found.bytes);
}

/** goodsam.md 11: only after the evidence system has confirmed, and 24 hours more. `now` is UTC ISO. */
export function mayDeleteProviderCopy(item: MediaItem, now: string): boolean {
  return item.state === 'EXHIBITED' && since(item.demsConfirmedAt, now) >= evidenceLimits.providerCopyAfter;
}

/** Only what was found clean, or cleared by an officer, and was not destroyed may be seen (A8, 21.21). */
export function mayView(item: MediaItem): boolean {
  return ['STORED', 'EXHIBITED', 'PROVIDER_COPY_DELETED', 'NON_EVIDENTIAL'].includes(item.state);
}

/** What an event always sets. Whatever else it carries is named as the field of the item that it becomes. */
const fixed: { readonly [N in EvidenceEventName]?: Partial<MediaItem> } = {
  mediaReady: { tries: 0 }, retryOrdered: { tries: 0 }, renderingFailed: { failure: 'rendering-failed' }, foundClean: { avScan: 'CLEAN' }, foundInfected: { avScan: 'INFECTED' },
  scanFailed: { avScan: 'ERROR', failure: 'scan-failed' }, scanTimedOut: { failure: 'no-verdict' },
};

/** The time of these is kept. */
const stamped: { readonly [N in EvidenceEventName]?: 'availableAt' | 'scanningSince' | 'demsConfirmedAt' } = {
  mediaReady: 'availableAt', retrieved: 'scanningSince', handOverConfirmed: 'demsConfirmedAt',
};

function changesOf(item: MediaItem, event: EvidenceEvent, { now, by }: EvidenceFacts): Partial<MediaItem> {
  const { event: name, ...carried } = event;
  const stamp = stamped[name];
  return {
    ...carried, ...fixed[name],
    // A confirmation that comes again does not start the 24 hours anew.
    ...(stamp !== undefined && { [stamp]: stamp === 'demsConfirmedAt' ? item.demsConfirmedAt ?? now : now }),
    ...(name === 'retrievalStarted' && { tries: item.tries + 1 }),
    ...(by !== 'system' && ('reason' in event || name === 'deletionScheduled') && { orderedBy: by }),
  };
}

/** What a provider announces anew replaces what it announced before, its hash included. */
function withoutAnnouncement({ providerSha256: _announced, ...item }: MediaItem): MediaItem {
  return item;
}

const continuity: { readonly [N in EvidenceEventName]?: readonly Pick<ContinuityEntry, 'action' | 'detail'>[] } = {
  retrieved: [{ action: 'RECEIVED', detail: 'from the provider' }, { action: 'HASHED', detail: 'while it was received' }],
  foundClean: [{ action: 'HASHED', detail: 'again, when it left quarantine' }],
  clearedByOfficer: [{ action: 'HASHED', detail: 'again, when it left quarantine' }],
  exhibited: [{ action: 'TRANSFERRED', detail: 'to the evidence system' }],
  handOverConfirmed: [{ action: 'TRANSFERRED', detail: 'the evidence system confirmed the same hash' }],
  providerCopyDeleted: [{ action: 'DELETED', detail: 'the copy of the provider' }],
  deleted: [{ action: 'DELETED', detail: 'all copies, see the certificate' }],
};

function continuityOf(event: EvidenceEventName, hash: string | undefined, { now, by }: EvidenceFacts): ContinuityEntry[] {
  return (continuity[event] ?? []).map(entry => ({ at: now, actor: by, ...entry, ...(hash !== undefined && { hash }) }));
}
