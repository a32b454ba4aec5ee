import { memoryEvidence } from '../../../../shared/azure/evidenceMemory.ts';
import { memoryTable } from '../../../../shared/azure/memory.ts';
import { createLog } from '../../../../shared/log.ts';
import { MessageError, type MessageErrorKind, type Messenger, type Outgoing } from '../../../../shared/notify/messenger.ts';
import { ProviderError, type CreateSession, type LiveLinkProvider, type ProviderErrorKind } from '../../../../functions/goodsam/provider/port.ts';
import type { LinkDeps } from '../../../../functions/goodsam/deps.ts';
import { defaultRefPatterns } from '../../../../functions/goodsam/rules/references.ts';
import { defaultSettings } from '../../../../functions/goodsam/rules/law/step.ts';
import { templatesOf } from '../../../../functions/goodsam/rules/templates.ts';
import { templateName, type Marker } from '../../../../functions/goodsam/rules/terms.ts';
import { start } from './requests.ts';

/** What a call may meet: a moment at which the world can change under it. */
export type Point = 'look-up' | 'asked' | 'create' | 'find' | 'text' | 'sleep';

/** The world outside of the law, as it truly is; nobody but the test changes it. */
export interface Outside {
  now: number;
  markers: readonly Marker[];
  isLookUpDown: boolean;
  isListed: boolean;
  isListDown: boolean;
  plan: { readonly allowedFrom: string; readonly allowedTo: string } | undefined;
  /** How the next calls end; then they succeed. A time-out has done it all the same. */
  providerFails: ProviderErrorKind[];
  textFails: MessageErrorKind[];
  readonly sessions: Map<string, string>;
  readonly texts: Map<string, string>;
  /** Called at each point. */
  at(point: Point): void;
  /** Called before anything leaves. */
  onCall(what: { readonly create: CreateSession } | { readonly text: Outgoing }): void;
}

export function outside(): Outside {
  return {
    now: Date.parse(start), markers: [], isLookUpDown: false, isListed: false, isListDown: false, plan: undefined, providerFails: [], textFails: [], sessions: new Map(), texts: new Map(),
    at: () => undefined, onCall: () => undefined,
  };
}

export function lookupOf(world: Outside): { at: string; result: 'NONE' | 'FOUND' | 'FAILED'; markers: readonly Marker[] } {
  const at = new Date(world.now).toISOString();
  if (world.isLookUpDown) return { at, result: 'FAILED', markers: [] };
  return { at, result: world.markers.length ? 'FOUND' : 'NONE', markers: world.markers };
}

const never = (): never => {
  throw new Error('sending has no business with this');
};

function provider(world: Outside): LiveLinkProvider {
  return {
    name: 'double', findSession: never, cancel: never, end: never, getSession: never, listMedia: never, openMedia: never, deleteMedia: never, sendChat: never, viewerUrl: never, health: never,
    createSession(create, { idempotencyKey }) {
      world.onCall({ create });
      const failure = world.providerFails.shift();
      if (failure === undefined || failure === 'timeout') world.sessions.set(idempotencyKey, world.sessions.get(idempotencyKey) ?? `session-${world.sessions.size + 1}`);
      world.at('create');
      if (failure) return Promise.reject(new ProviderError(failure, 'as the test says'));
      return Promise.resolve({ sessionId: world.sessions.get(idempotencyKey) ?? '', publicUrl: 'https://provider.example/s' });
    },
  };
}

function messenger(world: Outside): Messenger {
  const send = (text: Outgoing): Promise<{ notificationId: string }> => {
    world.onCall({ text });
    const failure = world.textFails.shift();
    const notificationId = `notification-${world.texts.size + 1}`;
    if (failure === undefined || failure === 'timeout') {
      if (world.texts.has(text.reference)) throw new Error(`a second text of ${text.reference}`);
      world.texts.set(text.reference, notificationId);
    }
    world.at('text');
    return failure ? Promise.reject(new MessageError(failure, 'as the test says')) : Promise.resolve({ notificationId });
  };
  return {
    sendText: send, sendEmail: send, statusOf: never,
    findByReference(_service, reference) {
      const notificationId = world.texts.get(reference);
      world.at('find');
      return Promise.resolve(notificationId === undefined ? undefined : { notificationId, status: 'sending' });
    },
  };
}

/** Everything that `sendLink` reaches for, over this world; what it must not touch throws. */
export function depsOf(world: Outside): LinkDeps {
  const work = memoryTable();
  const now = (): Date => new Date(world.now);
  const listed = { etag: '"1"', partitionKey: 'unsafeContact', rowKey: 'a', fields: { until: '9999-01-01T00:00:00.000Z' } };
  return {
    cases: {
      cases: memoryTable(), queues: { send: never, receive: never }, blobs: { create: never, read: never, remove: never, list: never },
      work: { ...work, get: (partitionKey, rowKey) => (partitionKey !== 'unsafeContact' ? work.get(partitionKey, rowKey) : world.isListDown ? Promise.reject(new Error('no answer')) : Promise.resolve(world.isListed ? listed : undefined)) },
      timing: { tombstoneAfter: 2_000, sweepAfter: 900_000, effectTimeout: 60_000, commitVisibility: 1_000 }, now, random: () => 0.5, token: () => 'token', alarm: () => undefined,
      sleep(milliseconds) {
        world.now += milliseconds;
        world.at('sleep');
        return Promise.resolve();
      },
    },
    provider: provider(world), messenger: messenger(world),
    safeguarding: {
      lookUp() {
        world.at('look-up');
        const found = { ...lookupOf(world), codeWordOnFile: false, ...(world.plan && { contactPlan: world.plan }) };
        world.at('asked');
        return Promise.resolve(found);
      },
    },
    incidentLog: { header: never, append: never }, onDuty: { who: never }, cards: { send: never, update: never }, alert: never,
    evidence: { now, store: memoryEvidence(() => now().toISOString()), provider: provider(world), malware: { verdictFor: never }, evidenceSystem: { ingest: never, confirm: never } },
    secrets: { linkKeys: ['link-key-of-tests'], addressKeys: ['address-key-of-tests'] }, settings: defaultSettings, templates: templatesOf('Sample Police'),
    templateIds: Object.fromEntries(templateName.options.flatMap(name => [[name, `id-${name}`], [`${name}_EMAIL`, `id-${name}-email`]])),
    references: defaultRefPatterns, world: 'other', publicOrigin: 'https://links.example', neutralOrigin: 'https://open.example', callbackUrl: 'https://back-end.example/reports', appUrl: never, teamChannels: {},
    log: createLog(),
  };
}
