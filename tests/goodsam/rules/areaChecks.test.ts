import { describe, expect, it, test } from '@jest/globals';
import { cctvNeedsSupervisor, cctvRequest, nextReminderAt, overwriteAt, overwriteTask } from '../../../functions/goodsam/rules/cctv.ts';
import { checkDaEligibility, daNeedsAuthority } from '../../../functions/goodsam/rules/domesticAbuse.ts';
import { checkForensicOutcome, forensicAuthority, scoreForm } from '../../../functions/goodsam/rules/forensics.ts';
import { checkSocu, maySocuView, socuRequest } from '../../../functions/goodsam/rules/socu.ts';
import { distanceFromAddress, somRequest, somRisk, startToAnswerSeconds } from '../../../functions/goodsam/rules/som.ts';
import { timings } from '../../../functions/goodsam/rules/timing.ts';

describe('forensics 21.28', () => {
  const zero = { offenceType: 'burglary', volumeCrime: true, entryPoint: 'rear door', surfaces: ['glass'], wet: false, timeSinceH: 4, itemsMoved: false, bloodOrCellular: false, fingermark: 0, footwear: 0, toolmark: 0, dnaPotential: 0, digitalPotential: 0, preservationAdvice: '' };
  const check = (form: object, outcome: string) => checkForensicOutcome(scoreForm.parse({ ...zero, decision: outcome, decisionReason: 'nothing to recover', ...form }), outcome);
  it('attends on any score of 2 or more, whatever the reason given', () => {
    for (const name of ['fingermark', 'footwear', 'toolmark', 'dnaPotential', 'digitalPotential']) for (const score of [2, 3]) {
      expect(check({ [name]: score, decisionReason: undefined }, 'ATTEND_URGENT')).toEqual({ ok: true });
      expect(check({ [name]: score }, 'ATTEND_SCHEDULED')).toEqual({ ok: true });
      for (const outcome of ['NO_ATTEND', 'SELF_PACK_AND_DROP', 'ITEM_COLLECTION_ONLY', 'REMOTE_PHOTO_SUFFICIENT']) expect(check({ [name]: score }, outcome)).toMatchObject({ code: 'OUTCOME_NOT_ALLOWED' });
    }
  });
  it('does not attend volume crime without potential, and says why', () => {
    expect(check({}, 'NO_ATTEND')).toEqual({ ok: true });
    expect(check({ decisionReason: ' ' }, 'NO_ATTEND')).toMatchObject({ code: 'CHECKLIST_INCOMPLETE' });
    expect(check({}, 'ATTEND_SCHEDULED')).toMatchObject({ code: 'OUTCOME_NOT_ALLOWED' });
  });
  it('leaves all else to the examiner, with a reason', () => {
    expect(check({ volumeCrime: false }, 'ATTEND_SCHEDULED')).toEqual({ ok: true });
    expect(check({ footwear: 1 }, 'SELF_PACK_AND_DROP')).toEqual({ ok: true });
    expect(check({ footwear: 1, decisionReason: undefined }, 'SELF_PACK_AND_DROP')).toMatchObject({ code: 'CHECKLIST_INCOMPLETE' });
  });
  it('needs scores, and a decision that is the outcome', () => {
    expect(checkForensicOutcome(undefined, 'NO_ATTEND')).toMatchObject({ code: 'CHECKLIST_INCOMPLETE' });
    expect(check({ decision: 'ATTEND_URGENT' }, 'NO_ATTEND')).toMatchObject({ code: 'CHECKLIST_INCOMPLETE' });
    expect(scoreForm.safeParse({ ...zero, footwear: 4 }).success).toBe(false);
    expect([forensicAuthority('DIGITAL_DEVICE_TRIAGE'), forensicAuthority('SCENE_TRIAGE')]).toEqual([true, false]);
  });
});

describe('CCTV', () => {
  const windowFrom = '2026-01-10T21:00:00Z';
  const asked = (more: object) => cctvRequest.parse({ cameraOwnerType: 'DOMESTIC', windowFrom, windowTo: '2026-01-10T22:30:00Z', ...more });
  it('needs the sergeant for more than 24 h or sensitive premises', () => {
    expect(cctvNeedsSupervisor(asked({ windowTo: '2026-01-11T21:00:00Z' }))).toBe(false);
    expect(cctvNeedsSupervisor(asked({ windowTo: '2026-01-11T21:00:01Z' }))).toBe(true);
    expect(cctvNeedsSupervisor(asked({ sensitivePremises: true }))).toBe(true);
    expect(cctvRequest.safeParse({ cameraOwnerType: 'DOMESTIC', windowFrom, windowTo: windowFrom }).success).toBe(false);
  });
  test.each([[{}, '2026-01-17T21:00:00.000Z'], [{ retentionDays: 30 }, '2026-02-09T21:00:00.000Z'], [{ overwriteAt: '2026-01-12T00:00:00Z', retentionDays: 30 }, '2026-01-12T00:00:00Z']])('%j is overwritten %s', (more, at) => expect(overwriteAt(asked(more))).toBe(at));
  test.each([[false, false, '2026-01-15T21:00:00.001Z', 'PHONE'], [false, false, '2026-01-15T21:00:00Z', null], [false, true, '2026-01-16T00:00:00Z', 'VISIT'], [true, true, '2026-01-16T00:00:00Z', null]] as const)('opened %s, phoned %s at %s: %s', (opened, phoneTaskDone, now, task) => {
    expect(overwriteTask({ overwriteAt: '2026-01-17T21:00:00Z', opened, phoneTaskDone }, now)).toBe(task);
  });
  it('reminds twice', () => {
    const sent = { firstSentAt: '2026-01-10T10:00:00.000Z', lastSentAt: '2026-01-12T10:00:00.000Z', linkExpiresAt: '2026-01-17T10:00:00.000Z' };
    expect(nextReminderAt({ ...sent, reminders: 0 }, timings.CCTV)).toBe('2026-01-12T10:00:00.000Z');
    expect(nextReminderAt({ ...sent, reminders: 1 }, timings.CCTV)).toBe('2026-01-13T10:00:00.000Z');
    expect(nextReminderAt({ ...sent, reminders: 2 }, timings.CCTV)).toBeNull();
    expect(nextReminderAt({ ...sent, reminders: 1, linkExpiresAt: '2026-01-13T10:00:00.000Z' }, timings.CCTV)).toBeNull();
  });
});

describe('domestic abuse', () => {
  const good = { notEmergency: true, offenderNotPresent: true, callerInSafePlace: true, ableAndWilling: true, adultOrAppropriateAdult: true, noImmediateMedicalNeed: true, inPersonOffered: true, choice: 'VIDEO' } as const;
  it('deploys on anything false or unanswered', () => {
    expect(checkDaEligibility(good)).toEqual({ ok: true });
    for (const fact of ['notEmergency', 'offenderNotPresent', 'callerInSafePlace', 'ableAndWilling', 'adultOrAppropriateAdult', 'noImmediateMedicalNeed', 'inPersonOffered']) {
      expect(checkDaEligibility({ ...good, [fact]: false })).toEqual({ ok: false, code: 'ELIGIBILITY_FAILED', failed: [fact], deploy: true });
    }
    expect(checkDaEligibility({ ...good, choice: 'IN_PERSON' })).toMatchObject({ failed: ['choice'], deploy: true });
    expect(checkDaEligibility(undefined)).toMatchObject({ deploy: true });
  });
  it('needs the sergeant for a high-risk follow-up only', () => {
    expect(daNeedsAuthority('FOLLOW_UP_STATEMENT', 'HIGH')).toBe(true);
    expect(daNeedsAuthority('FOLLOW_UP_STATEMENT', 'MEDIUM')).toBe(false);
    expect(daNeedsAuthority('RVR_FIRST_RESPONSE', 'HIGH')).toBe(false);
  });
});

describe('sex offender management', () => {
  test.each([['LOW', undefined, { kind: 'AUTHORITY', override: false }], ['MEDIUM', undefined, { kind: 'AUTHORITY', override: false }], ['HIGH', undefined, { kind: 'REFUSED', code: 'RISK_TOO_HIGH' }], ['VERY_HIGH', '  ', { kind: 'REFUSED', code: 'RISK_TOO_HIGH' }], ['HIGH', 'agreed plan', { kind: 'AUTHORITY', override: true }], ['VERY_HIGH', 'agreed plan', { kind: 'AUTHORITY', override: true }]] as const)('%s with %s', (riskLevel, overrideReason, result) => {
    expect(somRisk({ riskLevel, overrideReason })).toEqual(result);
  });
  it('is never the only check of its period', () => {
    expect(somRequest.safeParse({ riskLevel: 'LOW', whyNotUnannounced: 'distance', onlyCheckInPeriod: true, childInView: false }).success).toBe(false);
  });
  it('measures distance and answer', () => {
    expect(distanceFromAddress({ lat: 53.19, lng: -2.89 }, { lat: 53.19, lng: -2.89 })).toEqual({ distanceM: 0, within: true, warning: 'MAY_BE_FAKED' });
    expect(distanceFromAddress({ lat: 53.191, lng: -2.89 }, { lat: 53.19, lng: -2.89 })).toMatchObject({ distanceM: 111, within: false });
    expect(startToAnswerSeconds('2026-01-01T10:00:00Z', '2026-01-01T10:00:42Z')).toBe(42);
    for (const [from, to] of [[undefined, '2026-01-01T10:00:00Z'], ['2026-01-01T10:00:00Z', undefined], ['2026-01-01T10:00:02Z', '2026-01-01T10:00:00Z']]) expect(startToAnswerSeconds(from, to)).toBeNull();
  });
});

describe('serious and organised crime', () => {
  const [one, two, three] = ['11111111-1111-4111-8111-11111111111a', '22222222-2222-4222-8222-22222222222b', '33333333-3333-4333-8333-33333333333c'] as const;
  const request = socuRequest.parse({ notChis: true, secondPerson: two, namedViewers: [two] });
  it('forbids a covert source, and a second person who is the first', () => {
    expect(checkSocu(request, one)).toEqual({ ok: true });
    expect(checkSocu({ ...request, notChis: false }, one)).toMatchObject({ code: 'NOT_OVERT' });
    expect(checkSocu(request, two.toUpperCase())).toMatchObject({ code: 'ELIGIBILITY_FAILED' });
  });
  it('shows to named people only', () => {
    expect([one, two.toUpperCase(), three].map(user => maySocuView(user, one, request))).toEqual([true, true, false]);
    for (const namedViewers of [[], ['SOCU team']]) expect(socuRequest.safeParse({ notChis: true, secondPerson: two, namedViewers }).success).toBe(false);
  });
});
