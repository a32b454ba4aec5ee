import { describe, expect, it, test } from '@jest/globals';
import { checkTemplates, fill, linkOf, personalisationOf, placeholdersOf, templatesOf } from '../../../functions/goodsam/rules/templates.ts';
import { templateName } from '../../../functions/goodsam/rules/terms.ts';
import { smsFit } from '../../../shared/domain/smsFit.ts';

const origins = { branded: 'https://live.cheshire.police.uk', neutral: 'https://call.example.net' };
const longest = { link: `https://live.cheshire.police.uk/${'W'.repeat(13)}`, ref: 'GS-WWWW-WWWW', time: 'Wed 30 Sep 14:30' };
const templates = templatesOf('Cheshire Police');

describe('the approved texts (goodsam.md 13)', () => {
  // The lengths that the specification states for a link of 45 characters.
  test.each([
    ['FCC_VIDEO', 141], ['FCC_LOCATION', 139], ['FCC_UPLOAD', 145], ['MISPER', 150], ['FAL_SLOT', 154], ['CCTV_UPLOAD', 139], ['CCTV_REMIND', 149], ['FOR_TRIAGE', 153],
    ['SOM', 109], ['DA_NEUTRAL', 61], ['SOCU_NEUTRAL', 77], ['CONSULT', 157],
  ] as const)('A12: %s with the longest values is %d septets in one part', (name, units) => {
    expect(longest.link).toHaveLength(45);
    const { text } = templates[name];
    expect(smsFit(fill(text, personalisationOf(text, longest)))).toEqual({ encoding: 'GSM-7', units, parts: 1 });
  });

  it('are twelve, each holds the link once, and the neutral ones name nobody', () => {
    expect(Object.keys(templates).sort()).toEqual([...templateName.options].sort());
    for (const [name, { text, service }] of Object.entries(templates)) {
      expect(text.split('{link}')).toHaveLength(2);
      expect({ name, service }).toEqual({ name, service: name.endsWith('_NEUTRAL') ? 'neutral' : 'branded' });
      if (service === 'neutral') expect(text).not.toMatch(/police|abuse|crime|cheshire|101|ref/i);
    }
  });

  it('have an e-mail where e-mail may be used: never neutral, never to a missing person or a registered offender', () => {
    const withEmail = Object.values(templates).filter(template => 'email' in template).map(template => template.name);
    expect(templateName.options.filter(name => !withEmail.some(one => one === name))).toEqual(['MISPER', 'SOM', 'DA_NEUTRAL', 'SOCU_NEUTRAL']);
    for (const template of Object.values(templates)) if (template.service === 'branded' && template.email) expect(template.email.subject).not.toContain('{link}');
  });
});

describe('fill', () => {
  const link = linkOf(origins.branded, 'Ab3dEf6hIj9k');
  it('fills what the text has places for', () => {
    expect(fill(templates.CONSULT.text, { link, ref: 'GS-1A2B-3C4D', time: 'Mon 5 Jan 09:05' }))
      .toBe(`Cheshire Police: video appointment with an officer Mon 5 Jan 09:05. Join: ${link} Ref GS-1A2B-3C4D. Ring 101 to check.`);
  });

  test.each([
    ['a missing value', {}],
    ['an unknown placeholder', { link, name: 'Sam' }],
    ['a value that the text has no place for', { link, ref: 'GS-1A2B-3C4D' }],
    ['words in place of the link', { link: 'ring me on 07700 900001' }],
    ['a link with a second one inside', { link: `${link} https://evil.example/x` }],
  ])('refuses %s', (_, values) => {
    expect(() => fill(templates.DA_NEUTRAL.text, values)).toThrow(RangeError);
  });

  it('refuses a reference that is not ours and a time in another form', () => {
    expect(() => fill(templates.SOM.text, { link, ref: 'IML 1234567' })).toThrow(/ref/);
    expect(() => fill(templates.FAL_SLOT.text, { link, ref: 'GS-1A2B-3C4D', time: '2026-09-30T14:30' })).toThrow(/time/);
  });

  it('knows the placeholders of a text, each once', () => {
    expect(placeholdersOf('{ref} {link} {ref} {force}')).toEqual(['ref', 'link']);
  });
});

describe('checkTemplates', () => {
  it('lets the default force start', () => {
    expect(checkTemplates('Cheshire Police', origins)).toEqual([]);
  });

  it('refuses a name with which a text no longer fits, and says which', () => {
    expect(checkTemplates('Cambridgeshire Constabulary', origins).map(fault => fault.about)).toEqual(['MISPER', 'FAL_SLOT', 'CCTV_REMIND', 'FOR_TRIAGE', 'CONSULT']);
    expect(checkTemplates('Cheshire Police Hi', origins)).toEqual([]);
    expect(checkTemplates('Cheshire Police Hi!', origins)).toEqual([{ about: 'CONSULT', rule: 'must be one GSM-7 part; it is 161 units of GSM-7 in 2' }]);
  });

  it('refuses a name outside GSM-7: a Welsh letter turns each branded text into two parts', () => {
    const faults = checkTemplates('Heddlu T\u0177 Glas', origins);
    expect(faults).toContainEqual({ about: 'FCC_LOCATION', rule: expect.stringContaining('UCS-2') });
    expect(faults.map(fault => fault.about)).not.toContain('DA_NEUTRAL');
  });

  test.each([
    ['a branded origin that is too long', { ...origins, branded: 'https://live-links.cheshire.police.uk' }, 'branded origin'],
    ['a neutral origin that is too long', { ...origins, neutral: 'https://a-very-long-neutral-host.example' }, 'neutral origin'],
    ['a neutral origin that names the force', { ...origins, neutral: 'https://call.cheshire.example' }, 'neutral origin'],
    ['a neutral origin that names the police', { ...origins, neutral: 'https://call.police.example' }, 'neutral origin'],
    ['one origin for both', { branded: origins.neutral, neutral: origins.neutral }, 'neutral origin'],
  ])('refuses %s', (_, given, about) => {
    expect(checkTemplates('Cheshire Police', given).map(fault => fault.about)).toEqual([about]);
  });

  it('refuses an empty name and one with a placeholder', () => {
    expect(checkTemplates(' ', origins).map(fault => fault.about)).toEqual(['forceShortName']);
    expect(checkTemplates('{link}', origins).map(fault => fault.about)).toContain('forceShortName');
  });
});
