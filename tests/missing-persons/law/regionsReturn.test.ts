import { describe, expect, it } from '@jest/globals';
import { payload } from '../../../functions/missing-persons/rules/notices/payload.ts';
import { mayTellFound } from '../../../functions/missing-persons/rules/law/disclosing.ts';
import { noticeFactsOf } from '../../../functions/missing-persons/rules/law/situation.ts';
import { partnerView } from '../../../functions/missing-persons/rules/partners/views.ts';
import { partKeys } from '../../../functions/missing-persons/state.ts';
import { Desk } from './desk.ts';
import { basis, highChild, own, regionsOfDesk, seen, start } from './regionsSupport.ts';
import { adult, confirmed, openCase, withEvidence } from './support.ts';

const informant = { do: 'RecordContact', step: 'CONTACT', withId: 'informant-1', direction: 'OUT', channel: 'PHONE' } as const;

/** The text of the last message to this recipient. */
function sent(desk: Desk, recipientId: string): string {
  const notice = desk.record.notices.findLast(one => one.recipientId === recipientId);
  const part = desk.current?.parts[partKeys.payload(notice?.noticeId ?? '')];
  return part?.kind === 'payload' ? payload.parse(JSON.parse(part.json)).lines.join('\n') : '';
}

describe('S14: exploitation is told at the interview', () => {
  it('flags, the place withheld from the mother, told to the authority, and nothing of it on the provider\'s page', () => {
    const desk = highChild();
    desk.to('2026-11-24T03:00:00.000Z');
    seen(desk);
    for (const flag of ['CCE', 'COUNTY_LINES', 'TRAFFICKING_NRM']) desk.must({ do: 'SetFlag', flag, source: 'Told at the prevention interview' }, 'oscar');
    expect(desk.task('X05')).toMatchObject({ state: 'TODO' });
    expect(desk.task('X06')).toMatchObject({ state: 'TODO', dueAt: '2026-11-25T03:00:00.000Z' });
    desk.must({ do: 'RecordConsent', about: 'CHILD_WISH', withheldFrom: ['FAMILY'] }, 'abby');
    expect(desk.act({ ...informant, summary: 'Told the mother where', toldPlace: true }, 'oscar')).toBe('CONSENT_MISSING');
    expect(desk.act({ do: 'RecordConsent', about: 'CHILD_DECISION', withheldFrom: ['FAMILY'], authority: 'Halton', person: 'A. Example', reason: 'Her safety' }, 'abby')).toBe('ROLE_DENIED');
    desk.must({ do: 'RecordConsent', about: 'CHILD_DECISION', withheldFrom: ['FAMILY'], authority: 'Halton', person: 'A. Example', reason: 'Her safety' }, 'ivan');
    expect(desk.act({ ...informant, summary: 'Told the mother where', toldPlace: true }, 'oscar')).toBe('CONSENT_MISSING');
    desk.must({ ...informant, summary: 'She is found and safe' }, 'oscar');

    desk.must({ do: 'QueueNotice', n: 'N04', variant: 'SAFEGUARDING', recipientId: 'la.halton.children', ...basis }, 'oscar');
    expect(sent(desk, 'la.halton.children')).toMatch(/4 Hidden Lane[\s\S]*CCE|CCE[\s\S]*4 Hidden Lane/);
    desk.must({ do: 'QueueNotice', n: 'N15', variant: 'ANY', recipientId: 'informant-1', ...basis, basis: 'VITAL_INTERESTS' }, 'oscar');
    expect(sent(desk, 'informant-1')).toMatch(/found/);
    expect(sent(desk, 'informant-1')).not.toMatch(/Hidden Lane|CCE|Cold/);
    const page = JSON.stringify(partnerView('CARE_PROVIDER', noticeFactsOf(desk.record, { settings: own, now: desk.now }), { isPlaceWithheld: !mayTellFound(desk.record, 'CARE_PROVIDER', desk) }));
    expect(page).not.toMatch(/Hidden Lane|CCE|COUNTY/);
    expect(mayTellFound(desk.record, 'FAMILY', desk)).toBe(false);
    expect(mayTellFound(desk.record, 'DUTY_HOLDER', desk)).toBe(true);
  });

  it('the referral goes to the authority, whose acknowledgement is kept; closure lists what is open', () => {
    const desk = highChild();
    seen(desk, { returnedAt: '2026-11-24T01:00:00.000Z' });
    expect(regionsOfDesk(desk).rhi?.required).toMatchObject({ from: '2026-11-24T01:00:00.000Z', referralDueAt: '2026-11-24T05:00:00.000Z', doneDueAt: '2026-11-27T01:00:00.000Z' });
    desk.must({ do: 'ConfirmVerification' }, 'sita');
    desk.must({ do: 'ProposeClose', summary: 'Came home by herself, the interview is to come.' }, 'oscar');
    expect(desk.act({ do: 'ApproveClose' }, 'ida')).toBe('CLOSE_GUARD');
    expect(desk.record.refusal?.reason).toMatch(/return home interview has not been delivered/);
    desk.must({ do: 'ReferRHI', authorities: ['Halton', 'Warrington'] }, 'oscar');
    expect(desk.task('P06')).toMatchObject({ state: 'DONE', evidence: { authorities: ['Halton', 'Warrington'] } });
    const referrals = desk.record.notices.filter(one => one.variant === 'RHI_REFERRAL');
    expect(referrals.map(one => [one.recipientId, one.state])).toEqual([['la.halton.children', 'QUEUED'], ['la.warrington.children', 'QUEUED']]);
    expect(desk.act({ do: 'OverrideAcknowledgement', reason: 'They do not answer' }, 'ida')).toBe('TOO_EARLY');
    for (const { noticeId } of referrals) desk.must({ do: 'AckNotice', noticeId, ackBy: 'Duty desk, A. Example', at: desk.now, how: 'PHONE_LOG' }, 'oscar');
    expect(regionsOfDesk(desk).rhi?.state).toBe('ACKNOWLEDGED');
    desk.to('2026-11-27T02:00:00.000Z');
    expect(desk.facts.filter(fact => fact.about?.['what'] === 'RHI_OVERDUE').map(fact => fact.at)).toEqual(['2026-11-27T01:00:00.001Z']);
    desk.must({ do: 'RecordRHI', outcome: 'COMPLETED', safeguardingReturned: true }, 'mo');
    expect(desk.record.tasks.filter(task => task.templateId === 'P07').map(task => task.state)).toEqual(['DONE']);
  });

  it('an adult decides: no place without the recorded consent, and no status to the informant either (I7)', () => {
    const desk = new Desk(start, own);
    openCase(desk, { form: adult, level: 'MEDIUM' });
    confirmed(desk, 'MEDIUM', 'sita');
    seen(desk);
    expect(regionsOfDesk(desk).rhi).toBeUndefined();
    expect(desk.act({ ...informant, summary: 'Told him where', toldPlace: true }, 'oscar')).toBe('CONSENT_MISSING');
    const update = { do: 'QueueNotice', n: 'N15', variant: 'ANY', recipientId: 'informant-1', ...basis, basis: 'VITAL_INTERESTS' } as const;
    expect(desk.act(update, 'oscar')).toBe('CONSENT_MISSING');
    desk.must({ do: 'RecordConsent', about: 'STATUS', answer: 'YES', how: 'In person to PC Example' }, 'abby');
    desk.must(update, 'oscar');
    desk.must({ do: 'RecordConsent', about: 'PLACE', answer: 'YES', how: 'In person to PC Example' }, 'abby');
    desk.must({ ...informant, summary: 'Told him where', toldPlace: true }, 'oscar');
    desk.must({ do: 'RecordConsent', about: 'PLACE', answer: 'NO', how: 'Rang, changed her mind' }, 'abby');
    expect(mayTellFound(desk.record, 'FAMILY', desk)).toBe(false);
  });
});

describe('enquiries, logs and searches under the law', () => {
  const verbal = { do: 'RecordEnquiry', step: 'NEW', type: 'CELL_SITE', authority: 'IPA_P3', isRequestToSpoc: true, cdGrade: 1, isVerbal: true, necessity: 'Immediate threat to her life' } as const;

  it('communications data: a request to CD_SPOC, decided by another, written up in 24 hours, asked to be cancelled when found', () => {
    const desk = highChild();
    expect(desk.act({ ...verbal, isRequestToSpoc: false }, 'oscar')).toBe('ROLE_DENIED');
    desk.must(verbal, 'oscar');
    const id = regionsOfDesk(desk).enquiries?.enquiries[0]?.id ?? '';
    expect(desk.record.pages.find(page => page.about === id)).toMatchObject({ to: ['cyd'], status: 'due' });
    expect(desk.act({ do: 'DecideEnquiry', enquiryId: id, isApproved: true, reason: 'Life at risk' }, 'ivan')).toBe('ROLE_DENIED');
    desk.must({ do: 'DecideEnquiry', enquiryId: id, isApproved: true, reason: 'Life at risk' }, 'cyd');
    desk.to('2026-11-25T01:30:00.000Z');
    expect(desk.facts.filter(fact => fact.about?.['what'] === 'CD_WRITE_UP').map(fact => fact.at)).toEqual(['2026-11-25T01:00:00.000Z']);
    expect(desk.act({ do: 'RecordEnquiry', step: 'RESULT', enquiryId: id, summary: 'Mast at 53.19432, -2.88761' }, 'cyd')).toBe('FIELD_INVALID');
    seen(desk);
    expect(desk.record.pages.findLast(page => page.about === id)).toMatchObject({ kind: 'STAND_DOWN', to: ['cyd'] });
    expect(regionsOfDesk(desk).enquiries?.enquiries[0]?.state).toBe('APPROVED');
    desk.must({ do: 'RecordEnquiry', step: 'CANCEL', enquiryId: id, reason: 'She is found' }, 'cyd');
  });

  it('15.2 item 36: a live link is held for a child at risk of exploitation, approved by another, and then owed once', () => {
    const desk = highChild();
    desk.must({ do: 'SetFlag', flag: 'CSE', source: 'Told by the social worker' }, 'oscar');
    desk.must({ do: 'RequestLiveLink', necessity: 'Nothing else shows where', proportionality: 'A risk to her life', collateral: 'Nobody but herself' }, 'ivan');
    const id = regionsOfDesk(desk).enquiries?.enquiries[0]?.id ?? '';
    expect(regionsOfDesk(desk).enquiries?.enquiries[0]?.state).toBe('HELD');
    const approve = { do: 'ApproveLiveLink', enquiryId: id, isApproved: true, reason: 'Proportionate' } as const;
    expect(desk.act(approve, 'ivan')).toBe('SEGREGATION');
    expect(desk.act(approve, 'oscar')).toBe('ROLE_DENIED');
    expect(desk.act(approve, 'ida')).toBe('GUARD_UNMET');
    expect([...desk.effects, ...desk.record.owed].filter(item => item.kind === 'live-link')).toEqual([]);
    desk.must({ ...approve, safeguarding: 'Exploitation team: only by day' }, 'ida');
    expect(desk.facts.at(-1)).toMatchObject({ what: 'LiveLinkDecided' });
    expect([...desk.effects, ...desk.record.owed].filter(item => item.kind === 'live-link').map(item => item.about)).toEqual([id]);
  });

  it('15.4: a promised call is the next update, and is told when it is due; who is restricted is not called', () => {
    const desk = highChild();
    desk.must({ ...informant, summary: 'The search goes on', promisedNextAt: '2026-11-24T04:00:00Z' }, 'oscar');
    expect(desk.record.tasks.filter(task => task.templateId === 'A15').map(task => [task.state, task.dueAt])).toEqual([['DONE', expect.any(String)], ['TODO', '2026-11-24T04:00:00.000Z']]);
    desk.to('2026-11-24T04:00:00.000Z');
    expect(desk.record.pages.some(page => page.title === 'The family was promised a call now')).toBe(true);
    desk.must({ do: 'RecordContact', step: 'RESTRICT', withId: 'informant-1', reason: 'Named as a suspect' }, 'sita');
    expect(desk.act({ ...informant, summary: 'Another update' }, 'oscar')).toBe('RECIPIENT_NOT_ALLOWED');
    expect(desk.act({ do: 'QueueNotice', n: 'N15', variant: 'ANY', recipientId: 'informant-1', ...basis, basis: 'VITAL_INTERESTS' }, 'oscar')).toBe('RECIPIENT_NOT_ALLOWED');
  });

  it('S28: no power, no search; a room without an entry is no complete one; the whole one is the doing of A08', () => {
    const desk = highChild();
    const begin = { do: 'StartSearch', type: 'INITIAL_HOME', placeText: '1 Sample Street', rooms: [], startedAt: desk.now, enteredBy: ['PC Example'], resources: [] } as const;
    expect(desk.act({ ...begin, rooms: [], enteredBy: [], resources: [] }, 'abby')).toBe('HOME_AUTHORITY_MISSING');
    desk.must({ ...begin, rooms: [], enteredBy: ['PC Example'], resources: [], power: 'CONSENT', consentedBy: 'The mother' }, 'abby');
    const searchId = desk.record.searches[0]?.searchId ?? '';
    const rooms = (['LOFT', 'GARAGE', 'SHED', 'VEHICLE', 'OUTBUILDING'] as const).map(kind => ({ name: kind, kind, searched: 'NONE_THERE' as const }));
    const end = { do: 'CompleteSearch', searchId, endedAt: '2026-11-24T01:30:00Z', sergeantToldAt: '2026-11-24T01:05:00Z' } as const;
    desk.to('2026-11-24T01:30:00.000Z');
    expect(desk.act({ ...end, rooms: [{ name: 'Kitchen', kind: 'ROOM', searched: 'YES', how: 'By hand' }, ...rooms.slice(1)] }, 'abby')).toBe('ROOM_UNRECORDED');
    desk.must({ ...end, rooms: [{ name: 'Kitchen', kind: 'ROOM', searched: 'YES', how: 'By hand' }, ...rooms] }, 'abby');
    expect(desk.task('A08')).toMatchObject({ state: 'DONE', evidence: { searchId, roomsRecorded: 6 } });
    expect(desk.act({ ...end, rooms }, 'abby')).toBe('TRANSITION_NOT_ALLOWED');
  });

  it('S50: nothing is taken once found, and what is held waits to be disposed of', () => {
    const desk = highChild();
    const take = { do: 'RecordBiometric', step: 'COLLECTED', type: 'DNA_DIRECT', holderRef: 'Store 12', consentBy: 'The mother' } as const;
    desk.must(take, 'abby');
    seen(desk);
    expect(desk.act(take, 'abby')).toBe('GUARD_UNMET');
    const holdingId = regionsOfDesk(desk).biometrics?.[0]?.id ?? '';
    desk.must({ do: 'RecordBiometric', step: 'DISPOSED', holdingId, confirmation: 'Destroyed, ref 1' }, 'oscar');
    expect(regionsOfDesk(desk).biometrics?.[0]?.state).toBe('DISPOSED');
  });

  it('P10: "nothing to dispose of" is refused while a sample is held, and taken once its holder confirmed, or when a law keeps it', () => {
    const held = highChild();
    held.must({ do: 'RecordBiometric', step: 'COLLECTED', type: 'DNA_DIRECT', holderRef: 'Store 12', consentBy: 'The mother' }, 'abby');
    seen(held);
    const none = withEvidence('P10', { kind: 'DISPOSAL', items: [], none: true });
    expect(held.act(none, 'oscar')).toBe('EVIDENCE_MISSING');
    const kept = { kind: 'DISPOSAL', items: [{ what: 'Toothbrush', how: 'RETAINED_BY_LAW', at: held.now }] };
    const other = { kind: 'DISPOSAL', items: [{ what: 'Telephone', how: 'RETURNED', at: held.now }] };
    expect(held.act(withEvidence('P10', other), 'oscar')).toBe('EVIDENCE_MISSING');
    const { current } = held;
    held.must(withEvidence('P10', kept), 'oscar');
    held.current = current;
    held.must({ do: 'RecordBiometric', step: 'DISPOSED', holdingId: regionsOfDesk(held).biometrics?.[0]?.id ?? '', confirmation: 'Destroyed, ref 1' }, 'oscar');
    held.must(none, 'oscar');
    expect(held.task('P10').state).toBe('DONE');
  });

  it('P06 by hand names the home and the host authority when the child lives out of area', () => {
    const desk = highChild();
    desk.must({ do: 'EditCase', laResponsible: 'Merseyside', laPlaced: 'Halton' }, 'oscar');
    seen(desk);
    const to = (...authorities: string[]) => withEvidence('P06', { kind: 'RHI_REFERRAL', authorities, referredAt: desk.now });
    expect(desk.act(to('Halton', 'halton '), 'oscar')).toBe('GUARD_UNMET');
    desk.must(to('Halton', 'Merseyside'), 'oscar');
  });

  it('3.1 and 3.10: a confidential case names its owner, and a hold is lifted by who may set it', () => {
    const desk = highChild();
    expect(desk.act({ do: 'SetAccess', tier: 'CONFIDENTIAL', userIds: ['somebody'], reason: 'A relative of an officer' }, 'ivan')).toBe('FIELD_INVALID');
    desk.must({ do: 'SetAccess', tier: 'CONFIDENTIAL', userIds: ['fred'], reason: 'A relative of an officer' }, 'ivan');
    expect(desk.record.casefile.accessList?.map(one => one.userId)).toEqual(['fred']);
    expect(desk.act({ do: 'SetLegalHold', isHeld: true, reason: 'Inquest' }, 'oscar')).toBe('ROLE_DENIED');
    desk.must({ do: 'SetLegalHold', isHeld: true, reason: 'Inquest' }, 'dpo');
    expect(desk.act({ do: 'SetLegalHold', isHeld: true, reason: 'Inquest' }, 'dpo')).toBe('TRANSITION_NOT_ALLOWED');
    desk.must({ do: 'SetLegalHold', isHeld: false, reason: 'Inquest over' }, 'dpo');
    expect(desk.record.legalHold).toBeUndefined();
  });
});
