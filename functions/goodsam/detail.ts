import type * as z from 'zod';
import { present } from '../../shared/domain/present.ts';
import { etagOf } from '../../shared/http/etag.ts';
import { isNeutral } from './rules/decideSend.ts';
import { fold } from './rules/fold.ts';
import { distanceFromAddress } from './rules/law/reports.ts';
import { currentSend, initialProgress } from './rules/law/step.ts';
import { isOpen } from './rules/machine.ts';
import { areaOutcomes } from './rules/outcomes.ts';
import { ownReference } from './rules/references.ts';
import type * as replies from './rules/replies.ts';
import { startToAnswerSeconds } from './rules/som.ts';
import type { LiveLink, Send } from './state.ts';
import { fixView } from './view.ts';

type View = z.output<typeof replies.liveLinkView>;

export interface Reader {
  readonly objectId: string;
  readonly now: string;
  /** What the person holds; only the officer who asked is told its end, or the code (goodsam.md 21.14). */
  readonly secret: (send: Send) => string;
}

/** The request as staff see it. */
export function detailView(link: LiveLink, version: number, reader: Reader): View {
  return { ...basics(link, version), ...safetyOf(link), ...linkOf(link, reader), ...progressOf(link), ...placeOf(link, reader), ...listsOf(link) };
}

function basics(link: LiveLink, version: number) {
  const { requestId, area, reasonCode, mode, channel, priority, incidentRef, createdAt, requestedBy, personRole, purpose, addressLast4 } = link;
  return {
    requestId, ref: ownReference(requestId), area, reasonCode, mode, channel, priority, incidentRef, createdAt, requestedBy, personRole, purpose, state: link.progress.state,
    etag: etagOf(version), neutral: isNeutral(link), recorded: link.record, ...(addressLast4 !== undefined && { addressEnding: addressLast4.slice(-3) }),
  };
}

const advice: Readonly<Partial<Record<LiveLink['progress']['state'], string>>> = {
  SAFETY_HELD: 'Nothing was sent. Ask on the call whether it is safe and confirm it, or read a code out. If there is any doubt, send an officer.',
  BLOCKED_UNSAFE: 'Nothing was sent and nothing will be. Use the telephone only if that is safe, or send an officer.',
  ABORTED_SAFETY: 'The link is dead and nothing automatic will be sent to this number. Stay on the voice call, or send an officer.',
  AUTH_PENDING: 'Nothing was sent. Another person has to decide it first.',
};

function safetyOf(link: LiveLink) {
  const { required, decision, why } = link.authorisation;
  const holdAdvice = advice[link.progress.state];
  return {
    safety: link.safeContact.status, grounds: link.grounds ?? [], authority: decision ?? (required ? 'NEEDED' as const : 'NOT_NEEDED' as const), ...(why !== undefined && { authorityWhy: why }),
    ...(link.lastRule !== undefined && { safetyRule: link.lastRule }), ...(link.markerLookup && { markers: link.markerLookup.result }), ...(holdAdvice !== undefined && { holdAdvice }),
  };
}

const fallback = "The link could not be sent. Use the provider's own console, or ask for a code that you read out.";

function linkOf(link: LiveLink, { objectId, now, secret }: Reader) {
  const send = currentSend(link);
  const isTold = send !== undefined && objectId === link.requestedBy && isOpen(link.progress.state) && now < send.linkExpiresAt;
  return {
    sends: link.sends.length, slot: slotOf(link), joined: link.progress.joinedAt !== undefined && link.progress.letInAt === undefined,
    ...present({ linkExpiresAt: send?.linkExpiresAt, linkOpensAt: link.linkOpensAt, slotStartAt: link.slotStartAt, slotEndAt: link.slotEndAt }),
    ...(isTold && toldOf(send, secret)),
    ...((link.progress.state === 'SEND_FAILED' || link.progress.state === 'UNDELIVERED') && { fallback }),
  };
}

function slotOf({ area, slotStartAt }: LiveLink): 'NONE' | 'OFFERED' | 'BOOKED' {
  if (area !== 'FAL') return 'NONE';
  return slotStartAt === undefined ? 'OFFERED' : 'BOOKED';
}

/** A code that is read out before its session is there would be refused at /code as a wrong one. */
function toldOf(send: Send, secret: Reader['secret']): { readonly code?: string } | { readonly linkEnding: string } {
  if (send.channel !== 'READ_ALOUD_CODE') return { linkEnding: secret(send).slice(-4) };
  return send.sessionId === undefined ? {} : { code: secret(send) };
}

function progressOf({ progress, overwriteAt, outcomeDueAt, outcome }: LiveLink) {
  const { consent, consentScope, upload, sentAt, deliveredAt, openedAt, consentedAt, firstMediaAt, endedAt, closedAt, endReason, declineReason, failReason } = progress;
  const times = { sentAt, deliveredAt, openedAt, consentedAt, firstMediaAt, endedAt, closedAt, endReason, declineReason, failReason, overwriteAt, outcomeDueAt, outcome: outcome?.code, outcomeDetail: outcome?.detail };
  const seconds = startToAnswerSeconds(sentAt, openedAt);
  return { consent, consentScope, upload: upload ?? 'NONE' as const, ...present(times), ...(seconds !== null && { startToAnswerSeconds: seconds }) };
}

function placeOf(link: LiveLink, { now }: Reader) {
  const distanceM = distanceFromAddress(link);
  return { ...(link.lastFix && { lastPlace: fixView(link.lastFix, now) }), ...(distanceM !== undefined && { distanceM }) };
}

function listsOf(link: LiveLink) {
  const { ignored } = fold(initialProgress(link.createdAt), link.log);
  const late = new Set(ignored);
  return {
    outcomes: [...areaOutcomes[link.area]], evidenceFiles: link.media.length,
    chat: link.chat.map(({ chatId, at, from, text, translated, status }) => ({ chatId, at, from, text, status, ...(translated !== undefined && { translated }) })),
    lines: link.lines.map(({ lineId, at, text, status }) => ({ lineId, at, text, status })),
    steps: link.log.map(item => ({ at: item.at, what: item.on, ignored: item.kind === 'event' && late.has(item.id) })),
  };
}
