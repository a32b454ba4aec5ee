import { describe, expect, it } from '@jest/globals';
import { checkNotices } from '../../../functions/missing-persons/rules/notices/check.ts';
import { allowedFields, rowOf } from '../../../functions/missing-persons/rules/notices/lookup.ts';
import { noticeSettings } from '../../../functions/missing-persons/rules/notices/settings.ts';
import { noticeTable, type NoticeRow } from '../../../functions/missing-persons/rules/notices/table.ts';
import { noticeNumber, type Variant } from '../../../functions/missing-persons/rules/notices/words.ts';

const changed = (n: string, changes: Partial<NoticeRow>): NoticeRow[] => noticeTable.map(row => (row.n === n ? { ...row, ...changes } : row));
const saying = (n: (typeof noticeTable)[number]['n'], variant: Variant, extra: object): NoticeRow[] => {
  const row = rowOf(n);
  const wording = row.wordings[variant];
  if (wording === undefined) throw new Error('no such variant');
  return changed(n, { wordings: { ...row.wordings, [variant]: { ...wording, ...extra } } });
};

describe('table 6.1', () => {
  it('is whole and without a fault', () => {
    expect(checkNotices()).toEqual([]);
    expect(noticeTable.map(row => row.n)).toEqual(noticeNumber.options);
  });

  it('is stood down for N02 to N12 and for nobody else (15.1 item 15)', () => {
    expect(noticeTable.filter(row => row.isStoodDown).map(row => row.n)).toEqual(['N02', 'N03', 'N04', 'N05', 'N06', 'N07', 'N08', 'N09', 'N10', 'N11', 'N12']);
  });

  it('names only tasks that exist, when it is told which do', () => {
    const all = new Set(noticeTable.flatMap(row => (row.deadline.kind === 'TASKS' || row.deadline.kind === 'HOURS' ? row.deadline.tasks : [])));
    expect(checkNotices(all)).toEqual([]);
    all.delete('X18');
    expect(checkNotices(all)).toEqual(['N11: unknown task X18']);
  });

  it.each([
    ['a number missing', noticeTable.filter(row => row.n !== 'N07'), ['N07: not in the table']],
    ['a number twice', [...noticeTable, rowOf('N07')], ['N07: twice in the table']],
    ['a field that is barred', saying('N12', 'MISSING', { may: ['caseRef', 'medication'] }), ['N12: medication is allowed and barred']],
    ['free text on its way out', saying('N10', 'MISSING', { may: ['circumstances'] }), ['N10: circumstances is allowed and barred', 'N10: circumstances never leaves']],
    ['intelligence on its way out', changed('N16', { mustNot: [], wordings: { PUBLICITY: { opening: 'x', may: ['intelligence'], says: 'MISSING' } } }), ['N16: intelligence never leaves']],
    ['the place for somebody without a duty', saying('N17', 'FOUND', { mayAlso: { BTP: ['foundPlace'] } }), ['N17: foundPlace is barred for BTP']],
    ['somebody who is no recipient', saying('N17', 'FOUND', { mayAlso: { INFORMANT: ['caseRef'] } }), ['N17: INFORMANT is no recipient']],
    ['a stand-down for the coroner', changed('N13', { isStoodDown: true }), ['N13: only N02 to N12 are stood down (15.1 item 15)']],
    ['no source', changed('N05', { source: 'everybody knows' }), ['N05: source without a tag']],
    ['no recipient', changed('N05', { recipients: [] }), ['N05: no recipient']],
    ['nothing to say', changed('N05', { wordings: {} }), ['N05: says nothing']],
  ])('finds %s', (_what, table, faults) => expect(checkNotices(undefined, table)).toEqual(faults));

  it('a variant that a row lacks allows nothing', () => expect(allowedFields('N12', 'TEXTSAFE', 'BTP')).toEqual([]));

  it('has the defaults of section 13', () => {
    expect(noticeSettings.parse({})).toEqual({
      ukmpuHighDueHours: 24, ukmpuHardHours: 72, ukmpuUnidentifiedHours: 48, ukmpuCancelHours: 1, standDownMins: 15, retryMins: [1, 5, 15, 60], recipientStaleDays: 180, digestAt: '07:00',
      las: ['Cheshire East', 'Cheshire West and Chester', 'Halton', 'Warrington'],
    });
  });
});
