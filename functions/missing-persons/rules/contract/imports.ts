import * as z from 'zod';
import type { Operation } from '../../../../shared/http/operation.ts';
import { operationStatusFields } from '../../../../shared/domain/operationStatus.ts';
import { exampleId } from '../bodies/fields.ts';
import { commandRoles } from '../machine/commands.ts';
import { listQuery } from '../../schemas.ts';
import { command, look, paged, read, tokens } from './base.ts';

const who = tokens(commandRoles.ImportCase);
const importId = z.string().regex(/^[a-z2-7]{26}$/).meta({ description: 'The import.', example: exampleId });
const params = z.strictObject({ importId });
const count = (description: string, example: number) => z.int().meta({ description, example });
const word = (description: string, example: string) => z.string().meta({ description, example });
/** Some 1.5 KB a row for the most rows that a file may have. */
const body = { file: true, contentTypes: ['text/csv', 'application/octet-stream'], maxBytes: 8 * 1024 * 1024, description: 'The file as CSV UTF-8, with the columns of the import in its first row.' } as const;

const row = z.strictObject({
  line: count('Line of the file on which the row begins.', 2), result: word('What became of it, or would: WOULD_MAKE, MADE, KNOWN or REFUSED.', 'REFUSED'), column: word('The column that is wrong; empty for the whole row.', 'dob'), code: word('A stable code.', 'FIELD_INVALID'),
  why: word('What to do about it.', 'Enter a real date.'), recordId: word('The record, if there is one.', exampleId), ref: word('Its reference.', 'MP/CHS/2026/000123'),
}).meta({ id: 'MissingImportRow', description: 'What became of a row of the file, or one thing that is wrong with it.' });
const report = z.strictObject({
  rows: count('Rows of the file.', 120), wouldMake: count('Records that would be made.', 110), known: count('Rows that were imported before.', 8), refused: count('Rows with something wrong.', 2), openCases: count('Right rows that are open cases.', 12), pastEpisodes: count('Right rows that are past episodes.', 106),
  persons: count('Persons of the right rows.', 60), legacyLabels: count('Open cases with a level of old guidance.', 3), agesNotKnown: count('Open cases without an age.', 1), value: z.array(row).meta({ description: 'The rows in the order of the file.' }),
}).meta({ id: 'MissingImportReport', description: 'What an import of the file would do.' });
const run = z.strictObject({
  importId, at: word('When it began.', '2026-11-24T09:30:00.000Z'), by: word('Who began it, an Entra object id.', '00000000-0000-4000-8000-000000000040'), status: word('RUNNING, DONE or FAILED.', 'RUNNING'), rows: count('Rows of the file.', 120), done: count('Rows that were worked off.', 40),
  made: count('Records that it made.', 36), known: count('Rows that were imported before.', 3), refused: count('Rows with something wrong.', 1), endedAt: z.string().optional().meta({ description: 'When it ended.', example: '2026-11-24T09:31:00.000Z' }), code: z.string().optional().meta({ description: 'Why it failed.', example: 'file-gone' }),
}).meta({ id: 'MissingImport', description: 'An import and how far it is.' });
const accepted = z.strictObject({ ...operationStatusFields, importId: importId.optional() }).meta({ id: 'MissingImportAccepted', description: 'The import has begun.' });
const list = z.strictObject({ value: z.array(run).meta({ description: 'Imports, newest first.' }), nextLink: z.string().optional().meta({ description: 'The next page, if there is one.', example: 'https://back-end.example.test/api/missing-imports?after=x' }) }).meta({ id: 'MissingImportList', description: 'A page of imports.' });

/** Import of open cases and past episodes from the system before this one (15.4). */
export const checkImport = {
  ...look, operationId: 'CheckMissingImport', route: 'api/missing-import-checks', who, summary: 'Try an import without making anything', description: 'Says row by row what is wrong or would be made; nothing is written.', body, reply: report,
} as const satisfies Operation;
export const startImport = {
  ...command, operationId: 'StartMissingImport', route: 'api/missing-imports', who, audit: 'collection', summary: 'Import cases of the old system', visibility: 'advanced', description: 'Makes a record of each right row in the background; a file that is sent again makes nothing twice.', body, reply: accepted,
} as const satisfies Operation;
export const listImports = { ...read, ...paged, operationId: 'ListMissingImports', route: 'api/missing-imports', who, summary: 'List the imports', description: 'Lists imports, newest first.', query: listQuery, reply: list, visibility: 'advanced' } as const satisfies Operation;
export const getImport = { ...read, operationId: 'GetMissingImport', route: 'api/missing-imports/{importId}', who, summary: 'Get how far an import is', description: 'Counts the rows that were made, known and refused so far.', params, reply: run } as const satisfies Operation;
export const exportImport = {
  ...read, operationId: 'ExportMissingImport', route: 'api/missing-imports/{importId}/file', who, summary: 'Get what became of every row', description: 'Gives a CSV file with the record or the faults of each row; it repeats nothing of the file that was sent.', params, visibility: 'advanced',
  reply: { file: true, contentTypes: ['text/csv'], maxBytes: 32 * 1024 * 1024, description: 'One row for each record made and each fault found.' },
} as const satisfies Operation;

export const operations: readonly Operation[] = [checkImport, startImport, listImports, getImport, exportImport];
