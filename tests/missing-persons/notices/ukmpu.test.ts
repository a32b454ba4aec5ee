import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columns, instantColumns } from '../../../functions/missing-persons/rules/notices/ukmpu/columns.ts';
import { csvCell } from '../../../functions/missing-persons/rules/csv.ts';
import { ukmpuCsv } from '../../../functions/missing-persons/rules/notices/ukmpu/csv.ts';
import { ukmpuRow, type UkmpuRow } from '../../../functions/missing-persons/rules/notices/ukmpu/row.ts';
import { cancelDueAt, checkSubmission, ukmpuFile, type UkmpuFile } from '../../../functions/missing-persons/rules/notices/ukmpu/submission.ts';

/** Typed again from 9.3, so that a slip in the code is seen. */
const order = 'force_code, case_ref, record_type, submission, reported_at, last_seen_from, last_seen_to, last_seen_place, last_seen_lat, last_seen_lon, family_name, given_names, aliases, dob, age_min, age_max, sex, gender, ethnicity_self, ethnicity_officer, nationality, languages, height_cm, build, hair_colour, hair_style, eye_colour, facial_hair, glasses, marks, tattoos, piercings, clothing, items_carried, home_town, missing_from, care_status, la_responsible, risk_level, vulnerabilities, exploitation_flags, out_of_character, previous_episodes_12m, circumstances_summary, vehicle_vrm, phones_known, travel_abroad, passport_held, photo_count, photo_sent_at, dna_direct, dna_familial, dna_ref, dental_chart, dental_sent_at, fingerprints, medical_implants, pnc_ref, publicity_status, family_contact_ok, officer_name, officer_phone, officer_email, unit, reviewed_at, located_at, located_condition, closed_at'.split(', ');
const ofBodies = ['found_at', 'found_place', 'estimated_age_range', 'estimated_pmi', 'coroner_ref', 'pathologist', 'post_mortem_at'];

const full: UkmpuRow = ukmpuRow.parse({
  force_code: '07', case_ref: 'MP/CHS/2026/000123', record_type: 'MISSING', submission: 'NEW', reported_at: '2026-10-24T22:00:00.000Z', last_seen_place: 'Delamere', sex: 'FEMALE', age_min: 14, age_max: 16,
  officer_name: 'PC Sample', officer_phone: '101',
});
const body = (changes: object = {}): UkmpuRow => ukmpuRow.parse({ ...full, record_type: 'BODY', found_at: '2026-11-01T08:00:00.000Z', found_place: 'Mersey', estimated_age_range: '30-40', ...changes });
const before = (submission: UkmpuFile['submission']): UkmpuFile =>
  ukmpuFile.parse({ fileHash: 'a'.repeat(64), rows: 1, caseRefs: [full.case_ref], submission, by: 'officer.one', at: '2026-10-25T00:00:00.000Z', ack: { by: 'UKMPU desk', at: '2026-10-25T01:00:00.000Z' } });

/** RFC 4180 as a reader sees it, written apart from the writer. */
function read(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let match = cell.exec(csv); match !== null; match = cell.exec(csv)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
function cellOf(row: UkmpuRow, name: string): string | undefined {
  const [header = [], line = []] = read(ukmpuCsv([row]));
  return line[header.indexOf(name)];
}

describe('the file (9.3)', () => {
  it('has the columns in their order, the local times behind them, CRLF, no mark', () => {
    expect([...columns]).toEqual(order);
    const csv = ukmpuCsv([full]);
    expect(read(csv)[0]).toEqual([...order, ...instantColumns.map(name => `${name}_local`)]);
    expect(csv.startsWith('force_code,case_ref,')).toBe(true);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('adds the columns of a body only when there is one', () => {
    const [header, first, second] = read(ukmpuCsv([full, body()]));
    expect(header?.slice(order.length, order.length + ofBodies.length)).toEqual(ofBodies);
    expect(header?.slice(-2)).toEqual(['found_at_local', 'post_mortem_at_local']);
    expect([first?.length, second?.length]).toEqual([header?.length, header?.length]);
    expect(cellOf(body(), 'found_place')).toBe('Mersey');
  });

  it('gives UTC and what a clock in London showed, with the zone', () => {
    expect(cellOf(full, 'reported_at')).toBe('2026-10-24T22:00:00.000Z');
    expect(cellOf(full, 'reported_at_local')).toBe('2026-10-24 23:00 BST');
    expect(cellOf({ ...full, reported_at: '2026-10-27T22:00:00.000Z' }, 'reported_at_local')).toBe('2026-10-27 22:00 GMT');
    expect([cellOf({ ...full, reported_at: '2026-10-25T00:30:00.000Z' }, 'reported_at_local'), cellOf({ ...full, reported_at: '2026-10-25T01:30:59.999Z' }, 'reported_at_local')]).toEqual(['2026-10-25 01:30 BST', '2026-10-25 01:30 GMT']);
  });

  it('leaves empty what is not known', () => expect(cellOf(full, 'dna_ref')).toBe(''));

  it.each(['=1+1', '+44 7700 900001', '-2.5', '@x', '\tx', '\rx'])('guards %j with an apostrophe', text => expect(read(`${csvCell(text)}\r\n`)[0]).toEqual([`'${text}`]));

  it('no cell of any row begins as a formula, and every text comes back whole (property)', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter(one => /^(?:\P{Cc}|[\t\r\n])*$/u.test(one));
    const risky = fc.oneof(text, text.map(one => `=${one}`), text.map(one => `"${one}",\r\n${one}`), text.map(one => `\t${one}`));
    fc.assert(fc.property(risky, risky, fc.double({ min: -8, max: 2, noNaN: true }), (place, summary, lon) => {
      const row = ukmpuRow.parse({ ...full, last_seen_place: place, circumstances_summary: summary, last_seen_lon: lon });
      const [, line = []] = read(ukmpuCsv([row]));
      expect(line.filter(cell => /^[=+\-@\t\r]/u.test(cell))).toEqual([]);
      expect(line).toHaveLength(order.length + instantColumns.length);
      const bare = (cell: string | undefined): string | undefined => (cell !== undefined && /^'[=+\-@\t\r]/u.test(cell) ? cell.slice(1) : cell);
      expect([bare(cellOf(row, 'last_seen_place')), bare(cellOf(row, 'circumstances_summary'))]).toEqual([place, summary]);
    }));
  });

  it('a summary over 2,000 characters and a column of ours are refused', () => {
    expect(ukmpuRow.safeParse({ ...full, circumstances_summary: 'x'.repeat(2_001) }).success).toBe(false);
    expect(ukmpuRow.safeParse({ ...full, circumstances_summary: 'x'.repeat(2_000) }).success).toBe(true);
    expect(ukmpuRow.safeParse({ ...full, intelligence: 'x' }).success).toBe(false);
  });
});

describe('checks of a submission (9.3)', () => {
  it('NEW needs the mandatory set; every gap is named', () => {
    expect(checkSubmission(full, [])).toEqual([]);
    const bare = checkSubmission({ case_ref: 'MP/CHS/2026/000123', record_type: 'MISSING', submission: 'NEW' }, []);
    expect(bare.map(one => one.why)).toEqual([
      'The UKMPU needs the force code.', 'The UKMPU needs the time of the report.', 'The UKMPU needs the sex, or UNKNOWN.', 'The UKMPU needs a date of birth or an age range.', 'The UKMPU needs the place.',
      'The UKMPU needs an officer with a telephone number or an address.',
    ]);
    expect(new Set(bare.map(one => one.code))).toEqual(new Set(['FIELD_INVALID']));
  });

  it.each([
    ['force_code', 1], ['reported_at', 1], ['sex', 1], ['age_min', 1], ['last_seen_place', 1], ['officer_name', 1], ['officer_phone', 1], ['dna_ref', 0],
  ] as const)('without %s: %i failure', (name, count) => {
    const { [name]: _left, ...rest } = full;
    expect(checkSubmission(rest, [])).toHaveLength(count);
  });

  it('a body needs where and when it was found, and its estimated age is enough', () => {
    const { age_min: _min, age_max: _max, last_seen_place: _place, reported_at: _at, ...rest } = body();
    expect(checkSubmission(rest, [])).toEqual([]);
    const { found_place: _where, ...nowhere } = rest;
    expect(checkSubmission(nowhere, []).map(one => one.why)).toEqual(['The UKMPU needs the place.']);
  });

  it('a second hand-over is UPDATE with the same reference; UPDATE and CANCEL follow a NEW', () => {
    expect(checkSubmission(full, [before('NEW')])).toMatchObject([{ why: expect.stringContaining('UPDATE') }]);
    expect(checkSubmission({ ...full, submission: 'UPDATE' }, [])).toHaveLength(1);
    expect(checkSubmission({ ...full, submission: 'UPDATE' }, [before('NEW')])).toEqual([]);
    expect(checkSubmission({ ...full, submission: 'CANCEL' }, [before('NEW')])).toMatchObject([{ why: 'A CANCEL says when the person was found.' }]);
    expect(checkSubmission({ ...full, submission: 'CANCEL', located_at: '2026-10-25T09:00:00.000Z' }, [before('NEW')])).toEqual([]);
  });

  it('ranges that run backwards are refused', () => {
    expect(checkSubmission({ ...full, age_min: 17 }, [])).toHaveLength(1);
    expect(checkSubmission({ ...full, last_seen_from: '2026-10-24T20:00:00.000Z', last_seen_to: '2026-10-24T19:00:00.000Z' }, [])).toHaveLength(1);
  });

  it('CANCEL is due an hour after found, over the change of the clocks as well', () => expect(cancelDueAt('2026-10-25T00:30:00.000Z')).toBe('2026-10-25T01:30:00.000Z'));
});
