import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { templateFor, templatesOf } from '../../../functions/goodsam/rules/templates.ts';
import type { MessageContext, NeutralName, ProtectedContext } from '../../../functions/goodsam/rules/templates.ts';
import { area, mode, reasonCode } from '../../../functions/goodsam/rules/terms.ts';

const templates = templatesOf('Cheshire Police');
const contexts: readonly MessageContext[] = area.options.flatMap(a => reasonCode.options.flatMap(reason => mode.options.flatMap(m => [true, false].flatMap(safeguarding => [
  { area: a, reason, mode: m, safeguarding, kind: 'first' as const }, { area: a, reason, mode: m, safeguarding, kind: 'reminder' as const },
]))));
const isProtected = (context: MessageContext): context is ProtectedContext => context.safeguarding || context.area === 'DA' || context.area === 'SOCU';

describe('templateFor', () => {
  it('21.7, 21.9: of all contexts, no protected one gets a branded text, CONSULT, FCC_* or a reminder', () => {
    const guarded = contexts.filter(isProtected);
    // By type as well: this line does not compile if a branded name could come out.
    const names: readonly (NeutralName | undefined)[] = guarded.map(context => templateFor(context));
    expect(guarded.length).toBeGreaterThan(2_000);
    expect(new Set(names)).toEqual(new Set([undefined, 'DA_NEUTRAL', 'SOCU_NEUTRAL']));
    expect(guarded.filter(({ kind }) => kind === 'reminder').every(context => templateFor(context) === undefined)).toBe(true);
  });

  it('21.7 as a property: whatever is asked for, a protected context is answered by the neutral service or not at all', () => {
    fc.assert(fc.property(fc.constantFrom(...area.options), fc.constantFrom(...reasonCode.options), fc.constantFrom(...mode.options), fc.boolean(), (a, reason, m, safeguarding) => {
      const context: MessageContext = { area: a, reason, mode: m, safeguarding, kind: 'first' };
      const name = templateFor(context);
      if (name === undefined) return;
      expect(templates[name].service).toBe(isProtected(context) ? 'neutral' : 'branded');
    }), { numRuns: 2_000 });
  });

  it('each of the twelve is used somewhere', () => {
    expect(new Set(contexts.map(context => templateFor(context)).filter(name => name !== undefined)).size).toBe(12);
  });

  test.each([
    ['FCC', 'SEE_SCENE', 'VIDEO', 'FCC_VIDEO'], ['FCC', 'LOCATE_CALLER', 'LOCATION', 'FCC_LOCATION'], ['FCC', 'MEDIA_UPLOAD', 'UPLOAD', 'FCC_UPLOAD'],
    ['FCC', 'MISSING_PERSON_LOCATE', 'LOCATION', 'MISPER'], ['FCC', 'MISSING_PERSON_LOCATE', 'VIDEO', undefined], ['FCC', 'SILENT_OR_ABANDONED_CALL', 'LOCATION', undefined],
    ['FAL', 'RENEWAL_SECURITY_INSPECTION', 'VIDEO', 'FAL_SLOT'], ['FAL', 'RENEWAL_SECURITY_INSPECTION', 'UPLOAD', undefined],
    ['SOM', 'ADDRESS_VERIFICATION', 'VIDEO', 'SOM'], ['FOR', 'SCENE_TRIAGE', 'VIDEO', 'FOR_TRIAGE'], ['FOR', 'INJURY_PHOTO', 'VIDEO', undefined],
    ['CCTV', 'DOORBELL_OR_DASHCAM_UPLOAD', 'UPLOAD', 'CCTV_UPLOAD'], ['CCTV', 'SEE_SCENE', 'UPLOAD', undefined],
    ['DA', 'RVR_FIRST_RESPONSE', 'VIDEO', 'DA_NEUTRAL'], ['DA', 'SEE_SCENE', 'VIDEO', undefined], ['SOCU', 'MEDIA_UPLOAD', 'UPLOAD', 'SOCU_NEUTRAL'],
  ] as const)('%s, %s, %s is %s', (a, reason, m, name) => {
    expect(templateFor({ area: a, reason, mode: m, safeguarding: false, kind: 'first' })).toBe(name);
  });

  it('a marker turns any text neutral, and a silent call has only the neutral one (21.10)', () => {
    expect(templateFor({ area: 'CCTV', reason: 'RETRIEVE_CLIP', mode: 'UPLOAD', safeguarding: true, kind: 'first' })).toBe('DA_NEUTRAL');
    expect(templateFor({ area: 'FCC', reason: 'SILENT_OR_ABANDONED_CALL', mode: 'LOCATION', safeguarding: true, kind: 'first' })).toBe('DA_NEUTRAL');
    expect(templateFor({ area: 'SOCU', reason: 'CUCKOOING_WELFARE', mode: 'VIDEO', safeguarding: true, kind: 'first' })).toBe('SOCU_NEUTRAL');
  });

  it('reminders: CCTV has its own text, FAL says its first again, the others have none', () => {
    const reminded = contexts.filter(({ kind }) => kind === 'reminder').map(context => templateFor(context));
    expect(new Set(reminded)).toEqual(new Set([undefined, 'CCTV_REMIND', 'FAL_SLOT']));
  });
});
