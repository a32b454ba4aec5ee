import type { HttpHandler, HttpRequest, HttpResponseInit } from '@azure/functions';
import { randomUUID } from 'node:crypto';
import { commit } from '../../shared/case/commit.ts';
import { newCaseId, sha256 } from '../../shared/case/keys.ts';
import { toProblem } from '../../shared/http/failure.ts';
import { requireOwnForm } from '../../shared/http/form.ts';
import type { Pages } from '../../shared/http/html.ts';
import { problem, unavailable, type ProblemError } from '../../shared/http/problem.ts';
import { traceOf } from '../../shared/http/trace.ts';
import type { Log } from '../../shared/log.ts';
import type { Command, Effect } from './decide.ts';
import { receiveCommand, type MissingHttp } from './http.ts';
import { reportPage, type Stage } from './page.ts';
import { readReportForm, type PostedReport } from './reportForm.ts';
import { receiptOf } from './rules/intake/receipt.ts';
import type { Intake } from './rules/intake/report.ts';
import { takePublicReport } from './rules/intake/takeReport.ts';
import type { MissingPart, MissingRecord } from './state.ts';

export interface ReportPageDeps extends MissingHttp {
  readonly pages: Pages;
  /** Where the public reaches us; the neutral host of live links shows nothing of the force (goodsam.md 21.8). */
  readonly publicOrigin: string;
  readonly ready: () => Promise<void>;
}

export type Reply = HttpResponseInit & { readonly status: number };
export interface Visit { readonly request: HttpRequest; readonly url: URL; readonly locale: 'en' | 'cy'; readonly traceparent: string; readonly log: Log }

const root = '/report-missing-person';
const nobody = 'public';
const languages = [{ lang: 'en', text: 'English' }, { lang: 'cy', text: 'Cymraeg' }] as const;

/** 999 first, before anything is asked (R1). */
export function showStart(deps: ReportPageDeps): HttpHandler {
  return serving(deps, 'ShowReportStart', visit => page(deps, visit, { stage: 'start', formUrl: at('/form', visit), languages: languages.map(({ lang, text }) => ({ lang, text, href: at('', { locale: lang }), current: lang === visit.locale })) }));
}

/** The form. Its key makes one report of it, however often it is sent. */
export function showForm(deps: ReportPageDeps): HttpHandler {
  return serving(deps, 'ShowReportForm', visit => page(deps, visit, { stage: 'form', formTo: at('/form', visit), once: randomUUID() }));
}

/**
 * R1 and 15.4: a report with errors is shown again with all that was typed and a second button; then it is received as it is. Nobody is asked to sign in, and nothing optional holds it up. When our
 * storage is away the form comes back as it was, with the telephone number: what somebody typed is never lost.
 */
export function sendReport(deps: ReportPageDeps): HttpHandler {
  return serving(deps, 'SendReport', async visit => {
    requireOwnForm(visit.request.headers, { publicOrigin: new URL(deps.publicOrigin).origin });
    const posted = await readReportForm(visit.request);
    const once = posted.once ?? randomUUID();
    const form = { stage: 'form', formTo: at('/form', visit), once, given: posted.given } as const;
    const taken = takePublicReport(posted.form, { now: deps.cases.now().toISOString(), raw: posted.raw });
    if (taken.kind === 'mend') return await page(deps, visit, { ...form, failures: taken.failures, maySendAsItIs: taken.maySendAsItIs });
    try {
      await deps.ready();
      return goTo(deps, visit, { recordId: await receive(deps, visit, { posted, once, intake: taken.intake }), intake: taken.intake });
    } catch (error) {
      toProblem(error, visit.log, undefined);
      return await page(deps, visit, { ...form, isUnsent: true, maySendAsItIs: taken.intake.isAsItIs });
    }
  });
}

/** After the report, at an address of its own: to load it again sends nothing again. It shows only what we sealed, so that nobody can be led to a receipt of no report. */
export function showSent(deps: ReportPageDeps): HttpHandler {
  return serving(deps, 'ShowReportSent', async visit => {
    const [told = '', seal = ''] = ['r', 's'].map(name => visit.url.searchParams.get(name) ?? '');
    const [, reference, danger, asItIs] = /^(MP-[A-Z2-7]{4}-[A-Z2-7]{4})-([01])([01])$/.exec(told) ?? [];
    if (reference === undefined || seal !== sealOf(deps, told)) throw problem('not-found', 'There is no such page.');
    return await page(deps, visit, { stage: 'sent', reference, isInDanger: danger === '1', isAsItIs: asItIs === '1' });
  });
}

interface Receiving { readonly posted: PostedReport; readonly once: string; readonly intake: Intake }

/** The id of the record. The same form with the same words is the same report; with other words (who went back and wrote more) it is another one, so that nothing of it is lost. */
async function receive(deps: ReportPageDeps, { traceparent }: Visit, { posted, once, intake }: Receiving): Promise<string> {
  const hash = sha256(posted.raw);
  for (const key of [once, sha256(`${once} ${posted.raw}`)]) {
    const recordId = newCaseId(nobody, nobody, 'SubmitPublicReport', key);
    const outcome = await commit<MissingRecord, MissingPart, Command, Effect>(deps.cases, deps.room, {
      caseId: recordId, operationId: key, hash, name: 'SubmitPublicReport', by: nobody, roles: [], parts: [], creates: true, traceparent,
      command: () => receiveCommand(deps, { recordId, intake, key }), reply: () => ({ status: 202, body: { recordId } }),
    });
    if (outcome.kind === 'committed' || outcome.kind === 'replayed') return recordId;
  }
  throw unavailable(1);
}

function goTo(deps: ReportPageDeps, { locale }: Visit, { recordId, intake }: { readonly recordId: string; readonly intake: Intake }): Reply {
  const told = `${receiptOf(recordId)}-${bit(intake.inDanger === 'YES')}${bit(intake.isAsItIs)}`;
  const query = new URLSearchParams({ r: told, s: sealOf(deps, told), ...(locale === 'cy' && { lang: locale }) });
  return { status: 303, headers: { location: `${root}/sent?${query.toString()}`, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } };
}

const bit = (isSo: boolean): '0' | '1' => (isSo ? '1' : '0');
const sealOf = ({ hash }: ReportPageDeps, told: string): string => hash(`sent ${told}`).slice(0, 24);
const at = (path: string, { locale }: Pick<Visit, 'locale'>): string => `${root}${path}${locale === 'cy' ? '?lang=cy' : ''}`;

async function page({ pages }: ReportPageDeps, { locale }: Visit, stage: Stage): Promise<Reply> {
  return await pages.htmlReply(reportPage({ ...stage, locale, audience: 'public' }));
}

/** What every page of the public has around it: a trace, a log row, its language, our host and no other, and a page for a failure. */
export function serving(deps: ReportPageDeps, operation: string, answer: (visit: Visit) => Promise<Reply>): HttpHandler {
  return async (request, context) => {
    const { traceId, traceparent } = traceOf(request, context);
    const log = deps.log.with({ traceId, operation });
    const url = new URL(request.url);
    const startedAt = deps.cases.now().getTime();
    const visit: Visit = { request, url, traceparent, log, locale: /^cy\b/i.test(url.searchParams.get('lang') ?? '') ? 'cy' : 'en' };
    const reply = isOurs(deps, visit)
      ? await answer(visit).catch((error: unknown) => failed(deps, visit, { error: toProblem(error, log, undefined), traceId }))
      : { status: 404, headers: { 'cache-control': 'no-store' } };
    log.info('request', { status: reply.status, durationMs: deps.cases.now().getTime() - startedAt });
    return reply;
  };
}

/** On another host than that of the public there is no such page, and no form that could not be sent. */
function isOurs({ publicOrigin }: ReportPageDeps, { request: { headers }, url }: Visit): boolean {
  return (headers.get('x-forwarded-host') ?? headers.get('host') ?? url.host) === new URL(publicOrigin).host;
}

/** A page, for it is a person who reads it; its foot has the telephone number and 999. */
async function failed({ pages }: ReportPageDeps, { locale }: Visit, { error, traceId }: { readonly error: ProblemError; readonly traceId: string }): Promise<Reply> {
  const { status } = error.problem;
  return await pages.htmlReply({ status, view: 'problem.njk', model: { lang: locale, kind: [403, 404, 429].includes(status) ? String(status) : '500', traceId } });
}
