import { decideReport, receivedReport, type ReportCommand, type ReportFacts, type ReportMoved, type ReportSlice } from '../../../../functions/missing-persons/rules/machine/report.ts';
import { isFailed, type Actor } from '../../../../functions/missing-persons/rules/machine/moment.ts';
import type { Failure, ReportState } from '../../../../functions/missing-persons/rules/terms.ts';
import { after, canary, now } from './world.ts';

export const facts: ReportFacts = { unanswered: [], floor: 'MEDIUM', floorWhy: 'Rule F3: Under 18 is at least MEDIUM.', isUnder18: false, hasFlag: false, rcrpFailures: [], isOtherOpen: true };

/** A command of each name that its guards let pass. */
export const reportCommands: { readonly [N in ReportCommand['do']]: Extract<ReportCommand, { readonly do: N }> } = {
  ScreenReport: { do: 'ScreenReport', thrive: canary, level: 'MEDIUM', matchesSeen: ['match-1'] }, AcceptReport: { do: 'AcceptReport' },
  RedirectReport: { do: 'RedirectReport', redirect: { agency: canary, acceptedBy: canary, acceptedAt: now, advice: canary, callBackAt: after(60) } }, RecordConcern: { do: 'RecordConcern', concern: { address: canary, reason: canary } },
  MarkDuplicate: { do: 'MarkDuplicate', of: 'MP-9', confirmed: true }, WithdrawReport: { do: 'WithdrawReport', withdrawn: { who: canary, how: canary, where: canary, policeNeedToSee: false }, isCallBackVerified: true },
  ProposeReject: { do: 'ProposeReject', reason: canary }, RejectReport: { do: 'RejectReport' }, RescreenReport: { do: 'RescreenReport', reason: canary }, ResolveSafe: { do: 'ResolveSafe', seenBy: canary, at: after(-1) },
};

export function reportAt(state: ReportState, set: Partial<ReportSlice> = {}): ReportSlice {
  const received = receivedReport({ source: 'CALL_HANDLER', reportedAt: after(-20), receivedAt: after(-15), by: 'handler', ownerUserId: 'handler', flaggedFields: [] });
  return { ...received, state, rejection: { proposedBy: 'proposer', proposedAt: after(-10), reason: canary }, ...set };
}

export function decideOn(slice: ReportSlice, command: ReportCommand, who: Actor, change: Partial<ReportFacts> = {}): ReportMoved | readonly Failure[] {
  return decideReport(slice, command, { ...facts, ...change }, who);
}

export function reportOf(result: ReportMoved | readonly Failure[]): ReportSlice {
  if (isFailed(result)) throw new Error(JSON.stringify(result));
  return result.report;
}
