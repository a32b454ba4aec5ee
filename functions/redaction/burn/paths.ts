import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Where the child's entry and PDFium's wasm lie: beside the bundle in dist/, or in the source tree and node_modules. */
export function enginePaths(): { child: string; wasm: string } {
  const here = dirname(fileURLToPath(import.meta.url));
  const built = { child: join(here, 'burn.js'), wasm: join(here, 'pdfium.wasm') };
  if (existsSync(built.child)) return built;
  return { child: join(here, 'child.ts'), wasm: createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm') };
}
