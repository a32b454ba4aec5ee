import * as z from 'zod';
import { wordsOf } from './fold.ts';
import { role, spanType, type Candidate, type SpanType } from './types.ts';
import { functionWords, titles } from './words.ts';

/**
 * What a bundle has learnt: names and identifiers found for sure in one document, so that every other occurrence is found too.
 * It is personal data itself: keep it with the bundle and for as long.
 */
export const memory = z.strictObject({
  version: z.literal(1),
  /** Folded words of each name in the order written; single letters are initials. */
  names: z.array(z.strictObject({ words: z.array(z.string().min(1)).min(1), type: spanType.extract(['PERSON', 'OFFICER']), role })).readonly(),
  /** Letters and digits, in capitals, of identifiers and contacts. */
  values: z.array(z.strictObject({ key: z.string().min(6), type: spanType, role })).readonly(),
});
export type Memory = z.infer<typeof memory>;
export type Name = Memory['names'][number];

export const emptyMemory: Memory = { version: 1, names: [], values: [] };

/** Types whose text is the same wherever it stands; dates, ages and lexicon words are not. */
const remembered: ReadonlySet<SpanType> = new Set<SpanType>([
  'PHONE', 'EMAIL', 'HANDLE', 'MESSAGING_ID', 'ADDRESS', 'POSTCODE', 'UPRN', 'WHAT3WORDS', 'DATE_OF_BIRTH', 'NHS_NUMBER', 'NINO', 'DRIVING_LICENCE', 'PASSPORT', 'UTR',
  'IMMIGRATION_ID', 'NATIONAL_ID', 'PNC_ID', 'CRO_NUMBER', 'ASN', 'CRIME_REFERENCE', 'CUSTODY_REFERENCE', 'URN', 'NOMIS_NUMBER', 'CRN', 'HOME_OFFICE_REFERENCE', 'CARD',
  'BANK_ACCOUNT', 'IBAN', 'CRYPTO_WALLET', 'VRM', 'VIN', 'IMEI', 'IMSI', 'ICCID', 'MAC_ADDRESS', 'IP_ADDRESS', 'SERIAL_NUMBER', 'WARRANT_NUMBER',
]);

/** The memory with what `candidates` (offsets of `text`) show for sure; only `auto` ones teach. Keeps the first role that is known. */
export function learn(known: Memory, candidates: readonly Candidate[], text: string): Memory {
  const names = new Map(known.names.map(name => [`${name.type} ${name.words.join(' ')}`, name]));
  const values = new Map(known.values.map(value => [value.key, value]));
  for (const candidate of candidates) {
    if (candidate.action !== 'auto') continue;
    const value = text.slice(candidate.start, candidate.end);
    if (candidate.type === 'PERSON' || candidate.type === 'OFFICER') {
      const words = nameWords(value);
      if (words.length > 0) put(names, `${candidate.type} ${words.join(' ')}`, { words, type: candidate.type, role: candidate.role });
    } else if (remembered.has(candidate.type)) {
      const key = valueKey(value);
      if (key.length >= 6) put(values, key, { key, type: candidate.type, role: candidate.role });
    }
  }
  return { version: 1, names: [...names.values()], values: [...values.values()] };
}

function put<V extends { role: Candidate['role'] }>(into: Map<string, V>, key: string, value: V): void {
  const old = into.get(key);
  if (!old || old.role === 'unknown') into.set(key, value);
}

/** The folded words of a name without titles, ranks and numbers; `SMITH, John` becomes john smith. */
export function nameWords(value: string): string[] {
  const [head = '', rest] = value.split(', ');
  const ordered = rest === undefined ? value : `${rest} ${head}`;
  const words = wordsOf(ordered).map(word => word.key).filter(key => !titles.has(key) && !functionWords.has(key) && !/\d/.test(key) && key !== '');
  return words.some(word => word.length > 1) ? words : [];
}

/** Letters and digits in capitals: how a remembered value is compared, whatever parts it. */
export const valueKey = (value: string): string => value.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
