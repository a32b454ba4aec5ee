import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { certificate, inFolder } from './engine.ts';
import { everything, locked, sentinel, statement } from './samples.ts';

const command = join(import.meta.dirname, '../../../functions/redaction/commands/redact.ts');

function run(folder: string, ...args: string[]) {
  const done = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', command, ...args], { encoding: 'utf8', env: { CALLED_FROM: folder } });
  return { code: done.status, out: done.stdout, error: done.stderr };
}

const summary = z.object({ verified: z.int(), notVerified: z.int(), files: z.array(z.looseObject({ verdict: z.string(), outcome: z.string(), output: z.string().optional() })) });

describe('the redact command', () => {
  it('does the files it can, names the others, and answers 3', () => inFolder(async folder => {
    writeFileSync(join(folder, 'one.pdf'), await statement({ name: `${sentinel} Ashgrove` }));
    writeFileSync(join(folder, 'note.txt'), `Seen with ${sentinel} on Monday.\n`);
    writeFileSync(join(folder, 'locked.pdf'), await locked('lantern'));
    writeFileSync(join(folder, 'terms'), `\ufeff${sentinel}\r\n\r\n`);
    const { code, out, error } = run(folder, 'one.pdf', 'note.txt', 'locked.pdf', 'gone.pdf', '--out', 'finished', '--terms', 'terms', '--accept', 'none', '--json');
    expect({ code, error }).toEqual({ code: 3, error: '' });
    const { files, verified, notVerified } = summary.parse(JSON.parse(out));
    expect(files.map(file => file.verdict)).toEqual(['verified', 'verified', 'encrypted', 'unreadable']);
    expect([verified, notVerified]).toEqual([2, 2]);
    expect(readdirSync(join(folder, 'finished')).toSorted()).toEqual(['note.certificate.json', 'note.redacted.pdf', 'one.certificate.json', 'one.redacted.pdf']);
    for (const name of ['note', 'one']) {
      expect(await everything(readFileSync(join(folder, 'finished', `${name}.redacted.pdf`)))).not.toContain(sentinel);
      const text = readFileSync(join(folder, 'finished', `${name}.certificate.json`), 'utf8');
      expect(certificate.parse(JSON.parse(text)).verdict).toBe('verified');
      expect(text).not.toContain(sentinel);
    }
  }), 120_000);

  it('opens a locked file with a password file and answers 0; two files of one name stay apart', () => inFolder(async folder => {
    writeFileSync(join(folder, 'a.pdf'), await locked('lantern'));
    writeFileSync(join(folder, 'a.txt'), 'Plain note.\n');
    writeFileSync(join(folder, 'password'), 'lantern\n');
    const { code, out } = run(folder, 'a.pdf', 'a.txt', '--out', '.', '--password-file', 'password', '--accept', 'none');
    expect(code).toBe(0);
    expect(out.split('\n').filter(line => line.startsWith('verified'))).toHaveLength(2);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['a.redacted.pdf', 'a-2.redacted.pdf']));
  }), 120_000);

  it('redacts what is detected when it may, and only the terms when it may not', () => inFolder(folder => {
    writeFileSync(join(folder, 'note.txt'), 'Contact: telephone 07700 900123 or dilys.ashgrove@example.com please.\n');
    const count = (accept: string) => {
      const { out } = run(folder, 'note.txt', '--out', accept, '--accept', accept, '--json');
      return z.object({ files: z.array(z.looseObject({ redactions: z.int(), verdict: z.literal('verified') })) }).parse(JSON.parse(out)).files[0]?.redactions;
    };
    expect(count('none')).toBe(0);
    expect(count('auto')).toBeGreaterThanOrEqual(2);
    return Promise.resolve();
  }), 120_000);

  it.each([
    ['no file', ['--out', 'x']], ['no folder', ['a.pdf']], ['an unknown option', ['a.pdf', '--out', 'x', '--fast']],
    ['an unknown policy', ['a.pdf', '--out', 'x', '--policy', 'none']], ['a mode that is not offered', ['a.pdf', '--out', 'x', '--mode', 'compact']],
    ['terms that cannot be read', ['a.pdf', '--out', 'x', '--terms', 'gone']],
  ])('answers 2 to %s', (_, args) => inFolder(folder => {
    const { code, out, error } = run(folder, ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toContain('usage:');
    return Promise.resolve();
  }));
});
