// Each wall of design.md 2 (docs/adr/0002-walls.md) with a violation that must fail, and clean code that must pass. Fixtures are texts under a virtual path:
// the walls need no types, so they run alone and not inside the typed configuration.
import { describe, expect, it } from '@jest/globals';
import { Linter } from 'eslint';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import tseslint from 'typescript-eslint';
import * as z from 'zod';

const root = join(import.meta.dirname, '..', '..');
const path = join(root, 'eslint.walls.mjs');
const { walls, zones } = z.object({
  walls: z.array(z.custom<Linter.Config>(value => typeof value === 'object')), zones: z.array(z.object({ name: z.string(), files: z.instanceof(RegExp) })),
}).parse(await import(path));
const linter = new Linter({ cwd: root });

/** The rules that a text breaks at a path. */
function broken(path: string, code: string): string[] {
  const messages = linter.verify(code, [{ files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } }, ...walls], { filename: join(root, path) });
  return messages.map(({ ruleId, message }) => ruleId ?? message);
}

const violations: readonly [wall: string, path: string, code: string, rule: string][] = [
  ['a room imports another room', 'functions/goodsam/http.ts', "import '../redaction/state.ts';", 'walls/imports'],
  ['a room imports another room lazily', 'functions/goodsam/http.ts', "await import('../redaction/state.ts');", 'walls/imports'],
  ['a room re-exports another room', 'functions/goodsam/http.ts', "export { stages } from '../redaction/state.ts';", 'walls/imports'],
  ['the contract of another room', 'functions/goodsam/contract.ts', "import '../redaction/contract.ts';", 'walls/imports'],
  ['shared imports a room', 'shared/case/commit.ts', "import '../../functions/redaction/state.ts';", 'walls/imports'],
  ['a room imports tests', 'functions/redaction/http.ts', "import '../../tests/support/client.ts';", 'walls/imports'],
  ['a room imports local', 'functions/redaction/http.ts', "import '../../local/system.ts';", 'walls/imports'],
  ['shared imports local', 'shared/http/caller.ts', "import '../../local/issuer/issuer.ts';", 'walls/imports'],
  ['the wiring imports local', 'functions/main.ts', "import '../local/system.ts';", 'walls/imports'],
  ['decide imports node:', 'functions/redaction/decide.ts', "import 'node:crypto';", 'walls/imports'],
  ['decide imports a package', 'functions/redaction/decide.ts', "import 'jose';", 'walls/imports'],
  ['decide imports an unpure neighbour', 'functions/redaction/decide.ts', "import './http.ts';", 'walls/imports'],
  ['a card imports a client', 'functions/redaction/card.ts', "import '../../shared/azure/table.ts';", 'walls/imports'],
  ['detection imports node:', 'functions/redaction/detect/names.ts', "import 'node:fs';", 'walls/imports'],
  ['shared/domain imports shared/http', 'shared/domain/ids.ts', "import '../http/problem.ts';", 'walls/imports'],
  ['decide asks the clock', 'functions/redaction/decide.ts', 'export const at = Date.now();', 'no-restricted-properties'],
  ['decide makes a date of now', 'functions/redaction/decide.ts', 'export const at = new Date();', 'no-restricted-syntax'],
  ['decide throws dice', 'functions/redaction/moves.ts', 'export const n = Math.random();', 'no-restricted-properties'],
  ['decide reads process', 'functions/redaction/decide.ts', 'export const p = process.argv;', 'no-restricted-globals'],
  ['decide reads the environment', 'functions/redaction/decide.ts', 'export const p = process.env.X;', 'no-restricted-globals'],
  ['decide fetches', 'functions/redaction/decide.ts', "await fetch('https://example.test');", 'no-restricted-globals'],
  ['shared/domain makes ids', 'shared/domain/ids.ts', 'export const id = crypto.randomUUID();', 'no-restricted-globals'],
  ['a room imports a storage client', 'functions/redaction/http.ts', "import '@azure/data-tables';", 'walls/imports'],
  ['a room imports identity', 'functions/redaction/work.ts', "import '@azure/identity';", 'walls/imports'],
  ['shared/case imports a queue client', 'shared/case/work.ts', "import '@azure/storage-queue';", 'walls/imports'],
  ['a room imports a language model', 'functions/redaction/find.ts', "import 'openai';", 'walls/imports'],
  ['the burner imports the case', 'functions/redaction/burn/run.ts', "import '../../../shared/case/load.ts';", 'walls/imports'],
  ['a client imports HTTP', 'shared/azure/table.ts', "import '../http/problem.ts';", 'walls/imports'],
  ['a room reads the environment', 'functions/redaction/http.ts', 'export const p = process.env.X;', 'no-restricted-properties'],
  ['shared reads the environment', 'shared/http/caller.ts', "export const p = process['env'];", 'no-restricted-properties'],
  ['app in http.ts', 'functions/redaction/http.ts', "import { app } from '@azure/functions'; app.http('x', {});", 'walls/app'],
  ['app under another name in work.ts', 'functions/redaction/work.ts', "import { app as host } from '@azure/functions'; host.timer('x', {});", 'walls/app'],
  ['app in shared', 'shared/http/endpoint.ts', "import { app } from '@azure/functions'; app.http('x', {});", 'walls/app'],
  ['console in a room', 'functions/redaction/work.ts', "console.log('x');", 'no-console'],
  ['console in shared', 'shared/case/sweep.ts', "console.error('x');", 'no-console'],
  ['the generator imports a handler', 'powerapps-connectors/connectors.ts', "import '../functions/redaction/http.ts';", 'walls/imports'],
  ['the generator imports schemas past the contract', 'powerapps-connectors/generate.ts', "import '../functions/redaction/schemas.ts';", 'walls/imports'],
  ['the generator imports storage', 'powerapps-connectors/generate.ts', "import '../shared/azure/table.ts';", 'walls/imports'],
];

const clean: readonly [name: string, path: string, code: string][] = [
  ['decide', 'functions/redaction/decide.ts', "import * as z from 'zod'; import { moves } from './moves.ts'; import type { Facts } from '../../shared/domain/case.ts'; export const at = (facts: Facts) => new Date(facts.now); export { moves, z };"],
  ['a handler', 'functions/redaction/http.ts', "import { randomUUID } from 'node:crypto'; import { commit } from '../../shared/case/commit.ts'; export const f = () => [randomUUID(), commit, Date.now()];"],
  ['a registration', 'functions/redaction/register.ts', "import { app } from '@azure/functions'; app.timer('X', {});"],
  ['types of the host', 'functions/redaction/http.ts', "import type { HttpRequest } from '@azure/functions'; export type R = HttpRequest;"],
  ['a client', 'shared/azure/table.ts', "import { TableClient } from '@azure/data-tables'; export const t = TableClient;"],
  ['configuration', 'shared/config.ts', 'export const p = process.env;'],
  ['the log', 'shared/log.ts', "console.log('x');"],
  ['a command', 'functions/redaction/commands/redact.ts', "console.log('x');"],
  ['the generator', 'powerapps-connectors/connectors.ts', "import { operations } from '../functions/redaction/contract.ts'; export { operations };"],
  ['the wiring', 'functions/main.ts', "import { loadConfig } from '../shared/config.ts'; import { registerRedaction } from './redaction/register.ts'; export { loadConfig, registerRedaction };"],
];

describe('walls', () => {
  it.each(violations)('%s', (_wall, path, code, rule) => {
    expect(broken(path, code)).toContain(rule);
  });

  it.each(clean)('%s may be written', (_name, path, code) => {
    expect(broken(path, code)).toEqual([]);
  });
});

describe('zones', () => {
  it('hold each source file, and each zone holds some', async () => {
    const files = (await Promise.all(['functions', 'shared', 'powerapps-connectors', 'local', 'tests'].map(async top => (
      (await readdir(join(root, top), { recursive: true })).filter(path => path.endsWith('.ts')).map(path => `${top}/${path.replaceAll('\\', '/')}`))))).flat();
    const zoneOf = (path: string) => zones.find(zone => zone.files.test(path))?.name;
    expect(files.filter(path => zoneOf(path) === undefined)).toEqual([]);
    expect(new Set(files.map(zoneOf))).toEqual(new Set(zones.map(({ name }) => name)));
    // The first that matches counts; past the order, only the general zone of a folder may match too.
    const general = new Set(['rooms', 'shared', 'document engine']);
    const twice = files.filter(path => zones.filter(zone => zone.files.test(path) && !general.has(zone.name)).length > 1);
    expect(twice).toEqual([]);
  });
});
