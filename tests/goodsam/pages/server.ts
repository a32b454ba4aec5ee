import { HttpRequest, InvocationContext } from '@azure/functions';
import { createServer, type IncomingMessage } from 'node:http';
import { loadPagesFromSource } from '../../../local/templates.ts';
import { listening, stopped } from '../../../local/loopback.ts';
import { linkPage, type Face } from '../../../functions/goodsam/page.ts';
import { assetHandler } from '../../../shared/http/assets.ts';
import { requireOwnForm } from '../../../shared/http/form.ts';
import { builtPages, force, pageOf } from './stages.ts';

export interface Post { readonly path: string; readonly body: string; readonly isOurs: boolean; readonly origin: string | undefined }

/** Serves each page at `/show/{face}/{locale}/{name}`, the assets, and takes every form of a link as a route would: a check of its origin, then a page. */
export async function pageServer() {
  const pages = await builtPages(false);
  const { assets } = await loadPagesFromSource();
  const assetsOf = assetHandler(force, assets);
  const posts: Post[] = [];
  const gets: string[] = [];
  /** From then on the waiting page has become the next one. */
  const letIn: { at?: number } = {};
  let url = '';

  async function answer(incoming: IncomingMessage): Promise<{ status: number; headers: Record<string, string>; body: string | Uint8Array }> {
    const path = incoming.url ?? '/';
    if (incoming.method === 'GET') gets.push(path);
    if (incoming.method === 'POST') posts.push({ path, body: await bodyOf(incoming), isOurs: isOurForm(incoming), origin: incoming.headers.origin });
    if (incoming.method === 'POST') return await pages.htmlReply(linkPage({ stage: 'ended', face: 'force', locale: 'en' }));
    if (path.startsWith('/assets/')) {
      const reply = await assetsOf(new HttpRequest({ method: 'GET', url: `${url}${path}`, params: { path: path.slice(8) }, headers: { 'accept-encoding': incoming.headers['accept-encoding']?.toString() ?? '' } }), new InvocationContext());
      if (!(reply.body instanceof Uint8Array || typeof reply.body === 'string')) throw new TypeError('no body');
      return { status: reply.status ?? 200, headers: Object.fromEntries(new Headers(reply.headers)), body: reply.body };
    }
    const [, face = 'force', locale = 'en', name = ''] = /^\/show\/(force|neutral)\/(\w+)\/(\w+)/.exec(path) ?? [];
    if (letIn.at !== undefined && Date.now() >= letIn.at && name === 'waiting') return await pages.htmlReply(pageOf('landing', 'neutral', locale));
    const shown: Face = face === 'neutral' ? 'neutral' : 'force';
    return await pages.htmlReply(pageOf(name || 'deadWrong', shown, locale));
  }

  const isOurForm = ({ headers }: IncomingMessage): boolean => {
    try {
      requireOwnForm({ get: name => headers[name]?.toString() ?? null }, { publicOrigin: url, isSecretAddress: true });
      return true;
    } catch {
      return false;
    }
  };

  const server = createServer((incoming, outgoing) => {
    answer(incoming).then(({ status, headers, body }) => outgoing.writeHead(status, headers).end(body), (error: unknown) => outgoing.writeHead(500).end(String(error)));
  });
  url = await listening(server, 0);
  return { url, posts, gets, letIn, stop: async () => await stopped(server) };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) if (ArrayBuffer.isView(chunk)) chunks.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  return Buffer.concat(chunks).toString();
}
