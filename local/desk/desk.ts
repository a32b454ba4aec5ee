import { createServer } from 'node:http';
import type { Issuer } from '../issuer/issuer.ts';
import { listening, stopped } from '../loopback.ts';
import { answer } from './answer.ts';

export interface DeskSettings {
  /** The service, for instance `http://127.0.0.1:7071`. */
  readonly apiUrl: string;
  /** Who signs the tokens of the sample people. */
  readonly issuer: Pick<Issuer, 'token'>;
  /** A free one by default. */
  readonly port?: number;
}

export interface Desk {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts the local desk: a page on loopback that stands in for the staff app, so that a newcomer can click through redaction. It forwards `/api/*` with
 * the token of the sample person chosen in the page. It is a tool of this machine and no part of what is deployed.
 */
export async function startDesk({ apiUrl, issuer, port = 0 }: DeskSettings): Promise<Desk> {
  const server = createServer();
  const url = await listening(server, port);
  server.on('request', (request, response) => {
    answer({ url, apiUrl, token: login => issuer.token(login) }, request, response).catch(() => {
      // Whatever was sent so far cannot be mended; the page sees a broken reply and says so.
      response.destroy();
    });
  });
  return { url, stop: () => stopped(server) };
}
