import { describe, expect, it } from '@jest/globals';
import { Desk } from './desk.ts';

describe('a routine case under the law', () => {
  it('S01 goes from the report of a care home to the return', () => {
    const desk = new Desk('2026-06-06T19:10:00.000Z');
    desk.care({ givenName: 'Ella', familyName: 'Example', age: '15', lastSeenPlace: 'Sample House', lastSeenUnknown: 'yes', lastSeenReason: 'Not back for the curfew', informantName: 'Sam Carer', informantPhone: '01632 960001', worries: 'Not back for the curfew of eight o\'clock', hasPart1: 'YES' });
    expect(desk.state).toBe('RECEIVED');
    expect(desk.task('Q00').dueAt).toBe('2026-06-06T19:20:00.000Z');
    desk.answers({ Q08: 'NOT_KNOWN' });
    expect(desk.act({ do: 'ScreenReport', thrive: 'Late for the curfew.', level: 'LOW', matchesSeen: [] }, 'cora')).toBe('FLOOR_BREACH');
    desk.must({ do: 'ScreenReport', thrive: 'Late for the curfew.', level: 'MEDIUM', matchesSeen: [] }, 'cora');
    desk.to('2026-06-06T19:12:00.000Z');
    desk.must({ do: 'AcceptReport', rationale: 'Child in care, late for her curfew, exploitation not known.' }, 'cora');
    expect([desk.state, desk.level, desk.task('A01').dueAt]).toEqual(['OPEN_UNCONFIRMED', 'MEDIUM', '2026-06-06T19:42:00.000Z']);
    console.log(desk.record.tasks.map(task => `${task.taskId} ${task.dueAt} ${task.ownerRole} ${task.ownerUserId ?? ''}`).join('\n'), desk.record.pages, desk.record.risk?.floor, desk.record.risk?.flags);
    desk.must({ do: 'AcknowledgeOwner' }, 'fred');
    desk.to('2026-06-06T19:35:00.000Z');
    expect(desk.act({ do: 'ConfirmRisk', level: 'LOW', rationale: 'She is often late and always comes back on her own.', plan: 'Ring her friends.' }, 'sita')).not.toBe('accepted');
    desk.must({ do: 'ConfirmRisk', level: 'MEDIUM', rationale: 'Child in care, nothing known of where she is, exploitation not known.', plan: 'Ring her friends.' }, 'sita');
    expect(desk.state).toBe('ACTIVE');
    desk.to('2026-06-06T22:55:00.000Z');
    desk.must({ do: 'ReportLocated', reportedBy: 'The carer', at: '2026-06-06T22:55:00.000Z', place: 'Sample House', how: 'By telephone' }, 'cora');
    desk.must({ do: 'AgreeHold' }, 'sita');
    expect(desk.task('M03').state).toBe('HOLD');
    desk.to('2026-06-06T23:40:00.000Z');
    desk.must({ do: 'VerifyLocated', method: 'SEEN_BY_POLICE', identityCheck: 'Known to the officer', wellBeing: 'WELL', locatedAt: '2026-06-06T22:55:00.000Z', place: 'Sample House', condition: 'Well', returnedAt: '2026-06-06T22:55:00.000Z', returnPlace: 'PLACEMENT' }, 'abby');
    expect([desk.state, desk.task('M03').state, desk.task('P07').dueAt]).toEqual(['RETURN_ACTIONS', 'CANCELLED_FOUND', '2026-06-09T22:55:00.000Z']);
    console.log(desk.record.tasks.filter(task => task.taskId.startsWith('P')).map(task => `${task.taskId} ${task.state} ${task.dueAt}`).join('\n'));
    desk.to('2026-06-20T00:00:00.000Z');
    console.log(desk.record.tasks.filter(task => task.escalations.length > 0).map(task => `${task.taskId} ${task.state} ${task.escalations.map(item => item.step).join(' ')}`).join('\n').slice(0, 3000));
  });
});
