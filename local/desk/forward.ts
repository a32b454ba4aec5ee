import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { staff } from '../issuer/staff.ts';
import { sendProblem, type Served } from './answer.ts';

const passedOn = ['content-type', 'content-length', 'accept', 'idempotency-key', 'if-match', 'x-file-name'] as const;
const passedBack = ['content-type', 'content-length', 'content-disposition', 'etag', 'location', 'retry-after'] as const;

/** Sends a request of the page to the service as the person that the page names, and the reply back. Both are streamed: an upload shows its progress. */
export async function forward(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const login = request.headers['x-desk-person'];
  const person = staff.find(member => member.login === login);
  // A header of our own is also what a page of another site cannot send without a preflight, which is never granted.
  if (!person) { sendProblem(response, { status: 400, code: 'no-person', detail: 'Choose a sample person first.' }); return; }
  const token = await served.token(person.login);
  const reply = await ask(served, request, token);
  if (!reply) { sendProblem(response, { status: 502, code: 'service-unreachable', detail: 'The service does not answer. Is npm start still running?' }); return; }
  response.statusCode = reply.statusCode ?? 502;
  for (const name of passedBack) {
    const value = reply.headers[name];
    if (value !== undefined) response.setHeader(name, value);
  }
  await pipeline(reply, response);
}

function ask({ apiUrl }: Served, request: IncomingMessage, token: string): Promise<IncomingMessage | undefined> {
  const headers: Record<string, string | string[]> = { authorization: `Bearer ${token}` };
  for (const name of passedOn) {
    const value = request.headers[name];
    if (value !== undefined) headers[name] = value;
  }
  return new Promise(resolve => {
    // The path alone comes from the page; the host never does.
    const { protocol, hostname, port } = new URL(apiUrl);
    const onward = httpRequest({ protocol, hostname, port, path: request.url, method: request.method, headers }, resolve);
    onward.once('error', () => resolve(undefined));
    request.pipe(onward);
  });
}
