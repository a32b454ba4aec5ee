import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { listening, stopped } from '../../loopback.ts';
import { answerApi } from './api.ts';
import { answerControl } from './control.ts';
import { makeClips } from './clips.ts';
import { answerPublic } from './publicPage.ts';
import { Refusal } from './reply.ts';
import type { Incoming, Reply } from './reply.ts';
import { emit } from './session.ts';
import type { Settings } from './settings.ts';
import { answerViewer } from './viewerPage.ts';
import { createWorld, note, now } from './world.ts';
import type { World } from './world.ts';

const MAX_BODY = 256 * 1_024;

/** The simulator in this process; main.ts runs it in one of its own. */
export async function serve(settings: Settings): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const world = createWorld(settings, await makeClips(settings.seed, settings.hugeBytes));
  const server = createServer((request, response) => {
    void handle(world, request, response);
  });
  world.url = await listening(server, settings.port);
  const sweeping = setInterval(() => expire(world), 1_000).unref();
  return {
    url: world.url,
    stop: () => {
      clearInterval(sweeping);
      return stopped(server);
    },
  };
}

async function handle(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const hungUp = new AbortController();
  response.on('close', () => hungUp.abort());
  const reply = await replyTo(world, request, hungUp.signal).catch((error: unknown) => {
    if (error instanceof Refusal) return error.reply;
    if (hungUp.signal.aborted) return undefined;
    throw error;
  });
  if (reply) await write(response, reply);
}

async function replyTo(world: World, message: IncomingMessage, gone: AbortSignal): Promise<Reply> {
  // A page of the web must not reach this server by a name that points at loopback (DNS rebinding).
  if (`http://${message.headers.host ?? ''}` !== world.url) throw new Refusal(421, 'wrong host');
  const address = new URL(message.url ?? '/', world.url);
  const request: Incoming = {
    method: message.method ?? 'GET', path: address.pathname, query: address.searchParams, gone, text: await textOf(message),
    header: name => String(message.headers[name] ?? ''),
  };
  expire(world);
  const [, room = ''] = request.path.split('/');
  if (room === 'v1') return await logged(world, request);
  if (room === 'sim') return answerControl(world, request);
  if (room === 's') return await answerPublic(world, request);
  if (room === 'v') return answerViewer(world, request);
  throw new Refusal(404, 'no such thing');
}

/** API calls stand in the log with what was sent, which is how a test sees that no person's data went out. */
async function logged(world: World, request: Incoming): Promise<Reply> {
  const details = { method: request.method, path: request.path, idempotencyKey: request.header('idempotency-key'), body: request.text };
  try {
    const reply = await answerApi(world, request);
    note(world, 'api', { ...details, status: reply.status });
    return reply;
  } catch (error) {
    note(world, 'api', { ...details, status: error instanceof Refusal ? error.reply.status : 'hung up' });
    throw error;
  }
}

/** Sessions that nobody opened in time. One that is open stays so until it is ended, as goodsam.md 1.2 has it. */
function expire(world: World): void {
  for (const session of world.sessions.values()) {
    if (session.status === 'CREATED' && Date.parse(session.body.expiresAt) <= now(world).getTime()) {
      session.status = 'EXPIRED';
      emit(world, session, 'session.expired');
    }
  }
}

async function textOf(message: IncomingMessage): Promise<string> {
  const stream: AsyncIterable<Buffer> = message;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > MAX_BODY) throw new Refusal(413, 'too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function write(response: ServerResponse, { status, headers = {}, body = '', breakAfter = Infinity }: Reply): Promise<void> {
  response.writeHead(status, headers);
  if (typeof body === 'string') {
    response.end(body);
    return;
  }
  let sent = 0;
  for (const piece of body) {
    if (response.destroyed) return;
    if (sent >= breakAfter) {
      response.destroy();
      return;
    }
    sent += piece.length;
    if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  }
  response.end();
}
