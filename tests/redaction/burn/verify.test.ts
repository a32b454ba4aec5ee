import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { openPdfium, type Pdfium } from '../../../functions/redaction/pdfium/library.ts';
import { openSource } from '../../../functions/redaction/burn/intake/openSource.ts';
import type { Needle } from '../../../functions/redaction/burn/job.ts';
import { enginePaths } from '../../../functions/redaction/burn/paths.ts';
import type { PageRecord } from '../../../functions/redaction/burn/record.ts';
import { verify, type Verification } from '../../../functions/redaction/burn/verify/verify.ts';
import { assemble } from '../../../functions/redaction/burn/write/assemble.ts';
import { burnPage } from '../../../functions/redaction/burn/write/burnPage.ts';
import { startPdf } from '../../../functions/redaction/burn/write/pdfFile.ts';
import { inFolder } from './engine.ts';
import { coveredCopy, hiding, sentinel, statement } from './samples.ts';

let pdfium: Pdfium;
let records: PageRecord[];
let good: Buffer;
const needles: Needle[] = [{ text: 'Ashgrove', allowed: 0, isWhole: false }, { text: sentinel, allowed: 0, isWhole: false }];

beforeAll(async () => {
  pdfium = await openPdfium(enginePaths().wasm);
  await inFolder(async folder => {
    await writeFile(join(folder, 'in'), await statement({ pages: 2, name: 'Rhona Calder' }));
    const source = openSource(pdfium, join(folder, 'in'), undefined);
    const pages = await Promise.all([0, 1].map(index => burnPage(source.document, index, { mode: 'disclosure', hits: undefined, level: 0 })));
    ({ records } = assemble(pages, join(folder, 'out')));
    good = await readFile(join(folder, 'out'));
  });
});

async function check(bytes: Uint8Array, by: { records?: PageRecord[]; needles?: Needle[] } = {}): Promise<Verification> {
  return inFolder(async folder => {
    await writeFile(join(folder, 'x.pdf'), bytes);
    return verify(pdfium, join(folder, 'x.pdf'), by.records ?? records, { needles: by.needles ?? needles, beat: () => undefined });
  });
}

const found = async (bytes: Uint8Array, by = {}) => [...new Set((await check(bytes, by)).findings.map(finding => finding.check))];

/** The finished file with one object rewritten: everything else, the table and the identifier included, as our writer makes it. */
function rewritten(change: (id: number, object: { dictionary: string; stream: Buffer | undefined }) => { dictionary: string; stream: Buffer | undefined }): Buffer {
  const chunks: Buffer[] = [];
  const file = startPdf({ write: bytes => void chunks.push(Buffer.from(bytes)) });
  const text = good.toString('latin1');
  let reserved = 0;
  for (const match of text.matchAll(/^([0-9]+) 0 obj\n<<(.*?)>>\n(?:stream\n|endobj\n)/gms)) {
    const id = Number(match[1]);
    const raw = match[2] ?? '';
    const length = /\/Length ([0-9]+)$/.exec(raw)?.[1];
    const start = match.index + match[0].length;
    const stream = length === undefined ? undefined : good.subarray(start, start + Number(length));
    const changed = change(id, { dictionary: raw.replace(/\/Length [0-9]+$/, ''), stream });
    while (reserved < id) reserved = file.reserve();
    file.put(id, changed.dictionary, changed.stream);
  }
  file.finish(1, 3);
  return Buffer.concat(chunks);
}

const isContent = (object: { dictionary: string; stream: Buffer | undefined }) => object.stream !== undefined && inflateSafe(object.stream).startsWith('q ');
const inflateSafe = (bytes: Buffer) => { try { return inflateSync(bytes).toString('latin1'); } catch { return ''; } };
const hex = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');

describe('the verifier', () => {
  it('passes what the engine made', async () => {
    expect(await check(good)).toMatchObject({ findings: [], figures: { pages: 2 } });
    expect(records).toHaveLength(2);
  });

  it('finds a redacted word in the text layer, however it is written', async () => {
    for (const word of ['Ashgrove', 'ASHGROVE', 'Ash\u00adgrove', 'A s h g r o v e', 'Ashgr\u00f3ve']) {
      const bad = rewritten((_, object) => !isContent(object) ? object
        : { ...object, stream: deflateSync(Buffer.from(inflateSafe(object.stream ?? Buffer.alloc(0)).replace(/<[0-9a-f]+>/, `<${hex(word)}>`))) });
      expect(await found(bad)).toContain('text');
    }
  });

  it.each([
    ['bytes after the end', () => Buffer.concat([good, Buffer.from('x')])],
    ['a second revision', () => Buffer.concat([good, good])],
    ['a comment between objects', () => Buffer.from(good.toString('latin1').replace('endobj\n2 0', 'endobj\n%x\n2 0'), 'latin1')],
    ['another key in a page', () => rewritten((_, object) => (object.dictionary.startsWith('/Type/Page/') ? { ...object, dictionary: `${object.dictionary}/PieceInfo 1 0 R` } : object))],
    ['another producer', () => rewritten((_, object) => (object.dictionary.startsWith('/Producer') ? { ...object, dictionary: '/Producer(Ashgrove)' } : object))],
    ['visible text', () => rewritten((_, object) => (isContent(object) ? { ...object, stream: deflateSync(Buffer.from(inflateSafe(object.stream ?? Buffer.alloc(0)).replace('3 Tr', '0 Tr'))) } : object))],
  ])('refuses %s', async (_, make) => expect(await found(make())).toEqual(['form']));

  it('finds a box that is not black, a page that turned black and text without ink', async () => {
    const region = { x: 100, y: 100, w: 300, h: 60, kind: 'box' } as const;
    const [first, second] = records;
    if (first === undefined || second === undefined) throw new Error('no records');
    expect(await found(good, { records: [{ ...first, regions: [region] }, second] })).toContain('box');
    const black = rewritten((_, object) => (object.dictionary.includes('/Subtype/Image') ? { ...object, stream: deflateSync(Buffer.alloc(inflateSync(object.stream ?? Buffer.alloc(0)).length)) } : object));
    expect(await found(black)).toEqual(expect.arrayContaining(['difference', 'ink']));
  });

  it('counts what people decided to keep', async () => {
    expect(await found(good, { needles: [{ text: 'library', allowed: 2, isWhole: true }] })).toEqual([]);
    expect(await found(good, { needles: [{ text: 'library', allowed: 1, isWhole: true }] })).toEqual(['text']);
    expect(await found(good, { needles: [{ text: 'lib', allowed: 0, isWhole: true }] })).toEqual([]);
    expect(await found(good, { needles: [{ text: 'lib', allowed: 0, isWhole: false }] })).toEqual(['text']);
  });

  it('catches the broken twin: pages copied, a black rectangle on top', async () => {
    const source = await hiding(true);
    const twin = await coveredCopy(source);
    expect(Buffer.from(twin).toString('latin1') + inflatedText(twin)).toContain(sentinel);
    expect(await found(twin)).toEqual(['form']);
  });

  it('makes the identifier of the content', () => {
    const id = /\/ID\[<([0-9a-f]{32})>/.exec(good.toString('latin1'))?.[1];
    const body = good.subarray(0, good.indexOf('trailer'));
    expect(id).toBe(createHash('sha256').update(body).digest('hex').slice(0, 32));
  });
});

function inflatedText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes);
  const parts: string[] = [];
  for (let at = buffer.indexOf('stream\n'); at >= 0; at = buffer.indexOf('stream\n', at + 7)) {
    const text = inflateSafe(buffer.subarray(at + 7, buffer.indexOf('endstream', at)));
    parts.push(text, ...text.matchAll(/<([0-9A-Fa-f]+)>/g).map(match => Buffer.from(match[1] ?? '', 'hex').toString('latin1')));
  }
  return parts.join('\n');
}
