import { describe, expect, it } from '@jest/globals';
import type { RiskFacts } from '../../../functions/missing-persons/rules/risk/context.ts';
import { barriersTo, floorOf, joinFloors, minimumOf, renewedFloor } from '../../../functions/missing-persons/rules/risk/floor.ts';
import { floorRules } from '../../../functions/missing-persons/rules/risk/floorRules.ts';
import { riskSettings } from '../../../functions/missing-persons/rules/risk/settings.ts';
import { nothingKnown, type Known } from '../../../functions/missing-persons/rules/risk/slice.ts';
import { after, answered, calm, child, floorFor, settings, start, withFactors, withFlags } from './support/world.ts';

/** What a rule came to: level and causes, or undefined. */
function fire(rule: string, known: Known, facts: RiskFacts = calm, now = start): { level: string; because: readonly string[]; why: string } | undefined {
  return floorFor(known, facts, now).fired.find(item => item.rule === rule);
}
const no = answered();
const aged = (youngest: number, oldest = youngest): RiskFacts => ({ ...calm, age: { youngest, oldest } });

describe('3.5 floor rules', () => {
  it('leave an adult of whom nothing bad is known at VERY_LOW, with nothing blocked (S04)', () => {
    expect(floorFor(no)).toEqual({ level: 'VERY_LOW', fired: [], blocks: [], blockingFlags: [], unjudged: [] });
  });

  it('F1 suicide intent or a note is HIGH (S02); a history is not, but blocks', () => {
    expect(fire('F1', answered({ Q09: 'YES' }))).toEqual({ rule: 'F1', level: 'HIGH', why: 'Suicide is intended, or a note was left: at least HIGH.', because: ['Q09'] });
    expect(fire('F1', withFactors(no, 'NOTE_LEFT'))?.because).toEqual(['factor:NOTE_LEFT']);
    expect(fire('F1', withFactors(no, 'SUICIDE_INTENT'))?.level).toBe('HIGH');
    expect(fire('F1', withFactors(no, 'SUICIDE_HISTORY'))).toBeUndefined();
    expect(floorFor(withFactors(no, 'SUICIDE_HISTORY')).blocks).toEqual(['VERY_LOW', 'LOW']);
    expect(fire('F1', answered({ Q09: 'NOT_KNOWN' }))).toBeUndefined();
  });

  it('F2 a child under 11 whose location is not known is HIGH; at 11, or with a known location, F3 alone', () => {
    expect(fire('F2', no, aged(10))).toEqual({ rule: 'F2', level: 'HIGH', why: 'A child under 11 whose location is not known is at least HIGH.', because: ['age', 'location'] });
    expect(fire('F2', no, aged(10, 12))?.level).toBe('HIGH');
    expect(fire('F2', no, aged(11))).toBeUndefined();
    expect(fire('F2', no, { ...aged(10), isLocationKnown: true })).toBeUndefined();
    expect(fire('F2', no, { ...calm, age: undefined })).toBeUndefined();
  });

  it('F3 under 18 is MEDIUM, also who may be, and CFG raises it', () => {
    expect(fire('F3', no, aged(17))).toEqual({ rule: 'F3', level: 'MEDIUM', why: 'A person who is, or may be, under 18 is at least MEDIUM.', because: ['age'] });
    expect(fire('F3', no, aged(18))).toBeUndefined();
    expect(fire('F3', no, aged(16, 25))?.level).toBe('MEDIUM');
    expect(fire('F3', no, { ...calm, age: undefined })?.why).toContain('not known');
    expect(floorOf({ known: no, facts: aged(17), now: start, settings: riskSettings.parse({ under18: 'HIGH' }) }).level).toBe('HIGH');
  });

  it('F4 medication: HIGH from six hours before harm, counted from last seen, unless the supply is with the person', () => {
    const facts: RiskFacts = { ...calm, medication: [{ hoursUntilHarm: 10 }, { hoursUntilHarm: 24 }] };
    expect(fire('F4', no, facts, after(239))).toBeUndefined();
    expect(floorFor(no, facts, after(239)).nextAt).toBe(after(240));
    expect(fire('F4', no, facts, after(240))).toEqual({ rule: 'F4', level: 'HIGH', why: 'Without medication harm is likely within 6 hours: at least HIGH.', because: ['medication', 'lastSeen'] });
    expect(fire('F4', no, facts, after(5000))?.level).toBe('HIGH');
    expect(fire('F4', no, { ...calm, medication: [{ hoursUntilHarm: 2, supplyHeld: true }] })).toBeUndefined();
    expect(fire('F4', no, { ...facts, lastSeenFrom: undefined, reportedAt: after(-240) })?.level).toBe('HIGH');
  });

  it('F5 dementia: HIGH over two hours, below 5 C, or in the dark (S03)', () => {
    const known = withFlags(no, 'DEMENTIA');
    expect(fire('F5', known, calm, after(120))).toBeUndefined();
    expect(fire('F5', known, calm, '2026-11-24T11:00:00.001Z')?.because).toEqual(['flag:DEMENTIA', 'lastSeen']);
    expect(fire('F5', known, { ...calm, temperatureC: 5 })).toBeUndefined();
    expect(fire('F5', known, { ...calm, temperatureC: 4.9 })?.because).toEqual(['flag:DEMENTIA', 'weather']);
    expect(fire('F5', known, { ...calm, isDark: true })?.because).toEqual(['flag:DEMENTIA', 'dark']);
    expect(fire('F5', withFactors(no, 'DEMENTIA'), { ...calm, temperatureC: 4, isDark: true }, after(150))).toEqual({
      rule: 'F5', level: 'HIGH', why: 'A person with dementia, and not found for over 2 hours, it is below 5 C, it is dark: at least HIGH.', because: ['factor:DEMENTIA', 'flag:DEMENTIA', 'lastSeen', 'weather', 'dark'],
    });
    expect(fire('F5', known, { ...calm, isLocationKnown: true }, after(150))).toBeUndefined();
    expect(fire('F5', no, { ...calm, isDark: true, temperatureC: -3 }, after(500))).toBeUndefined();
  });

  it('F5 names the next instant at which it could fire: two hours, dusk or cold, whichever is first', () => {
    const known = withFlags(no, 'DEMENTIA');
    expect(floorFor(known).nextAt).toBe('2026-11-24T11:00:00.001Z');
    expect(floorFor(known, { ...calm, darkFrom: after(20), coldFrom: after(15) }).nextAt).toBe(after(15));
    expect(floorFor(known, { ...calm, darkFrom: after(20), coldFrom: after(15) }, after(15)).nextAt).toBe(after(20));
    expect(floorFor(known, { ...calm, darkFrom: after(20) }, after(130)).nextAt).toBeUndefined();
    expect(floorFor(no, { ...calm, darkFrom: after(20) }).nextAt).toBeUndefined();
  });

  it('F6 abduction, crime, forced marriage or honour-based abuse is HIGH', () => {
    expect(fire('F6', answered({ Q06: 'YES' }))).toEqual({ rule: 'F6', level: 'HIGH', why: 'Abduction, another crime, forced marriage or honour-based abuse is suspected: at least HIGH.', because: ['Q06', 'flag:SUSPICIOUS'] });
    for (const factor of ['ABDUCTION', 'FORCED_MARRIAGE', 'HONOUR_BASED_ABUSE'] as const) expect(fire('F6', withFactors(no, factor))?.because[0]).toBe(`factor:${factor}`);
    expect(fire('F6', withFlags(no, 'HBA_FM'))?.level).toBe('HIGH');
    expect(fire('F6', answered({ Q06: 'NOT_KNOWN' }))).toBeUndefined();
  });

  it('F7 a child with a flag of exploitation is MEDIUM, HIGH with an adult of concern or on a drug line; no adult', () => {
    for (const flag of ['CSE', 'CCE', 'COUNTY_LINES', 'TRAFFICKING_NRM'] as const) {
      expect(fire('F7', withFlags(no, flag), child)).toEqual({ rule: 'F7', level: 'MEDIUM', why: 'A child at risk of exploitation or trafficking is at least MEDIUM.', because: ['age', `flag:${flag}`] });
      expect(fire('F7', withFlags(no, flag))).toBeUndefined();
    }
    expect(fire('F7', answered({ Q08: 'YES' }), child)?.because).toEqual(['age', 'Q08', 'flag:CSE']);
    expect(fire('F7', withFlags(no, 'CSE'), { ...child, withAdultOfConcern: true })?.level).toBe('HIGH');
    expect(fire('F7', withFlags(no, 'CCE'), { ...child, onKnownDrugLine: true })?.level).toBe('HIGH');
    expect(fire('F7', withFactors(withFlags(no, 'CSE'), 'WITH_PERSON_OF_CONCERN'), child)?.because).toEqual(['age', 'flag:CSE', 'factor:WITH_PERSON_OF_CONCERN']);
    expect(fire('F7', withFactors(no, 'KNOWN_DRUG_LINE'), child)?.level).toBe('HIGH');
  });

  it('F8 detained under part III, or assessed dangerous, is HIGH; which part is not known counts as III', () => {
    const known = withFlags(no, 'MH_DETAINED');
    expect(fire('F8', known)).toEqual({ rule: 'F8', level: 'HIGH', why: 'A detained patient, or a person assessed as dangerous, is at least HIGH.', because: ['flag:MH_DETAINED'] });
    expect(fire('F8', known, { ...calm, isMhaPart3: false })).toBeUndefined();
    expect(fire('F8', withFlags(no, 'MH_DETAINED', 'DANGEROUS'), { ...calm, isMhaPart3: false })?.because).toEqual(['flag:DANGEROUS']);
    expect(fire('F8', answered({ Q10: 'YES' }))?.because).toEqual(['Q10', 'flag:DANGEROUS']);
  });

  it('F9 a repeat with harm the last time is one above the level last confirmed (S12)', () => {
    const facts: RiskFacts = { ...calm, earlierInWindow: 2, previousEpisodeHarm: true };
    expect(fire('F9', no, { ...facts, lastConfirmedLevel: 'LOW' })).toEqual({
      rule: 'F9', level: 'MEDIUM', why: 'Missing again, and harmed the last time: one above the level last confirmed (LOW), so at least MEDIUM.', because: ['previous episode'],
    });
    expect(['VERY_LOW', 'MEDIUM', 'HIGH'].map(level => fire('F9', no, { ...facts, lastConfirmedLevel: level === 'MEDIUM' ? 'MEDIUM' : level === 'HIGH' ? 'HIGH' : 'VERY_LOW' })?.level)).toEqual(['LOW', 'HIGH', 'HIGH']);
    expect(fire('F9', no, facts)?.level).toBe('MEDIUM');
    expect(fire('F9', no, { ...facts, earlierInWindow: 0 })).toBeUndefined();
    expect(fire('F9', no, { ...facts, previousEpisodeHarm: false })).toBeUndefined();
  });

  it('F10 each of Q05 to Q09 not answered, not known or yes blocks VERY_LOW and LOW (15.1 item 12)', () => {
    for (const question of ['Q05', 'Q06', 'Q07', 'Q08', 'Q09'] as const) {
      for (const value of ['NOT_KNOWN', 'UNANSWERED', 'YES'] as const) {
        const floor = floorFor(answered({ [question]: value }));
        expect(floor.fired.find(item => item.rule === 'F10')).toMatchObject({ level: 'MEDIUM', because: [question] });
        expect(floor.blocks).toEqual(expect.arrayContaining(['VERY_LOW', 'LOW']));
      }
    }
    expect(fire('F10', answered({ Q03: 'YES', Q04: 'NOT_KNOWN', Q10: 'NOT_KNOWN', Q12: 'UNANSWERED' }))).toBeUndefined();
    expect(fire('F10', nothingKnown)?.because).toEqual(['Q05', 'Q06', 'Q07', 'Q08', 'Q09']);
  });

  it('have a row for each of F1 to F10, in order', () => {
    expect(floorRules.map(row => row.rule)).toEqual(['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10']);
  });
});

describe('a floor that stands', () => {
  const dark = floorFor(withFlags(no, 'DEMENTIA'), { ...calm, isDark: true });
  const standing = joinFloors({ level: 'VERY_LOW', rules: [] }, dark);

  it('does not lapse by time: dawn leaves F5 until an assessment', () => {
    const dawn = floorFor(withFlags(no, 'DEMENTIA'), { ...calm, isDark: false });
    expect(dawn.fired).toEqual([]);
    expect(joinFloors(standing, dawn)).toEqual(standing);
    expect(renewedFloor(standing, dawn)).toEqual({ level: 'VERY_LOW', rules: [] });
  });

  it('does not lapse by an assessment that cannot judge it: no weather, no daylight', () => {
    const blind = floorFor(withFlags(no, 'DEMENTIA'), { ...calm, isDark: false, temperatureC: undefined });
    expect(blind.unjudged).toEqual(['F5']);
    expect(renewedFloor(standing, blind)).toEqual(standing);
  });

  it('keeps the higher level of a rule, and takes it on', () => {
    const high = floorFor(withFlags(no, 'CSE'), { ...child, withAdultOfConcern: true });
    const medium = floorFor(withFlags(no, 'CSE'), child);
    const first = joinFloors({ level: 'VERY_LOW', rules: [] }, medium);
    expect(joinFloors(first, high).rules.map(rule => [rule.rule, rule.level])).toEqual([['F3', 'MEDIUM'], ['F7', 'HIGH']]);
    expect(joinFloors(joinFloors(first, high), medium).level).toBe('HIGH');
  });

  it('is overridden for the rule and flag that are named, up to the level that was seen', () => {
    const floor = { rules: floorFor(withFlags(no, 'CSE'), child).fired, blockingFlags: ['CSE'] as const };
    const override = { reason: '', code: 'FLOOR_OVERRIDE', by: 'i', byRole: 'INSP', at: start, rules: [{ rule: 'F3', level: 'MEDIUM' }, { rule: 'F7', level: 'MEDIUM' }], flags: ['CSE'] } as const;
    const given = { ...override, rules: [...override.rules], flags: [...override.flags] };
    expect(minimumOf(floor, undefined)).toBe('MEDIUM');
    expect(minimumOf(floor, given)).toBe('VERY_LOW');
    expect(minimumOf({ ...floor, blockingFlags: ['CSE', 'LAC'] }, given)).toBe('MEDIUM');
    expect(barriersTo('LOW', { ...floor, rules: floorFor(withFlags(no, 'CSE'), { ...child, withAdultOfConcern: true }).fired }, given).rules.map(rule => rule.rule)).toEqual(['F7']);
  });

  it('is worked out on the settings of the force', () => {
    expect(settings).toMatchObject({ rationaleMinChars: 40, reduceFromHighApprover: 'SUPT', youngChildAge: 11, under18: 'MEDIUM', coldBelowC: 5, medicationHours: 6, dementiaHours: 2, repeatCount: 3, refuseRaiseMinutes: 60, questionSetId: 'APP-CH-2022' });
  });
});
