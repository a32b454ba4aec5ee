import { NotOurForm } from './readFinished.ts';

/** A string of the text layer and where it starts: points from the lower left corner. `advance` is the width of one character. */
export interface LayerString {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly advance: number;
  readonly cos: number;
  readonly sin: number;
}

const picture = /^q [0-9.]+ 0 0 [0-9.]+ 0 0 cm \/P Do Q$/;
const line = /^\/T ([0-9]+) Tf ([0-9]+) Tz (-?[0-9.]+) (-?[0-9.]+) (-?[0-9.]+) (-?[0-9.]+) (-?[0-9.]+) (-?[0-9.]+) Tm <((?:[0-9a-f]{4})+)> Tj$/;

/** The strings of a page's operators; throws when there is any operator besides one picture and invisible text. */
export function layerStrings(operators: string): LayerString[] {
  const rows = operators.split('\n').filter(row => row !== '');
  if (!picture.test(rows[0] ?? '')) throw new NotOurForm('a page draws more than its picture');
  if (rows.length === 1) return [];
  if (rows[1] !== 'BT 3 Tr' || rows.at(-1) !== 'ET') throw new NotOurForm('the text layer has another form');
  return rows.slice(2, -1).map(row => {
    const match = line.exec(row);
    if (match === null) throw new NotOurForm('the text layer has another operator');
    const [size = 0, stretch = 0, cos = 0, , sin = 0, , x = 0, y = 0] = match.slice(1, 9).map(Number);
    return { text: unhex(match[9] ?? ''), x, y, size, advance: 0.5 * size * stretch / 100, cos, sin };
  });
}

function unhex(digits: string): string {
  let text = '';
  for (let at = 0; at < digits.length; at += 4) text += String.fromCharCode(Number.parseInt(digits.slice(at, at + 4), 16));
  return text;
}
