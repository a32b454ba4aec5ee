import type { SystemCommand } from '../decide.ts';
import type { LinkDeps } from '../deps.ts';
import { dispose } from '../evidence/dispose.ts';
import { confirmHandOver, deleteProviderCopy, handOver } from '../evidence/handOver.ts';
import { evidenceIdOf } from '../evidence/identity.ts';
import { retrieve } from '../evidence/retrieve.ts';
import { promote, verdict } from '../evidence/scan.ts';
import type { MediaItem } from '../rules/evidence.ts';
import { plusSeconds } from '../rules/due.ts';
import { itemOf, type FoundMedia, type MediaCommand } from '../rules/law/media.ts';
import type { LiveLink, Owed } from '../state.ts';

export interface MediaTurn {
  readonly owed: Owed;
  readonly link: LiveLink;
  readonly signal: AbortSignal;
}

type Told = SystemCommand | MediaCommand;

/** How long after the end a recording that was announced and never came is looked for (goodsam.md 4.3: alarm at 24 h). */
const lookForSeconds = 24 * 60 * 60;

/** What the session left at the provider. Each file becomes one item of evidence, whatever number of times it is listed. */
export async function findMedia(deps: LinkDeps, { link, owed, signal }: MediaTurn): Promise<Told> {
  const sessions = link.sends.flatMap(({ sessionId }) => (sessionId === undefined ? [] : [sessionId]));
  const lists = await Promise.all(sessions.map(sessionId => deps.provider.listMedia(sessionId, { signal })));
  const media: FoundMedia[] = lists.flat().map(({ sha256, ...ref }) => ({
    ...ref, evidenceId: evidenceIdOf(link.requestId, ref.providerMediaId), ...(sha256 !== undefined && { providerSha256: sha256 }),
  }));
  if (media.length > 0) return { do: 'RecordFound', media };
  const now = deps.cases.now().toISOString();
  const { endedAt, consentScope, firstMediaAt } = link.progress;
  if (!consentScope.includes('VIDEO') && !consentScope.includes('FILES')) return { do: 'RecordDone', kind: owed.kind };
  if (now < plusSeconds(endedAt ?? now, lookForSeconds)) return { do: 'LookAgain', kind: 'find-media', about: owed.about, at: plusSeconds(now, 300) };
  // Agreed to and never begun, as when the person left at once: it was looked for in case a report was lost, and that there is nothing is no fault.
  return firstMediaAt === undefined && owed.about === 'session'
    ? { do: 'RecordDone', kind: owed.kind }
    : { do: 'RecordTrouble', kind: 'find-media', about: owed.about, code: 'recording-missing' };
}

export async function performMedia(deps: LinkDeps, turn: MediaTurn): Promise<Told> {
  const item = itemOf(turn.link, turn.owed.about);
  if (!item) return { do: 'RecordDone', kind: turn.owed.kind };
  const event = (about: Extract<MediaCommand, { do: 'RecordMedia' }>['event']): Told => ({ do: 'RecordMedia', evidenceId: item.evidenceId, event: about });
  switch (turn.owed.kind) {
    case 'retrieve': {
      const got = await retrieve(deps.evidence, item, turn.signal);
      if (got.kind === 'failed') return event({ event: 'retrievalFailed', failure: got.failure.slice(0, 40) });
      const { kind, ...rest } = got;
      return event({ event: 'retrieved', ...rest });
    }
    case 'verdict': return await judge(deps, item, turn);
    case 'hand-over': return await hand(deps, item, turn);
    case 'confirm-hand-over': return await confirm(deps, item, turn);
    case 'delete-copy': {
      const gone = await deleteProviderCopy(deps.evidence, item, turn.signal);
      return gone.kind === 'deleted' ? event({ event: 'providerCopyDeleted' }) : later(deps, turn, 3600);
    }
    default: {
      const gone = await dispose(deps.evidence, item, turn.signal);
      return gone.kind === 'destroyed' ? event({ event: 'deleted', certificate: gone.certificate }) : later(deps, turn, 3600);
    }
  }
}

function later(deps: LinkDeps, { owed }: MediaTurn, seconds: number): Told {
  return { do: 'LookAgain', kind: owed.kind, about: owed.about, at: plusSeconds(deps.cases.now().toISOString(), seconds) };
}

/** Out of quarantine only on the scanner's own word (goodsam.md 21.21). */
async function judge(deps: LinkDeps, item: MediaItem, turn: MediaTurn): Promise<Told> {
  const said = await verdict(deps.evidence, item, turn.signal);
  const about = (event: Extract<MediaCommand, { do: 'RecordMedia' }>['event']): Told => ({ do: 'RecordMedia', evidenceId: item.evidenceId, event });
  switch (said.kind) {
    case 'wait': return { do: 'LookAgain', kind: 'verdict', about: item.evidenceId, at: said.askAgainAt };
    case 'infected': return about({ event: 'foundInfected' });
    case 'error': return about({ event: 'scanFailed' });
    case 'timed-out': return about({ event: 'scanTimedOut' });
    case 'clean': return (await promote(deps.evidence, item, turn.signal)).kind === 'promoted' ? about({ event: 'foundClean' }) : about({ event: 'scanFailed' });
  }
}

async function hand(deps: LinkDeps, item: MediaItem, turn: MediaTurn): Promise<Told> {
  const { link } = turn;
  // An officer cleared it by hand: it leaves quarantine now, and not if the scanner has said infected meanwhile.
  if (item.avScan !== 'CLEAN' && (await promote(deps.evidence, item, turn.signal)).kind !== 'promoted') return { do: 'RecordTrouble', kind: 'hand-over', about: item.evidenceId, code: 'not-held' };
  const isProtected = link.area === 'DA' || link.area === 'SOM' || link.area === 'SOCU' || link.area === 'FAL';
  const done = await handOver(deps.evidence, {
    item, classification: isProtected ? 'OFFICIAL-SENSITIVE' : 'OFFICIAL', isRestricted: link.area === 'SOCU', caseRef: link.incidentRef,
  }, turn.signal);
  if (done.kind === 'handed-over') return { do: 'RecordMedia', evidenceId: item.evidenceId, event: { event: 'exhibited', demsId: done.demsId, ...(item.exhibitRef !== undefined && { exhibitRef: item.exhibitRef }) } };
  if (done.kind === 'failed' && done.mayRetry) return later(deps, turn, 900);
  return { do: 'RecordTrouble', kind: 'hand-over', about: item.evidenceId, code: done.kind === 'failed' ? `manual-${done.manual.reason}` : 'not-held' };
}

async function confirm(deps: LinkDeps, item: MediaItem, turn: MediaTurn): Promise<Told> {
  const state = await confirmHandOver(deps.evidence, item, turn.signal);
  if (state === 'confirmed') return { do: 'RecordMedia', evidenceId: item.evidenceId, event: { event: 'handOverConfirmed' } };
  if (state === 'pending' || state === 'unavailable') return later(deps, turn, 300);
  return { do: 'RecordTrouble', kind: 'confirm-hand-over', about: item.evidenceId, code: state };
}
