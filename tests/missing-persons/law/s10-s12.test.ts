import { describe, expect, it } from '@jest/globals';
import { triggerPlan } from '../../../functions/missing-persons/rules/intake/triggerPlan.ts';
import { previousReturns } from '../../../functions/missing-persons/rules/person/repeats.ts';
import { partKeys } from '../../../functions/missing-persons/state.ts';
import { Desk } from './desk.ts';
import { adult, confirmed } from './support.ts';

describe('S10 cancelled report', () => {
  const shed = { do: 'WithdrawReport', who: 'The mother', how: 'Rang back on the number of the report', where: 'In the shed', policeNeedToSee: true, isCallBackVerified: true } as const;

  function calledOff(age: string): Desk {
    const desk = new Desk('2026-06-10T15:00:00.000Z');
    desk.call({ ...adult, age, informantRelation: 'Mother', worries: 'Not back from school, nobody has seen him' });
    desk.to('2026-06-10T15:06:00.000Z');
    return desk;
  }

  it('S10 a child is not withdrawn: the call becomes a case that is reported found, assessed at the floor by the force incident manager', () => {
    const desk = calledOff('12');
    expect(desk.act(shed, 'cora')).toBe('ROLE_DENIED');
    desk.must(shed, 'fred');
    expect([desk.state, desk.record.report.state, desk.record.file?.cameFrom]).toEqual(['LOCATED_UNVERIFIED', 'ACCEPTED', 'OPEN_UNCONFIRMED']);
    expect(desk.record.risk?.assessments[0]).toMatchObject({ seq: 1, level: 'MEDIUM', byUser: 'fred', changeType: 'INITIAL' });
    // The call is kept to the letter, and so is when it came.
    const raw = desk.current?.parts[partKeys.raw];
    expect([raw?.kind === 'raw' && raw.text.includes('Not back from school'), desk.facts[0]?.what, desk.facts[0]?.at, desk.record.clocks.reported]).toEqual([true, 'ReportReceived', '2026-06-10T15:00:00.000Z', '2026-06-10T15:00:00.000Z']);
    // An open case has its review from the first instant (I1): the sergeant looks within 4 h at MEDIUM.
    expect(desk.record.nextReviewAt).toBe('2026-06-10T19:06:00.000Z');
  });

  it('S10 an officer sees him: prevention interview and referral are asked for all the same, and nobody is stood down who was never told', () => {
    const desk = calledOff('12');
    desk.must(shed, 'fred');
    desk.to('2026-06-10T15:40:00.000Z');
    desk.must({ do: 'VerifyLocated', method: 'SEEN_BY_POLICE', identityCheck: 'By his mother and school card', wellBeing: 'WELL', locatedAt: '2026-06-10T15:06:00.000Z', place: 'In the shed', condition: 'Well', returnedAt: '2026-06-10T15:06:00.000Z', returnPlace: 'HOME' }, 'abby');
    expect([desk.state, desk.task('P01').state, desk.task('P06').dueAt, desk.task('P07').dueAt]).toEqual(['RETURN_ACTIONS', 'TODO', '2026-06-10T19:06:00.000Z', '2026-06-13T15:06:00.000Z']);
    expect(desk.record.notices).toEqual([]);
    expect(desk.facts.filter(({ what }) => what === 'StandDownQueued')).toEqual([]);
  });

  it('S10 not in the shed after all: C7 leads to OPEN_UNCONFIRMED, and the search begins', () => {
    const desk = calledOff('12');
    desk.must(shed, 'fred');
    desk.must({ do: 'RefuteLocated', reason: 'It was his brother in the shed.', isRefuted: true }, 'sita');
    expect([desk.state, desk.task('M01').state]).toEqual(['OPEN_UNCONFIRMED', 'TODO']);
    expect(desk.record.reviews.filter(({ state }) => state === 'OPEN').map(({ type }) => type)).toEqual(expect.arrayContaining(['MEDIUM_SGT', 'MEDIUM_INSP', 'LADDER']));
    expect(desk.record.nextReviewAt).toBe('2026-06-10T21:00:00.000Z');
  });

  it('S10 an adult of whom nothing is flagged is withdrawn', () => {
    const desk = calledOff('30');
    desk.answers();
    desk.must(shed, 'fred');
    expect([desk.state, desk.record.file]).toEqual(['WITHDRAWN', undefined]);
    expect(desk.record.nextReviewAt).toBeUndefined();
  });

  it('S10 a duplicate of an open case goes by R6: what is new is owed to that case', () => {
    const desk = calledOff('12');
    expect(desk.act({ do: 'MarkDuplicate', of: 'abcdefghijklmnopqrstuvwx23', confirmed: true }, 'cora')).toBe('GUARD_UNMET');
    desk.looked = { isOtherOpen: true };
    desk.must({ do: 'MarkDuplicate', of: 'abcdefghijklmnopqrstuvwx23', confirmed: true }, 'cora');
    expect([desk.state, desk.record.report.duplicateOf]).toEqual(['DUPLICATE', 'abcdefghijklmnopqrstuvwx23']);
    expect(desk.facts.map(({ what }) => what)).toContain('MarkDuplicate');
  });
});

describe('S12 repeat missing', () => {
  /** Wed 24 March 2027; Good Friday is the 26th, Easter Monday the 29th. */
  const reportedAt = '2027-03-24T20:00:00.000Z';
  const earlier = (caseRef: string, on: string, harm?: string) => ({ caseRef, reportedAt: `${on}T20:00:00.000Z`, returnedAt: `${on}T23:00:00.000Z`, foundWhere: 'Crewe', withWhom: 'Lee Sample', ...(harm !== undefined && { harm }) });
  const plan = triggerPlan.parse({
    id: 'plan-1', personId: 'record-zero', version: 2, state: 'AGREED', places: [], contacts: [], agreedWith: ['Halton'], agreedOn: '2027-02-20', reviewOn: '2027-08-20', writtenBy: 'mo', writtenAt: '2027-02-20T10:00:00.000Z',
    firstActions: ['Ring her brother', 'Look at the skate park', 'Ask the shop in Crewe', 'Ring the social worker', 'Check the bus', 'A sixth that stays in the plan'].map(text => ({ text, ownerRole: 'OIC', withinMinutes: 60 })),
  });

  function third(previous = [earlier('MP/CHS/2027/000010', '2027-02-10'), earlier('MP/CHS/2027/000002', '2027-01-21')]): Desk {
    const desk = new Desk(reportedAt);
    desk.care({ givenName: 'Ella', familyName: 'Example', age: '15', lastSeenPlace: 'Sample House', lastSeenUnknown: 'yes', lastSeenReason: 'Not back', informantName: 'Sam Carer', informantPhone: '01632 960001', worries: 'Not back, third time since January' });
    desk.answers();
    desk.looked = { previous, triggerPlan: plan, personId: 'record-zero' };
    desk.must({ do: 'ScreenReport', thrive: 'As before.', level: 'MEDIUM', matchesSeen: [] }, 'cora');
    desk.must({ do: 'AcceptReport', rationale: 'A child in care, missing for the third time in 62 days.' }, 'cora');
    return desk;
  }

  it('S12 the agreed first actions are tasks 1 to 5 of the new case', () => {
    const desk = third();
    const tasks = desk.record.tasks.filter(({ templateId }) => templateId === 'TP');
    expect(tasks.map(({ taskId, title, priority, dueAt, ownerUserId }) => [taskId, title, priority, dueAt, ownerUserId])).toEqual([
      ['TP:plan-1-1', 'Ring her brother'], ['TP:plan-1-2', 'Look at the skate park'], ['TP:plan-1-3', 'Ask the shop in Crewe'], ['TP:plan-1-4', 'Ring the social worker'], ['TP:plan-1-5', 'Check the bus'],
    ].map(row => [...row, 1, '2027-03-24T21:00:00.000Z', 'oscar']));
    expect(desk.record.tasks.filter(({ templateId, priority }) => templateId !== 'TP' && priority <= 1)).toEqual([]);
    expect(desk.record.personId).toBe('record-zero');
  });

  it('S12 the banner shows where, with whom and whether harmed; the same associate stands out', () => {
    const banner = previousReturns(third().record.previous);
    expect(banner.lines.map(({ caseRef, where, withWhom }) => [caseRef, where, withWhom])).toEqual([['MP/CHS/2027/000010', 'Crewe', 'Lee Sample'], ['MP/CHS/2027/000002', 'Crewe', 'Lee Sample']]);
    expect([banner.hadHarmLast, banner.again]).toEqual([false, ['lee sample']]);
  });

  it('S12 the third in 62 days reaches the threshold: the meeting is due in five working days, over Good Friday and Easter Monday', () => {
    const desk = third();
    expect([desk.record.triggers.filter(({ trigger }) => trigger === 'REPEAT').length, desk.task('X13').dueAt, desk.task('X13').ownerUserId]).toEqual([1, '2027-04-02T16:00:00.000Z', 'mo']);
    const second = third([earlier('MP/CHS/2027/000002', '2027-01-21')]);
    expect([second.record.triggers.some(({ trigger }) => trigger === 'REPEAT'), second.record.tasks.some(({ templateId }) => templateId === 'X13')]).toEqual([false, false]);
  });

  it.each([['2026-12-24', true], ['2026-12-23', false]])('S12 days are counted inclusive: with one on %s it is a repeat: %s', (on, isRepeat) => {
    const desk = third([earlier('MP/CHS/2027/000010', '2027-02-10'), earlier('MP/CHS/2026/000099', on)]);
    expect(desk.record.triggers.some(({ trigger }) => trigger === 'REPEAT')).toBe(isRepeat);
  });

  it('S12 each episode is assessed afresh; harm the last time asks for one level more (F9)', () => {
    const desk = third();
    expect([desk.record.risk?.assessments.map(({ seq, changeType }) => [seq, changeType]), desk.record.risk?.floor.rules.map(({ rule }) => rule)]).toEqual([[[1, 'INITIAL']], ['F3']]);
    const harmed = third([earlier('MP/CHS/2027/000010', '2027-02-10', 'Assaulted'), earlier('MP/CHS/2027/000002', '2027-01-21')]);
    expect(harmed.record.risk?.floor.rules.map(({ rule }) => rule)).toEqual(['F3', 'F9']);
    const long = third([earlier('MP/CHS/2027/000010', '2027-02-10'), earlier('MP/CHS/2027/000002', '2027-01-21', 'Assaulted')]);
    expect(long.record.risk?.floor.rules.map(({ rule }) => rule)).toEqual(['F3']);
  });

  it('S12 after the return the plan is reviewed in five working days', () => {
    const desk = third();
    desk.must({ do: 'AcknowledgeOwner' }, 'fred');
    confirmed(desk, 'MEDIUM', 'sita');
    desk.must({ do: 'VerifyLocated', method: 'SEEN_BY_POLICE', identityCheck: 'Known', wellBeing: 'WELL', locatedAt: desk.now, place: 'Crewe', condition: 'Well', returnedAt: desk.now, returnPlace: 'PLACEMENT' }, 'abby');
    expect(desk.task('P12')).toMatchObject({ dueAt: '2027-04-02T16:00:00.000Z', blocksClose: true });
    desk.must({ do: 'ConfirmVerification' }, 'sita');
    desk.must({ do: 'ProposeClose', summary: 'Back at the placement, seen by an officer.' }, 'oscar');
    expect(desk.act({ do: 'ApproveClose' }, 'ivan')).toBe('CLOSE_GUARD');
    expect(desk.record.refusal?.reason).toContain('Review the trigger plan');
  });
});
