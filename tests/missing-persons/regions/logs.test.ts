import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { biometricSlice, decideBiometric, undisposed } from '../../../functions/missing-persons/rules/regions/biometric.ts';
import { decideContact, dueOfContacts, isRestricted, noContacts, type ContactFacts, type NewContact } from '../../../functions/missing-persons/rules/regions/contact.ts';
import { decideDisclosure, mayTell, noDisclosure, type DisclosureSlice } from '../../../functions/missing-persons/rules/regions/disclosure.ts';
import { addInformation, openInformation, type NewInformation } from '../../../functions/missing-persons/rules/regions/information.ts';
import { isFailed } from '../../../functions/missing-persons/rules/machine/moment.ts';
import { systemAt } from '../../../functions/missing-persons/rules/regions/region.ts';
import { returnFailures } from '../../../functions/missing-persons/rules/regions/returnPlacement.ts';
import { decideSighting, dueOfSightings, inTimeOrder, sightingSlice } from '../../../functions/missing-persons/rules/regions/sighting.ts';
import { actor, after, codes, moved, settings, start, wants } from './support/people.ts';

const olli = actor('olli', ['OIC'], 60);

describe('sightings (3.8, S05, S08)', () => {
  const seen = { id: 's1', from: after(10), to: after(20), place: 'Sample bridge', source: 'A cyclist', reliability: 'UNTESTED', match: 4 } as const;
  const one = moved(decideSighting([], { do: 'AddSighting', sighting: seen }, olli)).slice;

  it('unassessed goes up after HIGH 15, MEDIUM 60, LOW 240; assessed it stops, and a credible one makes X19 once', () => {
    expect((['HIGH', 'MEDIUM', 'LOW', 'VERY_LOW'] as const).map(level => dueOfSightings(one, { level, settings })[0]?.at)).toEqual([after(75), after(120), after(300), after(300)]);
    const yes = { do: 'AssessSighting', id: 's1', credible: 'YES', reason: 'Coat and time fit.', action: 'Unit sent' } as const;
    const assessed = moved(decideSighting(one, yes, olli));
    expect([wants(assessed), dueOfSightings(assessed.slice, { level: 'HIGH', settings })]).toEqual([['CREDIBLE_SIGHTING_TASK s1'], []]);
    expect(wants(moved(decideSighting(assessed.slice, yes, olli)))).toEqual([]);
    expect(sightingSlice.parse(assessed.slice)[0]).toMatchObject({ credible: 'YES', assessments: [{ assessedBy: 'olli' }] });
    expect(codes(decideSighting(one, { ...yes, reason: '', action: '' }, olli))).toEqual(['REASON_REQUIRED', 'FIELD_INVALID']);
    expect(codes(decideSighting(one, { ...yes, id: 'x' }, olli))).toEqual(['NOT_FOUND']);
  });

  it('the first 01:30 of 25 October sorts before the second; a range and a match that cannot be are refused', () => {
    const late = actor('olli', ['OIC'], 9_999_999);
    const second = moved(decideSighting([], { do: 'AddSighting', sighting: { ...seen, id: 'gmt', from: '2026-10-25T01:30:00.000Z', to: '2026-10-25T01:30:00.000Z' } }, late)).slice;
    const both = moved(decideSighting(second, { do: 'AddSighting', sighting: { ...seen, id: 'bst', from: '2026-10-25T01:30:00.000+01:00', to: '2026-10-25T00:30:00.000Z' } }, late)).slice;
    expect(inTimeOrder(both).map(({ id }) => id)).toEqual(['bst', 'gmt']);
    expect(codes(decideSighting(one, { do: 'AddSighting', sighting: { ...seen, from: after(70), to: after(63), place: '', match: 6 } }, olli))).toEqual(['FIELD_INVALID', 'FIELD_INVALID', 'TIME_IN_FUTURE', 'FIELD_INVALID', 'FIELD_INVALID']);
    expect(codes(decideSighting([], { do: 'AddSighting', sighting: seen }, { ...olli, isAttached: false }))).toEqual(['ROLE_DENIED']);
  });
});

describe('information (S09)', () => {
  const item: NewInformation = { id: 'i1', at: after(5), clientReportedAt: after(4), channel: 'PHONE', source: 'The mother', text: 'She has a second phone.', isRestricted: false };
  it('is only ever added to, in the order of the server, with the time of the device beside it', () => {
    fc.assert(fc.property(fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), isRestricted: fc.boolean(), minutes: fc.integer({ min: 0, max: 9 }) }), { maxLength: 12 }), added => {
      let slice: ReturnType<typeof openInformation> = [];
      added.forEach(({ id, isRestricted: hidden, minutes }, n) => {
        const before = slice;
        const answer = addInformation(slice, { ...item, id, at: after(minutes), isRestricted: hidden }, { by: 'olli', now: after(10 + n) });
        if (isFailed(answer)) return;
        slice = answer.slice;
        expect(slice.slice(0, before.length)).toEqual(before);
        expect(slice.at(-1)).toMatchObject({ receivedAt: after(10 + n), clientReportedAt: after(4), by: 'olli' });
      });
      expect(new Set(slice.map(({ id }) => id)).size).toBe(slice.length);
      expect(openInformation(slice).some(row => row.isRestricted)).toBe(false);
    }));
    expect(codes(addInformation([], { ...item, text: ' ', at: after(99) }, { by: 'olli', now: after(60) }))).toEqual(['FIELD_INVALID', 'TIME_IN_FUTURE']);
  });
});

const decided = (slice: DisclosureSlice, command: Parameters<typeof decideDisclosure>[1], isUnder18Now: boolean) => moved(decideDisclosure(slice, command, { isUnder18Now }, actor('sue', ['SGT']))).slice;

describe('I7 the place where somebody was found', () => {
  const audience = fc.constantFrom('INFORMANT' as const, 'FAMILY' as const, 'CARE_PROVIDER' as const, 'DUTY_HOLDER' as const, 'PUBLIC' as const);
  const step = fc.oneof(
    fc.record({ do: fc.constant('RecordAdultConsent' as const), answer: fc.constantFrom('YES' as const, 'NO' as const), how: fc.constant('Face to face') }),
    fc.record({ do: fc.constant('RecordChildWish' as const), withholdFrom: fc.subarray(['FAMILY' as const, 'CARE_PROVIDER' as const]) }),
    fc.record({ do: fc.constant('RecordChildDecision' as const), withheldFrom: fc.subarray(['FAMILY' as const, 'CARE_PROVIDER' as const]), authority: fc.constant('Halton'), person: fc.constant('L. Example'), reason: fc.constant('Safe with her aunt.') }),
  );

  it('an adult: never without the last recorded answer being yes; a child: as the authority decided last; a restricted person and the public never', () => {
    let told = 0;
    fc.assert(fc.property(fc.boolean(), fc.array(step, { maxLength: 8 }), audience, fc.boolean(), (isUnder18Now, steps, to, isHeld) => {
      let disclosure = noDisclosure;
      for (const one of steps) {
        const answer = decideDisclosure(disclosure, one, { isUnder18Now }, actor('sue', ['SGT']));
        if (!isFailed(answer)) disclosure = answer.slice;
        else expect(codes(answer)).toEqual(['GUARD_UNMET']);
      }
      for (const place of ['FOUND', 'RETURN'] as const) {
        const may = mayTell(place, to, { disclosure, isUnder18Now, flags: [], isRestricted: isHeld });
        told += Number(may);
        if (isHeld || to === 'PUBLIC') expect(may).toBe(false);
        else if (!isUnder18Now) expect(may).toBe(steps.findLast(one => one.do === 'RecordAdultConsent')?.answer === 'YES');
        else if (to !== 'DUTY_HOLDER') {
          const last = steps.findLast(one => one.do === 'RecordChildDecision');
          expect(may).toBe(last !== undefined && !last.withheldFrom.includes(to === 'CARE_PROVIDER' ? to : 'FAMILY'));
        }
        expect(mayTell(place, 'FAMILY', { disclosure, isUnder18Now, flags: ['NO_DISCLOSURE_LOCATION'], isRestricted: false })).toBe(false);
      }
    }));
    expect(told).toBeGreaterThan(10);
  });

  it('S14: the mother is not told, the authority is; stress: who turned 18 while missing decides alone', () => {
    const child = decided(noDisclosure, { do: 'RecordChildDecision', withheldFrom: ['FAMILY'], authority: 'Halton', person: 'L. Example', reason: 'He asked for it.' }, true);
    const facts = { disclosure: child, isUnder18Now: true, flags: [], isRestricted: false };
    expect([mayTell('FOUND', 'INFORMANT', facts), mayTell('FOUND', 'DUTY_HOLDER', facts), mayTell('FOUND', 'CARE_PROVIDER', facts)]).toEqual([false, true, true]);
    expect(mayTell('FOUND', 'CARE_PROVIDER', { ...facts, isUnder18Now: false })).toBe(false);
    expect(codes(decideDisclosure(child, { do: 'RecordChildDecision', withheldFrom: [], authority: '', person: '', reason: '' }, { isUnder18Now: true }, actor('sue', ['SGT'])))).toEqual(['EVIDENCE_MISSING', 'REASON_REQUIRED']);
    expect(codes(decideDisclosure(child, { do: 'RecordAdultConsent', answer: 'YES', how: '' }, { isUnder18Now: true }, actor('sue', ['SGT'])))).toEqual(['GUARD_UNMET', 'EVIDENCE_MISSING']);
  });
});

describe('family contact log (15.4)', () => {
  const facts: ContactFacts = { tell: { disclosure: noDisclosure, isUnder18Now: false, flags: [] }, isDeceasedPending: false };
  const call: NewContact = { id: 'c1', at: after(30), withId: 'mother', direction: 'OUT', channel: 'PHONE', summary: 'Told what we do.', promisedNextAt: after(150), toldPlace: false };
  const log = (contact: NewContact, given = facts, slice = noContacts, who = olli) => decideContact(slice, { do: 'RecordContact', contact }, given, who);
  const one = moved(log(call)).slice;

  it('the promised call is due until the next contact with that person', () => {
    expect(dueOfContacts(one)).toEqual([{ key: 'contact|c1', at: after(150), what: 'PROMISED_CALL' }]);
    const { promisedNextAt: _none, ...later } = call;
    expect(dueOfContacts(moved(log({ ...later, id: 'c2', at: after(50) }, facts, one)).slice)).toEqual([]);
    expect(dueOfContacts(moved(log({ ...later, id: 'c2', at: after(50), withId: 'father' }, facts, one)).slice)).toHaveLength(1);
  });

  it('no place without I7; after C10 only FLO, INSP, DI_SIO; a promise in the past', () => {
    expect(codes(log({ ...call, toldPlace: true }))).toEqual(['CONSENT_MISSING']);
    const consented = { ...facts, tell: { ...facts.tell, disclosure: decided(noDisclosure, { do: 'RecordAdultConsent', answer: 'YES', how: 'Said so' }, false) } };
    expect(moved(log({ ...call, toldPlace: true }, consented)).slice.contacts).toHaveLength(1);
    expect(codes(log(call, { ...facts, isDeceasedPending: true }))).toEqual(['CASE_LOCKED_DECEASED']);
    expect(moved(log(call, { ...facts, isDeceasedPending: true }, noContacts, actor('flo', ['FLO'], 60))).slice.contacts).toHaveLength(1);
    expect(codes(log({ ...call, promisedNextAt: after(1) }))).toEqual(['FIELD_INVALID']);
  });

  it('stress: the informant is the suspect: nothing goes out to them, what they say is taken; another person lifts it', () => {
    const sue = actor('sue', ['SGT']);
    const closed = moved(decideContact(one, { do: 'RestrictUpdates', contactId: 'mother', reason: 'She is a suspect.' }, facts, sue)).slice;
    expect([isRestricted(closed, 'mother'), dueOfContacts(closed)]).toEqual([true, []]);
    expect(codes(log({ ...call, id: 'c3' }, facts, closed))).toEqual(['RECIPIENT_NOT_ALLOWED']);
    expect(moved(log({ ...call, id: 'c3', direction: 'IN' }, facts, closed)).slice.contacts).toHaveLength(2);
    expect(codes(decideContact(closed, { do: 'LiftRestriction', contactId: 'mother', reason: 'Cleared.' }, facts, actor('sue', ['INSP'])))).toEqual(['SEGREGATION']);
    expect(isRestricted(moved(decideContact(closed, { do: 'LiftRestriction', contactId: 'mother', reason: 'Cleared.' }, facts, actor('ivy', ['INSP']))).slice, 'mother')).toBe(false);
    expect(codes(decideContact(one, { do: 'RestrictUpdates', contactId: 'mother', reason: 'Suspect.' }, facts, olli))).toEqual(['ROLE_DENIED']);
  });
});

describe('biometrics and return', () => {
  const brush = { do: 'RecordBiometric', id: 'b1', type: 'DNA_DIRECT', holderRef: 'Property store', collectedAt: start, consentBy: 'The mother' } as const;
  it('holdings are disposed of when found, by a person with a confirmation [S50]', () => {
    const one = moved(decideBiometric([], brush, { isFound: false }, olli)).slice;
    expect(wants(moved(decideBiometric(one, { do: 'RequireDisposal' }, { isFound: true }, systemAt(after(9)))))).toEqual(['DISPOSE_BIOMETRICS_TASK b1']);
    expect(codes(decideBiometric(one, { do: 'RecordBiometricSent', id: 'b1', at: after(9) }, { isFound: true }, olli))).toEqual(['GUARD_UNMET']);
    expect(codes(decideBiometric([], { ...brush, consentBy: '' }, { isFound: true }, olli))).toEqual(['GUARD_UNMET', 'CONSENT_MISSING']);
    expect(codes(decideBiometric(one, { do: 'DisposeBiometric', id: 'b1', confirmation: '' }, { isFound: true }, olli))).toEqual(['EVIDENCE_MISSING']);
    const gone = moved(decideBiometric(one, { do: 'DisposeBiometric', id: 'b1', confirmation: 'D-1' }, { isFound: true }, olli)).slice;
    expect([undisposed(one).length, undisposed(gone).length, biometricSlice.safeParse([{ ...one[0], deleteOnFound: false }]).success]).toEqual([1, 0, false]);
  });

  it('found and not safe to return (15.4)', () => {
    const whole = { isSafeToReturn: true, transportedBy: 'Unit S12', receivedBy: 'The aunt', isWarrantAndBailChecked: true };
    const of = (given: Parameters<typeof returnFailures>[0], isUnder18Now: boolean) => returnFailures(given, { isUnder18Now }).map(({ code }) => code);
    expect(of({ ...whole, to: 'HOME' }, true)).toEqual([]);
    expect(of({ ...whole, to: 'HOME', isSafeToReturn: false }, true)).toEqual(['GUARD_UNMET', 'REASON_REQUIRED']);
    expect([of({ ...whole, to: 'ADULT_DECLINES' }, true), of({ ...whole, to: 'POLICE_PROTECTION' }, false)]).toEqual([['GUARD_UNMET'], ['GUARD_UNMET']]);
    expect(of({ to: 'HOSPITAL', isSafeToReturn: true, isWarrantAndBailChecked: false }, true)).toEqual(['EVIDENCE_MISSING', 'EVIDENCE_MISSING', 'EVIDENCE_MISSING']);
    expect(of({ to: 'ADULT_DECLINES', isSafeToReturn: true, isWarrantAndBailChecked: true }, false)).toEqual([]);
  });
});
