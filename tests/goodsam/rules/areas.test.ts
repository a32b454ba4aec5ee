import { describe, expect, it, test } from '@jest/globals';
import { areas, defaultPriority, reasonRules, safeguardingReasons } from '../../../functions/goodsam/rules/areas.ts';
import { areaOutcomes, autoOutcome, checkAreaOutcome, isSideEnd, needsPerson, sideEnds } from '../../../functions/goodsam/rules/outcomes.ts';
import { authoriseRole, evidenceRole, hiddenAreas, requestRole, viewRole } from '../../../functions/goodsam/rules/roles.ts';
import { area, reasonCode } from '../../../functions/goodsam/rules/terms.ts';
import { workFor, workRules } from '../../../functions/goodsam/rules/work.ts';

describe('the table of area and reason', () => {
  const counts = { FCC: 12, FAL: 8, DA: 6, SOM: 6, FOR: 7, CCTV: 6, SOCU: 6 } as const;
  test.each(area.options)('%s has the reasons of section 7', name => expect(Object.keys(areas[name].reasons)).toHaveLength(counts[name]));

  it('has every reason of the vocabulary, and MEDIA_UPLOAD twice', () => {
    const listed = area.options.flatMap(name => Object.keys(areas[name].reasons)).sort();
    expect(listed).toEqual([...reasonCode.options, 'MEDIA_UPLOAD'].sort());
  });

  it('never offers e-mail where 21.9 refuses it, and SOCU and DA begin with the spoken code', () => {
    for (const name of area.options) for (const reason of reasonCode.options) {
      const row = reasonRules(name, reason);
      if (!row) continue;
      if (name === 'SOCU' || name === 'DA' || safeguardingReasons.has(reason)) expect(row.channels).not.toContain('EMAIL');
      if (name === 'SOCU' || name === 'DA') expect(row.channels[0]).toBe('READ_ALOUD_CODE');
      expect(row.needsOvert).toBe(name !== 'FCC' || reason === 'MISSING_PERSON_LOCATE');
    }
    expect(reasonRules('FCC', 'MISSING_PERSON_LOCATE')).toMatchObject({ modes: ['LOCATION'], record: false, needsOvert: true });
    expect(reasonRules('FCC', 'RETRIEVE_CLIP')).toBeUndefined();
  });

  test.each([['FCC', 'P0_LIVE', 'P0_LIVE'], ['DA', 'P0_LIVE', 'P0_LIVE'], ['SOCU', 'P0_LIVE', 'P1_SAME_HOUR'], ['SOM', 'P1_SAME_HOUR', 'P1_SAME_HOUR'], ['FOR', 'P1_SAME_HOUR', 'P1_SAME_HOUR'], ['FAL', 'P2_APPOINTMENT', 'P2_APPOINTMENT'], ['CCTV', 'P3_ROUTINE', 'P3_ROUTINE']] as const)('%s: %s on voice, %s off', (name, on, off) => {
    expect([defaultPriority(name, true), defaultPriority(name, false)]).toEqual([on, off]);
  });
});

describe('roles', () => {
  it('are one per verb and area', () => {
    expect([requestRole('DA'), authoriseRole('DA'), viewRole('DA'), evidenceRole('DA')]).toEqual(['GoodSam.Request.DA', 'GoodSam.Authorise.DA', 'GoodSam.View.DA', 'GoodSam.Evidence.DA']);
    expect([...hiddenAreas].sort()).toEqual(['DA', 'SOCU', 'SOM']);
  });
});

describe('outcomes', () => {
  it('accepts each listed code in its own area only', () => {
    for (const name of area.options) for (const other of area.options) for (const code of areaOutcomes[other]) {
      const detail = code === 'DASH_COMPLETED' ? 'H' : undefined;
      const own: readonly string[] = areaOutcomes[name];
      expect(checkAreaOutcome(name, 'ENDED', { code, detail }, 'PERSON').ok).toBe(own.includes(code));
    }
  });

  test.each([
    ['FAL', { code: 'REMEDIAL_REQUIRED' }, { ok: true, code: 'REMEDIAL_REQUIRED', detail: '14' }], ['FAL', { code: 'REMEDIAL_REQUIRED', detail: '90' }, { ok: true, detail: '90' }], ['FAL', { code: 'REMEDIAL_REQUIRED', detail: '91' }, { ok: false }],
    ['FAL', { code: 'REMEDIAL_REQUIRED', detail: '0' }, { ok: false }], ['DA', { code: 'DASH_COMPLETED' }, { ok: false, code: 'OUTCOME_NOT_ALLOWED' }], ['DA', { code: 'DASH_COMPLETED', detail: 'X' }, { ok: false }],
    ['FCC', { code: 'NO_BENEFIT', detail: 'x' }, { ok: false }], ['SOM', { code: 'POSSIBLE_OFFENCE_DISCLOSED' }, { ok: true }],
  ] as const)('%s %j', (name, outcome, expected) => expect(checkAreaOutcome(name, 'ENDED', outcome, 'PERSON')).toMatchObject(expected));

  test.each(sideEnds)('%s closes automatically unless it needs a person', state => {
    const code = autoOutcome(state);
    const person = ['BLOCKED_UNSAFE', 'ABORTED_SAFETY', 'SEND_FAILED'].includes(state);
    expect(needsPerson(state)).toBe(person);
    expect(checkAreaOutcome('FCC', state, { code }, 'SYSTEM').ok).toBe(!person);
    expect(checkAreaOutcome('FCC', state, { code }, 'PERSON').ok).toBe(true);
    expect(checkAreaOutcome('FCC', 'ENDED', { code }, 'SYSTEM').ok).toBe(false);
    expect(checkAreaOutcome('FCC', state, { code: 'AUTO_OTHER' }, 'PERSON').ok).toBe(false);
  });

  it('lets the system record nothing else', () => {
    expect(isSideEnd('ENDED')).toBe(false);
    expect(checkAreaOutcome('FCC', 'ENDED', { code: 'TECH_FAIL' }, 'SYSTEM').ok).toBe(false);
  });
});

describe('work', () => {
  test.each([
    ['FCC', 'SILENT_OR_ABANDONED_CALL', 'NO_ANSWER', 1, ['REGRADE']], ['FCC', 'SEE_SCENE', 'NO_ANSWER', 1, []], ['FCC', 'SEE_SCENE', 'UNDELIVERED', 1, ['OFFER_READ_ALOUD']],
    ['FAL', 'REMEDIAL_RECHECK', 'NO_ANSWER', 1, []], ['FAL', 'REMEDIAL_RECHECK', 'AUTO_NO_ANSWER', 2, ['FEO_VISIT']], ['FAL', 'REMEDIAL_RECHECK', 'FAIL_VISIT_REQUIRED', 1, ['FEO_VISIT']], ['FAL', 'REMEDIAL_RECHECK', 'SERIAL_MISMATCH', 1, ['LICENSING_REVIEW']],
    ['FAL', 'REMEDIAL_RECHECK', 'REMEDIAL_REQUIRED', 1, ['RECHECK']], ['DA', 'RVR_FIRST_RESPONSE', 'LOST_CONTACT_REGRADED', 1, ['INCIDENT_UPDATE']], ['SOM', 'DEVICE_CHECK_VIEW', 'DEVICE_UNDISCLOSED', 1, ['HOME_VISIT']], ['SOM', 'DEVICE_CHECK_VIEW', 'ADDRESS_CONSISTENT', 1, []],
    ['FOR', 'SCENE_TRIAGE', 'ATTEND_URGENT', 1, ['CSI_JOB']], ['FOR', 'SCENE_TRIAGE', 'NO_ATTEND', 1, ['VICTIM_CONTACT']], ['CCTV', 'RETRIEVE_CLIP', 'RECEIVED_NEEDS_CODEC', 1, ['CODEC_WORK']], ['CCTV', 'RETRIEVE_CLIP', 'OFFICER_VISIT_NEEDED', 1, ['OFFICER_VISIT']],
    ['SOCU', 'MEDIA_UPLOAD', 'NO_CONTACT', 1, ['CALL_DI']], ['CCTV', 'RETRIEVE_CLIP', 'HELP', 1, ['CALL_BACK']], ['SOM', 'DEVICE_CHECK_VIEW', 'POSSIBLE_OFFENCE_DISCLOSED', 1, ['ARRANGE_INTERVIEW']],
  ] as const)('%s %s %s x%i', (...[name, reason, code, times, tasks]) => expect(workFor({ area: name, reason, code, times }).map(rule => rule.task)).toEqual(tasks));

  it('names only codes that exist, and tells SOCU by telephone', () => {
    for (const rule of workRules) for (const code of rule.on) expect([...areaOutcomes[rule.area], ...sideEnds]).toContain(code);
    expect(workFor({ area: 'SOCU', reason: 'MEDIA_UPLOAD', code: 'UNSAFE_ABORT' })).toEqual([expect.objectContaining({ byPhoneOnly: true, to: 'SOCU_DI' })]);
  });
});
