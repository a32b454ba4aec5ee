import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import type { Command } from '../../../functions/goodsam/decide.ts';
import { isLive, isOpen, isTerminal, isWaiting, lifecycleTable, transitionOf, transitions, type Trigger } from '../../../functions/goodsam/rules/machine.ts';
import { requestState, type RequestState } from '../../../functions/goodsam/rules/terms.ts';
import { agreed, desk, running, sent, type Desk } from './support/desk.ts';
import { gateAt, sergeant } from './support/requests.ts';

/** How a request comes into each state, by commands and reports alone. DRAFT is what a create begins from and never stays. */
const reach: Readonly<Partial<Record<RequestState, () => Desk>>> = {
  SAFETY_HELD: () => desk().create('DA', { safe: 'UNKNOWN' }),
  AUTH_PENDING: () => desk().create('SOM'),
  READY: () => desk().create('FAL', { fal: { flags: { medicalMarker: false, daHistory: false, intelligenceMarker: false, priorSecurityBreach: false, mobileHome: false, section5: false, lastInspectionRemote: false, gunCount: 1 }, identityChecked: true, toldVoluntary: true, firstGrant: false, policyAllowsGrant: false, certificateHmac: 'c', last: 'NONE' } }),
  SENDING: () => desk().create('FCC'),
  SENT: () => sent('FCC'),
  DELIVERED: () => after(sent('FCC'), it => it.report('delivered', { at: it.now() })),
  UNDELIVERED: () => after(sent('FCC'), it => it.report('undelivered')),
  NO_ANSWER: () => after(sent('FCC'), it => it.pass(181)),
  OPENED: () => after(sent('FCC'), it => it.must({ do: 'Open', sendNo: 1 }, { by: 'public' })),
  CONSENTED: () => agreed(sent('FCC')),
  IN_SESSION: () => running('FCC'),
  INTERRUPTED: () => after(running('FCC'), it => it.report('connectionLost')),
  ENDED: () => after(running('FCC'), it => it.must({ do: 'End' })),
  CLOSED: () => after(running('FCC'), it => {
    it.must({ do: 'End' });
    it.must({ do: 'RecordOutcome', code: 'NO_BENEFIT', attendanceAvoided: false });
  }),
  BLOCKED_UNSAFE: () => desk().create('FCC', { safe: 'UNSAFE' }),
  AUTH_REFUSED: () => after(desk().create('SOM'), it => it.must({ do: 'Authorise', decision: 'REFUSED', reason: 'VISIT', overrideTicked: false, gate: gateAt(it.now()) }, { by: sergeant, roles: ['GoodSam.Authorise.SOM'] })),
  CANCELLED: () => after(desk().create('FCC'), it => it.must({ do: 'Cancel', reason: 'X' })),
  SEND_FAILED: () => after(desk().create('FCC'), it => it.must({ do: 'RecordSend', sendNo: 1, result: { kind: 'failed', reason: 'INVALID_NUMBER', tries: 1 } })),
  DECLINED: () => after(sent('FCC'), it => {
    it.must({ do: 'Open', sendNo: 1 }, { by: 'public' });
    it.must({ do: 'Decline', sendNo: 1 }, { by: 'public' });
  }),
  EXPIRED: () => after(sent('FCC'), it => it.pass(1801)),
  ABORTED_SAFETY: () => after(sent('FCC'), it => it.must({ do: 'MarkUnsafe', reason: 'X' })),
};

function after(it: Desk, act: (it: Desk) => void): Desk {
  act(it);
  return it;
}

/** What a person or the system asks for, and by which trigger the machine knows it. */
const commands: readonly (readonly [Trigger, (it: Desk) => Command, { by?: string; roles?: string[] }?])[] = [
  ['markUnsafe', () => ({ do: 'MarkUnsafe', reason: 'X' })],
  ['cancel', () => ({ do: 'Cancel', reason: 'X' })],
  ['officerEnd', () => ({ do: 'End' })],
  ['approve', it => ({ do: 'Authorise', decision: 'APPROVED', overrideTicked: true, gate: gateAt(it.now()) }), { by: sergeant, roles: ['GoodSam.Authorise.SOM', 'GoodSam.Authorise.FCC', 'GoodSam.Authorise.DA', 'GoodSam.Authorise.FAL'] }],
  ['refuse', it => ({ do: 'Authorise', decision: 'REFUSED', reason: 'X', overrideTicked: true, gate: gateAt(it.now()) }), { by: sergeant, roles: ['GoodSam.Authorise.SOM', 'GoodSam.Authorise.FCC', 'GoodSam.Authorise.DA', 'GoodSam.Authorise.FAL'] }],
  ['supervisorRelease', it => ({ do: 'ReleaseHold', reason: 'X', gate: gateAt(it.now()) }), { by: sergeant }],
  ['resend', it => ({ do: 'Resend', gate: gateAt(it.now()) })],
  ['linkOpened', it => ({ do: 'Open', sendNo: it.link.progress.sendNo }), { by: 'public' }],
  ['consentGiven', it => ({ do: 'Agree', sendNo: it.link.progress.sendNo, scope: ['VIDEO'], textVersion: '1', locale: 'en-GB', deviceHash: 'd' }), { by: 'public' }],
  ['consentRefused', it => ({ do: 'Decline', sendNo: it.link.progress.sendNo }), { by: 'public' }],
  ['consentRefused', it => ({ do: 'AskHelp', sendNo: it.link.progress.sendNo, how: 'CALL' }), { by: 'public' }],
  ['safetyExit', it => ({ do: 'Exit', sendNo: it.link.progress.sendNo }), { by: 'public' }],
  ['consentWithdrawn', it => ({ do: 'Stop', sendNo: it.link.progress.sendNo }), { by: 'public' }],
  ['outcomeRecorded', it => ({ do: 'RecordOutcome', code: it.link.area === 'SOM' ? 'REFUSED' : it.link.area === 'DA' ? 'CONVERTED_TO_DEPLOYMENT' : it.link.area === 'FAL' ? 'NOT_PRESENT' : 'NO_BENEFIT', attendanceAvoided: false })],
];
/** Nothing happens twice by pressing twice: these answer yes and change nothing. */
const harmless: readonly string[] = ['OPENED linkOpened', 'CONSENTED linkOpened', 'IN_SESSION linkOpened', 'INTERRUPTED linkOpened', 'CONSENTED consentGiven', 'IN_SESSION consentGiven', 'INTERRUPTED consentGiven', 'DECLINED consentRefused'];
/** Another rule has the first word in these. */
const otherCode: Readonly<Record<string, string>> = {
  'SENT resend': 'RESEND_TOO_SOON', 'DELIVERED resend': 'RESEND_TOO_SOON', 'UNDELIVERED resend': 'RESEND_TOO_SOON', 'SAFETY_HELD supervisorRelease': 'SAFETY_HOLD', 'EXPIRED linkOpened': 'LINK_EXPIRED', 'EXPIRED consentGiven': 'LINK_EXPIRED',
};

describe('the states', () => {
  test.each(requestState.options.filter(state => state !== 'DRAFT'))('%s is reached', state => expect(reach[state]?.().state).toBe(state));

  it('are terminal, waiting or live as the spec says', () => {
    expect(requestState.options.filter(isTerminal)).toEqual(['ENDED', 'CLOSED', 'BLOCKED_UNSAFE', 'AUTH_REFUSED', 'CANCELLED', 'SEND_FAILED', 'DECLINED', 'EXPIRED', 'ABORTED_SAFETY']);
    expect(requestState.options.filter(isWaiting)).toEqual(['SENT', 'DELIVERED', 'UNDELIVERED', 'NO_ANSWER']);
    expect(requestState.options.filter(isLive)).toEqual(['CONSENTED', 'IN_SESSION', 'INTERRUPTED']);
    expect(requestState.options.every(state => isOpen(state) !== isTerminal(state))).toBe(true);
  });
});

describe('each command in each state', () => {
  const pairs = requestState.options.filter(state => state !== 'DRAFT').flatMap(state => commands.map(([on, command, by]) => ({ state, on, command, by: by ?? {} })));
  test.each(pairs)('$state $on', ({ state, on, command, by }) => {
    const it = reach[state]?.();
    if (!it) throw new Error('not reached');
    const row = transitionOf(state, on);
    const asked = command(it);
    const name = `${state} ${on}`;
    // Before anything was sent there is no link that could be used.
    const hasNoLink = 'sendNo' in asked && it.link.progress.sendNo === 0;
    const code = it.run(asked, by);
    if (row) expect(code).toBe(otherCode[name] ?? 'accepted');
    else if (asked.do !== 'AskHelp' && harmless.includes(name)) expect({ code, state: it.state }).toEqual({ code: 'accepted', state });
    else expect(code).toBe(hasNoLink ? 'LINK_EXPIRED' : otherCode[name] ?? 'INVALID_TRANSITION');
    if (code !== 'accepted') expect(it.state).toBe(state);
    if (code === 'accepted' && row && row.to !== 'routed') expect(it.state).toBe(row.to);
  });
});

describe('the table', () => {
  it('says one thing for each state and trigger', () => {
    const pairs = transitions.flatMap(({ from, on }) => from.flatMap(state => on.map(trigger => `${state} ${trigger}`)));
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it('lets every state but the last be left, and reaches every state but the first', () => {
    const left = new Set(transitions.flatMap(row => row.from));
    expect(requestState.options.filter(state => !left.has(state))).toEqual(['CLOSED']);
    const routed: readonly RequestState[] = ['BLOCKED_UNSAFE', 'AUTH_PENDING', 'SAFETY_HELD', 'READY'];
    const reached = new Set(transitions.flatMap(row => (row.to === 'routed' ? routed : [row.to])));
    expect(requestState.options.filter(state => !reached.has(state))).toEqual(['DRAFT']);
  });

  it('lets a stop through from everything that may still reach the person (21.3)', () => {
    for (const state of requestState.options.filter(name => isOpen(name) && name !== 'DRAFT')) expect(transitionOf(state, 'markUnsafe')?.to).toMatch(/^(?:BLOCKED_UNSAFE|ABORTED_SAFETY)$/);
  });

  it('is printed for the README, and stands in it', () => {
    const table = lifecycleTable();
    expect(table.split('\n')).toHaveLength(transitions.length + 2);
    expect(table).toContain('| T12 | OPENED | consentRefused | DECLINED |');
    const readme = new URL('../../../functions/goodsam/README.md', import.meta.url);
    if (existsSync(readme)) expect(readFileSync(readme, 'utf8')).toContain(table);
  });
});
