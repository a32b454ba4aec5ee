import { build, type BuildOptions, type Plugin } from 'esbuild';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { pagesPlugin, templateAlias } from './templates.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);

/** Packages with native parts cannot be bundled: they are copied beside the bundle with what they need. */
const native = ['sharp'];

/** The CommonJS packages inside an ES module bundle still call require; the real host finds `@azure/functions-core` through it too. */
const banner = "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/**
 * An ES import of a built-in module reads every export at once, and some load a library of their own when they are read (node:http all of undici, node:crypto
 * the table of its algorithms): a quarter of the cold start. Taken as plain objects, what is not used is not loaded.
 */
const plainBuiltins: Plugin = {
  name: 'plain-builtins',
  setup(builder) {
    builder.onResolve({ filter: /^[a-z:/_]+$/ }, ({ path, kind }) => (kind === 'import-statement' && isBuiltin(path) ? { path: path.replace(/^node:/, ''), namespace: 'builtin' } : undefined));
    builder.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: `module.exports = process.getBuiltinModule('node:${path}');`, loader: 'js' }));
  },
};

const options: BuildOptions = {
  absWorkingDir: root,
  bundle: true, minify: true, platform: 'node', target: 'node24', format: 'esm', splitting: true,
  entryPoints: { app: 'functions/main.ts', burn: 'functions/redaction/burn/child.ts', pages: 'pages:compiled', 'page-assets': 'pages:assets' },
  chunkNames: 'chunks/[name]-[hash]',
  external: ['@azure/functions-core', '@embedpdf/pdfium/pdfium.wasm', ...native],
  banner: { js: banner }, plugins: [plainBuiltins, pagesPlugin], alias: templateAlias,
  sourcemap: 'external', legalComments: 'none', logLevel: 'warning',
};

/**
 * The entry turns on V8's code cache, which the build has filled, before it loads the app. A Node of another version ignores the cache, and a read-only
 * deployment keeps it as it is: both only cost the time that it would have saved.
 */
const entry = `import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
enableCompileCache({ directory: fileURLToPath(new URL('compile-cache', import.meta.url)), portable: true });
await import('./app.js');
`;

/** Settings that the app accepts and that reach nothing: it is only loaded, never called. */
const nowhere = {
  FORCE_ENVIRONMENT: 'production', STORAGE_ACCOUNT: 'nowhere', ENTRA_TENANT_ID: '00000000-0000-4000-8000-000000000000', ENTRA_AUDIENCE: 'nowhere', PUBLIC_BASE_URL: 'https://nowhere.example.test',
};

/** Loads the finished app and its templates once, so that their code is compiled when it is built and not when somebody waits for it. */
async function fillCompileCache(folder: string): Promise<void> {
  const load = ['main.js', 'pages.js'].map(file => `await import(${JSON.stringify(pathToFileURL(join(folder, file)).href)});`).join(' ');
  const script = `${load} (await import('node:module')).flushCompileCache(); process.exit(0);`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env: nowhere });
}

/** Builds `dist/`: everything that is deployed, and nothing else. It runs alone in an empty folder. */
export async function buildApp(folder = join(root, 'dist')): Promise<{ entryBytes: number }> {
  await rm(folder, { recursive: true, force: true });
  const { metafile } = await build({ ...options, metafile: true, outdir: folder });
  await mkdir(folder, { recursive: true });
  await cp(require.resolve('@embedpdf/pdfium/pdfium.wasm'), join(folder, 'pdfium.wasm'));
  await cp(join(root, 'host.json'), join(folder, 'host.json'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', main: 'main.js' }, null, 2));
  for (const name of native) await copyPackage(name, folder, root, new Set());
  await writeFile(join(folder, 'main.js'), entry);
  await fillCompileCache(folder);
  return { entryBytes: entryBytes(metafile) };
}

/** Copies a package and what it depends on, installed optional parts (the binary of this platform) included. */
async function copyPackage(name: string, folder: string, from: string, done: Set<string>): Promise<void> {
  const source = findPackage(name, from);
  if (source === undefined || done.has(source)) return;
  done.add(source);
  await cp(source, join(folder, 'node_modules', name), { recursive: true, dereference: true });
  const manifest: unknown = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'));
  for (const dependency of [...namesIn(manifest, 'dependencies'), ...namesIn(manifest, 'optionalDependencies')]) await copyPackage(dependency, folder, source, done);
}

function findPackage(name: string, from: string): string | undefined {
  for (const folder of require.resolve.paths(name) ?? []) {
    const candidate = join(folder, name);
    if (exists(join(candidate, 'package.json'))) return candidate;
  }
  const nested = join(from, 'node_modules', name);
  return exists(join(nested, 'package.json')) ? nested : undefined;
}

function exists(path: string): boolean {
  try {
    return require.resolve(path) !== '';
  } catch {
    return false;
  }
}

function namesIn(manifest: unknown, field: string): string[] {
  if (typeof manifest !== 'object' || manifest === null) return [];
  const value: unknown = Reflect.get(manifest, field);
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

/** Bytes that are read before the first function is registered: the entry and all that it imports statically. */
function entryBytes(metafile: { outputs: Record<string, { bytes: number; entryPoint?: string; imports: { path: string; kind: string }[] }> }): number {
  const [entry] = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === 'functions/main.ts') ?? [];
  const seen = new Set<string>();
  const visit = (path: string): number => {
    const output = metafile.outputs[path];
    if (!output || seen.has(path)) return 0;
    seen.add(path);
    return output.bytes + output.imports.filter(imported => imported.kind === 'import-statement').reduce((sum, imported) => sum + visit(imported.path), 0);
  };
  return entry === undefined ? 0 : visit(entry);
}

if (import.meta.main) {
  const { entryBytes: bytes } = await buildApp();
  process.stdout.write(`dist/ is built: ${Math.round(bytes / 1024)} KB are loaded before the first function is registered.\n`);
}
