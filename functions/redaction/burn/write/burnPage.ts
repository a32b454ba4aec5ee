import { createHash } from 'node:crypto';
import { pageObjects } from '../../pdfium/objects.ts';
import { openPage, closePage, pageSize, type PdfPage } from '../../pdfium/page.ts';
import { renderPage } from '../../pdfium/render.ts';
import type { PdfDocument } from '../../pdfium/document.ts';
import { DocumentFailure } from '../failures.ts';
import type { PageHits } from '../job.ts';
import { boxesOfSpan, unitBoxes } from '../locate/boxes.ts';
import { readPageText, type PageText } from '../locate/pageText.ts';
import { wordsOfMarks, wordsOfPage } from '../locate/words.ts';
import type { BurntPage } from '../record.ts';
import type { Box, BurnMode, Pixels, Region } from '../types.ts';
import { blockMeans } from './blocks.ts';
import { encodeImage } from './encode.ts';
import { blacken, regionOf, wordsWithInk } from './paint.ts';
import { chooseResolution } from './resolution.ts';
import { textLayer } from './textLayer.ts';

export interface BurnOptions {
  readonly mode: BurnMode;
  readonly hits: PageHits | undefined;
  readonly level: 0 | 1 | 2;
}

/** Renders a page, destroys what is hit, and encodes what is left with its text layer. */
export async function burnPage(document: PdfDocument, index: number, options: BurnOptions): Promise<BurntPage> {
  const page = openPage(document, index);
  try {
    return await burnOpenPage(page, options);
  } finally {
    closePage(page);
  }
}

async function burnOpenPage(page: PdfPage, { hits, level }: BurnOptions): Promise<BurntPage> {
  const text = readPageText(page);
  if (hits !== undefined && hits.textHash !== hashText(text.text)) throw new DocumentFailure('engine-crash', 'the text of a page changed between finding and burning');
  const { width, height } = pageSize(page);
  const dpi = chooseResolution(page.document.pdfium, { width, height, chars: text.chars, objects: pageObjects(page) });
  const picture = renderPage(page, dpi);
  const source = blockMeans(picture);
  const scale = { x: picture.width / width, y: picture.height / height };
  const regions = hits === undefined ? [] : hide(picture, boxesOf(text, hits, level === 0 ? undefined : width), scale);
  const hitOwners = ownersOf(text, hits);
  const words = [...wordsOfPage(text, char => hitOwners.has(char)), ...wordsOfMarks(text, mark => hitOwners.has(-2 - mark))];
  const layer = Buffer.from(level === 2 ? '' : textLayer(wordsWithInk(words, picture, scale, regions), height), 'latin1');
  const image = await encodeImage(picture);
  return {
    record: {
      page: page.index, width, height, dpi,
      image: { dictionary: image.dictionary, width: picture.width, height: picture.height, kind: image.kind, bytes: image.bytes.length },
      layerBytes: layer.length, regions, reset: 0, boxed: regions.length, labels: 0, anchors: 0,
      source: Buffer.from(source).toString('base64'), hasOwnOcr: hasHiddenLayer(text), level,
    },
    image: image.bytes, layer,
  };
}

/** The fence between finding and burning: offsets are worthless on another text. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Boxes to hide: pieces of text, rectangles drawn; as bands across the page when `band` (the page's width) is given. */
function boxesOf(text: PageText, hits: PageHits, band: number | undefined): Box[] {
  const boxes = unitBoxes(text);
  const found = [...hits.spans.flatMap(span => boxesOfSpan(boxes, span.start, span.end)), ...hits.boxes];
  return band === undefined ? found : found.map(box => ({ ...box, left: 0, right: band }));
}

function hide(picture: Pixels, boxes: readonly Box[], scale: { x: number; y: number }): Region[] {
  const regions = boxes.flatMap(box => regionOf(box, picture, scale) ?? []);
  for (const region of regions) blacken(picture, region);
  return regions;
}

function ownersOf(text: PageText, hits: PageHits | undefined): Set<number> {
  return new Set((hits?.spans ?? []).flatMap(span => text.owners.slice(span.start, span.end)));
}

/** Most of the words are drawn invisibly (rendering mode 3): a scan that somebody else's text recognition has read. */
function hasHiddenLayer(text: PageText): boolean {
  const drawn = text.chars.filter(char => !char.isGenerated);
  return drawn.filter(char => char.renderMode === 3 || char.renderMode === 7).length > drawn.length / 2;
}
