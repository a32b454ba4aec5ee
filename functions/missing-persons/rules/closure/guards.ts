import { fail } from '../machine/moment.ts';
import type { Failure } from '../terms.ts';

type Interview = 'NONE' | 'DONE' | 'REFUSED' | 'NOT_POSSIBLE' | 'CONTRAINDICATED' | 'SUPERSEDED' | 'NOT_APPLICABLE';

/** What closure asks of a case, said by the parts of the record (2.4). A fact that nobody recorded is false, so that what is missing is a failure and never a pass. */
export interface CloseFacts {
  readonly isSeenConfirmed: boolean;
  readonly isDeceasedConfirmed: boolean;
  readonly isDuplicate: boolean;
  readonly isUnder18: boolean;
  readonly isHigh: boolean;
  readonly isRepeat: boolean;
  readonly hasPublicComplaint: boolean;
  /** From the report to the finding. */
  readonly missingHours: number;
  /** CFG `debrief.hours`. */
  readonly debriefHours: number;
  readonly interview: { readonly outcome: Interview; readonly hasReason: boolean; readonly isApprovedByInspector: boolean; readonly nextCaseId?: string };
  readonly rhi: { readonly isReferralDelivered: boolean; readonly isAcknowledgedByReturningLa: boolean; readonly isOverridden: boolean };
  readonly circulation: 'NONE' | 'REQUESTED' | 'LIVE' | 'CANCEL_DUE' | 'CANCELLED';
  readonly isCancellationConfirmed: boolean;
  readonly publicity: 'NONE' | 'PROPOSED' | 'APPROVED' | 'LIVE' | 'PAUSED' | 'WITHDRAW_DUE' | 'WITHDRAWN';
  /** Channels on which something was published and not taken down. */
  readonly liveChannels: readonly string[];
  readonly alert: 'NONE' | 'CONSIDERED_NO' | 'REQUESTED' | 'ACTIVE' | 'STOOD_DOWN';
  /** Names of those who were told "missing" and not "found". */
  readonly notStoodDown: readonly string[];
  readonly openCommunicationsData: number;
  readonly referrals: { readonly references: number; readonly noneIdentifiedBy?: string };
  readonly isDisposalDecided: boolean;
  readonly isLocationConsentRecorded: boolean;
  readonly isTriggerPlanReviewed: boolean;
  readonly isDebriefDone: boolean;
  readonly retentionClass?: string;
  readonly hasOutcome: boolean;
  /** Titles of open tasks with `blocksClose` (I5; P09 is one, P13 is not: 15.2 item 23). */
  readonly blockingTasks: readonly string[];
  readonly isTransferPending: boolean;
}

export interface CloseGuard {
  readonly id: string; readonly why: string; readonly isMet: (facts: CloseFacts) => boolean; readonly source: string;
  /** What is still left of it, by name, in a sentence of its own. */
  readonly left?: (facts: CloseFacts) => string[];
}

const withReason: readonly Interview[] = ['REFUSED', 'NOT_POSSIBLE', 'CONTRAINDICATED'];
const isAlive = ({ isDeceasedConfirmed, isDuplicate }: CloseFacts): boolean => !isDeceasedConfirmed && !isDuplicate;

const named = (what: string, names: readonly string[]): string[] => (names.length > 0 ? [`${what}: ${names.join(', ')}.`] : []);

/** Is a debrief due before closure: HIGH, longer than CFG `debrief.hours`, died, or a complaint of the public (2.4). */
export function needsDebrief({ isHigh, missingHours, debriefHours, isDeceasedConfirmed, hasPublicComplaint }: Pick<CloseFacts, 'isHigh' | 'missingHours' | 'debriefHours' | 'isDeceasedConfirmed' | 'hasPublicComplaint'>): boolean {
  return isHigh || missingHours > debriefHours || isDeceasedConfirmed || hasPublicComplaint;
}

function isInterviewMet(facts: CloseFacts): boolean {
  const { outcome, hasReason, isApprovedByInspector, nextCaseId } = facts.interview;
  if (!isAlive(facts) || outcome === 'DONE') return true;
  // 15.1 item 7: the person went missing again before it was held, and its questions go to the next case.
  if (outcome === 'SUPERSEDED') return nextCaseId !== undefined;
  return withReason.includes(outcome) && hasReason && isApprovedByInspector;
}

/** Guards of closure, all of which must be true (2.4, with 15.1 items 7, 14 and 21 and 15.2 item 23). */
export const closeGuards: readonly CloseGuard[] = [
  { id: 'G01', why: 'Nobody has confirmed that the person was seen, that they died, or that this is a duplicate.', isMet: facts => facts.isSeenConfirmed || facts.isDeceasedConfirmed || facts.isDuplicate, source: 'DK' },
  { id: 'G02', why: 'The prevention interview is not done. If it was refused, not possible or would harm a crime interview, record the reason and have an inspector approve it.', isMet: isInterviewMet, source: 'S34,S35,DES' },
  { id: 'G03', why: 'The referral for the return home interview has not been delivered to the local authority.', isMet: facts => !facts.isUnder18 || !isAlive(facts) || facts.rhi.isReferralDelivered, source: 'S36' },
  { id: 'G04', why: 'The local authority to whose area the child returned has not acknowledged the referral. A log of a telephone call will do; an inspector may override after 72 hours with a reason.', isMet: facts => !facts.isUnder18 || !isAlive(facts) || facts.rhi.isAcknowledgedByReturningLa || facts.rhi.isOverridden, source: 'S36,DES' },
  { id: 'G05', why: 'The PNC report has not been cancelled and confirmed.', isMet: facts => facts.circulation === 'NONE' || (facts.circulation === 'CANCELLED' && facts.isCancellationConfirmed), source: 'DK' },
  { id: 'G06', why: 'Publicity has not been withdrawn on every channel that is listed.', isMet: facts => facts.liveChannels.length === 0 && (facts.publicity === 'NONE' || facts.publicity === 'WITHDRAWN'), left: ({ liveChannels }) => named('Still live', liveChannels), source: 'S80,S81' },
  { id: 'G07', why: 'The child rescue alert has not been stood down.', isMet: facts => facts.alert !== 'REQUESTED' && facts.alert !== 'ACTIVE', source: 'S59' },
  { id: 'G08', why: 'Somebody who was told that the person is missing has not been told that they are found.', isMet: facts => facts.notStoodDown.length === 0, left: ({ notStoodDown }) => named('Still to tell', notStoodDown), source: 'DES' },
  { id: 'G09', why: 'A request for communications data is neither cancelled nor completed.', isMet: facts => facts.openCommunicationsData === 0, source: 'DK' },
  { id: 'G10', why: 'Raise the referrals for crime, exploitation (NRM) and safeguarding, or tick by name that none was identified.', isMet: ({ referrals }) => referrals.references > 0 || (referrals.noneIdentifiedBy ?? '').trim() !== '', source: 'S45,DK' },
  { id: 'G11', why: 'Decide what becomes of what was taken: photographs, telephones, DNA.', isMet: facts => facts.isDisposalDecided, source: 'S50' },
  { id: 'G12', why: 'Record whether the adult agrees that their location is told.', isMet: facts => facts.isUnder18 || !isAlive(facts) || facts.isLocationConsentRecorded, source: 'S18,S19' },
  { id: 'G13', why: 'Review the trigger plan: the person has gone missing repeatedly.', isMet: facts => !facts.isRepeat || !isAlive(facts) || facts.isTriggerPlanReviewed, source: 'DES' },
  { id: 'G14', why: 'The debrief is not done. It is due at HIGH, after a long absence, after a death and after a complaint.', isMet: facts => !needsDebrief(facts) || facts.isDebriefDone, source: 'DK' },
  { id: 'G15', why: 'Set the retention class.', isMet: facts => facts.retentionClass !== undefined, source: 'DK' },
  { id: 'G16', why: 'Record the outcome: where, by whom and in what condition the person was found.', isMet: facts => facts.hasOutcome, source: 'S95' },
  { id: 'G17', why: 'A transfer to another force has not been answered.', isMet: facts => !facts.isTransferPending, source: 'S58' },
];

/** Everything that keeps a case from being closed, each in a sentence of its own (3.11 CLOSE_GUARD with its list); empty when it may be. */
export function closeFailures(facts: CloseFacts): Failure[] {
  const guards = closeGuards.filter(({ isMet }) => !isMet(facts)).map(({ id, why, left }) => fail('CLOSE_GUARD', `2.4 ${id}`, [why, ...(left?.(facts) ?? [])].join(' ')));
  return [...guards, ...facts.blockingTasks.map(title => fail('CLOSE_GUARD', 'I5', `Still to be done: ${title}.`))];
}
