import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const cards = dirname(createRequire(import.meta.url).resolve('adaptivecards/package.json'));

const types: Readonly<Record<string, string>> = { html: 'text/html; charset=utf-8', css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' };

/** Whole paths, so none leads out of the folders. The desk's style, helper and icon are shared with it. */
const files = new Map([
  ['/', join(here, 'page', 'index.html')], ['/inbox.css', join(here, 'page', 'inbox.css')],
  ...['main.js', 'cards.js', 'lists.js', 'messages.js'].map((name): [string, string] => [`/${name}`, join(here, 'page', name)]),
  ...['desk.css', 'dom.js', 'icon.svg'].map((name): [string, string] => [`/${name}`, join(here, '..', 'desk', 'page', name)]),
  ['/adaptivecards.min.js', join(cards, 'dist', 'adaptivecards.min.js')], ['/adaptivecards.css', join(cards, 'dist', 'adaptivecards.css')],
]);

/** A file of the page, of the desk that it looks like, or of the renderer of cards; undefined when the path names none. */
export async function readPageFile(path: string): Promise<{ readonly bytes: Uint8Array; readonly contentType: string } | undefined> {
  const file = files.get(path);
  return file === undefined ? undefined : { bytes: await readFile(file), contentType: types[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream' };
}
