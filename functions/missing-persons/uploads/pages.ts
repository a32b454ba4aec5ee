import type { HttpHandler } from '@azure/functions';
import { commit } from '../../../shared/case/commit.ts';
import { sha256 } from '../../../shared/case/keys.ts';
import { loadCase } from '../../../shared/case/load.ts';
import { toProblem } from '../../../shared/http/failure.ts';
import { requireOwnForm } from '../../../shared/http/form.ts';
import { readFiles } from '../../../shared/http/multipart.ts';
import { ProblemError } from '../../../shared/http/problem.ts';
import type { Command, Effect } from '../decide.ts';
import { nameOf } from '../http.ts';
import { serving, type Reply, type ReportPageDeps, type Visit } from '../publicPages.ts';
import type { UploadLink } from '../rules/intake/protocols.ts';
import { isLookedFor, linkState, type StoredFile } from '../rules/law/uploadActs.ts';
import { fileTypeOf, mostFiles, shownFileName, uploadMaxBytes, type UploadedFile } from '../rules/uploads/files.ts';
import { uploadErrors, uploadPage, type UploadError, type UploadStage } from '../rules/uploads/page.ts';
import type { MissingPart, MissingRecord } from '../state.ts';
import { quarantine } from './store.ts';
import { linkOf, readToken } from './token.ts';

interface Opened { readonly recordId: string; readonly link: UploadLink; readonly isLookedFor: boolean; /** SHA-256 of what came by this link. */ readonly received: readonly string[] }

/** GET of a link. It changes nothing: programs that look at links in texts use none up. */
export function showUpload(deps: ReportPageDeps): HttpHandler {
  return serving(deps, 'ShowUploadForm', async visit => {
    const opened = await open(deps, visit);
    const to = pathOf(visit);
    const languages = ([['en', 'English'], ['cy', 'Cymraeg']] as const).map(([lang, text]) => ({ lang, text, href: `${to}${lang === 'cy' ? '?lang=cy' : ''}`, current: lang === visit.locale }));
    return await page(deps, visit, stageOf(deps, visit, opened, { languages }));
  });
}

/** After a sending, at an address of its own: to load it again sends nothing again. */
export function showFilesSent(deps: ReportPageDeps): HttpHandler {
  return serving(deps, 'ShowUploadSent', async visit => {
    const opened = await open(deps, visit);
    return await page(deps, visit, opened?.link.usedAt === undefined ? stageOf(deps, visit, opened) : { stage: 'sent' });
  });
}

/** The link is looked at before the body is read out, files before anything is stored, and the link is used up by the same step that makes the record know of them. */
export function sendFiles(deps: ReportPageDeps): HttpHandler {
  return serving(deps, 'SendUpload', async visit => {
    // The address is a secret and is told to no other page, so a browser says that the form comes from `null`.
    requireOwnForm(visit.request.headers, { publicOrigin: new URL(deps.publicOrigin).origin, isSecretAddress: true });
    const opened = await open(deps, visit);
    const stage = stageOf(deps, visit, opened);
    if (!opened || (stage.stage === 'dead' && stage.why !== 'used')) return await page(deps, visit, stage);
    const posted = await filesOf(visit);
    const errors = 'error' in posted ? [posted.error] : uploadErrors(posted.files);
    if ('error' in posted || errors.length > 0) return await page(deps, visit, stageOf(deps, visit, opened, { errors }));
    // The same sending once more, as after a double click, hears that it was received; a used link stores nothing.
    if (stage.stage === 'dead') return posted.files.every(({ bytes }) => opened.received.includes(sha256(bytes))) ? sent(visit) : await page(deps, visit, stage);
    try {
      await deps.ready();
      const isTaken = await take(deps, visit, { opened, files: posted.files });
      return isTaken ? sent(visit) : await page(deps, visit, stageOf(deps, visit, await open(deps, visit), { errors: [unsent] }));
    } catch (error) {
      // Nothing that was chosen is lost: the link still stands, and the page says so.
      toProblem(error, visit.log, undefined);
      return await page(deps, visit, stageOf(deps, visit, opened, { errors: [unsent] }));
    }
  });
}

const unsent: UploadError = { box: 'form', key: 'unsent' };

interface Chosen { readonly kind: UploadedFile['kind']; readonly name: string; readonly bytes: Uint8Array }

async function filesOf({ request }: Visit): Promise<{ readonly files: Chosen[] } | { readonly error: UploadError }> {
  try {
    const posted = await readFiles(request, { maxBytes: uploadMaxBytes, maxParts: mostFiles + 20 });
    return { files: posted.map(({ field, name, bytes }) => ({ kind: field === 'photo' ? 'PHOTO' : 'FORM', name: shownFileName(name), bytes })) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { error: { box: 'form', key: error.problem.status === 413 ? 'tooLarge' : 'unreadable' } };
  }
}

/** One operation a link: a second sending with the same files is the same one, and with others it hears that the link is used. */
async function take(deps: ReportPageDeps, { traceparent }: Visit, { opened: { recordId, link }, files }: { readonly opened: Opened; readonly files: readonly Chosen[] }): Promise<boolean> {
  const key = `upload-${link.id}`;
  const stored: StoredFile[] = [];
  for (const { kind, name, bytes } of files) {
    const mime = fileTypeOf(bytes);
    if (mime === undefined) throw new TypeError('a file of no type came past the check');
    const held = await quarantine(deps, { recordId, batch: `${link.id} ${kind}`, bytes });
    if (!stored.some(({ fileId }) => fileId === held.fileId)) stored.push({ ...held, kind, mime, name });
  }
  const outcome = await commit<MissingRecord, MissingPart, Command, Effect>(deps.cases, deps.room, {
    caseId: recordId, operationId: key, hash: sha256(stored.map(({ kind, sha256: hash }) => `${kind} ${hash}`).sort().join('\n')), name: 'SendUpload', by: 'public', roles: [], parts: [], creates: false, traceparent,
    command: async () => ({ do: 'Upload', act: { do: 'SendByLink', linkId: link.id, files: stored }, context: { people: await deps.roster(), looked: {}, id: nameOf(recordId, key) } }),
    reply: () => ({ status: 202, body: {} }),
  });
  return outcome.kind === 'committed' || outcome.kind === 'replayed';
}

async function open(deps: ReportPageDeps, { request }: Visit): Promise<Opened | undefined> {
  const token = readToken(request.params['token'] ?? '');
  if (!token) return undefined;
  await deps.ready();
  const record = (await loadCase(deps.cases, deps.room, token.recordId, [])).state?.value;
  const link = record && linkOf(deps.linkKeys, record, token.secret);
  return record && link && { recordId: token.recordId, link, isLookedFor: isLookedFor(record), received: record.files.flatMap(file => (file.batch === link.id ? [file.sha256] : [])) };
}

function stageOf(deps: ReportPageDeps, visit: Visit, opened: Opened | undefined, more: Pick<Extract<UploadStage, { stage: 'form' }>, 'errors' | 'languages'> = {}): UploadStage {
  if (!opened) return { stage: 'dead', why: 'unknown' };
  const state = linkState(opened.link, deps.cases.now().toISOString());
  if (state === 'USED') return { stage: 'dead', why: 'used' };
  if (state !== 'OPEN' || !opened.isLookedFor) return { stage: 'dead', why: 'ended' };
  return { stage: 'form', sendTo: `${pathOf(visit)}${langOf(visit)}`, form: opened.link.form, expiresAt: opened.link.expiresAt, ...more };
}

const pathOf = ({ request }: Visit): string => `/missing-form/${encodeURIComponent(request.params['token'] ?? '')}`;
const langOf = ({ locale }: Pick<Visit, 'locale'>): string => (locale === 'cy' ? '?lang=cy' : '');

function sent(visit: Visit): Reply {
  return { status: 303, headers: { location: `${pathOf(visit)}/sent${langOf(visit)}`, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } };
}

async function page({ pages }: ReportPageDeps, { locale }: Visit, stage: UploadStage): Promise<Reply> {
  return await pages.htmlReply(uploadPage(stage, locale));
}
