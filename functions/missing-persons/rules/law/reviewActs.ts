import { partKeys, type MissingRecord } from '../../state.ts';
import type { ActsOf } from '../bodies/fields.ts';
import type { reviewBodies } from '../bodies/reviews.ts';
import { distanceKm, durationH, isDead, type Place } from '../closure/outcome.ts';
import { classOf, reviewRrdAt } from '../closure/retention.ts';
import { utc } from '../machine/instants.ts';
import { fail, isFailed, reasonFailures, roleFailures, unless } from '../machine/moment.ts';
import { completeReview, recordNoRaise } from '../reviews/complete.ts';
import { reviewContent, reviewSubjects, type ReviewContent } from '../reviews/content.ts';
import type { Review } from '../reviews/review.ts';
import { isOpenTask } from '../tasks/task.ts';
import { isOpen, type Failure } from '../terms.ts';
import { withAgreed } from './agreed.ts';
import { bornOf, flagsOf, isUnder18, levelOf } from './about.ts';
import { reviewSettingsOf } from './reviews.ts';
import { begin, change, note, withPart, type Moment, type Stepped } from './step.ts';

type Bodies = ActsOf<typeof reviewBodies>;
export type ReviewAct = Bodies[keyof Bodies];

/** Commands about reviews (5) and about what closure asks for (2.4, 3.9). */
export function reviewActs(record: MissingRecord, act: ReviewAct, moment: Moment): Stepped {
  const roles = roleFailures(act.do, moment.actor);
  if (roles.length > 0) return roles;
  if (!record.file || !isOpen(record.file.state)) return [fail('TRANSITION_NOT_ALLOWED', '5.1', 'There is no open case.')];
  switch (act.do) {
    case 'CompleteReview': return complete(record, act, moment);
    case 'RecordNoRaise': return noRaise(record, act, moment);
    case 'TaperReviews': return taper(record, act.reason, moment);
    case 'RecordOutcome': return recordOutcome(record, act, moment);
  }
}

function complete(record: MissingRecord, act: Bodies['CompleteReview'], moment: Moment): Stepped {
  const content = contentOf(act);
  if (isFailed(content)) return content;
  const { now, by, actor, settings } = moment;
  const overdueTasks = record.tasks.filter(task => isOpenTask(task) && task.state !== 'HOLD' && task.dueAt <= now).map(({ taskId }) => taskId);
  const result = completeReview(record.reviews, act.reviewId, {
    content, facts: { level: levelOf(record), overdueTasks, rationaleMinChars: settings.risk.rationaleMinChars }, reviewer: { by, roles: actor.roles, now, isInvolved: record.owner.userId === by || record.attached.includes(by) },
  }, reviewSettingsOf(settings));
  const reviews = reviewsOf(result);
  if (!reviews) return failuresOf(result);
  const done = reviews.find(({ reviewId }) => reviewId === act.reviewId);
  const stored = withPart(change(begin(record), { reviews }), partKeys.review(act.reviewId), { kind: 'review', reviewId: act.reviewId, content });
  // At VERY_LOW the time of the next reassessment is what was agreed (V02).
  const agreed = done?.type === 'VERY_LOW_SGT' ? change(stored, { agreed: withAgreed(record, 'V02', content.nextReviewAt) }) : stored;
  return note(agreed, 'ReviewCompleted', 'alteration', { review: act.reviewId, level: content.risk.level, familyTold: content.familyUpdated.told ? 'yes' : 'no' });
}

function reviewsOf(result: readonly Review[] | readonly Failure[]): Review[] | undefined {
  const reviews = result.flatMap(item => ('reviewId' in item ? [item] : []));
  return reviews.length > 0 ? reviews : undefined;
}

function failuresOf(result: readonly Review[] | readonly Failure[]): Failure[] {
  return result.flatMap(item => ('code' in item ? [item] : []));
}

/** The content of 5.2 from the fields of the edge: every subject is spoken to, and "no change" says why. */
function contentOf(act: Bodies['CompleteReview']): ReviewContent | Failure[] {
  const said = new Map(act.subjects.map(item => [item.subject, item]));
  const missing = (['changed', ...reviewSubjects] as const).filter(name => !said.has(name));
  if (missing.length > 0) return [fail('EVIDENCE_MISSING', '5.2', `The review says something of every subject; not yet of ${missing.join(', ')}.`)];
  const aspects = [...said.values()].map(({ subject, isChanged, words }) => [subject, isChanged ? { change: true, text: words } : { change: false, reason: words }]);
  const parsed = reviewContent.safeParse({
    ...Object.fromEntries(aspects), risk: { level: act.level, rationale: act.rationale }, tasksOverdue: { seen: act.overdueSeen, ...(act.overdueDecision !== undefined && { decided: act.overdueDecision }) },
    familyUpdated: act.familyToldAt === undefined ? { told: false, reason: act.familyNotToldReason } : { told: true, at: utc(act.familyToldAt) }, nextReviewAt: utc(act.nextReviewAt),
    ...(act.veryLow !== undefined && { veryLow: act.veryLow }), ...(act.veryLowReason !== undefined && { veryLowReason: act.veryLowReason }),
  });
  if (parsed.success) return parsed.data;
  return [fail('EVIDENCE_MISSING', '5.2', `Look at: ${[...new Set(parsed.error.issues.map(({ path }) => path.map(String).join('.')))].join(', ')}.`)];
}

function noRaise(record: MissingRecord, { reviewId, reason }: Bodies['RecordNoRaise'], { by, now, actor }: Moment): Stepped {
  const review = record.reviews.find(item => item.reviewId === reviewId);
  if (!review) return [fail('NOT_FOUND', '5.1', 'There is no such review.')];
  const next = recordNoRaise(review, reason, { by, now, roles: actor.roles });
  return isFailed(next) ? next : note(change(begin(record), { reviews: record.reviews.map(item => (item === review ? next : item)) }), 'RaiseNotMade', 'alteration', { review: reviewId });
}

/** 15.2 item 31: only a superintendent makes reviews less frequent, and only while somebody is missing. */
function taper(record: MissingRecord, reason: string, { now }: Moment): Stepped {
  const failures = [...reasonFailures(reason, '15.2 item 31'), ...unless(record.reviewsTaperedAt === undefined, 'TRANSITION_NOT_ALLOWED', '15.2 item 31', 'This was decided already.')];
  return failures.length > 0 ? failures : note(change(begin(record), { reviewsTaperedAt: now }), 'ReviewsTapered', 'alteration');
}

const afterwards: ReadonlySet<string> = new Set(['RETURN_ACTIONS', 'LOCATED_VERIFIED', 'DECEASED_CONFIRMED']);

/** What became of it (3.9); distance and duration are computed, and the retention class follows (3.10). */
function recordOutcome(record: MissingRecord, act: Bodies['RecordOutcome'], moment: Moment): Stepped {
  const { file, clocks } = record;
  const isDeceased = file?.deceased?.confirmedAt !== undefined;
  const failures = [
    ...unless(file !== undefined && afterwards.has(file.state), 'TRANSITION_NOT_ALLOWED', '3.9', 'The outcome is recorded after the person was found.'),
    ...unless(isDead(act.condition) === isDeceased, 'GUARD_UNMET', '3.9', 'The condition does not fit what was verified.'),
    ...unless((act.foundLat === undefined) === (act.foundLon === undefined), 'FIELD_INVALID', '3.9', 'A place needs both latitude and longitude.'),
  ];
  if (failures.length > 0) return failures;
  const distance = distanceKm(placeOf(record.casefile.lastSeenPlace), placeOf({ lat: act.foundLat, lon: act.foundLon }));
  const outcome = {
    where: act.where, by: act.by, condition: act.condition, ...(distance !== undefined && { distanceKm: distance }), durationH: durationH(clocks.reported, clocks.located ?? clocks.verified ?? moment.now), reasonsPush: act.reasonsPush, reasonsPull: act.reasonsPull,
    exploitationDisclosed: act.exploitationDisclosed, ...(act.childSaid !== undefined && { childSaid: act.childSaid }), safeToDiscloseLocation: act.safeToDiscloseLocation,
  };
  const closure = { ...record.closure, outcome, outcomeBy: moment.by, outcomeAt: moment.now, disposal: act.disposal, hasPublicComplaint: act.publicComplaint, ...retentionOf(record, act, moment) };
  return note(change(begin(record), { closure }), 'OutcomeRecorded', 'alteration', { where: act.where, by: act.by, condition: act.condition, retention: closure.retentionClass });
}

const placeOf = ({ lat, lon }: { readonly lat?: number | undefined; readonly lon?: number | undefined }): Place | undefined => (lat === undefined || lon === undefined ? undefined : { lat, lon });

const exploited: ReadonlySet<string> = new Set(['CSE', 'CCE', 'COUNTY_LINES', 'TRAFFICKING_NRM']);
const groups = { 1: 1, 2: 2, 3: 3 } as const;

function retentionOf(record: MissingRecord, { mopiGroup, exploitationDisclosed }: Bodies['RecordOutcome'], { now, settings }: Moment) {
  const born = bornOf(record);
  const facts = {
    isClosed: true, isUnder18: isUnder18(record, now, settings), isDeceased: record.file?.deceased?.confirmedAt !== undefined, isExploited: exploitationDisclosed === 'YES' || flagsOf(record).some(flag => exploited.has(flag)),
    ...(mopiGroup !== undefined && { mopiGroup: groups[mopiGroup] }),
  };
  return { retentionClass: classOf(facts), reviewRrdAt: reviewRrdAt(facts, { reportedAt: record.clocks.reported, closedAt: now, ...(born?.by === 'DATE' && { bornOn: born.date }) }, settings.retention) };
}
