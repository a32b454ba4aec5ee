import { describe, expect, it } from '@jest/globals';
import { checkClosure } from '../../../functions/missing-persons/rules/closure/check.ts';
import { closeFailures, type CloseFacts } from '../../../functions/missing-persons/rules/closure/guards.ts';
import { deletionFailures, reviewRrdAt, retentionSettings } from '../../../functions/missing-persons/rules/closure/retention.ts';
import { distanceKm } from '../../../functions/missing-persons/rules/closure/outcome.ts';

const ready: CloseFacts = {
  isSeenConfirmed: true, isDeceasedConfirmed: false, isDuplicate: false, isUnder18: true, isHigh: true, isRepeat: true, hasPublicComplaint: false, missingHours: 5, debriefHours: 72,
  interview: { outcome: 'DONE', hasReason: false, isApprovedByInspector: false }, rhi: { isReferralDelivered: true, isAcknowledgedByReturningLa: true, isOverridden: false }, circulation: 'CANCELLED', isCancellationConfirmed: true,
  publicity: 'WITHDRAWN', liveChannels: [], alert: 'STOOD_DOWN', notStoodDown: [], openCommunicationsData: 0, referrals: { references: 1 }, isDisposalDecided: true, isLocationConsentRecorded: false, isTriggerPlanReviewed: true, isDebriefDone: true,
  retentionClass: 'CLOSED_CHILD', hasOutcome: true, blockingTasks: [], isTransferPending: false,
};
const broken: readonly (readonly [string, Partial<CloseFacts>])[] = [
  ['2.4 G01', { isSeenConfirmed: false }], ['2.4 G02', { interview: { outcome: 'REFUSED', hasReason: true, isApprovedByInspector: false } }], ['2.4 G03', { rhi: { ...ready.rhi, isReferralDelivered: false } }], ['2.4 G04', { rhi: { ...ready.rhi, isAcknowledgedByReturningLa: false } }],
  ['2.4 G05', { circulation: 'CANCEL_DUE' }], ['2.4 G06', { liveChannels: ['force website'] }], ['2.4 G07', { alert: 'ACTIVE' }], ['2.4 G08', { notStoodDown: ['Halton'] }], ['2.4 G09', { openCommunicationsData: 1 }], ['2.4 G10', { referrals: { references: 0 } }],
  ['2.4 G11', { isDisposalDecided: false }], ['2.4 G12', { isUnder18: false }], ['2.4 G13', { isTriggerPlanReviewed: false }], ['2.4 G14', { isDebriefDone: false }], ['2.4 G16', { hasOutcome: false }], ['2.4 G17', { isTransferPending: true }], ['I5', { blockingTasks: ['Cancel PNC'] }],
];

describe('closure (2.4)', () => {
  it('has no faults and lets a case close of which everything is done', () => expect([...checkClosure(), ...closeFailures(ready)]).toEqual([]));
  it.each(broken)('%s keeps it open, alone', (rule, facts) => expect(closeFailures({ ...ready, ...facts }).map(item => [item.code, item.rule])).toEqual([['CLOSE_GUARD', rule]]));
  it('lists every failure (S14)', () => expect(closeFailures({ ...ready, isDebriefDone: false, alert: 'ACTIVE', blockingTasks: ['Cancel PNC'] })).toHaveLength(3));
  it('15.1 item 7: a superseded interview needs the next case', () => {
    const at = (nextCaseId?: string) => closeFailures({ ...ready, interview: { outcome: 'SUPERSEDED', hasReason: false, isApprovedByInspector: false, ...(nextCaseId !== undefined && { nextCaseId }) } }).length;
    expect([at(), at('case-2')]).toEqual([1, 0]);
  });
  it('3.10: a child until 25, and a legal hold stops a deletion', () => {
    const at = reviewRrdAt({ isClosed: true, isUnder18: true, isExploited: false, isDeceased: false }, { reportedAt: '2026-01-01T00:00:00.000Z', closedAt: '2026-01-03T00:00:00.000Z', bornOn: '2012-06-01' }, retentionSettings.parse({}));
    expect(at.slice(0, 4)).toBe('2037');
    const facts = { class: 'CLOSED_CHILD', rrdAt: at, hasLegalHold: true, proposedBy: 'r', holdings: { publicityCopies: [], samples: 0 } } as const;
    expect(deletionFailures(facts, { by: 'd', roles: ['DPO'], now: '2040-01-01T00:00:00.000Z' })).toHaveLength(1);
  });
  it('S03: 900 m is 0.9 km', () => expect(distanceKm({ lat: 53.19, lon: -2.89 }, { lat: 53.1981, lon: -2.89 })).toBe(0.9));
});
