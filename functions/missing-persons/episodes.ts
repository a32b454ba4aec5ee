import { readList } from '../../shared/case/lists.ts';
import { loadCase } from '../../shared/case/load.ts';
import { present } from '../../shared/domain/present.ts';
import type { MissingDeps, MissingRoom } from './deps.ts';
import { matchList, personList } from './rules/lists/names.ts';
import { isMissing } from './rules/law/about.ts';
import type { Looked } from './rules/law/step.ts';
import { likenessIn } from './rules/law/likenessIn.ts';
import { matchQuery } from './rules/person/matchKeys.ts';
import type { PreviousEpisode } from './rules/person/repeats.ts';
import { shownMatches } from './rules/person/scoreMatch.ts';
import type { MissingRecord } from './state.ts';

type Deps = Pick<MissingDeps, 'cases' | 'hash'> & { readonly room: MissingRoom };
/** A key that so many records share (a common name) is read no further: what it would add is noise, and a screen of this many is no help. */
const mostOfKey = 50;
const mostCandidates = 200;

export interface MatchRow { readonly recordId: string; readonly ref: string; readonly score: number; readonly because: readonly string[]; readonly isMissing: boolean }

/** Records that may be of the same person (15.2 item 29): a read of each key's list, then of the records found. Shown with a score; never merged by itself. */
export async function matchesOf(deps: Deps, record: MissingRecord, maySee: (other: MissingRecord) => boolean): Promise<MatchRow[]> {
  const likeness = likenessIn(record);
  const pages = await Promise.all(matchQuery(likeness).map(key => readList(deps.cases, { list: matchList(deps.hash(key)), limit: mostOfKey })));
  const ids = [...new Set(pages.flatMap(page => page.rows.map(row => row.caseId)))].filter(id => id !== record.recordId).slice(0, mostCandidates);
  // Of a CONFIDENTIAL case nobody learns by asking for what is like it.
  const others = (await recordsOf(deps, ids)).filter(maySee);
  return shownMatches(likeness, others.map(other => ({ likeness: likenessIn(other), about: other }))).map(({ about, match }) => ({ recordId: about.recordId, ref: about.file?.caseRef ?? '', score: match.score, because: match.because, isMissing: isMissing(about) }));
}

async function recordsOf(deps: Deps, ids: readonly string[]): Promise<MissingRecord[]> {
  const rows = await Promise.all(ids.map(async id => (await loadCase(deps.cases, deps.room, id, [])).state?.value));
  // A list may still name one that was deleted a moment ago.
  return rows.flatMap(record => (record && !record.erased ? [record] : []));
}

/** The person of the matches that somebody confirmed, and all their earlier episodes (S12). */
export async function episodesOf(deps: Deps, record: MissingRecord, confirmed: readonly string[]): Promise<Looked> {
  const [match] = await recordsOf(deps, confirmed.slice(0, 1));
  if (!match) return { previous: [] };
  const page = await readList(deps.cases, { list: personList(match.personId), limit: 200 });
  const episodes = await recordsOf(deps, page.rows.map(row => row.caseId).filter(id => id !== record.recordId));
  const [plan] = [match, ...episodes].flatMap(({ triggerPlan }) => triggerPlan ?? []).sort((a, b) => (a.writtenAt < b.writtenAt ? 1 : -1));
  return { personId: match.personId, ...present({ triggerPlan: plan }), previous: episodes.filter(({ file }) => file !== undefined && file.state !== 'CANCELLED').map(episodeOf) };
}

export function episodeOf(record: MissingRecord): PreviousEpisode {
  const { file, clocks, casefile } = record;
  return { caseRef: file?.caseRef ?? '', reportedAt: clocks.reported, ...present({ returnedAt: clocks.returned ?? clocks.verified, withWhom: casefile.withWhom }), ...endOf(record) };
}

/** How it ended: as an officer saw it, or as the old system said. */
function endOf({ file, imported }: MissingRecord): Pick<PreviousEpisode, 'foundWhere' | 'harm'> {
  if (!file?.verification) return present({ foundWhere: imported?.foundWhere, harm: imported?.harm });
  const { place, wellBeing, condition } = file.verification;
  return { foundWhere: place, ...(wellBeing === 'HARMED' && { harm: condition }) };
}
