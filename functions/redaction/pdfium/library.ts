import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { init, type Methods } from '@embedpdf/pdfium';

/** SHA-256 of `pdfium.wasm` of @embedpdf/pdfium 2.15.1, the first release after the multi-region redaction fault (#801). */
export const wasmSha256 = '5e4cd023c3dad4a895b3571ca573d3fc51bac6de48360d95283134385b954eaa';

/**
 * A loaded PDFium: its C functions and its one flat heap. Handles are plain numbers (0 = none) and belong to the heap that made them.
 * Functions that the typings call `boolean` return 0 or 1 at run time: test them for truth, never with `=== true`.
 */
export interface Pdfium {
  readonly api: Methods;
  /** The heap as it is now. Growth detaches older views, so ask again after each call into PDFium. */
  readonly heap: () => DataView;
  readonly malloc: (bytes: number) => number;
  readonly free: (pointer: number) => void;
}

/**
 * Loads PDFium from the `pdfium.wasm` at a path (the package's, or the copy beside a built bundle).
 * Throws when the file is not byte for byte the pinned one: what destroys evidence must be the reviewed build.
 */
export async function openPdfium(wasmPath: string): Promise<Pdfium> {
  const wasm = await readFile(wasmPath);
  const found = createHash('sha256').update(wasm).digest('hex');
  if (found !== wasmSha256) throw new Error(`pdfium.wasm has SHA-256 ${found}, not the pinned ${wasmSha256}`);
  const options: object = { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) };
  const api = await init(options);
  api.PDFiumExt_Init();
  const { malloc, free } = api.pdfium.wasmExports;
  callDirectly(api, api.pdfium.wasmExports);
  return { api, heap: currentHeap(api.pdfium), malloc, free };
}

/**
 * Asked several times for each character of a page. The package's wrapper looks up and converts arguments by name at each call; these take and return numbers
 * only, so the export itself can be called. That is a quarter of the time of a page.
 */
const hot = [
  'FPDFText_GetTextObject', 'FPDFText_GetCharBox', 'FPDFText_GetCharOrigin', 'FPDFText_GetMatrix', 'FPDFText_GetFillColor', 'FPDFText_GetUnicode', 'FPDFText_GetFontSize',
  'FPDFText_IsGenerated', 'FPDFText_IsHyphen', 'FPDFTextObj_GetFont', 'FPDFTextObj_GetTextRenderMode', 'FPDFFont_GetGlyphWidth',
];

function callDirectly(api: object, exported: object): void {
  for (const name of hot) {
    const direct: unknown = Reflect.get(exported, name);
    if (typeof direct !== 'function' || !Reflect.set(api, name, direct)) throw new Error(`PDFium does not export ${name}`);
  }
}

/** Emscripten replaces `HEAPU8` when memory grows and leaves the old buffer detached (length 0). */
function currentHeap(module: object): () => DataView {
  let view: DataView | undefined;
  return () => {
    if (view !== undefined && view.buffer.byteLength > 0) return view;
    const bytes: unknown = Reflect.get(module, 'HEAPU8');
    if (!ArrayBuffer.isView(bytes)) throw new Error('PDFium has no heap');
    view = new DataView(bytes.buffer);
    return view;
  };
}
