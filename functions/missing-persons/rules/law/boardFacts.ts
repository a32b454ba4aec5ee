import * as z from 'zod';
import type { MissingRecord } from '../../state.ts';
import { ageAt } from '../clock/age.ts';
import { plusMinutes } from '../machine/instants.ts';
import { bandOf, type BoardRow } from '../numbers/facts.ts';
import { isOpenReview } from '../reviews/review.ts';
import { isOpenTask, isRunning, type Task } from '../tasks/task.ts';
import type { MissingSettings } from '../settings.ts';
import { caseState, riskLevel, role } from '../terms.ts';
import { bornOf, knownOf, verifyWithinMinutes } from './about.ts';
import { present } from '../../../../shared/domain/present.ts';
import { nextDue } from './due.ts';
import { regionsOf } from './regionSlices.ts';

const at = z.string();
/**
 * What the live board must know of a case (7), as it stands in the case's index row: instants and words of the workflow, no name and no place. It follows from the state alone: what is overdue
 * depends on when somebody looks, so it holds due times and `boardRow` counts them.
 */
export const boardFacts = z.strictObject({
  state: caseState, risk: riskLevel.optional(), age: z.int().optional(), la: z.string().optional(), setting: z.string(), ownerUnit: z.string().optional(), reportedAt: at, ownerSince: at, ownerAcknowledgedAt: at.optional(),
  reviews: z.array(z.strictObject({ rank: role, dueAt: at })), taskDueAts: z.array(at), nextDue: z.strictObject({ what: z.string(), at }).optional(), ukmpuAcknowledgedAt: at.optional(), provisionalConfirmBy: at.optional(),
  handoverOfferedAt: at.optional(), transferOfferedAt: at.optional(), unassessedSightings: z.int(), verifyDueAt: at.optional(), pncLiveAt: at.optional(), publicityLiveSince: at.optional(), foundAt: at.optional(),
  hasFloorOverride: z.boolean(), hasUnknownKeyAnswer: z.boolean(), lateMs: z.array(z.int()),
});
export type BoardFacts = z.output<typeof boardFacts>;

/** How many of the latest escalations of a case speak for the health of the timers (number 11). */
const lastEscalations = 20;

/** The facts of an open case, or of one whose appeal is still up; undefined of a report, which is no case yet. */
export function boardFactsOf(record: MissingRecord, settings: MissingSettings): BoardFacts | undefined {
  const { file, risk, clocks, owner, casefile, person, tasks, reviews } = record;
  if (!file) return undefined;
  const age = ageOf(record);
  const next = nextDue(record, settings);
  const la = person.care?.laResponsible;
  return {
    state: file.state, ...(risk && { risk: risk.level }), ...(age !== undefined && { age }), ...(la !== undefined && { la }), setting: casefile.missingFrom, reportedAt: clocks.reported, ownerSince: owner.since,
    ...(owner.acknowledgedAt !== undefined && { ownerAcknowledgedAt: owner.acknowledgedAt }), reviews: reviews.filter(isOpenReview).map(({ rank, dueAt }) => ({ rank, dueAt })), taskDueAts: tasks.filter(isOpenTask).flatMap(task => taskDueAt(task) ?? []),
    ...(next && { nextDue: { what: next.key, at: next.at } }), ...confirmBy(record), ...verifyBy(record, settings), ...ofRegions(record), ...(file.stoppedAt !== undefined && { foundAt: file.stoppedAt }),
    hasFloorOverride: risk?.override !== undefined, hasUnknownKeyAnswer: knownOf(record).answers.some(({ question, value }) => value === 'NOT_KNOWN' && keyQuestions.has(question)), lateMs: latenessOf(record),
  };
}

const keyQuestions: ReadonlySet<string> = new Set(['Q05', 'Q06', 'Q07', 'Q08', 'Q09']);

/** When a task counts as overdue: its due time while it runs, and on a hold the limit that no hold moves (15.1 item 3). */
export function taskDueAt(task: Task): string | undefined {
  return isRunning(task) ? task.dueAt : task.hardDueAt;
}

/** The age at the report, where its band is certain. */
export function ageOf(record: Pick<MissingRecord, 'person' | 'clocks'>): number | undefined {
  const born = bornOf(record);
  const age = born && ageAt(born, record.clocks.reported);
  return age && bandOf(age.youngest) === bandOf(age.oldest) ? age.youngest : undefined;
}

function confirmBy({ risk, tasks }: MissingRecord): Pick<BoardFacts, 'provisionalConfirmBy'> {
  if (risk?.provisional !== true) return {};
  const [first] = tasks.filter(task => isOpenTask(task) && (task.templateId === 'A02' || task.templateId === 'RAISE_TO_CONFIRM')).map(({ dueAt }) => dueAt).sort();
  return first === undefined ? {} : { provisionalConfirmBy: first };
}

function verifyBy(record: MissingRecord, settings: MissingSettings): Pick<BoardFacts, 'verifyDueAt'> {
  const { file } = record;
  return file?.state === 'LOCATED_UNVERIFIED' ? { verifyDueAt: plusMinutes(file.enteredAt, verifyWithinMinutes(record, settings)) } : {};
}

function ofRegions(record: MissingRecord): Pick<BoardFacts, 'ownerUnit' | 'ukmpuAcknowledgedAt' | 'handoverOfferedAt' | 'transferOfferedAt' | 'unassessedSightings' | 'pncLiveAt' | 'publicityLiveSince'> {
  const { circulation, transfer, sightings } = regionsOf(record);
  const ownership = record.regions?.ownership;
  const offer = transfer.state === 'OFFERED' ? transfer.offers.at(-1) : undefined;
  return {
    unassessedSightings: sightings.filter(({ credible }) => credible === 'UNASSESSED').length,
    ...present({
      ownerUnit: ownership?.tenures.at(-1)?.unit, ukmpuAcknowledgedAt: earliest(record.notices.map(({ n, ackAt }) => (n === 'N02' ? ackAt : undefined))), handoverOfferedAt: ownership?.offer?.offeredAt, transferOfferedAt: offer?.offeredAt,
      pncLiveAt: circulation.state === 'LIVE' ? circulation.liveAt : undefined, publicityLiveSince: shownSince(record),
    }),
  };
}

const earliest = (instants: readonly (string | undefined)[]): string | undefined => instants.filter(time => time !== undefined).sort()[0];

/** Since when an appeal has been up that nobody took down yet, on any channel. */
function shownSince(record: MissingRecord): string | undefined {
  return earliest((regionsOf(record).publicity.appeal?.channels ?? []).map(({ publishedAt, withdrawnAt }) => (withdrawnAt === undefined ? publishedAt : undefined)));
}

function latenessOf({ tasks, reviews }: Pick<MissingRecord, 'tasks' | 'reviews'>): number[] {
  return [...tasks, ...reviews].flatMap(({ escalations }) => escalations).sort((a, b) => (a.firedAt < b.firedAt ? 1 : -1)).slice(0, lastEscalations).map(({ lateMs }) => lateMs);
}

/** The row that the board counts, at `now`. */
export function boardRow(caseId: string, facts: BoardFacts, now: string): BoardRow {
  const { reviews, taskDueAts, lateMs: _lateness, ...rest } = facts;
  return { caseId, ...present(rest), overdueReviews: reviews.filter(({ dueAt }) => dueAt < now), overdueTasks: taskDueAts.filter(dueAt => dueAt < now).length };
}
