import { inflateSync as inflate } from 'node:zlib';
import { PDFDocument, PDFName, PDFRawStream, PDFString, StandardFonts, degrees, rgb, type PDFFont, type PDFPage } from '@cantoo/pdf-lib';

/** The word that must be nowhere in a finished file; people in these samples are made up. */
export const sentinel = 'KESTREL';

/** A page of statement text with the sentinel in the third line. */
export async function statement(options: { rotate?: number; pages?: number; name?: string } = {}): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  for (let number = 0; number < (options.pages ?? 1); number += 1) {
    const page = document.addPage([595, 842]);
    if (options.rotate !== undefined) page.setRotation(degrees(options.rotate));
    writeLines(page, font, options.name ?? 'Dilys Ashgrove');
  }
  return document.save();
}

export const keptLines = ['Witness statement, page of the bundle', 'I saw the blue van near the library at noon.', 'The driver left on foot towards the station.'] as const;

function writeLines(page: PDFPage, font: PDFFont, name: string): void {
  const lines = [keptLines[0], keptLines[1], `Then ${name} told me that the keys were gone.`, keptLines[2]];
  for (const [row, line] of lines.entries()) page.drawText(line, { x: 70, y: 760 - 24 * row, size: 12, font });
}

/** Two pages; the first holds the sentinel in many places that a reader does not see, the second (when `onSecond`) in plain sight. */
export async function hiding(onSecond: boolean): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  const page = document.addPage([595, 842]);
  page.drawText('Nothing to see on this page', { x: 70, y: 760, size: 14, font });
  page.drawText(`${sentinel}01 white`, { x: 70, y: 700, size: 14, font, color: rgb(1, 1, 1) });
  page.drawText(`${sentinel}02 beyond the edge`, { x: 640, y: 700, size: 14, font });
  page.drawText(`${sentinel}03 covered`, { x: 70, y: 640, size: 14, font });
  page.drawRectangle({ x: 60, y: 630, width: 200, height: 30, color: rgb(0, 0, 0) });
  addStream(document, page, `% ${sentinel}04 comment\nBT 3 Tr /${font.name} 12 Tf 70 580 Td (${sentinel}05 invisible) Tj ET`);
  page.node.set(PDFName.of('PieceInfo'), document.context.obj({ Private: PDFString.of(`${sentinel}06`) }));
  document.setTitle(`${sentinel}07`);
  document.setKeywords([`${sentinel}08`]);
  await document.attach(Buffer.from(`${sentinel}09`), `${sentinel}10.txt`);
  const second = document.addPage([595, 842]);
  second.drawText(onSecond ? `The witness ${sentinel}11 was seen leaving` : 'The witness was seen leaving', { x: 70, y: 760, size: 14, font });
  document.addJavaScript('main', `app.alert("${sentinel}12")`);
  const saved = await document.save({ useObjectStreams: false });
  return Buffer.concat([saved, Buffer.from(`\n% ${sentinel}13 after the end\n`)]);
}

function addStream(document: PDFDocument, page: PDFPage, operators: string): void {
  const stream = document.context.stream(operators);
  page.node.addContentStream(document.context.register(stream));
}

/** A form whose field holds the sentinel, with and without the field being drawn from its appearance. */
export async function form(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const page = document.addPage([595, 842]);
  const font = await document.embedFont(StandardFonts.Helvetica);
  page.drawText('Name of the witness', { x: 70, y: 742, size: 12, font });
  const field = document.getForm().createTextField('witness');
  field.setText(`${sentinel} Ashgrove`);
  field.addToPage(page, { x: 200, y: 735, width: 200, height: 24 });
  const other = document.getForm().createTextField('town');
  other.setText('Northwich');
  other.addToPage(page, { x: 200, y: 695, width: 200, height: 24 });
  return document.save();
}

/** What a copy-pages redactor does: the pages of the source in a new file with a black rectangle on top. */
export async function coveredCopy(source: Uint8Array): Promise<Uint8Array> {
  const from = await PDFDocument.load(source);
  const document = await PDFDocument.create();
  for (const page of await document.copyPages(from, from.getPageIndices())) {
    document.addPage(page);
    page.drawRectangle({ x: 60, y: 700, width: 400, height: 80, color: rgb(0, 0, 0) });
  }
  return document.save({ useObjectStreams: false });
}

export async function locked(password: string): Promise<Uint8Array> {
  const document = await PDFDocument.load(await statement());
  document.encrypt({ userPassword: password, ownerPassword: `${password}!` });
  return document.save();
}

/** The decoded streams of a file and what their strings say, without its dictionaries: those hold words such as Contents by themselves. */
export async function decodedStreams(bytes: Uint8Array): Promise<string> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  return document.context.enumerateIndirectObjects().flatMap(([, object]) => (object instanceof PDFRawStream ? [decoded(object)] : [])).join('\n');
}

/** Every stream of a file, decoded, and its raw bytes, in shapes that a search can use. */
export async function everything(bytes: Uint8Array): Promise<string> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const parts = [Buffer.from(bytes).toString('latin1'), Buffer.from(bytes).toString('utf16le')];
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    parts.push(object instanceof PDFRawStream ? decoded(object) : object.toString());
  }
  return parts.join('\n');
}

function decoded(stream: PDFRawStream): string {
  const filter = stream.dict.get(PDFName.of('Filter'))?.toString();
  if (filter !== '/FlateDecode') return Buffer.from(stream.contents).toString('latin1');
  const text = Buffer.from(inflate(stream.contents)).toString('latin1');
  const strings = text.matchAll(/<([0-9a-fA-F]+)>/g).map(match => Buffer.from(match[1] ?? '', 'hex').toString('latin1').replaceAll('\0', ''));
  const joined = text.matchAll(/\[(.*?)\]\s*TJ/gs).map(match => (match[1] ?? '').matchAll(/\((.*?)\)/g).map(part => part[1] ?? '').toArray().join(''));
  return [text, ...strings, ...joined].join('\n');
}
