import type { Memory } from './memory.ts';
import type { Candidate } from './types.ts';

/** Letters and digits of a text in capitals, with where each stood: `at[i]` is the offset of `key.charAt(i)`. */
interface Solid {
  readonly key: string;
  readonly at: readonly number[];
}

/** Every other occurrence of the memory's identifiers, whatever parts their characters; never within a longer word or number. */
export function recallValues(memory: Memory, text: string): Candidate[] {
  if (memory.values.length === 0) return [];
  const solid = solidOf(text);
  return memory.values.flatMap(value => occurrences(solid, value.key, text).map(({ start, end }): Candidate =>
    ({ start, end, type: value.type, role: value.role, source: 'memory', rule: 'memory.value', score: 0.9, action: 'auto' })));
}

function solidOf(text: string): Solid {
  const parts: string[] = [];
  const at: number[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}]/gu)) {
    // A capital may be two letters (ß, ŉ): every unit keeps the offset of its letter.
    const capital = match[0].toUpperCase();
    parts.push(capital);
    for (let i = 0; i < capital.length; i++) at.push(match.index);
  }
  return { key: parts.join(''), at };
}

function occurrences(solid: Solid, key: string, text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let i = solid.key.indexOf(key); i >= 0; i = solid.key.indexOf(key, i + key.length)) {
    const start = solid.at[i] ?? 0;
    const lastAt = solid.at[i + key.length - 1] ?? 0;
    const end = lastAt + ((text.codePointAt(lastAt) ?? 0) > 0xFFFF ? 2 : 1);
    const isTight = end - start <= key.length * 2 + 6;
    const isWhole = !/[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, start - 2), start)) && !/^[\p{L}\p{M}\p{N}]/u.test(text.slice(end, end + 2));
    if (isTight && isWhole) found.push({ start, end });
  }
  return found;
}
