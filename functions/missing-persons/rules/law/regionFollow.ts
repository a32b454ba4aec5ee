import type { MissingRecord } from '../../state.ts';
import { checkRelease } from '../notices/hold.ts';
import { isFailed } from '../machine/moment.ts';
import { needsStandDown } from '../regions/alert.ts';
import { decideCirculation } from '../regions/circulation.ts';
import { decideEnquiry, openCommsData } from '../regions/enquiry.ts';
import { isPending } from '../regions/enquirySlice.ts';
import { decidePublicity } from '../regions/publicity.ts';
import { systemAt, type RegionAnswer } from '../regions/region.ts';
import { decideRhi } from '../regions/rhi.ts';
import { isGateOpen } from '../tasks/gates.ts';
import { isMissing, isUnder18, flagsOf } from './about.ts';
import { publicityFacts } from './outwardActs.ts';
import { ownershipFollows } from './ownership.ts';
import { transferredOut } from './handoverActs.ts';
import { rhiFacts } from './returnActs.ts';
import { regionsOf, type RegionSlices } from './regionSlices.ts';
import { taken } from './regionWants.ts';
import { change, owe, peopleOf, raise, type Moment, type Step } from './step.ts';

/**
 * What a move of the case does to the regions beside it (2.5): found, dead or cancelled, everything that is outside must come in; a body pauses the appeal; a mistaken verification puts back what can be.
 * The system asks, pauses and reminds; taking down, cancelling and standing down are acts of people (I10). Doing it twice changes nothing.
 */
export function regionFollow(before: MissingRecord | undefined, step: Step, moment: Moment): Step {
  const { file } = step.record;
  if (!file) return step;
  const owned = transferredOut(before, ownershipFollows(step, moment), moment);
  const was = before?.file;
  if (file.stoppedAt !== undefined && file.stoppedAt !== was?.stoppedAt) return ended(owned, moment);
  if (isMissing(step.record) && was?.stoppedAt !== undefined) return missingAgain(owned, moment);
  return file.state === 'DECEASED_PENDING_ID' && was?.state !== file.state ? publicityStep(owned, { do: 'PausePublicity' }, moment) : owned;
}

/** A step of a region that the system takes; where it makes no sense nothing happens. */
function bySystem<Slice>(step: Step, answer: RegionAnswer<Slice>, set: (slice: Slice) => Partial<RegionSlices>, moment: Moment): Step {
  return isFailed(answer) ? step : taken(step, set(answer.slice), answer, moment);
}

function publicityStep(step: Step, command: Parameters<typeof decidePublicity>[1], moment: Moment): Step {
  return bySystem(step, decidePublicity(regionsOf(step.record).publicity, command, publicityFacts(step.record, moment), systemAt(moment.now)), publicity => ({ publicity }), moment);
}

function circulationStep(step: Step, command: 'RequireCancellation' | 'ReinstateCirculation', moment: Moment): Step {
  return bySystem(step, decideCirculation(regionsOf(step.record).circulation, { do: command }, { isMissing: isMissing(step.record) }, systemAt(moment.now)), circulation => ({ circulation }), moment);
}

/** C8, C11, C17. */
function ended(step: Step, moment: Moment): Step {
  const why = step.record.file?.state === 'CANCELLED' ? 'the case was cancelled' : step.record.file?.deceased?.confirmedAt === undefined ? 'the person was found' : 'the death was confirmed';
  const withdrawn = circulationStep(publicityStep(step, { do: 'RequireWithdrawal', why }, moment), 'RequireCancellation', moment);
  return interview(alertDown(liveLinksEnded(commsDown(withdrawn, moment)), moment), moment);
}

/** CD_SPOC is asked to cancel what is open. */
function commsDown(step: Step, moment: Moment): Step {
  const { enquiries } = regionsOf(step.record);
  if (openCommsData(enquiries).length === 0) return step;
  const facts = { isUnder18: isUnder18(step.record, moment.now, moment.settings), flags: flagsOf(step.record), isMissing: false };
  return bySystem(step, decideEnquiry(enquiries, { do: 'RequireCdCancellation' }, facts, systemAt(moment.now)), next => ({ enquiries: next }), moment);
}

/** A link that has not been asked for never is, as a message of the outbox that is purged (15.1 item 13); the other room is told to stop one that has been. */
function liveLinksEnded(step: Step): Step {
  const { regions, owed } = step.record;
  if (!regions?.enquiries) return step;
  const enquiries = regions.enquiries.enquiries.map(item => (item.type === 'LIVE_LINK' && isPending(item) ? { ...item, state: 'CANCELLED' as const, endReason: 'The person is not missing any more.' } : item));
  const asked = regions.enquiries.enquiries.filter(item => item.type === 'LIVE_LINK' && isPending(item) && item.liveLinkAskedAt !== undefined);
  const ended = change(step, { regions: { ...regions, enquiries: { enquiries } }, owed: owed.filter(({ kind, how }) => kind !== 'live-link' || how === 'STOP') });
  return asked.reduce((so, { id }) => owe(so, 'live-link', id, 'STOP'), ended);
}

function alertDown(step: Step, { now, people }: Moment): Step {
  if (!needsStandDown(regionsOf(step.record).alert)) return step;
  return raise(step, now, { kind: 'STAND_DOWN', to: peopleOf(['INSP', 'DI_SIO'], step.record, people), title: 'Stand the Child Rescue Alert down', about: 'alert-stand-down', isUrgent: true });
}

/** P06: the clocks of the interview run from the return (15.1 item 21). After a death there is none (15.1 item 14). */
function interview(step: Step, moment: Moment): Step {
  const { file, clocks } = step.record;
  const isAlive = file?.state !== 'CANCELLED' && file?.deceased?.confirmedAt === undefined;
  const command = isAlive ? { do: 'RequireRHI', verifiedAt: clocks.verified ?? moment.now, ...(clocks.returned !== undefined && { returnedAt: clocks.returned }) } as const : { do: 'DropRHI', reason: 'DECEASED' } as const;
  const { rhi } = regionsOf(step.record);
  if (!isAlive && rhi.required === undefined) return step;
  return bySystem(step, decideRhi(rhi, command, rhiFacts(step.record, moment), systemAt(moment.now)), next => ({ rhi: next }), moment);
}

/** C20, C22: an appeal that was to come down needs a new decision; the circulation that nobody has cancelled yet goes on; no interview. */
function missingAgain(step: Step, moment: Moment): Step {
  const again = circulationStep(step, 'ReinstateCirculation', moment);
  const { rhi } = regionsOf(again.record);
  return rhi.required === undefined ? again : bySystem(again, decideRhi(rhi, { do: 'DropRHI', reason: 'VERIFICATION_WITHDRAWN' }, rhiFacts(again.record, moment), systemAt(moment.now)), next => ({ rhi: next }), moment);
}

/** C12: the appeal goes on once the family has been told that it is somebody else (15.1 item 13, S15). */
export function publicityResumed(step: Step, moment: Moment): Step {
  const { file, tasks } = step.record;
  const isRefuted = file?.deceased?.refutedAt !== undefined && isMissing(step.record);
  const isTold = isGateOpen(tasks, ['D02'], undefined) || checkRelease(file?.deceased?.familyToldAt, moment.now).length === 0;
  return isRefuted && isTold && regionsOf(step.record).publicity.state === 'PAUSED' ? publicityStep(step, { do: 'ResumePublicity' }, moment) : step;
}
