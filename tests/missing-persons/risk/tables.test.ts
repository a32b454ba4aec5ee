import { describe, expect, it } from '@jest/globals';
import { checkRisk, riskTables, type RiskTables } from '../../../functions/missing-persons/rules/risk/check.ts';
import { darknessAt } from '../../../functions/missing-persons/rules/risk/daylight.ts';
import { flags } from '../../../functions/missing-persons/rules/risk/flags.ts';
import { languageCheck, saysOnlyTimePassed } from '../../../functions/missing-persons/rules/risk/language.ts';
import { flagsOf, triggersOf } from '../../../functions/missing-persons/rules/risk/mapping.ts';
import { callHandlerQuestions2022, unansweredOf } from '../../../functions/missing-persons/rules/risk/questions.ts';
import { importedLevel, labelOf, questionsInUse, riskSettings } from '../../../functions/missing-persons/rules/risk/settings.ts';
import { answered, settings, withFactors, withFlags } from './support/world.ts';

describe('checkRisk', () => {
  const tables = riskTables();
  const row = { name: 'Q11 YES', flag: 'ABROAD', source: 'DK' };
  const faulty: readonly [string, Partial<RiskTables>, string][] = [
    ['a question that is missing', { questionSets: [{ ...callHandlerQuestions2022, questions: callHandlerQuestions2022.questions.filter(item => item.code !== 'Q09') }] }, 'question set APP-CH-2022: Q09 is missing'],
    ['a set that is no set', { questionSets: [...tables.questionSets, { id: 'X' }] }, 'question set 2: '],
    ['a set that nobody published', { questionSetId: 'APP-CH-2031' }, 'question set APP-CH-2031 is in use and not published'],
    ['a set with an id that stands', { questionSets: [callHandlerQuestions2022, callHandlerQuestions2022] }, 'question set APP-CH-2022 stands twice'],
    ['a factor twice', { factors: [...tables.factors, ...tables.factors.slice(0, 1)] }, 'factor ADVERSE_WEATHER stands twice'],
    ['a factor that is missing', { factors: tables.factors.slice(1) }, 'factor ADVERSE_WEATHER has no row'],
    ['an unknown factor', { factors: [...tables.factors, { code: 'LUCK', text: 'Luck', source: 'DK' }] }, 'factor LUCK is unknown'],
    ['a flag without words', { flags: tables.flags.map(item => ({ ...item, text: ' ' })) }, 'flag CSE has no words'],
    ['a source that is none', { flags: tables.flags.map(item => ({ ...item, source: 'somebody' })) }, 'flag CSE: source somebody'],
    ['a floor rule that is missing', { floorRules: tables.floorRules.slice(1) }, 'floor rule F1 has no row'],
    ['a rule without evidence', { mapping: tables.mapping.filter(item => item.floor !== 'F6') }, 'floor rule F6 has no evidence'],
    ['an unknown sign', { mapping: [...tables.mapping, { ...row, name: 'factor:LUCK' }] }, 'mapping factor:LUCK: sign is unknown'],
    ['an unknown flag', { mapping: [...tables.mapping, { ...row, name: 'Q12 YES', flag: 'LUCKY' }] }, 'mapping Q12 YES: flag LUCKY is unknown'],
    ['an unknown trigger', { mapping: [...tables.mapping, { ...row, name: 'Q12 YES', trigger: 'LUCK' }] }, 'mapping Q12 YES: trigger LUCK is unknown'],
    ['an unknown rule', { mapping: [...tables.mapping, { ...row, name: 'Q12 YES', floor: 'F11' }] }, 'mapping Q12 YES: floor rule F11 is unknown'],
    ['a sign that leads nowhere', { mapping: [...tables.mapping, { name: 'Q12 YES', source: 'DK' }] }, 'mapping Q12 YES leads nowhere'],
    ['a sign twice', { mapping: [...tables.mapping, row] }, 'mapping Q11 YES stands twice'],
    ['a word twice', { words: ['usual', 'Usual'] }, 'language word usual stands twice'],
  ];

  it('finds no fault in the tables as they stand', () => {
    expect(checkRisk()).toEqual([]);
  });

  it.each(faulty)('names %s', (_what, broken, fault) => {
    expect(checkRisk({ ...tables, ...broken }).join('\n')).toContain(fault);
  });
});

describe('reference data', () => {
  it('marks the flags of 3.6 that block, and REPEAT as derived', () => {
    expect(flags.filter(flag => flag.isBlocking).map(flag => flag.code)).toEqual(['CSE', 'CCE', 'COUNTY_LINES', 'TRAFFICKING_NRM', 'HBA_FM', 'FGM', 'SUICIDE', 'MH_DETAINED', 'LAC', 'CP_PLAN', 'UASC', 'DANGEROUS']);
    expect(flags.filter(flag => flag.isDerived).map(flag => flag.code)).toEqual(['REPEAT']);
  });

  it('takes another question set that a force publishes (0.2.2)', () => {
    const own = { ...callHandlerQuestions2022, id: 'CHESHIRE-2027', guidanceVersion: 'APP-2027-02' };
    expect(questionsInUse(riskSettings.parse({ questionSets: [own], questionSetId: 'CHESHIRE-2027' })).guidanceVersion).toBe('APP-2027-02');
    expect(() => questionsInUse({ questionSets: [], questionSetId: 'nobody' })).toThrow('has not been published');
  });

  it('counts NOT_KNOWN as an answer, and no answer as none', () => {
    expect(unansweredOf(answered({ Q01: 'NOT_KNOWN', Q07: 'UNANSWERED', Q12: 'UNANSWERED' }).answers)).toEqual(['Q07', 'Q12']);
  });

  it('maps question and factor to flag and trigger (15.2 item 29)', () => {
    expect([...flagsOf(withFactors(answered({ Q11: 'YES', Q15: 'YES' }), 'FGM'))].sort()).toEqual(['ABROAD', 'FGM']);
    expect([...flagsOf({ ...answered(), answers: [{ question: 'Q15', value: 'YES', at: '', by: '' }] })]).toEqual(['CCE']);
    expect(triggersOf(answered({ Q06: 'YES', Q08: 'YES', Q09: 'YES', Q11: 'YES' })).sort()).toEqual(['ABROAD', 'EXPLOITATION', 'SUICIDE', 'SUSPICIOUS']);
    expect(triggersOf(withFlags(answered(), 'LAC', 'UASC', 'TRAFFICKING_NRM', 'CSE', 'CCE')).sort()).toEqual(['EXPLOITATION', 'LAC', 'TRAFFICKING']);
  });

  it('names the lowest level as the force does, and reads the old words on import only (0.2.1)', () => {
    expect(labelOf('VERY_LOW', settings)).toBe('Very low risk');
    expect(labelOf('VERY_LOW', riskSettings.parse({ lowestLabel: 'No apparent risk' }))).toBe('No apparent risk');
    expect(importedLevel('Absent')).toEqual({ level: 'VERY_LOW', mustReassess: true });
    expect(importedLevel('NO_APPARENT_RISK')).toEqual({ level: 'VERY_LOW', mustReassess: true });
    expect(importedLevel('Medium risk')).toEqual({ level: 'MEDIUM', mustReassess: false });
    expect(importedLevel('very low')).toEqual({ level: 'VERY_LOW', mustReassess: false });
    expect(importedLevel('immediate')).toEqual({ level: 'HIGH', mustReassess: true });
    expect(importedLevel('amber')).toBeUndefined();
  });
});

describe('language check (3.3)', () => {
  it('finds whole words, whatever the case, the hyphen or the number', () => {
    expect(languageCheck('She is Street-wise? No: STREETWISE, attention-seeking, and makes lifestyle choices.', true, settings)).toEqual(['streetwise', 'attention seeking', 'lifestyle choice']);
    expect(languageCheck('An unusual route.', true, settings)).toEqual([]);
    expect(languageCheck('Gone as usual.', false, settings)).toEqual(['usual']);
  });

  it('looks for "prostitute" for a child only', () => {
    expect(languageCheck('Known prostitutes live there.', true, settings)).toEqual(['prostitute']);
    expect(languageCheck('Known prostitutes live there.', false, settings)).toEqual([]);
  });

  it('knows a rationale that gives the passing of time and nothing else (C4)', () => {
    for (const text of ['time passed', 'Twelve hours have passed since the report and there is no further news at all.', '48 hours gone by.']) expect([text, saysOnlyTimePassed(text)]).toEqual([text, true]);
    for (const text of ['Seen at the station two hours ago by a guard.', 'Her sister spoke to her, some time has passed.', 'Low risk.']) expect([text, saysOnlyTimePassed(text)]).toEqual([text, false]);
  });
});

describe('daylight (F5)', () => {
  const london = { lat: 51.507, lon: -0.128 };
  // Ends of civil twilight in London as almanacs give them: 16:33, 21:09 UTC; within two minutes.
  it.each([['2026-12-21T12:00:00.000Z', '2026-12-21T16:33'], ['2026-06-21T12:00:00.000Z', '2026-06-21T21:09']])('of %s ends at %s', (noon, dusk) => {
    const { isDark, darkFrom = '' } = darknessAt(noon, london);
    expect(isDark).toBe(false);
    expect(Math.abs(Date.parse(darkFrom) - Date.parse(`${dusk}:00.000Z`))).toBeLessThanOrEqual(120_000);
    expect(darknessAt(darkFrom, london)).toEqual({ isDark: true });
  });

  it('never ends at midsummer in the far north', () => {
    expect(darknessAt('2026-06-21T12:00:00.000Z', { lat: 60.8, lon: -0.9 })).toEqual({ isDark: false });
  });

  it('refuses what is no time', () => {
    expect(() => darknessAt('soon', london)).toThrow(RangeError);
  });
});
