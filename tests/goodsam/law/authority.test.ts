import { describe, expect, it } from '@jest/globals';
import { confirm, desk, type Desk } from './support/desk.ts';
import { failedGate, gateAt, officer, sergeant } from './support/requests.ts';

describe('authority (T4, 21.29)', () => {
  const ask = (it: Desk, by: string, roles: string[], more: { decision?: 'APPROVED' | 'REFUSED'; reason?: string; overrideTicked?: boolean } = {}): string =>
    it.run({ do: 'Authorise', decision: more.decision ?? 'APPROVED', overrideTicked: more.overrideTicked ?? false, gate: gateAt(it.now()), ...(more.reason !== undefined && { reason: more.reason }) }, { by, roles });
  it('is another person, with the role of that area', () => {
    const it = desk().create('SOM');
    expect(ask(it, sergeant, ['GoodSam.Authorise.DA', 'GoodSam.Request.SOM'])).toBe('AUTH_REQUIRED');
    expect(ask(it, officer, ['GoodSam.Authorise.SOM'])).toBe('SELF_AUTH');
    expect(ask(it, sergeant, ['GoodSam.Authorise.SOM'])).toBe('accepted');
    expect(it.state).toBe('SENDING');
    expect(it.link.authorisation).toMatchObject({ by: sergeant, decision: 'APPROVED' });
  });
  it('a refusal needs a reason', () => {
    const it = desk().create('SOM');
    expect(ask(it, sergeant, ['GoodSam.Authorise.SOM'], { decision: 'REFUSED' })).toBe('AUTH_REQUIRED');
    expect(ask(it, sergeant, ['GoodSam.Authorise.SOM'], { decision: 'REFUSED', reason: '  ' })).toBe('AUTH_REQUIRED');
    expect(ask(it, sergeant, ['GoodSam.Authorise.SOM'], { decision: 'REFUSED', reason: 'VISIT' })).toBe('accepted');
    expect(it.state).toBe('AUTH_REFUSED');
  });
  it.each(['HIGH', 'VERY_HIGH'] as const)('a risk that is %s is refused without a reason, and approved with the tick only', riskLevel => {
    const som = { riskLevel, whyNotUnannounced: 'x', onlyCheckInPeriod: false, childInView: false } as const;
    expect(() => desk().create('SOM', { som })).toThrow('RISK_TOO_HIGH');
    const it = desk().create('SOM', { som: { ...som, overrideReason: 'visited yesterday' } });
    expect(ask(it, sergeant, ['GoodSam.Authorise.SOM'])).toBe('RISK_TOO_HIGH');
    expect(ask(it, sergeant, ['GoodSam.Authorise.SOM'], { overrideTicked: true })).toBe('accepted');
  });
  it('comes before the confirmation, and the gate after it', () => {
    const it = desk().create('SOCU', { reasonCode: 'THREAT_TO_LIFE_SAFE_CONTACT', safe: 'UNKNOWN' });
    expect(it.state).toBe('AUTH_PENDING');
    expect(it.approve()).toBe('accepted');
    expect(it.state).toBe('SAFETY_HELD');
    expect(confirm(it)).toBe('accepted');
    expect(it.state).toBe('SENDING');
  });
});

describe("a supervisor's release (T2b, 21.10)", () => {
  const release = (it: Desk, by = sergeant, gate = gateAt(it.now())): string => it.run({ do: 'ReleaseHold', reason: 'CHECKED', gate }, { by });
  const silent = (): Desk => desk().create('FCC', { reasonCode: 'SILENT_OR_ABANDONED_CALL', mode: 'LOCATION' });
  it('is for a silent call and a missing person, by another person, without a marker', () => {
    expect(silent().state).toBe('SAFETY_HELD');
    expect(release(silent(), officer)).toBe('SELF_AUTH');
    for (const name of ['DOMESTIC_ABUSE', 'THREAT_TO_LIFE', 'STALKING'] as const) expect(release(silent(), sergeant, gateAt(silent().now(), [name]))).toBe('SAFETY_HOLD');
    expect(release(silent(), sergeant, failedGate(silent().now()))).toBe('SAFETY_HOLD');
    expect(release(desk().create('DA', { safe: 'UNKNOWN' }))).toBe('SAFETY_HOLD');
    expect(release(desk().create('FCC', { reasonCode: 'MISSING_PERSON_LOCATE', mode: 'LOCATION' }))).toBe('accepted');
  });
  it('is good for one send, with a text that names nobody, and for no second one', () => {
    const it = silent();
    expect(release(it)).toBe('accepted');
    expect(it.link.sends[0]).toMatchObject({ neutral: true, template: 'DA_NEUTRAL' });
    expect(it.link.safeContact.usedBySend).toBe(1);
    it.accepted();
    it.skip(61);
    expect(it.run({ do: 'Resend', gate: gateAt(it.now()) })).toBe('RESEND_LIMIT');
  });
});
