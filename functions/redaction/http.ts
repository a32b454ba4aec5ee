import { randomUUID } from 'node:crypto';
import { newCaseId, sha256 } from '../../shared/case/keys.ts';
import type { LoadedCase } from '../../shared/case/load.ts';
import type { CaseDeps } from '../../shared/case/room.ts';
import { unpack } from '../../shared/case/rows.ts';
import type { Handler } from '../../shared/http/call.ts';
import { runCommand, type CommandCall, type CommandSpec } from '../../shared/http/command.ts';
import { problem } from '../../shared/http/problem.ts';
import { base32 } from '../../shared/domain/ids.ts';
import { etagOf } from '../../shared/http/etag.ts';
import { keep, readSuggestions } from './content.ts';
import type * as contract from './contract.ts';
import type { Command, Effect } from './decide.ts';
import { noteUpload } from './orphans.ts';
import { mayChange } from './permission.ts';
import { documentKey, jobIdOf, splitJobId, type Bundle, type Document } from './state.ts';
import { freeze } from './suggestions.ts';
import type { RedactionRoom } from './work.ts';

export interface RedactionDeps {
  readonly cases: CaseDeps;
  readonly room: RedactionRoom;
  /** The public address; links to a next page begin with it, for the Power Platform follows whole addresses only. */
  readonly baseUrl: string;
}

type Rows = LoadedCase<Bundle, Document>;

export function createBundle({ cases, room }: RedactionDeps): Handler<typeof contract.createBundle> {
  return call => {
    const bundleId = newCaseId(call.caller.tenantId, call.caller.objectId, call.operation.operationId, call.idempotencyKey);
    return runCommand<Bundle, Document, Command, Effect>(cases, room, call, {
      caseId: bundleId, parts: [], creates: true, mayTouch: () => true, location: () => `/api/redaction-bundles/${bundleId}`,
      command: () => ({ do: 'CreateBundle', bundleId, ...call.body }),
    });
  };
}

/** The file is stored first, under its hash and create-once; then the command. A crash in between leaves a blob that belongs to nothing and is swept. */
export function addDocument({ cases, room }: RedactionDeps): Handler<typeof contract.addDocument> {
  return async call => {
    const { bundleId } = call.params;
    const { bytes } = call.file;
    if (bytes.byteLength === 0) throw problem('body-missing', 'The file is empty.');
    const fileName = decodeFileName(call.headers['x-file-name']);
    await mustExist(cases, room, call, bundleId);
    await noteUpload(cases, bundleId, sha256(bytes));
    const documentId = base32(Buffer.from(sha256(`${bundleId}\n${call.idempotencyKey}`), 'hex'), 10);
    const hash = await keep(cases.blobs, bundleId, 'original', bytes);
    const jobId = jobIdOf(bundleId, documentId);
    return await runCommand<Bundle, Document, Command, Effect>(cases, room, call, {
      caseId: bundleId, parts: [documentKey(documentId)], fileSha256: hash, alsoHashed: { fileName }, ids: { jobId }, location: () => `/api/redaction-jobs/${jobId}`,
      mayTouch: rows => mayTouch(rows, call),
      command: () => ({ do: 'AddDocument', documentId, fileName, bytes: bytes.byteLength, sha256: hash }),
    });
  };
}

/** Nobody fills the store of a bundle that is not there or not theirs. */
async function mustExist(cases: CaseDeps, room: RedactionRoom, call: Pick<CommandCall, 'caller'>, bundleId: string): Promise<void> {
  const row = await cases.cases.get(bundleId, 'state');
  if (!row || !mayChange(unpack(row, room.stateSchema), call.caller)) throw problem('not-found', 'There is no such bundle, or it is not open to you.');
}

function decodeFileName(encoded: string): string {
  try {
    // Path parts and control characters have no place in a name; the right-to-left override hides an ending.
    const name = decodeURIComponent(encoded).replace(/^.*[/\\]/, '').replace(/[\p{Cc}\p{Cf}]/gu, '').trim().slice(0, 200);
    return name === '' ? 'document' : name;
  } catch (error) {
    if (error instanceof URIError) throw problem('request-invalid', 'The header x-file-name is not percent-encoded UTF-8.');
    throw error;
  }
}

type DocumentCall = CommandCall & { readonly params: { readonly jobId: string } };
type DocumentCommand = Extract<Command, { documentId: string }>;

/** A command about one document: the rows of its bundle and its own, permission, If-Match on the document, and where to look afterwards. */
function documentCommand(
  { cases, room }: RedactionDeps, call: DocumentCall, command: (document: Document | undefined, documentId: string, bundleId: string) => DocumentCommand | Promise<DocumentCommand>,
): ReturnType<typeof runCommand> {
  const { jobId } = call.params;
  const { bundleId, documentId } = splitJobId(jobId);
  const key = documentKey(documentId);
  const spec: CommandSpec<Bundle, Document, Command> = {
    caseId: bundleId, parts: [key], ids: { jobId }, location: () => `/api/redaction-jobs/${jobId}`,
    mayTouch: rows => rows.parts[key] !== undefined && mayTouch(rows, call),
    etag: rows => etagOf(rows.parts[key]?.version ?? 0),
    command: rows => command(rows.parts[key]?.value, documentId, bundleId),
  };
  return runCommand(cases, room, call, spec);
}

function mayTouch(rows: Rows, call: Pick<CommandCall, 'caller'>): boolean {
  return rows.state !== undefined && mayChange(rows.state.value, call.caller);
}

export function decideSuggestion(deps: RedactionDeps): Handler<typeof contract.decideSuggestion> {
  return call => documentCommand(deps, call, async (document, documentId, bundleId) => ({
    do: 'DecideSuggestion', documentId, ...call.body, suggestions: await readSuggestions(deps.cases.blobs, bundleId, document?.suggestionsSha),
  }));
}

export function undoDecision(deps: RedactionDeps): Handler<typeof contract.undoDecision> {
  return call => documentCommand(deps, call, async (document, documentId, bundleId) => ({
    do: 'UndoDecision', documentId, suggestions: await readSuggestions(deps.cases.blobs, bundleId, document?.suggestionsSha),
  }));
}

export function redactText(deps: RedactionDeps): Handler<typeof contract.redactText> {
  return call => documentCommand(deps, call, async (document, documentId, bundleId) => {
    const { findText } = await import('./steps.ts');
    const found = document?.pagesSha === undefined ? [] : await findText(deps.cases.blobs, { bundleId, pagesSha: document.pagesSha, text: call.body.text });
    const batch = randomUUID();
    return { do: 'AddMarks', documentId, marks: found.map((span, n) => ({ markId: `${batch}-${n}`, batch, reasonCode: call.body.reasonCode, ...span })) };
  });
}

export function addArea(deps: RedactionDeps): Handler<typeof contract.addArea> {
  return call => documentCommand(deps, call, (document, documentId) => {
    const batch = randomUUID();
    if (document && call.body.page > document.pages) throw problem('request-invalid', `The document has ${document.pages} pages.`);
    return { do: 'AddMarks', documentId, marks: [{ markId: `${batch}-0`, batch, ...call.body }] };
  });
}

export function viewPages(deps: RedactionDeps): Handler<typeof contract.viewPages> {
  return call => documentCommand(deps, call, (_document, documentId) => ({ do: 'ViewPages', documentId, ...call.body }));
}

/** Freezes what was decided: the blob goes first, so the row can name it. */
export function approveDocument(deps: RedactionDeps): Handler<typeof contract.approveDocument> {
  return call => documentCommand(deps, call, async (document, documentId, bundleId) => {
    const suggestions = await readSuggestions(deps.cases.blobs, bundleId, document?.suggestionsSha);
    const content = document ? JSON.stringify(freeze(suggestions, document)) : '';
    return { do: 'ApproveDocument', documentId, frozenSha: await keep(deps.cases.blobs, bundleId, 'frozen', Buffer.from(content)) };
  });
}

export function releaseDocument(deps: RedactionDeps): Handler<typeof contract.releaseDocument> {
  return call => documentCommand(deps, call, (_document, documentId) => ({ do: 'ReleaseDocument', documentId, ...call.body }));
}

export function reopenDocument(deps: RedactionDeps): Handler<typeof contract.reopenDocument> {
  return call => documentCommand(deps, call, (_document, documentId) => ({ do: 'ReopenDocument', documentId, ...call.body }));
}

export function withdrawDocument(deps: RedactionDeps): Handler<typeof contract.withdrawDocument> {
  return call => documentCommand(deps, call, (_document, documentId) => ({ do: 'WithdrawDocument', documentId, ...call.body }));
}

