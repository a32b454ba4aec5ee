import { role, sourceTag } from '../terms.ts';
import { fields, type FieldName } from './fields.ts';
import { isOutward } from './lookup.ts';
import { noticeTable, type NoticeRow, type Wording } from './table.ts';
import { dutyHolders, noticeNumber, recipientKind, variant, type RecipientKind } from './words.ts';

/**
 * Faults of the table of notices by name, looked for at the start (issue part 9): a number missing or twice, a row that nobody receives, a field that its own MUST NOT bars, free text or
 * intelligence on the way to an outside body, a task that `tasks` does not know, a source without a tag. Pass the template ids when they are at hand.
 */
export function checkNotices(tasks?: ReadonlySet<string>, table: readonly NoticeRow[] = noticeTable): string[] {
  const numbers = table.map(row => row.n);
  return [
    ...noticeNumber.options.filter(n => !numbers.includes(n)).map(n => `${n}: not in the table`),
    ...numbers.filter((n, at) => numbers.indexOf(n) !== at).map(n => `${n}: twice in the table`),
    ...table.flatMap(row => faultsOf(row, tasks).map(fault => `${row.n}: ${fault}`)),
  ];
}

function faultsOf(row: NoticeRow, tasks: ReadonlySet<string> | undefined): string[] {
  const named = row.deadline.kind === 'TASKS' || row.deadline.kind === 'HOURS' ? row.deadline.tasks : [];
  return [
    ...row.recipients.filter(kind => !recipientKind.options.includes(kind)).map(kind => `unknown recipient ${kind}`),
    ...(row.recipients.length === 0 ? ['no recipient'] : []),
    ...(row.channels.length === 0 ? ['no channel'] : []),
    ...(row.approval !== undefined && !role.options.includes(row.approval) ? [`unknown role ${row.approval}`] : []),
    ...(tasks === undefined ? [] : named.filter(id => !tasks.has(id)).map(id => `unknown task ${id}`)),
    ...(sourceTag.safeParse(row.source).success ? [] : ['source without a tag']),
    ...(row.isStoodDown && !/^N(?:0[2-9]|1[0-2])$/.test(row.n) ? ['only N02 to N12 are stood down (15.1 item 15)'] : []),
    ...wordingsOf(row).flatMap(([, wording]) => faultsOfWording(row, wording)),
    ...(wordingsOf(row).length === 0 ? ['says nothing'] : []),
  ];
}

const wordingsOf = (row: NoticeRow): [string, Wording][] => variant.options.flatMap(name => {
  const wording = row.wordings[name];
  return wording === undefined ? [] : [[name, wording] satisfies [string, Wording]];
});

function faultsOfWording(row: NoticeRow, wording: Wording): string[] {
  const also = recipientKind.options.flatMap(kind => (wording.mayAlso?.[kind] ?? []).map(name => ({ kind, name })));
  return [
    ...wording.may.filter(name => isBarred(row, name)).map(name => `${name} is allowed and barred`),
    ...also.filter(({ kind, name }) => isBarred(row, name) && !mayKnow(kind, name)).map(({ kind, name }) => `${name} is barred for ${kind}`),
    ...also.filter(({ kind }) => !row.recipients.includes(kind)).map(({ kind }) => `${kind} is no recipient`),
    ...(row.recipients.some(isOutward) ? [...wording.may, ...also.map(one => one.name)].filter(neverLeaves).map(name => `${name} never leaves`) : []),
  ];
}

const isBarred = (row: NoticeRow, name: FieldName): boolean => row.mustNot.includes(fields[name].sort);
/** N17: where and in what state is for duty-holders only. */
const mayKnow = (kind: RecipientKind, name: FieldName): boolean => dutyHolders.has(kind) && ['FOUND_PLACE', 'CONDITION'].includes(fields[name].sort);
/** Section 3: free text is never sent to an outside body; nor is intelligence, on any row. */
const neverLeaves = (name: FieldName): boolean => ['FREE_TEXT', 'INTELLIGENCE', 'INTERNAL'].includes(fields[name].sort);
