import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clockTime } from '../../../functions/missing-persons/rules/intake/readParts.ts';
import { intake } from '../../../functions/missing-persons/rules/intake/report.ts';
import type { CallForm, CareForm, PublicForm, TransferForm } from '../../../functions/missing-persons/rules/intake/reportFields.ts';
import { likenessOfReport, personOf } from '../../../functions/missing-persons/rules/intake/personOf.ts';
import { concernFailures, flagFile, takeCall, takeCareReport, takePublicReport, takeTransfer, type Taken } from '../../../functions/missing-persons/rules/intake/takeReport.ts';
import { readPerson } from '../../../functions/missing-persons/rules/person/checkPerson.ts';
import { photoFailures } from '../../../functions/missing-persons/rules/person/photo.ts';

/** Sat 21 Nov 2026 20:10 in London. */
const now = '2026-11-21T20:10:00.000Z';
const taking = { now, raw: 'as it came' };
const good: PublicForm = { givenName: 'Ella', familyName: 'Example', age: '15', lastSeenPlace: 'Sample House, Chester', lastSeenDay: '21', lastSeenMonth: '11', lastSeenYear: '2026', lastSeenTime: '18:30', worries: 'She is always back by eight.', informantPhone: '01632 960123' };
const faultsOf = (taken: Taken) => (taken.kind === 'mend' ? taken.failures.map(({ field, code }) => `${field} ${code}`) : []);
const intakeOf = (taken: Taken) => {
  if (taken.kind !== 'received') throw new Error(JSON.stringify(taken));
  // Whatever is received fits the schema of the stored row.
  return intake.parse(taken.intake);
};
const publicly = (change: Partial<PublicForm>) => takePublicReport({ ...good, ...change }, taking);

describe('R1: the minimum', () => {
  it('a good report is received at the server\u2019s time, to the letter', () => {
    expect(intakeOf(publicly({}))).toMatchObject({
      source: 'PUBLIC_WEB', reportedAt: now, receivedAt: now, raw: 'as it came', isAsItIs: false, flagged: [], names: [{ type: 'LEGAL', given: 'Ella', family: 'Example' }], lastSeen: { from: '2026-11-21T18:30:00.000Z', precision: 'EXACT' },
      informant: { phone: '+441632960123' }, dob: { by: 'AGE_RANGE', from: 15, to: 15 },
    });
  });

  it('a description stands for a name, "I do not know" for a time, an e-mail address for a telephone', () => {
    const least = { description: 'A boy of about 9 in a red coat', lastSeenPlace: 'Market', lastSeenUnknown: 'yes', informantEmail: 'sam@example.com' } as const;
    const report = intakeOf(takePublicReport(least, taking));
    expect(report.flagged).toMatchObject([{ field: 'dob', code: 'AGE_REQUIRED' }]);
    expect(report.lastSeen).toEqual({ precision: 'UNKNOWN', unknownReason: 'The informant does not know.' });
    expect(readPerson({ ...personOf(report), dob: { by: 'YEAR', year: 2017 } }, now).ok).toBe(true);
  });

  it('says each thing that lacks, once', () => {
    expect(faultsOf(takePublicReport({}, taking))).toEqual(['givenName GUARD_UNMET', 'lastSeenPlace GUARD_UNMET', 'lastSeen GUARD_UNMET', 'informantPhone GUARD_UNMET']);
    expect(takePublicReport({}, taking)).toMatchObject({ maySendAsItIs: false });
    expect(takePublicReport({ asItIs: 'yes', informantPhone: '01632 960123' }, taking).kind).toBe('mend');
  });

  it('never blocks on optional data', () => {
    const optional = ['familyName', 'age', 'worries'] as const;
    for (const field of optional) expect(publicly({ [field]: '' }).kind).toBe('received');
  });
});

describe('S06: bad input', () => {
  const bad: PublicForm = {
    givenName: '\u{1f600}', familyName: "'; DROP TABLE people; --", dobDay: '31', dobMonth: '02', dobYear: '2010', age: '16', description: '<script>alert(1)</script>', lastSeenPlace: 'Sample Park', lastSeenDay: '22', lastSeenMonth: '11', lastSeenYear: '2026', lastSeenTime: '20:00',
    informantPhone: '07700 90',
  };

  it('date of birth, telephone and time are said at their fields; text is kept as it was typed', () => {
    const taken = takePublicReport(bad, taking);
    expect(taken).toMatchObject({ kind: 'mend', maySendAsItIs: true });
    expect(faultsOf(taken)).toEqual(['dob FIELD_INVALID', 'lastSeen TIME_IN_FUTURE', 'lastSeen LASTSEEN_AFTER_REPORT', 'informantPhone FIELD_INVALID']);
  });

  it('"send it as it is" is received with the fields flagged and nothing lost', () => {
    const report = intakeOf(takePublicReport({ ...bad, asItIs: 'yes' }, taking));
    expect(report).toMatchObject({
      isAsItIs: true, description: '<script>alert(1)</script>', names: [{ given: '\u{1f600}', family: "'; DROP TABLE people; --" }],
      asWritten: [{ field: 'dob', text: '31 02 2010' }, { field: 'lastSeen', text: '22 11 2026 20:00' }, { field: 'informantPhone', text: '07700 90' }],
    });
    expect(report.flagged.map(({ field }) => field)).toEqual(['dob', 'lastSeen', 'lastSeen', 'informantPhone']);
    expect(report.dob).toBeUndefined();
    expect(report.asks).toEqual(expect.arrayContaining(['AGE', 'LAST_SEEN_TIME', 'CONTACT']));
  });

  it('is not blocked for a date of birth that lacks when an age between two numbers is given', () => {
    expect(intakeOf(publicly({ age: '14-16' })).dob).toMatchObject({ by: 'AGE_RANGE', from: 14, to: 16 });
    expect(intakeOf(publicly({ age: '', dobYear: '2011' })).dob).toEqual({ by: 'YEAR', year: 2011 });
    expect(faultsOf(publicly({ age: 'teenager' }))).toEqual(['age FIELD_INVALID']);
    expect(faultsOf(publicly({ age: '16-14' }))).toEqual(['age FIELD_INVALID']);
  });

  it('a video of 20 MB is left out and flagged', () => {
    const report = intakeOf(publicly({}));
    expect(intake.parse(flagFile(report, photoFailures('photo', { head: new Uint8Array(16), bytes: 20_000_000 }))).flagged.map(({ field }) => field)).toEqual(['photo', 'photo']);
  });

  const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('', '31', '2', '2010', '20:00', 'yes', '\u0000', '\u202e', 'x'.repeat(19_000)));
  const anyForm: fc.Arbitrary<PublicForm> = fc.record({
    givenName: anyText, familyName: anyText, knownAs: anyText, dobDay: anyText, dobMonth: anyText, dobYear: anyText, age: anyText, description: anyText, missingPhone: anyText, lastSeenPlace: anyText, lastSeenDay: anyText, lastSeenMonth: anyText, lastSeenYear: anyText,
    lastSeenTime: anyText, clothing: anyText, worries: anyText, informantName: anyText, informantPhone: anyText, informantEmail: anyText, asItIs: fc.constant('yes' as const),
  }, { requiredKeys: ['asItIs'] });
  it('whatever is typed, as it is means received, unless there is nobody to look for', () => {
    fc.assert(fc.property(anyForm, form => {
      const taken = takePublicReport(form, taking);
      if (taken.kind === 'received') intakeOf(taken);
      else expect(taken.maySendAsItIs).toBe(false);
      const again = takePublicReport({ ...form, givenName: 'Ella' }, taking);
      expect(again.kind).toBe('received');
    }), { numRuns: 500 });
  });
});

describe('when last seen (2.6)', () => {
  it.each([['20:05', '20:05'], ['2005', '20:05'], ['8.05pm', '20:05'], ['8 PM', '20:00'], ['8.05 p.m.', '20:05'], ['12am', '00:00'], ['12pm', '12:00'], ['noon', '12:00'], ['midnight', '00:00'], ['08:00', '08:00'], ['8', undefined], ['25:00', undefined], ['8:75', undefined], ['13pm', undefined], ['soon', undefined]])('%s is %s', (typed, time) => {
    expect(clockTime(typed)).toBe(time);
  });

  it('asks which 01:30 when the clocks go back, and takes either', () => {
    const at = { now: '2026-10-25T09:00:00.000Z', raw: '' };
    const form = { ...good, lastSeenDay: '25', lastSeenMonth: 'October', lastSeenTime: '01:30' };
    expect(faultsOf(takePublicReport(form, at))).toEqual(['lastSeen TIME_AMBIGUOUS']);
    expect(intakeOf(takePublicReport({ ...form, lastSeenWhich: 'first' }, at)).lastSeen?.from).toBe('2026-10-25T00:30:00.000Z');
    expect(intakeOf(takePublicReport({ ...form, lastSeenWhich: 'second' }, at)).lastSeen?.from).toBe('2026-10-25T01:30:00.000Z');
    expect(faultsOf(takePublicReport({ ...form, lastSeenDay: '29', lastSeenMonth: '3' }, at))).toEqual(['lastSeen TIME_NONEXISTENT']);
  });

  it('a clock that is a minute fast is no fault, and nobody is seen after the report', () => {
    expect(intakeOf(publicly({ lastSeenTime: '20:11' })).lastSeen).toEqual({ from: now, precision: 'EXACT' });
    expect(faultsOf(publicly({ lastSeenTime: '20:13' }))).toEqual(['lastSeen TIME_IN_FUTURE', 'lastSeen LASTSEEN_AFTER_REPORT']);
  });

  it('a day without a time is a range that ends at the report', () => {
    expect(intakeOf(publicly({ lastSeenTime: '' })).lastSeen).toEqual({ from: '2026-11-21T00:00:00.000Z', to: now, precision: 'APPROX' });
    expect(intakeOf(publicly({ lastSeenTime: '', lastSeenDay: '20' })).lastSeen).toEqual({ from: '2026-11-20T00:00:00.000Z', to: '2026-11-20T23:59:00.000Z', precision: 'APPROX' });
    expect(faultsOf(publicly({ lastSeenTime: '', lastSeenDay: '32' }))).toEqual(['lastSeen FIELD_INVALID']);
  });
});

describe('S01: a children\u2019s home', () => {
  const form: CareForm = { ...good, placementName: 'Sample House', missingFrom: 'CHILDRENS_HOME', curfew: '20:00', hasPart1: 'YES', part1: 'What the form says', laResponsible: 'Halton' };
  it('is received at 20:10 with what is still to be asked, and the placement of who signed in', () => {
    const report = intakeOf(takeCareReport(form, { ...taking, organisationId: 'org-1' }));
    expect(report).toMatchObject({ source: 'CARE_PROVIDER', reportedAt: now, care: { organisationId: 'org-1', hasPart1: 'YES', curfew: '20:00' }, asks: ['PHOTO', 'STEPS_TRIED', 'PROTOCOL_PART_2'] });
    expect(likenessOfReport(report)).toMatchObject({ placement: 'org-1', informantPhones: ['+441632960123'] });
    expect(personOf(report)).toMatchObject({ care: { placementProviderId: 'org-1', laResponsible: 'Halton' } });
  });
  it('part 2 is no longer asked for once clothing is told', () => {
    expect(intakeOf(takeCareReport({ ...form, clothing: 'grey hoodie', doneSoFar: 'rang her' }, { ...taking, organisationId: 'org-1' })).asks).toEqual(['PHOTO']);
  });
});

describe('a call (R1)', () => {
  const call: CallForm = { givenName: 'Tom', lastSeenPlace: 'home', lastSeenFrom: '2026-11-21T18:00:00Z', age: '9', informantPhone: '01632 960123', channel: 'PHONE_999', callStartedAt: '2026-11-21T20:04:00Z' };
  const by = { ...taking, handler: 'u1' };
  it('T_REPORTED is when the call began', () => {
    expect(intakeOf(takeCall(call, by))).toMatchObject({ reportedAt: '2026-11-21T20:04:00.000Z', receivedAt: now, call: { channel: 'PHONE_999', handler: 'u1' } });
  });
  it.each<[Partial<CallForm>, string[]]>([
    [{ callStartedAt: '2026-11-21T20:10:01Z' }, ['callStartedAt TIME_IN_FUTURE']], [{ callStartedAt: '2026-11-21T19:09:59Z' }, ['callStartReason REASON_REQUIRED']], [{ callStartedAt: '2026-11-21T19:09:59Z', callStartReason: 'systems were down' }, []],
    [{ callStartedAt: '2026-11-21T19:10:00Z' }, []], [{ callStartedAt: '20:04' }, ['callStartedAt FIELD_INVALID']], [{ lastSeenFrom: '2026-11-21T20:05:00Z' }, ['lastSeenFrom LASTSEEN_AFTER_REPORT']], [{ lastSeenFrom: '2026-11-21T18:00:00' }, ['lastSeenFrom FIELD_INVALID']],
    [{ lastSeenTo: '2026-11-21T17:00:00Z' }, ['lastSeenTo FIELD_INVALID']], [{ informantPhone: '', callbackNumber: '01632 960124' }, []], [{ informantPhone: '' }, ['informantPhone GUARD_UNMET']], [{ callbackNumber: '12' }, ['callbackNumber FIELD_INVALID']],
  ])('%j', (change, faults) => {
    const taken = takeCall({ ...call, ...change }, by);
    expect(faultsOf(taken)).toEqual(faults);
    expect(taken.kind).toBe(faults.length === 0 ? 'received' : 'mend');
    if (taken.kind === 'mend') expect(taken.maySendAsItIs).toBe(false);
  });
});

describe('R11: from another force', () => {
  const form: TransferForm = { givenName: 'Tom', lastSeenPlace: 'home', lastSeenUnknown: 'yes', informantPhone: '01632 960123', fromForce: 'Sampleshire', theirRef: 'MP/1', acknowledgementId: 'doc-1', reportedAt: '2026-11-18T09:00:00Z' };
  it('keeps the original time of report', () => {
    expect(intakeOf(takeTransfer(form, taking))).toMatchObject({ source: 'TRANSFER_IN', reportedAt: '2026-11-18T09:00:00.000Z', receivedAt: now, transfer: { theirRef: 'MP/1' } });
    expect(faultsOf(takeTransfer({ ...form, theirRef: ' ', reportedAt: '2026-11-22T09:00:00Z' }, taking))).toEqual(['reportedAt TIME_IN_FUTURE', 'theirRef FIELD_INVALID']);
  });
});

it('R5 needs an address and a reason', () => {
  expect(concernFailures({ address: ' ', reason: '' }).map(({ field }) => field)).toEqual(['address', 'reason']);
  expect(concernFailures({ address: '1 Sample Street', reason: 'said so' })).toEqual([]);
});
