import type { MediaRef, ProviderEvent, ProviderEventType, SessionSnapshot } from '../../../functions/goodsam/provider/port.ts';
import type { Capability } from '../../../functions/goodsam/rules/terms.ts';
import type { Scenario } from '../scenarios.ts';
import type { CreateBody } from './bodies.ts';
import type { Clip } from './clips.ts';
import { deliver } from './deliver.ts';
import { idOf, note, now } from './world.ts';
import type { World } from './world.ts';

/** What will become, or became, of one Idempotency-Key. */
export interface Plan {
  readonly bodyText: string;
  readonly scenario: Scenario | undefined;
  tries: number;
  session: Session | undefined;
}

export interface Media { readonly ref: MediaRef; readonly clip: Clip; deletedAt: string | undefined; breaks: boolean }
export interface Fix { readonly at: string; readonly lat: number; readonly lng: number; readonly accuracyM: number }
export interface ChatLine { readonly id: string; readonly from: 'PERSON' | 'OFFICER'; readonly text: string; readonly targetLocale?: string | undefined }
export interface Viewer { readonly sessionId: string; readonly viewerRef: string; readonly expiresAt: number; cookie: string | undefined }

export interface Session {
  readonly id: string;
  readonly body: CreateBody;
  /** Armed before it was created, or until the person joins. */
  scenario: Scenario | undefined;
  status: SessionSnapshot['status'];
  endedBy: SessionSnapshot['endedBy'];
  scope: readonly Capability[];
  hasJoined: boolean;
  /** Since when the picture runs. */
  liveSince: string | undefined;
  hasPicture: boolean;
  counter: number;
  readonly events: ProviderEvent[];
  readonly media: Media[];
  readonly fixes: Fix[];
  readonly chat: ChatLine[];
  readonly chatByKey: Map<string, string>;
  /** The webhooks on the way, one after the other. */
  tail: Promise<void>;
  /** Webhooks that wait to be shuffled. */
  readonly pool: ProviderEvent[];
}

const scopes: Readonly<Record<CreateBody['mode'], readonly Capability[]>> = {
  LOCATION: ['LOCATION'], VIDEO: ['LOCATION', 'VIDEO', 'SOUND'], UPLOAD: ['FILES'], CONSULT: ['VIDEO', 'SOUND'],
};

export function createSession(world: World, body: CreateBody, scenario: Scenario | undefined): Session {
  const session: Session = {
    id: idOf(world, 'sim', body.externalRef, [...world.sessions.values()].filter(other => other.body.externalRef === body.externalRef).length), body, scenario,
    status: 'CREATED', endedBy: undefined, scope: [...scopes[body.mode], ...(body.chat ? ['CHAT' as const] : [])], hasJoined: false, liveSince: undefined, hasPicture: false, counter: 0,
    events: [], media: [], fixes: [], chat: [], chatByKey: new Map(), tail: Promise.resolve(), pool: [],
  };
  world.sessions.set(session.id, session);
  return session;
}

export function publicUrl(world: World, session: Session): string {
  return `${world.url}/s/${session.id}`;
}

export function isOver(session: Session): boolean {
  return session.status === 'ENDED' || session.status === 'EXPIRED' || session.status === 'CANCELLED';
}

/** Tells the app that something happened: it stands in the snapshot, and its webhook goes out unless that type is withheld. */
export function emit(world: World, session: Session, type: ProviderEventType, data: ProviderEvent['data'] = {}): ProviderEvent {
  session.counter += 1;
  const event: ProviderEvent = {
    id: idOf(world, 'evt', session.id, session.counter), type, occurredAt: now(world).toISOString(), sessionId: session.id, externalRef: session.body.externalRef, sequence: session.counter, data,
  };
  session.events.push(event);
  note(world, 'event', { sessionId: session.id, eventId: event.id, type });
  deliver(world, session, event);
  return event;
}

export function snapshotOf(session: Session): SessionSnapshot {
  const last = session.events.at(-1);
  return {
    sessionId: session.id, externalRef: session.body.externalRef, status: session.status, events: session.events,
    ...(session.endedBy && { endedBy: session.endedBy }), ...(last && { lastEventAt: last.occurredAt }),
  };
}
