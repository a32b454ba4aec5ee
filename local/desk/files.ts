import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const page = join(dirname(fileURLToPath(import.meta.url)), 'page');
const pdfjs = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', mjs: 'text/javascript; charset=utf-8', wasm: 'application/wasm', svg: 'image/svg+xml',
};

/** The folders that are served, each with the names it may be asked for: one segment of plain characters, so no path leads out of it. */
const folders: readonly { readonly at: RegExp; readonly folder: string }[] = [
  { at: /^\/([a-zA-Z]+\.(?:js|css|html|svg))$/, folder: page },
  { at: /^\/links\/([a-zA-Z]+\.(?:js|css))$/, folder: join(page, 'links') },
  { at: /^\/missing\/([a-zA-Z]+\.(?:js|css))$/, folder: join(page, 'missing') },
  { at: /^\/pdfjs\/(pdf(?:\.worker)?\.min\.mjs)$/, folder: join(pdfjs, 'build') },
  { at: /^\/pdfjs\/cmaps\/([A-Za-z0-9-]+\.bcmap)$/, folder: join(pdfjs, 'cmaps') },
  { at: /^\/pdfjs\/standard_fonts\/([A-Za-z-]+\.(?:pfb|ttf))$/, folder: join(pdfjs, 'standard_fonts') },
  { at: /^\/pdfjs\/wasm\/([a-z0-9_]+\.(?:wasm|js))$/, folder: join(pdfjs, 'wasm') },
  { at: /^\/pdfjs\/iccs\/([A-Za-z0-9_-]+\.icc)$/, folder: join(pdfjs, 'iccs') },
];

export interface PageFile {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

/** A file of the page or of pdf.js, or undefined when the path names none. */
export async function readPageFile(path: string): Promise<PageFile | undefined> {
  const wanted = path === '/' ? '/index.html' : path;
  for (const { at, folder } of folders) {
    const name = at.exec(wanted)?.[1];
    if (name === undefined) continue;
    const bytes = await readFile(join(folder, name)).catch(() => undefined);
    return bytes && { bytes, contentType: types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream' };
  }
  return undefined;
}
