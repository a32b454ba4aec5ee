import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import hostJson from '../host.json' with { type: 'json' };
import { connectStorage, type StorageSettings } from '../shared/azure/clients.ts';
import { logConsultation } from '../shared/case/reads.ts';
import type { CaseDeps } from '../shared/case/room.ts';
import { createClock } from '../shared/clock.ts';
import { checkHostSettings, loadConfig } from '../shared/config.ts';
import { bankHolidayYears } from '../shared/domain/bankHolidays.ts';
import { callerVerifier } from '../shared/http/caller.ts';
import type { Consultation, EndpointDeps } from '../shared/http/endpoint.ts';
import { remoteKeys } from '../shared/http/keys.ts';
import { createLog } from '../shared/log.ts';
import { liveLinkAsks, liveLinkNewsQueue } from '../shared/messages.ts';
import type { Subjects } from './goodsam/locate.ts';
import type { cardActions as missingActions } from './missing-persons/cardActions.ts';
import type { Surroundings } from './missing-persons/connect.ts';
import { registerAssets, registerPlatform } from './platform/register.ts';
import { registerRedaction } from './redaction/register.ts';
import { queue as redactionQueue, redactionRoom } from './redaction/work.ts';

// The only wiring: configuration, clients, rooms. A wrong or unsafe environment ends the start here with one message.
const config = loadConfig();
// The host takes the file and we the variables (storage-protocol 11). Tests run a faster host than the file says.
if (config.environment === 'production') checkHostSettings(config, hostJson);
const now = createClock(config.clockOffsetFile);
const log = createLog().with({ environment: config.environment, version: config.version });
const ownStorage: StorageSettings = config.storage.kind === 'connectionString' ? { connectionString: config.storage.connectionString } : config.storage;
const storage = connectStorage(ownStorage);

const cases: CaseDeps = {
  cases: storage.cases, work: storage.work, queues: storage.queues, blobs: storage.documents,
  timing: {
    tombstoneAfter: config.tombstoneAfterSeconds * 1000, sweepAfter: config.sweepAfterSeconds * 1000,
    effectTimeout: config.effectTimeoutSeconds * 1000, commitVisibility: config.commitVisibilitySeconds * 1000,
  },
  now,
  random: Math.random,
  sleep: async milliseconds => await sleep(milliseconds),
  token: randomUUID,
  // Until the Teams room exists the alarm is a log row that the workspace's alert rule reads.
  alarm: ({ what, caseId, operationId, code }) => log.error(what, { caseId, operationKey: operationId, code }),
};

const edge: EndpointDeps = {
  verify: callerVerifier({ ...config.entra }, remoteKeys({ url: config.entra.jwksUrl }), now),
  log,
  now,
  checkReplies: config.environment !== 'production',
  baseUrl: config.publicBaseUrl ?? '',
  recordConsultation: consultation => recordConsultation(consultation),
  admit: async (_operation, caller) => {
    if (caller) await ready();
  },
};

let prepared: Promise<void> | undefined;
/** Once a process: the first request or message finds the stores there. A failure is tried again by the next one. */
function ready(): Promise<void> {
  prepared ??= storage.prepare([redactionQueue, ...(config.liveLinks ? ['goodsam-work'] : []), ...(config.liveLinks?.missing ? ['missing-work', 'missing-import-work', liveLinkAsks, liveLinkNewsQueue] : [])]).catch((error: unknown) => {
    prepared = undefined;
    throw error;
  });
  return prepared;
}

/** One row for a page of a list, in the reader's own chain, so that a busy list is no hot spot; one row in the case's chain for a case or a part of it. */
async function recordConsultation({ operationId, caller, caseIds, params, trace }: Consultation): Promise<void> {
  const [only, ...others] = caseIds;
  const isList = others.length > 0;
  await logConsultation(cases, {
    subject: isList ? `list-${caller.objectId}` : only ?? '', by: caller.objectId, operationId: trace.traceId, kind: operationId,
    about: isList ? { cases: caseIds.join(' '), count: caseIds.length } : params,
  });
}

registerPlatform({ cases, edge, ready, forceName: config.forceName, version: config.version, dependencies: { storage: () => storage.ping() } });
registerRedaction({ cases, edge, ready, room: redactionRoom(() => cases), baseUrl: config.publicBaseUrl ?? '' });

// A force without live links does not pay for them at a cold start.
if (config.liveLinks) {
  const [{ connectGraph }, { connectSnapshots }, { connectStaff }, { connectTeams }, { assetHandler }, { cardActions }, { connectLiveLinks }, { located }, { registerLiveLinks, registerLocating }, { registerTeams }, { teamsStores }] = await Promise.all([
    import('../shared/azure/graph.ts'), import('../shared/azure/snapshotStore.ts'), import('../shared/azure/staff.ts'), import('../shared/azure/teams.ts'), import('../shared/http/assets.ts'), import('./goodsam/cardActions.ts'),
    import('./goodsam/connect.ts'), import('./goodsam/locate.ts'), import('./goodsam/register.ts'), import('./teams/register.ts'), import('./teams/stores.ts'),
  ]);
  const { teams: settings, force } = config.liveLinks;
  const stores = teamsStores(storage.work);
  const waiting = async (milliseconds: number): Promise<unknown> => await sleep(milliseconds);
  const teams = connectTeams({
    botId: settings.botId, tenantId: settings.tenantId, ...(settings.serviceUrl !== undefined && { serviceUrl: settings.serviceUrl }),
    ...(settings.openIdMetadataUrl !== undefined && { openIdMetadataUrl: settings.openIdMetadataUrl }), ...(settings.tokenUrl !== undefined && { tokenUrl: settings.tokenUrl }),
  }, { conversations: stores.conversations, sent: stores.sent, now, sleep: waiting, random: Math.random });
  const graphSettings = { botId: settings.botId, ...(settings.graphUrl !== undefined && { url: settings.graphUrl }), ...(settings.tokenUrl !== undefined && { tokenUrl: settings.tokenUrl }) };
  const graph = connectGraph(graphSettings, { now, sleep: waiting });
  const staff = connectStaff({ ...graphSettings, appId: settings.appId }, { now, sleep: waiting });
  const liveLinks = connectLiveLinks({
    config: config.liveLinks, environment: config.environment, baseUrl: config.publicBaseUrl ?? '', cases, evidence: storage.evidence, cards: teams, graph, edge, log, ready,
  });
  registerLiveLinks(liveLinks);
  const missing = config.liveLinks.missing && await missingPersons({
    config: config.liveLinks, missing: config.liveLinks.missing, baseUrl: config.publicBaseUrl ?? '', cases, evidence: storage.evidence, packs: connectSnapshots(packStorage(config.liveLinks.outagePack), 'missing-outage-packs'), staff, cards: teams, graph, edge, log, ready, liveLinks: async ids => await located(liveLinks, ids),
  }, subjects => { registerLocating(liveLinks, subjects); });
  registerAssets(assetHandler(force));
  registerTeams({
    gateway: teams, conversations: stores.conversations, replies: stores.replies, tenants: [settings.tenantId], staff, actions: { ...cardActions(liveLinks), ...missing },
    audit: async ({ code, objectId = 'unknown', verb = '', activityId = '' }) => {
      log.security('teams-refused', { code, caller: objectId, step: verb });
      // A refused token is anybody's doing: it makes a log row, and no row of storage that a flood could fill.
      if (code !== 'token-refused') await logConsultation(cases, { subject: 'teams-answers', by: objectId, operationId: activityId, kind: `refused-${code}`, about: { verb, activityId } });
    },
    log, now, ready,
  });
}

/** The account of the force's choice, in the same cloud as ours; ours where it chose none. */
function packStorage({ account, connectionString }: { readonly account: string | undefined; readonly connectionString: string | undefined }): StorageSettings {
  if (connectionString !== undefined) return { connectionString };
  return account === undefined ? ownStorage : { account, ...(config.storage.kind === 'managedIdentity' && { suffix: config.storage.suffix }) };
}

/** Missing persons, and what their cards' buttons do. Loaded where a force has them. `locating` gets their answer to whom an approved live link is for: the rooms do not know each other. */
async function missingPersons(around: Surroundings, locating: (subjects: Subjects) => void): Promise<ReturnType<typeof missingActions>> {
  const [{ connectMissing }, { subjectOf }, { registerMissing }, { cardActions: actions }] = await Promise.all([import('./missing-persons/connect.ts'), import('./missing-persons/effects/liveLink.ts'), import('./missing-persons/register.ts'), import('./missing-persons/cardActions.ts')]);
  const missing = connectMissing(around);
  registerMissing(missing);
  locating(async (caseId, enquiryId) => await subjectOf(missing, caseId, enquiryId));
  return actions(missing);
}

// After the functions are registered, so that a cold start does not wait for it; the first request tries again if this fails.
setImmediate(() => {
  ready().catch((error: unknown) => log.warn('stores-not-ready', {}, error));
  // Due times in working days are wrong past the end of the list, and nothing else would say so.
  if (now().getUTCFullYear() >= bankHolidayYears.last) log.warn('bank-holidays-run-out');
});
