import { createServer } from 'node:http';
import { listening, stopped } from '../loopback.ts';
import { answer, type InboxPerson } from './answer.ts';

export interface InboxSettings {
  /** The simulator of text messages and e-mails. */
  readonly notifyUrl: string;
  /** The simulator of Teams. */
  readonly teamsUrl: string;
  /** The sample people who get cards and may press their buttons. */
  readonly staff: readonly InboxPerson[];
  /** What stands in for the staff app: records that cards lead to are opened there. */
  readonly deskUrl?: string;
  /** A free one by default. */
  readonly port?: number;
}

export interface Inbox {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts the inbox: a page on loopback that shows the texts, e-mails, Teams cards and alerts that were sent. Cards are drawn by the real renderer and their
 * buttons work, through the simulator of Teams. It is a tool of this machine and no part of what is deployed.
 */
export async function startInbox({ port = 0, ...settings }: InboxSettings): Promise<Inbox> {
  const server = createServer();
  const url = await listening(server, port);
  server.on('request', (request, response) => {
    answer({ url, ...settings }, request, response).catch(() => {
      // Whatever was sent so far cannot be mended; the page sees a broken reply and says so.
      response.destroy();
    });
  });
  return { url, stop: () => stopped(server) };
}
