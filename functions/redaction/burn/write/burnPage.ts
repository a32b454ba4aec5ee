import { createHash } from 'node:crypto';
import { pageObjects } from '../../pdfium/objects.ts';
import { openPage, closePage, pageSize, pixelSize, type PdfPage } from '../../pdfium/page.ts';
import type { PdfDocument } from '../../pdfium/document.ts';
import { DocumentFailure } from '../failures.ts';
import type { PageHits } from '../job.ts';
import { readPageText, type PageText } from '../locate/pageText.ts';
import type { BurntPage } from '../record.ts';
import type { BurnMode } from '../types.ts';
import { blockMeans } from './blocks.ts';
import { encodeImage } from './encode.ts';
import { hideByBoxes, hideByLines, showAll, type HiddenPage, type PageToHide } from './hide.ts';
import { wordsWithInk } from './paint.ts';
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

async function burnOpenPage(page: PdfPage, { mode, hits, level }: BurnOptions): Promise<BurntPage> {
  const text = readPageText(page);
  if (hits !== undefined && hits.textHash !== hashText(text.text)) throw new DocumentFailure('engine-crash', 'the text of a page changed between finding and burning');
  const { width, height } = pageSize(page);
  const objects = pageObjects(page);
  const dpi = chooseResolution(page.document.pdfium, { width, height, chars: text.chars, objects });
  const pixels = pixelSize(page, dpi);
  const scale = { x: pixels.width / width, y: pixels.height / height };
  const hidden = hits === undefined ? showAll(page, text, dpi)
    : hide({ page, text, hits, dpi, scale, hasImages: objects.some(object => object.kind === 'image') }, level > 0 ? 'bands' : mode === 'disclosure' ? 'lines' : 'exact');
  const { picture, regions } = hidden;
  const layer = Buffer.from(level === 2 ? '' : textLayer(wordsWithInk(hidden.words, picture, scale, regions), height), 'latin1');
  const image = await encodeImage(picture);
  return {
    record: {
      page: page.index, width, height, dpi,
      image: { dictionary: image.dictionary, width: picture.width, height: picture.height, kind: image.kind, bytes: image.bytes.length },
      layerBytes: layer.length, regions: [...regions], reset: hidden.reset, boxed: hidden.boxed, labels: hidden.labels, anchors: hidden.anchors,
      source: Buffer.from(blockMeans(picture)).toString('base64'), hasOwnOcr: hasHiddenLayer(text), level,
    },
    image: image.bytes, layer,
  };
}

function hide(page: PageToHide, how: 'lines' | 'exact' | 'bands'): HiddenPage {
  if (how === 'lines') {
    try {
      return hideByLines(page);
    } catch (error) {
      // Setting lines again checks itself and refuses what it cannot do cleanly; a wasm fault is another matter and ends the process.
      if (!(error instanceof Error) || error.name === 'RuntimeError') throw error;
      return hideByBoxes(page, pageSize(page.page).width);
    }
  }
  return hideByBoxes(page, how === 'bands' ? pageSize(page.page).width : undefined);
}

/** The fence between finding and burning: offsets are worthless on another text. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Most of the words are drawn invisibly (rendering mode 3): a scan that somebody else's text recognition has read. */
function hasHiddenLayer(text: PageText): boolean {
  const drawn = text.chars.filter(char => !char.isGenerated);
  return drawn.filter(char => char.renderMode === 3 || char.renderMode === 7).length > drawn.length / 2;
}
