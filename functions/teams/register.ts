import { app } from '@azure/functions';
import { receiveTeamsActivity } from './contract.ts';
import { receiveActivity, type ReceiveDeps } from './receive.ts';

/** Declares the bot's one address. The key is not the function's: each delivery carries a token of the Bot Connector, which is checked. */
export function registerTeams(deps: ReceiveDeps): void {
  const { operationId, method, route } = receiveTeamsActivity;
  app.http(operationId, { methods: [method], route, authLevel: 'anonymous', handler: receiveActivity(deps) });
}
