import { beforeAll, describe, expect, test } from '@jest/globals';
import { StandardFonts } from '@cantoo/pdf-lib';
import type { Pdfium } from '../../../functions/redaction/pdfium/library.ts';
import { pageChars } from '../../../functions/redaction/pdfium/text.ts';
import { blackOutExactly } from './support/control.ts';
import { liberation, standardFont } from './support/fonts.ts';
import { boxedLayouts, layouts, type Layout } from './support/layouts.ts';
import { writePdf } from './support/pdf.ts';
import { countOutside, findHits, loadPdfium, names, removeName, withPage } from './support/run.ts';
import type { Setup } from './support/writer.ts';

/** Eight set-ups: kerning on or off, and the tremble of word processors in thousandths of an em (T16). */
const setups: readonly Setup[] = [
  { font: await standardFont(StandardFonts.TimesRoman), size: 11, kerning: true, jitter: 0 },
  { font: liberation('Regular'), size: 10, kerning: true, jitter: 3 },
  { font: await standardFont(StandardFonts.Helvetica), size: 10, kerning: false, jitter: 6 },
  { font: liberation('Bold'), size: 9, kerning: false, jitter: 0 },
  { font: liberation('Italic'), size: 11, kerning: true, jitter: 0 },
  { font: await standardFont(StandardFonts.Courier), size: 8, kerning: false, jitter: 3 },
  { font: await standardFont(StandardFonts.TimesRomanItalic), size: 12, kerning: true, jitter: 6 },
  { font: liberation('BoldItalic'), size: 8, kerning: false, jitter: 3 },
];
const [times, sans, ...more] = setups;
const rows = [...layouts, ...boxedLayouts];

let pdfium: Pdfium;
beforeAll(async () => { pdfium = await loadPdfium(); });

/** T1 and T5 for one layout: what differs among the names, as a list of sentences (empty when nothing does). */
function differences(setup: Setup, layout: Layout): string[] {
  const runs = names.map(name => removeName(pdfium, writePdf(setup.font, layout.page(setup, name)), name));
  const [first] = runs;
  return runs.flatMap((run, index) => {
    const faults: [boolean, string][] = [
      [run.hits === 0 || run.hits !== first?.hits, `${run.hits} hits`],
      [Buffer.compare(run.result.rgba, first?.result.rgba ?? new Uint8Array()) !== 0, 'another picture'],
      [JSON.stringify(run.result.tokens) !== JSON.stringify(first?.result.tokens), 'another text layer'],
      [countOutside(run.plain, run.result) > 0, 'pixels outside the regions changed'],
      [run.result.segments.some(segment => segment.outcome !== layout.outcome), JSON.stringify(run.result.segments)],
    ];
    return faults.filter(([isFault]) => isFault).map(([, what]) => `${layout.id}, ${names[index] ?? ''}: ${what}`);
  });
}

describe.each([times, sans].filter(setup => setup !== undefined))('twins in $font.name', setup => {
  test.each(rows)('$id: three names, one page', layout => {
    expect(differences(setup, layout)).toEqual([]);
  });
});

// Each layout in two of the six: all 34 x 8 take minutes of two shared cores. `TWINS=all` runs them.
test('twins in six more set-ups', () => {
  const step = process.env['TWINS'] === 'all' ? 1 : 3;
  expect(more.flatMap((setup, at) => rows.filter((_, index) => (index + at) % step === 0)
    .flatMap(layout => differences(setup, layout).map(what => `${setup.font.name}, ${what}`)))).toEqual([]);
}, 300_000);

test('control: exact black boxes differ over the names in every layout, so the twins can fail', () => {
  if (times === undefined) throw new Error('no set-up');
  const same = rows.filter(layout => {
    const pages = names.map(name => withPage(pdfium, writePdf(times.font, layout.page(times, name)), page => {
      const chars = pageChars(page);
      return blackOutExactly(page, chars, findHits(chars, name));
    }));
    return pages.every(page => Buffer.compare(page, pages[0] ?? new Uint8Array()) === 0);
  });
  expect(same.map(layout => layout.id)).toEqual([]);
});

test('the kept words stand in the text layer, the removed ones do not', () => {
  const layout = layouts.find(row => row.id === 'several');
  if (layout === undefined || times === undefined) throw new Error('no layout');
  for (const name of names) {
    const { result } = removeName(pdfium, writePdf(times.font, layout.page(times, name)), name);
    expect(result.tokens.map(token => token.text)).toEqual(['when', 'met', '(and', ',', 'too)']);
    expect(result.residual).toEqual({ labels: 3, lines: 1 });
    expect(result.labels.map(label => label.hits)).toEqual([[0], [1], [2]]);
  }
});

test('T2: an attacker with 24 names sees one class in each layout', () => {
  if (sans === undefined) throw new Error('no set-up');
  const many = ['Al', 'Ng', 'Ava', 'Wim', 'Illi', 'Mmom', 'Tilly', 'Jiggs', 'Wowww', 'Sample', 'Placeholder', 'Nomen Nescio', 'Jo Example', 'Max Mustername', 'Erika Mustername',
    'Q. Test', 'J. J. Fiction', 'AVATO', 'Yvonne Gypsum', 'Ty Jp', 'MWMWMWMWMW', 'iiiiiiiiiiii', 'Fennimore Fictitious-Person', 'Lj'];
  const wanted = new Set(['plain', 'several', 'justified by word space', '2 columns', 'table with rules', 'right-aligned table', 'centred', 'underlined name', 'highlight']);
  const classes = rows.filter(row => wanted.has(row.id)).map(row => {
    const pages = many.map(name => Buffer.from(removeName(pdfium, writePdf(sans.font, row.page(sans, name)), name).result.rgba).toString('latin1'));
    return `${row.id}: ${new Set(pages).size}`;
  });
  expect(classes).toEqual(rows.filter(row => wanted.has(row.id)).map(row => `${row.id}: 1`));
}, 120_000);
