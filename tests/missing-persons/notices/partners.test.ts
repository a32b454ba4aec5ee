import { describe, expect, it } from '@jest/globals';
import { fieldName } from '../../../functions/missing-persons/rules/notices/fields.ts';
import { noticeSettings } from '../../../functions/missing-persons/rules/notices/settings.ts';
import { cheshireDirectory, cheshireOrganisations } from '../../../functions/missing-persons/rules/partners/cheshire.ts';
import { checkOrganisations, organisation, organisationOf, type Organisation } from '../../../functions/missing-persons/rules/partners/organisations.ts';
import { mayTellPlace } from '../../../functions/missing-persons/rules/partners/place.ts';
import { approve, checkApproval, checkProposal, recipientChange, verified } from '../../../functions/missing-persons/rules/partners/recipientChange.ts';
import { checkDirectory, checkRecipient, recipient } from '../../../functions/missing-persons/rules/partners/recipients.ts';
import { careProviderFields, laPartnerFields, mayReadAs, partnerView, type PartnerRecord } from '../../../functions/missing-persons/rules/partners/views.ts';
import { at, facts, recipientOf } from './support.ts';

const guest = '00000000-0000-4000-8000-000000000001';
const halton: Organisation = organisation.parse({ organisationId: 'la.halton', kind: 'LA', name: 'Halton', areas: ['Halton'], providerIds: [], members: [guest], addresses: [{ address: 'children.halton@example.com', verifiedOn: '2026-11-01' }, { address: 'new@example.com' }] });
const home: Organisation = organisation.parse({ organisationId: 'org.home', kind: 'CARE_PROVIDER', name: 'Sample Homes', areas: [], providerIds: ['home.1'], members: [], addresses: [{ address: 'manager@example.com', verifiedOn: '2026-11-01' }] });
const record: PartnerRecord = { hasChildDuties: true, authorities: ['Halton'], placementProviderId: 'home.1', tier: 'OPEN', state: 'ACTIVE' };

describe('directory (6.2)', () => {
  it('the default profile has the four authorities of Cheshire and nothing that could be real', () => {
    const directory = cheshireDirectory('2026-11-01');
    expect(checkDirectory(directory)).toEqual([]);
    expect(directory.map(one => recipient.parse(one))).toEqual(directory);
    for (const kind of ['LA_CHILDREN', 'LA_EDT'] as const) expect(new Set(directory.filter(one => one.kind === kind).map(one => one.region))).toEqual(new Set(noticeSettings.parse({}).las));
    for (const { channel, address } of directory) expect(channel === 'PORTAL' || address.endsWith('@example.com') || address.startsWith('01632 960')).toBe(true);
    expect(directory.flatMap(one => checkRecipient(one, at(0)))).toEqual([]);
  });

  it('before anybody has verified it nothing may be sent', () => {
    for (const one of cheshireDirectory()) expect(checkRecipient(one, at(0))).toMatchObject([{ code: 'RECIPIENT_NOT_ALLOWED', rule: '6.2' }]);
  });

  it('names what is wrong and never an address', () => {
    const mail = recipientOf('BTP', 'SECURE_MAIL');
    expect(checkDirectory([mail, mail, recipientOf('PORT', 'PHONE_LOG', { address: 'ring us' }), recipientOf('INFORMANT', 'PHONE_LOG')])).toEqual([
      'BTP.SECURE_MAIL: twice in the directory', 'PORT.PHONE_LOG: address does not fit PHONE_LOG', 'INFORMANT.PHONE_LOG: INFORMANT does not belong in the directory',
    ]);
  });
});

describe('a change of the directory takes two persons (6.2)', () => {
  const old = recipientOf('BTP', 'SECURE_MAIL');
  const change = recipientChange.parse({ changeId: 'c1', kind: 'EDIT', recipientId: old.recipientId, after: { ...old, address: 'new@example.com' }, reason: 'They moved.', proposedBy: 'one', proposedAt: at(0), state: 'PENDING' });
  const decision = { by: 'two', at: at(60), verifiedHow: 'Rang the published number.' };

  it('the proposer may not approve, and the approver says how they made sure', () => {
    expect(checkProposal(change, [old])).toEqual([]);
    expect(checkApproval(change, { ...decision, by: 'one' })).toMatchObject([{ code: 'SEGREGATION' }]);
    expect(checkApproval(change, { by: 'two', at: at(60) })).toMatchObject([{ code: 'REASON_REQUIRED' }]);
    expect(checkApproval(change, decision)).toEqual([]);
  });

  it('takes effect on approval, once, and counts as verified on that day in London', () => {
    const done = approve(change, { ...decision, at: '2026-06-30T23:30:00.000Z' }, [old]);
    expect(done.directory).toEqual([{ ...old, address: 'new@example.com', lastVerifiedOn: '2026-07-01' }]);
    expect(checkApproval(done.change, decision)).toMatchObject([{ code: 'STATE_CHANGED' }]);
    expect(recipientChange.parse(done.change)).toEqual(done.change);
  });

  it('refuses what does not fit the directory', () => {
    expect(checkProposal({ ...change, kind: 'ADD' }, [old])).toHaveLength(1);
    expect(checkProposal(change, [])).toHaveLength(1);
    expect(checkProposal({ ...change, kind: 'REMOVE' }, [old])).toHaveLength(1);
    expect(checkProposal({ ...change, after: { ...old, recipientId: 'other', address: 'nowhere' } }, [old])).toHaveLength(2);
  });

  it('an entry can be taken out, and a verification without an edit takes one person', () => {
    const { after: _after, ...removal } = { ...change, kind: 'REMOVE' as const };
    expect(checkProposal(removal, [old])).toEqual([]);
    expect(approve(removal, { by: 'two', at: at(1) }, [old]).directory).toEqual([]);
    expect(verified(old, '2026-11-24')).toEqual({ ...old, lastVerifiedOn: '2026-11-24' });
  });
});

describe('organisations (15.2 item 28)', () => {
  it('a guest or a verified address belongs to one; an address that nobody verified to none', () => {
    const register = [halton, home];
    expect(checkOrganisations([...cheshireOrganisations(), home])).toEqual([]);
    expect(organisationOf(register, { objectId: guest })).toBe(halton);
    expect(organisationOf(register, { address: ' Manager@Example.com ' })).toBe(home);
    expect(organisationOf(register, { address: 'new@example.com' })).toBeUndefined();
    expect(organisationOf([halton, { ...home, members: [guest] }], { objectId: guest })).toBeUndefined();
    expect(organisationOf(cheshireOrganisations(), { address: 'children.halton@example.com' })).toBeUndefined();
  });

  it('finds faults of the register', () => {
    expect(checkOrganisations([halton, { ...halton, areas: [] }, { ...home, providerIds: [] }])).toEqual([
      'la.halton: twice in the register', `member ${guest}: in two places`, 'an address stands in two places', 'an address stands in two places', 'la.halton: an authority without an area', 'org.home: a provider without a home',
    ]);
  });
});

describe('what a partner may read (0.4)', () => {
  it.each([
    ['an authority its own area', halton, {}, true], ['an authority another area', halton, { authorities: ['Warrington'] }, false], ['an authority an adult', halton, { hasChildDuties: false }, false],
    ['an authority a closed case, for the interview', halton, { state: 'CLOSED' }, true], ['a provider its own placement', home, {}, true], ['a provider another placement', home, { placementProviderId: 'home.2' }, false],
    ['a provider no placement', home, { placementProviderId: undefined }, false], ['a provider a closed case', home, { state: 'CLOSED' }, false], ['anybody a confidential record', halton, { tier: 'CONFIDENTIAL' as const }, false],
    ['anybody a case made in error', halton, { state: 'CANCELLED' }, false], ['nobody known', undefined, {}, false],
  ])('%s', (_what, partner, changes, isAllowed) => {
    const { placementProviderId, ...rest } = { ...record, ...changes };
    const failures = mayReadAs(partner, { ...rest, ...(placementProviderId !== undefined && { placementProviderId }) });
    expect(failures.map(one => one.code)).toEqual(isAllowed ? [] : ['NOT_FOUND']);
  });

  const everything = facts({
    caseStatus: 'FOUND', risk: 'HIGH', flags: ['CCE', 'MAPPA'], intelligence: 'K-intelligence', informantName: 'K-informant', informantNotes: 'K-notes', parentName: 'K-parent', associates: ['K-associate'], thirdParties: ['K-third'], suspect: 'K-suspect',
    medicalConditions: ['K-medical'], medication: ['K-medication'], circumstances: 'K-circumstances', riskRationale: 'K-rationale', childSaid: 'K-said', crimeRefs: ['K-crime'], communicationsData: 'K-cd', mobileNumber: 'K-mobile', homeAddress: 'K-home',
    foundPlace: 'K-found', returnPlace: 'K-return', foundCondition: 'K-condition',
  });
  const said = (kind: Organisation['kind'], isPlaceWithheld: boolean, changes = {}): string => JSON.stringify(partnerView(kind, { ...everything, ...changes }, { isPlaceWithheld }));
  const canariesIn = (text: string): string[] => [...text.matchAll(/K-\w+/g)].map(match => match[0]);

  it('S14: a provider sees no intelligence, flag, health or place; the authority sees the place', () => {
    expect(canariesIn(said('CARE_PROVIDER', true))).toEqual([]);
    expect(canariesIn(said('CARE_PROVIDER', false))).toEqual(['K-return']);
    expect(said('CARE_PROVIDER', false)).not.toMatch(/HIGH|CCE|MAPPA/);
    expect(canariesIn(said('LA', true))).toEqual(['K-found', 'K-condition', 'K-return']);
    expect(said('LA', true)).not.toContain('MAPPA');
  });

  it('S15: until the release a death looks like a person who is missing', () => {
    const text = said('LA', false, { isDeceased: true, foundCondition: 'DECEASED_UNKNOWN', foundAt: at(0), returnedAt: at(0) });
    expect(canariesIn(text)).toEqual([]);
    expect(text).toContain('missing');
    expect(text).not.toMatch(/DECEASED|"value":"found"/);
    expect(said('LA', false, { isDeceased: true, isDeathReleased: true, foundCondition: 'DECEASED_UNKNOWN' })).toContain('DECEASED_UNKNOWN');
  });

  it('the lists hold known fields once', () => {
    for (const list of [laPartnerFields, careProviderFields]) expect(new Set(list.map(name => fieldName.parse(name))).size).toBe(list.length);
  });
});

describe('where somebody was found (I7)', () => {
  it('an adult: the family only with the recorded consent', () => {
    for (const adultConsent of ['NO', 'NOT_KNOWN'] as const) expect(mayTellPlace('FAMILY', { isUnder18: false, adultConsent })).toBe(false);
    expect(mayTellPlace('FAMILY', { isUnder18: false, adultConsent: 'YES', childWithheldFrom: [] })).toBe(true);
    expect(mayTellPlace('FAMILY', { isUnder18: false, adultConsent: 'NOT_KNOWN', childWithheldFrom: [] })).toBe(false);
  });

  it('a child: only once somebody decided, and not whom it is withheld from; the authority always', () => {
    const child = { isUnder18: true, adultConsent: 'NOT_KNOWN' } as const;
    expect(mayTellPlace('FAMILY', child)).toBe(false);
    expect(mayTellPlace('FAMILY', { ...child, childWithheldFrom: ['FAMILY'] })).toBe(false);
    expect([mayTellPlace('CARE_PROVIDER', { ...child, childWithheldFrom: ['FAMILY'] }), mayTellPlace('DUTY_HOLDER', child)]).toEqual([true, true]);
  });
});
