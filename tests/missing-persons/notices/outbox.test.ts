import { describe, expect, it } from '@jest/globals';
import { hold, checkRelease, purgeOnEnd, purgeOnFound, purgeOnMissingAgain, releaseDeath, releaseLocated } from '../../../functions/missing-persons/rules/notices/hold.ts';
import { maySend } from '../../../functions/missing-persons/rules/notices/maySend.ts';
import type { Notice } from '../../../functions/missing-persons/rules/notices/notice.ts';
import { acknowledged, answered, bounced, checkAck, delivered, handed, isTold, recall, refusedNow, untold } from '../../../functions/missing-persons/rules/notices/progress.ts';
import { active, at, basis, queuedOf, recipientOf } from './support.ts';

const la = (): Notice => queuedOf({ n: 'N04', kind: 'LA_CHILDREN', channel: 'SECURE_MAIL' });
const laBox = recipientOf('LA_CHILDREN', 'SECURE_MAIL');
const accepted = { outcome: 'accepted', providerRef: 'gw-1' } as const;
const later = { outcome: 'later', reason: 'gateway-timeout' } as const;
const sent = (one: Notice): Notice => answered(handed(one, at(1)), accepted, at(1)).notice;

describe('tries (6.2)', () => {
  it('1, 5, 15 and 60 min, then FAILED and the sergeant is paged', () => {
    let one = la();
    let now = at(0);
    const waits: number[] = [];
    for (let tries = 0; tries < 4; tries += 1) {
      const after = answered(handed(one, now), later, now);
      expect(after).not.toHaveProperty('pages');
      waits.push((Date.parse(after.notice.nextTryAt ?? '') - Date.parse(now)) / 60_000);
      expect(maySend(after.notice, { ...active, now }, laBox)).toEqual({ verdict: 'WAIT' });
      now = after.notice.nextTryAt ?? '';
      expect(maySend(after.notice, { ...active, now }, laBox)).toEqual({ verdict: 'SEND' });
      one = after.notice;
    }
    expect(waits).toEqual([1, 5, 15, 60]);
    expect(answered(handed(one, now), later, now)).toMatchObject({ notice: { state: 'FAILED', endReason: 'TRIES_SPENT', tries: 5, handedAt: at(0) }, pages: 'SGT' });
  });

  it('a longer wait that the far side asks for wins, up to an hour', () => {
    expect(answered(handed(la(), at(0)), { ...later, retryAfterMs: 180_000 }, at(0)).notice.nextTryAt).toBe(at(3));
    expect(answered(handed(la(), at(0)), { ...later, retryAfterMs: 9e9 }, at(0)).notice.nextTryAt).toBe(at(60));
    expect(answered(handed(la(), at(0)), { ...later, retryAfterMs: 1 }, at(0)).notice.nextTryAt).toBe(at(1));
  });

  it('a refusal, a bounce and a lapsed basis page at once', () => {
    expect(answered(handed(la(), at(0)), { outcome: 'refused', reason: 'gateway-422' }, at(0))).toMatchObject({ notice: { state: 'FAILED', endReason: 'REFUSED' }, pages: 'SGT' });
    expect(bounced(sent(la()), at(2))).toMatchObject({ notice: { state: 'FAILED', endReason: 'BOUNCED' }, pages: 'SGT' });
    expect(refusedNow(la(), at(0))).toMatchObject({ pages: 'SGT' });
    expect(bounced(la(), at(2))).toEqual({ notice: la() });
  });

  it('an answer that comes after the purge does not bring it back, and keeps the proof that it left', () => {
    const [purged] = purgeOnFound([handed(la(), at(1))], at(2));
    if (!purged) throw new Error('none');
    expect(answered(purged, accepted, at(3)).notice).toMatchObject({ state: 'RECALLED', sentAt: at(3), providerRef: 'gw-1' });
    expect(answered(purged, later, at(3)).notice).toEqual(purged);
  });
});

describe('sent is not told (6.2)', () => {
  it('only an acknowledgement by a person counts', () => {
    const one = delivered(sent(la()), at(2));
    expect(one).toMatchObject({ state: 'DELIVERED', deliveredAt: at(2) });
    expect(isTold(one)).toBe(false);
    expect(untold([one], at(29))).toEqual([]);
    expect(untold([one], at(30))).toEqual([one]);
    const told = acknowledged(one, { by: ' A. Worker ', at: at(5), how: 'PORTAL' });
    expect(told).toMatchObject({ state: 'ACKED', ackBy: 'A. Worker', ackAt: at(5), ackHow: 'PORTAL' });
    expect([isTold(told), untold([told], at(60))]).toEqual([true, []]);
  });

  it('a row without an acknowledgement is told when it left', () => expect(isTold(sent(queuedOf({ n: 'N15', variant: 'ANY', kind: 'INFORMANT', channel: 'NOTIFY_SMS' })))).toBe(true));

  it('a telephone call stands in for what failed; the portal only for what was sent', () => {
    const by = { by: 'A. Worker', at: at(5) };
    const failed = refusedNow(la(), at(1)).notice;
    expect(checkAck(failed, { ...by, how: 'PHONE_LOG' }, at(5))).toEqual([]);
    expect(checkAck(failed, { ...by, how: 'PORTAL' }, at(5))).toMatchObject([{ code: 'TRANSITION_NOT_ALLOWED' }]);
    expect(checkAck(sent(la()), { ...by, by: ' ', at: at(8), how: 'PORTAL' }, at(5)).map(one => one.code)).toEqual(['EVIDENCE_MISSING', 'TIME_IN_FUTURE']);
    const [purged] = purgeOnFound([la()], at(2));
    expect(purged && checkAck(purged, { ...by, how: 'PHONE_LOG' }, at(5))).toMatchObject([{ code: 'TRANSITION_NOT_ALLOWED' }]);
  });

  it('a photograph of the wrong person: what is queued is recalled, what left is corrected by hand', () => {
    const queued = queuedOf({ n: 'N12', kind: 'BTP', channel: 'SECURE_MAIL' });
    const gone = sent(queuedOf({ n: 'N12', kind: 'PORT', channel: 'SECURE_MAIL' }));
    const after = recall([queued, gone, la()], new Set([queued.noticeId, gone.noticeId]), at(3));
    expect(after.notices.map(one => one.state)).toEqual(['RECALLED', 'RECALLED', 'QUEUED']);
    expect(after.correctByHand.map(one => one.noticeId)).toEqual([gone.noticeId]);
  });
});

describe('found (C8), C6 and C7', () => {
  const btp = queuedOf({ n: 'N12', kind: 'BTP', channel: 'SECURE_MAIL' });
  it('S11: what was queued for outside never leaves; our own staff are told', () => {
    const staff = queuedOf({ n: 'N01', variant: 'ANY', kind: 'STAFF', channel: 'TEAMS' });
    expect(purgeOnFound([la(), btp, staff], at(4)).map(one => [one.state, one.endReason])).toEqual([['RECALLED', 'FOUND'], ['RECALLED', 'FOUND'], ['QUEUED', undefined]]);
  });

  it('the last look stops a worker that is late, even when the purge of rows has not come to it yet (15.1 item 20)', () => {
    const found = { ...active, now: at(5), state: 'LOCATED_VERIFIED' as const, stoppedAt: at(4) };
    expect(maySend(la(), found, laBox)).toMatchObject({ verdict: 'PURGE', why: { rule: 'C8' } });
    expect(maySend(queuedOf({ n: 'N15', variant: 'ANY', kind: 'INFORMANT', channel: 'NOTIFY_SMS' }), found, recipientOf('INFORMANT', 'NOTIFY_SMS'))).toMatchObject({ verdict: 'PURGE' });
    expect(maySend(sent(la()), found, laBox)).toEqual({ verdict: 'NOTHING' });
  });

  it('C6: once it is agreed, searching by others waits and the statutory notices go on; C7 gives the time back', () => {
    const held = hold([btp, la()], 'LOCATED', at(10));
    expect(held.map(one => one.state)).toEqual(['HELD', 'QUEUED']);
    const looked = { ...active, now: at(10), state: 'LOCATED_UNVERIFIED' as const };
    const btpBox = recipientOf('BTP', 'SECURE_MAIL');
    expect(maySend(btp, { ...looked, isHoldAgreed: true }, btpBox)).toMatchObject({ verdict: 'HOLD', why: { rule: 'C6' } });
    // 15.1 item 4: a sighting alone cannot stop a search.
    expect(maySend(btp, looked, btpBox)).toEqual({ verdict: 'SEND' });
    expect(maySend(la(), { ...looked, isHoldAgreed: true }, laBox)).toEqual({ verdict: 'SEND' });
    expect(releaseLocated(held, at(25))[0]).toEqual({ ...btp, dueAt: at(45), nextTryAt: at(25) });
    expect(purgeOnFound(held, at(12))[0]).toMatchObject({ state: 'RECALLED', endReason: 'FOUND' });
  });

  it('C22: a queued stand-down does not leave once the person is missing again', () => {
    const found = { ...active, now: at(5), state: 'LOCATED_VERIFIED' as const, stoppedAt: at(4) };
    const after = queuedOf({ n: 'N04', variant: 'SAFEGUARDING', kind: 'LA_CHILDREN', channel: 'SECURE_MAIL' }, { situation: found });
    expect(maySend(after, found, laBox)).toEqual({ verdict: 'SEND' });
    expect(maySend(after, { ...active, now: at(9) }, laBox)).toMatchObject({ verdict: 'PURGE', why: { rule: 'C22' } });
    expect(purgeOnMissingAgain([after, la()], at(9)).map(one => one.state)).toEqual(['RECALLED', 'QUEUED']);
  });
});

describe('death (C10 to C12, C21)', () => {
  const pending = { ...active, now: at(10), state: 'DECEASED_PENDING_ID' as const };
  const coroner = queuedOf({ n: 'N13', variant: 'ANY', kind: 'CORONER', channel: 'PHONE_LOG' }, { situation: pending });
  it('S15: C10 holds all but the coroner; C12 releases once the family knows, with the time that was left', () => {
    const held = hold([la(), coroner], 'DEATH', at(10));
    expect(held.map(one => one.state)).toEqual(['HELD', 'QUEUED']);
    expect(maySend(la(), pending, laBox)).toMatchObject({ verdict: 'HOLD', why: { code: 'CASE_LOCKED_DECEASED' } });
    expect(checkRelease(undefined, at(70))).toMatchObject([{ code: 'GUARD_UNMET', rule: 'C12' }]);
    expect(checkRelease(at(71), at(70))).toMatchObject([{ code: 'GUARD_UNMET' }]);
    expect(checkRelease(at(70), at(70))).toEqual([]);
    expect(releaseDeath(held, at(70))).toEqual([{ ...la(), dueAt: at(90), nextTryAt: at(70) }, coroner]);
    expect(releaseLocated(held, at(70))).toEqual(held);
  });

  it('what a sighting held is held by the death from then on, with its first time', () => {
    const [one] = hold(hold([queuedOf({ n: 'N12', kind: 'BTP', channel: 'SECURE_MAIL' })], 'LOCATED', at(5)), 'DEATH', at(10));
    expect(one).toMatchObject({ heldFor: 'DEATH', heldAt: at(5) });
    expect(one && releaseLocated([one], at(20))).toEqual([one]);
  });

  it('C11 purges what was held', () => {
    expect(purgeOnEnd(hold([la(), coroner], 'DEATH', at(10)), 'DEATH', at(20)).map(one => [one.state, one.endReason])).toEqual([['RECALLED', 'DEATH'], ['QUEUED', undefined]]);
  });

  it('until the release nobody is told, and the informant never by a message', () => {
    const dead = { ...active, now: at(30), state: 'DECEASED_CONFIRMED' as const, stoppedAt: at(20), isDeceased: true };
    const standDown: Notice = { ...la(), n: 'N17', variant: 'FOUND', queuedAt: at(25), fields: ['caseRef'] };
    expect(maySend(standDown, dead, laBox)).toMatchObject({ verdict: 'WAIT', why: { rule: 'C21' } });
    expect(maySend(standDown, { ...dead, deathReleaseAt: at(31) }, laBox)).toMatchObject({ verdict: 'WAIT' });
    expect(maySend(standDown, { ...dead, deathReleaseAt: at(30), state: 'RETURN_ACTIONS' }, laBox)).toEqual({ verdict: 'SEND' });
    const text: Notice = { ...queuedOf({ n: 'N15', variant: 'ANY', kind: 'INFORMANT', channel: 'NOTIFY_SMS' }), queuedAt: at(25) };
    expect(maySend(text, { ...dead, deathReleaseAt: at(20) }, recipientOf('INFORMANT', 'NOTIFY_SMS'))).toMatchObject({ verdict: 'PURGE', why: { rule: 'N15' } });
    expect(maySend(coroner, dead, recipientOf('CORONER', 'PHONE_LOG'))).toEqual({ verdict: 'BY_HAND' });
  });
});

describe('the last look at recipient and basis', () => {
  it('refuses what has lapsed since it was queued', () => {
    const one = la();
    expect(maySend(one, active, { ...laBox, lastVerifiedOn: '2026-01-01' })).toMatchObject({ verdict: 'REFUSE', why: { code: 'RECIPIENT_NOT_ALLOWED' } });
    expect(maySend(one, active, { ...laBox, recipientId: 'another' })).toMatchObject({ verdict: 'REFUSE', why: { code: 'RECIPIENT_NOT_ALLOWED' } });
    expect(maySend({ ...one, basis: { ...basis, expires: at(-1) } }, active, laBox)).toMatchObject({ verdict: 'REFUSE', why: { code: 'LAWFUL_BASIS_MISSING' } });
    const { basis: _basis, ...without } = one;
    expect(maySend(without, active, laBox)).toMatchObject({ verdict: 'REFUSE', why: { rule: 'I6' } });
  });
});
