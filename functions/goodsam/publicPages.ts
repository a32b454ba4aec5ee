import type { HttpHandler, HttpRequest, HttpResponseInit } from '@azure/functions';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { commit } from '../../shared/case/commit.ts';
import { loadCase } from '../../shared/case/load.ts';
import { readForm, requireOwnForm } from '../../shared/http/form.ts';
import type { Pages } from '../../shared/http/html.ts';
import { toProblem } from '../../shared/http/failure.ts';
import { problemReply } from '../../shared/http/reply.ts';
import { traceOf } from '../../shared/http/trace.ts';
import type { LinkHttp } from './create.ts';
import type { Command, Effect } from './decide.ts';
import { helpNeeds, linkPage, textVersion, type LinkPageInput } from './page.ts';
import { stageOf, type Visit } from './stage.ts';
import type { PublicCommand } from './rules/law/public.ts';
import { capability, declineReason } from './rules/terms.ts';
import type { LiveLink, Track } from './state.ts';
import { findLink, type Pointer } from './tokens.ts';
import type { Slowdown } from './slowdown.ts';
import { stopNow } from './stopNow.ts';

export interface PublicDeps extends LinkHttp {
  readonly pages: Pages;
  readonly slowdown: Slowdown;
  /** How many proxies of ours stand before the app: the client's address is that many entries from the right of X-Forwarded-For. */
  readonly trustedProxyHops: number;
  readonly keepDays: number;
}

const cookieName = 'live';
type Reply = HttpResponseInit & { readonly status: number };

function serving(deps: PublicDeps, operation: string, answer: (request: HttpRequest) => Promise<Reply>): HttpHandler {
  return async (request, context) => {
    const trace = traceOf(request, context);
    const log = deps.log.with({ traceId: trace.traceId, operation });
    const startedAt = deps.cases.now().getTime();
    const reply = await answer(request).catch(async (error: unknown): Promise<Reply> => {
      const found = toProblem(error, log, undefined);
      // The neutral host has one answer to everything that is not a live link (goodsam.md 21.8).
      return faceOf(deps, request) === 'neutral' ? await page(deps, dead(deps, request)) : problemReply(found, trace.traceId);
    });
    log.info('request', { status: reply.status, durationMs: deps.cases.now().getTime() - startedAt });
    return reply;
  };
}

/** GET of a link. It changes nothing: robots that look at links press no button (A19). */
export function showLink(deps: PublicDeps): HttpHandler {
  return serving(deps, 'ShowLink', async request => {
    const found = await find(deps, request, request.params['token'] ?? '');
    return await page(deps, found ? stageOf(found, visitOf(deps, request)) : dead(deps, request));
  });
}

const nothing = z.object({});
const continueForm = z.object({ step: z.enum(['JOIN', 'READ']).default('READ') });
const agreeForm = z.object({ scope: z.array(capability).max(6).default([]), textVersion: z.string().max(20).default(textVersion), lang: z.string().max(20).default('en') });
const declineForm = z.object({ reason: declineReason.optional() });
const helpForm = z.object({ need: z.enum([...helpNeeds, 'VOICE']).optional() });

/** POST of one of the page's buttons; then the page as it is now. Pressing twice does nothing twice: the law knows where the request stands. */
export function pressButton(deps: PublicDeps): HttpHandler {
  return serving(deps, 'PressButton', async request => {
    const { token = '', action = '' } = request.params;
    requireOwnForm(request.headers, { publicOrigin: new URL(faceOf(deps, request) === 'neutral' ? deps.neutralOrigin : deps.publicOrigin).origin, isSecretAddress: true });
    const found = await find(deps, request, token);
    if (!found) return await page(deps, dead(deps, request));
    const visit = visitOf(deps, request);
    const press = await pressOf(action, { request, found, visit });
    if (press.kind === 'page') return await page(deps, press.input);
    const isDone = await give(deps, found.pointer.requestId, press.command);
    // Away from here, to the page that says nothing of anyone, and nothing to go back to.
    if (press.command.do === 'Exit') return { status: 303, headers: { location: new URL('/', deps.neutralOrigin).href, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } };
    return await shownAfter(deps, request, { press, isDone, visit, token });
  });
}

interface After { readonly press: Extract<Press, { kind: 'command' }>; readonly isDone: boolean; readonly visit: Visit; readonly token: string }

async function shownAfter(deps: PublicDeps, request: HttpRequest, { press, isDone, visit, token }: After): Promise<Reply> {
  const now = await find(deps, request, token);
  if (!now) return await page(deps, dead(deps, request));
  const input = isDone && press.show ? press.show(now) : stageOf(now, { ...visit, device: press.device ?? visit.device });
  return await page(deps, input, press.device !== undefined && isDone ? { 'set-cookie': cookieOf(deps, press.device, now.path) } : {});
}

type Press =
  | { readonly kind: 'page'; readonly input: LinkPageInput }
  | { readonly kind: 'command'; readonly command: PublicCommand; readonly device?: string; readonly show?: (now: Found) => LinkPageInput };

export interface Found { readonly pointer: Pointer; readonly link: LiveLink; readonly face: 'force' | 'neutral'; readonly path: string }

interface Pressed { readonly request: HttpRequest; readonly found: Found; readonly visit: Visit }

/** What each button means; an address with another word shows the page. */
const buttons: Readonly<Record<string, (pressed: Pressed) => Promise<Press>>> = { continue: goOn, agree, decline, help, exit: plain('Exit'), stop: plain('Stop') };

async function pressOf(action: string, pressed: Pressed): Promise<Press> {
  const button = Object.hasOwn(buttons, action) ? buttons[action] : undefined;
  return button ? await button(pressed) : { kind: 'page', input: stageOf(pressed.found, pressed.visit) };
}

function plain(name: 'Exit' | 'Stop'): (pressed: Pressed) => Promise<Press> {
  return async ({ request, found }) => {
    await readForm(request, nothing);
    return { kind: 'command', command: { sendNo: found.pointer.sendNo, do: name } };
  };
}

async function goOn({ request, found }: Pressed): Promise<Press> {
  const form = await readForm(request, continueForm);
  // A Join that was pressed late must not skip the landing page.
  return { kind: 'command', command: { sendNo: found.pointer.sendNo, do: form.ok && form.values.step === 'JOIN' ? 'Join' : 'Open' } };
}

async function agree({ request, found, visit }: Pressed): Promise<Press> {
  const form = await readForm(request, agreeForm, { lists: ['scope'] });
  if (!form.ok || form.values.scope.length === 0) return { kind: 'page', input: stageOf(found, { ...visit, error: 'NO_SCOPE' }) };
  const device = visit.device ?? randomBytes(18).toString('base64url');
  const { scope, textVersion: words, lang } = form.values;
  return { kind: 'command', device, command: { sendNo: found.pointer.sendNo, do: 'Agree', scope, textVersion: words, locale: lang, deviceHash: hashOf(device) } };
}

async function decline({ request, found }: Pressed): Promise<Press> {
  const form = await readForm(request, declineForm);
  const reason = form.ok ? form.values.reason : undefined;
  const isFirst = reason === undefined && found.link.progress.state === 'OPENED';
  return {
    kind: 'command', command: { sendNo: found.pointer.sendNo, do: 'Decline', ...(reason !== undefined && { reason }) },
    show: now => (isFirst ? { stage: 'declineReason', face: now.face, locale: now.link.locale, link: now.path } : { stage: 'declined', face: now.face, locale: now.link.locale }),
  };
}

/** The first press of "I need help another way" asks which; nothing is decided yet. */
async function help({ request, found }: Pressed): Promise<Press> {
  const form = await readForm(request, helpForm);
  const need = form.ok ? form.values.need : undefined;
  if (need !== undefined) return { kind: 'command', command: { sendNo: found.pointer.sendNo, do: 'AskHelp', how: need }, show: now => ({ stage: 'helpAsked', face: now.face, locale: now.link.locale }) };
  return { kind: 'page', input: { stage: 'help', face: found.face, locale: found.link.locale, link: found.path, ...(!form.ok && { error: 'NO_NEED' as const }) } };
}

/** Commits what was pressed. A refusal is no error here: the page shows how things stand. */
async function give(deps: PublicDeps, requestId: string, command: PublicCommand): Promise<boolean> {
  const outcome = await commit<LiveLink, Track, Command, Effect>(deps.cases, deps.room, {
    caseId: requestId, operationId: `pub-${randomUUID()}`, hash: '', name: `Public${command.do}`, by: 'public', roles: [], parts: [], creates: false, command: () => command, reply: () => ({ status: 202, body: {} }),
  });
  if (outcome.kind === 'committed' && command.do === 'Stop') await stopNow(deps, requestId);
  return outcome.kind === 'committed';
}

async function find(deps: PublicDeps, request: HttpRequest, token: string): Promise<Found | undefined> {
  const pointer = /^[A-Za-z0-9]{8,12}$/.test(token) ? await findLink(deps.cases, deps.secrets, token) : undefined;
  const rows = pointer && await loadCase(deps.cases, deps.room, pointer.requestId, []);
  const link = rows?.state?.value;
  const send = pointer && link?.sends.find(item => item.no === pointer.sendNo);
  if (!pointer || !link || !send) {
    // Wrong tokens are slowed by address; a right one always works (goodsam.md 21.37).
    await deps.slowdown.wrong(clientOf(deps, request));
    return undefined;
  }
  const face = send.neutral ? 'neutral' : 'force';
  return face === faceOf(deps, request) ? { pointer, link, face, path: new URL(request.url).pathname.replace(/\/(?:continue|agree|decline|help|exit|stop)$/, '') } : undefined;
}

function faceOf({ neutralOrigin }: Pick<PublicDeps, 'neutralOrigin'>, request: HttpRequest): 'force' | 'neutral' {
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? new URL(request.url).host;
  return host === new URL(neutralOrigin).host ? 'neutral' : 'force';
}

export function clientOf({ trustedProxyHops }: Pick<PublicDeps, 'trustedProxyHops'>, request: HttpRequest): string {
  if (trustedProxyHops === 0) return 'local';
  return request.headers.get('x-forwarded-for')?.split(',').at(-trustedProxyHops)?.trim() ?? 'unknown';
}

function visitOf(deps: PublicDeps, request: HttpRequest): Visit {
  const device = /(?:^|;\s*)live=([\w-]{10,60})/.exec(request.headers.get('cookie') ?? '')?.[1];
  return { now: deps.cases.now().toISOString(), provider: deps.provider.name, keepDays: deps.keepDays, device, hashOf };
}

function hashOf(device: string): string {
  return createHash('sha256').update(`device:${device}`).digest('hex');
}

function cookieOf({ publicOrigin }: PublicDeps, device: string, path: string): string {
  return `${cookieName}=${device}; Path=${path}; HttpOnly; SameSite=Lax${publicOrigin.startsWith('https:') ? '; Secure' : ''}`;
}

function dead(deps: PublicDeps, request: HttpRequest): LinkPageInput {
  return { stage: 'dead', why: 'WRONG', face: faceOf(deps, request), locale: 'en' };
}

async function page({ pages }: PublicDeps, input: LinkPageInput, headers: Record<string, string> = {}): Promise<Reply> {
  return await pages.htmlReply({ ...linkPage(input), headers });
}

const codeForm = z.object({ code: z.string().max(40).default('') });

/** The page where a code is typed that was read out. */
export function showCode(deps: PublicDeps): HttpHandler {
  return serving(deps, 'ShowCodePage', async request => await page(deps, { stage: 'code', face: faceOf(deps, request), locale: 'en' }));
}

export function enterCode(deps: PublicDeps): HttpHandler {
  return serving(deps, 'EnterCode', async request => {
    const form = await readForm(request, codeForm);
    const face = faceOf(deps, request);
    const given = form.ok ? form.values.code : '';
    const code = given.toUpperCase().replace(/[\s-]/g, '');
    if (code === '') return await page(deps, { stage: 'code', face, locale: 'en', error: 'MISSING' });
    if (!/^[2-9A-Z]{8}$/.test(code)) return await page(deps, { stage: 'code', face, locale: 'en', given, error: 'MALFORMED' });
    const found = await find(deps, request, code);
    if (!found) return await page(deps, { stage: 'code', face, locale: 'en', error: 'WRONG' });
    return { status: 303, headers: { location: `/live/${code}`, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } };
  });
}

/** `/` of both hosts: on the neutral one the same page as for every link that is not there. */
export function showNothing(deps: PublicDeps): HttpHandler {
  return serving(deps, 'ShowNothing', async request => await page(deps, dead(deps, request)));
}
