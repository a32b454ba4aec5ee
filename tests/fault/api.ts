// An API process of the fault tests: serves commands over HTTP on the loopback until it is killed.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { commit } from '../../shared/case/commit.ts';
import { Unavailable } from '../../shared/azure/store.ts';
import { jarRequest } from '../shared/case/support/world.ts';
import { writeThenSend } from '../shared/case/support/twins.ts';
import { depsOf, roomsOf, runOf } from './rooms.ts';
import { orderSchema } from './processes.ts';

process.on('disconnect', () => process.exit(0));
const run = runOf(process.env);
const deps = depsOf(run);
const rooms = roomsOf(run);

const server = createServer((request, response) => {
  void answer(request).then(body => response.writeHead(200).end(JSON.stringify(body)), (error: unknown) => {
    response.writeHead(error instanceof Unavailable ? 503 : 500).end(JSON.stringify({ error: String(error) }));
  });
});

async function answer(request: Parameters<typeof text>[0]): Promise<unknown> {
  const order = orderSchema.parse(JSON.parse(await text(request)));
  const room = rooms.find(candidate => candidate.name === order.room) ?? rooms[0];
  const command = jarRequest(order.key, order.command, order.caseId);
  if (!run.isTwin) return await commit(deps, room, command);
  await writeThenSend(deps, room, command);
  return { kind: 'committed' };
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
