export interface Post { readonly key: string; readonly contentType: string; readonly body: string | Uint8Array; readonly fileName?: string }

/** How often a service that is busy is asked again, with the same key: the machine of a newcomer may be slow. */
const tries = 5;

/** Sends one piece of sample data as anybody would. Gives the case, or undefined when the service refused with `accepted`, which says that it is there. @throws Error for any other refusal */
export async function post(url: string, token: string, { key, contentType, body, fileName }: Post, accepted?: string): Promise<string | undefined> {
  const { reply, json } = await asked(() => fetch(url, {
    method: 'POST', body: typeof body === 'string' ? body : Buffer.from(body),
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key, 'content-type': contentType, ...(fileName !== undefined && { 'x-file-name': encodeURIComponent(fileName) }) },
  }));
  if (typeof json === 'object' && json !== null) {
    if (reply.status === 202 && 'caseId' in json && typeof json.caseId === 'string') return json.caseId;
    if ('code' in json && json.code === accepted) return undefined;
  }
  throw new Error(`the sample data was not accepted: ${reply.status} ${JSON.stringify(json)}`);
}

async function asked(ask: () => Promise<Response>): Promise<{ readonly reply: Response; readonly json: unknown }> {
  for (let n = 1; ; n++) {
    const reply = await ask();
    const json: unknown = await reply.json();
    if (reply.status !== 503 || n === tries) return { reply, json };
    await new Promise(resolve => setTimeout(resolve, Number(reply.headers.get('retry-after') ?? 1) * 1_000));
  }
}
