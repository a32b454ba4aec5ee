import { describe, expect, it, test } from '@jest/globals';
import type { SendResult } from '../../../functions/goodsam/rules/law/sending.ts';
import { timings } from '../../../functions/goodsam/rules/timing.ts';
import { area, type Area, type Priority } from '../../../functions/goodsam/rules/terms.ts';
import { agreed, confirm, desk, sent, type Desk } from './support/desk.ts';
import { failedGate, gateAt, sergeant } from './support/requests.ts';

const down = { kind: 'retry', reason: 'PROVIDER_DOWN', tries: 1 } as const satisfies SendResult;
const fail = (it: Desk, more: Partial<Extract<SendResult, { kind: 'retry' | 'failed' }>> = {}): void => it.must({ do: 'RecordSend', sendNo: it.link.progress.sendNo, result: { ...down, ...more } }, { by: 'system' });
const owes = (it: Desk, kind: string): string[] => [...it.begun, ...it.link.owed].filter(item => item.kind === kind).map(item => (item.how === undefined ? item.about : `${item.about} ${item.how}`));

describe('tries by priority (21.18)', () => {
  /** Seconds between the tries until it is given up. */
  function gaps(priority: Priority, most = 8): { gaps: number[]; end: string } {
    const it = desk().create('FCC', { priority });
    it.settle();
    const found: number[] = [];
    for (let n = 0; n < most && it.state === 'SENDING'; n++) {
      fail(it);
      const retryAt = it.link.sends[0]?.retryAt;
      if (retryAt === undefined) break;
      const wait = (Date.parse(retryAt) - Date.parse(it.now())) / 1000;
      found.push(wait);
      it.skip(wait - 1);
      expect(it.settle().filter(key => key.startsWith('timer|retry'))).toEqual([]);
      expect(it.pass(1).filter(key => key.startsWith('timer|retry'))).toHaveLength(1);
    }
    return { gaps: found, end: it.state };
  }
  it('P0 once more, then it has failed', () => expect(gaps('P0_LIVE')).toEqual({ gaps: [2], end: 'SEND_FAILED' }));
  it('P1 after 1, 5 and 9 minutes', () => expect(gaps('P1_SAME_HOUR')).toEqual({ gaps: [60, 300, 540], end: 'SEND_FAILED' }));
  it.each(['P2_APPOINTMENT', 'P3_ROUTINE'] as const)('%s after 1, 5, 15 minutes and then every 15', priority => expect(gaps(priority, 6)).toEqual({ gaps: [60, 300, 900, 900, 900, 900], end: 'SENDING' }));
  it('P3 until its day is over, then EXPIRED', () => expect(gaps('P3_ROUTINE', 120)).toMatchObject({ end: 'EXPIRED' }));
  it('Retry-After wins, and is not waited for with a caller on the line', () => {
    const it = desk().create('FCC', { priority: 'P1_SAME_HOUR' });
    fail(it, { retryAfterSeconds: 33 });
    expect(Date.parse(it.link.sends[0]?.retryAt ?? '') - Date.parse(it.now())).toBe(33_000);
    const live = desk().create('FCC');
    fail(live, { retryAfterSeconds: 60 });
    expect(live.state).toBe('SEND_FAILED');
    expect(live.cards('SEND_FAILED')).toHaveLength(1);
  });
  it('what cannot help by trying again fails at once, and the officer is told', () => {
    const it = desk().create('CCTV');
    it.must({ do: 'RecordSend', sendNo: 1, result: { kind: 'failed', reason: 'INVALID_NUMBER', tries: 1 } });
    expect(it.link.progress).toMatchObject({ state: 'SEND_FAILED', failReason: 'INVALID_NUMBER' });
  });
});

describe('a code that is read out (21.31)', () => {
  it('is out at once; its session may come later and moves nothing', () => {
    const it = desk().create('FCC', { channel: 'READ_ALOUD_CODE', onVoiceCall: true });
    expect(it.state).toBe('SENT');
    it.must({ do: 'Open', sendNo: 1 }, { by: 'public' });
    fail(it);
    // Before: the request fell back to SENDING for ever, and the person stood before a dead page.
    expect(it.state).toBe('OPENED');
    it.settle();
    expect(it.pass(2).some(key => key.startsWith('timer|retry'))).toBe(true);
    it.accepted();
    expect(it.state).toBe('OPENED');
    expect(it.link.sends[0]?.sessionId).toBe('session-1');
  });
});

describe('a result that comes too late (A7)', () => {
  test.each<[string, (it: Desk) => void]>([['cancelled', it => it.must({ do: 'Cancel', reason: 'X' })], ['marked unsafe', it => it.must({ do: 'MarkUnsafe', reason: 'X' })]])('%s while sending: no live link remains', (_name, stop) => {
    const it = desk().create('FCC');
    stop(it);
    const { state } = it;
    it.accepted(1);
    expect(it.state).toBe(state);
    expect(owes(it, 'close-session').filter(about => about.startsWith('session-1'))).toHaveLength(1);
  });
  it('of an older send closes its session and not the new one', () => {
    const it = sent('FCC');
    it.skip(61);
    it.must({ do: 'Resend', gate: gateAt(it.now()) });
    it.must({ do: 'RecordSend', sendNo: 1, result: { kind: 'void', sessionId: 'late' } });
    expect(owes(it, 'close-session')).toEqual(expect.arrayContaining(['session-1 SUPERSEDED', 'late CANCELLED']));
    expect(it.state).toBe('SENDING');
  });
  it('a hold at the last moment closes the session of an earlier try as well', () => {
    const it = desk().create('FCC', { priority: 'P1_SAME_HOUR' });
    fail(it, { sessionId: 'first' });
    it.must({ do: 'RecordSend', sendNo: 1, result: { kind: 'not-allowed', decision: { result: 'HOLD', rule: 'hold-safeguarding' }, markerLookup: gateAt(it.now(), ['DOMESTIC_ABUSE']).markerLookup } });
    expect(it.state).toBe('SAFETY_HELD');
    expect(owes(it, 'close-session')).toEqual(['first CANCELLED']);
  });
});

describe('sending again (T23)', () => {
  const again = (it: Desk): string => {
    if (timings[it.link.area].resendReconfirms) confirm(it);
    return it.run({ do: 'Resend', gate: gateAt(it.now()) });
  };
  test.each(area.options)('%s: as often as its table says, and not sooner', name => {
    const it = sent(name);
    const { resendsMax, resendGap } = timings[name];
    for (let n = 0; n < resendsMax; n++) {
      if (resendGap > 0) {
        it.skip(resendGap - 1);
        expect(again(it)).toBe('RESEND_TOO_SOON');
      }
      it.skip(1);
      expect(again(it)).toBe('accepted');
      it.accepted();
    }
    it.skip(resendGap + 1);
    expect(again(it)).toBe('RESEND_LIMIT');
  });
  it.each(['DA', 'SOCU'] as const)('%s asks each time whether contact is safe', name => {
    const it = sent(name);
    it.skip(60);
    expect(it.run({ do: 'Resend', gate: gateAt(it.now()) })).toBe('SAFETY_HOLD');
    expect(confirm(it)).toBe('accepted');
    expect(it.run({ do: 'Resend', gate: gateAt(it.now()) })).toBe('accepted');
  });
  it('a re-send that was held and confirmed counts as one', () => {
    const it = sent('SOM');
    it.skip(301);
    expect(it.run({ do: 'Resend', gate: failedGate(it.now()) })).toBe('accepted');
    expect(it.state).toBe('SAFETY_HELD');
    expect(confirm(it)).toBe('accepted');
    it.accepted();
    it.skip(301);
    // Before: the hold made it a first one, and so on without end.
    expect(it.run({ do: 'Resend', gate: gateAt(it.now()) })).toBe('RESEND_LIMIT');
  });
  it('kills the older link', () => {
    const it = sent('FCC');
    it.skip(61);
    it.must({ do: 'Resend', gate: gateAt(it.now()) });
    it.accepted();
    expect(it.run({ do: 'Open', sendNo: 1 }, { by: 'public' })).toBe('LINK_EXPIRED');
    expect(it.run({ do: 'Open', sendNo: 2 }, { by: 'public' })).toBe('accepted');
  });
});

describe('a text that names nobody (21.7)', () => {
  it('is chosen again when a marker was found, even if the next look-up fails', () => {
    const it = desk().create('FCC', { gate: gateAt(desk().now(), ['DOMESTIC_ABUSE']), onVoiceCall: true });
    expect(it.state).toBe('SAFETY_HELD');
    it.must({ do: 'ConfirmSafe', method: 'LIVE_VOICE', liveCheck: false, onVoiceCall: true, gate: failedGate(it.now()) });
    // Before: the failed look-up made the marker go away, and the text named the police.
    expect(it.link.sends[0]).toMatchObject({ neutral: true, template: 'DA_NEUTRAL' });
  });
});

describe('the first page of the neutral host (21.8)', () => {
  it('asks for Join, then for Let in, and a new link asks again', () => {
    const it = sent('DA');
    expect(it.run({ do: 'Open', sendNo: 1 }, { by: 'public' })).toBe('INVALID_TRANSITION');
    expect(it.run({ do: 'LetIn' })).toBe('INVALID_TRANSITION');
    it.must({ do: 'Join', sendNo: 1 }, { by: 'public' });
    confirm(it);
    it.skip(1);
    confirm(it);
    it.must({ do: 'LetIn' });
    it.must({ do: 'Resend', gate: gateAt(it.now()) });
    it.accepted();
    expect(it.run({ do: 'Open', sendNo: 2 }, { by: 'public' })).toBe('INVALID_TRANSITION');
    expect(agreed(it).state).toBe('CONSENTED');
  });
});

describe('addresses that nobody texts again (21.4)', () => {
  const listed = (it: Desk): number => owes(it, 'list-unsafe').length;
  it('are those of a block, an abort, an exit and the word not safe', () => {
    expect(listed(desk().create('FCC', { safe: 'UNSAFE' }))).toBe(1);
    const marked = sent('FCC');
    marked.must({ do: 'MarkUnsafe', reason: 'X' });
    expect(listed(marked)).toBe(1);
    const left = sent('FCC');
    left.must({ do: 'Exit', sendNo: 1 }, { by: 'public' });
    expect({ state: left.state, listed: listed(left) }).toEqual({ state: 'ABORTED_SAFETY', listed: 1 });
    const said = sent('FCC');
    said.must({ do: 'Open', sendNo: 1 }, { by: 'public' });
    said.must({ do: 'Decline', sendNo: 1, reason: 'NOT_SAFE' }, { by: 'public' });
    expect(listed(said)).toBe(1);
    expect(listed(sent('FCC'))).toBe(0);
  });
  it('are cleared by somebody else than the requester', () => {
    const it = desk().create('FCC', { safe: 'UNSAFE' });
    expect(it.run({ do: 'ClearUnsafe', reason: 'X' })).toBe('SELF_AUTH');
    expect(it.run({ do: 'ClearUnsafe', reason: 'X' }, { by: sergeant })).toBe('accepted');
  });
});

describe('no automatic message in safeguarding (21.9)', () => {
  const areas: readonly Area[] = ['DA', 'SOCU'];
  it.each(areas)('%s: whatever time passes, nothing is sent by itself', name => {
    const it = sent(name);
    const before = it.begun.filter(item => item.kind === 'send').length;
    for (let n = 0; n < 20; n++) it.pass(3_600);
    expect(it.begun.filter(item => item.kind === 'send')).toHaveLength(before);
  });
});
