import { scenarios } from '../scenarios.ts';
import type { Scenario } from '../scenarios.ts';
import { controlBodies } from './bodies.ts';
import { queue } from './deliver.ts';
import { bodyOf, json, Refusal } from './reply.ts';
import type { Incoming, Reply } from './reply.ts';
import { emit } from './session.ts';
import { readEvent } from '../../../functions/goodsam/provider/events.ts';
import { idOf, note, now } from './world.ts';
import type { World } from './world.ts';

/** The switches for tests and for the sample system, under /sim/. They need no key: the server listens on loopback only. */
export function answerControl(world: World, request: Incoming): Reply {
  if (request.method === 'GET') return look(world, request);
  const armed = /^\/sim\/sessions\/([^/]+)\/arm$/.exec(request.path)?.[1];
  if (armed !== undefined) return json(200, armSession(world, armed, request));
  const emitTo = /^\/sim\/sessions\/([^/]+)\/emit$/.exec(request.path)?.[1];
  const reply = emitTo === undefined ? json(200, change(world, request)) : json(202, { eventId: emitAnything(world, emitTo, request) });
  note(world, 'control', { path: request.path });
  return reply;
}

function look(world: World, request: Incoming): Reply {
  const after = Number(request.query.get('after') ?? '0');
  if (request.path === '/sim/log') return json(200, { entries: world.log.filter(entry => entry.n > after) });
  if (request.path === '/sim/scenarios') return json(200, { scenarios, armed: world.arms.map(({ id }) => id) });
  if (request.path === '/sim/sessions') {
    return json(200, { sessions: [...world.sessions.values()].map(session => ({ sessionId: session.id, externalRef: session.body.externalRef, status: session.status, scenario: session.scenario?.id, joined: session.hasJoined })) });
  }
  throw new Refusal(404, 'no such thing');
}

function change(world: World, request: Incoming): Readonly<Record<string, unknown>> {
  switch (request.path) {
    case '/sim/clock': {
      const { offsetMs, speed } = bodyOf(request, controlBodies.clock);
      world.offsetMs = offsetMs;
      world.speed = speed ?? world.speed;
      return { now: now(world).toISOString(), speed: world.speed };
    }
    case '/sim/arm': {
      world.arms.push(scenarioIn(request));
      return { armed: world.arms.map(({ id }) => id) };
    }
    case '/sim/outage':
      world.outage = bodyOf(request, controlBodies.outage).on;
      return { outage: world.outage };
    case '/sim/secrets':
      world.signWith = bodyOf(request, controlBodies.secrets).signWith;
      return { signWith: world.signWith };
    case '/sim/withhold':
      world.withheld = new Set(bodyOf(request, controlBodies.withhold).types);
      return { withheld: [...world.withheld] };
    default: throw new Refusal(404, 'no such thing');
  }
}

/** The robot of the text messages learns the number, and so the scenario, when the session is there already. */
function armSession(world: World, sessionId: string, request: Incoming): Readonly<Record<string, unknown>> {
  const session = world.sessions.get(sessionId);
  if (!session) throw new Refusal(404, 'no such session');
  if (session.hasJoined) throw new Refusal(409, 'the person has joined already');
  session.scenario = scenarioIn(request);
  return { armed: session.scenario.id };
}

function scenarioIn(request: Incoming): Scenario {
  const { scenario } = bodyOf(request, controlBodies.arm);
  const row = scenarios.find(({ id }) => id === scenario);
  if (!row) throw new Refusal(422, 'no such scenario');
  return row;
}

/** A right event stands in the snapshot too; a wrong one goes out as a webhook only, signed all the same. */
function emitAnything(world: World, sessionId: string, request: Incoming): string {
  const session = world.sessions.get(sessionId);
  if (!session) throw new Refusal(404, 'no such session');
  const { type, data = {}, envelope = {} } = bodyOf(request, controlBodies.emit);
  const id = idOf(world, 'odd', session.id, world.log.length);
  const wanted = { id, type, occurredAt: now(world).toISOString(), sessionId: session.id, externalRef: session.body.externalRef, sequence: session.counter + 1, data, ...envelope };
  const event = Object.keys(envelope).length === 0 ? rightEvent(wanted) : undefined;
  if (event) return emit(world, session, event.type, event.data).id;
  queue(world, session, wanted);
  return wanted.id;
}

function rightEvent(value: unknown): Pick<ReturnType<typeof emit>, 'type' | 'data'> | undefined {
  try {
    const received = readEvent(value);
    return received.kind === 'event' ? received.event : undefined;
  } catch {
    // That is what was asked for: a wrong event.
    return undefined;
  }
}
