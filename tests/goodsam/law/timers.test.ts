import { describe, expect, it, test } from '@jest/globals';
import { timersOf } from '../../../functions/goodsam/rules/law/timers.ts';
import { defaultSettings } from '../../../functions/goodsam/rules/law/step.ts';
import { timings } from '../../../functions/goodsam/rules/timing.ts';
import { area } from '../../../functions/goodsam/rules/terms.ts';
import { agreed, desk, running, sent, type Desk } from './support/desk.ts';
import { at, gateAt } from './support/requests.ts';

/** Timers as `name seconds`: from now until they run out. */
function timers(it: Desk): string[] {
  return timersOf(it.link, defaultSettings).map(({ key, at: when }) => `${key.split('|')[0]} ${(Date.parse(when) - Date.parse(it.now())) / 1000}`).sort();
}
const without = (it: Desk, ...names: string[]): string[] => timers(it).filter(timer => !names.some(name => timer.startsWith(`${name} `)));

describe('each state has its timers (4.4, 21.15 to 21.24)', () => {
  it('a hold: 30 minutes with the caller on the line, else a day', () => {
    expect(timers(desk().create('DA', { safe: 'UNKNOWN' }))).toEqual(['hold 1800']);
    expect(timers(desk().create('DA', { safe: 'UNKNOWN', priority: 'P1_SAME_HOUR' }))).toEqual(['hold 86400']);
  });
  it('authority: a day, or until the appointment begins', () => {
    expect(timers(desk().create('SOM'))).toEqual(['hold 86400']);
    const flags = { medicalMarker: true, daHistory: false, intelligenceMarker: false, priorSecurityBreach: false, mobileHome: false, section5: false, lastInspectionRemote: false, gunCount: 1 };
    const soon = { slotStartAt: at(7200), slotEndAt: at(7200 + 1800) };
    expect(timers(desk().create('FAL', { fal: { flags, identityChecked: true, toldVoluntary: true, firstGrant: false, policyAllowsGrant: false, certificateHmac: 'c', last: 'NONE', ...soon } }))).toEqual(['hold 7200']);
  });
  it('sending: given up after a day', () => expect(timers(desk().create('FCC'))).toEqual(['give-up 86400']));

  test.each(area.options.filter(name => name !== 'FAL' && name !== 'CCTV'))('%s, sent: no answer, and the end of the link', name => {
    const it = sent(name);
    expect(timers(it)).toEqual([`expires ${timings[name].linkLifetime}`, `no-answer ${timings[name].noAnswer}`]);
    it.pass(timings[name].noAnswer);
    expect(it.state).toBe('NO_ANSWER');
    it.pass(timings[name].linkLifetime - timings[name].noAnswer);
    expect(it.state).toBe('EXPIRED');
  });
  it('a code lives ten minutes', () => expect(without(desk().create('DA', { channel: 'READ_ALOUD_CODE' }), 'no-answer')).toEqual(['expires 600']));
  it('an opened link dies as well', () => {
    const it = sent('FCC');
    it.must({ do: 'Open', sendNo: 1 }, { by: 'public' });
    it.skip(1799);
    expect(it.pass(0).filter(key => key.startsWith('timer|expires'))).toEqual([]);
    it.pass(1);
    expect(it.state).toBe('EXPIRED');
  });
  it('consent without a picture ends after three minutes (T13a)', () => {
    const it = agreed(sent('FCC'));
    it.pass(180);
    expect(it.link.progress).toMatchObject({ state: 'ENDED', endReason: 'NOTHING_STARTED' });
  });
  test.each(['FCC', 'DA', 'SOM', 'FOR', 'SOCU'] as const)('%s: a session ends with its limit (T17)', name => {
    const it = running(name);
    it.pass(timings[name].maxSession - 1);
    expect(it.state).toBe('IN_SESSION');
    it.pass(1);
    expect(it.link.progress).toMatchObject({ state: 'ENDED', endReason: 'LIMIT' });
  });
  test.each(['FCC', 'DA', 'SOM', 'FOR', 'SOCU'] as const)('%s: a lost line ends after the grace (T14, T16); only domestic abuse calls at two minutes', name => {
    const it = running(name);
    it.report('connectionLost');
    it.pass(119);
    expect(it.cards('REGRADE_NOW')).toHaveLength(0);
    it.pass(1);
    expect(it.cards('REGRADE_NOW')).toHaveLength(name === 'DA' ? 1 : 0);
    it.pass(timings[name].grace - 121);
    expect(it.state).toBe('INTERRUPTED');
    it.pass(1);
    expect(it.link.progress).toMatchObject({ state: 'ENDED', endReason: 'SIGNAL_LOST' });
    expect(it.cards('SESSION_LOST')).toHaveLength(name === 'DA' ? 1 : 0);
  });
  it('an upload knows neither a limit nor a grace; it ends with the link (21.22)', () => {
    const it = running('CCTV');
    it.report('connectionLost');
    expect(it.link.progress).toMatchObject({ state: 'IN_SESSION', upload: 'PAUSED' });
    it.report('reconnected');
    it.report('uploadCompleted');
    expect(without(it, 'reconcile').map(timer => timer.split(' ')[0])).toEqual(['upload']);
    it.pass(7 * 86_400);
    expect(it.link.progress).toMatchObject({ state: 'ENDED', endReason: 'UPLOADED' });
  });
  it('an unopened CCTV link is reminded of twice, and a telephone call and a visit come before the loss', () => {
    const it = sent('CCTV');
    for (let hour = 0; hour < 7 * 24; hour++) {
      it.pass(3_600);
      if (it.state === 'SENDING') it.accepted();
    }
    expect(it.link.sends.map(send => send.kind)).toEqual(['first', 'reminder', 'reminder']);
    expect(it.link.sends.map(send => send.template)).toEqual(['CCTV_UPLOAD', 'CCTV_REMIND', 'CCTV_REMIND']);
    expect(it.cards('CCTV_OVERWRITE_RISK').map(card => card.about)).toEqual(['phone', 'visit']);
  });
  it('an appointment is reminded of a day before, once', () => {
    const it = sent('FAL');
    it.pass(86_400 + 3_600 - 1);
    expect(it.state).toBe('SENT');
    it.pass(1);
    expect(it.link.sends.map(send => send.kind)).toEqual(['first', 'reminder']);
    it.accepted();
    it.pass(86_400 + 899);
    expect(it.state).toBe('SENT');
    it.pass(1);
    expect(it.state).toBe('NO_ANSWER');
  });
});

describe('every timer ends', () => {
  /** `settle` throws when a key comes a second time; here nobody does anything, for a year. */
  const quiet: readonly (readonly [string, () => Desk])[] = [
    ['a hold', () => desk().create('DA', { safe: 'UNKNOWN' })], ['authority', () => desk().create('SOM')], ['a send without an answer', () => desk().create('FCC')], ['a session', () => running('FCC')], ['an interrupted one', () => after(running('DA'))],
    ['a blocked one', () => desk().create('FCC', { safe: 'UNSAFE' })], ...area.options.map(name => [`a link of ${name}`, () => sent(name)] as const),
  ];
  function after(it: Desk): Desk {
    it.report('connectionLost');
    return it;
  }
  it.each(quiet)('%s, left alone for a year', (_name, make) => {
    const it = make();
    const ran: string[] = [];
    for (let day = 0; day < 120; day++) {
      for (const key of it.pass(3 * 86_400)) {
        expect(ran).not.toContain(key);
        ran.push(key);
      }
      if (it.state === 'SENDING' && it.link.sends.length > 1) it.accepted();
    }
    expect(timers(it)).toEqual([]);
    expect(it.link.owed).toEqual([]);
    expect(['CLOSED', 'ENDED', 'BLOCKED_UNSAFE']).toContain(it.state);
  });
  it('a timer that has gone is refused', () => {
    const it = sent('FCC');
    expect(it.run({ do: 'Tick', key: 'no-answer|1' })).toBe('TIMER_GONE');
    expect(it.run({ do: 'Tick', key: 'nothing' })).toBe('TIMER_GONE');
    expect(it.run({ do: 'Begin', owedId: 'nothing' })).toBe('not-owed');
  });
  it('a card that nobody answered says so after a day (21.35)', () => {
    const it = desk().create('SOM');
    const [card] = it.cards('AUTH_NEEDED');
    it.must({ do: 'RecordCard', cardId: card?.cardId ?? '', refs: [{ conversationId: 'c', activityId: 'a' }], isShown: true });
    it.pass(86_400);
    expect(it.cards('AUTH_NEEDED')).toMatchObject([{ status: expect.stringMatching(/done|expired/) }]);
    expect(it.state).toBe('EXPIRED');
    expect(it.run({ do: 'Authorise', decision: 'APPROVED', overrideTicked: false, gate: gateAt(it.now()) })).toBe('INVALID_TRANSITION');
  });
});
