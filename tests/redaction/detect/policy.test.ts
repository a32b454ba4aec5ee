import { describe, expect, it } from '@jest/globals';
import { role, spanType } from '../../../functions/redaction/detect/types.ts';
import { policy, readCustomPolicy, standardPolicy, treat } from '../../../functions/redaction/policy.ts';

const names = ['disclosure-to-CPS', 'subject-access', 'freedom-of-information'] as const;

describe('policies', () => {
  it.each(names)('%s is a whole, checked table: every type, no row twice', name => {
    const table = standardPolicy(name);
    expect(policy.parse(table)).toEqual(table);
    expect(Object.keys(table.types).toSorted()).toEqual(spanType.options.toSorted());
    expect(new Set(table.roles.map(row => `${row.type} ${row.role}`)).size).toBe(table.roles.length);
  });

  it.each(names)('%s never redacts unseen what was not sure, and never keeps a term or a person of unknown role', name => {
    for (const type of spanType.options) {
      for (const who of role.options) {
        expect(treat(standardPolicy(name), { type, role: who, source: 'rule', action: 'review' })).not.toBe('redact');
        expect(treat(standardPolicy(name), { type, role: who, source: 'term', action: 'auto' })).toBe('redact');
      }
    }
    expect(treat(standardPolicy(name), { type: 'PERSON', role: 'unknown', source: 'rule', action: 'auto' })).not.toBe('keep');
  });

  it('decide by type and role as their law says', () => {
    const of = (name: typeof names[number], type: 'PERSON' | 'OFFICER' | 'NINO' | 'DATE' | 'DATE_OF_BIRTH', who: typeof role.options[number]): string =>
      treat(standardPolicy(name), { type, role: who, source: 'rule', action: 'auto' });
    expect(of('disclosure-to-CPS', 'NINO', 'unknown')).toBe('redact');
    expect(of('disclosure-to-CPS', 'DATE', 'unknown')).toBe('keep');
    expect(of('disclosure-to-CPS', 'DATE_OF_BIRTH', 'unknown')).toBe('redact');
    expect(of('disclosure-to-CPS', 'OFFICER', 'officer')).toBe('keep');
    expect(of('disclosure-to-CPS', 'PERSON', 'suspect')).toBe('keep');
    expect(of('disclosure-to-CPS', 'PERSON', 'witness')).toBe('review');
    expect(of('disclosure-to-CPS', 'PERSON', 'child')).toBe('redact');
    expect(of('subject-access', 'PERSON', 'witness')).toBe('redact');
    expect(of('subject-access', 'PERSON', 'staff')).toBe('review');
    expect(of('freedom-of-information', 'OFFICER', 'officer')).toBe('redact');
  });

  it('a force changes rows over a base; what is not a policy is refused', () => {
    const own = readCustomPolicy({ base: 'disclosure-to-CPS', types: { VRM: 'redact' }, roles: [{ type: 'PERSON', role: 'suspect', treatment: 'review', why: 'force order 12' }] });
    expect(own.name).toBe('custom');
    expect(treat(own, { type: 'VRM', role: 'unknown', source: 'rule', action: 'auto' })).toBe('redact');
    expect(treat(own, { type: 'PERSON', role: 'suspect', source: 'rule', action: 'auto' })).toBe('review');
    expect(treat(own, { type: 'NINO', role: 'unknown', source: 'rule', action: 'auto' })).toBe('redact');
    for (const wrong of [{}, { base: 'custom' }, { base: 'subject-access', types: { NOSUCH: 'keep' } }, { base: 'subject-access', types: { VRM: 'burn' } }, null]) {
      expect(() => readCustomPolicy(wrong)).toThrow();
    }
  });
});
