import * as z from 'zod';
import { canonicalJson } from '../../../../shared/domain/canonical.ts';
import type { NoticeFacts } from './facts.ts';
import { fieldName, fields, tellableCondition, type FieldName } from './fields.ts';
import { allowedFields, rowOf, wordingOf } from './lookup.ts';
import { ukmpuCsv } from './ukmpu/csv.ts';
import type { UkmpuRow } from './ukmpu/row.ts';
import { channel, noticeNumber, type Channel, type NoticeNumber, type RecipientKind, type Variant } from './words.ts';

/** What goes out, and nothing else does. `reference` is for the text message's template; `fields` are the names that stand in it. */
export const payload = z.strictObject({
  n: noticeNumber, channel, subject: z.string().min(1).max(200), lines: z.array(z.string().max(4_000)).max(600), fields: z.array(fieldName), reference: z.string().max(40).optional(),
  attachment: z.strictObject({ name: z.string().regex(/^[\w-]+\.csv$/), mediaType: z.literal('text/csv; charset=utf-8'), text: z.string() }).optional(),
});
export type Payload = z.infer<typeof payload>;

export interface Destination {
  readonly variant: Variant;
  readonly kind: RecipientKind;
  readonly channel: Channel;
  /** C22: they heard "found" from us before. */
  readonly isCorrection?: boolean;
}

/** The first line of a message that takes "found" back; ours, and the same for everybody. */
const correction = 'We told you that this person was located. That was wrong: the person is still missing.';

/** The only words of a text message to an informant (N15): no name, no status, no place, and never a death. */
export const informantText = (caseRef: string): string => `Please call 101 ref ${caseRef}`;

/**
 * The message of one notice for one kind of recipient: of all facts only those that the row's allow-list names leave (I6, 6.1), each on one line of its own. A text message has the fixed words alone.
 * A death's place and condition are told to the coroner only until the SIO releases them (S15). Throws RangeError when the row has no such variant.
 */
export function buildPayload(n: NoticeNumber, facts: NoticeFacts, to: Destination): Payload {
  return payloadOf(n, facts, to, allowedFields(n, to.variant, to.kind));
}

/** `buildPayload` with the allow-list as an argument, which is what tests break on purpose. */
export function payloadOf(n: NoticeNumber, facts: NoticeFacts, to: Destination, allowed: readonly FieldName[]): Payload {
  const wording = wordingOf(n, to.variant);
  if (wording === undefined) throw new RangeError(`${n} has no variant ${to.variant}`);
  if (to.channel === 'NOTIFY_SMS') return { n, channel: to.channel, subject: 'Text message', lines: [informantText(oneLine(facts.caseRef))], fields: ['caseRef'], reference: oneLine(facts.caseRef) };
  const seen = n === 'N13' ? { ...facts, isDeathReleased: true } : facts;
  const told = allowed.flatMap(name => {
    const lines = linesOf(name, seen);
    return lines.length === 0 ? [] : [{ name, lines }];
  });
  const file = allowed.includes('ukmpuRow') ? seen.ukmpu : undefined;
  return {
    n, channel: to.channel, subject: subjectOf(n, facts, allowed), lines: [...(to.isCorrection === true ? [correction] : []), wording.opening, ...told.flatMap(one => one.lines)], fields: [...told.map(one => one.name), ...(file ? ['ukmpuRow' as const] : [])],
    ...(file && { attachment: attachmentOf(file, seen) }),
  };
}

/** The text over which `payloadHash` is taken (SHA-256): the hash is kept with the notice, the payload in the restricted store (6.2). */
export const payloadText = (one: Payload): string => canonicalJson(one);

const subjectOf = (n: NoticeNumber, facts: NoticeFacts, allowed: readonly FieldName[]): string => (allowed.includes('caseRef') ? `${rowOf(n).title} ${oneLine(facts.caseRef)}`.slice(0, 200) : rowOf(n).title);

function linesOf(name: FieldName, facts: NoticeFacts): string[] {
  const { label, read } = fields[name];
  const value = read(facts);
  if (value === undefined) return [];
  if (name === 'digest' && typeof value === 'object') return value.map(row => oneLine(row));
  const text = oneLine(typeof value === 'object' ? value.join(', ') : String(value));
  return text === '' ? [] : [`${label}: ${text}`];
}

/** A value stays on its line: a name with a line end in it must not look like a line of ours. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

function attachmentOf(row: UkmpuRow, facts: NoticeFacts): NonNullable<Payload['attachment']> {
  const { located_condition: known, ...rest } = row;
  const condition = tellableCondition(facts, known);
  const shown = condition === undefined ? rest : { ...rest, located_condition: condition };
  return { name: `${row.case_ref.replace(/[^\w-]+/gu, '-')}-${row.submission}.csv`, mediaType: 'text/csv; charset=utf-8', text: ukmpuCsv([shown]) };
}
