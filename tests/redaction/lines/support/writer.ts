import type { TestFont } from './fonts.ts';

/** How a text is set: a font, its size in points, pair kerning, and the tremble of word processors (thousandths of an em). */
export interface Setup { readonly font: TestFont; readonly size: number; readonly kerning: boolean; readonly jitter: 0 | 3 | 6 }

export interface Style { readonly size?: number; readonly rise?: number; readonly charSpace?: number; readonly wordSpace?: number; readonly scale?: number; readonly colour?: string; readonly matrix?: readonly [number, number, number, number]; readonly by?: 'word' | 'glyph' }

export interface Writer {
  readonly setup: Setup;
  /** Draws a text from x and gives where it ends. */
  readonly show: (text: string, x: number, y: number, style?: Style) => number;
  readonly width: (text: string, style?: Style) => number;
  /** Where a text must start to end at (right) or lie about (centre) a place, its tremble at that place included. */
  readonly startFor: (text: string, side: 'right' | 'centre', at: number) => number;
  readonly draw: (operators: string) => void;
  readonly content: () => string;
}

const pairs: Readonly<Record<string, number>> = { AV: 80, AT: 70, To: 60, Wa: 50, Te: 60, VA: 80, TO: 20, ey: 10, 'y,': 60, 'r.': 50, 'e,': 5, LT: 60, Av: 40, rl: -5 };

/** Writes text operators as word processors do. Names hold no backslashes. */
export function writer(setup: Setup): Writer {
  const parts: string[] = [];
  const show = (text: string, x: number, y: number, style: Style = {}) => {
    const full = { ...plain, size: setup.size, ...style };
    let at = x;
    for (const piece of piecesOf(text, style.by)) {
      const { array, end } = shapeText(setup, piece, at, full);
      const place = style.matrix === undefined ? `${rounded(at, style.by)} ${rounded(y + full.rise, style.by)}` : `${x} ${y}`;
      parts.push(`BT /F1 ${full.size} Tf ${full.colour} ${full.charSpace} Tc ${full.wordSpace} Tw ${full.scale} Tz ${full.matrix.join(' ')} ${place} Tm [${array}] TJ ET`);
      at = end;
    }
    return at;
  };
  return {
    setup, show, width: (text, style = {}) => shapeText(setup, text, 0, { ...plain, size: setup.size, ...style }).end,
    startFor: (text, side, at) => {
      const share = side === 'right' ? 1 : 0.5;
      let x = at;
      // The tremble depends on the place, so the place is found by trying.
      for (let turn = 0; turn < 8; turn++) x = at - share * (shapeText(setup, text, x, { ...plain, size: setup.size }).end - x);
      return x;
    },
    draw: operators => { parts.push(`q ${operators} Q`); },
    content: () => parts.join('\n'),
  };
}

const upright: readonly number[] = [1, 0, 0, 1];
const plain = { rise: 0, charSpace: 0, wordSpace: 0, scale: 100, colour: '0 g', matrix: upright };

function piecesOf(text: string, by: Style['by']): string[] {
  return by === 'glyph' ? Array.from(text) : by === 'word' ? text.split(/(?<= )/) : [text];
}

/** Writers that place each word or glyph on its own round to a grid. */
function rounded(value: number, by: Style['by']): number {
  return Number(value.toFixed(by === 'word' ? 2 : by === 'glyph' ? 1 : 4));
}

function shapeText(setup: Setup, text: string, x: number, style: { size: number; charSpace: number; wordSpace: number; scale: number }): { array: string; end: number } {
  const { size, charSpace, wordSpace } = style;
  const scale = style.scale / 100;
  let array = '';
  let run = '';
  let at = x;
  for (const [index, letter] of Array.from(text).entries()) {
    run += letter === '(' || letter === ')' ? `\\${letter}` : letter;
    at += ((setup.font.widths.get(letter.charCodeAt(0)) ?? 500) * size / 1000 + charSpace + (letter === ' ' ? wordSpace : 0)) * scale;
    const adjust = adjustment(setup, letter, text[index + 1], at);
    if (adjust === 0) continue;
    array += `(${run}) ${adjust} `;
    run = '';
    at -= adjust * size / 1000 * scale;
  }
  return { array: `${array}(${run})`, end: at };
}

function adjustment(setup: Setup, letter: string, next: string | undefined, at: number): number {
  if (next === undefined) return 0;
  const tremble = setup.jitter === 0 ? 0 : (Math.floor(at * 13.7) % 3 - 1) * setup.jitter;
  return (setup.kerning ? pairs[letter + next] ?? 0 : 0) + tremble;
}
