import { readFileSync } from 'node:fs';

/**
 * The app's clock. In tests a file may hold by how many milliseconds it is ahead, so that hours pass at once; configuration refuses that file everywhere else.
 * A file that is not there is no offset.
 */
export function createClock(offsetFile: string | undefined): () => Date {
  if (offsetFile === undefined) return () => new Date();
  return () => new Date(Date.now() + offsetIn(offsetFile));
}

function offsetIn(file: string): number {
  try {
    const offset = Number(readFileSync(file, 'utf8'));
    return Number.isFinite(offset) ? offset : 0;
  } catch {
    return 0;
  }
}
