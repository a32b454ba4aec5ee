import { access } from 'node:fs/promises';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { failures } from '../../../functions/redaction/burn/failures.ts';
import { hitsOf, needlesOf } from '../../../functions/redaction/burn/prepare.ts';
import { defaultLimits, runChild } from '../../../functions/redaction/burn/run.ts';
import { certificate, inFolder, locateIn, readPages } from './engine.ts';
import { statement } from './samples.ts';

describe('the child process', () => {
  it('is killed when a page takes too long', () => inFolder(async folder => {
    await writeFile(join(folder, 'input'), await statement());
    const result = await runChild({ command: 'locate', folder, input: join(folder, 'input'), terms: [] }, { ...defaultLimits, pageMilliseconds: 5 });
    expect(result).toEqual({ ok: false, code: 'out-of-time', detail: '' });
  }));

  it('is killed when it takes too much memory', () => inFolder(async folder => {
    await writeFile(join(folder, 'input'), await statement({ pages: 30 }));
    const result = await runChild({ command: 'locate', folder, input: join(folder, 'input'), terms: [] }, { ...defaultLimits, memoryBytes: 40 * 2 ** 20 });
    expect(result).toEqual({ ok: false, code: 'out-of-memory', detail: '' });
  }));

  it('may die without taking its caller along', () => inFolder(async folder => {
    const result = await runChild({ command: 'locate', folder, input: join(folder, 'there is no such file'), terms: [] });
    expect(result).toMatchObject({ ok: false, code: 'engine-crash' });
    await expect(access(join(folder, 'result.json'))).rejects.toThrow();
  }));

  it('burns a long document in slices that are put together and verified', () => inFolder(async folder => {
    const source = await statement({ pages: 4 });
    expect(await locateIn(folder, source, ['Ashgrove'])).toMatchObject({ ok: true, value: { pages: 4 } });
    const pages = await readPages(folder);
    const hits = hitsOf(pages, page => page.terms);
    const burning = { folder, input: join(folder, 'input'), mode: 'disclosure' as const, policy: 'subject-access', hits, needles: needlesOf(pages, hits, ['Ashgrove']) };
    const parts = [join(folder, 'a.part'), join(folder, 'b.part')];
    const seen: number[] = [];
    expect(await runChild({ command: 'burn', ...burning, from: 0, to: 3, part: parts[0] ?? '' }, defaultLimits, page => seen.push(page))).toMatchObject({ ok: true, value: { pages: 3 } });
    expect(await runChild({ command: 'burn', ...burning, from: 3, to: 9, part: parts[1] ?? '' })).toMatchObject({ ok: true, value: { pages: 1 } });
    const result = await runChild({ command: 'assemble', ...burning, parts, output: join(folder, 'out.pdf') });
    expect(seen).toEqual([0, 1, 2]);
    expect(result.ok && certificate.parse(result.value)).toMatchObject({ verdict: 'verified', policy: 'subject-access', totals: { labels: 4, segmentsReset: 4 } });
    const missing = await runChild({ command: 'assemble', ...burning, parts: parts.slice(1), output: join(folder, 'out.pdf') });
    expect(missing).toMatchObject({ ok: false, code: 'engine-crash' });
  }));

  it('refuses to burn by offsets of another text', () => inFolder(async folder => {
    await writeFile(join(folder, 'input'), await statement());
    const hits = [{ page: 0, textHash: 'of another text', spans: [{ start: 0, end: 5 }], boxes: [] }];
    const result = await runChild({ command: 'finish', folder, input: join(folder, 'input'), mode: 'disclosure', policy: 'custom', hits, needles: [], output: join(folder, 'out.pdf') });
    expect(result).toMatchObject({ ok: false, code: 'engine-crash' });
  }));

  it('has a sentence for each way to fail', () => {
    for (const { outcome, sentence } of Object.values(failures)) {
      expect(['refused', 'failed']).toContain(outcome);
      expect(sentence).toMatch(/^[A-Z].*\.$/);
    }
  });
});
