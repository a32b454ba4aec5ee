import { expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { moves } from '../../../functions/redaction/moves.ts';

const readme = join(import.meta.dirname, '../../../functions/redaction/README.md');

it('the README of the room prints its stages from moves.ts, and stays short', async () => {
  const text = await readFile(readme, 'utf8');
  const table = Object.entries(moves).map(([name, { from, to, by }]) => `| ${name} | ${by} | ${from.join(', ')} | ${to} |`);
  expect(text.split('\n').filter(line => /^\| [A-Z]/.test(line))).toEqual(table);
  expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(30);
});
