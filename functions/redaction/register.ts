import { app } from '@azure/functions';
import { receiveWork } from '../../shared/case/delivery.ts';
import { drainPoison } from '../../shared/case/poison.ts';
import type { Handler } from '../../shared/http/call.ts';
import { endpoint, type EndpointDeps } from '../../shared/http/endpoint.ts';
import type { Operation } from '../../shared/http/operation.ts';
import * as contract from './contract.ts';
import * as http from './http.ts';
import { sweepOrphans } from './orphans.ts';
import * as read from './read.ts';
import { queue } from './work.ts';

export interface RedactionRegistration extends http.RedactionDeps {
  readonly edge: EndpointDeps;
  /** Resolves when the tables and queues are there. */
  readonly ready: () => Promise<void>;
}

/** Declares every route, queue and timer of the room. */
export function registerRedaction(deps: RedactionRegistration): void {
  const serve = <const O extends Operation>(operation: O, handler: Handler<O>): void => {
    app.http(operation.operationId, { methods: [operation.method], route: operation.route, authLevel: 'anonymous', handler: endpoint(operation, handler, deps.edge) });
  };
  serve(contract.createBundle, http.createBundle(deps));
  serve(contract.listBundles, read.listBundles(deps));
  serve(contract.getBundle, read.getBundle(deps));
  serve(contract.addDocument, http.addDocument(deps));
  serve(contract.getDocument, read.getDocument(deps));
  serve(contract.listSuggestions, read.listSuggestions(deps));
  serve(contract.decideSuggestion, http.decideSuggestion(deps));
  serve(contract.undoDecision, http.undoDecision(deps));
  serve(contract.redactText, http.redactText(deps));
  serve(contract.addArea, http.addArea(deps));
  serve(contract.viewPages, http.viewPages(deps));
  serve(contract.approveDocument, http.approveDocument(deps));
  serve(contract.releaseDocument, http.releaseDocument(deps));
  serve(contract.reopenDocument, http.reopenDocument(deps));
  serve(contract.withdrawDocument, http.withdrawDocument(deps));
  serve(contract.getOriginal, read.getOriginal(deps));
  serve(contract.getRedactedCopy, read.getRedactedCopy(deps));
  serve(contract.getCertificate, read.getCertificate(deps));
  serve(contract.getSchedule, read.getSchedule(deps));
  serve(contract.getAudit, read.getAudit(deps));

  app.storageQueue('RedactionWork', {
    queueName: queue, connection: 'AzureWebJobsStorage',
    handler: async (body, context) => {
      await deps.ready();
      await receiveWork(deps.cases, deps.room, { body, triggerMetadata: context.triggerMetadata });
    },
  });
  app.timer('RedactionPoison', {
    schedule: '0 * * * * *',
    handler: async () => {
      await deps.ready();
      await drainPoison(deps.cases, deps.room);
    },
  });
  app.timer('RedactionOrphans', {
    schedule: '0 20 3 * * *',
    handler: async () => {
      await deps.ready();
      await sweepOrphans(deps.cases);
    },
  });
}
