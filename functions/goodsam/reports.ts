import type { HttpHandler, HttpResponseInit } from '@azure/functions';
import { createHash, randomUUID } from 'node:crypto';
import { commit } from '../../shared/case/commit.ts';
import { sha256 } from '../../shared/case/keys.ts';
import type { CaseDeps } from '../../shared/case/room.ts';
import { caseIdPattern } from '../../shared/domain/ids.ts';
import { readRaw } from '../../shared/http/body.ts';
import { toProblem } from '../../shared/http/failure.ts';
import { problem } from '../../shared/http/problem.ts';
import { problemReply, securityHeaders } from '../../shared/http/reply.ts';
import { traceOf } from '../../shared/http/trace.ts';
import { isReceiptToken, parseReceipt } from '../../shared/notify/receipt.ts';
import type { LinkHttp } from './create.ts';
import type { Command, Effect } from './decide.ts';
import { EnvelopeError, readWebhook, type ReceivedEvent } from './provider/events.ts';
import type { ProviderEvent } from './provider/port.ts';
import { SignatureError, verifyWebhook } from './provider/signature.ts';
import { receiptEvent, translate } from './rules/translate.ts';
import { trackKey, type LiveLink, type Track } from './state.ts';
import { stopNow } from './stopNow.ts';

export interface ReportDeps extends LinkHttp {
  readonly webhookKeys: readonly Uint8Array[];
  readonly receiptToken: string;
  readonly rawReports: CaseDeps['blobs'];
}

/** A report is a few hundred bytes; more is no report (goodsam.md 11). */
const maxBytes = 256 * 1024;

/** Answers every outcome as a problem or with nothing but a status: a reporter learns nothing of us. */
function answering(deps: ReportDeps, operation: string, answer: (...args: Parameters<HttpHandler>) => Promise<number>): HttpHandler {
  return async (request, context) => {
    const trace = traceOf(request, context);
    const log = deps.log.with({ traceId: trace.traceId, operation });
    const startedAt = deps.cases.now().getTime();
    const reply: HttpResponseInit & { status: number } = await answer(request, context)
      .then(status => ({ status, headers: { ...securityHeaders } }))
      .catch((error: unknown) => problemReply(toProblem(error, log, undefined), trace.traceId));
    log.info('request', { status: reply.status, durationMs: deps.cases.now().getTime() - startedAt });
    return reply;
  };
}

/**
 * Webhook of the provider: verify, keep as it came, put it into the case. The commit is the queue of goodsam.md 11: it is idempotent by the event's own id, and what is not
 * committed is not acknowledged, so the provider sends it again, and the reconciler asks.
 */
export function receiveProviderEvent(deps: ReportDeps): HttpHandler {
  return answering(deps, 'ReceiveProviderEvent', async request => {
    const rawBody = await readRaw(request, maxBytes);
    try {
      verifyWebhook({ headers: request.headers, rawBody, keys: deps.webhookKeys, now: deps.cases.now() });
    } catch (error) {
      if (!(error instanceof SignatureError)) throw error;
      deps.log.security('webhook-refused', { provider: deps.provider.name });
      throw problem('not-signed-in', 'The signature is not valid.');
    }
    const received = readReport(rawBody);
    const event = received.kind === 'event' ? received.event : undefined;
    const caseId = event && caseIdPattern.test(event.externalRef) ? event.externalRef : 'parked';
    // Each delivery is kept, a repeated one too (A4); the name says what it is, never whose.
    await deps.rawReports.create(`live-link-reports/${caseId}/${event ? sha256(event.id).slice(0, 32) : 'unknown'}/${randomUUID()}`, rawBody, 'application/json');
    if (!event || caseId === 'parked') {
      deps.log.warn('report-parked', { provider: deps.provider.name });
      return 200;
    }
    const status = await put(deps, caseId, { id: `ev-${sha256(event.id).slice(0, 40)}`, hash: createHash('sha256').update(rawBody).digest('hex'), hasPlace: event.type === 'session.location', command: link => translate([asReported(event)], sendNoOf(link, event.sessionId)) });
    if (stops.has(event.type)) await stopNow(deps, caseId);
    return status;
  });
}

/** After these nothing more may be captured (goodsam.md 21.3, 21.20). */
const stops: ReadonlySet<string> = new Set(['session.consent_withdrawn', 'session.safety_exit']);

/** Signed by the provider, and yet no event: kept as it came, told as a problem of theirs. */
function readReport(rawBody: Uint8Array): ReceivedEvent {
  try {
    return readWebhook(rawBody);
  } catch (error) {
    if (error instanceof EnvelopeError) throw problem('request-invalid', 'This is not an event.');
    throw error;
  }
}

function asReported({ id, type, occurredAt, sequence, data }: ProviderEvent) {
  return { id, type, occurredAt, data, ...(sequence !== undefined && { sequence }) };
}

/** A session that is not recorded yet is that of the send in progress (scenario 029: opened before the reply to our call). */
function sendNoOf(link: LiveLink, sessionId: string): number {
  return link.sends.find(send => send.sessionId === sessionId)?.no ?? link.progress.sendNo;
}

/** Delivery receipt of a text. Bearer token, compared in constant time. */
export function receiveReceipt(deps: ReportDeps): HttpHandler {
  return answering(deps, 'ReceiveReceipt', async request => {
    if (!isReceiptToken(request.headers.get('authorization'), deps.receiptToken)) {
      deps.log.security('receipt-refused');
      throw problem('not-signed-in', 'The token is not valid.');
    }
    const receipt = parseReceipt(parsed(await readRaw(request, maxBytes)));
    if (!receipt) throw problem('request-invalid', 'This is not a delivery receipt.');
    const [, requestId = '', no = ''] = /^([a-z2-7]{26}):(\d{1,3})$/.exec(receipt.reference ?? '') ?? [];
    const event = requestId === '' ? undefined : receiptEvent({ notificationId: receipt.notificationId, status: receipt.status, at: receipt.completedAt === undefined ? deps.cases.now().toISOString() : new Date(receipt.completedAt).toISOString(), sendNo: Number(no) });
    // Somebody's own message at the same service: not ours to judge.
    if (!event) return 200;
    const command: Command = { do: 'Report', events: [event], fixes: [], chat: [], media: 'none', types: [receipt.status] };
    return await put(deps, requestId, { id: `rc-${sha256(event.id).slice(0, 40)}`, hash: sha256(event.id), hasPlace: false, command: () => command });
  });
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw problem('body-unparsable', 'The body is not JSON.');
  }
}

interface Kept { readonly id: string; readonly hash: string; readonly hasPlace: boolean; readonly command: (link: LiveLink) => Command }

/** A process that dies between its announcement and its commit leaves a tombstone under the name of the report: sent again, the report takes the next name. */
const maxTombstones = 20;

async function put(deps: ReportDeps, requestId: string, kept: Kept, tombstones = 0): Promise<number> {
  const { id, hash, hasPlace, command } = kept;
  const outcome = await commit<LiveLink, Track, Command, Effect>(deps.cases, deps.room, {
    caseId: requestId, operationId: tombstones === 0 ? id : `${id}-${tombstones}`, hash, name: 'Report', by: 'provider', roles: [], parts: hasPlace ? [trackKey] : [], creates: false,
    command: rows => {
      if (!rows.state) throw problem('not-found', 'There is no such request.');
      return command(rows.state.value);
    },
    reply: () => ({ status: 202, body: {} }),
  });
  if (outcome.kind === 'abandoned' && tombstones < maxTombstones) return await put(deps, requestId, kept, tombstones + 1);
  switch (outcome.kind) {
    case 'committed': return 202;
    case 'replayed': return 200;
    // An unknown request: kept, and nothing told (goodsam.md 11).
    case 'not-found': return 200;
    default:
      deps.log.warn('report-not-applied', { caseId: requestId, code: outcome.kind });
      return 200;
  }
}
