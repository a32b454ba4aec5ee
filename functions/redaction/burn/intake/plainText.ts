import { isUtf8 } from 'node:buffer';
import { hasUtf16Mark } from './sniff.ts';

/** Decodes plain text: UTF-16 by its mark, else UTF-8, else Windows-1252 (what an old British system wrote). */
export function decodeText(bytes: Uint8Array): string {
  if (hasUtf16Mark(bytes)) return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes);
}

/** What a text became so that the fonts at hand can draw it; the counts go into the certificate. */
export interface Drawable {
  readonly text: string;
  /** Letters that lost an accent the fonts do not have (w circumflex becomes w). */
  readonly unaccented: number;
  /** Characters written as their code point, for instance <U+4E2D>. */
  readonly spelt: number;
}

/** Puts a text into the characters of the standard fonts (Windows-1252). Nothing is dropped silently: what has no glyph is spelt out. */
export function toDrawable(text: string): Drawable {
  const plain = text.normalize('NFC').replaceAll('\r\n', '\n').replaceAll('\r', '\n').replaceAll(/[\u200b-\u200f\u2060\ufeff]/g, '').replaceAll('\u001a', '');
  let unaccented = 0;
  let spelt = 0;
  const out = Array.from(plain, character => {
    if (character === '\n' || character === '\t' || character === '\f' || toWindows1252(character) !== undefined) return character;
    const base = withoutAccent(character);
    if (base !== undefined) {
      unaccented += 1;
      return base;
    }
    spelt += 1;
    return `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;
  });
  return { text: out.join(''), unaccented, spelt };
}

function withoutAccent(character: string): string | undefined {
  const base = strokeLetters.get(character) ?? character.normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return base !== '' && Array.from(base).every(part => toWindows1252(part) !== undefined) ? base : undefined;
}

const strokeLetters = new Map([['ł', 'l'], ['Ł', 'L'], ['đ', 'd'], ['Đ', 'D'], ['ħ', 'h'], ['ı', 'i'], ['‐', '-'], ['‑', '-'], ['−', '-'], ['‒', '–'], ['―', '—']]);

/** Windows-1252 bytes 0x80 to 0x9f; the other printable bytes are Latin-1. */
const upperHalf = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** The Windows-1252 byte that draws this character, or undefined. */
export function toWindows1252(character: string): number | undefined {
  const code = character.codePointAt(0) ?? 0;
  if ((code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff)) return code;
  const upper = code > 0xff ? upperHalf.indexOf(character) : -1;
  return upper >= 0 ? 0x80 + upper : undefined;
}
