import type { MissingRecord } from '../../state.ts';
import { closeFailures, type CloseFacts } from '../closure/guards.ts';
import { fail, unless } from '../machine/moment.ts';
import { openStandDowns, toldMissing } from '../notices/standDown.ts';
import { openCommsData } from '../regions/enquiry.ts';
import { channelsUp } from '../regions/publicity.ts';
import { blockingClosure, blockingSuspension } from '../tasks/ending.ts';
import type { Task } from '../tasks/task.ts';
import type { TemplateId } from '../tasks/template.ts';
import { templateOf } from '../tasks/templates.ts';
import type { Failure } from '../terms.ts';
import { isUnder18, levelOf } from './about.ts';
import { regionsOf } from './regionSlices.ts';
import type { Moment } from './step.ts';

type Tasks = readonly Task[];
type Regions = ReturnType<typeof regionsOf>;

/** The latest task of a template that counts. */
const latest = (tasks: Tasks, templateId: TemplateId): Task | undefined => tasks.findLast(item => item.templateId === templateId && item.voidedAt === undefined);
const isDone = (tasks: Tasks, templateId: TemplateId): boolean => latest(tasks, templateId)?.state === 'DONE';

/** What closure asks of a record (2.4). What nobody recorded is false, so that it is a failure and never a pass. */
function closeFactsOf(record: MissingRecord, { now, settings }: Pick<Moment, 'now' | 'settings'>): CloseFacts {
  const { file, tasks, clocks } = record;
  const regions = regionsOf(record);
  return {
    ...recordedOf(record), isSeenConfirmed: file?.verification?.confirmedBy !== undefined, isDeceasedConfirmed: file?.deceased?.confirmedAt !== undefined, isDuplicate: false, isUnder18: isUnder18(record, now, settings), isHigh: levelOf(record) === 'HIGH',
    isRepeat: record.triggers.some(({ trigger }) => trigger === 'REPEAT'),
    missingHours: (Date.parse(clocks.verified ?? now) - Date.parse(clocks.reported)) / 3_600_000, debriefHours: settings.debriefHours, interview: interviewOf(tasks), rhi: rhiOf(tasks, regions), ...circulationOf(tasks, regions), ...outside(record, regions),
    referrals: referralsOf(tasks), isLocationConsentRecorded: regions.disclosure.adult.length > 0, isTriggerPlanReviewed: isDone(tasks, 'P12'),
    isDebriefDone: isDone(tasks, 'P11') || isDone(tasks, 'D04'),
    blockingTasks: blockingClosure(tasks).map(({ title }) => title),
  };
}

/** What `RecordOutcome` wrote down. */
function recordedOf({ closure, tasks }: MissingRecord) {
  return {
    hasPublicComplaint: closure?.hasPublicComplaint === true, hasOutcome: closure?.outcome !== undefined, isDisposalDecided: closure?.disposal !== undefined || isDone(tasks, 'P10'),
    ...(closure?.retentionClass !== undefined && { retentionClass: closure.retentionClass }),
  };
}

/** Whoever was told outside, and what runs there. */
function outside({ notices }: MissingRecord, { publicity, alert, enquiries, transfer }: Regions) {
  const told = [...toldMissing(notices), ...openStandDowns(notices)].map(({ recipientId }) => recipientId);
  return { publicity: publicity.state, liveChannels: channelsUp(publicity), alert: alert.state, notStoodDown: [...new Set(told)], openCommunicationsData: openCommsData(enquiries).length, isTransferPending: transfer.state === 'OFFERED' };
}

/** P01 was answered, or an inspector agreed that it does not apply (15.2 item 34). */
function interviewOf(tasks: Tasks): CloseFacts['interview'] {
  const task = latest(tasks, 'P01');
  const isApprovedByInspector = task?.naApprovedBy !== undefined;
  if (task?.state === 'NOT_APPLICABLE') return { outcome: isApprovedByInspector ? 'NOT_POSSIBLE' : 'NONE', hasReason: task.naReason !== undefined, isApprovedByInspector };
  if (task?.state !== 'DONE' || task.evidence?.kind !== 'PREVENTION_INTERVIEW') return { outcome: 'NONE', hasReason: false, isApprovedByInspector: false };
  const { outcome, reason, nextCaseId } = task.evidence;
  return { outcome, hasReason: reason !== undefined, isApprovedByInspector, ...(nextCaseId !== undefined && { nextCaseId }) };
}

/** A council that says how the interview went knows of it (P07). */
function rhiOf(tasks: Tasks, { rhi }: Regions): CloseFacts['rhi'] {
  const referral = latest(tasks, 'P06');
  const told = referral?.state === 'DONE' && referral.evidence?.kind === 'RHI_REFERRAL' ? referral.evidence : undefined;
  const answer = tasks.findLast(({ templateId, state, voidedAt }) => templateId === 'P07' && state === 'DONE' && voidedAt === undefined)?.evidence;
  const isAnswered = answer?.kind === 'RHI_OUTCOME' && answer.outcome !== 'PENDING';
  return {
    isReferralDelivered: told !== undefined || rhi.referrals.length > 0, isOverridden: rhi.override !== undefined,
    isAcknowledgedByReturningLa: told?.acknowledgement !== undefined || isAnswered || !['NOT_REQUIRED', 'REFERRED'].includes(rhi.state),
  };
}

/** The region where it was used, else the tasks A10 and P03. */
function circulationOf(tasks: Tasks, { circulation }: Regions): Pick<CloseFacts, 'circulation' | 'isCancellationConfirmed'> {
  if (circulation.state !== 'NONE') return { circulation: circulation.state, isCancellationConfirmed: circulation.cancelReference !== undefined };
  const isCancelled = isDone(tasks, 'P03');
  return { circulation: !isDone(tasks, 'A10') ? 'NONE' : isCancelled ? 'CANCELLED' : 'CANCEL_DUE', isCancellationConfirmed: isCancelled };
}

function referralsOf(tasks: Tasks): CloseFacts['referrals'] {
  const given = latest(tasks, 'P09')?.evidence;
  if (given?.kind !== 'REFERRALS') return { references: 0 };
  return { references: given.references.length, ...(given.noneIdentifiedBy !== undefined && { noneIdentifiedBy: given.noneIdentifiedBy }) };
}

/** Everything that keeps the case open (2.4, I5). */
export function whyNotClosed(record: MissingRecord, moment: Pick<Moment, 'now' | 'settings'>): Failure[] {
  return closeFailures(closeFactsOf(record, moment));
}

/** C14 (15.2 item 33): what is still to be done, and what a case must have before nobody works on it any more. */
export function whyNotSuspended(record: MissingRecord): Failure[] {
  const { tasks } = record;
  const { circulation, biometrics, contacts } = regionsOf(record);
  const done = tasks.filter(({ state, voidedAt }) => state === 'DONE' && voidedAt === undefined);
  const isUkmpuTold = done.some(({ templateId }) => templateOf(templateId).duty === 'UKMPU');
  const isHeld = biometrics.length > 0 || done.some(({ templateId, evidence }) => templateId === 'H13' || (templateId === 'X11' && evidence?.kind === 'CHECKLIST' && evidence.items.some(({ item }) => item === 'BIOMETRICS')));
  const isFamilyTold = contacts.contacts.some(({ channel }) => channel === 'IN_PERSON') || done.some(({ templateId, evidence }) => templateId === 'A15' && evidence?.kind === 'CONTACT' && evidence.channel === 'IN_PERSON');
  return [
    ...blockingSuspension(tasks).map(task => fail('GUARD_UNMET', 'C14', `Still to be done: ${task.title}.`)),
    ...unless(isUkmpuTold, 'GUARD_UNMET', 'C14', 'The UK Missing Persons Unit has not been told.'),
    ...unless(circulation.state === 'LIVE' || (circulation.state === 'NONE' && isDone(tasks, 'A10')), 'GUARD_UNMET', 'C14', 'The circulation on PNC is not live.'),
    ...unless(isHeld, 'GUARD_UNMET', 'C14', 'DNA, dental records and fingerprints are neither recorded nor is there a reason why not.'),
    ...unless(isFamilyTold, 'GUARD_UNMET', 'C14', 'The family has not been told in person.'),
  ];
}
