import { loadCase, type LoadedCase } from '../../../shared/case/load.ts';
import { logConsultation } from '../../../shared/case/reads.ts';
import { present } from '../../../shared/domain/present.ts';
import type { Call, Handler } from '../../../shared/http/call.ts';
import type { Caller } from '../../../shared/http/caller.ts';
import { runCommand, type CommandReply } from '../../../shared/http/command.ts';
import { problem, refusalProblem } from '../../../shared/http/problem.ts';
import type { Command, Effect } from '../decide.ts';
import { nameOf, type MissingHttp } from '../http.ts';
import { maySee, mayTouch } from '../permission.ts';
import type * as contract from '../rules/contract/uploads.ts';
import type { UploadAct } from '../rules/law/uploadActs.ts';
import { fileFault, fileTypeOf, shownFileName, type FileFault } from '../rules/uploads/files.ts';
import type { MissingPart, MissingRecord } from '../state.ts';
import { blobOf, quarantine } from './store.ts';
import { secretHmac, secretOf, tokenOf } from './token.ts';

export interface UploadHttp extends MissingHttp {
  /** Where the public reaches us. */
  readonly publicOrigin: string;
}

type Given = Pick<Call, 'operation' | 'ifMatch' | 'traceparent'> & { readonly caller: Caller; readonly params: { readonly recordId: string }; readonly idempotencyKey: string; readonly body?: object | undefined };
interface Giving { readonly act: UploadAct; readonly ids?: Readonly<Record<string, string>>; readonly fileSha256?: string; readonly alsoHashed?: object }

const notFound = () => problem('not-found', 'There is no such report or case, or it is not open to you.');

async function give(deps: MissingHttp, call: Given, { act, ids = {}, ...more }: Giving): Promise<CommandReply> {
  const { caller, idempotencyKey, params: { recordId } } = call;
  return await runCommand<MissingRecord, MissingPart, Command, Effect>(deps.cases, deps.room, call, {
    caseId: recordId, parts: [], ids: { recordId, ...ids }, location: () => `/api/missing-persons/${recordId}`, mayTouch: rows => isOpenTo(deps, rows, caller), ...more,
    command: async () => ({ do: 'Upload', act, context: { people: await deps.roster(), looked: {}, id: nameOf(recordId, idempotencyKey) } }),
  });
}

function isOpenTo(deps: MissingHttp, { state }: LoadedCase<MissingRecord, MissingPart>, caller: Caller): boolean {
  return state !== undefined && mayTouch(state.value, caller, { settings: deps.settings, now: deps.cases.now().toISOString() });
}

/** The address is in this reply alone: neither the operation nor the record holds it. The same request again, as after a crash, shows the same address. */
export function makeUploadLink(deps: UploadHttp): Handler<typeof contract.makeUploadLink> {
  return async call => {
    const { recordId } = call.params;
    const secret = secretOf(deps.linkKeys, recordId, `${call.caller.objectId}:${call.idempotencyKey}`);
    const kept = secretHmac(deps.linkKeys, secret);
    const linkId = `link-${nameOf(recordId, call.idempotencyKey)}`;
    const { body, ...reply } = await give(deps, call, { act: { do: 'MakeUploadLink', ...call.body, secretHmac: kept }, ids: { linkId } });
    const link = (await loadCase(deps.cases, deps.room, recordId, [])).state?.value.uploadLinks.find(({ id }) => id === linkId);
    // The keys were changed between the request and its repeat, or the link has been cleared away since.
    if (link?.secretHmac !== kept) throw problem('gone', 'This link cannot be shown again. Make a new one.');
    return { ...reply, body: { ...body, recordId, linkId, url: `${new URL(deps.publicOrigin).origin}/missing-form/${tokenOf(recordId, secret)}`, expiresAt: link.expiresAt } };
  };
}

export function revokeUploadLink(deps: UploadHttp): Handler<typeof contract.revokeUploadLink> {
  return async call => await give(deps, call, { act: { do: 'RevokeUploadLink', ...call.body } });
}

const faults: Readonly<Record<FileFault, () => Error>> = {
  empty: () => problem('body-missing', 'The file is empty.'), type: () => problem('content-type-unsupported', 'By its first bytes this is no PDF, JPEG, PNG or HEIC.'),
  photoType: () => problem('content-type-unsupported', 'By its first bytes this is no photograph: send a JPEG, PNG or HEIC.'), photoTooLarge: () => problem('content-type-unsupported', 'The photograph is larger than 15 MB: send a smaller one.'),
};

/** The file is looked at by its own bytes and goes into quarantine; then the command. A crash in between leaves a blob that no record names, and it is swept. */
export function uploadProtocol(deps: UploadHttp): Handler<typeof contract.uploadProtocol> {
  return async call => {
    const { params: { recordId }, caller, file: { bytes }, query: { kind, ...said } } = call;
    const mime = fileTypeOf(bytes);
    const fault = fileFault(kind, { head: bytes, bytes: bytes.byteLength });
    if (fault !== undefined || mime === undefined) throw faults[fault ?? 'type']();
    if (!isOpenTo(deps, await loadCase(deps.cases, deps.room, recordId, []), caller)) throw notFound();
    const name = nameIn(call.headers['x-file-name']);
    const held = await quarantine(deps, { recordId, batch: `staff-${nameOf(recordId, call.idempotencyKey)}`, bytes });
    const { body, ...reply } = await give(deps, { ...call, body: undefined }, { act: { do: 'UploadProtocol', file: { ...held, kind, mime, name }, said: present(said) }, ids: { fileId: held.fileId }, fileSha256: held.sha256, alsoHashed: { name, ...call.query } });
    return { ...reply, body: { ...body, recordId, fileId: held.fileId } };
  };
}

function nameIn(encoded: string): string {
  try {
    return shownFileName(decodeURIComponent(encoded));
  } catch (error) {
    if (error instanceof URIError) throw problem('request-invalid', 'The header x-file-name is not percent-encoded UTF-8.');
    throw error;
  }
}

/** The reason stands in the log of the case before a byte leaves, and only what the scanner found clean leaves at all. */
export function openFile(deps: UploadHttp): Handler<typeof contract.openFile> {
  return async ({ params: { recordId, fileId }, body, caller, operation }) => {
    const record = (await loadCase(deps.cases, deps.room, recordId, [])).state?.value;
    const file = record && maySee(record, caller) ? record.files.find(one => one.fileId === fileId) : undefined;
    if (!file) throw problem('not-found', 'There is no such file, or it is not open to you.');
    const wasGiven = file.state === 'CLEAN';
    await logConsultation(deps.cases, { subject: recordId, by: caller.objectId, operationId: operation.operationId, kind: wasGiven ? 'OpenedFileWithReason' : 'OpenedFileRefused', about: { file: fileId, reason: body.reason, state: file.state } });
    if (!wasGiven) throw refusalProblem({ code: 'FILE_QUARANTINED', reason: 'This file was not found clean by the malware scanner and is never shown.' });
    const content = await deps.files.readStream('evidence', blobOf(recordId, fileId));
    if (!content) throw problem('gone', 'The file is not in the store any more.');
    const chunks: Uint8Array[] = [];
    for await (const chunk of content) chunks.push(chunk);
    return { file: { bytes: Buffer.concat(chunks), contentType: file.mime, fileName: file.name }, consulted: [recordId] };
  };
}
