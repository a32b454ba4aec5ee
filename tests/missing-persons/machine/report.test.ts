import { describe, expect, it, test } from '@jest/globals';
import { commandRoles } from '../../../functions/missing-persons/rules/machine/commands.ts';
import { isFailed, type Actor } from '../../../functions/missing-persons/rules/machine/moment.ts';
import { receivedReport, type ReportCommand, type ReportFacts, type ReportSlice } from '../../../functions/missing-persons/rules/machine/report.ts';
import { reportTable } from '../../../functions/missing-persons/rules/machine/reportTable.ts';
import { reportState, role, type ReportState } from '../../../functions/missing-persons/rules/terms.ts';
import { decideOn, reportAt, reportCommands as commands, reportOf } from './support/reports.ts';
import { actor, after, canary, now, refused } from './support/world.ts';

const who = actor('second');

describe('each transition of a report, when everything is as it should be', () => {
  it('R1 and R11: received, with an owner and ten minutes to be screened, from the report', () => {
    const start = { source: 'TRANSFER_IN' as const, by: 'handler', ownerUserId: 'handler', flaggedFields: [] };
    expect(receivedReport({ ...start, reportedAt: after(-5), receivedAt: now })).toMatchObject({ state: 'RECEIVED', dueAt: after(5), ownerUserId: 'handler' });
    // A telephone clock that runs ahead does not give more time; offsets are times too.
    expect(receivedReport({ ...start, reportedAt: after(1), receivedAt: now }).dueAt).toBe(after(10));
    expect(receivedReport({ ...start, reportedAt: '2026-11-02T10:55:00+01:00', receivedAt: now }).dueAt).toBe(after(5));
  });

  it('R2: screened, with a provisional level and another ten minutes', () => {
    expect(reportOf(decideOn(reportAt('RECEIVED'), commands.ScreenReport, who))).toMatchObject({ state: 'SCREENED', provisional: 'MEDIUM', screenedBy: 'second', screenedAt: now, dueAt: after(10), matchesSeen: ['match-1'] });
    expect(reportOf(decideOn(reportAt('RECEIVED', { provisional: 'HIGH' }), commands.ScreenReport, who)).provisional).toBe('HIGH');
  });

  const moves: readonly (readonly [string, ReportState, ReportCommand, Partial<ReportSlice>])[] = [
    ['R3', 'SCREENED', commands.AcceptReport, { state: 'ACCEPTED' }], ['R4', 'SCREENED', commands.RedirectReport, { state: 'REDIRECTED', dueAt: after(60) }], ['R5', 'SCREENED', commands.RecordConcern, { state: 'CONCERN_FOR_WELFARE', dueAt: after(60) }],
    ...(['RECEIVED', 'SCREENED', 'REDIRECTED', 'CONCERN_FOR_WELFARE'] as const).map(from => ['R6', from, commands.MarkDuplicate, { state: 'DUPLICATE', duplicateOf: 'MP-9' }] as const),
    ...(['RECEIVED', 'SCREENED'] as const).map(from => ['R7', from, commands.WithdrawReport, { state: 'WITHDRAWN' }] as const), ['R8', 'RECEIVED', commands.RejectReport, { state: 'REJECTED_TEST' }],
    ...(['REDIRECTED', 'CONCERN_FOR_WELFARE'] as const).flatMap(from => [['R9', from, commands.RescreenReport, { state: 'SCREENED', dueAt: after(10) }] as const, ['R10', from, commands.ResolveSafe, { state: 'RESOLVED_SAFE', resolved: { seenBy: canary, at: after(-1) } }] as const]),
  ];
  test.each(moves)('%s from %s', (_, from, command, becomes) => {
    const report = reportOf(decideOn(reportAt(from), command, who));
    expect(report).toMatchObject(becomes);
    // I11: due as long as it is open, and not a moment longer.
    expect(report.dueAt).toBe(becomes.dueAt);
    expect(report.reportedAt).toBe(after(-20));
  });

  it('R7: the report of a child, or of somebody with a flag, becomes a case instead', () => {
    for (const change of [{ isUnder18: true }, { hasFlag: true }]) expect(decideOn(reportAt('RECEIVED'), commands.WithdrawReport, who, change)).toMatchObject({ isCaseNeeded: true, report: { state: 'ACCEPTED', withdrawn: { how: canary } } });
    expect(decideOn(reportAt('RECEIVED'), commands.WithdrawReport, who)).not.toHaveProperty('isCaseNeeded');
  });

  it('R8: proposed by one and approved by another', () => {
    const proposed = reportOf(decideOn(reportAt('RECEIVED'), commands.ProposeReject, who));
    expect(proposed).toMatchObject({ state: 'RECEIVED', rejection: { proposedBy: 'second', proposedAt: now } });
    expect(reportOf(decideOn(proposed, commands.RejectReport, actor('third', ['INSP'], false))).rejection).toMatchObject({ proposedBy: 'second', approvedBy: 'third' });
  });

  it('R10: clocks may differ by two minutes, and what is kept is UTC', () => {
    expect(reportOf(decideOn(reportAt('REDIRECTED'), { ...commands.ResolveSafe, at: '2026-11-02T11:02:00+01:00' }, who)).resolved?.at).toBe(after(2));
  });
});

interface Case { readonly id: string; readonly from: ReportState; readonly command: ReportCommand; readonly says: readonly string[]; readonly change?: Partial<ReportFacts>; readonly who?: Actor; readonly set?: Partial<ReportSlice> }
const barred = { code: 'RCRP_BARRED', rule: 'R4', why: 'The person is under 18, or may be: a child is never redirected.' } as const;
const past = { code: 'FIELD_INVALID', rule: 'R4', why: 'The call-back lies in the past.' } as const;
const cases: readonly Case[] = [
  { id: 'R2 with a question unanswered', from: 'RECEIVED', command: commands.ScreenReport, change: { unanswered: ['Q05', 'Q06'] }, says: ['QUESTIONS_UNANSWERED R2'] },
  { id: 'R2 without a THRIVE note', from: 'RECEIVED', command: { ...commands.ScreenReport, thrive: ' ' }, says: ['FIELD_INVALID R2'] },
  { id: 'R2 under the floor', from: 'RECEIVED', command: { ...commands.ScreenReport, level: 'LOW' }, says: ['FLOOR_BREACH 3.5'] },
  { id: 'R4 barred by RCRP', from: 'SCREENED', command: commands.RedirectReport, change: { rcrpFailures: [barred] }, says: ['RCRP_BARRED R4'] },
  { id: 'R4 with the call-back in the past, told once', from: 'SCREENED', command: { ...commands.RedirectReport, redirect: { ...commands.RedirectReport.redirect, callBackAt: after(-1) } }, change: { rcrpFailures: [past] }, says: ['FIELD_INVALID R4'] },
  { id: 'R5 without an address', from: 'SCREENED', command: { ...commands.RecordConcern, concern: { address: '', reason: canary } }, says: ['FIELD_INVALID R5'] },
  { id: 'R5 without a reason', from: 'SCREENED', command: { ...commands.RecordConcern, concern: { address: canary, reason: '' } }, says: ['FIELD_INVALID R5'] },
  { id: 'R6 that nobody confirmed', from: 'SCREENED', command: { ...commands.MarkDuplicate, confirmed: false }, says: ['GUARD_UNMET R6'] },
  { id: 'R6 of a case that is not missing (15.1 item 7)', from: 'SCREENED', command: commands.MarkDuplicate, change: { isOtherOpen: false }, says: ['GUARD_UNMET R6'] },
  { id: 'R7 without a call back', from: 'RECEIVED', command: { ...commands.WithdrawReport, isCallBackVerified: false }, says: ['GUARD_UNMET R7'] },
  { id: 'R8 proposed without a reason', from: 'RECEIVED', command: { ...commands.ProposeReject, reason: '' }, says: ['REASON_REQUIRED R8'] },
  { id: 'R8 proposed once it was screened', from: 'SCREENED', command: commands.ProposeReject, says: ['TRANSITION_NOT_ALLOWED R8'] },
  { id: 'R8 proposed by a call handler', from: 'RECEIVED', command: commands.ProposeReject, who: actor('second', ['CALL_HANDLER']), says: ['ROLE_DENIED role by command'] },
  { id: 'R8 approved by the proposer', from: 'RECEIVED', command: commands.RejectReport, who: actor('PROPOSER', ['INSP']), says: ['SEGREGATION R8'] },
  { id: 'R9 without a reason', from: 'REDIRECTED', command: { ...commands.RescreenReport, reason: '' }, says: ['REASON_REQUIRED R9'] },
  { id: 'R10 without who saw the person', from: 'REDIRECTED', command: { ...commands.ResolveSafe, seenBy: '' }, says: ['REASON_REQUIRED R10'] },
  { id: 'R10 in the future', from: 'REDIRECTED', command: { ...commands.ResolveSafe, at: after(3) }, says: ['TIME_IN_FUTURE R10'] },
  { id: 'all of R2, with the role', from: 'RECEIVED', command: { ...commands.ScreenReport, thrive: '', level: 'VERY_LOW' }, change: { unanswered: ['Q01'] }, who: actor('second', ['MEDIA']), says: ['ROLE_DENIED role by command', 'QUESTIONS_UNANSWERED R2', 'FIELD_INVALID R2', 'FLOOR_BREACH 3.5'] },
  { id: 'all of R4: the role first', from: 'SCREENED', command: commands.RedirectReport, change: { rcrpFailures: [barred, past] }, who: actor('second', ['CALL_HANDLER']), says: ['ROLE_DENIED role by command', 'RCRP_BARRED R4', 'FIELD_INVALID R4'] },
  { id: 'all of R6', from: 'SCREENED', command: { ...commands.MarkDuplicate, confirmed: false }, change: { isOtherOpen: false }, says: ['GUARD_UNMET R6', 'GUARD_UNMET R6'] },
  { id: 'all of R8: segregation before role', from: 'RECEIVED', command: commands.RejectReport, who: actor('proposer', ['FIM']), says: ['SEGREGATION R8', 'ROLE_DENIED role by command'] },
  { id: 'R10 from a state without a way: transition, then role', from: 'SCREENED', command: { ...commands.ResolveSafe, seenBy: '' }, who: actor('second', ['CALL_HANDLER']), says: ['TRANSITION_NOT_ALLOWED R10', 'ROLE_DENIED role by command'] },
];

describe('each guard of a report refuses by its code, in a sentence without personal data', () => {
  test.each(cases)('$id', ({ from, command, change = {}, who: by = who, says }) => {
    expect(refused(decideOn(reportAt(from), command, by, change))).toEqual(says);
  });

  it('R8 with no proposal', () => {
    const { rejection: _, ...report } = reportAt('RECEIVED');
    expect(refused(decideOn(report, commands.RejectReport, who))).toEqual(['GUARD_UNMET R8']);
  });
});

describe('every state by every command by every role', () => {
  test.each(reportState.options)('%s: what no row allows is refused', state => {
    for (const command of Object.values(commands).filter(({ do: name }) => name !== 'ProposeReject')) {
      const row = reportTable.find(item => item.command === command.do && item.from.includes(state));
      for (const name of role.options) {
        const result = decideOn(reportAt(state), command, actor('second', [name], false));
        const roles: readonly string[] = commandRoles[command.do];
        const said = `${state} ${command.do} ${name}`;
        if (row && name !== 'SYSTEM' && roles.includes(name) && row.who.includes(name)) expect([said, isFailed(result) ? result : result.report.state]).toEqual([said, row.to]);
        else expect([said, refused(result)[0]?.split(' ')[0]]).toEqual([said, row ? 'ROLE_DENIED' : 'TRANSITION_NOT_ALLOWED']);
      }
    }
  });
});
