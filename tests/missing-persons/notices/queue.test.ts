import { describe, expect, it } from '@jest/globals';
import { notice } from '../../../functions/missing-persons/rules/notices/notice.ts';
import { queueNotice, type Asked, type Bearing } from '../../../functions/missing-persons/rules/notices/queue.ts';
import { active, askedOf, at, basis, bearing, queuedOf, type Wanted } from './support.ts';

const toLa: Wanted = { n: 'N04', kind: 'LA_CHILDREN', channel: 'SECURE_MAIL' };
function codesOf(wanted: Wanted, changes: Partial<Bearing> = {}, asked: Partial<Asked> = {}): string[] {
  const made = queueNotice({ ...askedOf(wanted), ...asked }, { ...bearing, ...changes });
  return made.kind === 'queued' ? [] : made.failures.map(failure => failure.code);
}
const without = (one: Asked): Asked => {
  const { basis: _basis, ...rest } = one;
  return rest;
};

describe('a message in the outbox (I6, 6.2)', () => {
  it('keeps names and a hash, and no value', () => {
    const made = queuedOf(toLa);
    expect(notice.parse(made)).toEqual(made);
    expect(made).toMatchObject({ state: 'QUEUED', fields: ['caseRef', 'fullName'], tries: 0, queuedAt: at(0), nextTryAt: at(0), payloadHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(JSON.stringify(made)).not.toContain('Ella');
    expect(queuedOf({ ...toLa, kind: 'LA_EDT', channel: 'PHONE_LOG' })).not.toHaveProperty('nextTryAt');
  });

  it('LAWFUL_BASIS_MISSING: none, not complete, or expired; our own staff need none', () => {
    const made = queueNotice(without(askedOf(toLa)), bearing);
    expect(made).toMatchObject({ kind: 'refused', failures: [{ code: 'LAWFUL_BASIS_MISSING', rule: 'I6' }] });
    expect(codesOf(toLa, {}, { basis: { ...basis, minimumNecessary: '   ' } })).toEqual(['LAWFUL_BASIS_MISSING']);
    expect(codesOf(toLa, {}, { basis: { ...basis, expires: at(0) } })).toEqual(['LAWFUL_BASIS_MISSING']);
    expect(codesOf(toLa, {}, { basis: { ...basis, expires: at(1) } })).toEqual([]);
    expect(queueNotice(without(askedOf({ n: 'N01', variant: 'ANY', kind: 'STAFF', channel: 'TEAMS' })), bearing)).toMatchObject({ kind: 'queued' });
  });

  it('CONSENT_MISSING: consent is the basis and nobody has given it', () => {
    const consent = { basis: { ...basis, basis: 'CONSENT' as const } };
    for (const answer of ['NO', 'NOT_KNOWN'] as const) expect(codesOf(toLa, { consent: answer }, consent)).toEqual(['CONSENT_MISSING']);
    expect(codesOf(toLa, { consent: 'YES' }, consent)).toEqual([]);
  });

  it.each([
    ['never verified', { lastVerifiedOn: undefined }], ['verified too long ago', { lastVerifiedOn: '2026-05-28' }], ['verified on a day to come', { lastVerifiedOn: '2026-11-26' }],
    ['an address that is none', { address: 'children at example' }], ['another authority', { region: 'Warrington' }],
  ])('RECIPIENT_NOT_ALLOWED: %s', (_what, to) => {
    const asked = askedOf(toLa);
    const { lastVerifiedOn, ...rest } = { ...asked.to, ...to };
    expect(codesOf(toLa, {}, { to: { ...rest, ...(lastVerifiedOn !== undefined && { lastVerifiedOn }) } })).toEqual(['RECIPIENT_NOT_ALLOWED']);
  });

  it('a directory entry of exactly 180 days is still good', () => expect(codesOf({ ...toLa, to: { lastVerifiedOn: '2026-05-29' } })).toEqual([]));

  it('RECIPIENT_NOT_ALLOWED: wrong kind, wrong channel, a provider of another placement, an informant who is restricted', () => {
    const asked = askedOf(toLa);
    expect(codesOf(toLa, {}, { to: { ...asked.to, kind: 'BTP' } })).toEqual(['RECIPIENT_NOT_ALLOWED']);
    expect(codesOf({ ...toLa, channel: 'NOTIFY_SMS' })).toEqual(['RECIPIENT_NOT_ALLOWED']);
    const provider: Wanted = { n: 'N06', kind: 'CARE_PROVIDER', channel: 'PORTAL' };
    expect(codesOf(provider)).toEqual([]);
    expect(codesOf(provider, { placementOrganisationId: 'org.other' })).toEqual(['RECIPIENT_NOT_ALLOWED']);
    const { placementOrganisationId: _none, ...unplaced } = bearing;
    expect(queueNotice(askedOf(provider), unplaced)).toMatchObject({ kind: 'refused' });
    expect(codesOf({ n: 'N15', variant: 'ANY', kind: 'INFORMANT', channel: 'NOTIFY_SMS' }, { isInformantRestricted: true })).toEqual(['RECIPIENT_NOT_ALLOWED']);
  });

  it('FIELD_INVALID: a field outside the allow-list, or a text of another notice', () => {
    const asked = askedOf(toLa);
    expect(codesOf(toLa, {}, { payload: { ...asked.payload, fields: ['caseRef', 'foundPlace'] } })).toEqual(['FIELD_INVALID']);
    expect(codesOf(toLa, {}, { payload: { ...asked.payload, n: 'N05' } })).toEqual(['FIELD_INVALID']);
    expect(codesOf(toLa, {}, { variant: 'TEXTSAFE' })).toEqual(['FIELD_INVALID']);
  });

  it('lists every failure', () => {
    const asked = askedOf({ n: 'N08', kind: 'SCHOOL_DSL', channel: 'SECURE_MAIL', to: { lastVerifiedOn: '2020-01-01' } });
    expect(queueNotice(without(asked), { ...bearing, isUnder18: false })).toMatchObject({ failures: [{ code: 'LAWFUL_BASIS_MISSING' }, { code: 'RECIPIENT_NOT_ALLOWED' }, { code: 'GUARD_UNMET' }, { code: 'RECIPIENT_NOT_ALLOWED' }] });
  });

  it('N08 and N16 need the inspector', () => {
    const school: Wanted = { n: 'N08', kind: 'SCHOOL_DSL', channel: 'SECURE_MAIL' };
    expect(codesOf(school, { approvals: ['SGT'] })).toEqual(['GUARD_UNMET']);
    expect(codesOf(school, { approvals: ['INSP'] })).toEqual([]);
  });

  it('N09 and N16: opt-out, NO_PUBLICITY, publicity that is not approved, no approved text', () => {
    const textSafe: Wanted = { n: 'N09', variant: 'TEXTSAFE', kind: 'MISSING_PEOPLE', channel: 'SECURE_MAIL', facts: { mobileNumber: '+447700900001' } };
    expect(codesOf(textSafe)).toEqual([]);
    expect(codesOf(textSafe, { flags: ['TEXTSAFE_OPTOUT'] })).toEqual(['CONSENT_MISSING']);
    expect(codesOf({ ...textSafe, facts: {} })).toEqual(['FIELD_INVALID']);
    const appeal: Wanted = { n: 'N16', variant: 'PUBLICITY', kind: 'PUBLIC', channel: 'PHONE_LOG', facts: { appeal: { text: 'Have you seen Ella?', approvedBy: 'inspector.one', approvedAt: at(0), expiresAt: at(100) } } };
    expect(codesOf(appeal, { approvals: ['INSP'] })).toEqual([]);
    expect(codesOf(appeal, { approvals: ['INSP'], flags: ['NO_PUBLICITY'] })).toEqual(['PUBLICITY_UNANSWERED']);
    expect(codesOf(appeal, { approvals: ['INSP'], situation: { ...active, isPublicityAllowed: false } })).toEqual(['PUBLICITY_UNANSWERED']);
    expect(codesOf({ ...appeal, facts: {} }, { approvals: ['INSP'] })).toEqual(['PUBLICITY_UNANSWERED']);
  });

  it('N15 after found: an adult who does not agree is not even said to be found', () => {
    const call: Wanted = { n: 'N15', variant: 'ANY', kind: 'INFORMANT', channel: 'PHONE_LOG', facts: { caseStatus: 'FOUND', isUnder18: false } };
    const found = { ...active, now: at(1), state: 'LOCATED_VERIFIED' as const, stoppedAt: at(0) };
    expect(codesOf(call, { situation: found, isUnder18: false })).toEqual(['CONSENT_MISSING']);
    expect(codesOf(call, { situation: found, isUnder18: false, statusConsent: 'YES' })).toEqual([]);
    expect(codesOf(call, { situation: found, isUnder18: true })).toEqual([]);
  });

  it('after found nothing that says missing is queued; before, nothing that says found', () => {
    const found = { ...active, now: at(1), state: 'RETURN_ACTIONS' as const, stoppedAt: at(0) };
    expect(codesOf(toLa, { situation: found })).toEqual(['GUARD_UNMET']);
    expect(codesOf({ ...toLa, variant: 'SAFEGUARDING' }, { situation: found })).toEqual([]);
    expect(codesOf({ ...toLa, variant: 'RHI_REFERRAL' })).toEqual(['GUARD_UNMET']);
  });

  it('while a death is not identified nothing is queued for outside but the coroner', () => {
    const pending = { ...active, state: 'DECEASED_PENDING_ID' as const };
    for (const wanted of [toLa, { n: 'N15', variant: 'ANY', kind: 'INFORMANT', channel: 'NOTIFY_SMS' }] satisfies Wanted[]) expect(codesOf(wanted, { situation: pending })).toEqual(['CASE_LOCKED_DECEASED']);
    expect(codesOf({ n: 'N13', variant: 'ANY', kind: 'CORONER', channel: 'PHONE_LOG' }, { situation: pending })).toEqual([]);
  });
});
