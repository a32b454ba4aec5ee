import { writer, type Setup, type Style, type Writer } from './writer.ts';
import type { PageParts } from './pdf.ts';

/** A page with a name in it, of which everything but the name is fixed. */
export interface Layout { readonly id: string; readonly page: (setup: Setup, name: string) => PageParts; readonly outcome: 'reset' | 'boxed' }

const wide = [660, 300] as const;
const left = 60;
const top = 260;

const filler = [
  'The officer attended the address at about nine in the evening and', 'spoke with the occupants, who said that nothing had been heard since',
  'the morning. A search of the garden and of the garage was carried out', 'with their leave, and a note of it was made in the pocket book there.',
];

/** A paragraph whose third line holds the name; each line is drawn by `line`. */
function paragraph(w: Writer, text: readonly string[], line: (text: string, y: number, index: number) => void): void {
  const step = w.setup.size * 1.3;
  for (const [index, row] of text.entries()) line(row, top - index * step, index);
}

type Body = (w: Writer, name: string) => void;

function layout(id: string, body: Body, extra: { rotate?: number; outcome?: 'boxed' } = {}): Layout {
  return {
    id, outcome: extra.outcome ?? 'reset',
    page: (setup, name) => {
      const w = writer(setup);
      body(w, name);
      return { content: w.content(), size: wide, ...(extra.rotate !== undefined && { rotate: extra.rotate }) };
    },
  };
}

function lines(...middle: readonly string[]): readonly string[] {
  return [...filler.slice(0, 2), ...middle, ...filler.slice(2)];
}

const put = (text: string, name: string) => text.replaceAll('%', name);

function ragged(...middle: readonly string[]): Body {
  return (w, name) => paragraph(w, lines(...middle), (text, y) => w.show(put(text, name), left, y));
}

function styled(style: Style, text: string): Body {
  return (w, name) => paragraph(w, lines(text), (row, y) => w.show(put(row, name), left, y, style));
}

/** Justified to one width: by word space, letter space or glyph scaling. */
function justified(by: 'word' | 'letter' | 'scale', x = left, width = 420): Body {
  return (w, name) => {
    const text = width < 300
      ? ['At the address that evening the', 'officer found % there', 'and a note of it was made in the', 'pocket book before they left it.']
      : lines('evening, when % came out of the house and said');
    paragraph(w, text, (row, y) => {
      const words = put(row, name);
      const natural = w.width(words);
      const spaces = words.split(' ').length - 1;
      if (by === 'word') w.show(words, x, y, { wordSpace: (width - natural) / spaces });
      else if (by === 'letter') w.show(words, x, y, { charSpace: (width - natural) / words.length });
      else w.show(words, x, y, { scale: 100 * width / natural });
    });
  };
}

function twoColumns(body: (x: number) => Body): Body {
  return (w, name) => {
    body(40)(w, name);
    body(320)(w, 'Sam Kept');
  };
}

function column(x: number): Body {
  return (w, name) => paragraph(w, ['At the address that evening the', 'officer met % there', 'and a note of it was made in the', 'pocket book before they left.'], (row, y) => w.show(put(row, name), x, y));
}

const cells = [['Reference', 'Person', 'Role'], ['4471', 'A. Kept', 'driver'], ['4472', '%', 'witness'], ['4473', 'B. Kept', 'passer-by'], ['4474', 'C. Kept', 'owner']];

function table(kind: 'rules' | 'bare' | 'right'): Body {
  const starts = [60, 150, 360];
  const ends = [140, 350, 500];
  return (w, name) => {
    for (const [index, row] of cells.entries()) {
      const y = top - index * 20;
      for (const [at, cell] of row.entries()) {
        const text = put(cell, name);
        w.show(text, kind === 'right' ? w.startFor(text, 'right', ends[at] ?? 0) : starts[at] ?? 0, y);
      }
    }
    if (kind !== 'rules') return;
    for (let index = 0; index <= cells.length; index++) w.draw(`0.5 w 54 ${top + 14 - index * 20} m 510 ${top + 14 - index * 20} l S`);
    for (const x of [54, 144, 354, 510]) w.draw(`0.5 w ${x} ${top + 14} m ${x} ${top + 14 - cells.length * 20} l S`);
  };
}

function aligned(side: 'centre' | 'right'): Body {
  return (w, name) => paragraph(w, ['Statement of a witness', 'taken at the station on Monday', 'by % in person', 'and read over to the witness', 'who signed each page of it'], (row, y) => {
    const text = put(row, name);
    w.show(text, w.startFor(text, side, side === 'centre' ? 330 : 540), y);
  });
}

/** The name with something drawn under, over or behind it. */
function dressed(kind: 'underline' | 'highlight' | 'strike' | 'line'): Body {
  return (w, name) => paragraph(w, lines('evening, when % came out of the house and said'), (row, y, index) => {
    if (index !== 2) { w.show(row, left, y); return; }
    const [before = '', after = ''] = row.split('%');
    const from = left + w.width(before);
    const to = from + w.width(name);
    const em = w.setup.size;
    if (kind === 'highlight') w.draw(`1 1 0 rg ${from} ${y - 0.25 * em} ${to - from} ${1.15 * em} re f`);
    const mid = w.show(name, w.show(before, left, y), y);
    const end = w.show(after, mid, y);
    if (kind === 'underline') w.draw(`${0.05 * em} w ${from} ${y - 0.12 * em} m ${to} ${y - 0.12 * em} l S`);
    if (kind === 'line') w.draw(`${left} ${y - 0.15 * em} ${end - left} ${0.06 * em} re f`);
    if (kind === 'strike') w.draw(`${0.05 * em} w ${from} ${y + 0.28 * em} m ${to} ${y + 0.28 * em} l S`);
  });
}

const formRule: Body = (w, name) => {
  for (const [index, [label, value]] of [['Full name', name], ['Address', '2 Example Way'], ['Telephone', '020 7946 0000'], ['Occupation', 'gardener']].entries()) {
    const y = top - index * 24;
    w.show(`${label ?? ''}:`, left, y);
    w.show(value ?? '', 140, y);
    w.draw(`0.5 w 136 ${y - 3} m 480 ${y - 3} l S`);
  }
};

const header: Body = (w, name) => {
  w.show(`Statement of ${name}`, left, top + 20, { size: w.setup.size + 4 });
  w.show('Page 1 of 3', 480, top + 20);
  w.draw(`0.5 w 60 ${top + 14} m 540 ${top + 14} l S`);
  paragraph(w, filler, (row, y) => w.show(row, left, y - 8));
};

const centredBox: Body = (w, name) => {
  w.draw('0.8 w 184 100 292 150 re S');
  paragraph(w, ['NOTICE', 'of an interview with', '%, a witness', 'at the station', 'on Monday next'], (row, y) => {
    const text = put(row, name);
    w.show(text, w.startFor(text, 'centre', 330), y - 30);
  });
};

const whiteOnBlue: Body = (w, name) => {
  w.draw('0.1 0.2 0.6 rg 40 120 520 165 re f');
  paragraph(w, lines('evening, when % came out of the house'), (row, y) => w.show(put(row, name), left, y, { colour: '1 g' }));
};

const scripts: Body = (w, name) => paragraph(w, lines('evening, when %'), (row, y, index) => {
  let x = w.show(put(row, name), left, y);
  if (index !== 2) return;
  const small = { size: w.setup.size * 0.6 };
  x = w.show('2', x, y, { ...small, rise: w.setup.size * 0.35 });
  x = w.show(' drank H', x, y);
  x = w.show('2', x, y, { ...small, rise: -w.setup.size * 0.15 });
  x = w.show('O on the 4', x, y);
  x = w.show('th', x, y, { ...small, rise: w.setup.size * 0.35 });
  w.show(' of May', x, y);
});

const mixedSizes: Body = (w, name) => paragraph(w, lines('evening, when %'), (row, y, index) => {
  const x = w.show(put(row, name), left, y);
  if (index === 2) w.show(' in small print', w.show(' said in LARGE', x, y, { size: w.setup.size * 1.25 }), y, { size: w.setup.size * 0.8 });
});

const tight: Body = (w, name) => {
  for (const [index, row] of lines('evening, when % came out of the house', 'and % said so again gladly').entries()) w.show(put(row, name), left, top - index * w.setup.size * 0.92);
};

const turned: Body = (w, name) => {
  for (const [index, row] of ['Filed at the station on Monday', 'and read by % there', 'and put away in the store'].entries()) {
    w.show(put(row, name), 100 + index * w.setup.size * 1.4, 30, { matrix: [0, 1, -1, 0] });
  }
  paragraph(w, filler, (row, y) => w.show(row, 200, y));
};

const skew: Body = (w, name) => {
  const [cos, sin] = [Math.cos(0.3), Math.sin(0.3)];
  w.show(`COPY for ${name} only`, 80, 60, { matrix: [cos, sin, -sin, cos], size: 20 });
  paragraph(w, filler.slice(0, 2), (row, y) => w.show(row, left, y));
};

const mirrored: Body = (w, name) => {
  w.show(`Seen by ${name} then`, 400, 60, { matrix: [-1, 0, 0, 1] });
  paragraph(w, filler.slice(0, 2), (row, y) => w.show(row, left, y));
};

const middle = 'evening, when % came out of the house and said';

/** The 34 rows of spec section 3. */
export const layouts: readonly Layout[] = [
  layout('plain', ragged(middle)),
  layout('plain, page at 90', ragged(middle), { rotate: 90 }),
  layout('plain, page at 270', ragged(middle), { rotate: 270 }),
  layout('start', ragged('% came out of the house and said that it was late')),
  layout('end', ragged('evening, and out of the house came %')),
  layout('several', ragged('when % met % (and %, too)')),
  layout('adjacent', ragged('evening, when % % came out of the house')),
  layout('justified by word space', justified('word')),
  layout('justified by letter space', justified('letter')),
  layout('justified by glyph scaling', justified('scale')),
  layout('justified in 2 columns', twoColumns(x => justified('word', x, 240))),
  layout('2 columns', twoColumns(column)),
  layout('table with rules', table('rules')),
  layout('table with rules, page at 90', table('rules'), { rotate: 90 }),
  layout('table with rules, page at 270', table('rules'), { rotate: 270 }),
  layout('table without rules', table('bare')),
  layout('right-aligned table', table('right')),
  layout('centred', aligned('centre')),
  layout('centred box', centredBox),
  layout('right', aligned('right')),
  layout('form rule', formRule),
  layout('header', header),
  layout('underlined name', dressed('underline')),
  layout('underlined line', dressed('line')),
  layout('highlight', dressed('highlight')),
  layout('strike', dressed('strike')),
  layout('white on blue', whiteOnBlue),
  layout('super/subscript', scripts),
  layout('mixed sizes', mixedSizes),
  layout('leading 0.92 em', tight),
  layout('one Tm a word', styled({ by: 'word' }, middle)),
  layout('one Tm a glyph', styled({ by: 'glyph' }, middle)),
  layout('text at 90 degrees', turned),
  layout('skew', skew, { outcome: 'boxed' }),
];

/** Further rows that must be boxed whole (spec T7 and T13 to T15 of the fall-back table). */
export const boxedLayouts: readonly Layout[] = [layout('mirrored', mirrored, { outcome: 'boxed' })];
