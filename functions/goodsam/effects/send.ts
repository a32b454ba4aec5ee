import { MessageError } from '../../../shared/notify/messenger.ts';
import { londonShort } from '../../../shared/domain/london.ts';
import type { LinkDeps } from '../deps.ts';
import { gateOf, maySend } from '../gate.ts';
import { ProviderError, type SessionCreated } from '../provider/port.ts';
import { isSendWanted, sendKey, type SendResult } from '../rules/law/sending.ts';
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
 * looked for by its reference before it is sent. Nothing leaves unless `decideSend` says ALLOW with facts of that very moment; a second try is asked for anew.
 */
export async function sendLink(deps: LinkDeps, turn: SendTurn): Promise<SendResult> {
  const { reload, sendNo, signal } = turn;
  const start = wanted(await reload(), sendNo);
  if (!start) return { kind: 'void' };
  const session = await trying(deps, { ...turn, ...start }, { call: ({ link, send }) => openSession(deps, link, send, signal) });
  if ('kind' in session) return session;
  if ('trouble' in session.value) return troubled(session.value, session.tries);
  const { sessionId, publicUrl } = session.value;
  // Known before the text leaves; what takes time comes before the second gate.
  await keepLink(deps.cases, deps.secrets, secretOf(deps, start.link, start.send), { requestId: start.link.requestId, sendNo });
  const sent = await deliver(deps, { ...turn, ...start });
  if ('kind' in sent) return { ...sent, sessionId };
  if ('trouble' in sent.value) return { ...troubled(sent.value, sent.tries), sessionId };
  return { kind: 'accepted', sessionId, publicUrl, ...(sent.value.notificationId !== undefined && { notificationId: sent.value.notificationId }) };
}

interface Going { readonly link: LiveLink; readonly send: Send }
type Stopped = Extract<SendResult, { kind: 'void' | 'not-allowed' }>;

function wanted(link: LiveLink | undefined, sendNo: number): Going | undefined {
  const send = link?.sends.find(item => item.no === sendNo);
  return link && send && isSendWanted(link, sendNo) ? { link, send } : undefined;
}

async function allowed(deps: LinkDeps, { sendNo, reload, signal }: SendTurn): Promise<Going | Stopped> {
  const before = wanted(await reload(), sendNo);
  if (!before) return { kind: 'void' };
  const gate = await gateOf(deps, before.link, signal);
  // Read again after the look-ups, which take up to 800 ms: a stop that came meanwhile counts.
  const going = wanted(await reload(), sendNo);
  if (!going) return { kind: 'void' };
  const decision = maySend(deps, going.link, gate, going.send);
  return decision.result === 'ALLOW' ? going : { kind: 'not-allowed', decision, markerLookup: gate.markerLookup };
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
    }, { idempotencyKey: sendKey(link, send.no), signal });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return { trouble: { again: error.kind !== 'auth' && error.kind !== 'validation' && error.kind !== 'notFound', ...reasonOf(error.kind, error.retryAfterMs) } };
  }
}

function reasonOf(kind: ProviderError['kind'] | MessageError['kind'], retryAfterMs: number | undefined): { readonly reason: FailReason; readonly retryAfterSeconds?: number } {
  const reason = kind === 'rateLimited' ? 'RATE_LIMITED' : kind === 'timeout' ? 'TIMEOUT' : 'PROVIDER_DOWN';
  return { reason, ...(retryAfterMs !== undefined && { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }) };
}

/** The text or the e-mail, unless it left in an earlier try: looked for before each try, for a time-out may have sent it (goodsam.md 21.14). */
async function deliver(deps: LinkDeps, turn: SendTurn & Going): Promise<Stopped | Tried<{ readonly notificationId?: string }>> {
  const { link, send, signal } = turn;
  if (send.channel === 'READ_ALOUD_CODE') return await trying(deps, turn, { call: () => Promise.resolve({}) });
  const reference = `${link.requestId}:${send.no}`;
  const service = send.neutral ? 'neutral' : 'branded';
  return await trying<{ readonly notificationId: string }>(deps, turn, {
    before: () => asked(() => deps.messenger.findByReference(service, reference, { signal })),
    call: now => sendText(deps, now, { reference, signal }),
  });
}

async function sendText(deps: LinkDeps, { link, send }: Going, { reference, signal }: { reference: string; signal: AbortSignal }): Promise<{ readonly notificationId: string } | Trouble> {
  const { template: name } = send;
  const templateId = name && deps.templateIds[send.channel === 'EMAIL' ? `${name}_EMAIL` : name];
  if (!name || templateId === undefined || link.address === undefined) return { trouble: { again: false, reason: 'INVALID_NUMBER' } };
  const template = deps.templates[name];
  const words = send.channel === 'EMAIL' && 'email' in template ? `${template.email.subject} ${template.email.body}` : template.text;
  const values = { link: addressOf(deps, link, send), ref: ownReference(link.requestId), time: londonShort(link.slotStartAt ?? send.linkExpiresAt) };
  const outgoing = { service: template.service, to: link.address, templateId, personalisation: personalisationOf(words, values), reference };
  return await asked(() => (send.channel === 'SMS' ? deps.messenger.sendText(outgoing, { signal }) : deps.messenger.sendEmail(outgoing, { signal })));
}

async function asked<T>(call: () => Promise<T>): Promise<T | Trouble> {
  try {
    return await call();
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

interface Tried<T> { readonly value: T | Trouble; readonly tries: number }
interface Try<T> {
  /** What an earlier try has left: then nothing is called. */
  readonly before?: () => Promise<T | Trouble | undefined>;
  readonly call: (going: Going) => Promise<T | Trouble>;
}

/**
 * With a caller on the line one more try after two seconds, under the same key (goodsam.md 21.18); everyone else waits for the timer. Each try passes the gate
 * immediately before its call, for the suspect may return during the wait.
 */
async function trying<T extends object>(deps: LinkDeps, turn: SendTurn & Going, one: Try<T>): Promise<Stopped | Tried<T>> {
  const first = await tryOnce(deps, turn, one);
  if ('kind' in first) return first;
  const { value } = first;
  if (turn.link.priority !== 'P0_LIVE' || !('trouble' in value) || !value.trouble.again || (value.trouble.retryAfterSeconds ?? 0) > 10) return { value, tries: 1 };
  await deps.cases.sleep((value.trouble.retryAfterSeconds ?? 2) * 1000);
  turn.signal.throwIfAborted();
  const second = await tryOnce(deps, turn, one);
  return 'kind' in second ? second : { value: second.value, tries: 2 };
}

async function tryOnce<T extends object>(deps: LinkDeps, turn: SendTurn, { before, call }: Try<T>): Promise<Stopped | { readonly value: T | Trouble }> {
  const known = await before?.();
  if (known) return { value: known };
  const going = await allowed(deps, turn);
  return 'kind' in going ? going : { value: await call(going) };
}

function troubled({ trouble }: Trouble, tries: number): Extract<SendResult, { kind: 'retry' | 'failed' }> {
  const { again, reason, retryAfterSeconds } = trouble;
  return { kind: again ? 'retry' : 'failed', reason, tries, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}
