import { join } from 'node:path';

/** Where the committed output of a connector stands. */
export function committedFolder(capability: string): string {
  return join(import.meta.dirname, '..', '..', 'powerapps-connectors', capability);
}
