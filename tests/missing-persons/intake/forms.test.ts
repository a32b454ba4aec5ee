import { describe, expect, it } from '@jest/globals';
import { checkProtocols, issueUploadLink, protocolFailures, protocolFields, protocolSettings, staleBanner, uploadFailures, type Protocol } from '../../../functions/missing-persons/rules/intake/protocols.ts';
import { rcrpFailures, type Rcrp } from '../../../functions/missing-persons/rules/intake/rcrp.ts';
import { thriveFailures, thriveNote } from '../../../functions/missing-persons/rules/intake/thrive.ts';
import { firstActions, triggerPlan, triggerPlanFailures, type TriggerPlan } from '../../../functions/missing-persons/rules/intake/triggerPlan.ts';

const now = '2026-11-25T10:00:00.000Z';
const settings = protocolSettings.parse({});

describe('protocol forms (3.7)', () => {
  const form: Protocol = { id: 'f1', form: 'PHILOMENA', part1: [{ code: 'FRIENDS', text: 'Sam Sample' }], part2: [{ code: 'CLOTHING', text: 'grey hoodie' }], heldBy: 'CARER', version: '3', reviewedOn: '2026-06-01', supplier: 'Sample House', receivedAt: now, attachments: [] };
  const faults = (change: Partial<Protocol>, isPersonMissing = true) => protocolFailures({ ...form, ...change }, { isPersonMissing, now }).map(({ field, code }) => `${field} ${code}`);

  it('the table has no fault, and faults are found by name', () => {
    expect(checkProtocols()).toEqual([]);
    const [first] = protocolFields;
    expect(first && checkProtocols([first, { ...first, source: 'hearsay' }])).toEqual(expect.arrayContaining(['field HERBERT.1.DESCRIPTION stands twice', 'field HERBERT.DESCRIPTION has no source', 'HERBERT has no part 2']));
  });

  it('a form is not kept before the person is missing, and has only its own fields', () => {
    expect(faults({})).toEqual([]);
    expect(faults({}, false)).toEqual(['form TOO_EARLY']);
    expect(faults({ part1: [{ code: 'CLOTHING', text: 'x' }] })).toEqual(['part1.0.code FIELD_INVALID']);
    expect(faults({ part1: [], part2: [] })).toEqual(['part1 FIELD_INVALID']);
    expect(faults({ reviewedOn: '2026-11-26' })).toEqual(['reviewedOn TIME_IN_FUTURE']);
    expect(faults({ form: 'OTHER', part1: [{ code: 'TEXT', text: 'x' }], part2: [] })).toEqual(['otherName FIELD_INVALID']);
  });

  it('says "check that it is current" after 180 days', () => {
    expect(staleBanner({ form: 'HERBERT', reviewedOn: '2026-05-29' }, now, settings)).toBeUndefined();
    expect(staleBanner({ form: 'HERBERT', reviewedOn: '2026-05-28' }, now, settings)).toContain('181 days');
  });

  it('an upload link is for one case, once, for 4 hours', () => {
    const link = issueUploadLink({ id: 'l1', caseId: 'c1', form: 'HERBERT', issuedAt: now, issuedBy: 'u1', givenTo: 'Her daughter', secretHmac: 'a1' }, settings);
    expect(link.expiresAt).toBe('2026-11-25T14:00:00.000Z');
    expect(uploadFailures(link, { caseId: 'c1', now: '2026-11-25T13:59:59.999Z' })).toEqual([]);
    expect(uploadFailures(link, { caseId: 'c1', now: '2026-11-25T14:00:00.000Z' })).toHaveLength(1);
    expect(uploadFailures({ ...link, usedAt: now }, { caseId: 'c1', now })).toHaveLength(1);
    expect(uploadFailures({ ...link, revokedAt: now }, { caseId: 'c1', now })).toHaveLength(1);
    expect(uploadFailures(link, { caseId: 'c2', now })).toMatchObject([{ code: 'NOT_FOUND' }]);
  });
});

describe('R4: Right Care Right Person', () => {
  const answers: Rcrp = { crimeSuspected: 'NO', realAndImmediateRisk: 'NO', threshold: 'known to be with the crisis team', agency: 'Sample NHS Trust', acceptedBy: 'N. Nurse', acceptedAt: now, advice: 'ring the ward', callBackAt: '2026-11-25T11:00:00.000Z' };
  const codes = (change: Partial<Rcrp>, isUnder18 = false) => rcrpFailures({ ...answers, ...change }, { isUnder18, now }).map(({ code }) => code);
  it.each<[Partial<Rcrp>, boolean, string[]]>([
    [{}, false, []], [{}, true, ['RCRP_BARRED']], [{ crimeSuspected: 'YES' }, false, ['RCRP_BARRED']], [{ crimeSuspected: 'NOT_KNOWN' }, false, ['RCRP_BARRED']], [{ realAndImmediateRisk: 'YES' }, false, ['RCRP_BARRED']], [{ realAndImmediateRisk: 'NOT_KNOWN' }, false, ['RCRP_BARRED']],
    [{ acceptedBy: ' ' }, false, ['RCRP_BARRED']], [{ callBackAt: now }, false, ['FIELD_INVALID']], [{ threshold: '', advice: '' }, false, ['REASON_REQUIRED', 'REASON_REQUIRED']],
    [{ acceptedAt: '2026-11-25T10:03:00.000Z' }, false, ['TIME_IN_FUTURE']], [{ crimeSuspected: 'YES', realAndImmediateRisk: 'YES' }, true, ['RCRP_BARRED', 'RCRP_BARRED', 'RCRP_BARRED']],
  ])('%j, under 18 %s', (change, isUnder18, expected) => {
    expect(codes(change, isUnder18)).toEqual(expected);
  });
});

describe('THRIVE note (R2)', () => {
  const note = { threat: 'none', harm: 'x'.repeat(600), risk: 'cold night', investigation: 'not known', vulnerability: 'child', engagement: 'mother is with us' };
  it('every heading says something, and the note fits the report', () => {
    expect(thriveFailures(note)).toEqual([]);
    expect(thriveFailures({ ...note, harm: ' ', engagement: '' }).map(({ field }) => field)).toEqual(['thrive.harm', 'thrive.engagement']);
    expect(thriveNote(note)).toMatch(/^Threat: none\nHarm: x+\nRisk: cold night\n/);
    expect(thriveNote({ threat: 'x'.repeat(600), harm: 'x'.repeat(600), risk: 'x'.repeat(600), investigation: 'x'.repeat(600), vulnerability: 'x'.repeat(600), engagement: 'x'.repeat(600) }).length).toBeLessThan(4_000);
  });
});

describe('trigger plan (S12, 15.2 item 29)', () => {
  const action = (n: number) => ({ text: `Action ${n}`, ownerRole: 'ATTENDING' as const, withinMinutes: 30, ...(n === 2 && { place: 'Sample Park' }) });
  const plan: TriggerPlan = triggerPlan.parse({ id: 'p1', personId: 'm1', version: 2, state: 'AGREED', firstActions: [1, 2, 3, 4, 5, 6].map(action), places: [], contacts: [], agreedWith: ['Halton'], agreedOn: '2026-09-01', reviewOn: '2026-12-01', writtenBy: 'u1', writtenAt: now });
  it('its first actions are tasks 1 to 5', () => {
    expect(firstActions(plan).map(({ title, withinMinutes }) => `${title}: ${withinMinutes}`)).toEqual(['Action 1: 30', 'Action 2 (Sample Park): 30', 'Action 3: 30', 'Action 4: 30', 'Action 5: 30']);
  });
  it('an agreed plan is whole', () => {
    expect(triggerPlanFailures(plan)).toEqual([]);
    expect(triggerPlanFailures({ ...plan, firstActions: [], agreedWith: [], reviewOn: '2026-09-01' }).map(({ field }) => field)).toEqual(['firstActions', 'agreedWith', 'reviewOn']);
    expect(triggerPlanFailures({ ...plan, firstActions: [], state: 'DRAFT' })).toEqual([]);
  });
});
