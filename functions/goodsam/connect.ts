import type { connectGraph } from '../../shared/azure/graph.ts';
import type { EvidenceStore } from '../../shared/azure/evidenceStore.ts';
import type { CardSender } from '../../shared/azure/teams.ts';
import type { CaseDeps } from '../../shared/case/room.ts';
import { ConfigurationError } from '../../shared/config.ts';
import type { EndpointDeps } from '../../shared/http/endpoint.ts';
import { createPages } from '../../shared/http/html.ts';
import type { LinkConfig } from '../../shared/linkConfig.ts';
import type { Log } from '../../shared/log.ts';
import { createNotifyMessenger } from '../../shared/notify/govukNotify.ts';
import type { LinkDeps, LinkRoom } from './deps.ts';
import { httpEvidenceSystem } from './force/evidenceSystem.ts';
import { httpIncidentLog } from './force/incidentLog.ts';
import { httpMalwareVerdict } from '../../shared/force/malware.ts';
import { httpOnDuty } from '../../shared/force/onDuty.ts';
import { httpSafeguarding } from './force/safeguarding.ts';
import { httpProvider } from './provider/http.ts';
import { webhookKeys } from './provider/signature.ts';
import type { LinkRegistration } from './register.ts';
import { defaultSettings, type LawSettings } from './rules/law/step.ts';
import { refPatterns } from './rules/references.ts';
import { checkTemplates, templatesOf } from './rules/templates.ts';
import { timingOverrides } from './rules/timing.ts';
import { createSlowdown } from './slowdown.ts';
import { linkAgenda, linkRoom } from './work.ts';

export interface Surroundings {
  readonly config: LinkConfig;
  readonly environment: string;
  readonly baseUrl: string;
  readonly cases: CaseDeps;
  readonly evidence: EvidenceStore;
  readonly cards: CardSender;
  readonly graph: ReturnType<typeof connectGraph>;
  readonly edge: EndpointDeps;
  readonly log: Log;
  readonly ready: () => Promise<void>;
}

/** Live links with everything they reach for. @throws ConfigurationError when a setting of theirs is not right, before anything is served. */
export function connectLiveLinks(around: Surroundings): LinkRegistration {
  const { config, cases } = around;
  const settings = settingsOf(config);
  const deps: LinkDeps = linkDeps(around, settings);
  const room: LinkRoom = linkRoom(() => deps, settings);
  return {
    ...deps, room, agenda: linkAgenda(settings), baseUrl: around.baseUrl, edge: around.edge, ready: around.ready,
    pages: createPages({ force: config.force, isSecure: config.publicOrigin.startsWith('https:') }), slowdown: createSlowdown({ now: () => cases.now(), sleep: async milliseconds => await cases.sleep(milliseconds) }), trustedProxyHops: config.trustedProxyHops, keepDays: config.keepDays,
    webhookKeys: checked('LIVE_LINK_WEBHOOK_SECRETS', () => webhookKeys(config.provider.webhookSecrets)), receiptToken: config.notify.receiptToken, rawReports: cases.blobs,
  };
}

function linkDeps(around: Surroundings, settings: LawSettings): LinkDeps {
  const { config, cases, graph } = around;
  const provider = httpProvider({ name: config.provider.name, url: config.provider.url, key: config.provider.key });
  const evidenceSystem = httpEvidenceSystem(config.systems.evidenceSystem);
  return {
    cases, provider, settings, cards: around.cards, log: around.log, secrets: config.secrets,
    messenger: createNotifyMessenger({ ...(config.notify.url !== undefined && { url: config.notify.url }), apiKeys: config.notify.apiKeys, timeoutMs: 5_000 }),
    safeguarding: httpSafeguarding(config.systems.safeguarding, () => cases.now()), incidentLog: httpIncidentLog(config.systems.incidentLog), onDuty: httpOnDuty(config.systems.onDuty),
    evidence: { now: () => cases.now(), store: around.evidence, provider, malware: httpMalwareVerdict(config.systems.malware), evidenceSystem },
    alert: async ({ userObjectId, kind, deepLink }, { signal }) => {
      await graph.alertPerson({ userObjectId, activityType: 'taskNeedsAttention', previewText: alertTexts[kind] ?? 'A task needs attention', deepLink }, { signal });
    },
    templates: templatesOf(config.force.shortName), templateIds: config.notify.templates, references: checked('REFERENCE_PATTERNS', () => refPatterns.parse(config.references)),
    world: around.environment === 'production' ? 'production' : 'other', publicOrigin: config.publicOrigin, neutralOrigin: config.neutralOrigin,
    callbackUrl: `${around.baseUrl}/api/webhooks/live-link/${encodeURIComponent(config.provider.name.toLowerCase())}`,
    appUrl: requestId => `${config.staffAppUrl}/live-links/${requestId}`, teamChannels: channelsOf(config.teams.channels),
  };
}

/** What an alert says before it is opened: no area, no name. */
const alertTexts: Readonly<Record<string, string>> = { AUTH_NEEDED: 'A request waits for your decision', SAFETY_HOLD: 'A request is held for a safety check', SEND_FAILED: 'A link could not be sent', REGRADE_NOW: 'Regrade the incident now' };

function settingsOf({ timings, force, publicOrigin, neutralOrigin }: LinkConfig): LawSettings {
  const faults = checkTemplates(force.shortName, { branded: publicOrigin, neutral: neutralOrigin });
  if (faults.length) throw new ConfigurationError(faults.map(({ about, rule }) => ({ variable: about === 'neutral origin' ? 'NEUTRAL_LINK_ORIGIN' : about === 'branded origin' ? 'PUBLIC_LINK_ORIGIN' : 'FORCE_SHORT_NAME', rule: `${about}: ${rule}` })));
  return { ...defaultSettings, timings: checked('LIVE_LINK_TIMINGS', () => timingOverrides.parse(timings)) };
}

function channelsOf(channels: Readonly<Record<string, string>>): LinkDeps['teamChannels'] {
  return Object.fromEntries(Object.entries(channels).map(([name, channelId]) => [name, { channelId }]));
}

function checked<T>(variable: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ConfigurationError([{ variable, rule: error instanceof Error && error.name !== 'ZodError' ? error.message : 'does not have the right form' }]);
  }
}
