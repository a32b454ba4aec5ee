import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeCsv } from '../../../functions/missing-persons/rules/csv.ts';
import { readCsv } from '../../../functions/missing-persons/rules/intake/csv.ts';
import { headerFaults, importColumns } from '../../../functions/missing-persons/rules/intake/importColumns.ts';
import { importMaxRows, readImport } from '../../../functions/missing-persons/rules/intake/importFile.ts';
import { outcomesFile, refusedLine } from '../../../functions/missing-persons/rules/intake/importOutcome.ts';
import { readRiskLabel } from '../../../functions/missing-persons/rules/intake/legacyRisk.ts';

const now = '2026-11-25T10:00:00.000Z';
const owner = '00000000-0000-4000-8000-000000000034';
type Row = Readonly<Record<string, string>>;
const open: Row = { kind: 'OPEN_CASE', legacyRef: 'OLD-1', personRef: 'P1', reportedAt: '24/11/2026 22:15', givenName: 'Ella', familyName: 'Example', dob: '04/03/2011', risk: 'Medium', ownerUserId: owner, phone: '07700 900123', flags: 'CSE; lac', circumstances: 'Left, "as usual",\nby the window' };
const past: Row = { kind: 'PAST_EPISODE', legacyRef: 'OLD-2', personRef: 'P1', reportedAt: '2026-07-01T21:00:00+01:00', givenName: 'Ella', risk: 'Absent', foundAt: '02/07/2026 08:00', foundWhere: 'friend', withWhom: 'Sam Sample', harm: '' };
const fileOf = (...rows: readonly Row[]) => writeCsv([importColumns.map(({ name }) => name), ...rows.map(row => importColumns.map(({ name }) => row[name] ?? ''))]);
const run = (...rows: readonly Row[]) => readImport(fileOf(...rows), now);
const faults = (...rows: readonly Row[]) => run(...rows).lines.flatMap(({ line, failures }) => failures.map(({ field, code }) => `${line} ${field} ${code}`));

describe('CSV (RFC 4180)', () => {
  it('reads quotes, line ends inside them, a byte order mark, and any line end; counts lines as an editor does', () => {
    expect(readCsv('\ufeffa,"b ""x"""\r\n\r\n"1\n2",\n3')).toEqual({ ok: true, rows: [{ line: 1, cells: ['a', 'b "x"'] }, { line: 3, cells: ['1\n2', ''] }, { line: 5, cells: ['3'] }] });
  });
  it('tells the line of a broken quote', () => {
    expect([readCsv('a\n"b'), readCsv('a\nb"c"'), readCsv('a\n"b"c')]).toMatchObject([{ ok: false, line: 2 }, { ok: false, line: 2 }, { ok: false, line: 2 }]);
  });
  it('what is written is read again, and no cell is a formula', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '=', '\u00e9') }), { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 5 }), rows => {
      const text = writeCsv(rows);
      const reading = readCsv(text);
      const safe = rows.map(row => row.map(value => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value))).filter(row => row.some(value => value.trim() !== ''));
      expect(reading.ok && reading.rows.map(({ cells }) => cells)).toEqual(safe);
    }));
    expect(writeCsv([['=1+1', '-2', 'x']])).toBe("'=1+1,'-2,x\r\n");
  });
});

describe('labels of risk (0.2.1, glossary)', () => {
  it.each([
    ['VERY_LOW', 'VERY_LOW', false], ['Very low risk', 'VERY_LOW', false], ['absent', 'VERY_LOW', true], ['NO_APPARENT_RISK', 'VERY_LOW', true], ['No apparent risk (absent)', 'VERY_LOW', true], ['High', 'HIGH', false],
    ['The risk posed is immediate and there are substantial grounds for believing that the subject is in danger', 'HIGH', true],
  ])('%s', (label, level, isLegacy) => {
    expect(readRiskLabel(label)).toEqual({ level, isLegacy });
  });
  it('a label that nobody knows is not guessed', () => {
    expect(['standard', '', '3', 'not high'].map(readRiskLabel)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('import of open cases and past episodes (15.4)', () => {
  it('reads rows as records, in the time of London, with the level as written beside what it means', () => {
    const { faults: whole, lines } = run(open, past, { ...open, legacyRef: 'OLD-3', personRef: 'P3', dob: '', risk: 'No apparent risk' });
    expect(whole).toEqual([]);
    expect(lines[0]?.record).toMatchObject({ line: 2, reportedAt: '2026-11-24T22:15:00.000Z', risk: 'MEDIUM', reassess: ['IMPORTED'], flags: ['CSE', 'LAC'], phone: '+447700900123', dob: { date: '2011-03-04' }, texts: { circumstances: 'Left, "as usual",\nby the window' } });
    // The second row begins after the line end inside the first.
    expect(lines[1]).toMatchObject({ line: 4, record: { kind: 'PAST_EPISODE', reportedAt: '2026-07-01T20:00:00.000Z', foundAt: '2026-07-02T07:00:00.000Z', reassess: [], risk: 'VERY_LOW', riskAsWritten: 'Absent' } });
    expect(lines[2]?.record?.reassess).toEqual(['IMPORTED', 'LEGACY_RISK_LABEL', 'AGE_NOT_KNOWN']);
  });

  it('one wrong row holds up no other', () => {
    const { lines } = run(past, { ...open, dob: '31/02/2010' });
    expect(lines).toMatchObject([{ line: 2, record: { legacyRef: 'OLD-2' } }, { line: 3, failures: [{ field: 'dob' }] }]);
    expect(lines[1]).not.toHaveProperty('record');
  });

  it.each<[Row, string[]]>([
    [{ kind: 'CASE' }, ['2 kind FIELD_INVALID']], [{ reportedAt: '' }, ['2 reportedAt FIELD_INVALID']], [{ reportedAt: '26/11/2026 10:00' }, ['2 reportedAt TIME_IN_FUTURE']], [{ reportedAt: '25/10/2026 01:30' }, ['2 reportedAt TIME_AMBIGUOUS']],
    [{ reportedAt: '2026-10-25T01:30:00Z' }, []], [{ lastSeenAt: '24/11/2026 22:16' }, ['2 lastSeenAt LASTSEEN_AFTER_REPORT']], [{ risk: 'standard' }, ['2 risk FIELD_INVALID']], [{ phone: '07700 90' }, ['2 phone FIELD_INVALID']], [{ flags: 'CSE;XYZ' }, ['2 flags FIELD_INVALID']],
    [{ missingFrom: 'MOON' }, ['2 missingFrom FIELD_INVALID']], [{ ownerUserId: '' }, ['2 ownerUserId FIELD_INVALID']], [{ foundAt: '24/11/2026 23:00' }, ['2 foundAt FIELD_INVALID']], [{ givenName: '', familyName: '' }, ['2 givenName FIELD_INVALID']],
    [{ ownerUserId: 'sgt.sample' }, ['2 ownerUserId FIELD_INVALID']], [{ circumstances: 'x'.repeat(8_001) }, ['2 circumstances FIELD_INVALID']],
  ])('%j', (change, expected) => {
    expect(faults({ ...open, ...change })).toEqual(expected);
  });

  it('a past episode has an end after its report; a reference and an open case stand once', () => {
    expect(faults({ ...past, foundAt: '' })).toEqual(['2 foundAt FIELD_INVALID']);
    expect(faults({ ...past, foundAt: '01/07/2026 20:00' })).toEqual(['2 foundAt FIELD_INVALID']);
    expect(faults(past, past)).toEqual(['3 legacyRef FIELD_INVALID']);
    expect(faults(past, open, { ...open, legacyRef: 'OLD-4' })).toEqual(['5 personRef DUPLICATE_OPEN_CASE']);
  });

  it('a file that is no such file is refused whole', () => {
    expect(headerFaults(['kind', 'kind', 'hat'])).toEqual(expect.arrayContaining(['There is no column "hat".', 'The column "kind" stands twice.', 'The column "risk" lacks.']));
    for (const text of ['', 'a,b\n1,2', '"', fileOf()]) expect(readImport(text, now).lines).toEqual([]);
    expect(readImport('', now).faults).toHaveLength(1);
    expect(readImport(fileOf(...Array.from({ length: importMaxRows + 1 }, () => past)), now).faults).toHaveLength(1);
    expect(readImport(`${fileOf(past)}${'x,'.repeat(40)}\r\n`, now).lines[1]).toMatchObject({ line: 3, failures: [{ field: '' }] });
  });

  it('the file that goes back says line, result, column, code and why, and repeats nothing of the file', () => {
    const { lines } = run({ ...open, risk: 'SECRET LABEL', phone: 'SECRET' });
    const text = outcomesFile([{ line: 9, result: 'MADE', recordId: 'r', ref: 'MP/CHS/2026/000001' }, ...lines.map(({ line, failures }) => refusedLine(line, failures))]);
    expect(text.split('\r\n')).toEqual([
      'line,result,column,code,why,recordId,ref', '2,REFUSED,risk,FIELD_INVALID,"This label is not known: write VERY_LOW, LOW, MEDIUM or HIGH.",,', expect.stringMatching(/^2,REFUSED,phone,FIELD_INVALID,/), '9,MADE,,,,r,MP/CHS/2026/000001', '',
    ]);
    expect(text).not.toContain('SECRET');
  });
});
