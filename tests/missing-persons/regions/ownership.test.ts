import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isFailed } from '../../../functions/missing-persons/rules/machine/moment.ts';
import { decideOwnership, dueOfOwnership, openOwnership, ownerOf, ownersAt, ownershipSlice, type HandoverForm, type OwnerName, type OwnershipSlice } from '../../../functions/missing-persons/rules/regions/ownership.ts';
import { systemAt } from '../../../functions/missing-persons/rules/regions/region.ts';
import { decideTransfer, noTransfer, transferSlice, type OwnedTransfer } from '../../../functions/missing-persons/rules/regions/transfer.ts';
import { actor, after, codes, moved, settings, start, wants } from './support/people.ts';

const ours = 'Cheshire';
const named = (userId: string, force = ours, role: OwnerName['role'] = 'OIC'): OwnerName => ({ userId, role, force });
const facts = { level: 'HIGH', settings } as const;
const form: HandoverForm = { summary: 'Late from school.', risks: 'Cold night.', outstanding: ['CCTV of the station'], familyContactAt: after(60) };
const held = openOwnership(named('ann'), start);
const offered = (): OwnershipSlice => moved(decideOwnership(held, { do: 'OfferHandover', to: named('bea'), form }, facts, actor('ann'))).slice;

describe('ownership (2.5, I2)', () => {
  it('an offer leaves the case with the sender until it is accepted', () => {
    const slice = offered();
    expect(ownerOf(slice).userId).toBe('ann');
    expect(dueOfOwnership(slice, facts).map(({ what, at }) => [what, at])).toEqual([['HANDOVER_LAPSE', after(10)], ['OWNER_UNACKNOWLEDGED', after(10)]]);
    expect(dueOfOwnership(moved(decideOwnership(held, { do: 'OfferHandover', to: named('bea'), form }, { level: 'VERY_LOW', settings }, actor('ann'))).slice, { level: 'VERY_LOW', settings })[0]?.at).toBe(after(120));
    const accepted = moved(decideOwnership(slice, { do: 'AcceptHandover' }, facts, actor('bea', [], 9))).slice;
    expect(ownerOf(accepted)).toMatchObject({ userId: 'bea', how: 'HANDOVER', acknowledgedAt: after(9) });
    expect(accepted.handovers).toEqual([expect.objectContaining({ fromUser: 'ann', toUser: 'bea', outcome: 'ACCEPTED' })]);
    expect(dueOfOwnership(accepted, facts)).toEqual([]);
  });

  it('an offer lapses at its time, not before; late acceptance is refused and the sender and an inspector are paged', () => {
    expect(codes(decideOwnership(offered(), { do: 'AcceptHandover' }, facts, actor('bea', [], 10)))).toEqual(['GUARD_UNMET']);
    expect(codes(decideOwnership(offered(), { do: 'LapseHandover' }, facts, systemAt(after(9))))).toEqual(['TOO_EARLY']);
    const lapsed = moved(decideOwnership(offered(), { do: 'LapseHandover' }, facts, systemAt(after(10))));
    expect(wants(lapsed)).toEqual(['PAGE_SENDER ann', 'PAGE_INSP']);
    expect(ownerOf(lapsed.slice).userId).toBe('ann');
  });

  it('the form is mandatory: each missing part is named [S57]', () => {
    const empty: HandoverForm = { summary: ' ', risks: '', outstanding: [''] };
    expect(codes(decideOwnership(held, { do: 'OfferHandover', to: named('bea'), form: empty }, facts, actor('ann')))).toEqual(['EVIDENCE_MISSING', 'EVIDENCE_MISSING', 'EVIDENCE_MISSING', 'EVIDENCE_MISSING']);
  });

  it.each([
    ['by who does not own', 'cat', named('bea'), 'ROLE_DENIED'], ['to oneself', 'ann', named('ann'), 'FIELD_INVALID'], ['to another force', 'ann', named('bea', 'Merseyside'), 'GUARD_UNMET'],
  ] as const)('no offer %s', (_what, by, to, code) => {
    expect(codes(decideOwnership(held, { do: 'OfferHandover', to, form }, facts, actor(by)))).toEqual([code]);
  });

  it('only who was offered it accepts; only a supervisor assigns; only the owner acknowledges', () => {
    expect(codes(decideOwnership(offered(), { do: 'AcceptHandover' }, facts, actor('cat')))).toEqual(['ROLE_DENIED']);
    expect(codes(decideOwnership(held, { do: 'AcceptHandover' }, facts, actor('bea')))).toEqual(['TRANSITION_NOT_ALLOWED']);
    expect(codes(decideOwnership(held, { do: 'AssignOwner', to: named('bea') }, facts, actor('cat', ['OIC'])))).toEqual(['ROLE_DENIED']);
    expect(codes(decideOwnership(held, { do: 'AcknowledgeOwner' }, facts, actor('cat')))).toEqual(['ROLE_DENIED']);
    expect(codes(decideOwnership(held, { do: 'LapseHandover' }, facts, actor('cat', ['SUPT'])))).toEqual(['TRANSITION_NOT_ALLOWED']);
    const assigned = moved(decideOwnership(offered(), { do: 'AssignOwner', to: named('cat') }, facts, actor('sue', ['SGT'], 5)));
    expect(wants(assigned)).toEqual(['PAGE_OWNER cat']);
    expect(assigned.slice).toMatchObject({ state: 'HELD', handovers: [{ outcome: 'OVERTAKEN' }] });
    expect(dueOfOwnership(assigned.slice, facts)).toEqual([{ key: `owner|${after(5)}`, at: after(15), what: 'OWNER_UNACKNOWLEDGED' }]);
    expect(dueOfOwnership(moved(decideOwnership(assigned.slice, { do: 'AcknowledgeOwner' }, facts, actor('cat', [], 6))).slice, facts)).toEqual([]);
  });

  it('stress: user disabled while owner: an inspector owns at once, also out of an offer', () => {
    const done = moved(decideOwnership(offered(), { do: 'OwnerDisabled', userId: 'ann', inspector: named('ivy', ours, 'INSP') }, facts, systemAt(after(3))));
    expect(ownerOf(done.slice)).toMatchObject({ userId: 'ivy', role: 'INSP', how: 'DISABLED' });
    expect(done.facts).toEqual([{ what: 'OwnerReassigned', kind: 'alteration', about: { from: 'ann', to: 'ivy' } }]);
    const gone = moved(decideOwnership(offered(), { do: 'OwnerDisabled', userId: 'bea', inspector: named('ivy', ours, 'INSP') }, facts, systemAt(after(3)))).slice;
    expect([gone.state, ownerOf(gone).userId]).toEqual(['HELD', 'ann']);
    expect(codes(decideOwnership(held, { do: 'OwnerDisabled', userId: 'ann', inspector: named('ann', 'X') }, facts, systemAt(after(3))))).toEqual(['FIELD_INVALID', 'FIELD_INVALID', 'FIELD_INVALID']);
    expect(codes(decideOwnership(held, { do: 'OwnerDisabled', userId: 'zoe', inspector: named('ivy', ours, 'INSP') }, facts, systemAt(after(3))))).toEqual(['GUARD_UNMET']);
  });
});

const insp = (minutes: number) => actor('ivy', ['INSP'], minutes);
const pair: OwnedTransfer = { ownership: held, transfer: noTransfer };
const force = { ourForce: ours };
const offerThem = { do: 'OfferTransfer', toForce: 'Merseyside', reason: 'She lives in Merseyside.', initialActionsDone: true } as const;
const theirs = { do: 'AckTransfer', acknowledgementId: 'info-1', theirRef: 'MP/MER/2026/000001', owner: named('mia', 'Merseyside', 'INSP') } as const;

describe('S13 transfer between forces', () => {
  const waiting = moved(decideTransfer(pair, offerThem, force, insp(180))).slice;

  it('the sender owns until the written acknowledgement', () => {
    expect(ownerOf(waiting.ownership).force).toBe(ours);
    const accepted = moved(decideTransfer(waiting, theirs, force, insp(330))).slice;
    expect(ownerOf(accepted.ownership)).toMatchObject({ userId: 'mia', force: 'Merseyside', from: after(330) });
    expect([...ownersAt(accepted.ownership, after(329)), ...ownersAt(accepted.ownership, after(330))].map(item => item.userId)).toEqual(['ann', 'mia']);
    const back = moved(decideTransfer(accepted, { do: 'ReturnTransfer', reason: 'She came back to Chester.', owner: named('ann') }, force, insp(600))).slice;
    expect([back.transfer.state, ownerOf(back.ownership).force]).toEqual(['RETURNED', ours]);
    expect(moved(decideTransfer(back, offerThem, force, insp(700))).slice.transfer.offers).toHaveLength(2);
  });

  it('each refusal by its code', () => {
    expect(codes(decideTransfer(waiting, offerThem, force, insp(181)))).toEqual(['TRANSFER_PENDING']);
    expect(codes(decideTransfer(pair, { ...offerThem, toForce: ours, reason: '', initialActionsDone: false }, force, insp(1)))).toEqual(['FIELD_INVALID', 'REASON_REQUIRED', 'GUARD_UNMET']);
    expect(codes(decideTransfer(pair, offerThem, force, actor('sue', ['SGT'])))).toEqual(['ROLE_DENIED']);
    expect(codes(decideTransfer(pair, theirs, force, insp(1)))).toEqual(['TRANSITION_NOT_ALLOWED']);
    expect(codes(decideTransfer(waiting, { ...theirs, acknowledgementId: '', theirRef: '', owner: named('', 'Wales') }, force, insp(190)))).toEqual(['EVIDENCE_MISSING', 'EVIDENCE_MISSING', 'EVIDENCE_MISSING', 'FIELD_INVALID']);
    const refused = moved(decideTransfer(waiting, { do: 'RefuseTransfer', reason: 'Not resident here.' }, force, insp(200))).slice;
    expect([refused.transfer.state, ownerOf(refused.ownership).userId]).toEqual(['REFUSED', 'ann']);
  });
});

describe('I2 property', () => {
  const user = fc.constantFrom('ann', 'bea', 'cat', 'ivy');
  const step = fc.record({ kind: fc.constantFrom('assign', 'ack', 'offer', 'accept', 'lapse', 'disable', 'offerForce', 'ackForce', 'refuseForce', 'returnForce'), by: user, to: user, minutes: fc.integer({ min: 0, max: 12 }) });

  function run(given: OwnedTransfer, { kind, by, to }: { kind: string; by: string; to: string }, minutes: number): OwnedTransfer {
    const who = actor(by, ['INSP'], minutes);
    const system = systemAt(after(minutes));
    const own = (command: Parameters<typeof decideOwnership>[1], doer = who): OwnedTransfer => {
      const answer = decideOwnership(given.ownership, command, facts, doer);
      return isFailed(answer) ? given : { ...given, ownership: answer.slice };
    };
    const pass = (command: Parameters<typeof decideTransfer>[1]): OwnedTransfer => {
      const answer = decideTransfer(given, command, force, who);
      return isFailed(answer) ? given : answer.slice;
    };
    switch (kind) {
      case 'assign': return own({ do: 'AssignOwner', to: named(to) });
      case 'ack': return own({ do: 'AcknowledgeOwner' });
      // Half of them by the one who may, so that handovers come about.
      case 'offer': return own({ do: 'OfferHandover', to: named(to), form }, by < 'c' ? actor(ownerOf(given.ownership).userId, [], minutes) : who);
      case 'accept': return own({ do: 'AcceptHandover' }, by < 'c' ? actor(given.ownership.offer?.to.userId ?? by, [], minutes) : who);
      case 'lapse': return own({ do: 'LapseHandover' }, system);
      case 'disable': return own({ do: 'OwnerDisabled', userId: by, inspector: named(to, ours, 'INSP') }, system);
      case 'offerForce': return pass(offerThem);
      case 'ackForce': return pass(theirs);
      case 'refuseForce': return pass({ do: 'RefuseTransfer', reason: 'Not ours.' });
      default: return pass({ do: 'ReturnTransfer', reason: 'Back with you.', owner: named(to) });
    }
  }

  it('whatever is offered, lapses, is accepted, disabled or transferred: one named owner at every instant, a change only by the four ways', () => {
    const ways = new Set<string>();
    fc.assert(fc.property(fc.array(step, { maxLength: 40 }), steps => {
      let now = 0;
      let state = pair;
      for (const one of steps) {
        now += one.minutes;
        const before = ownerOf(state.ownership).userId;
        const wasOffered = state.transfer.state;
        state = run(state, one, now);
        ownershipSlice.parse(state.ownership);
        transferSlice.parse(state.transfer);
        const owner = ownerOf(state.ownership);
        ways.add(owner.how);
        expect(owner.userId).not.toBe('');
        if (['offer', 'lapse', 'ack', 'offerForce', 'refuseForce'].includes(one.kind)) expect(owner.userId).toBe(before);
        expect(ownersAt(state.ownership, after(now)).map(item => item.userId)).toEqual([owner.userId]);
        expect((state.ownership.offer !== undefined) === (state.ownership.state === 'HANDOVER_OFFERED')).toBe(true);
        if (one.kind === 'ackForce' && wasOffered === 'OFFERED') expect(owner.force).toBe('Merseyside');
        expect((state.transfer.state === 'ACCEPTED') === (owner.force === 'Merseyside')).toBe(true);
      }
      for (let at = 0; at <= now; at += 7) expect(ownersAt(state.ownership, after(at))).toHaveLength(1);
    }), { numRuns: 300 });
    expect([...ways].sort()).toEqual(['ASSIGNED', 'DISABLED', 'HANDOVER', 'OPENED', 'TRANSFER']);
  });
});
