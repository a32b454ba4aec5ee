import { describe, expect, it } from '@jest/globals';
import { isPublicityAllowed } from '../../../functions/missing-persons/rules/regions/publicity.ts';
import { situationOf } from '../../../functions/missing-persons/rules/law/situation.ts';
import { partKeys } from '../../../functions/missing-persons/state.ts';
import { Desk } from './desk.ts';
import { appeal, approved, highChild, own, regionsOfDesk, seen, start, ukmpu, waiting } from './regionsSupport.ts';

function textOf(desk: Desk, noticeId: string): string {
  const part = desk.current?.parts[partKeys.payload(noticeId)];
  return part?.kind === 'payload' ? part.json : '';
}

const live = (desk: ReturnType<typeof highChild>): void => {
  approved(desk);
  desk.must({ do: 'PublishPublicity', channels: ['force-site', 'missing-people'] }, 'meg');
};

describe('publicity under the law', () => {
  it('6.4: another person approves, MEDIA publishes what was approved, and refused tries are in the audit', () => {
    const desk = highChild();
    expect(desk.act({ ...appeal, answers: appeal.answers.slice(1) }, 'sita')).toBe('PUBLICITY_UNANSWERED');
    desk.must(appeal, 'sita');
    expect(desk.act({ do: 'ApprovePublicity', decision: 'APPROVE' }, 'sita')).toBe('ROLE_DENIED');
    expect(desk.act({ do: 'PublishPublicity', channels: ['force-site'] }, 'meg')).toBe('TRANSITION_NOT_ALLOWED');
    expect(desk.facts.filter(fact => fact.what === 'CommandRefused').map(fact => fact.about?.['command'])).toEqual(['ProposePublicity', 'ApprovePublicity', 'PublishPublicity']);
    desk.must({ do: 'ApprovePublicity', decision: 'APPROVE' }, 'ivan');
    expect(situationOf(desk.record, desk.now, own).isPublicityAllowed).toBe(true);
    expect(waiting(desk)).toEqual(['N16', 'N09']);
    expect(desk.act({ do: 'PublishPublicity', channels: ['somewhere else'] }, 'meg')).toBe('RECIPIENT_NOT_ALLOWED');
    desk.must({ do: 'PublishPublicity', channels: ['force-site'] }, 'meg');
    expect(desk.record.notices.find(one => one.n === 'N16')).toMatchObject({ state: 'ACKED', ackHow: 'PHONE_LOG' });
  });

  it('expires after 72 hours: somebody is asked, nothing is taken down, nothing more is published', () => {
    const desk = highChild();
    live(desk);
    desk.to('2026-11-27T01:00:00.000Z');
    expect(regionsOfDesk(desk).publicity).toMatchObject({ state: 'LIVE', expiryNotedAt: '2026-11-27T01:00:00.000Z' });
    expect(desk.record.pages.find(page => page.title === 'The appeal has expired: decide on it again')?.to).toEqual(['meg', 'sita', 'ivan']);
    expect(situationOf(desk.record, desk.now, own).isPublicityAllowed).toBe(false);
    desk.must({ do: 'ApprovePublicity', decision: 'AGAIN', reason: 'Still nothing heard of her' }, 'ivan');
    expect(isPublicityAllowed(regionsOfDesk(desk).publicity ?? { state: 'NONE', redecisions: [], recalled: [] }, desk.now)).toBe(true);
  });

  it('S11: found while the appeal is approved and the UKMPU message is queued: nothing outward stays but the stand-downs', () => {
    const desk = highChild();
    desk.must({ do: 'QueueNotice', n: 'N04', variant: 'MISSING', recipientId: 'la.halton.edt', basis: 'SAFEGUARDING', purpose: 'A child is missing', minimumNecessary: 'What the duty needs' }, 'oscar');
    const told = desk.record.notices.at(-1)?.noticeId ?? '';
    desk.must({ do: 'AckNotice', noticeId: told, ackBy: 'Duty desk, A. Example', at: desk.now, how: 'PHONE_LOG' }, 'oscar');
    desk.to('2026-11-24T01:02:00.000Z');
    approved(desk);
    desk.must(ukmpu, 'oscar');
    desk.must({ do: 'RequestLiveLink', necessity: 'Nothing else shows where', proportionality: 'A risk to her life', collateral: 'Nobody but herself' }, 'oscar');
    const link = regionsOfDesk(desk).enquiries?.enquiries[0]?.id ?? '';
    desk.must({ do: 'ApproveLiveLink', enquiryId: link, isApproved: true, reason: 'Proportionate at HIGH' }, 'ida');
    expect(waiting(desk)).toEqual(['N16', 'N09', 'N02']);
    desk.to('2026-11-24T01:04:00.000Z');
    seen(desk);
    expect(waiting(desk)).toEqual([]);
    expect(desk.record.notices.filter(one => one.state === 'QUEUED').map(one => [one.n, one.recipientId])).toEqual([['N17', 'la.halton.edt']]);
    expect(desk.record.owed.filter(item => item.kind === 'live-link')).toEqual([]);
    expect(regionsOfDesk(desk)).toMatchObject({ publicity: { state: 'WITHDRAWN' }, enquiries: { enquiries: [{ state: 'CANCELLED' }] } });
    expect(desk.act({ do: 'PublishPublicity', channels: ['force-site'] }, 'meg')).toBe('TRANSITION_NOT_ALLOWED');
    expect(desk.act(ukmpu, 'oscar')).not.toBe('accepted');
    desk.to('2026-11-24T03:00:00.000Z');
    expect(waiting(desk)).toEqual([]);
  });

  it('C8 asks for the withdrawal on each channel, and P04 is done by it', () => {
    const desk = highChild();
    live(desk);
    seen(desk);
    expect(regionsOfDesk(desk).publicity?.state).toBe('WITHDRAW_DUE');
    const down = { do: 'WithdrawPublicity', what: 'CHANNEL', at: desk.now, how: 'Looked at the page' } as const;
    desk.must({ ...down, channel: 'force-site' }, 'meg');
    expect([regionsOfDesk(desk).publicity?.state, desk.task('P04').state]).toEqual(['WITHDRAW_DUE', 'TODO']);
    expect(desk.act({ ...down, channel: 'force-site' }, 'meg')).toBe('NOT_FOUND');
    desk.must({ ...down, channel: 'missing-people' }, 'meg');
    expect([regionsOfDesk(desk).publicity?.state, desk.task('P04').state]).toEqual(['WITHDRAWN', 'DONE']);
    expect(desk.record.pages.filter(page => page.about.startsWith('publicity-withdraw') && (page.status === 'due' || page.status === 'shown'))).toEqual([]);
    expect(desk.task('P04').evidence).toMatchObject({ kind: 'WITHDRAWAL', channels: [{ channel: 'force-site' }, { channel: 'missing-people' }] });
  });

  it('S15: a body pauses the appeal and withdraws nothing; after C12 it goes on once the family was told', () => {
    const desk = highChild();
    live(desk);
    desk.to('2026-11-24T06:00:00.000Z');
    desk.must({ do: 'RecordBody', place: 'Sample Wood', reason: 'Age and clothing fit', bodyFoundAt: desk.now, treatAsSuspicious: true }, 'ivan');
    expect(regionsOfDesk(desk).publicity).toMatchObject({ state: 'PAUSED', pausedFrom: 'LIVE' });
    expect(situationOf(desk.record, desk.now, own).isPublicityAllowed).toBe(false);
    expect(desk.act({ do: 'PublishPublicity', channels: ['force-site'] }, 'meg')).toBe('TRANSITION_NOT_ALLOWED');
    expect(desk.act({ do: 'RecordContact', step: 'CONTACT', withId: 'informant-1', direction: 'OUT', channel: 'PHONE', summary: 'An update' }, 'oscar')).toBe('CASE_LOCKED_DECEASED');
    desk.to('2026-11-24T09:00:00.000Z');
    desk.must({ do: 'RefuteDeceased', reason: 'Dental records do not fit' }, 'ivan');
    expect(regionsOfDesk(desk).publicity?.state).toBe('PAUSED');
    desk.must({ do: 'RecordFamilyTold' }, 'flo');
    expect(regionsOfDesk(desk).publicity).toMatchObject({ state: 'LIVE' });
    expect(regionsOfDesk(desk).publicity?.appeal?.channels.every(item => item.withdrawnAt === undefined)).toBe(true);
    expect(situationOf(desk.record, desk.now, own).isPublicityAllowed).toBe(true);
  });

  it('a photograph of another person is recalled wherever it was', () => {
    const desk = highChild();
    live(desk);
    desk.must({ do: 'WithdrawPublicity', what: 'PHOTO', mediaId: 'photo-1', reason: 'It shows her cousin' }, 'sita');
    expect(regionsOfDesk(desk).publicity?.state).toBe('WITHDRAW_DUE');
    expect(desk.record.notices.filter(one => one.fields.includes('appealPhoto') && one.state === 'QUEUED')).toEqual([]);
    expect(desk.act({ ...appeal }, 'sita')).toBe('TRANSITION_NOT_ALLOWED');
  });
});

describe('messages under the law', () => {
  it('9.3: the UKMPU is not written to without the mandatory set, and hears an UPDATE the second time', () => {
    const bare = new Desk(start, own);
    bare.call({ givenName: 'Sam', lastSeenPlace: 'Sample Street', lastSeenUnknown: 'yes', lastSeenReason: 'Nobody saw him go', informantPhone: '01632 960002', worries: 'Nobody at his work has seen him for days' });
    bare.answers();
    bare.must({ do: 'ScreenReport', thrive: 'His age is not known yet.', level: 'HIGH', matchesSeen: [] }, 'cora');
    bare.must({ do: 'AcceptReport', rationale: 'Nothing is known of where he is.' }, 'cora');
    expect(bare.act(ukmpu, 'oscar')).toBe('FIELD_INVALID');
    const desk = highChild();
    expect(desk.act({ ...ukmpu, recipientId: 'nobody' }, 'oscar')).toBe('RECIPIENT_NOT_ALLOWED');
    expect(desk.act({ ...ukmpu, recipientId: 'la.halton.children' }, 'oscar')).toBe('RECIPIENT_NOT_ALLOWED');
    desk.must(ukmpu, 'oscar');
    const notice = desk.record.notices.at(-1);
    expect(notice).toMatchObject({ n: 'N02', state: 'QUEUED', fields: expect.arrayContaining(['ukmpuRow']) });
    expect(textOf(desk, notice?.noticeId ?? '')).toMatch(/MP\/CHS\/2026\/000001.*NEW/);
    desk.give({ do: 'RecordNotice', noticeId: notice?.noticeId ?? '', verdict: 'SEND', answer: { outcome: 'accepted', providerRef: 'mail-1' } }, 'system');
    desk.must(ukmpu, 'oscar');
    expect(textOf(desk, desk.record.notices.at(-1)?.noticeId ?? '')).toMatch(/UPDATE/);
  });
});

describe('circulation and the alert under the law', () => {
  it('PNC: the reference is the doing of A10, found makes the cancellation due, its confirmation the doing of P03', () => {
    const desk = highChild();
    desk.must({ do: 'RequestCirculation' }, 'oscar');
    expect(desk.record.pages.find(page => page.about === 'circulation')?.to).toEqual(['pat']);
    expect(desk.act({ do: 'RecordCirculation', reference: 'PNC-1', typeText: 'Missing person' }, 'oscar')).toBe('ROLE_DENIED');
    desk.must({ do: 'RecordCirculation', reference: 'PNC-1', typeText: 'Missing person' }, 'pat');
    expect(desk.task('A10')).toMatchObject({ state: 'DONE', evidence: { kind: 'PNC_REF', reference: 'PNC-1' } });
    seen(desk);
    expect(regionsOfDesk(desk).circulation?.state).toBe('CANCEL_DUE');
    desk.must({ do: 'WithdrawVerification', reason: 'It was her sister' }, 'sita');
    expect(regionsOfDesk(desk).circulation?.state).toBe('LIVE');
    desk.to('2026-11-24T02:00:00.000Z');
    seen(desk);
    desk.must({ do: 'CancelCirculation', confirmation: 'PNC-1-C' }, 'pat');
    expect([regionsOfDesk(desk).circulation?.state, desk.task('P03').state]).toEqual(['CANCELLED', 'DONE']);
  });

  it('not on PNC after 48 hours: bureau and inspector are told once, whatever was on hold', () => {
    const desk = highChild();
    desk.to('2026-11-26T02:00:00.000Z');
    const told = desk.facts.filter(fact => fact.about?.['what'] === 'PNC_HARD_LIMIT');
    expect(told.map(fact => fact.at)).toEqual(['2026-11-26T01:00:00.000Z']);
  });

  it('CRA: the decision is the doing of H11; on found an inspector is asked to stand it down, which the system never does', () => {
    const desk = highChild();
    expect(desk.act({ do: 'DecideAlert', decision: 'REQUEST', reason: 'Taken by a stranger', canTakeCalls: false }, 'ivan')).toBe('GUARD_UNMET');
    desk.must({ do: 'DecideAlert', decision: 'REQUEST', reason: 'Taken by a stranger', canTakeCalls: true }, 'ivan');
    expect(desk.task('H11')).toMatchObject({ state: 'DONE', evidence: { decision: 'YES' } });
    expect(waiting(desk)).toEqual(['N10']);
    seen(desk);
    expect([regionsOfDesk(desk).alert?.state, waiting(desk)]).toEqual(['REQUESTED', []]);
    expect(desk.record.pages.find(page => page.about === 'alert-stand-down')).toMatchObject({ kind: 'STAND_DOWN', to: ['ivan', 'dora'] });
    desk.must({ do: 'DecideAlert', decision: 'STAND_DOWN', reason: 'She is found' }, 'ivan');
    expect(regionsOfDesk(desk).alert?.state).toBe('STOOD_DOWN');
  });
});
