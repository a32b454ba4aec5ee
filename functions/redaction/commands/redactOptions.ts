import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { policyName, type PolicyName } from '../policy.ts';
import { burnModes } from '../burn/types.ts';

/** What the person asked for, with absolute paths. */
export interface RedactOptions {
  readonly files: readonly string[];
  readonly out: string;
  readonly terms: readonly string[];
  readonly policy: Exclude<PolicyName, 'custom'>;
  readonly mode: (typeof burnModes)[number];
  readonly accept: 'none' | 'auto' | 'all';
  readonly password: string | undefined;
  readonly asJson: boolean;
}

/** A command line that cannot be carried out; the message says what is wrong with it. */
export class UsageError extends Error {}

export const usage = 'usage: npm run --silent redact -- FILE... --out DIR [--terms FILE] [--policy disclosure-to-CPS|subject-access|freedom-of-information]\n'
  + '       [--mode disclosure|layout-true] [--accept none|auto|all] [--password-file FILE] [--json]';

const values = z.strictObject({
  out: z.string('--out DIR is needed').min(1, '--out DIR is needed'),
  terms: z.string().optional(),
  policy: policyName.exclude(['custom'], '--policy is disclosure-to-CPS, subject-access or freedom-of-information (a custom policy is a bundle\'s own)').default('disclosure-to-CPS'),
  mode: z.enum(burnModes, '--mode is disclosure or layout-true; compact is not offered yet').default('disclosure'),
  accept: z.enum(['none', 'auto', 'all'], '--accept is none, auto or all').default('auto'),
  'password-file': z.string().optional(),
  json: z.boolean().default(false),
});

/** Reads the command line (redaction.md 6); relative paths start at `from`. Throws UsageError. */
export function readOptions(args: readonly string[], from: string): RedactOptions {
  const { given, files } = split(args);
  const parsed = values.safeParse(given);
  if (!parsed.success) throw new UsageError(parsed.error.issues.map(issue => issue.message).join('; '));
  const { data } = parsed;
  if (files.length === 0) throw new UsageError('at least one FILE is needed');
  const readText = (path: string | undefined) => (path === undefined ? undefined : readGiven(resolve(from, path)));
  const terms = (readText(data.terms) ?? '').split(/\r?\n/).map(line => line.trim()).filter(line => line !== '');
  return {
    files: files.map(file => resolve(from, file)), out: resolve(from, data.out), terms: [...new Set(terms)], policy: data.policy, mode: data.mode,
    accept: data.accept, password: readText(data['password-file'])?.replace(/\r?\n$/, ''), asJson: data.json,
  };
}

function split(args: readonly string[]): { given: object; files: string[] } {
  const text = { type: 'string' } as const;
  const options = { out: text, terms: text, policy: text, mode: text, accept: text, 'password-file': text, json: { type: 'boolean' } } as const;
  try {
    const { values: given, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { given, files: positionals };
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

function readGiven(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof Error) throw new UsageError(`cannot read ${path}`);
    throw error;
  }
}
