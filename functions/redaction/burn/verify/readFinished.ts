import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';

/** A page of a finished file as its bytes say, read without any of the code that wrote it. */
export interface FinishedPage {
  readonly width: number;
  readonly height: number;
  readonly image: { readonly dictionary: string; readonly bytes: Uint8Array };
  readonly operators: string;
}

export interface FinishedFile {
  readonly pages: readonly FinishedPage[];
  /** Every stream that a document can shape, as stored and, when it is no picture, decoded. The font's are known and checked by hash. */
  readonly streams: readonly { readonly raw: Uint8Array; readonly decoded: Uint8Array | undefined }[];
}

/** Thrown when the bytes are anything but the one form that this service writes. */
export class NotOurForm extends Error {}

interface FoundObject { readonly dictionary: string; readonly stream: Uint8Array | undefined }

const number = '-?[0-9]+(?:\\.[0-9]+)?';
const ref = '[0-9]+ 0 R';
/** Every dictionary that may be in a finished file, whole: no other key, no free text, nothing that could carry a word. */
const forms = {
  catalog: new RegExp(`^/Type/Catalog/Pages ${ref}$`),
  info: /^\/Producer\(Police disclosure redaction\)$/,
  pages: new RegExp(`^/Type/Pages/Count [0-9]+/Kids\\[(?:${ref} ?)+\\]$`),
  page: new RegExp(`^/Type/Page/Parent ${ref}/MediaBox\\[0 0 (${number}) (${number})\\]/Resources<</XObject<</P (${ref})>>/Font<</T ${ref}>>>>/Contents (${ref})$`),
  image: new RegExp('^/Type/XObject/Subtype/Image/Width [0-9]+/Height [0-9]+/ColorSpace'
    + '(?:/DeviceGray/BitsPerComponent [48]|/DeviceRGB/BitsPerComponent 8|\\[/Indexed/DeviceRGB [0-9]+<(?:[0-9a-f]{6}){1,16}>\\]/BitsPerComponent 4)'
    + '/Filter/(?:FlateDecode|DCTDecode)/Length [0-9]+$'),
  content: /^\/Filter\/FlateDecode\/Length [0-9]+$/,
  program: /^\/Filter\/FlateDecode\/Length1 [0-9]+\/Length [0-9]+$/,
  font: new RegExp(`^/Type/Font/Subtype/Type0/BaseFont/Invisible/Encoding/Identity-H/DescendantFonts\\[${ref}\\]/ToUnicode ${ref}$`),
  descendant: new RegExp(`^/Type/Font/Subtype/CIDFontType2/BaseFont/Invisible/CIDSystemInfo<</Registry\\(Adobe\\)/Ordering\\(Identity\\)/Supplement 0>>/FontDescriptor ${ref}/DW 500/CIDToGIDMap ${ref}$`),
  descriptor: new RegExp(`^/Type/FontDescriptor/FontName/Invisible/Flags 5/FontBBox\\[0 0 500 800\\]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80/FontFile2 ${ref}$`),
} as const;

/** SHA-256 of the decoded streams of the invisible font: program, glyph map, Unicode map. They are the same in every file. */
const fontStreams = new Set([
  '5112312a3b051c3e5dc95b9768887cb90729d793d26a6d2e69cb46598a93c2ab',
  '291de8d4b566650ddb8d230211cdcf218a35c2f6e3e7ec611cbae0c0b70700d0',
  '4c05d7c348562ab3d68c64b094265caab45761d5698e36bda699b5dd125edf71',
]);

/** Reads a finished file strictly: one header, objects without a gap, one cross-reference table, one end mark. Throws NotOurForm. */
export function readFinished(bytes: Buffer): FinishedFile {
  const objects = readObjects(bytes, readTable(bytes));
  const streams = documentStreams(objects);
  const tree = [...objects.values()].filter(({ dictionary }) => forms.pages.test(dictionary));
  if (tree.length !== 1) throw new NotOurForm('not one page tree');
  const kids = (/\[(.*)\]/.exec(tree[0]?.dictionary ?? '')?.[1] ?? '').split(' R').map(part => Number.parseInt(part, 10)).filter(id => !Number.isNaN(id));
  // Catalogue, tree, info and six of the font; page, picture and content of each page. Nothing that no page shows.
  if (objects.size !== 9 + 3 * kids.length) throw new NotOurForm('objects that no page uses');
  return { streams, pages: kids.map(id => readPage(objects, id)) };
}

/** Checks every dictionary and the font's streams; what is left is pictures and text layers. */
function documentStreams(objects: ReadonlyMap<number, FoundObject>): FinishedFile['streams'][number][] {
  const streams: FinishedFile['streams'][number][] = [];
  for (const { dictionary, stream } of objects.values()) {
    if (!Object.values(forms).some(form => form.test(dictionary))) throw new NotOurForm('a dictionary is not on the list');
    if (stream === undefined) continue;
    const decoded = forms.image.test(dictionary) ? undefined : inflateSync(stream);
    if (decoded !== undefined && fontStreams.has(createHash('sha256').update(decoded).digest('hex'))) continue;
    if (forms.program.test(dictionary)) throw new NotOurForm('another font');
    streams.push({ raw: stream, decoded });
  }
  return streams;
}

function readPage(objects: ReadonlyMap<number, FoundObject>, id: number): FinishedPage {
  const match = forms.page.exec(objects.get(id)?.dictionary ?? '');
  const [, width, height, image, content] = match ?? [];
  const picture = objects.get(Number.parseInt(image ?? '', 10));
  const operators = objects.get(Number.parseInt(content ?? '', 10));
  if (picture?.stream === undefined || operators?.stream === undefined || !forms.image.test(picture.dictionary)) throw new NotOurForm('a page has another form');
  return {
    width: Number(width), height: Number(height), image: { dictionary: picture.dictionary, bytes: picture.stream },
    operators: inflateSync(operators.stream).toString('latin1'),
  };
}

interface Table { readonly start: number; readonly offsets: readonly number[] }

function readTable(bytes: Buffer): Table {
  // Looked for in the whole file: compressed bytes may hold one of these words by chance about once in 10^6 files, and then the check fails closed.
  for (const mark of ['%%EOF', 'startxref', 'trailer']) {
    if (bytes.indexOf(mark) < 0 || bytes.indexOf(mark) !== bytes.lastIndexOf(mark)) throw new NotOurForm(`not one ${mark.trim()}`);
  }
  const end = bytes.indexOf('startxref');
  const tail = /^startxref\n([0-9]+)\n%%EOF\n$/.exec(bytes.subarray(end).toString('latin1'));
  const start = Number(tail?.[1] ?? NaN);
  const text = bytes.subarray(start, end).toString('latin1');
  const table = /^xref\n0 ([0-9]+)\n0000000000 65535 f \n((?:[0-9]{10} 00000 n \n)+)trailer\n<<\/Size ([0-9]+)\/Root 1 0 R\/Info 3 0 R\/ID\[<([0-9a-f]{32})><\4>\]>>\n$/.exec(text);
  if (table === null || table[1] !== table[3]) throw new NotOurForm('the cross-reference table has another form');
  const offsets = (table[2] ?? '').trimEnd().split('\n').map(row => Number.parseInt(row, 10));
  if (offsets.length !== Number(table[1]) - 1) throw new NotOurForm('the cross-reference table has another length');
  return { start, offsets };
}

/** Objects follow each other from the header to the table without a byte between them. */
function readObjects(bytes: Buffer, table: Table): Map<number, FoundObject> {
  const objects = new Map<number, FoundObject>();
  const byPlace = table.offsets.map((offset, index) => ({ offset, id: index + 1 })).toSorted((a, b) => a.offset - b.offset);
  let at = Buffer.from('%PDF-1.5\n%\xe2\xe3\xcf\xd3\n', 'latin1').length;
  if (!bytes.subarray(0, at).equals(Buffer.from('%PDF-1.5\n%\xe2\xe3\xcf\xd3\n', 'latin1'))) throw new NotOurForm('another header');
  for (const { offset, id } of byPlace) {
    if (offset !== at) throw new NotOurForm('bytes between objects');
    const { found, end } = readObject(bytes, offset, id);
    objects.set(id, found);
    at = end;
  }
  if (at !== table.start) throw new NotOurForm('bytes before the table');
  return objects;
}

function readObject(bytes: Buffer, offset: number, id: number): { found: FoundObject; end: number } {
  const opening = `${id} 0 obj\n<<`;
  if (bytes.toString('latin1', offset, offset + opening.length) !== opening) throw new NotOurForm('an object has another head');
  const bodyStart = offset + opening.length;
  const plainEnd = bytes.indexOf('>>\nendobj\n', bodyStart);
  const streamStart = bytes.indexOf('>>\nstream\n', bodyStart);
  if (streamStart < 0 || (plainEnd >= 0 && plainEnd < streamStart)) {
    return { found: { dictionary: bytes.toString('latin1', bodyStart, plainEnd), stream: undefined }, end: plainEnd + '>>\nendobj\n'.length };
  }
  const dictionary = bytes.toString('latin1', bodyStart, streamStart);
  const start = streamStart + '>>\nstream\n'.length;
  const end = start + Number(/\/Length ([0-9]+)$/.exec(dictionary)?.[1] ?? NaN);
  const closing = '\nendstream\nendobj\n';
  if (bytes.toString('latin1', end, end + closing.length) !== closing) throw new NotOurForm('a stream has another length');
  return { found: { dictionary, stream: bytes.subarray(start, end) }, end: end + closing.length };
}
