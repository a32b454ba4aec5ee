import { HttpRequest, InvocationContext } from '@azure/functions';
import { createServer, type IncomingMessage } from 'node:http';
import { reportPage } from '../../../functions/missing-persons/page.ts';
import { publicForm } from '../../../functions/missing-persons/rules/intake/reportFields.ts';
import { takePublicReport } from '../../../functions/missing-persons/rules/intake/takeReport.ts';
import { listening, stopped } from '../../../local/loopback.ts';
import { loadPagesFromSource } from '../../../local/templates.ts';
import { assetHandler } from '../../../shared/http/assets.ts';
import { builtPages, force, isStage, pageOf } from './stages.ts';

/** Serves each page at `/show/{audience}/{locale}/{name}`, and takes the form at `/missing/report` with the real rules, as the room's route does. */
export async function pageServer(now: string) {
  const pages = await builtPages(false);
  const assetsOf = assetHandler(force, (await loadPagesFromSource()).assets);
  let url = '';

  async function answer(incoming: IncomingMessage): Promise<{ status: number; headers: Record<string, string>; body: string | Uint8Array }> {
    const path = incoming.url ?? '/';
    if (incoming.method === 'POST') return await take(await bodyOf(incoming));
    if (path.startsWith('/assets/')) {
      const reply = await assetsOf(new HttpRequest({ method: 'GET', url: `${url}${path}`, params: { path: path.slice(8) }, headers: {} }), new InvocationContext());
      if (!(reply.body instanceof Uint8Array || typeof reply.body === 'string')) throw new TypeError('no body');
      return { status: reply.status ?? 200, headers: Object.fromEntries(new Headers(reply.headers)), body: reply.body };
    }
    const [, audience, locale = 'en', name = ''] = /^\/show\/(public|carer)\/(\w+)\/(\w+)/.exec(path) ?? [];
    return await pages.htmlReply(pageOf(isStage(name) ? name : 'form', audience === 'carer' ? 'carer' : 'public', locale));
  }

  async function take(raw: string) {
    const given = publicForm.parse(Object.fromEntries(new URLSearchParams(raw)));
    const taken = takePublicReport(given, { now, raw });
    const seen = { audience: 'public', locale: 'en' } as const;
    if (taken.kind === 'mend') return await pages.htmlReply(reportPage({ ...seen, stage: 'form', formTo: '/missing/report', once: 'k1', given, failures: taken.failures, maySendAsItIs: taken.maySendAsItIs }));
    return await pages.htmlReply(reportPage({ ...seen, stage: 'sent', reference: 'MP-TEST', isInDanger: taken.intake.inDanger === 'YES', isAsItIs: taken.intake.isAsItIs }));
  }

  const server = createServer((incoming, outgoing) => {
    answer(incoming).then(({ status, headers, body }) => outgoing.writeHead(status, headers).end(body), (error: unknown) => outgoing.writeHead(500).end(String(error)));
  });
  url = await listening(server, 0);
  return { url, stop: async () => await stopped(server) };
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) if (ArrayBuffer.isView(chunk)) chunks.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  return Buffer.concat(chunks).toString();
}
