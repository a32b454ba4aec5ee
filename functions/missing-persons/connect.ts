import { createHmac } from 'node:crypto';
import type { connectGraph } from '../../shared/azure/graph.ts';
import type { EvidenceStore } from '../../shared/azure/evidenceStore.ts';
import type { CardSender } from '../../shared/azure/teams.ts';
import type { CaseDeps } from '../../shared/case/room.ts';
import { ConfigurationError } from '../../shared/config.ts';
import { httpMalwareVerdict } from '../../shared/force/malware.ts';
import { httpOnDuty } from '../../shared/force/onDuty.ts';
import type { EndpointDeps } from '../../shared/http/endpoint.ts';
import { createPages } from '../../shared/http/html.ts';
import type { LinkConfig } from '../../shared/linkConfig.ts';
import type { Log } from '../../shared/log.ts';
import { createNotifyMessenger } from '../../shared/notify/govukNotify.ts';
import { phoneLog, portal } from './delivery/byHand.ts';
import { notifyEmail, notifySms } from './delivery/govukNotify.ts';
import { httpMailGateway } from './delivery/mailGateway.ts';
import { senderOf } from './delivery/sender.ts';
import type { MissingDeps } from './deps.ts';
import { importRoom } from './importing/work.ts';
import type { PackDeps } from './outage/pack.ts';
import type { MissingRegistration } from './register.ts';
import { createRoster } from './roster.ts';
import { checkRules } from './rules/checkRules.ts';
import { missingSettings, type MissingSettings } from './rules/settings.ts';
import { missingAgenda, missingRoom } from './work.ts';

export interface Surroundings {
  readonly config: LinkConfig;
  readonly missing: Readonly<Record<string, unknown>>;
  readonly baseUrl: string;
  readonly cases: CaseDeps;
  readonly evidence: EvidenceStore;
  /** Where the outage pack is kept. */
  readonly packs: PackDeps['packs'];
  readonly staff: PackDeps['staff'];
  readonly cards: CardSender;
  readonly graph: ReturnType<typeof connectGraph>;
  readonly edge: EndpointDeps;
  readonly log: Log;
  readonly ready: () => Promise<void>;
  /** What the room of live links shows of a request of ours. */
  readonly liveLinks: NonNullable<MissingDeps['liveLinks']>;
}

/** Missing persons with everything they reach for. @throws ConfigurationError when a setting or a table of the rules is not right, with its name, before anything is served. */
export function connectMissing(around: Surroundings): MissingRegistration {
  const { config, cases, log } = around;
  const settings = settingsOf(around.missing);
  const deps: MissingDeps = {
    cases, settings, log, cards: around.cards, roster: createRoster(httpOnDuty(config.systems.onDuty), () => cases.now()), sender: sendersOf(config), files: around.evidence, malware: httpMalwareVerdict(config.systems.malware), linkKeys: config.secrets.linkKeys,
    ...(settings.hasLiveLinks && { liveLinks: around.liveLinks }),
    hash: key => createHmac('sha256', config.secrets.addressKeys[0]).update(`missing ${key}`).digest('hex').slice(0, 40), appUrl: recordId => `${config.staffAppUrl}/missing-persons/${recordId}`,
    alert: async ({ userObjectId, deepLink }, { signal }) => {
      await around.graph.alertPerson({ userObjectId, activityType: 'taskNeedsAttention', previewText: 'A missing person case needs you', deepLink }, { signal });
    },
  };
  const room = missingRoom(() => deps, settings);
  return {
    ...deps, room, packs: around.packs, staff: around.staff, importRoom: importRoom(() => ({ ...deps, room })), agenda: missingAgenda(() => deps, settings), baseUrl: around.baseUrl, edge: around.edge, ready: around.ready,
    pages: createPages({ force: config.force, isSecure: config.publicOrigin.startsWith('https:') }), publicOrigin: config.publicOrigin,
  };
}

/** A channel that the force has not connected is refused, and the sergeant is told to use the telephone. */
function sendersOf({ notify, secureMail }: LinkConfig): MissingDeps['sender'] {
  const messenger = createNotifyMessenger({ ...(notify.url !== undefined && { url: notify.url }), apiKeys: notify.apiKeys, timeoutMs: 5_000 });
  const templates = { sms: notify.templates['MISSING_SMS'] ?? '', email: notify.templates['MISSING_EMAIL'] ?? '' };
  return senderOf({ PHONE_LOG: phoneLog, PORTAL: portal, NOTIFY_SMS: notifySms(messenger, templates), NOTIFY_EMAIL: notifyEmail(messenger, templates), ...(secureMail && { SECURE_MAIL: httpMailGateway(secureMail) }) });
}

function settingsOf(given: Readonly<Record<string, unknown>>): MissingSettings {
  const parsed = missingSettings.safeParse(given);
  if (!parsed.success) throw new ConfigurationError(parsed.error.issues.map(({ path, message }) => ({ variable: 'MISSING_PERSONS', rule: `${path.map(String).join('.')}: ${message}` })));
  const faults = checkRules(parsed.data);
  if (faults.length > 0) throw new ConfigurationError(faults.map(rule => ({ variable: 'MISSING_PERSONS', rule })));
  return parsed.data;
}
