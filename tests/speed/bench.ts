import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { commandFigures } from './commands.ts';
import { print } from './figures.ts';
import { startupFigures } from './startup.ts';

// `npm run bench`: speed is looked at, never asserted in a test. Each part prints its figures beside a floor or a peer of the same run.
print('Start', await startupFigures());
print('Protocol over Azurite', await commandFigures());
for (const part of ['burn', 'detect']) {
  const file = fileURLToPath(new URL(`./${part}.ts`, import.meta.url));
  if (existsSync(file)) await import(file);
}
