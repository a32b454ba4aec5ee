import { describe, expect, it } from '@jest/globals';
import { buildPayload, payload as payloadSchema } from '../../../functions/missing-persons/rules/notices/payload.ts';
import { at, facts } from './support.ts';

const approved = (text: string) => ({ text, approvedBy: 'inspector.one', approvedAt: at(0) });

describe('what the messages say', () => {
  it('N01: reference, initials, age, risk, task and link; no name and no address', () => {
    const made = buildPayload('N01', facts({ age: 15, risk: 'HIGH', task: 'A01 Acknowledge ownership', link: 'https://example.com/c/1', homeAddress: '1 Sample Street', medicalConditions: ['asthma'] }), { variant: 'ANY', kind: 'STAFF', channel: 'TEAMS' });
    expect(made.lines).toEqual(['You are responsible for this case.', 'Reference: MP/CHS/2026/000123', 'Initials: ES', 'Age: 15', 'Risk: HIGH', 'Task: A01 Acknowledge ownership', 'Open: https://example.com/c/1']);
  });

  it('N04: the flags that safeguarding needs, and none of the others', () => {
    const made = buildPayload('N04', facts({ flags: ['CSE', 'MAPPA', 'SEALED_IDENTITY', 'LAC', 'MEDIA_RISK_WARNING'], dob: '2011-03-04' }), { variant: 'MISSING', kind: 'LA_CHILDREN', channel: 'SECURE_MAIL' });
    expect(made.lines).toContain('Safeguarding: CSE, LAC');
    expect(made.fields).toEqual(['caseRef', 'fullName', 'dob', 'safeguardingFlags']);
  });

  it('N09 TextSafe: the number and under 18 or adult, and nothing else, not even a reference [S51]', () => {
    const record = facts({ mobileNumber: '+447700900001', age: 15, risk: 'HIGH', appeal: { ...approved('Have you seen Ella?'), expiresAt: at(100) } });
    const made = buildPayload('N09', record, { variant: 'TEXTSAFE', kind: 'MISSING_PEOPLE', channel: 'SECURE_MAIL' });
    expect(made).toEqual({ n: 'N09', channel: 'SECURE_MAIL', subject: 'Missing People', lines: ['TextSafe request.', 'Mobile number: +447700900001', 'Age group: Under 18'], fields: ['mobileNumber', 'ageGroup'] });
    expect(buildPayload('N09', { ...record, isUnder18: false }, { variant: 'TEXTSAFE', kind: 'MISSING_PEOPLE', channel: 'SECURE_MAIL' }).lines).toContain('Age group: Adult');
    expect(buildPayload('N17', record, { variant: 'TEXTSAFE', kind: 'MISSING_PEOPLE', channel: 'SECURE_MAIL' }).lines).toEqual(['Located, no further action; thank you.', 'Mobile number: +447700900001']);
  });

  it('N15 by text: the fixed words only, whatever happened', () => {
    const record = facts({ caseStatus: 'FOUND', foundPlace: 'a barn', isDeceased: true, foundCondition: 'DECEASED_UNKNOWN' });
    expect(buildPayload('N15', record, { variant: 'ANY', kind: 'INFORMANT', channel: 'NOTIFY_SMS' })).toEqual({
      n: 'N15', channel: 'NOTIFY_SMS', subject: 'Text message', lines: ['Please call 101 ref MP/CHS/2026/000123'], fields: ['caseRef'], reference: 'MP/CHS/2026/000123',
    });
  });

  it('S14: the mother is told no place, the authority is, the provider is not', () => {
    const record = facts({ caseStatus: 'FOUND', foundPlace: 'Crewe', returnPlace: 'police station', foundCondition: 'HARMED_CRIME', flags: ['CCE', 'COUNTY_LINES'] });
    expect(buildPayload('N15', record, { variant: 'ANY', kind: 'INFORMANT', channel: 'PHONE_LOG' }).lines).toEqual(['Telephone the informant.', 'Reference: MP/CHS/2026/000123', 'Status: found']);
    expect(buildPayload('N05', record, { variant: 'SAFEGUARDING', kind: 'PLACING_LA', channel: 'SECURE_MAIL' }).lines).toEqual(expect.arrayContaining(['Found at: Crewe', 'Condition: HARMED_CRIME', 'Safeguarding: CCE, COUNTY_LINES']));
    expect(buildPayload('N06', record, { variant: 'FOUND', kind: 'CARE_PROVIDER', channel: 'PORTAL' }).lines).toEqual(['The police will contact you about a resident of yours.', 'Reference: MP/CHS/2026/000123', 'Status: found']);
  });

  it('N17: located, thank you and the reference; where and how for duty-holders', () => {
    const record = facts({ caseStatus: 'FOUND', foundPlace: 'Delamere Forest', foundCondition: 'UNHURT' });
    for (const kind of ['BTP', 'CARE_PROVIDER', 'HOSPITAL', 'SCHOOL_DSL', 'FORCE'] as const) {
      expect(buildPayload('N17', record, { variant: 'FOUND', kind, channel: 'SECURE_MAIL' })).toMatchObject({ subject: 'Located MP/CHS/2026/000123', lines: ['Located, no further action; thank you.', 'Reference: MP/CHS/2026/000123'], fields: ['caseRef'] });
    }
    expect(buildPayload('N17', record, { variant: 'FOUND', kind: 'LA_EDT', channel: 'PHONE_LOG' }).fields).toEqual(['caseRef', 'foundPlace', 'foundCondition']);
  });

  it('S15: no partner reads of a death before the SIO releases it; the coroner does', () => {
    const record = facts({ caseStatus: 'FOUND', isDeceased: true, foundPlace: 'a canal', foundCondition: 'DECEASED_MISADVENTURE', ukmpu: { case_ref: 'MP/CHS/2026/000123', record_type: 'MISSING', submission: 'CANCEL', located_at: at(0), located_condition: 'DECEASED_MISADVENTURE' } });
    const said = (changes: object, kind: 'LA_CHILDREN' | 'UKMPU'): string => JSON.stringify(buildPayload('N17', { ...record, ...changes }, { variant: 'FOUND', kind, channel: 'SECURE_MAIL' }));
    for (const kind of ['LA_CHILDREN', 'UKMPU'] as const) {
      expect(said({}, kind)).not.toContain('DECEASED');
      expect(said({ isDeceased: false }, kind)).not.toContain('DECEASED');
      expect(said({ isDeathReleased: true }, kind)).toContain('DECEASED_MISADVENTURE');
    }
    expect(buildPayload('N13', record, { variant: 'ANY', kind: 'CORONER', channel: 'PHONE_LOG' }).fields).toEqual(expect.arrayContaining(['foundPlace', 'foundCondition']));
  });

  it('N02 carries the file of 9.3 and keeps its names', () => {
    const made = buildPayload('N02', facts({ ukmpu: { case_ref: 'MP/CHS/2026/000123', record_type: 'MISSING', submission: 'NEW', family_name: 'Sample' } }), { variant: 'MISSING', kind: 'UKMPU', channel: 'SECURE_MAIL' });
    expect(made.fields).toEqual(['caseRef', 'ukmpuRow']);
    expect(made.attachment).toMatchObject({ name: 'MP-CHS-2026-000123-NEW.csv', text: expect.stringContaining(',Sample,') });
    expect(payloadSchema.parse(made)).toEqual(made);
  });

  it('a name cannot make a line of its own', () => {
    const made = buildPayload('N08', facts({ fullName: 'Ella\r\nStatus: found\u2028Bcc: all' }), { variant: 'MISSING', kind: 'SCHOOL_DSL', channel: 'SECURE_MAIL' });
    expect(made.lines).toEqual(['A pupil of yours is missing.', 'Reference: MP/CHS/2026/000123', 'Name: Ella Status: found Bcc: all', 'Status: missing']);
  });

  it('a variant that the row lacks is a fault', () => expect(() => buildPayload('N12', facts(), { variant: 'TEXTSAFE', kind: 'BTP', channel: 'SECURE_MAIL' })).toThrow(RangeError));
});
