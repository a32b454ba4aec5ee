import type { Birth } from '../clock/age.ts';
import { readInstant, readLocal } from '../clock/localInput.ts';
import { must, wrong, type FieldFailure } from '../person/fieldFailure.ts';
import type { PersonName } from '../person/parts.ts';
import { cut, lengths, scrubbed, textFailures } from '../person/text.ts';
import { flagCode, missingFrom, type FlagCode, type MissingFrom, type RiskLevel } from '../terms.ts';
import type * as z from 'zod';
import type { reassess } from './imported.ts';
import { readRiskLabel } from './legacyRisk.ts';
import { instantIn, readBirth, type Read } from './readParts.ts';
import { namesOf, phoneOf } from './readReport.ts';


type Reassess = z.output<typeof reassess>;

export interface ImportRecord {
  readonly line: number;
  readonly kind: 'OPEN_CASE' | 'PAST_EPISODE';
  readonly legacyRef: string;
  readonly personRef: string;
  readonly reportedAt: string;
  readonly names: readonly PersonName[];
  readonly dob?: Birth;
  readonly risk: RiskLevel;
  readonly riskAsWritten: string;
  readonly reassess: readonly Reassess[];
  readonly lastSeenAt?: string;
  readonly missingFrom?: MissingFrom;
  readonly flags: readonly FlagCode[];
  readonly phone?: string;
  readonly informantPhone?: string;
  readonly foundAt?: string;
  /** Further text by the name of its column. */
  readonly texts: Readonly<Record<string, string>>;
}

const objectId = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

type Cells = Readonly<Record<string, string>>;
const cellOf = (cells: Cells, name: string): string => scrubbed(cells[name] ?? '');
const textColumns = {
  lastSeenPlace: lengths.short, circumstances: lengths.circumstances, placement: lengths.short, laResponsible: lengths.short, informantName: lengths.short, ownerUserId: 100, foundWhere: lengths.short, withWhom: lengths.short, harm: lengths.long,
} as const;

/** One row as a record, or every failure at its column. */
export function readImportRow(line: number, cells: Cells, now: string): { readonly record?: ImportRecord; readonly failures: readonly FieldFailure[] } {
  const head = headOf(cells);
  const reported = timeIn(cells, 'reportedAt', { now });
  const seen = timeIn(cells, 'lastSeenAt', { now, ...(reported.value !== undefined && { reportedAt: reported.value }) });
  const found = timeIn(cells, 'foundAt', { now });
  const birth = readBirth({ dob: isoDate(cellOf(cells, 'dob')), age: cellOf(cells, 'age') }, { now, reportedAt: reported.value ?? now });
  const risk = readRiskLabel(cellOf(cells, 'risk'));
  const phones = (['phone', 'informantPhone'] as const).map(name => [name, phoneOf(name, cells[name])] as const);
  const texts = textsOf(cells);
  const failures = [
    ...head.failures, ...reported.failures, ...birth.failures, ...riskFailures(risk), ...seen.failures, ...found.failures, ...phones.flatMap(([, { failures: of }]) => of), ...listFailures(cells), ...texts.failures,
    ...endFailures(head.kind, cells, reported.value, found.value),
  ];
  const { kind } = head;
  if (failures.length > 0 || kind === undefined || !risk || reported.value === undefined) return { failures };
  const place = missingFrom.safeParse(cellOf(cells, 'missingFrom')).data;
  return {
    failures,
    record: {
      line, kind, legacyRef: cellOf(cells, 'legacyRef'), personRef: cellOf(cells, 'personRef'), reportedAt: reported.value, names: namesIn(cells), risk: risk.level, riskAsWritten: cellOf(cells, 'risk').slice(0, 400), flags: flagsOf(cells).known, texts: texts.value,
      reassess: reassessOf(kind, risk.isLegacy, birth.value), ...(birth.value && { dob: birth.value }), ...(seen.value !== undefined && { lastSeenAt: seen.value }), ...(place && { missingFrom: place }), ...(found.value !== undefined && { foundAt: found.value }),
      ...Object.fromEntries(phones.flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]]))),
    },
  };
}

function headOf(cells: Cells): { readonly kind: ImportRecord['kind'] | undefined; readonly failures: FieldFailure[] } {
  const typed = cellOf(cells, 'kind');
  const kind = typed === 'OPEN_CASE' || typed === 'PAST_EPISODE' ? typed : undefined;
  const failures = [
    ...must(kind !== undefined, 'kind', 'This is OPEN_CASE or PAST_EPISODE.', '15.4'),
    ...['legacyRef', 'personRef'].flatMap(name => must(/^[^\n\t]{1,100}$/.test(cellOf(cells, name)), name, 'A reference of 1 to 100 characters is needed.', '15.4')),
    ...must(namesIn(cells).length > 0, 'givenName', 'A name is needed.', '15.4'),
  ];
  return { kind, failures };
}

function namesIn(cells: Cells): PersonName[] {
  return namesOf(name => cut(cells[name], lengths.name));
}

function isoDate(text: string): string {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  return year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** `25/11/2026 14:30` of London, or ISO 8601 with an offset; in the hour that happens twice only the latter is clear. */
function timeIn(cells: Cells, field: string, context: { readonly now: string; readonly reportedAt?: string }): Read<string> {
  const typed = cellOf(cells, field);
  if (typed === '') return { failures: [] };
  const [, date, time] = /^(\d{1,2}\/\d{1,2}\/\d{4}) (\d\d:\d\d)(?::\d\d)?$/.exec(typed) ?? [];
  return instantIn(date === undefined || time === undefined ? readInstant(typed, context) : readLocal({ date: isoDate(date), time }, context), field);
}

function riskFailures(risk: ReturnType<typeof readRiskLabel>): FieldFailure[] {
  return must(risk !== undefined, 'risk', 'This label is not known: write VERY_LOW, LOW, MEDIUM or HIGH.', '0.2.1');
}

function flagsOf(cells: Cells): { readonly known: FlagCode[]; readonly isAllKnown: boolean } {
  const typed = cellOf(cells, 'flags').split(';').map(flag => flag.trim().toUpperCase()).filter(flag => flag !== '');
  const known = [...new Set(typed.flatMap(flag => flagCode.safeParse(flag).data ?? []))];
  return { known, isAllKnown: typed.every(flag => flagCode.safeParse(flag).success) };
}

function listFailures(cells: Cells): FieldFailure[] {
  const place = cellOf(cells, 'missingFrom');
  return [
    ...must(flagsOf(cells).isAllKnown, 'flags', 'One of these flags is not known.', '3.6'),
    ...must(place === '' || missingFrom.safeParse(place).success, 'missingFrom', 'This is not one of the places of 3.1.', '3.1'),
  ];
}

/** A past episode ended, an open case did not. */
function endFailures(kind: ImportRecord['kind'] | undefined, cells: Cells, reportedAt: string | undefined, foundAt: string | undefined): FieldFailure[] {
  const isFilled = cellOf(cells, 'foundAt') !== '';
  return [
    ...must(cellOf(cells, 'reportedAt') !== '', 'reportedAt', 'When it was reported is needed.', '15.4'),
    ...must(kind !== 'PAST_EPISODE' || isFilled, 'foundAt', 'A past episode needs when the person was found.', '15.4'),
    ...must(kind !== 'OPEN_CASE' || !isFilled, 'foundAt', 'An open case has no time of being found.', '15.4'),
    ...must(kind !== 'OPEN_CASE' || cellOf(cells, 'ownerUserId') !== '', 'ownerUserId', 'An open case has one owner at every moment: say who.', 'I2'),
    ...must(cellOf(cells, 'ownerUserId') === '' || objectId.test(cellOf(cells, 'ownerUserId')), 'ownerUserId', 'Give the owner by the object id of the account, or nobody can be shown the card.', 'I2'),
    ...reportedAt !== undefined && foundAt !== undefined && Date.parse(foundAt) < Date.parse(reportedAt) ? [wrong('foundAt', 'The person was found before the report.', '15.4')] : [],
  ];
}

function textsOf(cells: Cells): { readonly value: Record<string, string>; readonly failures: FieldFailure[] } {
  const given = Object.entries(textColumns).map(([name, max]) => ({ name, max, text: cellOf(cells, name) })).filter(({ text }) => text !== '');
  return { value: Object.fromEntries(given.map(({ name, text }) => [name, text])), failures: given.flatMap(({ name, max, text }) => textFailures(name, text, max)) };
}

/** Nobody here has assessed an open case that comes from elsewhere, whatever its label. */
function reassessOf(kind: ImportRecord['kind'], isLegacy: boolean, dob: Birth | undefined): Reassess[] {
  if (kind === 'PAST_EPISODE') return [];
  return ['IMPORTED', ...(isLegacy ? ['LEGACY_RISK_LABEL' as const] : []), ...(dob ? [] : ['AGE_NOT_KNOWN' as const])];
}
