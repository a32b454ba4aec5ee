import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Where the child's entry and PDFium's wasm lie: beside the bundle in dist/, or in the source tree and node_modules. */
export function enginePaths(): { child: string; wasm: string } {
  const here = dirname(fileURLToPath(import.meta.url));
  // In the bundle this code may stand in the entry or in a chunk one folder down.
  for (const folder of [here, dirname(here)]) {
    const built = { child: join(folder, 'burn.js'), wasm: join(folder, 'pdfium.wasm') };
    if (existsSync(built.child)) return built;
  }
  return { child: join(here, 'child.ts'), wasm: createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm') };
}
