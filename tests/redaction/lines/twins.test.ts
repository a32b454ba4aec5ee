import { beforeAll, describe, expect, test } from '@jest/globals';
import { StandardFonts } from '@cantoo/pdf-lib';
import type { Pdfium } from '../../../functions/redaction/pdfium/library.ts';
import { liberation, standardFont } from './support/fonts.ts';
import { boxedLayouts, layouts } from './support/layouts.ts';
import { writePdf } from './support/pdf.ts';
import { loadPdfium, names, removeName } from './support/run.ts';
import type { Setup } from './support/writer.ts';

/** Fonts, kerning and tremble (thousandths of an em) of the twins. */
const setups: readonly Setup[] = [
  { font: await standardFont(StandardFonts.TimesRoman), size: 11, kerning: true, jitter: 0 },
  { font: liberation('Regular'), size: 10, kerning: true, jitter: 3 },
];

let pdfium: Pdfium;
beforeAll(async () => { pdfium = await loadPdfium(); });

describe.each(setups)('twins in $font.name', setup => {
  test.each([...layouts, ...boxedLayouts])('$id: three names, one page', layout => {
    const [first, ...others] = names.map(name => removeName(pdfium, writePdf(setup.font, layout.page(setup, name)), name));
    expect(first?.hits).toBeGreaterThan(0);
    expect(first?.result.segments.map(segment => segment.outcome)).toEqual(first?.result.segments.map(() => layout.outcome));
    for (const other of others) {
      expect(Buffer.compare(other.result.rgba, first?.result.rgba ?? new Uint8Array())).toBe(0);
      expect(other.result.tokens).toEqual(first?.result.tokens);
      expect(other.hits).toBe(first?.hits);
    }
  });
});
