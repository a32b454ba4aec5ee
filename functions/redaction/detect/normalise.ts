/** A stretch of the normalised text that is not the original's: `size` units at `at` stand for `width` units at `from`. */
interface Change {
  readonly at: number;
  readonly size: number;
  readonly from: number;
  readonly width: number;
}

/** Takes offsets of the normalised text back to UTF-16 offsets of the original. */
export interface OffsetMap {
  readonly changes: readonly Change[];
}

export interface Normalised {
  readonly text: string;
  readonly map: OffsetMap;
}

const plain: Readonly<Record<string, string>> = {
  '\r': '\n', '\t': ' ', '\v': '\n', '\f': '\n', '\u0085': '\n', '\u2028': '\n', '\u2029': '\n',
  '‘': "'", '’': "'", '‚': "'", '‛': "'", '′': "'", '`': "'", '´': "'", 'ʼ': "'", 'ʹ': "'",
  '“': '"', '”': '"', '„': '"', '‟': '"', '″': '"', '«': '"', '»': '"',
  '‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-', '﹘': '-', '⁃': '-',
};

/** Soft hyphen, zero-width characters, joiners, direction marks and variation selectors: no ink, but they split every pattern. */
const inkless = /^(?:[\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]|\u034F|[\uFE00-\uFE0F])$/u;

/**
 * What differs from plain text: a hyphen that ends a line between two letters or digits, CRLF, and anything outside printable ASCII.
 * A word split over a line ("Wil-\nson") is joined; before a capital or a digit the hyphen is real and only the line end goes.
 */
const special = /(?<=[\p{L}\p{M}\d])[-\u2010\u2011\u00AD](?:\r\n|\n|\r)[ \t]{0,8}(?=[\p{L}\d])|\r\n|[^\n\x20-\x5F\x61-\x7E]/gu;

/**
 * Folds what only changes how text looks: NFKC a code point at a time, quotes, dashes, spaces, digits of other scripts, inkless characters,
 * line-end hyphens. Never search a folded copy without its map (redaction-detection.md 6.6): some foldings grow, some vanish.
 */
export function normalise(text: string): Normalised {
  const parts: string[] = [];
  const changes: Change[] = [];
  let read = 0;
  let at = 0;
  for (const match of text.matchAll(special)) {
    const from = match.index;
    const found = match[0];
    const folded = foldSpecial(found, text.charAt(from + found.length));
    if (folded === found) continue;
    parts.push(text.slice(read, from), folded);
    at += from - read;
    changes.push({ at, size: folded.length, from, width: found.length });
    at += folded.length;
    read = from + found.length;
  }
  parts.push(text.slice(read));
  return { text: parts.join(''), map: { changes } };
}

function foldSpecial(found: string, next: string): string {
  if (found === '\r\n') return '\n';
  if (/[\r\n]/.test(found) && found.length > 1) return /[\p{Lu}\d]/u.test(next) && !found.startsWith('\u00AD') ? '-' : '';
  if (inkless.test(found)) return '';
  const known = plain[found];
  if (known !== undefined) return known;
  if (/^\p{Nd}$/u.test(found)) return digitOf(found);
  const folded = found.normalize('NFKC');
  return plain[folded] ?? (/^\p{Zs}$/u.test(folded) ? ' ' : folded);
}

/** Decimal digits of every script stand in runs of ten that begin with zero; counting back to the run's start gives the value. */
function digitOf(character: string): string {
  const folded = character.normalize('NFKC');
  if (/^[0-9]$/.test(folded)) return folded;
  const code = character.codePointAt(0) ?? 0;
  for (let value = 0; value < 10; value++) {
    if (!/^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) return String(value);
  }
  // Runs that touch (mathematical digits) begin at a multiple of ten from the first; NFKC has already folded those.
  return folded;
}

/** Takes `[start, end)` of the normalised text (not empty) to the shortest stretch of the original that it stands for. */
export function toOriginal(map: OffsetMap, start: number, end: number): { start: number; end: number } {
  return { start: originalStart(map, start), end: originalEnd(map, end - 1) };
}

function originalStart(map: OffsetMap, at: number): number {
  const change = lastChangeAtOrBefore(map, at);
  if (!change) return at;
  return at < change.at + change.size ? change.from : change.from + change.width + at - change.at - change.size;
}

function originalEnd(map: OffsetMap, at: number): number {
  const change = lastChangeAtOrBefore(map, at);
  if (!change) return at + 1;
  return at < change.at + change.size ? change.from + change.width : change.from + change.width + at - change.at - change.size + 1;
}

function lastChangeAtOrBefore(map: OffsetMap, at: number): Change | undefined {
  let low = 0;
  let high = map.changes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((map.changes[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return map.changes[low - 1];
}
