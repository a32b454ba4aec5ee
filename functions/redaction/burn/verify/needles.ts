import type { Needle } from '../job.ts';

/** A redacted string in the shapes that a search of the finished file uses. Written apart from the finder's folding, on purpose. */
export interface Hunted {
  readonly allowed: number;
  /** True for a piece of text that a finder or a person chose: `Ian` is not in `Librarian`. A literal term is forbidden anywhere. */
  readonly isWhole: boolean;
  /** Lower case, compatibility forms, single spaces. */
  readonly plain: string;
  /** Letters and digits only, no accents. */
  readonly bare: string;
  readonly bytes: readonly Buffer[];
}

/** From this many characters a chance find in compressed bytes is out of the question (below 1 in 10^6 a document). */
const shortestInBytes = 6;

export function prepareNeedles(needles: readonly Needle[]): Hunted[] {
  return needles.map(({ text, allowed, isWhole }) => {
    const plain = plainFold(text);
    return { allowed, isWhole, plain, bare: bareFold(text), bytes: byteForms(text) };
  }).filter(hunted => hunted.bare !== '');
}

/** First folding: as a person would type it. */
export function plainFold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll(/[\u2018\u2019\u02bc]/g, "'").replaceAll(/[\u201c\u201d]/g, '"')
    .replaceAll(/[\u00ad\u200b-\u200f\u2060\ufeff\ufffe]/g, '').replaceAll('\u0002', '').replaceAll(/-\s*\n\s*/g, '').replaceAll(/\s+/gu, ' ').trim();
}

/** Second folding: only letters and digits, so that spacing, hyphens and signs do not hide a word; single letters in a row are joined. */
export function bareFold(text: string): string {
  const words = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toUpperCase().replaceAll(/-\s*\n\s*/g, '').split(/\s+/u)
    .map(word => word.replaceAll(/[^\p{L}\p{N}]/gu, '')).filter(word => word !== '');
  return words.join(' ').replaceAll(/(?<=(?:^| )[\p{L}\p{N}]) (?=[\p{L}\p{N}](?: |$))/gu, '');
}

/** How often a needle stands in a text by the folding that finds it more often. */
export function countIn(text: { plain: string; bare: string }, hunted: Hunted): number {
  return Math.max(occurrences(text.plain, hunted.plain, hunted.isWhole), occurrences(text.bare, hunted.bare, hunted.isWhole));
}

const inWord = /[\p{L}\p{N}]/u;

function occurrences(text: string, part: string, isWhole: boolean): number {
  let count = 0;
  for (let at = part === '' ? -1 : text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) {
    if (!isWhole || (!inWord.test(text.charAt(at - 1)) && !inWord.test(text.charAt(at + part.length)))) count += 1;
  }
  return count;
}

/** ASCII or UTF-8, UTF-16 both ways and hex, each as written, in lower and in upper case. */
function byteForms(text: string): Buffer[] {
  if (text.length < shortestInBytes) return [];
  const cases = [...new Set([text, text.toLowerCase(), text.toUpperCase()])];
  return cases.flatMap(each => {
    const little = Buffer.from(each, 'utf16le');
    const big = Buffer.from(little).swap16();
    const plain = [Buffer.from(each, 'utf8'), Buffer.from(each, 'latin1'), little, big];
    return [...plain, ...plain.flatMap(bytes => [Buffer.from(bytes.toString('hex')), Buffer.from(bytes.toString('hex').toUpperCase())])];
  });
}

/** True when any byte form of a needle stands in some bytes. */
export function standsIn(bytes: Uint8Array, hunted: Hunted): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return hunted.bytes.some(form => buffer.includes(form));
}
