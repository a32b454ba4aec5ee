import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { areas } from '../../../functions/goodsam/rules/areas.ts';
import { checkNotes, checkPurpose } from '../../../functions/goodsam/rules/freeText.ts';
import { neutralPresets, neutralPurposeOnly, purposesFor } from '../../../functions/goodsam/rules/purposes.ts';
import { area, mode, reasonCode } from '../../../functions/goodsam/rules/terms.ts';

describe('purpose', () => {
  test.each([['to help us look into a burglary', []], ['see the damage at Hope Street', []], ['help Cheshire Police', []], ['talk to Alex Sample', ['LOOKS_LIKE_NAME']], ['meet mr Sample', ['LOOKS_LIKE_NAME']], ['born 3 May 1980', ['LOOKS_LIKE_DATE_OF_BIRTH']], ['for 03/05/1980', ['LOOKS_LIKE_DATE_OF_BIRTH']], ['for 1980-05-03', ['LOOKS_LIKE_DATE_OF_BIRTH']], ['Alex Sample 3.5.80', ['LOOKS_LIKE_NAME', 'LOOKS_LIKE_DATE_OF_BIRTH']]])('%s warns %j', (raw, warnings) => {
    expect(checkPurpose(raw)).toEqual({ ok: true, text: raw, warnings });
  });
  it('is one visible line', () => {
    expect(checkPurpose(' see\u0000 the\r\nscene\u202E\u200B now ')).toMatchObject({ text: 'see the scene now' });
    for (const raw of ['', ' \u0007 ', 'x'.repeat(251), '<b>now</b>', '</p>', '<!-- x', '\uD800']) expect(checkPurpose(raw)).toMatchObject({ ok: false, code: 'INVALID_TEXT' });
    expect(checkPurpose('x'.repeat(250)).ok).toBe(true);
    expect(checkPurpose('fewer than < 3 people').ok).toBe(true);
  });
  it('never lets a control character through, and its own answer stays as it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), raw => {
      const result = checkPurpose(raw);
      if (!result.ok) return;
      expect(result.text).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
      expect(checkPurpose(result.text)).toEqual(result);
    }), { numRuns: 500 });
  });
});

it('notes keep their lines', () => {
  expect(checkNotes('one\r\ntwo \u0000\rthree\n')).toEqual({ ok: true, text: 'one\ntwo\nthree', warnings: [] });
  expect(checkNotes('')).toMatchObject({ ok: true });
  expect(checkNotes('x'.repeat(1001)).ok).toBe(false);
});

describe('presets', () => {
  const nothing = /police|abuse|crime|offend|offence|firearm|constab|investigat/i;
  it('are neutral wherever the case is protected, and nothing in those names the police', () => {
    for (const text of Object.values(neutralPresets)) expect(text).not.toMatch(nothing);
    for (const name of area.options) for (const reason of reasonCode.options) for (const kind of mode.options) for (const safeguarding of [true, false]) {
      const context = { area: name, reason, mode: kind, safeguarding };
      if (neutralPurposeOnly(context)) expect(purposesFor(context)).toEqual([neutralPresets[kind]]);
    }
    for (const name of ['DA', 'SOM', 'SOCU'] as const) expect(neutralPurposeOnly({ area: name, reason: 'OTHER', mode: 'VIDEO', safeguarding: false })).toBe(true);
  });
  it('exist for every other reason, pass the rule for purposes without a warning, and are not the neutral ones', () => {
    for (const name of ['FCC', 'FAL', 'FOR', 'CCTV'] as const) for (const reason of reasonCode.options) {
      if (areas[name].reasons[reason] === undefined) continue;
      const context = { area: name, reason, mode: 'VIDEO', safeguarding: false } as const;
      if (neutralPurposeOnly(context)) continue;
      const [preset] = purposesFor(context);
      expect(checkPurpose(preset)).toEqual({ ok: true, text: preset, warnings: [] });
      expect(Object.values(neutralPresets)).not.toContain(preset);
      expect(purposesFor({ ...context, safeguarding: true })).toEqual([neutralPresets.VIDEO]);
    }
  });
});
