import { describe, expect, it, test } from '@jest/globals';
import { Desk } from '../law/desk.ts';
import type { Notice } from '../../../functions/missing-persons/rules/notices/notice.ts';
import { queuedOf } from '../notices/support.ts';

const start = '2026-11-25T02:00:00.000Z';
const body = { do: 'RecordBody', place: 'Sample Wood', reason: 'A body was found in the wood', bodyFoundAt: '2026-11-25T03:00:00.000Z', treatAsSuspicious: true } as const;
const contact = JSON.stringify({ kind: 'CONTACT', at: '2026-11-25T04:20:00.000Z', channel: 'IN_PERSON', withWhom: 'The mother', note: 'Told that it is somebody else.' });

/** A child, missing and confirmed, with one message to the authority in the outbox that has not left, at the hour at which a body is found. */
function missing(): Desk {
  const desk = new Desk(start);
  desk.care({ givenName: 'Ella', familyName: 'Example', age: '15', lastSeenPlace: 'Sample House', lastSeenUnknown: 'yes', lastSeenReason: 'Not back', informantName: 'Sam Carer', informantPhone: '01632 960001', worries: 'Not back for the curfew of eight o\'clock', hasPart1: 'YES' });
  desk.answers();
  desk.must({ do: 'ScreenReport', thrive: 'Late for the curfew.', level: 'MEDIUM', matchesSeen: [] }, 'cora');
  desk.must({ do: 'AcceptReport', rationale: 'Child in care, late for her curfew.' }, 'cora');
  desk.must({ do: 'AcknowledgeOwner' }, 'fred');
  desk.must({ do: 'ConfirmRisk', level: 'MEDIUM', rationale: 'Child in care, nothing known of where she is, exploitation not known.', plan: 'Ring her friends.' }, 'sita');
  withNotices(desk, ['notice-la', 'notice-la-too'].map(noticeId => queuedOf({ n: 'N04', kind: 'LA_CHILDREN', channel: 'SECURE_MAIL', noticeId })));
  desk.now = '2026-11-25T03:10:00.000Z';
  return desk;
}

function withNotices(desk: Desk, notices: readonly Notice[]): void {
  const { current } = desk;
  if (!current) throw new Error('there is no case');
  desk.current = { ...current, state: { ...current.state, notices: [...notices] } };
}

/** The outbox takes up all that is owed. */
function drain(desk: Desk): void {
  for (const { id } of desk.record.owed) desk.give({ do: 'Begin', owedId: id }, 'system');
}
const notice = (desk: Desk): string | undefined => desk.record.notices.find(({ noticeId }) => noticeId === 'notice-la')?.state;
/** The first of two messages goes with the step itself, the second is owed. */
const owed = (desk: Desk): string[] => desk.record.owed.flatMap(({ kind, about }) => (kind === 'notice' ? [about] : []));
const gated = (desk: Desk): number => desk.record.tasks.filter(({ heldFor }) => heldFor === 'GATE').length;

describe('the family hears it before anybody else (15.1 item 13, D02)', () => {
  const tell: readonly (readonly [string, (desk: Desk) => void])[] = [
    ['the act RecordFamilyTold', desk => desk.must({ do: 'RecordFamilyTold' }, 'ivan')], ['the task D02', desk => desk.must({ do: 'CompleteTask', taskId: desk.task('D02').taskId, evidenceJson: contact }, 'abby')],
  ];
  test.each(tell)('S15, C12: what C10 held waits for %s, and then goes on with the time that was left', (_, told) => {
    const desk = missing();
    const dueAt = desk.task('M03').dueAt;
    desk.must(body, 'ivan');
    expect([desk.state, notice(desk), desk.task('M03').state]).toEqual(['DECEASED_PENDING_ID', 'HELD', 'HOLD']);
    desk.now = '2026-11-25T04:10:00.000Z';
    desk.must({ do: 'RefuteDeceased', reason: 'Fingerprints differ' }, 'ivan');
    expect([desk.state, notice(desk), desk.task('M03').state, desk.task('D02').state, desk.record.file?.deceased?.familyToldAt]).toEqual(['ACTIVE', 'HELD', 'HOLD', 'TODO', undefined]);
    expect(gated(desk)).toBeGreaterThan(0);
    desk.now = '2026-11-25T04:20:00.000Z';
    drain(desk);
    told(desk);
    expect([notice(desk), owed(desk), desk.task('M03').state, desk.task('D02').state, desk.record.file?.deceased?.familyToldAt, gated(desk)]).toEqual(['QUEUED', ['notice-la-too'], 'TODO', 'DONE', desk.now, 0]);
    // 70 minutes on hold, and not one of them lost.
    expect(Date.parse(desk.task('M03').dueAt) - Date.parse(dueAt)).toBe(70 * 60_000);
    // Once, and not again with every step that follows.
    drain(desk);
    desk.must({ do: 'AddInformation', text: 'Nothing new', isRestricted: false }, 'abby');
    expect(owed(desk)).toEqual([]);
  });

  it('C12: a family that was told of the body is told again that it is somebody else', () => {
    const desk = missing();
    desk.must(body, 'ivan');
    desk.must({ do: 'RecordFamilyTold' }, 'ivan');
    desk.must({ do: 'RefuteDeceased', reason: 'Fingerprints differ' }, 'ivan');
    expect([notice(desk), desk.task('D02').state, desk.record.file?.deceased?.familyToldAt]).toEqual(['HELD', 'TODO', undefined]);
    desk.must({ do: 'RecordFamilyTold' }, 'ivan');
    expect([notice(desk), desk.task('D02').state]).toEqual(['QUEUED', 'DONE']);
  });

  it('C11, C21: no release before the family was told of the identification; the task is enough', () => {
    const desk = missing();
    desk.must(body, 'ivan');
    desk.must({ do: 'RecordFamilyTold' }, 'ivan');
    desk.must({ do: 'ConfirmDeceased', coronerRef: 'COR-1', method: 'DENTAL' }, 'ivan');
    expect([desk.act({ do: 'ReleaseDeath' }, 'dora'), desk.act({ do: 'ReleaseDeath' }, 'ivan')]).toEqual(['GUARD_UNMET', 'ROLE_DENIED']);
    desk.must({ do: 'CompleteTask', taskId: desk.task('D02').taskId, evidenceJson: contact }, 'abby');
    desk.must({ do: 'ReleaseDeath' }, 'dora');
    expect(desk.record.file?.deceased).toMatchObject({ familyToldBy: 'abby', releaseAt: desk.now });
    expect(desk.act({ do: 'WithdrawVerification', reason: 'It was a sibling' }, 'sita')).toBe('CASE_LOCKED_DECEASED');
  });

  it('C6, C7: a message that was held for a sighting is owed again when the sighting is refuted', () => {
    const desk = missing();
    withNotices(desk, ['notice-la', 'notice-la-too'].map(noticeId => queuedOf({ n: 'N12', kind: 'BTP', channel: 'SECURE_MAIL', noticeId })));
    desk.must({ do: 'ReportLocated', reportedBy: 'The carer', at: start, place: 'Sample House', how: 'By telephone' }, 'cora');
    expect(notice(desk)).toBe('QUEUED');
    desk.must({ do: 'AgreeHold' }, 'sita');
    expect(notice(desk)).toBe('HELD');
    drain(desk);
    desk.must({ do: 'RefuteLocated', reason: 'It was her sister', isRefuted: true }, 'sita');
    expect([desk.state, notice(desk), owed(desk)]).toEqual(['ACTIVE', 'QUEUED', ['notice-la-too']]);
  });
});

describe('C1 and C2, which come with the report and with the level', () => {
  it('C1: accepted, the case is there with an owner and a level; C2: confirmed, it is active', () => {
    const desk = missing();
    expect(desk.record.moves.map(({ rule, to }) => `${rule} ${to}`)).toEqual(['C1 OPEN_UNCONFIRMED', 'C2 ACTIVE']);
    expect([desk.record.owner.userId, desk.level]).toEqual(['fred', 'MEDIUM']);
  });

  it('C1b (S10): a report of a child that is called off becomes a case that is to be verified, and C7 leads to OPEN_UNCONFIRMED', () => {
    const desk = new Desk(start);
    desk.call({ givenName: 'Ella', familyName: 'Example', age: '15', lastSeenPlace: 'Sample House', lastSeenUnknown: 'yes', lastSeenReason: 'Not back', informantName: 'Sam Carer', informantPhone: '01632 960001', worries: 'Not back for the curfew' });
    desk.must({ do: 'WithdrawReport', who: 'The mother', how: 'Rang back on the number of the report', where: 'At home', policeNeedToSee: true, isCallBackVerified: true }, 'fred');
    expect([desk.state, desk.record.report.state]).toEqual(['LOCATED_UNVERIFIED', 'ACCEPTED']);
    desk.must({ do: 'RefuteLocated', reason: 'It was her sister', isRefuted: true }, 'sita');
    expect(desk.state).toBe('OPEN_UNCONFIRMED');
  });
});
