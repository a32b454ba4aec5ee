import type { Step } from '../scenarios.ts';
import { chat, completeUploads, deny, drop, end, hiddenExit, join, locate, narrow, resume, snapshot, startMedia, stopMedia, upload, withdraw } from './acts.ts';
import { isOver } from './session.ts';
import type { Session } from './session.ts';
import { pass } from './world.ts';
import type { World } from './world.ts';

/** The person comes from our consent page. Gives whether they were let in; the scenario of the session then plays by itself. */
export function enter(world: World, session: Session): boolean {
  if (!join(world, session)) return false;
  if (session.scenario) void play(world, session, session.scenario.session);
  return true;
}

async function play(world: World, session: Session, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    await pass(world, step.after);
    if (isOver(session)) return;
    await act(world, session, step);
  }
}

const simple = { 'start-media': startMedia, 'stop-media': stopMedia, drop, resume, withdraw, 'hidden-exit': hiddenExit, snapshot };
type SimpleStep = Extract<Step, { readonly does: keyof typeof simple }>;

function isSimple(step: Step): step is SimpleStep {
  return step.does in simple;
}

async function act(world: World, session: Session, step: Step): Promise<void> {
  if (isSimple(step)) simple[step.does](world, session);
  else await actWithDetails(world, session, step);
}

async function actWithDetails(world: World, session: Session, step: Exclude<Step, SimpleStep>): Promise<void> {
  switch (step.does) {
    case 'locate':
      locate(world, session, { lat: step.lat, lng: step.lng, accuracyM: step.accuracyM });
      break;
    case 'deny':
      deny(world, session, step.capability);
      break;
    case 'narrow':
      narrow(world, session, step.to);
      break;
    case 'chat':
      chat(world, session, step);
      break;
    case 'upload':
      await upload(world, session, step.file, step.pausesAt);
      break;
    case 'complete-uploads':
      completeUploads(world, session, step.files);
      break;
    case 'end':
      end(world, session, step.by);
      break;
  }
}
