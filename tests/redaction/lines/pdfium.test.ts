import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, test } from '@jest/globals';
import { PDFDocument, StandardFonts, degrees } from '@cantoo/pdf-lib';
import { pageAnnotations } from '../../../functions/redaction/pdfium/annotations.ts';
import { closeDocument, metadata, openDocument, pageCount, PdfOpenError } from '../../../functions/redaction/pdfium/document.ts';
import { openPdfium, type Pdfium } from '../../../functions/redaction/pdfium/library.ts';
import { pageObjects } from '../../../functions/redaction/pdfium/objects.ts';
import { applyMatrix, closePage, openPage, pageMatrix, pageSize } from '../../../functions/redaction/pdfium/page.ts';
import { paint, pixels, renderPage, withCanvas } from '../../../functions/redaction/pdfium/render.ts';
import { advanceOf, pageChars } from '../../../functions/redaction/pdfium/text.ts';

const wasmPath = createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm');
let pdfium: Pdfium;
beforeAll(async () => { pdfium = await openPdfium(wasmPath); });

async function sample(options: { rotate?: number; password?: string } = {}): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.setTitle('Statement of Ada Sample');
  const page = document.addPage([300, 200]);
  page.setRotation(degrees(options.rotate ?? 0));
  page.drawText('Hello Ada', { x: 40, y: 100, size: 20, font: await document.embedFont(StandardFonts.Helvetica) });
  page.drawRectangle({ x: 40, y: 40, width: 50, height: 10 });
  const field = document.getForm().createTextField('witness.name');
  field.setText('Boris Field');
  field.addToPage(page, { x: 150, y: 20, width: 120, height: 20, borderWidth: 0 });
  if (options.password !== undefined) document.encrypt({ userPassword: options.password, ownerPassword: `${options.password}-owner` });
  return document.save({ useObjectStreams: false });
}

function openCode(bytes: Uint8Array, password?: string): string {
  try {
    closeDocument(openDocument(pdfium, bytes, password));
    return 'opened';
  } catch (error) {
    return error instanceof PdfOpenError ? error.code : 'other';
  }
}

describe('opening', () => {
  test('another wasm file than the pinned one is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pdfium-'));
    const changed = Buffer.from(await readFile(wasmPath));
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    await writeFile(join(folder, 'pdfium.wasm'), changed);
    await expect(openPdfium(join(folder, 'pdfium.wasm'))).rejects.toThrow(/SHA-256/);
    await rm(folder, { recursive: true });
  });

  test('each reason has its code, and the right password opens', async () => {
    const locked = await sample({ password: 'open-sesame' });
    expect(openCode(Buffer.from('<html>'))).toBe('not-a-pdf');
    expect(openCode(Buffer.from('%PDF-1.7\nnothing else'))).toBe('damaged');
    expect(openCode(locked)).toBe('encrypted');
    expect(openCode(locked, 'guess')).toBe('wrong-password');
    expect(openCode(locked, 'open-sesame')).toBe('opened');
  });

  test('closing twice, in any order, is harmless', async () => {
    const document = openDocument(pdfium, await sample());
    const page = openPage(document, 0);
    closePage(page);
    closePage(page);
    openPage(document, 0);
    closeDocument(document);
    closeDocument(document);
    expect(() => openPage(document, 0)).toThrow(RangeError);
    expect(openCode(await sample())).toBe('opened');
  });
});

describe('reading', () => {
  it('gives characters, objects, fields and metadata', async () => {
    const document = openDocument(pdfium, await sample());
    const page = openPage(document, 0);
    const chars = pageChars(page);
    expect(pageCount(document)).toBe(1);
    expect(metadata(document)['Title']).toBe('Statement of Ada Sample');
    expect(String.fromCodePoint(...chars.map(char => char.unicode))).toContain('Hello Ada');
    expect(chars[0]).toMatchObject({ renderMode: 0, isGenerated: false, origin: { x: 40, y: 100 } });
    expect(advanceOf(pdfium, chars[0]?.font ?? 0, 0x48, 20)).toBeCloseTo(0.722 * 20, 3);
    expect(pageObjects(page).map(object => object.kind)).toEqual(expect.arrayContaining(['text', 'path']));
    const path = pageObjects(page).find(object => object.kind === 'path');
    expect(path?.bounds).toMatchObject({ left: 40, bottom: 40, right: 90, top: 50 });
    expect(pageAnnotations(page)[0]?.field).toMatchObject({ name: 'witness.name', value: 'Boris Field' });
    closeDocument(document);
  });

  test.each([0, 90, 180, 270])('at /Rotate %i the matrix finds the ink, a region equals its part of the page, and a field value shows', async rotate => {
    const document = openDocument(pdfium, await sample({ rotate }));
    const page = openPage(document, 0);
    const picture = renderPage(page, 150);
    const matrix = pageMatrix(page, 150);
    expect(pageSize(page).rotation).toBe(rotate);
    expect(darkness(picture, applyMatrix(matrix, 65, 45))).toBe(255);
    const field = [...Array(120).keys()].map(x => Math.max(...[...Array(16).keys()].map(y => darkness(picture, applyMatrix(matrix, 150 + x, 22 + y)))));
    expect(Math.max(...field)).toBeGreaterThan(100);
    const part = { x: 100, y: 80, w: 200, h: 120 };
    const rows = [...Array(part.h).keys()].map(y => picture.rgba.subarray(((part.y + y) * picture.width + part.x) * 4, ((part.y + y) * picture.width + part.x + part.w) * 4));
    const alone = withCanvas(page, 150, canvas => {
      paint(canvas, part);
      return pixels(canvas, part);
    });
    expect(Buffer.concat(rows).equals(alone)).toBe(true);
    closeDocument(document);
  });
});

function darkness(picture: { width: number; rgba: Uint8Array }, at: { x: number; y: number }): number {
  return 255 - (picture.rgba[(Math.floor(at.y) * picture.width + Math.floor(at.x)) * 4 + 1] ?? 255);
}
