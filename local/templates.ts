import { build, type Plugin } from 'esbuild';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import nunjucks from 'nunjucks';
import { compile } from 'sass';
import * as z from 'zod';
import type { CompiledPages, StoredAsset } from '../shared/http/html.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const govuk = join(root, 'node_modules', 'govuk-frontend', 'dist');

/** At run time only the part of Nunjucks that runs compiled templates is there: a template can never be made from text that somebody sent. */
export const templateAlias = { nunjucks: 'nunjucks/browser/nunjucks-slim.js' };

const folders = [
  { folder: govuk, under: '' },
  { folder: join(root, 'shared', 'http', 'views'), under: '' },
  ...globSync('functions/*/views', { cwd: root }).sort().map(folder => ({ folder: join(root, folder), under: `${room(folder)}/` })),
];

function room(folder: string): string {
  return folder.replaceAll('\\', '/').split('/')[1] ?? '';
}

function filesIn(folder: string, pattern: string): { path: string; text: string }[] {
  return globSync(pattern, { cwd: folder }).sort().map(path => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(folder, path), 'utf8') }));
}

const partsSchema = z.array(z.object({ name: z.string(), template: z.string() }));

/** One object literal of compiled templates; their names are those that templates use: `govuk/...`, `layout.njk`, `goodsam/consent.njk`. */
function templatesSource(): string {
  const environment = new nunjucks.Environment([], { autoescape: true });
  const compiled = folders.flatMap(({ folder, under }) => filesIn(folder, '**/*.njk').map(({ path, text }) => nunjucks.precompileString(text, {
    name: `${under}${path}`, env: environment,
    // The published types say one template; it is a list.
    wrapper: (parts: unknown) => partsSchema.parse(parts).map(({ name, template }) => `${JSON.stringify(name)}:(function(){${template}})()`).join(','),
  })));
  return `{${compiled.join(',\n')}}`;
}

const textsSchema = z.record(z.string(), z.string().min(1));

/** Texts of a language: `texts.en.json` beside the views; a room's keys begin with the room's name. */
function textsIn(language: string): Record<string, string> {
  return Object.fromEntries(folders.flatMap(({ folder, under }) => filesIn(folder, `texts.${language}.json`).flatMap(({ text }) => Object.entries(textsSchema.parse(JSON.parse(text))).map(([key, value]) => [`${under.replace('/', '.')}${key}`, value]))));
}

interface Asset {
  readonly name: string;
  readonly path: string;
  readonly type: string;
  readonly bytes: Buffer;
}

let made: Promise<readonly Asset[]> | undefined;

/** Style sheets, scripts and icons, named by what is in them, so that a browser may keep them for ever. */
async function assets(): Promise<readonly Asset[]> {
  made ??= makeAssets();
  return await made;
}

async function makeAssets(): Promise<Asset[]> {
  const views = join(root, 'shared', 'http', 'views');
  const style = (name: string) => compile(join(views, name), { style: 'compressed', loadPaths: [govuk], quietDeps: true, charset: false }).css;
  const { outputFiles } = await build({
    absWorkingDir: root, entryPoints: ['shared/http/views/page.js', 'shared/http/views/plain.js'], bundle: true, minify: true, format: 'esm', target: ['safari15', 'chrome100'], outdir: 'unused', write: false, legalComments: 'none',
  });
  const [page, plain] = outputFiles.map(file => file.text);
  return [
    named('page.css', 'text/css; charset=utf-8', style('page.scss')),
    named('plain.css', 'text/css; charset=utf-8', style('plain.scss')),
    named('page.js', 'text/javascript; charset=utf-8', page ?? ''),
    named('plain.js', 'text/javascript; charset=utf-8', plain ?? ''),
    named('icon.svg', 'image/svg+xml', readFileSync(join(views, 'icon.svg'), 'utf8').trim()),
  ];
}

function named(name: string, type: string, text: string): Asset {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { name, type, bytes: Buffer.from(text), path: `/assets/${name.replace('.', `.${hash}.`)}` };
}

function stored({ path, type, bytes }: Asset): [string, StoredAsset] {
  const br = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  return [path, { type, bytes: bytes.toString('base64'), gz: gzipSync(bytes, { level: 9 }).toString('base64'), br: br.toString('base64') }];
}

const sources: Readonly<Record<string, () => Promise<string>>> = {
  'pages:compiled': async () => `import { environment } from './shared/http/views/environment.ts';
export const render = environment(${templatesSource()});
export const texts = ${JSON.stringify({ en: textsIn('en'), cy: textsIn('cy') })};
export const assetPaths = ${JSON.stringify(Object.fromEntries((await assets()).map(({ name, path }) => [name, path])))};`,
  'pages:assets': async () => `export const assets = ${JSON.stringify(Object.fromEntries((await assets()).map(stored)))};`,
};

/** Gives esbuild the two modules that `shared/http/html.ts` loads on the first page: `pages:compiled` and `pages:assets`. */
export const pagesPlugin: Plugin = {
  name: 'pages',
  setup(builder) {
    builder.onResolve({ filter: /^pages:(?:compiled|assets)$/ }, ({ path }) => ({ path, namespace: 'pages' }));
    builder.onLoad({ filter: /.*/, namespace: 'pages' }, async ({ path }) => ({ contents: await sources[path]?.() ?? '', loader: 'js', resolveDir: root }));
  },
};

type Built = CompiledPages & { readonly assets: Readonly<Record<string, StoredAsset>> };

function isBuilt(value: unknown): value is Built {
  return typeof value === 'object' && value !== null && 'render' in value && typeof value.render === 'function' && 'texts' in value && 'assetPaths' in value && 'assets' in value;
}

/**
 * The same two modules for tests and tools that run from source. They are built once for a state of the sources and kept beside npm's own caches; a build takes seconds
 * and many test files need it.
 */
export async function loadPagesFromSource(): Promise<{ pages: () => Promise<CompiledPages>; assets: () => Promise<Pick<Built, 'assets'>> }> {
  const file = join(root, 'node_modules', '.cache', 'pages', `${sourcesHash()}.mjs`);
  if (!existsSync(file)) await buildInto(file);
  const loaded: unknown = await import(pathToFileURL(file).href);
  if (!isBuilt(loaded)) throw new TypeError('the pages were not built');
  return { pages: () => Promise.resolve(loaded), assets: () => Promise.resolve(loaded) };
}

async function buildInto(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  // Renamed when it is whole: two test files may build at once.
  const unfinished = `${file}.${randomUUID()}`;
  await build({
    stdin: { contents: "export * from 'pages:compiled'; export * from 'pages:assets';", resolveDir: root }, absWorkingDir: root,
    bundle: true, format: 'esm', platform: 'node', target: 'node24', outfile: unfinished, plugins: [pagesPlugin], alias: templateAlias, logLevel: 'warning',
  });
  await rename(unfinished, file);
}

function sourcesHash(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).update(readFileSync(fileURLToPath(import.meta.url)));
  for (const { folder } of folders.slice(1)) for (const { path, text } of filesIn(folder, '**/*.{njk,json,ts,js,scss,svg}')) hash.update(`${path}\n${text}\n`);
  return hash.digest('hex').slice(0, 32);
}
