import { app, type HttpHandler } from '@azure/functions';
import { sweep } from '../../shared/case/sweep.ts';
import type { Handler } from '../../shared/http/call.ts';
import { endpoint, type EndpointDeps } from '../../shared/http/endpoint.ts';
import type { Operation } from '../../shared/http/operation.ts';
import * as contract from './contract.ts';
import * as http from './http.ts';

export interface PlatformRegistration extends http.PlatformDeps {
  readonly edge: EndpointDeps;
  readonly ready: () => Promise<void>;
}

/** What all rooms share: health, who am I, the status of a command, and the sweeper. */
export function registerPlatform(deps: PlatformRegistration): void {
  const serve = <const O extends Operation>(operation: O, handler: Handler<O>): void => {
    app.http(operation.operationId, { methods: [operation.method], route: operation.route, authLevel: 'anonymous', handler: endpoint(operation, handler, deps.edge) });
  };
  serve(contract.getHealth, http.getHealth(deps));
  serve(contract.getMe, http.getMe(deps));
  serve(contract.getOperation, http.getOperation(deps));

  app.timer('Sweeper', {
    schedule: '0 */10 * * * *',
    handler: async () => {
      await deps.ready();
      await sweep(deps.cases);
    },
  });
}

/** Styles, scripts and pictures of all pages, one address for every host. */
export function registerAssets(handler: HttpHandler): void {
  app.http('GetAsset', { methods: ['GET', 'HEAD'], route: 'assets/{*path}', authLevel: 'anonymous', handler });
}
