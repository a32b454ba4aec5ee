import { readImport } from '../../../functions/missing-persons/rules/intake/importFile.ts';
import { writeCsv } from '../../../functions/missing-persons/rules/csv.ts';
import type { Desk, Name } from './desk.ts';

export type ImportCells = Readonly<Record<string, string>>;

/** A child of a home, five days before the import, with a level of old guidance. */
export const openRow = {
  kind: 'OPEN_CASE', legacyRef: 'OLD-1', personRef: 'P1', reportedAt: '2026-11-20T21:00:00Z', givenName: 'Ella', familyName: 'Example', dob: '04/03/2011', risk: 'No apparent risk', lastSeenAt: '2026-11-20T19:00:00Z', lastSeenPlace: 'Sample House', missingFrom: 'CHILDRENS_HOME',
  circumstances: 'Not back for her curfew of eight in the evening', placement: 'Sample House', laResponsible: 'Cheshire East', informantName: 'Sam Carer', informantPhone: '01632 960001', ownerUserId: '00000000-0000-4000-8000-000000000034', phone: '07700 900123', flags: 'LAC',
} as const satisfies ImportCells;
export const pastRow = {
  kind: 'PAST_EPISODE', legacyRef: 'OLD-2', personRef: 'P1', reportedAt: '2026-07-01T21:00:00+01:00', givenName: 'Ella', familyName: 'Example', dob: '04/03/2011', risk: 'Absent', foundAt: '02/07/2026 08:00', foundWhere: 'At a friend', missingFrom: 'CHILDRENS_HOME',
} as const satisfies ImportCells;
export const person = 'person-of-p1';

export function fileOf(...rows: readonly ImportCells[]): string {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))];
  return writeCsv([names, ...rows.map(row => names.map(name => row[name] ?? ''))]);
}

/** The row becomes the record of the desk. @throws when the file or the law refuses it */
export function importRow(desk: Desk, cells: ImportCells, by: Name = 'mo'): Desk {
  const [line] = readImport(fileOf(cells), desk.now).lines;
  if (!line?.record) throw new Error(JSON.stringify(line?.failures));
  const said = desk.give({ do: 'Import', importing: { recordId: 'record-one', row: line.record, importId: 'import-one', personId: person }, context: desk.context() }, by);
  if (said !== 'accepted') throw new Error(said);
  return desk;
}
