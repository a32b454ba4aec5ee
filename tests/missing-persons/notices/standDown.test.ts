import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { purgeOnFound, purgeOnMissingAgain } from '../../../functions/missing-persons/rules/notices/hold.ts';
import { maySend } from '../../../functions/missing-persons/rules/notices/maySend.ts';
import { notice as noticeSchema, type Notice } from '../../../functions/missing-persons/rules/notices/notice.ts';
import { buildPayload, payloadText } from '../../../functions/missing-persons/rules/notices/payload.ts';
import { acknowledged, answered, handed } from '../../../functions/missing-persons/rules/notices/progress.ts';
import { openStandDowns, settleStandDowns, standDowns, toldFoundWrongly, toldMissing, type StandDown } from '../../../functions/missing-persons/rules/notices/standDown.ts';
import { active, at, facts, hashOf, queuedOf, recipientOf, type Wanted } from './support.ts';

const found = { ...active, now: at(10), state: 'LOCATED_VERIFIED' as const, stoppedAt: at(10) };
const seal = (one: StandDown) => {
  const made = buildPayload('N17', facts({ caseStatus: 'FOUND', mobileNumber: '+447700900001' }), one);
  return { fields: made.fields, payloadHash: hashOf(payloadText(made)) };
};
const sealing = { situation: found, seal };
const accepted = (one: Notice, minute = 1): Notice => answered(handed(one, at(minute)), { outcome: 'accepted', providerRef: 'r' }, at(minute)).notice;
const phoned = (one: Notice): Notice => acknowledged(one, { by: 'A. Worker', at: at(2), how: 'PHONE_LOG' });

const mail: Wanted = { n: 'N04', kind: 'LA_CHILDREN', channel: 'SECURE_MAIL' };
const edt: Wanted = { n: 'N04', kind: 'LA_EDT', channel: 'PHONE_LOG' };
const btp: Wanted = { n: 'N12', kind: 'BTP', channel: 'SECURE_MAIL' };
const hospital: Wanted = { n: 'N07', kind: 'HOSPITAL', channel: 'PHONE_LOG' };
const textSafe: Wanted = { n: 'N09', variant: 'TEXTSAFE', kind: 'MISSING_PEOPLE', channel: 'SECURE_MAIL', facts: { mobileNumber: '+447700900001' } };

describe('stand-downs (N17, 15.1 item 15)', () => {
  it('S03: BTP, authority and hospital are told: mail at once, the telephone within 15 min by the OIC', () => {
    const made = standDowns([accepted(queuedOf(mail)), accepted(queuedOf(btp)), phoned(queuedOf(hospital))], sealing);
    expect(made.notices.map(one => [one.recipientId, one.n, one.state, one.nextTryAt, one.dueAt])).toEqual([
      ['LA_CHILDREN.SECURE_MAIL', 'N17', 'QUEUED', at(10), at(25)], ['BTP.SECURE_MAIL', 'N17', 'QUEUED', at(10), at(25)], ['HOSPITAL.PHONE_LOG', 'N17', 'QUEUED', undefined, at(25)],
    ]);
    expect(made.calls).toEqual([{ noticeId: 'sd-N07.HOSPITAL', recipientId: 'HOSPITAL.PHONE_LOG', ownerRole: 'OIC', dueAt: at(25) }]);
    for (const one of made.notices) {
      expect(noticeSchema.parse(one)).toEqual(one);
      expect(maySend(one, found, recipientOf(one.kind, one.channel)).verdict).toBe(one.channel === 'PHONE_LOG' ? 'BY_HAND' : 'SEND');
    }
  });

  it('S10: who was told nothing learns nothing', () => {
    expect(standDowns([queuedOf(mail), queuedOf(edt)], sealing)).toEqual({ notices: [], calls: [] });
    expect(standDowns(purgeOnFound([queuedOf(mail), queuedOf(btp)], at(10)), sealing).notices).toEqual([]);
  });

  it('15.1 item 20: what an adapter was given may have left, whatever it answered', () => {
    const timedOut = answered(handed(queuedOf(mail), at(1)), { outcome: 'later', reason: 'gateway-timeout' }, at(1)).notice;
    expect(standDowns(purgeOnFound([timedOut], at(10)), sealing).notices.map(one => one.standDownOf)).toEqual([['N04.LA_CHILDREN']]);
  });

  it('S11: the phone log that was made gets a call; coroner, Home Office, informant, public and staff get nothing', () => {
    const others = [
      phoned(queuedOf({ n: 'N13', variant: 'ANY', kind: 'CORONER', channel: 'PHONE_LOG' })), phoned(queuedOf({ n: 'N14', variant: 'ANY', kind: 'HOME_OFFICE', channel: 'PHONE_LOG' })),
      accepted(queuedOf({ n: 'N15', variant: 'ANY', kind: 'INFORMANT', channel: 'NOTIFY_SMS' })), accepted(queuedOf({ n: 'N01', variant: 'ANY', kind: 'STAFF', channel: 'TEAMS' })),
      accepted(queuedOf({ n: 'N18', kind: 'CARE_PROVIDER', channel: 'PORTAL' })),
    ];
    expect(standDowns([phoned(queuedOf(edt)), ...others], sealing).calls.map(one => one.recipientId)).toEqual(['LA_EDT.PHONE_LOG']);
    expect(standDowns(others, sealing).notices).toEqual([]);
  });

  it('one a recipient, however often it was told, but TextSafe is a message of its own', () => {
    const again = accepted(queuedOf({ ...mail, noticeId: 'second' }));
    const publicity = accepted(queuedOf({ ...textSafe, variant: 'PUBLICITY', noticeId: 'appeal', facts: { appeal: { text: 'Seen?', approvedBy: 'i', approvedAt: at(0), expiresAt: at(99) } } }));
    const made = standDowns([accepted(queuedOf(mail)), again, accepted(queuedOf(textSafe)), publicity], sealing);
    expect(made.notices.map(one => [one.standDownOf, one.variant, one.fields])).toEqual([
      [['N04.LA_CHILDREN', 'second'], 'FOUND', ['caseRef']], [['N09.MISSING_PEOPLE'], 'TEXTSAFE', ['mobileNumber']], [['appeal'], 'FOUND', ['caseRef']],
    ]);
  });

  it('what was said after the return (safeguarding, interview) needs none', () => {
    const after = accepted(queuedOf({ ...mail, variant: 'RHI_REFERRAL' }, { situation: found }), 11);
    expect(toldMissing([after])).toEqual([]);
  });

  it('is made once; the originals are STOOD_DOWN only when somebody there knows', () => {
    const first = accepted(queuedOf(mail));
    const made = standDowns([first], sealing).notices;
    expect(standDowns([first, ...made], sealing).notices).toEqual([]);
    const [one] = made;
    if (!one) throw new Error('none');
    const left = accepted(one, 11);
    expect(settleStandDowns([first, left])[0]?.state).toBe('SENT');
    expect(openStandDowns([first, left])).toEqual([left]);
    const known = acknowledged(left, { by: 'A. Worker', at: at(12), how: 'PORTAL' });
    expect(settleStandDowns([first, known])[0]).toMatchObject({ state: 'STOOD_DOWN', sentAt: at(1) });
    expect(openStandDowns([first, known])).toEqual([]);
  });

  it('C22 and found again: a purged stand-down is made anew under another id, and who heard the wrong news is known', () => {
    const told = [accepted(queuedOf(mail)), accepted(queuedOf(btp))];
    const [toLa, toBtp] = standDowns(told, sealing).notices;
    if (!toLa || !toBtp) throw new Error('none');
    const again = purgeOnMissingAgain([...told, accepted(toLa, 11), toBtp], at(12));
    expect(toldFoundWrongly(again).map(one => one.recipientId)).toEqual(['LA_CHILDREN.SECURE_MAIL']);
    expect(standDowns(again, { seal, situation: { ...found, now: at(60), stoppedAt: at(60) } }).notices.map(one => one.noticeId)).toEqual(['sd2-N12.BTP']);
  });

  it('S15: none after a death before the SIO releases it, and none while the body is not identified', () => {
    const told = [accepted(queuedOf(mail))];
    const dead = { ...found, isDeceased: true, state: 'RETURN_ACTIONS' as const };
    expect(standDowns(told, { seal, situation: dead }).notices).toEqual([]);
    expect(standDowns(told, { seal, situation: { ...dead, deathReleaseAt: at(11) } }).notices).toEqual([]);
    expect(standDowns(told, { seal, situation: { ...dead, state: 'DECEASED_PENDING_ID', deathReleaseAt: at(9) } }).notices).toEqual([]);
    expect(standDowns(told, { seal, situation: { ...dead, deathReleaseAt: at(10) } }).notices).toHaveLength(1);
  });
});

/** Any order of events before "found": queued, given to an adapter, accepted, refused, timed out, telephoned. */
const step = fc.constantFrom('none', 'handed', 'accepted', 'later', 'refused', 'phoned');
const kinds = [mail, edt, btp, hospital, textSafe, { n: 'N02', kind: 'UKMPU', channel: 'SECURE_MAIL' }, { n: 'N10', kind: 'NCA_CRA', channel: 'PHONE_LOG' }, { n: 'N06', kind: 'CARE_PROVIDER', channel: 'PORTAL' }] satisfies Wanted[];
const walk = (one: Notice, what: string): Notice => {
  if (what === 'phoned') return phoned(one);
  if (what === 'none' || one.channel === 'PHONE_LOG') return one;
  const given = handed(one, at(1));
  if (what === 'accepted') return accepted(one);
  return what === 'handed' ? given : answered(given, { outcome: what === 'later' ? 'later' : 'refused', reason: 'x' }, at(1)).notice;
};

describe('found stops everything (property)', () => {
  it('after stoppedAt only stand-downs leave, each recipient who may know gets exactly one, nobody else any', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...kinds), step), { maxLength: 12 }), steps => {
      const before = steps.map(([wanted, what], n) => walk(queuedOf({ ...wanted, noticeId: `n${n}` }), what));
      const after = purgeOnFound(before, at(10));
      const { notices: made } = standDowns(after, sealing);
      const leaving = [...after, ...made].filter(one => ['SEND', 'BY_HAND'].includes(maySend(one, found, recipientOf(one.kind, one.channel)).verdict));
      expect(leaving).toEqual(made);
      const knew = before.filter(one => one.handedAt !== undefined || one.ackAt !== undefined);
      expect(new Set(made.flatMap(one => one.standDownOf))).toEqual(new Set(knew.map(one => one.noticeId)));
      expect(made.map(one => one.recipientId)).toHaveLength(new Set(made.map(one => `${one.recipientId} ${one.variant}`)).size);
    }));
  });
});
