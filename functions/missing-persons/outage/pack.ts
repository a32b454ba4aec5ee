import type { SnapshotStore } from '../../../shared/azure/snapshotStore.ts';
import type { StaffDirectory } from '../../../shared/azure/staff.ts';
import { tryTransact } from '../../../shared/azure/store.ts';
import { logConsultation } from '../../../shared/case/reads.ts';
import type { CaseDeps } from '../../../shared/case/room.ts';
import type { Pages } from '../../../shared/http/html.ts';
import type { MissingDeps, MissingRoom } from '../deps.ts';
import { lastPackOf, packRow } from '../health.ts';
import { isPackLate } from '../rules/outage/late.ts';
import { packContent, type Tally } from './content.ts';
import { callersFrom } from './names.ts';
import { isAnythingOpen, openEntries } from './open.ts';

export interface PackDeps extends Pick<MissingDeps, 'cases' | 'settings' | 'log'> {
  readonly room: MissingRoom;
  readonly pages: Pages;
  readonly packs: SnapshotStore;
  readonly staff: Pick<StaffDirectory, 'find'>;
}

const folder = 'hourly/';
const latest = 'latest.html';
/** Named by the hour in UTC, so that the names sort by age through both changes of the clocks. */
const nameOf = (hour: string): string => `${folder}${hour}Z.html`;

/** A writer that is silent for longer is dead, and another takes over; each writer gives up before that. */
const takeOverMs = 10 * 60_000;
const giveUpMs = 9 * 60_000;

/**
 * The outage pack (15.4): one page with all that is open, in a storage account that the force chooses, so that work goes on without the service. Once an hour, whatever the number of hosts: it is looked for
 * every few minutes, so that a host that starts late, or takes over from one that died, is late and not silent. Killed at any line, `latest.html` stays the former one, whole. Returns how many records have a sheet,
 * or undefined when this hour's is there.
 */
export async function writePack(deps: PackDeps): Promise<number | undefined> {
  const { cases, log, settings: { outagePack: { keepHourly } } } = deps;
  const now = cases.now().toISOString();
  const hour = now.slice(0, 13);
  await tellIfLate(deps, now);
  if (!await claim(cases, { hour, now })) return undefined;
  const tally: Tally = { sheets: 0, confidential: 0, unreadable: 0 };
  const signal = AbortSignal.timeout(giveUpMs);
  const content = packContent({ ...deps, callers: callersFrom(deps.staff, log) }, await openEntries(cases), { now, tally, signal });
  const { sha256, bytes } = await deps.packs.replace([nameOf(hour), latest], content, {
    contentType: 'text/html; charset=utf-8', signal,
    // Into the chain of audits before anybody can read it, as any list that is shown: how much and which bytes, and nobody's name.
    before: async digest => {
      await logConsultation(cases, { subject: 'missing-outage-pack', by: 'system', operationId: hour, kind: 'OutagePack', about: { ...tally, ...digest } });
    },
  });
  await finish(cases, { hour, now, sha256, count: tally.sheets });
  log.info('outage-pack-written', { count: tally.sheets, bytes });
  if (tally.unreadable > 0) log.error('outage-pack-unreadable', { count: tally.unreadable });
  await prune(deps.packs, keepHourly);
  return tally.sheets;
}

/** A fault that whoever watches the log hears of as often as it is looked for: no pack for two hours while something is open. */
async function tellIfLate({ cases, log, settings: { outagePack } }: PackDeps, now: string): Promise<void> {
  const last = await lastPackOf(cases);
  if (last !== undefined && isPackLate({ lastPackAt: last, hasOpen: true }, now, outagePack) && await isAnythingOpen(cases)) log.error('outage-pack-late', { ageSeconds: Math.round((Date.parse(now) - Date.parse(last)) / 1_000) });
}

interface Claim { readonly hour: string; readonly now: string }

/** One row: whoever moves it on to this hour writes. */
async function claim({ work }: Pick<CaseDeps, 'work'>, { hour, now }: Claim): Promise<boolean> {
  const before = await work.get(packRow.partitionKey, packRow.rowKey);
  const fields = before?.fields ?? {};
  const isBusy = fields['hour'] === hour && Date.parse(now) - Date.parse(String(fields['claimedAt'])) < takeOverMs;
  if (fields['writtenHour'] === hour || isBusy) return false;
  const row = { ...packRow, fields: { ...fields, hour, claimedAt: now } };
  return await tryTransact(work, [before ? { do: 'update', row, etag: before.etag } : { do: 'insert', row }]);
}

/** Who was overtaken meanwhile leaves it to the other: both have written the same hour. */
async function finish({ work }: Pick<CaseDeps, 'work'>, { hour, now, sha256, count }: Claim & { readonly sha256: string; readonly count: number }): Promise<void> {
  const mine = await work.get(packRow.partitionKey, packRow.rowKey);
  if (mine?.fields['hour'] !== hour) return;
  await tryTransact(work, [{ do: 'update', row: { ...packRow, fields: { ...mine.fields, writtenHour: hour, writtenAt: now, sha256, count } }, etag: mine.etag }]);
}

async function prune(packs: SnapshotStore, keep: number): Promise<void> {
  for (const name of (await packs.names(folder)).toReversed().slice(keep)) await packs.remove(name);
}
