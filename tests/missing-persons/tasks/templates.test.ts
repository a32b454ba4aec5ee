import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { checkTasks } from '../../../functions/missing-persons/rules/tasks/check.ts';
import { evidenceFailures, evidenceKinds } from '../../../functions/missing-persons/rules/tasks/evidence.ts';
import { hardWindowFor, taskSettings, windowFor } from '../../../functions/missing-persons/rules/tasks/settings.ts';
import type { Template, TemplateId } from '../../../functions/missing-persons/rules/tasks/template.ts';
import { templateOf, templates } from '../../../functions/missing-persons/rules/tasks/templates.ts';
import { levels } from '../../../functions/missing-persons/rules/terms.ts';
import { complete, settings } from './facts.ts';

const ids = (which: (template: Template) => boolean): string[] => templates.filter(which).map(({ id }) => id);
const twin = (id: TemplateId, change: Partial<Template>): Template[] => templates.map(item => (item.id === id ? { ...item, ...change } : item));

describe('Task templates (section 4, 15.2 items 23 and 24)', () => {
  it('have no fault, and every id is there once', () => expect(checkTasks()).toEqual([]));

  it.each<[string, Template[], RegExp]>([
    ['an id twice', [...templates, templateOf('A01')], /A01: there are two/],
    ['a row lost', templates.filter(({ id }) => id !== 'H05'), /H05: there is none/],
    ['nobody', twin('A03', { owners: [] }), /A03: nobody owns it/],
    ['a list without items', twin('A04', { checklist: [] }), /A04: a list of items/],
    ['a list for other evidence', twin('A03', { checklist: ['X'] }), /A03: a list of items/],
    ['a trigger that is not there', twin('A03', { anchor: 'T_TRIGGER' }), /A03: it runs from a trigger/],
    ['no source', twin('A03', { source: 'said so' }), /A03: source said so/],
    ['no time', twin('A03', { windows: {} }), /A03: it has no time/],
    ['no stage', twin('A03', { when: { stages: [] } }), /A03: it belongs to no stage/],
    ['judgement where nothing binds', twin('M03', { optionalAt: ['LOW'] }), /M03: it is left to judgement/],
  ])('a broken twin with %s is named', (_what, list, fault) => expect(checkTasks(list)).toEqual(expect.arrayContaining([expect.stringMatching(fault)])));

  it('golden hour of the glossary', () => expect(ids(({ goldenHour }) => goldenHour)).toEqual([
    'A01', 'A02', 'A04', 'A05', 'A06', 'A07', 'A08', 'A09', 'A11', 'A13', 'H01', 'H02', 'H03', 'H04', 'H05', 'H10', 'H11', 'H14', 'X08', 'X09',
  ]));
  it('what blocks closure: P01-P06, P08, P12, P09 by item 23, P11 where the guard applies; P07, P10 and P13 do not', () => expect(ids(({ blocksClose, id }) => blocksClose && id.startsWith('P'))).toEqual([
    'P01', 'P02', 'P03', 'P04', 'P05', 'P06', 'P08', 'P09', 'P11', 'P12',
  ]));
  it('what stops on located', () => expect(ids(({ stopOnLocated }) => stopOnLocated)).toEqual(['A10', 'A13', 'A14', 'H06', 'H09', 'M03', 'M04', 'M05', 'M06', 'L03', 'V04']));
  it('hard limits of PNC 48 h and UKMPU 72 h', () => {
    const hard = Object.fromEntries(templates.flatMap(item => (item.hardDue ? [[item.id, hardWindowFor(item, settings)]] : [])));
    expect(hard).toEqual({ A10: '48h', H09: '72h', M05: '72h', L03: '72h', V04: '72h', X24: '48h' });
  });
  it('V04 and A10 for VERY_LOW (item 17)', () => expect([windowFor(templateOf('V04'), 'VERY_LOW', settings, false), windowFor(templateOf('A10'), 'VERY_LOW', settings, false)]).toEqual(['60h', '24h']));
  it('P05 is due in 15 minutes (item 15)', () => expect(windowFor(templateOf('P05'), 'LOW', settings, false)).toBe('15m'));
  it('P07 repeats every 5 days', () => expect(templateOf('P07').recurrence).toEqual({ from: 'ANCHOR', every: '5d' }));

  it('defaults of section 13 say the same as the tables', () => {
    for (const template of templates) for (const level of levels) expect([template.id, windowFor(template, level, settings, false)]).toEqual([template.id, template.windows[level]]);
  });
  it('a force may be faster than the law and not slower', () => {
    expect(taskSettings.safeParse({ pncHours: 72 }).success).toBe(false);
    expect(taskSettings.safeParse({ ukmpuHardHours: 96 }).success).toBe(false);
    expect(taskSettings.safeParse({ due: { A06: '-5m' } }).success).toBe(false);
    expect(taskSettings.safeParse({ due: { Z99: '5m' } }).success).toBe(false);
    const own = taskSettings.parse({ due: { A06: { HIGH: '20m' }, A03: '15m', P01: '2h' }, pncHours: 24 });
    expect([windowFor(templateOf('A06'), 'HIGH', own, false), windowFor(templateOf('A06'), 'MEDIUM', own, false), windowFor(templateOf('A06'), 'VERY_LOW', own, false)]).toEqual(['20m', '2h', undefined]);
    expect([windowFor(templateOf('A03'), 'LOW', own, false), windowFor(templateOf('P01'), 'HIGH', own, false), hardWindowFor(templateOf('A10'), own)]).toEqual(['15m', '2h', '24h']);
  });

  it('each kind of evidence accepts what is complete and refuses the bare kind', () => {
    const bare = new Set(['REASSESSMENT']);
    for (const kind of evidenceKinds) {
      if (kind === 'CHECKLIST') continue;
      expect([kind, evidenceFailures(kind, complete[kind], 'T')]).toEqual([kind, []]);
      if (!bare.has(kind)) expect([kind, evidenceFailures(kind, { kind }, 'T').map(({ code }) => code)]).toEqual([kind, ['EVIDENCE_MISSING']]);
      expect(evidenceFailures(kind, kind === 'ACK' ? complete.VISIT : complete.ACK, 'T')).toHaveLength(1);
    }
  });
  it('each kind is asked for by some template', () => expect(evidenceKinds.filter(kind => !templates.some(({ evidence }) => evidence === kind))).toEqual([]));
});

const spec = new URL('../../../../shared/spec/missing-persons.md', import.meta.url);
(existsSync(spec) ? describe : describe.skip)('Task templates beside the text of the spec', () => {
  const lines = existsSync(spec) ? readFileSync(spec, 'utf8').split('\n') : [];
  const section = lines.slice(lines.findIndex(line => line.startsWith('## 4. ')), lines.findIndex(line => line.startsWith('## 5. ')));
  const rows = section.flatMap(line => {
    const [, id = '', m] = /^\| ([AHMLVXP]\d\d)( M)? \|/.exec(line) ?? [];
    return id === '' ? [] : [{ id, isMandatory: m !== undefined, line }];
  });
  it('every row is there', () => {
    const there = new Set<string>(templates.map(({ id }) => id));
    expect(rows.length).toBe(79);
    expect(rows.filter(({ id }) => !there.has(id))).toEqual([]);
  });
  it('mandatory where the row says so (X17 and X24, matters of law, beside)', () => {
    const list = new Map<string, boolean>(templates.map(({ id, mandatory }) => [id, mandatory]));
    expect(rows.filter(({ id, isMandatory }) => list.get(id) !== isMandatory).map(({ id }) => id)).toEqual(['X17', 'X24']);
  });
  it('sources are those of the row', () => {
    const list = new Map<string, string>(templates.map(({ id, source }) => [id, source]));
    const lost = rows.flatMap(({ id, line }) => {
      const last = line.split('|').at(-2) ?? '';
      return [...last.matchAll(/\[(S\d+~?)\]/g)].filter(([, tag = '']) => !(list.get(id) ?? '').split(',').includes(tag)).map(([, tag = '']) => `${id} ${tag}`);
    });
    expect(lost).toEqual([]);
  });
});
