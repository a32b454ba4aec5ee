import { beforeAll, describe, expect, test } from '@jest/globals';
import { PDFDocument, StandardFonts, TextRenderingMode } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { resetLines } from '../../../functions/redaction/lines/reset.ts';
import type { Pdfium } from '../../../functions/redaction/pdfium/library.ts';
import { closeDocument, openDocument } from '../../../functions/redaction/pdfium/document.ts';
import { openPage } from '../../../functions/redaction/pdfium/page.ts';
import { renderPage } from '../../../functions/redaction/pdfium/render.ts';
import { pageChars } from '../../../functions/redaction/pdfium/text.ts';
import { pageAnnotations } from '../../../functions/redaction/pdfium/annotations.ts';
import { standardFont } from './support/fonts.ts';
import { writePdf, type PageParts } from './support/pdf.ts';
import { countOutside, dpi, findHits, loadPdfium, names, removeName, withPage } from './support/run.ts';
import { writer, type Setup } from './support/writer.ts';

let pdfium: Pdfium;
const setup: Setup = { font: await standardFont(StandardFonts.TimesRoman), size: 11, kerning: true, jitter: 0 };
beforeAll(async () => { pdfium = await loadPdfium(); });

const around = ['The officer attended the address at about nine that evening', '', 'and a note of it was made in the pocket book there.', 'Nothing else was said.'];

function page(body: (w: ReturnType<typeof writer>) => void, extra: Partial<PageParts> = {}): Uint8Array {
  const w = writer(setup);
  for (const [index, row] of around.entries()) if (row !== '') w.show(row, 60, 200 - 16 * index);
  body(w);
  return writePdf(setup.font, { content: w.content(), size: [600, 240], ...extra });
}

/** All three names: equal pages and tokens, all boxed for one reason; gives that reason. */
function boxedAlike(make: (name: string) => Uint8Array): string {
  const runs = names.map(name => removeName(pdfium, make(name), name));
  const [first] = runs;
  for (const run of runs) {
    expect(run.hits).toBe(1);
    expect(Buffer.compare(run.result.rgba, first?.result.rgba ?? new Uint8Array())).toBe(0);
    expect(run.result.tokens).toEqual([]);
    expect(countOutside(run.plain, run.result)).toBe(0);
  }
  const reasons = runs.flatMap(run => run.result.segments.map(segment => segment.outcome === 'boxed' ? segment.why : segment.outcome));
  expect(new Set(reasons).size).toBe(1);
  return reasons[0] ?? 'none';
}

describe('T6: whole-segment boxes tell nothing of the name', () => {
  test('a highlight annotation across the line', () => {
    expect(boxedAlike(name => {
      const w = writer(setup);
      const from = 60 + w.width('seen was ');
      const to = from + w.width(name);
      return page(own => own.show(`seen was ${name} there`, 60, 184), {
        annotations: [`<< /Type /Annot /Subtype /Highlight /C [1 1 0] /F 4 /Rect [${from} 180 ${to} 194] /QuadPoints [${from} 194 ${to} 194 ${from} 180 ${to} 180] >>`],
      });
    })).toBe('annotation');
  });

  test('a drawing of many strokes through the line', () => {
    expect(boxedAlike(name => page(w => {
      const end = w.show(`seen was ${name} there`, 60, 184);
      w.draw(`60 182 m ${Array.from({ length: 10 }, (_, index) => `${60 + (end - 60) * (index + 1) / 10} ${182 + index % 2} l`).join(' ')} S`);
    }))).toBe('path');
  });

  test('T11: a cell that the kept words fill, so that even the smallest label has no room', () => {
    const outcomes = ['Bo', 'Li', 'Al'].map(name => removeName(pdfium, page(w => {
      w.draw('0.5 w 56 178 m 56 214 l S');
      w.draw('0.5 w 298 178 m 298 214 l S');
      w.show(`Here are many and more kept words that fill it all: ${name}`, 60, 184);
    }), name).result);
    for (const { rgba, segments } of outcomes) {
      expect(segments).toEqual([{ outcome: 'boxed', why: 'overflow' }]);
      expect(Buffer.compare(rgba, outcomes[0]?.rgba ?? new Uint8Array())).toBe(0);
    }
  });

  test('T13: vertical, skewed and mirrored text', () => {
    const turned = (matrix: readonly [number, number, number, number]) => boxedAlike(name => page(w => w.show(`for ${name}`, 300, 60, { matrix })));
    expect(turned([0.966, 0.259, -0.259, 0.966])).toBe('skew');
    expect(turned([-1, 0, 0, 1])).toBe('mirrored');
    expect(turned([1, 0, 0, -1])).toBe('mirrored');
  });

  test('outlined (render mode 1) text is boxed, as it would be typed otherwise than it was', () => {
    expect(boxedAlike(name => page(w => w.show(`seen was ${name}`, 60, 184, { colour: '1 Tr 0 G 0 g' })))).toBe('glyphs');
  });
});

test('T12: a scan with a text layer of its own: the same box whatever the name, over all the ink of the line', async () => {
  const make = async (name: string) => {
    const line = `seen at the door was ${name} that evening`;
    const picture = await sharp({ create: { width: 1250, height: 500, channels: 3, background: '#fff' } })
      .composite([{ input: Buffer.from(`<svg width="1250" height="500"><text x="125" y="120" font-size="24" font-family="serif">${line}</text></svg>`), left: 0, top: 0 }]).png().toBuffer();
    const document = await PDFDocument.create();
    const sheet = document.addPage([600, 240]);
    sheet.drawImage(await document.embedPng(picture), { x: 0, y: 0, width: 600, height: 240 });
    const font = await document.embedFont(StandardFonts.TimesRoman);
    // Rendering mode 3 is how scanners write their layer.
    sheet.drawText(line, { x: 60, y: 182, size: 11.5, font, renderMode: TextRenderingMode.Invisible });
    return document.save();
  };
  const runs = await Promise.all(names.map(async name => removeName(pdfium, await make(name), name)));
  for (const run of runs) {
    expect(run.hits).toBe(1);
    expect(run.result.segments).toEqual([{ outcome: 'boxed', why: 'hidden-text' }]);
    expect(Buffer.compare(run.result.rgba, runs[0]?.result.rgba ?? new Uint8Array())).toBe(0);
  }
});

test('T4: two affected lines that touch leave no pixel of what was removed', () => {
  const make = (name: string, hasName: boolean) => page(w => {
    for (const [index, text] of ['% gypsy', 'jog % by'].entries()) w.show(text.replace('%', hasName ? name : ''), 350, 150 - index * setup.size * 0.92);
  });
  const [first, ...others] = ['Qy Qy', 'jpgq', 'gjpqy', 'AVATO'].map(name => removeName(pdfium, make(name, true), name).result);
  for (const other of others) expect(Buffer.compare(other.rgba, first?.rgba ?? new Uint8Array())).toBe(0);
});

test('a form field is blacked out whole, border and all', async () => {
  const document = await PDFDocument.create();
  const sheet = document.addPage([300, 200]);
  const field = document.getForm().createTextField('witness');
  field.setText('Boris Field');
  field.addToPage(sheet, { x: 50, y: 80, width: 150, height: 20, borderWidth: 2 });
  const bytes = await document.save();
  const open = openDocument(pdfium, bytes);
  const opened = openPage(open, 0);
  const plain = renderPage(opened, dpi);
  const result = resetLines(opened, { dpi, hits: [], annotations: pageAnnotations(opened).map(note => note.index) });
  closeDocument(open);
  const ink = result.rgba.filter((_, index) => index % 4 !== 3);
  expect(plain.rgba.filter((value, index) => index % 4 !== 3 && value > 0 && value < 255).length).toBeGreaterThan(50);
  expect(new Set(ink)).toEqual(new Set([0, 255]));
  expect(countOutside(plain.rgba, result)).toBe(0);
});

test('text drawn twice (made-up bold) goes twice', () => {
  const make = (name: string) => page(w => {
    w.show(`seen was ${name} there`, 60, 184);
    w.show(`seen was ${name} there`, 60.15, 184);
  });
  const runs = names.map(name => removeName(pdfium, make(name), name));
  for (const run of runs) expect(Buffer.compare(run.result.rgba, runs[0]?.result.rgba ?? new Uint8Array())).toBe(0);
});

test('words of another column that share the text object stay where they were; covered ones stay covered', () => {
  const make = (name: string) => {
    // One object: a name, then far to the right a second column, then a word under a grey bar, on which black type would show.
    const w = writer({ ...setup, kerning: false });
    const jump = (at: number, to: number) => -(to - at) * 1000 / 11;
    for (const [index, row] of around.entries()) if (row !== '') { w.show(row, 60, 200 - 16 * index); w.show('kept here', 400, 200 - 16 * index); w.show('other', 500, 200 - 16 * index); }
    const end = 60 + w.width(`seen was ${name}`);
    const next = 400 + w.width('kept here');
    w.draw(`BT /F1 11 Tf 60 184 Td [(seen was ${name}) ${jump(end, 400)} (kept here) ${jump(next, 500)} (SECRET)] TJ ET 0.9 g 495 180 60 14 re f`);
    return writePdf(setup.font, { content: w.content(), size: [600, 240] });
  };
  const runs = names.map(name => removeName(pdfium, make(name), name));
  for (const { result, plain } of runs) {
    expect(Buffer.compare(result.rgba, runs[0]?.result.rgba ?? new Uint8Array())).toBe(0);
    expect(result.segments).toEqual([{ outcome: 'reset', anchor: 'left' }]);
    const column = (picture: Uint8Array) => Buffer.concat([...Array(45).keys()].map(y => picture.subarray(((95 + y) * 1250 + 815) * 4, ((95 + y) * 1250 + 1249) * 4)));
    // The second column and the bar: within a shade of what they were.
    const [was, is] = [column(plain), column(result.rgba)];
    expect(is.reduce((most, value, index) => Math.max(most, Math.abs(value - (was[index] ?? 0))), 0)).toBeLessThan(80);
  }
});

test('the page is as it was after its lines were set', () => {
  withPage(pdfium, page(w => w.show('seen was Ian Lee there', 60, 184)), opened => {
    const before = renderPage(opened, dpi);
    const chars = pageChars(opened);
    resetLines(opened, { dpi, hits: findHits(chars, 'Ian Lee'), chars });
    expect(Buffer.compare(renderPage(opened, dpi).rgba, before.rgba)).toBe(0);
    expect(pageChars(opened)).toEqual(chars);
  });
});

test('T14: the heap may grow in mid-page', async () => {
  const fresh = await loadPdfium();
  const before = fresh.heap().byteLength;
  withPage(fresh, page(w => w.show('seen was Ian Lee there', 60, 184), { size: [3000, 3000] }), opened => {
    const chars = pageChars(opened);
    const result = resetLines(opened, { dpi, hits: findHits(chars, 'Ian Lee'), chars });
    expect(result.segments).toHaveLength(1);
    expect(fresh.heap().byteLength).toBeGreaterThan(before);
  });
});
