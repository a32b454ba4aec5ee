import { describe, expect, it } from '@jest/globals';
import { circumstancesFailures, readCasefile } from '../../../functions/missing-persons/rules/person/casefile.ts';
import { readPerson } from '../../../functions/missing-persons/rules/person/checkPerson.ts';
import { agesOf } from '../../../functions/missing-persons/rules/person/childDuties.ts';
import { initialsOf, shownName } from '../../../functions/missing-persons/rules/person/names.ts';
import { mayBeUnknown, personSettings } from '../../../functions/missing-persons/rules/person/person.ts';
import { fromEdge, toEdge } from '../../../functions/missing-persons/rules/person/unknown.ts';

const now = '2026-11-25T10:00:00.000Z';
const ella = { names: [{ type: 'LEGAL', given: 'Ella', family: 'Example' }], dob: { by: 'DATE', date: '2011-03-04' } };
const faults = (raw: unknown) => {
  const reading = readPerson(raw, now);
  return reading.ok ? [] : reading.failures.map(({ field, code }) => `${field} ${code}`);
};

describe('person (3.2)', () => {
  it('keeps text as it was typed but trimmed and in NFC: markup, SQL and emoji are text (S06)', () => {
    const reading = readPerson({ ...ella, names: [{ type: 'LEGAL', given: "  Zoe\u0301 \u{1f600} ", family: "<script>alert(1)</script>' OR 1=1 --" }] }, now);
    expect(reading).toMatchObject({ ok: true, person: { names: [{ given: 'Zo\u00e9 \u{1f600}', family: "<script>alert(1)</script>' OR 1=1 --" }] } });
  });

  it('lists every failure at its field', () => {
    expect(faults({
      ...ella, dob: { by: 'DATE', date: '2027-01-01' }, description: { heightCm: 251 }, devices: [{ msisdn: '07700 90' }, { imei: '490154203237517' }], identifiers: { nhsNo: '9434765918', niNo: 'XX', passportNo: '1' },
      vehicles: [{ vrm: 'A' }], associates: [{ name: 'Sam Sample', relation: 'friend', risk: 'CONCERN', phone: '12' }], photos: [{ mediaId: 'm1', consentForPublicity: 'NOT_ASKED', takenOn: '2026-11-26' }],
      care: { socialWorker: { name: 'Pat Pretend', phone: '1', oohPhone: '01632 960123' } },
    })).toEqual([
      'dob FIELD_INVALID', 'description.heightCm FIELD_INVALID', 'photos.0.takenOn TIME_IN_FUTURE', 'devices.0.msisdn FIELD_INVALID', 'devices.1.imei FIELD_INVALID', 'identifiers.nhsNo FIELD_INVALID', 'identifiers.passportNo FIELD_INVALID',
      'identifiers.niNo FIELD_INVALID', 'vehicles.0.vrm FIELD_INVALID', 'care.socialWorker.phone FIELD_INVALID', 'associates.0.phone FIELD_INVALID',
    ]);
  });

  it('brings numbers into their normal form', () => {
    const reading = readPerson({ ...ella, devices: [{ msisdn: '07700 900123', imei: '49-015420-323751-8' }], vehicles: [{ vrm: 'ab12 cde' }], identifiers: { nhsNo: '943 476 5919' } }, now);
    expect(reading).toMatchObject({ ok: true, person: { devices: [{ msisdn: '+447700900123', imei: '490154203237518' }], vehicles: [{ vrm: 'AB12CDE' }], identifiers: { nhsNo: '9434765919' } } });
  });

  it('dob 31/02 is no date, over 120 years and the future are refused, a range of ages will do, and nobody needs one who is unidentified', () => {
    expect(faults({ ...ella, dob: { by: 'DATE', date: '2010-02-31' } })).toEqual(['dob FIELD_INVALID']);
    expect(faults({ ...ella, dob: { by: 'DATE', date: '1905-11-24' } })).toEqual(['dob FIELD_INVALID']);
    expect(faults({ ...ella, dob: { by: 'DATE', date: '1905-11-26' } })).toEqual([]);
    expect(faults({ ...ella, dob: { by: 'AGE_RANGE', from: 14, to: 16, at: now } })).toEqual([]);
    expect(faults({ names: ella.names })).toEqual(['dob AGE_REQUIRED']);
    expect(faults({ names: ella.names, dob: { known: false, reason: 'nobody knows' } })).toEqual(['dob AGE_REQUIRED']);
    expect(faults({ names: [], isUnidentified: true })).toEqual([]);
    expect(faults({ names: [], dob: ella.dob })).toEqual(['names FIELD_INVALID']);
  });

  it('a person with one name, leap-day birth, height at the edges', () => {
    expect(faults({ names: [{ type: 'LEGAL', given: 'Suharto' }], dob: { by: 'DATE', date: '2008-02-29' }, description: { heightCm: 30 } })).toEqual([]);
    expect(faults({ ...ella, description: { heightCm: 29.9 } })).toEqual(['description.heightCm FIELD_INVALID']);
    expect(shownName({ names: [{ type: 'KNOWN_AS', given: 'Suharto' }] })).toBe('Suharto');
    expect([initialsOf({ names: [{ type: 'LEGAL', given: 'Suharto' }] }), initialsOf({ names: [{ type: 'LEGAL', given: '\u{1f600}lla', family: 'Example' }] })]).toEqual(['S.', '\u{1f600}.E.']);
  });

  it('refuses control characters, turned text, what is too long and unknown fields', () => {
    const reading = readPerson({ ...ella, nationality: 'British\u0000', religion: 'x\u202ey', clothing: 'x'.repeat(4_001), hat: 'red' }, now);
    expect(reading.ok ? [] : reading.failures.map(({ field }) => field)).toEqual(expect.arrayContaining(['nationality', 'religion', 'clothing', 'hat']));
  });

  it('never repeats what was typed in a reason', () => {
    const reading = readPerson({ ...ella, devices: [{ msisdn: '07700 90SECRET' }], names: [{ type: 'SECRET', given: 'Ella' }] }, now);
    expect(JSON.stringify(reading)).not.toContain('SECRET');
  });
});

describe('not known at the edge (15.2 item 35)', () => {
  it('goes in and out without loss', () => {
    const { value, failures } = fromEdge({ names: [], dobKnown: false, dobReason: 'found on a beach', nationality: 'Irish', religionKnown: true, religion: 'none' }, mayBeUnknown);
    expect(failures).toEqual([]);
    expect(value).toEqual({ names: [], dob: { known: false, reason: 'found on a beach' }, nationality: 'Irish', religion: 'none' });
    expect(toEdge(value)).toEqual({ names: [], dobKnown: false, dobReason: 'found on a beach', nationality: 'Irish', religion: 'none' });
  });

  it('refuses unknown without a reason, unknown beside a value, and a reason for what is known', () => {
    const { failures } = fromEdge({ dobKnown: false, religionKnown: false, religionReason: 'x', religion: 'y', nationalityReason: 'z' }, mayBeUnknown);
    expect(failures.map(({ field, code }) => `${field} ${code}`)).toEqual(['dobReason REASON_REQUIRED', 'nationalityReason FIELD_INVALID', 'religion FIELD_INVALID']);
  });
});

describe('duties owed to a child', () => {
  const dob = { by: 'DATE', date: '2008-11-20' } as const;
  it('stay for who turned 18 while missing, unless the force says otherwise', () => {
    const reported = '2026-11-19T23:00:00.000Z';
    expect(agesOf({ dob }, reported, now, personSettings.parse({}))).toEqual({ wasChildAtReport: true, isChildNow: false, hasChildDuties: true });
    expect(agesOf({ dob }, reported, now, { keepDutiesAfter18: false }).hasChildDuties).toBe(false);
    expect(agesOf({ dob }, now, now, personSettings.parse({})).hasChildDuties).toBe(false);
  });
  it('are owed to whoever has no age yet', () => {
    expect(agesOf({}, now, now, personSettings.parse({})).hasChildDuties).toBe(true);
  });
});

const file = {
  missingFrom: 'CHILDRENS_HOME', lastSeen: { from: '2026-11-25T08:00:00.000Z', precision: 'EXACT' }, lastSeenPlace: { text: 'Sample House', lat: 53.2, lon: -2.9 }, outOfCharacter: 'NOT_KNOWN',
  informants: [{ id: 'i1', role: 'PRIMARY', phone: '01632 960123' }], hypotheses: [], linked: { crimeRefs: [], priorCaseIds: [], coMissing: [] }, restrictedTier: 'OPEN',
};
const facts = { reportedAt: '2026-11-25T09:00:00.000Z', now, caseId: 'c1' };
const caseFaults = (change: object) => {
  const reading = readCasefile({ ...file, ...change }, facts);
  return reading.ok ? reading.warnings.map(({ field }) => `warning ${field}`) : reading.failures.map(({ field, code }) => `${field} ${code}`);
};

describe('case facts (3.1)', () => {
  it('are kept with the telephone in E.164', () => {
    expect(readCasefile(file, facts)).toMatchObject({ ok: true, warnings: [], casefile: { informants: [{ phone: '+441632960123' }] } });
  });

  it.each([
    [{ lastSeen: { from: '2026-11-25T08:00:00.000Z', to: '2026-11-25T07:59:00.000Z', precision: 'APPROX' } }, ['lastSeen.to FIELD_INVALID']],
    [{ lastSeen: { from: '2026-11-25T09:00:01.000Z', precision: 'EXACT' } }, ['lastSeen.from LASTSEEN_AFTER_REPORT']],
    [{ lastSeen: { from: '2026-11-26T09:00:00.000Z', precision: 'EXACT' } }, ['lastSeen.to TIME_IN_FUTURE', 'lastSeen.from LASTSEEN_AFTER_REPORT']],
    [{ lastSeen: { precision: 'UNKNOWN' } }, ['lastSeen.unknownReason REASON_REQUIRED']],
    [{ lastSeen: { precision: 'UNKNOWN', unknownReason: 'lives alone' } }, []],
    [{ lastSeen: { precision: 'EXACT' } }, ['lastSeen.from FIELD_INVALID']],
    [{ lastSeenPlace: { lat: 48.8, lon: 2.3 } }, ['warning lastSeenPlace.lat']],
    [{ lastSeenPlace: { lat: 53.2, text: 'x' } }, ['lastSeenPlace.lon FIELD_INVALID']],
    [{ lastSeenPlace: {} }, ['lastSeenPlace.text FIELD_INVALID']],
    [{ lastSeenPlace: { what3words: '///filled.count.soap' } }, []],
    [{ informants: [] }, ['informants FIELD_INVALID']],
    [{ informants: [{ id: 'a', role: 'PRIMARY' }, { id: 'b', role: 'PRIMARY' }] }, ['informants FIELD_INVALID']],
    [{ informants: [{ id: 'a', role: 'PRIMARY', areUpdatesRestricted: true }] }, ['informants.0.restrictedWhy REASON_REQUIRED']],
    [{ linked: { ...file.linked, coMissing: [{ caseId: 'c1', ref: 'MP/CHS/2026/000001', isLinked: true, reason: 'Left together', by: 'sita', at: '2026-11-24T09:00:00.000Z' }] } }, ['linked.coMissing FIELD_INVALID']],
    [{ restrictedTier: 'CONFIDENTIAL' }, ['accessList FIELD_INVALID']],
    [{ restrictedTier: 'CONFIDENTIAL', accessList: [{ userId: 'u', role: 'SUPT', addedBy: 'v', addedAt: now }] }, []],
  ])('%j', (change, expected) => {
    expect(caseFaults(change)).toEqual(expected);
  });

  it('circumstances are told in 20 characters before C2', () => {
    expect([circumstancesFailures({ circumstances: 'x'.repeat(19) }).length, circumstancesFailures({ circumstances: 'x'.repeat(20) }).length]).toEqual([1, 0]);
  });
});
