import * as z from 'zod';
import { londonDate } from '../../../../shared/domain/london.ts';

/** Repeat missing (glossary, S12): `repeat.count` in `repeat.windowDays`. Essex uses 3 in 90 days for children at high risk of exploitation (S42). */
export const repeatSettings = z.strictObject({ count: z.int().min(2).max(100).default(3), windowDays: z.int().min(1).max(3_650).default(90) });
export type RepeatSettings = z.output<typeof repeatSettings>;

export interface Repeats {
  /** Episodes in the window, this one included. */
  readonly count: number;
  readonly isRepeat: boolean;
  /** From the first of them to this one, both days counted. */
  readonly spanDays: number;
}

/**
 * Counts on `reportedAt`, in days of Europe/London and inclusive: an episode that was reported exactly `windowDays` days before this one counts, at whatever hour (S12). Those
 * reported after this one do not. Instants are UTC; each episode is assessed afresh whatever this says.
 */
export function repeats(priorReportedAt: readonly string[], reportedAt: string, settings: RepeatSettings): Repeats {
  const today = dayNumber(reportedAt);
  const ages = priorReportedAt.filter(at => Date.parse(at) < Date.parse(reportedAt)).map(at => today - dayNumber(at)).filter(age => age <= settings.windowDays);
  return { count: ages.length + 1, isRepeat: ages.length + 1 >= settings.count, spanDays: Math.max(0, ...ages) + 1 };
}

function dayNumber(instant: string): number {
  return Date.parse(`${londonDate(instant)}T00:00:00Z`) / 86_400_000;
}

export const previousEpisode = z.strictObject({ caseRef: z.string(), reportedAt: z.iso.datetime(), returnedAt: z.iso.datetime().optional(), foundWhere: z.string().optional(), withWhom: z.string().optional(), harm: z.string().optional() });
export type PreviousEpisode = z.output<typeof previousEpisode>;

export interface ReturnLine {
  readonly caseRef: string;
  readonly at: string;
  readonly where: string;
  readonly withWhom: string;
  /** Undefined when none was recorded; F9 looks at that of the last one. */
  readonly harm: string | undefined;
}

export interface ReturnsBanner {
  readonly lines: readonly ReturnLine[];
  /** F9: the last return had harm recorded. */
  readonly hadHarmLast: boolean;
  /** Persons that stand in more than one of the lines. */
  readonly again: readonly string[];
}

const BANNER_LINES = 5;

/** The last five returns, the newest first: where found, with whom, harm (S12). Episodes without a return are left out; what was not recorded says so. */
export function previousReturns(episodes: readonly PreviousEpisode[]): ReturnsBanner {
  const returned = episodes.flatMap(episode => (episode.returnedAt === undefined ? [] : [{ ...episode, at: episode.returnedAt }])).sort((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, BANNER_LINES);
  const lines = returned.map(({ caseRef, at, foundWhere, withWhom, harm }) => ({ caseRef, at, where: said(foundWhere), withWhom: said(withWhom), harm: isSaid(harm) ? harm.trim() : undefined }));
  const people = lines.map(({ withWhom }) => withWhom.toLowerCase()).filter(name => name !== notRecorded);
  return { lines, hadHarmLast: lines[0]?.harm !== undefined, again: [...new Set(people.filter((name, n) => people.indexOf(name) !== n))] };
}

const notRecorded = 'not recorded';
const isSaid = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
const said = (text: string | undefined): string => (isSaid(text) ? text.trim() : notRecorded);
