import { partKeys, type MissingRecord } from '../../state.ts';
import { plusMinutes } from '../machine/instants.ts';
import { rerun } from '../risk/raise.ts';
import { triggersOf } from '../risk/mapping.ts';
import { withDerivedFlags } from '../risk/flagActs.ts';
import { onLevelChange } from '../tasks/level.ts';
import { openTasks, reassign } from '../tasks/open.ts';
import { releaseGates } from '../tasks/hold.ts';
import { isOpenReview } from '../reviews/review.ts';
import { isOpenTask } from '../tasks/task.ts';
import { rankOf, type Trigger } from '../terms.ts';
import { flagsOf, isMissing, isOpenCase, knownOf, riskContext, stageOf, taskFacts, turned18At, verifyWithinMinutes } from './about.ts';
import { familyTold } from './familyTold.ts';
import { follow, withTrigger } from './follow.ts';
import { withoutOldPages } from './oldPages.ts';
import { isQuiet } from './quiet.ts';
import { publicityResumed, regionFollow } from './regionFollow.ts';
import { isScheduled, withReviews } from './reviews.ts';
import { selfDone } from './selfDone.ts';
import { change, closePages, note, raise, withPart, type Moment, type Step } from './step.ts';

/**
 * What follows from a step, whatever it was: the moves' own consequences, then the floor is run again (15.1 item 12), triggers of flags and of time passing are noted, the tasks that
 * level, flags, triggers and stage ask for are opened, and those who must know are told. Doing it twice adds nothing.
 */
export function consequences(before: MissingRecord | undefined, step: Step, moment: Moment): Step {
  if (isPastEpisode(step.record)) return step;
  const followed = regionFollow(before, follow(step, moment), moment);
  const floored = isFloorKnown(before, followed.record, moment) ? followed : isMissing(followed.record) ? floor(followed, moment) : flagsOnly(followed, moment);
  const levelled = level(before, triggers(floored, moment), moment);
  const isAsBefore = isQuiet(before, levelled.record);
  const reviewed = isAsBefore && isScheduled(levelled.record, moment.now) ? levelled : withReviews(levelled, moment);
  const opened = isAsBefore && isQuiet(before, reviewed.record) ? reviewed : publicityResumed(familyTold(tasks(reviewed, moment), moment), moment);
  return withoutOldPages(tell(before, before ? selfDone(before, opened, moment) : opened, moment));
}

/** An episode that was over when it came from the old system: whatever is noted on it, it asks nobody for what was asked for there (15.4). */
function isPastEpisode({ imported, file, tasks: all }: MissingRecord): boolean {
  return imported !== undefined && file?.state === 'CLOSED' && all.length === 0;
}

/** The floor was run over the same facts before, and no instant has come since at which a rule could fire (15.1 item 12). */
function isFloorKnown(before: MissingRecord | undefined, record: MissingRecord, { now }: Moment): boolean {
  return isQuiet(before, record) && (record.floorAt === undefined || record.floorAt > now);
}

/** The system raises to the floor, provisionally, and never lowers (I10). */
function floor(step: Step, moment: Moment): Step {
  const { risk } = step.record;
  if (!risk) return flagsOnly(step, moment);
  const { risk: next, rows, nextAt } = rerun(risk, riskContext(step.record, moment));
  const { floorAt: _, ...rest } = step.record;
  const floored: Step = { ...step, record: { ...rest, risk: next, ...(nextAt !== undefined && { floorAt: nextAt }) } };
  const stored = rows.reduce((so, row) => withPart(so, partKeys.assessment(row.seq), { kind: 'assessment', row }), floored);
  return rows.length === 0 ? stored : note(stored, 'FloorFired', 'none', { level: next.level, rules: next.floor.rules.map(({ rule }) => rule).join(' ') });
}

function flagsOnly(step: Step, moment: Moment): Step {
  const { record } = step;
  const context = riskContext(record, moment);
  return record.risk ? change(step, { risk: withDerivedFlags(record.risk, context) }) : change(step, { known: withDerivedFlags(record.known, context) });
}

/** Instants of "missing for so long", from the report (4.4). */
const ages: readonly { readonly trigger: Trigger; readonly hours: number }[] = [
  { trigger: 'MISSING_24H', hours: 24 }, { trigger: 'MISSING_48H', hours: 48 }, { trigger: 'MISSING_72H', hours: 72 }, { trigger: 'MISSING_90D', hours: 90 * 24 }, { trigger: 'MISSING_7Y', hours: 7 * 365.25 * 24 },
];

export function ageTriggers({ clocks, triggers }: Pick<MissingRecord, 'clocks' | 'triggers'>): { readonly trigger: Trigger; readonly at: string }[] {
  const open = ages.filter(({ trigger }) => !triggers.some(item => item.trigger === trigger));
  // X22 is due after 90 days: the trigger comes a week ahead of it, so that the task is seen before it is late.
  return open.map(({ trigger, hours }) => ({ trigger, at: new Date(Date.parse(clocks.reported) + (trigger === 'MISSING_90D' || trigger === 'MISSING_7Y' ? hours - 7 * 24 : hours) * 3_600_000).toISOString() }));
}

function triggers(step: Step, moment: Moment): Step {
  if (!isOpenCase(step.record)) return step;
  const flagged = triggersOf(knownOf(step.record)).reduce((so, one) => withTrigger(so, one, moment), step);
  const isRepeat = flagsOf(flagged.record).includes('REPEAT');
  const repeated = isRepeat ? withTrigger(flagged, 'REPEAT', moment) : flagged;
  if (!isMissing(repeated.record)) return repeated;
  const aged = ageTriggers(repeated.record).filter(({ at }) => at <= moment.now).reduce((so, { trigger }) => withTrigger(so, trigger, moment), repeated);
  return turned18At(aged.record, moment.now) === undefined ? aged : withTrigger(aged, 'TURNED_18', moment);
}

function level(before: MissingRecord | undefined, step: Step, moment: Moment): Step {
  const { record } = step;
  const [from, to] = [before?.risk?.level, record.risk?.level];
  if (!record.risk || to === undefined) return step;
  const clocked = change(step, { clocks: { ...record.clocks, risk: record.risk.since } });
  if (from === undefined || from === to) return record.clocks.risk === record.risk.since ? step : clocked;
  return change(clocked, { tasks: onLevelChange(record.tasks, { from, to, at: record.risk.since }, taskFacts(record, moment), moment.settings.tasks) });
}

function tasks(step: Step, moment: Moment): Step {
  const { record } = step;
  if (stageOf(record) === 'AWAY' && record.file?.state === 'CANCELLED') return step;
  const facts = taskFacts(record, moment);
  // What nobody has begun goes with the role: a shift ends, a case changes hands (3.12).
  const opened = openTasks(reassign(record.tasks, facts), facts, moment.settings.tasks);
  return change(step, { tasks: releaseGates(opened, { now: moment.now, deathReleasedAt: record.file?.deceased?.releaseAt }) });
}

/** Cards: a new owner must answer (A01), a raise is to be confirmed, a report of "found" is to be verified; what no longer asks for anything is closed. */
function tell(before: MissingRecord | undefined, step: Step, moment: Moment): Step {
  return doneCards(foundCards(before, raiseCards(before, ownerCards(before, step, moment), moment), moment), moment);
}

function ownerCards(before: MissingRecord | undefined, step: Step, moment: Moment): Step {
  const { owner, file, tasks: all } = step.record;
  if (!file || owner.acknowledgedAt !== undefined || (before?.file && before.owner.userId === owner.userId)) return step;
  const closed = closePages(step, page => page.kind === 'OWNER', { status: 'closed', at: moment.now });
  const dueAt = all.find(item => item.templateId === 'A01' && isOpenTask(item))?.dueAt;
  return raise(closed, moment.now, { kind: 'OWNER', to: [owner.userId], title: 'Acknowledge that you own this case', about: `owner-${owner.since}`, isUrgent: true, ...(dueAt !== undefined && { dueAt }) });
}

/** C3: the sergeant and the inspector are told of every raise, of HIGH the superintendent and the force incident manager as well. */
function raiseCards(before: MissingRecord | undefined, step: Step, moment: Moment): Step {
  const { risk } = step.record;
  if (!risk || (before?.risk && rankOf(risk.level) <= rankOf(before.risk.level)) || (!before?.risk && risk.level !== 'HIGH')) return step;
  const { SGT, INSP, SUPT, FIM } = moment.people;
  const to = (risk.level === 'HIGH' ? [SGT, INSP, SUPT, FIM] : [SGT, INSP]).flatMap(person => person ?? []);
  return raise(step, moment.now, { kind: risk.level === 'HIGH' ? 'PAGE' : 'RAISED', to: to.length > 0 ? to : [step.record.owner.userId], title: `Confirm the level ${risk.level}`, about: `risk-${risk.seq}`, isUrgent: risk.level === 'HIGH' });
}

function foundCards(before: MissingRecord | undefined, step: Step, moment: Moment): Step {
  const { file, owner } = step.record;
  if (file?.state !== 'LOCATED_UNVERIFIED' || before?.file?.state === 'LOCATED_UNVERIFIED') return step;
  const dueAt = plusMinutes(file.enteredAt, verifyWithinMinutes(step.record, moment.settings));
  return raise(step, moment.now, { kind: 'LOCATED', to: [moment.people.SGT, owner.userId].flatMap(person => person ?? []), title: 'Somebody says that the person is found: verify', about: `located-${file.enteredAt}`, dueAt, isUrgent: true });
}

function doneCards(step: Step, moment: Moment): Step {
  const ended = new Set([...step.record.tasks.filter(item => !isOpenTask(item)).map(item => item.taskId), ...step.record.reviews.filter(item => !isOpenReview(item)).map(item => item.reviewId)]);
  const over = closePages(step, page => (page.kind === 'ESCALATION' || page.kind === 'REVIEW') && ended.has(page.about), { status: 'closed', at: moment.now });
  const isOver = over.record.file !== undefined && (over.record.file.stoppedAt !== undefined || over.record.file.state === 'CLOSED' || over.record.file.state === 'CANCELLED');
  return isOver ? closePages(over, page => ['OWNER', 'PAGE', 'RAISED', 'LOCATED', 'HANDOVER', 'ASKED'].includes(page.kind), { status: 'closed', at: moment.now }) : over;
}
