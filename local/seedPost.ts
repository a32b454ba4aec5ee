export interface Post { readonly key: string; readonly contentType: string; readonly body: string | Uint8Array; readonly fileName?: string }

/** Sends one piece of sample data as anybody would. Gives the case, or undefined when the service refused with `accepted`, which says that it is there. @throws Error for any other refusal */
export async function post(url: string, token: string, { key, contentType, body, fileName }: Post, accepted?: string): Promise<string | undefined> {
  const reply = await fetch(url, {
    method: 'POST', body: typeof body === 'string' ? body : Buffer.from(body),
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key, 'content-type': contentType, ...(fileName !== undefined && { 'x-file-name': encodeURIComponent(fileName) }) },
  });
  const json: unknown = await reply.json();
  if (typeof json === 'object' && json !== null) {
    if (reply.status === 202 && 'caseId' in json && typeof json.caseId === 'string') return json.caseId;
    if ('code' in json && json.code === accepted) return undefined;
  }
  throw new Error(`the sample data was not accepted: ${reply.status} ${JSON.stringify(json)}`);
}
