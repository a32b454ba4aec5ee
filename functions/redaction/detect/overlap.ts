import type { Candidate } from './types.ts';

/**
 * One span a character: terms first, then what is sure, then longest, then best score; a span that loses keeps what is left of it.
 * So no character that an `auto` candidate covered is left uncovered, whatever overlapped. Returns spans in text order.
 */
export function resolveOverlap(candidates: readonly Candidate[], text: string): Candidate[] {
  const kept: Candidate[] = [];
  for (const candidate of candidates.toSorted(byRank)) {
    for (const part of uncovered(candidate, kept)) {
      const trimmed = trim(part, text);
      if (trimmed) insert(kept, trimmed);
    }
  }
  return kept;
}

function byRank(a: Candidate, b: Candidate): number {
  return rank(b) - rank(a) || (b.end - b.start) - (a.end - a.start) || Number(b.source === 'rule') - Number(a.source === 'rule') || b.score - a.score || a.start - b.start || compareText(a.rule, b.rule);
}

const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Terms are a person's order; a passed check digit beats a longer guess. */
function rank(candidate: Candidate): number {
  if (candidate.source === 'term') return 3;
  if (candidate.action === 'review') return 0;
  return candidate.score >= 0.95 && isIdentifier(candidate) ? 2 : 1;
}

const identifiers = new Set([
  'NHS_NUMBER', 'NINO', 'DRIVING_LICENCE', 'MRZ', 'UTR', 'PNC_ID', 'CRO_NUMBER', 'ASN', 'CARD', 'IBAN', 'CRYPTO_WALLET', 'VIN', 'IMEI', 'ICCID', 'EMAIL',
]);
const isIdentifier = (candidate: Candidate): boolean => identifiers.has(candidate.type);

/** The parts of a candidate that no kept span covers; `kept` is sorted by start. */
function uncovered(candidate: Candidate, kept: readonly Candidate[]): Candidate[] {
  const parts: Candidate[] = [];
  let from = candidate.start;
  for (let i = firstEndingAfter(kept, candidate.start); i < kept.length; i++) {
    const other = kept[i];
    if (!other || other.start >= candidate.end) break;
    if (other.start > from) parts.push({ ...candidate, start: from, end: other.start });
    from = Math.max(from, other.end);
  }
  if (from < candidate.end) parts.push({ ...candidate, start: from });
  return parts;
}

/** Drops blanks and punctuation that a cut left at the ends; nothing without a letter or digit is a span. */
function trim(part: Candidate, text: string): Candidate | null {
  const value = text.slice(part.start, part.end);
  if (!/[\p{L}\p{N}]/u.test(value)) return part.source === 'term' ? part : null;
  const lead = /^[\s,;:]*/.exec(value)?.[0].length ?? 0;
  const tail = /[\s,;:]*$/.exec(value)?.[0].length ?? 0;
  return { ...part, start: part.start + lead, end: part.end - tail };
}

function insert(kept: Candidate[], candidate: Candidate): void {
  kept.splice(firstEndingAfter(kept, candidate.start), 0, candidate);
}

function firstEndingAfter(kept: readonly Candidate[], at: number): number {
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((kept[middle]?.end ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
