import { describe, expect, it } from '@jest/globals';
import { indexRows } from '../../../functions/missing-persons/lists.ts';
import { Desk, settings } from './desk.ts';
import { importRow, pastRow, type ImportCells } from './importSupport.ts';
import { openCase } from './support.ts';

/** An adult who was found safe in July 2019: kept for seven years (3.10). */
const adult: ImportCells = { ...pastRow, givenName: 'Alex', familyName: 'Sample', dob: '04/03/1980', reportedAt: '2019-07-01T20:00:00Z', foundAt: '2019-07-02T07:00:00Z', missingFrom: 'HOME', circumstances: 'Left after a row with his brother', phone: '07700 900321', informantName: 'Kim Sample', ownerUserId: '00000000-0000-4000-8000-000000000034' };
const propose = { do: 'ProposeDelete', basis: 'RETENTION_REVIEWED', reason: 'Reviewed: nothing in it is needed any more.' } as const;
const hold = (isHeld: boolean) => ({ do: 'SetLegalHold', isHeld, reason: 'An inquest is to be held.' }) as const;
const past = (cells: ImportCells = adult, now = '2026-11-25T10:00:00.000Z'): Desk => importRow(new Desk(now), cells);

describe('deletion by two people (3.10)', () => {
  it('records proposes, the data protection officer approves, and a tombstone without the person is left', () => {
    const desk = past();
    desk.must(propose, 'rita');
    desk.must({ do: 'ApproveDelete' }, 'dpo');
    expect(desk.record.erased).toEqual({ caseRef: 'MP/CHS/2026/000001', class: 'CLOSED_SAFE_ADULT', basis: 'RETENTION_REVIEWED', at: desk.now, by: 'dpo', proposedBy: 'rita' });
    expect(JSON.stringify(desk.record)).not.toMatch(/Alex|Sample|1980|2019|900321|row with|OLD-|0000034|friend|Reviewed:/);
    expect(desk.effects).toEqual([{ id: 'erase-1', kind: 'erase', about: 'record-one' }]);
    expect(indexRows(desk.record, { settings, hash: key => key }).map(({ list }) => list)).toEqual(['missing-erased']);
    expect(desk.facts.at(-1)).toMatchObject({ what: 'RecordDeleted', kind: 'erasure', about: { ref: 'MP/CHS/2026/000001', class: 'CLOSED_SAFE_ADULT', basis: 'RETENTION_REVIEWED' } });
  });

  it.each([['rita', 'rita', 'SEGREGATION'], ['dpo', 'dpo', 'SEGREGATION'], ['rita', 'ivan', 'ROLE_DENIED'], ['rita', 'suki', 'ROLE_DENIED'], ['dpo', 'rita', 'ROLE_DENIED']] as const)('proposed by %s and approved by %s: %s', (first, second, code) => {
    const desk = past();
    desk.must(propose, first);
    // Who may not approve at all hears that first, of two reasons.
    expect([code, 'ROLE_DENIED']).toContain(desk.act({ do: 'ApproveDelete' }, second));
    if (second === 'dpo') expect(desk.record.refusal?.code).toBe('SEGREGATION');
    expect(desk.record.erased).toBeUndefined();
  });

  it('nobody else proposes, and nothing is approved that nobody proposed', () => {
    for (const by of ['ivan', 'mo', 'suki', 'oscar'] as const) expect(past().act(propose, by)).toBe('ROLE_DENIED');
    expect(past().act({ do: 'ApproveDelete' }, 'dpo')).toBe('GUARD_UNMET');
  });

  it('a legal hold refuses the proposal and the approval, and ends a proposal that stands', () => {
    const held = past();
    held.must(hold(true), 'rita');
    expect(held.act(propose, 'rita')).toBe('GUARD_UNMET');
    const desk = past();
    desk.must(propose, 'rita');
    desk.must(hold(true), 'dpo');
    expect(desk.act({ do: 'ApproveDelete' }, 'dpo')).toBe('GUARD_UNMET');
    desk.must(hold(false), 'dpo');
    expect(desk.act({ do: 'ApproveDelete' }, 'dpo')).toBe('GUARD_UNMET');
    desk.must(propose, 'rita');
    desk.must({ do: 'ApproveDelete' }, 'dpo');
  });

  it.each<[string, ImportCells, string, string]>([
    ['an adult, a day before seven years', adult, '2026-07-01T23:00:00.000Z', 'TOO_EARLY'], ['an adult, after seven years', adult, '2026-07-02T07:00:00.000Z', 'accepted'],
    ['a child before 25', { ...adult, dob: '04/03/2011' }, '2036-03-03T10:00:00.000Z', 'TOO_EARLY'], ['a child at 25', { ...adult, dob: '04/03/2011' }, '2036-03-05T10:00:00.000Z', 'accepted'],
    ['an exploited child at 25', { ...adult, dob: '04/03/2011', flags: 'CSE' }, '2036-03-05T10:00:00.000Z', 'TOO_EARLY'],
  ])('%s', (_, cells, now, said) => {
    expect(past(cells, now).act(propose, 'rita')).toBe(said);
  });

  it('an open case is kept, however old', () => {
    const desk = new Desk('2026-11-25T10:00:00.000Z');
    openCase(desk, { level: 'LOW' });
    desk.now = '2060-11-25T10:00:00.000Z';
    expect(desk.act(propose, 'rita')).toBe('GUARD_UNMET');
  });

  it('a refused attempt is in the audit', () => {
    const desk = past(adult, '2020-01-01T10:00:00.000Z');
    expect(desk.act(propose, 'rita')).toBe('TOO_EARLY');
    expect(desk.facts.at(-1)).toMatchObject({ what: 'CommandRefused', by: 'rita', about: { command: 'ProposeDelete', code: 'TOO_EARLY' } });
  });
});

describe('after a deletion', () => {
  const deleted = (): Desk => {
    const desk = past();
    desk.must(propose, 'rita');
    desk.must({ do: 'ApproveDelete' }, 'dpo');
    return desk;
  };

  it('nothing can be done to the record, by anybody', () => {
    const desk = deleted();
    expect(desk.act({ do: 'AddInformation', text: 'He was seen.', isRestricted: true, clientAt: undefined }, 'ivan')).toBe('gone');
    expect(desk.act(hold(true), 'dpo')).toBe('gone');
    expect(() => importRow(desk, adult)).toThrow('exists');
  });

  it('the erasure is owed until it is done', () => {
    const desk = deleted();
    expect(desk.give({ do: 'RecordTrouble', kind: 'erase', about: 'record-one', code: 'gave-up' }, 'system')).toBe('accepted');
    expect(desk.record.owed).toMatchObject([{ id: 'erase-2', kind: 'erase' }]);
    expect(indexRows(desk.record, { settings, hash: key => key }).map(({ list }) => list)).toContain('missing-due');
    expect(desk.give({ do: 'Begin', owedId: 'erase-2' }, 'system')).toBe('accepted');
    expect(desk.give({ do: 'RecordDone', kind: 'erase' }, 'system')).toBe('accepted');
    expect(desk.record).toMatchObject({ owed: [], erased: { doneAt: desk.now } });
    expect(desk.give({ do: 'RecordDone', kind: 'notice' }, 'system')).toBe('gone');
  });
});

describe('a past episode that something is noted on', () => {
  it('still asks nobody for anything', () => {
    const desk = past();
    desk.must(hold(true), 'rita');
    expect(desk.record).toMatchObject({ tasks: [], pages: [], reviews: [], owed: [] });
  });
});
