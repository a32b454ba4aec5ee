import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { noticeFacts, type NoticeFacts } from '../../../functions/missing-persons/rules/notices/facts.ts';
import { fieldName, type FieldName } from '../../../functions/missing-persons/rules/notices/fields.ts';
import { allowedFields } from '../../../functions/missing-persons/rules/notices/lookup.ts';
import { buildPayload, payloadOf, type Payload } from '../../../functions/missing-persons/rules/notices/payload.ts';
import { noticeTable } from '../../../functions/missing-persons/rules/notices/table.ts';
import { noticeNumber, variant, type NoticeNumber } from '../../../functions/missing-persons/rules/notices/words.ts';

/** Every fact that is words, with a canary in it: if the canary is in a message, the fact is. Written by hand from 6.1, not from the table under test. */
const lineFacts = [
  'task', 'link', 'fullName', 'sex', 'ethnicity', 'nationality', 'homeAddress', 'build', 'hair', 'eyes', 'photoRef', 'vehicleVrm', 'lastSeenPlace', 'missingFrom', 'placementName', 'placementAddress', 'careStatus', 'responsibleLa',
  'socialWorkerName', 'socialWorkerPhone', 'school', 'officerName', 'officerPhone', 'officerEmail', 'officerUnit', 'mentalHealth', 'intelligence', 'informantName', 'informantPhone', 'informantNotes', 'parentName', 'parentContact',
  'suspect', 'communicationsData', 'circumstances', 'riskRationale', 'childSaid', 'foundPlace', 'foundCondition', 'returnPlace', 'mobileNumber', 'pncRef', 'coronerRef', 'nrmRef',
] as const;
const listFacts = ['knownAs', 'medicalConditions', 'medication', 'thirdParties', 'associates', 'crimeRefs', 'biometricsHeld'] as const;
const approvedFacts = ['approvedDescription', 'healthQuestion', 'circumstancesSummary', 'handoverSummary'] as const;
type Fact = (typeof lineFacts)[number] | (typeof listFacts)[number] | (typeof approvedFacts)[number];

const nobody: readonly Fact[] = ['task', 'link', 'intelligence', 'informantNotes', 'communicationsData', 'circumstances', 'riskRationale', 'childSaid', 'suspect'];
const health: readonly Fact[] = ['medicalConditions', 'medication', 'mentalHealth'];
const found: readonly Fact[] = ['foundPlace', 'foundCondition', 'returnPlace'];
const others: readonly Fact[] = ['thirdParties', 'associates', 'informantName', 'informantPhone', 'parentName', 'parentContact'];
const identity: readonly Fact[] = ['fullName', 'knownAs', 'nationality', 'homeAddress', 'lastSeenPlace'];
const care: readonly Fact[] = ['missingFrom', 'placementName', 'placementAddress', 'careStatus', 'responsibleLa', 'socialWorkerName', 'socialWorkerPhone', 'school'];
const looks: readonly Fact[] = ['sex', 'ethnicity', 'build', 'hair', 'eyes', 'photoRef', 'approvedDescription', 'vehicleVrm'];
const officer: readonly Fact[] = ['officerName', 'officerPhone', 'officerEmail', 'officerUnit'];
const almostAll: readonly Fact[] = [...identity, ...care, ...looks, ...health, ...found, ...others, 'crimeRefs', 'biometricsHeld', 'pncRef', 'coronerRef', 'nrmRef', 'healthQuestion', 'circumstancesSummary', 'handoverSummary'];

/** MUST NOT of 6.1, by hand. */
const barred: Readonly<Record<NoticeNumber, readonly Fact[]>> = {
  N01: ['fullName', 'intelligence', 'mobileNumber', ...almostAll.filter(one => one !== 'fullName'), ...officer],
  N02: [...nobody, ...others, ...health], N03: [...nobody, ...others, ...identity],
  N04: [...nobody, ...others, ...health, 'crimeRefs', 'mobileNumber'], N05: [...nobody, ...others, ...health, 'crimeRefs', 'mobileNumber'],
  N06: [...nobody, ...almostAll, 'mobileNumber'], N07: [...nobody, ...others, ...found, 'crimeRefs', 'mobileNumber', 'missingFrom', 'placementName'],
  N08: [...nobody, ...others, ...found, ...health, ...care, 'crimeRefs', 'mobileNumber', 'lastSeenPlace', 'homeAddress'],
  N09: [...nobody, ...almostAll, ...officer], N10: [...nobody, ...health, ...others, ...found, ...care, 'crimeRefs'], N11: [...nobody.filter(one => one !== 'suspect'), 'thirdParties', ...found],
  N12: [...nobody, ...health, ...found, ...others, ...identity, ...care, 'crimeRefs', 'mobileNumber'], N13: [...nobody, ...others, 'crimeRefs', 'mobileNumber'],
  N14: [...nobody, ...almostAll.filter(one => one !== 'nrmRef'), ...officer, 'mobileNumber'], N15: [...nobody, ...almostAll, ...officer, 'mobileNumber'], N16: [...nobody, ...almostAll, ...officer, 'mobileNumber'],
  N17: [...nobody, ...identity, ...care, ...looks, ...health, ...others, ...officer, 'crimeRefs', 'nrmRef', 'coronerRef'], N18: [...nobody, ...almostAll, ...officer, 'mobileNumber'],
  N19: [...nobody, ...almostAll, ...officer, 'mobileNumber'],
};

const canaryOf = (name: string): string => `Kq${name}qK`;
const word = fc.string({ unit: 'binary', maxLength: 12 });
const facts: fc.Arbitrary<NoticeFacts> = fc.record({
  present: fc.func(fc.integer({ min: 0, max: 4 })), noise: word, isUnder18: fc.boolean(), isDeceased: fc.boolean(), isDeathReleased: fc.boolean(), status: fc.constantFrom('MISSING' as const, 'FOUND' as const),
}).map(({ present, noise, isUnder18, isDeceased, isDeathReleased, status }) => {
  const text = (name: string): string => `${noise}${canaryOf(name)}${noise}`.slice(0, 400);
  const has = (name: string): boolean => present(name) > 0;
  return noticeFacts.parse({
    caseRef: 'MP/CHS/2026/000123', caseStatus: status, isUnder18, isDeceased, isDeathReleased, flags: ['CSE', 'SEALED_IDENTITY', 'MAPPA', 'TERRORISM', 'POLICE_FAMILY'], age: 15, risk: 'HIGH',
    ...Object.fromEntries(lineFacts.filter(has).map(name => [name, text(name)])),
    ...Object.fromEntries(listFacts.filter(has).map(name => [name, [text(name), 'second']])),
    ...Object.fromEntries(approvedFacts.filter(has).map(name => [name, { text: text(name), approvedBy: 'inspector.one', approvedAt: '2026-11-25T01:00:00.000Z' }])),
  });
});

const leaksOf = (payload: Payload, names: readonly string[]): string[] => names.filter(name => JSON.stringify(payload).includes(canaryOf(name)));
const ways = noticeTable.flatMap(row => variant.options.filter(name => row.wordings[name]).flatMap(name => row.recipients.flatMap(kind => row.channels.map(channel => ({ n: row.n, to: { variant: name, kind, channel } })))));
const dutyHolders = ['LA_CHILDREN', 'LA_EDT', 'PLACING_LA'];

describe('nothing leaves that may not (I6)', () => {
  it('no fact that 6.1 bars is in any message, whatever the record holds', () => {
    fc.assert(fc.property(facts, fc.constantFrom(...ways), (record, { n, to }) => {
      const payload = buildPayload(n, record, to);
      expect(leaksOf(payload, barred[n])).toEqual([]);
      if (n === 'N17' && !dutyHolders.includes(to.kind)) expect(leaksOf(payload, found)).toEqual([]);
      if (n === 'N17' && to.variant !== 'TEXTSAFE') expect(leaksOf(payload, ['mobileNumber'])).toEqual([]);
      if (n !== 'N11') for (const flag of ['SEALED_IDENTITY', 'MAPPA', 'TERRORISM', 'POLICE_FAMILY']) expect(JSON.stringify(payload)).not.toContain(flag);
      if (record.isDeceased && !record.isDeathReleased && n !== 'N13') expect(leaksOf(payload, found)).toEqual([]);
      expect(payload.fields.filter(name => !allowedFields(n, to.variant, to.kind).includes(name))).toEqual([]);
      expect(payload.lines.every(line => !/[\r\n\u2028\u2029]/u.test(line))).toBe(true);
    }), { numRuns: 800 });
  });

  it('the test sees a leak: a builder that lets one field more out is caught, for each barred fact', () => {
    const full = noticeFacts.parse({
      caseRef: 'MP/CHS/2026/000123', caseStatus: 'FOUND', isUnder18: true, ...Object.fromEntries(lineFacts.map(name => [name, canaryOf(name)])), ...Object.fromEntries(listFacts.map(name => [name, [canaryOf(name)]])),
      ...Object.fromEntries(approvedFacts.map(name => [name, { text: canaryOf(name), approvedBy: 'x', approvedAt: '2026-11-25T01:00:00.000Z' }])),
    });
    const fieldOf = (name: Fact): FieldName => fieldName.parse(name);
    for (const { n, to } of ways.filter(way => way.to.channel !== 'NOTIFY_SMS')) {
      for (const name of barred[n]) {
        const broken = payloadOf(n, full, to, [...allowedFields(n, to.variant, to.kind), fieldOf(name)]);
        expect(leaksOf(broken, barred[n])).toContain(name);
      }
    }
  });

  it('every row is under the test', () => expect([...new Set(ways.map(way => way.n))]).toEqual(noticeNumber.options));
});
