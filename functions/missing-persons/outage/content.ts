import { loadCase } from '../../../shared/case/load.ts';
import type { Pages } from '../../../shared/http/html.ts';
import type { MissingDeps, MissingRoom } from '../deps.ts';
import { showLondonWithYear } from '../rules/clock/show.ts';
import { isOpenRecord } from '../rules/law/about.ts';
import { confidentialLine, sheetOf, type Line, type Writing } from '../rules/outage/sheet.ts';
import { showTime } from '../rules/outage/when.ts';
import { isOpenReview } from '../rules/reviews/review.ts';
import { cardLabelOf } from '../rules/risk/settings.ts';
import { isOpenTask } from '../rules/tasks/task.ts';
import { levels, rankOf } from '../rules/terms.ts';
import type { MissingRecord } from '../state.ts';
import type { Callers } from './names.ts';
import type { OpenEntry } from './open.ts';

export interface Writer extends Pick<MissingDeps, 'cases' | 'settings' | 'log'> {
  readonly room: MissingRoom;
  readonly pages: Pages;
  readonly callers: Callers;
}

/** What was written, for the log: counts, and nothing of anybody. */
export interface Tally { sheets: number; confidential: number; unreadable: number }

type Read = { readonly entry: OpenEntry } & ({ readonly kind: 'read'; readonly record: MissingRecord } | { readonly kind: 'over' } | { readonly kind: 'unreadable' });
type Unread = Pick<Line, 'ref' | 'rank' | 'level' | 'owner'> & { readonly due: string };

/** Records that are read and held at once. */
const atOnce = 8;

/**
 * The page in pieces, in the order of the entries: a cover with the list, a sheet for each record, lines for those that have none, and blank forms. No more than a few records are in memory at a time. A
 * record that cannot be read is a line that says so.
 */
export async function* packContent(writer: Writer, entries: readonly OpenEntry[], { now, tally, signal }: { readonly now: string; readonly tally: Tally; readonly signal: AbortSignal }): AsyncGenerator<Uint8Array> {
  const { pages, settings, callers } = writer;
  const bytes = new TextEncoder();
  const render = async (view: string, model: object): Promise<Uint8Array> => bytes.encode(await pages.renderPage(`missing-persons/outage/${view}.njk`, { lang: 'en', ...model }));
  await callers.learn(entries.map(({ owner }) => owner));
  yield await render('cover', coverOf(writer, entries, now));
  const [confidential, unread]: [Line[], Unread[]] = [[], []];
  const writing: Writing = { now, settings, called: callers.called };
  for (let n = 0; n < entries.length; n += atOnce) {
    signal.throwIfAborted();
    for (const read of await Promise.all(entries.slice(n, n + atOnce).map(entry => readOne(writer, entry)))) {
      if (read.kind === 'unreadable') unread.push(unreadLine(read.entry, writing));
      if (read.kind !== 'read') continue;
      await callers.learn(peopleOf(read.record));
      if (read.record.casefile.restrictedTier === 'CONFIDENTIAL') confidential.push(confidentialLine(read.record, writing));
      else {
        tally.sheets += 1;
        yield await render('sheet', { sheet: sheetOf(read.record, writing), at: showLondonWithYear(now) });
      }
    }
  }
  tally.confidential = confidential.length;
  tally.unreadable = unread.length;
  yield await render('end', { confidential, unread, sheets: tally.sheets, at: showLondonWithYear(now) });
}

/** Whatever goes wrong with one record, the others are written. What ended since the list was read has no sheet. */
async function readOne({ cases, room, log }: Writer, entry: OpenEntry): Promise<Read> {
  try {
    const record = (await loadCase(cases, room, entry.recordId, [])).state?.value;
    return record && !record.erased && isOpenRecord(record) ? { kind: 'read', entry, record } : { kind: 'over', entry };
  } catch (error) {
    log.warn('outage-pack-case', { caseId: entry.recordId }, error);
    return { kind: 'unreadable', entry };
  }
}

const peopleOf = ({ owner, report, tasks, reviews }: MissingRecord): string[] => [
  owner.userId, report.ownerUserId, ...tasks.filter(isOpenTask).flatMap(({ ownerUserId }) => ownerUserId ?? []), ...reviews.filter(isOpenReview).map(({ reviewerUserId }) => reviewerUserId),
];

function unreadLine({ ref, level, owner, nextDueAt }: OpenEntry, { settings, called, now }: Writing): Unread {
  return { ref, rank: level === undefined ? 0 : rankOf(level), level: level === undefined ? 'not known' : cardLabelOf(level, settings.risk), owner: called(owner), due: nextDueAt === '' ? '' : showTime(nextDueAt, now) };
}

function coverOf({ settings, callers: { called } }: Writer, entries: readonly OpenEntry[], now: string) {
  const cases = entries.filter(({ isReport }) => !isReport);
  const row = ({ ref, level, initials, age, owner, nextDueAt, isConfidential }: OpenEntry) => ({
    ref, rank: level === undefined ? 0 : rankOf(level), level: level === undefined ? '' : cardLabelOf(level, settings.risk), who: isConfidential ? 'Confidential' : [initials, age].filter(word => word !== '').join(', '), owner: called(owner),
    due: nextDueAt === '' ? '' : showTime(nextDueAt, now), isLate: nextDueAt !== '' && nextDueAt < now,
  });
  return {
    at: showLondonWithYear(now), utc: now, contact: settings.contact, keepHourly: settings.outagePack.keepHourly, lateAfterHours: settings.outagePack.lateAfterMinutes / 60,
    counts: levels.toReversed().map(level => ({ level: cardLabelOf(level, settings.risk), count: cases.filter(one => one.level === level).length })), total: cases.length, reportTotal: entries.length - cases.length,
    cases: cases.map(row), reports: entries.filter(({ isReport }) => isReport).map(row),
  };
}
