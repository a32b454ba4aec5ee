import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultPlan, FaultRule, StorageCall } from './faults.ts';
import { reason, type Log } from './log.ts';

export interface FaultProxy {
  /** What the app gets in place of the storage's own. */
  readonly connectionString: string;
  stop(): void;
}

const services = ['blob', 'queue', 'table'] as const;

/**
 * A reverse proxy in front of the storage, one port for each service, in this process so that the host and its proxy die together.
 * A shared key signs the account path and not the host, so the app's signature stays valid.
 */
export async function startFaultProxy(connection: string, plan: FaultPlan, kill: () => void, log: Log): Promise<FaultProxy> {
  const servers: Server[] = [];
  let connectionString = connection;
  for (const service of services) {
    const endpoint = endpointOf(connection, service);
    const server = createServer((request, response) => {
      forward({ plan, kill, service, target: new URL(endpoint) }, request, response).catch((error: unknown) => {
        log('fault-proxy-error', { service, error: reason(error) });
        response.destroy();
      });
    });
    servers.push(server);
    const port = await listen(server);
    const proxied = new URL(endpoint);
    proxied.port = String(port);
    connectionString = connectionString.replace(endpoint, proxied.href.replace(/\/$/, ''));
  }
  return {
    connectionString,
    stop: () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}

function endpointOf(connection: string, service: StorageCall['service']): string {
  const found = new RegExp(`${service}Endpoint=([^;]+)`, 'i').exec(connection)?.[1];
  if (found === undefined) throw new Error(`faults need a connection string with a ${service} endpoint`);
  return found.replace(/\/$/, '');
}

/** Listens on a free port of the loopback and returns it. */
export function listen(server: Server, port = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

interface Forward {
  readonly plan: FaultPlan;
  readonly kill: () => void;
  readonly service: StorageCall['service'];
  readonly target: URL;
}

interface Answer { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: Buffer }

async function forward(to: Forward, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await collect(request);
  const rule = to.plan.ruleFor({ service: to.service, method: request.method ?? '', path: request.url ?? '', ...(to.service === 'queue' && { body: body.toString() }) });
  if (rule?.action === 'delay') await sleep(rule.delayMs);
  else if (rule && !isAfter(rule)) {
    breakCall(to, rule, response);
    return;
  }
  const answer = await call(to.target, request, body);
  if (rule && isAfter(rule)) breakCall(to, rule, response);
  else {
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  }
}

function isAfter(rule: FaultRule): boolean {
  return rule.action.endsWith('-after');
}

function breakCall(to: Forward, rule: FaultRule, response: ServerResponse): void {
  if (rule.action.startsWith('kill')) to.kill();
  else if (rule.action.startsWith('reset')) response.destroy();
  else response.writeHead(rule.status, { 'x-ms-error-code': 'InjectedFault', 'content-length': 0 }).end();
}

function call(target: URL, request: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const onward = httpRequest({ host: target.hostname, port: target.port, method: request.method, path: request.url, headers: request.headers }, answer => {
      collect(answer).then(bytes => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: bytes }), reject);
    });
    onward.on('error', reject);
    onward.end(body);
  });
}

async function collect(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
