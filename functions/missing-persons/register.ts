import { app } from '@azure/functions';
import { receiveAcross, retryPoison } from '../../shared/case/acrossRooms.ts';
import { sweepDue } from '../../shared/case/agenda.ts';
import { receiveWork, receiveWorkAndPump } from '../../shared/case/delivery.ts';
import { drainPoison } from '../../shared/case/poison.ts';
import type { Handler } from '../../shared/http/call.ts';
import { endpoint, type EndpointDeps } from '../../shared/http/endpoint.ts';
import type { Operation } from '../../shared/http/operation.ts';
import { liveLinkNews, liveLinkNewsQueue } from '../../shared/messages.ts';
import * as contract from './contract.ts';
import * as imports from './rules/contract/imports.ts';
import { getNotice } from './readNotice.ts';
import * as reads from './rules/contract/reads.ts';
import * as uploads from './rules/contract/uploads.ts';
import type { MissingAgenda } from './deps.ts';
import { pruneErased } from './effects/erase.ts';
import { sendDigest } from './digest.ts';
import { takeNews } from './effects/liveLink.ts';
import * as http from './http.ts';
import { pruneFiles } from './importing/file.ts';
import * as importing from './importing/http.ts';
import { importQueue } from './importing/work.ts';
import { sendReport, showForm, showSent, showStart, type ReportPageDeps } from './publicPages.ts';
import { beat, countDead } from './health.ts';
import { writePack, type PackDeps } from './outage/pack.ts';
import { pruneLists } from './prune.ts';
import * as read from './read.ts';
import * as lists from './readLists.ts';
import * as numbers from './readNumbers.ts';
import * as partner from './readPartner.ts';
import * as uploading from './uploads/http.ts';
import { sendFiles, showFilesSent, showUpload } from './uploads/pages.ts';
import { sweepUploads } from './uploads/store.ts';
import { queue } from './work.ts';

export interface MissingRegistration extends ReportPageDeps, importing.ImportHttp, PackDeps {
  readonly agenda: MissingAgenda;
  readonly edge: EndpointDeps;
}

/** Declares every route, queue and timer of missing persons. */
export function registerMissing(deps: MissingRegistration): void {
  registerStaff(deps);
  registerPublic(deps);
  registerImport(deps);
  app.storageQueue('MissingWork', {
    queueName: queue, connection: 'AzureWebJobsStorage',
    handler: async (body, context) => {
      await deps.ready();
      await receiveWorkAndPump(deps.cases, deps.room, deps.agenda, { body, triggerMetadata: context.triggerMetadata });
    },
  });
  app.storageQueue('MissingLinks', {
    queueName: liveLinkNewsQueue, connection: 'AzureWebJobsStorage',
    handler: async body => {
      await deps.ready();
      await takeNews(deps, receiveAcross(liveLinkNews, body));
    },
  });
  // Every 30 seconds (15.1 item 19): nothing else drives a clock.
  app.timer('MissingDue', { schedule: '*/30 * * * * *', handler: async () => {
    await deps.ready();
    await sweepDue(deps.cases, deps.room, deps.agenda);
    await beat(deps.cases);
  } });
  app.timer('MissingPoison', { schedule: '45 * * * * *', handler: async () => {
    await deps.ready();
    await countDead(deps.cases, await drainPoison(deps.cases, deps.room));
    await retryPoison(deps.cases, liveLinkNewsQueue, liveLinkNews);
  } });
  // Looked at every minute: the hour is London's, and a host that starts late is late and not silent.
  app.timer('MissingDigest', { schedule: '20 * * * * *', handler: async () => {
    await deps.ready();
    await sendDigest(deps);
  } });
  // Written once an hour, looked for every five minutes: one that failed does not wait for the next hour (15.4).
  app.timer('MissingOutagePack', { schedule: '35 */5 * * * *', handler: async () => {
    await deps.ready();
    await writePack(deps);
  } });
  app.timer('MissingPrune', { schedule: '15 17 * * * *', handler: async () => {
    await deps.ready();
    await pruneLists(deps.cases);
    await sweepUploads(deps);
    await pruneFiles(deps.cases);
    await pruneErased(deps.cases);
  } });
}

/** Cases of the system before this one (15.4): a queue of its own, so that a large file holds up no card. */
function registerImport(deps: MissingRegistration): void {
  app.storageQueue('MissingImportWork', {
    queueName: importQueue, connection: 'AzureWebJobsStorage',
    handler: async (body, context) => {
      await deps.ready();
      await receiveWork(deps.cases, deps.importRoom, { body, triggerMetadata: context.triggerMetadata });
    },
  });
  app.timer('MissingImportPoison', { schedule: '50 * * * * *', handler: async () => {
    await deps.ready();
    await drainPoison(deps.cases, deps.importRoom);
  } });
}

function registerStaff(deps: MissingRegistration): void {
  const serve = <const O extends Operation>(operation: O, handler: Handler<O>): void => {
    app.http(operation.operationId, { methods: [operation.method], route: operation.route, authLevel: 'anonymous', handler: endpoint(operation, handler, deps.edge) });
  };
  serve(contract.submitReport, http.submitReport(deps));
  serve(contract.submitCareReport, http.submitCareReport(deps));
  serve(contract.receiveTransfer, http.receiveTransfer(deps));
  serve(contract.getMissing, read.getMissing(deps));
  serve(contract.listBoard, read.listBoard(deps));
  serve(contract.listReports, read.listReports(deps));
  serve(contract.listMine, read.listMine(deps));
  serve(contract.listClosed, read.listClosed(deps));
  serve(contract.search, read.search(deps));
  serve(contract.getMatches, read.getMatches(deps));
  serve(reads.getNotice, getNotice(deps));
  serve(reads.getSearchMap, read.getSearchMap(deps));
  serve(contract.getAudit, read.getAudit(deps));
  serve(reads.openRestricted, read.openRestricted(deps));
  serve(reads.listOverdue, lists.listOverdue(deps));
  serve(reads.listRepeat, lists.listRepeat(deps));
  serve(reads.listRhi, lists.listRhi(deps));
  serve(reads.getNumbers, numbers.getNumbers(deps));
  serve(reads.exportNumbers, numbers.exportNumbers(deps));
  serve(reads.listPartnerCases, partner.listPartnerCases(deps));
  serve(reads.getPartnerCase, partner.getPartnerCase(deps));
  serve(uploads.makeUploadLink, uploading.makeUploadLink(deps));
  serve(uploads.revokeUploadLink, uploading.revokeUploadLink(deps));
  serve(uploads.uploadProtocol, uploading.uploadProtocol(deps));
  serve(uploads.openFile, uploading.openFile(deps));
  serve(imports.checkImport, importing.checkImport(deps));
  serve(imports.startImport, importing.startImport(deps));
  serve(imports.listImports, importing.listImports(deps));
  serve(imports.getImport, importing.getImport(deps));
  serve(imports.exportImport, importing.exportImport(deps));
  serve(reads.listDeleted, lists.listDeleted(deps));
  for (const operation of contract.actOperations) serve(operation, http.actHandler(deps, operation));
}

/** The page at which the public reports somebody missing: no sign-in. */
function registerPublic(deps: MissingRegistration): void {
  app.http('ShowReportStart', { methods: ['GET', 'HEAD'], route: 'report-missing-person', authLevel: 'anonymous', handler: showStart(deps) });
  app.http('ShowReportForm', { methods: ['GET', 'HEAD'], route: 'report-missing-person/form', authLevel: 'anonymous', handler: showForm(deps) });
  app.http('SendReport', { methods: ['POST'], route: 'report-missing-person/form', authLevel: 'anonymous', handler: sendReport(deps) });
  app.http('ShowReportSent', { methods: ['GET', 'HEAD'], route: 'report-missing-person/sent', authLevel: 'anonymous', handler: showSent(deps) });
  app.http('ShowUploadForm', { methods: ['GET', 'HEAD'], route: 'missing-form/{token}', authLevel: 'anonymous', handler: showUpload(deps) });
  app.http('SendUpload', { methods: ['POST'], route: 'missing-form/{token}', authLevel: 'anonymous', handler: sendFiles(deps) });
  app.http('ShowUploadSent', { methods: ['GET', 'HEAD'], route: 'missing-form/{token}/sent', authLevel: 'anonymous', handler: showFilesSent(deps) });
}
