import { app } from '@azure/functions';
import { sweepDue } from '../../shared/case/agenda.ts';
import { receiveWorkAndPump } from '../../shared/case/delivery.ts';
import { drainPoison } from '../../shared/case/poison.ts';
import type { Handler } from '../../shared/http/call.ts';
import { endpoint, type EndpointDeps } from '../../shared/http/endpoint.ts';
import type { Operation } from '../../shared/http/operation.ts';
import { receiveAcross, retryPoison } from '../../shared/case/acrossRooms.ts';
import { liveLinkAsk, liveLinkAsks } from '../../shared/messages.ts';
import * as contract from './contract.ts';
import { createLiveLink } from './create.ts';
import type { LinkAgenda } from './deps.ts';
import * as http from './http.ts';
import { enterCode, pressButton, showCode, showLink, showNothing, type PublicDeps } from './publicPages.ts';
import { takeAsk, type Subjects } from './locate.ts';
import * as read from './read.ts';
import { receiveProviderEvent, receiveReceipt, type ReportDeps } from './reports.ts';
import { queue } from './work.ts';

export interface LinkRegistration extends PublicDeps, ReportDeps {
  readonly agenda: LinkAgenda;
  readonly edge: EndpointDeps;
  /** Resolves when the tables and queues are there. */
  readonly ready: () => Promise<void>;
}

/** Declares every route, queue and timer of live links. */
export function registerLiveLinks(deps: LinkRegistration): void {
  registerStaff(deps);
  registerPublic(deps);
  app.storageQueue('LiveLinkWork', {
    queueName: queue, connection: 'AzureWebJobsStorage',
    handler: async (body, context) => {
      await deps.ready();
      await receiveWorkAndPump(deps.cases, deps.room, deps.agenda, { body, triggerMetadata: context.triggerMetadata });
    },
  });
  app.timer('LiveLinkDue', { schedule: '*/10 * * * * *', handler: async () => {
    await deps.ready();
    await sweepDue(deps.cases, deps.room, deps.agenda);
  } });
  app.timer('LiveLinkPoison', { schedule: '30 * * * * *', handler: async () => {
    await deps.ready();
    await drainPoison(deps.cases, deps.room);
    await retryPoison(deps.cases, liveLinkAsks, liveLinkAsk);
  } });
}

/** Declares the queue by which the missing-persons room has somebody located. `subjects` is that room's own answer to whom. */
export function registerLocating(deps: LinkRegistration, subjects: Subjects): void {
  app.storageQueue('LiveLinkAsks', {
    queueName: liveLinkAsks, connection: 'AzureWebJobsStorage',
    handler: async body => {
      await deps.ready();
      await takeAsk(deps, subjects, receiveAcross(liveLinkAsk, body));
    },
  });
}

function registerStaff(deps: LinkRegistration): void {
  const serve = <const O extends Operation>(operation: O, handler: Handler<O>): void => {
    app.http(operation.operationId, { methods: [operation.method], route: operation.route, authLevel: 'anonymous', handler: endpoint(operation, handler, deps.edge) });
  };
  serve(contract.createLiveLink, createLiveLink(deps));
  serve(contract.getLiveLink, read.getLiveLink(deps));
  serve(contract.listLiveLinks, read.listLiveLinks(deps));
  serve(contract.listMyLiveLinks, read.listMyLiveLinks(deps));
  serve(contract.confirmSafe, http.confirmSafe(deps));
  serve(contract.markUnsafe, http.markUnsafe(deps));
  serve(contract.clearUnsafe, http.clearUnsafe(deps));
  serve(contract.releaseHold, http.releaseHold(deps));
  serve(contract.authorise, http.authorise(deps));
  serve(contract.bookSlot, http.bookSlot(deps));
  serve(contract.resend, http.resend(deps));
  serve(contract.cancel, http.cancel(deps));
  serve(contract.end, http.endSession(deps));
  serve(contract.letIn, http.letIn(deps));
  serve(contract.reissue, http.reissue(deps));
  serve(contract.shareView, http.shareView(deps));
  serve(contract.recordOutcome, http.recordOutcome(deps));
  serve(contract.recordVisit, http.recordVisit(deps));
  serve(contract.sendChat, http.sendChat(deps));
  serve(contract.getChecklist, read.getChecklist(deps));
  serve(contract.saveChecklist, http.saveChecklist(deps));
  serve(contract.saveScore, http.saveScore(deps));
  serve(contract.getTrack, read.getTrack(deps));
  serve(contract.getViewer, read.getViewer(deps));
  serve(contract.listEvidence, read.listEvidence(deps));
  serve(contract.viewEvidence, read.viewEvidence(deps));
  serve(contract.decideEvidence, http.decideEvidence(deps));
  serve(contract.pasteLine, http.pasteLine(deps));
  serve(contract.getStatistics, read.getStatistics(deps));
  serve(contract.getAudit, read.getAudit(deps));
}

/** Pages of the public, and what providers report: their proof is in the link, the signature or the token. */
function registerPublic(deps: LinkRegistration): void {
  app.http('ReceiveProviderEvent', { methods: ['POST'], route: 'api/webhooks/live-link/{provider}', authLevel: 'anonymous', handler: receiveProviderEvent(deps) });
  app.http('ReceiveReceipt', { methods: ['POST'], route: 'api/notify-receipts', authLevel: 'anonymous', handler: receiveReceipt(deps) });
  app.http('ShowLink', { methods: ['GET', 'HEAD'], route: 'live/{token}', authLevel: 'anonymous', handler: showLink(deps) });
  app.http('PressButton', { methods: ['POST'], route: 'live/{token}/{action}', authLevel: 'anonymous', handler: pressButton(deps) });
  app.http('ShowCodePage', { methods: ['GET', 'HEAD'], route: 'code', authLevel: 'anonymous', handler: showCode(deps) });
  app.http('EnterCode', { methods: ['POST'], route: 'code', authLevel: 'anonymous', handler: enterCode(deps) });
  app.http('ShowNothing', { methods: ['GET', 'HEAD'], route: '/', authLevel: 'anonymous', handler: showNothing(deps) });
}
