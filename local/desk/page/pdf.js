import * as pdfjs from '/pdfjs/pdf.min.mjs';

pdfjs.GlobalWorkerOptions.workerSrc = '/pdfjs/pdf.worker.min.mjs';

/** @typedef {import('/pdfjs/pdf.min.mjs').PDFDocumentProxy} Pdf */

/** @param {Uint8Array} bytes @returns {Promise<Pdf>} */
export async function openPdf(bytes) {
  return await pdfjs.getDocument({
    data: bytes.slice(), cMapUrl: '/pdfjs/cmaps/', standardFontDataUrl: '/pdfjs/standard_fonts/', wasmUrl: '/pdfjs/wasm/', iccUrl: '/pdfjs/iccs/', verbosity: 0,
    // Fonts that a file leaves out are drawn with the ones that come with pdf.js: those of the machine have other widths.
    useSystemFonts: false,
  }).promise;
}

/** Dots across a drawn page: sharp at 200 % zoom, and no more memory than a phone has. */
const dotsAcross = 1400;

/**
 * Draws a page (from 1) as it is shown, so turned where the file turns it. Gives its size in points.
 * @param {Pdf} pdf @param {number} number @param {HTMLCanvasElement} canvas
 */
export async function drawPage(pdf, number, canvas) {
  const page = await pdf.getPage(number);
  const { width, height } = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: dotsAcross / Math.max(width, height) });
  canvas.width = Math.round(viewport.width);
  canvas.height = Math.round(viewport.height);
  await page.render({ canvas, viewport }).promise;
  return { width, height };
}
