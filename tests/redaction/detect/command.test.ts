import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

const answer = z.strictObject({
  id: z.union([z.string(), z.number()]),
  spans: z.array(z.strictObject({ start: z.int(), end: z.int(), type: z.string(), source: z.string(), score: z.number(), action: z.enum(['auto', 'review']) })),
});

let folder = '';
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'detect-')); });
afterAll(() => { rmSync(folder, { recursive: true }); });

function run(...args: string[]): { status: number | null; stderr: string; stdout: string } {
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'functions/redaction/commands/detect.ts', ...args], { encoding: 'utf8', env: { ...process.env, CALLED_FROM: folder } });
}

const write = (name: string, content: string): void => writeFileSync(join(folder, name), content);
const read = (name: string): z.infer<typeof answer>[] => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n').map(line => answer.parse(JSON.parse(line)));

describe('the detect command', () => {
  it('answers each {id, text} line with its spans; paths are relative to where the person stands', () => {
    const text = 'line separator \u2028 then 😀 Mr Alan Smythe had depression.';
    write('in.jsonl', `\uFEFF${JSON.stringify({ id: 'a', text, more: 1 })}\r\n\n${JSON.stringify({ id: 2, text: '' })}\n${JSON.stringify({ id: 'z', text: 'NHS 450 557 7104' })}`);
    expect(run('--', '--in', 'in.jsonl', '--out', 'out.jsonl')).toMatchObject({ status: 0, stdout: '', stderr: '' });
    const answers = read('out.jsonl');
    expect(answers.map(line => line.id)).toEqual(['a', 2, 'z']);
    expect(answers[0]?.spans.map(span => text.slice(span.start, span.end))).toEqual(['Mr Alan Smythe']);
    expect(answers[2]?.spans).toMatchObject([{ start: 4, end: 16, type: 'NHS_NUMBER', source: 'rule', action: 'auto' }]);
  });

  it('gives what a person should look at too at level review', () => {
    write('in2.jsonl', JSON.stringify({ id: 'a', text: 'Mr Alan Smythe had depression.' }));
    expect(run('--in', 'in2.jsonl', '--out', 'out2.jsonl', '--level', 'review').status).toBe(0);
    expect(read('out2.jsonl')[0]?.spans.map(span => span.action)).toEqual(['auto', 'review']);
  });

  it.each([
    ['no options', []], ['no output', ['--in', 'in.jsonl']], ['an unknown option', ['--in', 'in.jsonl', '--out', 'o', '--what']], ['a wrong level', ['--in', 'in.jsonl', '--out', 'o', '--level', 'all']],
    ['no such file', ['--in', 'none.jsonl', '--out', 'o.jsonl']], ['the input as output', ['--in', 'in.jsonl', '--out', 'in.jsonl']], ['an output that cannot be', ['--in', 'in.jsonl', '--out', 'no/such/folder/o.jsonl']],
  ])('ends with 2 and its usage on %s', (_, args) => {
    write('in.jsonl', JSON.stringify({ id: 'a', text: 'x' }));
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain('usage: npm run --silent detect');
    expect(stderr).not.toContain('    at ');
    expect(existsSync(join(folder, 'o.jsonl'))).toBe(false);
  });

  it.each([['not JSON', 'Mr Alan Smythe'], ['not {id, text}', '{"id": "a"}']])('names the line that is %s, without its content', (_, line) => {
    write('bad.jsonl', `{"id": 1, "text": "x"}\n${line}\n`);
    const { status, stderr } = run('--in', 'bad.jsonl', '--out', 'bad-out.jsonl');
    expect(status).toBe(2);
    expect(stderr).toContain('line 2');
    expect(stderr).not.toContain('Smythe');
  });
});
