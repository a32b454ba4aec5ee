import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { listening, stopped } from '../../loopback.ts';
import { signingKey } from '../../issuer/keys.ts';
import { act, type Act, type ActOutcome } from './act.ts';
import { answer } from './answer.ts';
import type { Person } from './directory.ts';
import { install } from './install.ts';
import type { Simulated, ShownCard, SeenAlert } from './state.ts';

export interface TeamsSimulatorSettings {
  readonly tenantId: string;
  /** Our own address for deliveries; it may be told later by `connect`, for the app starts after the simulator whose settings it gets. */
  readonly messagesUrl?: string;
  readonly botId?: string;
  readonly port?: number;
  /** Who Graph's directory knows. */
  readonly people?: readonly Person[];
  /** The app whose roles they are, by its client id; without it the directory knows any app by that name. */
  readonly appId?: string;
}

export interface TeamsSimulator {
  readonly url: string;
  /** The app's settings that point here. */
  readonly environment: Readonly<Record<'TEAMS_BOT_ID' | 'TEAMS_TENANT_ID' | 'TEAMS_OPENID_METADATA_URL' | 'TEAMS_SERVICE_URL' | 'TEAMS_TOKEN_URL' | 'GRAPH_URL', string>>;
  connect(messagesUrl: string): void;
  /** The cards as people see them now, newest first, each with what it showed before. */
  cards(): readonly ShownCard[];
  alerts(): readonly SeenAlert[];
  /** Presses a button as a person. */
  act(press: Act): Promise<ActOutcome>;
  /** Installs the bot for a person, or removes it, and tells the app as Teams does. Returns the app's status. */
  install(objectId: string, action?: 'add' | 'remove'): Promise<number>;
  /** The next `times` calls of the connector or of Graph get this status. */
  throttle(rule: { readonly of: 'connector' | 'graph'; readonly times: number; readonly status?: number; readonly retryAfterSeconds?: number }): void;
  outage(isDown: boolean): void;
  /** Other people, or the same ones with other roles. */
  setPeople(people: readonly Person[]): void;
  stop(): Promise<void>;
}

let made: Promise<Pick<Simulated, 'key' | 'forgedKey'>> | undefined;
/** Once a process: making RSA keys is the slow part of a start. */
function keys() {
  return (made ??= Promise.all([signingKey(), signingKey()]).then(([key, forgedKey]) => ({ key, forgedKey })));
}

const botId = '44444444-4444-4444-8444-444444444444';

/**
 * Stands in for what the app needs of Microsoft: the Bot Connector, its tokens and keys, and Graph's activity alerts and directory. It keeps what it was sent and signs what it
 * delivers, so the app's own checks are the real ones. One server, on loopback.
 */
export async function startTeamsSimulator(settings: TeamsSimulatorSettings): Promise<TeamsSimulator> {
  const server = createServer();
  const url = await listening(server, settings.port ?? 0);
  const state: Simulated = {
    url, botId: settings.botId ?? botId, tenantId: settings.tenantId, messagesUrl: settings.messagesUrl, ...await keys(),
    conversations: new Map(), cards: [], alerts: [], throttles: [], isDown: false, people: settings.people ?? [], appId: settings.appId, servicePrincipalId: undefined, lastDelivery: undefined, newId: () => randomUUID(),
  };
  server.on('request', (request, response) => {
    answer(state, request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      () => response.destroy(),
    );
  });
  return {
    url,
    environment: {
      TEAMS_BOT_ID: state.botId, TEAMS_TENANT_ID: state.tenantId, TEAMS_OPENID_METADATA_URL: `${url}/v1/.well-known/openidconfiguration`, TEAMS_SERVICE_URL: url,
      TEAMS_TOKEN_URL: `${url}/oauth2/v2.0/token`, GRAPH_URL: `${url}/v1.0`,
    },
    connect: messagesUrl => { state.messagesUrl = messagesUrl; },
    cards: () => state.cards.toReversed(),
    alerts: () => state.alerts.toReversed(),
    act: press => act(state, press),
    install: (objectId, action = 'add') => install(state, objectId, action),
    throttle: rule => { state.throttles.push({ left: rule.times, of: rule.of, status: rule.status ?? 429, retryAfterSeconds: rule.retryAfterSeconds }); },
    outage: isDown => { state.isDown = isDown; },
    setPeople: people => { state.people = people; },
    stop: () => stopped(server),
  };
}
