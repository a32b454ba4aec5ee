import { MessageError, sendTextOnce } from '../../../shared/notify/messenger.ts';
import { londonShort } from '../../../shared/domain/london.ts';
import type { LinkDeps } from '../deps.ts';
import { maySendNow } from '../gate.ts';
import { ProviderError, type SessionCreated } from '../provider/port.ts';
import { isSendWanted, type SendResult } from '../rules/law/sending.ts';
import { ownReference } from '../rules/references.ts';
import { linkOf, personalisationOf } from '../rules/templates.ts';
import type { FailReason } from '../rules/terms.ts';
import type { LiveLink, Send } from '../state.ts';
import { codeOf, keepLink, tokenOf } from '../tokens.ts';

/** A call that may be repeated under the same key failed; whether it helps to try again is in the kind. */
interface Trouble { readonly trouble: { readonly again: boolean; readonly reason: FailReason; readonly retryAfterSeconds?: number } }

export interface SendTurn {
  readonly sendNo: number;
  /** The request as it is now: read again before everything that leaves. */
  readonly reload: () => Promise<LiveLink | undefined>;
  readonly signal: AbortSignal;
}

/**
 * SENDING: gate, session, gate again, text (goodsam.md 21.2 and 21.14). May be killed at any line and called again: the provider honours our key, and the text is
 * looked for by its reference before it is sent. Nothing leaves unless `decideSend` says ALLOW with facts of that very moment.
 */
export async function sendLink(deps: LinkDeps, turn: SendTurn): Promise<SendResult> {
  const before = await allowed(deps, turn);
  if ('kind' in before) return before;
  const isPatient = before.link.priority !== 'P0_LIVE';
  const session = await trying(deps, { isPatient, signal: turn.signal }, () => openSession(deps, before.link, before.send, turn.signal));
  if ('trouble' in session.value) return troubled(session.value, session.tries);
  const { sessionId } = session.value;
  const after = await allowed(deps, turn);
  if ('kind' in after) return { ...after, sessionId };
  await keepLink(deps.cases, deps.secrets, secretOf(deps, after.link, after.send), { requestId: after.link.requestId, sendNo: turn.sendNo });
  const sent = await trying(deps, { isPatient, signal: turn.signal }, () => sendText(deps, after.link, after.send, turn.signal));
  if ('trouble' in sent.value) return { ...troubled(sent.value, sent.tries), sessionId };
  return { kind: 'accepted', sessionId, publicUrl: session.value.publicUrl, ...(sent.value.notificationId !== undefined && { notificationId: sent.value.notificationId }) };
}

async function allowed(deps: LinkDeps, { sendNo, reload, signal }: SendTurn): Promise<{ readonly link: LiveLink; readonly send: Send } | Extract<SendResult, { kind: 'void' | 'not-allowed' }>> {
  const link = await reload();
  const send = link?.sends.find(item => item.no === sendNo);
  if (!link || !send || !isSendWanted(link, sendNo)) return { kind: 'void' };
  const { gate, decision } = await maySendNow(deps, link, signal);
  return decision.result === 'ALLOW' ? { link, send } : { kind: 'not-allowed', decision, markerLookup: gate.markerLookup };
}

/** What the person holds: the token in the link, or the code that is read out. */
export function secretOf({ secrets }: Pick<LinkDeps, 'secrets'>, link: Pick<LiveLink, 'requestId'>, send: Pick<Send, 'no' | 'channel'>): string {
  return send.channel === 'READ_ALOUD_CODE' ? codeOf(secrets, link.requestId, send.no) : tokenOf(secrets, link.requestId, send.no);
}

async function openSession(deps: LinkDeps, link: LiveLink, send: Send, signal: AbortSignal): Promise<SessionCreated | Trouble> {
  try {
    return await deps.provider.createSession({
      externalRef: link.requestId, mode: link.mode, locale: link.locale, record: link.record, chat: link.addons.includes('CHAT'), expiresAt: send.linkExpiresAt,
      operatorRef: link.requestedBy, callbackUrl: deps.callbackUrl,
    }, { idempotencyKey: `${link.requestId}-${send.no}`, signal });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { trouble: { again: error.kind !== 'auth' && error.kind !== 'validation' && error.kind !== 'notFound', ...reasonOf(error.kind, error.retryAfterMs) } };
  }
}

function reasonOf(kind: ProviderError['kind'] | MessageError['kind'], retryAfterMs: number | undefined): { readonly reason: FailReason; readonly retryAfterSeconds?: number } {
  const reason = kind === 'rateLimited' ? 'RATE_LIMITED' : kind === 'timeout' ? 'TIMEOUT' : 'PROVIDER_DOWN';
  return { reason, ...(retryAfterMs !== undefined && { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }) };
}

async function sendText(deps: LinkDeps, link: LiveLink, send: Send, signal: AbortSignal): Promise<{ readonly notificationId?: string } | Trouble> {
  if (send.channel === 'READ_ALOUD_CODE') return {};
  const { template: name } = send;
  const templateId = name && deps.templateIds[send.channel === 'EMAIL' ? `${name}_EMAIL` : name];
  if (!name || templateId === undefined || link.address === undefined) return { trouble: { again: false, reason: 'INVALID_NUMBER' } };
  const template = deps.templates[name];
  const words = send.channel === 'EMAIL' && 'email' in template && template.email ? `${template.email.subject} ${template.email.body}` : template.text;
  const values = { link: addressOf(deps, link, send), ref: ownReference(link.requestId), time: londonShort(link.slotStartAt ?? send.linkExpiresAt) };
  const outgoing = { service: template.service, to: link.address, templateId, personalisation: personalisationOf(words, values), reference: `${link.requestId}:${send.no}` };
  try {
    if (send.channel === 'SMS') return await sendTextOnce(deps.messenger, outgoing, { signal });
    const before = await deps.messenger.findByReference(outgoing.service, outgoing.reference, { signal });
    return before ?? await deps.messenger.sendEmail(outgoing, { signal });
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    if (error.kind === 'validation') return { trouble: { again: false, reason: 'INVALID_NUMBER' } };
    return { trouble: { again: error.kind !== 'auth', ...reasonOf(error.kind, error.retryAfterMs) } };
  }
}

/** On our own domain, or on one that says nothing (goodsam.md 14). */
export function addressOf(deps: Pick<LinkDeps, 'secrets' | 'publicOrigin' | 'neutralOrigin'>, link: Pick<LiveLink, 'requestId'>, send: Pick<Send, 'no' | 'channel' | 'neutral'>): string {
  return linkOf(send.neutral ? deps.neutralOrigin : deps.publicOrigin, secretOf(deps, link, send));
}

interface Patience { readonly isPatient: boolean; readonly signal: AbortSignal }

/** With a caller on the line one more try after two seconds, under the same key (goodsam.md 21.18); everyone else waits for the timer. */
async function trying<T extends object>(deps: LinkDeps, { isPatient, signal }: Patience, call: () => Promise<T | Trouble>): Promise<{ readonly value: T | Trouble; readonly tries: number }> {
  const first = await call();
  if (isPatient || !('trouble' in first) || !first.trouble.again || (first.trouble.retryAfterSeconds ?? 0) > 10) return { value: first, tries: 1 };
  await deps.cases.sleep((first.trouble.retryAfterSeconds ?? 2) * 1000);
  signal.throwIfAborted();
  return { value: await call(), tries: 2 };
}

function troubled({ trouble }: Trouble, tries: number): Extract<SendResult, { kind: 'retry' | 'failed' }> {
  const { again, reason, retryAfterSeconds } = trouble;
  return { kind: again ? 'retry' : 'failed', reason, tries, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}
