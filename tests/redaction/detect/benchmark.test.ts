import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { detect } from '../../../functions/redaction/detect/detect.ts';

const shared = join(import.meta.dirname, '../../../../shared');
const sets = join(shared, 'data/pii');
const scorer = join(shared, 'tools/pii-score.mjs');
const line = z.object({ id: z.string(), text: z.string() });
const figures = z.object({ tokenRecall: z.number(), directEntityRecall: z.number(), quasiEntityRecall: z.number(), tokenPrecision: z.number() });

/** The rules' own figures on a public set at one level, by the scorer that stands outside the repository. */
function score(set: string, level: 'auto' | 'review'): z.infer<typeof figures> {
  const folder = mkdtempSync(join(tmpdir(), 'detect-'));
  try {
    const gold = join(sets, `${set}.jsonl`);
    const predicted = readFileSync(gold, 'utf8').trimEnd().split('\n').map(raw => line.parse(JSON.parse(raw)))
      .map(({ id, text }) => JSON.stringify({ id, spans: detect(text).spans.filter(span => level === 'review' || span.action === 'auto') }));
    writeFileSync(join(folder, 'predicted.jsonl'), predicted.join('\n'));
    return figures.parse(JSON.parse(execFileSync(process.execPath, [scorer, gold, join(folder, 'predicted.jsonl')], { encoding: 'utf8' })));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Floors under what the rules alone reach, so that a change that loses ground is seen; the product's bars (redaction.md 7) need the models too. */
(existsSync(scorer) ? describe : describe.skip)('public sets, rules alone', () => {
  it('TAB development documents', () => {
    const sure = score('tab_dev', 'auto');
    expect(sure.directEntityRecall).toBeGreaterThanOrEqual(0.97);
    expect(sure.quasiEntityRecall).toBeGreaterThanOrEqual(0.68);
    expect(sure.tokenPrecision).toBeGreaterThanOrEqual(0.91);
    expect(score('tab_dev', 'review').directEntityRecall).toBe(1);
  });

  it('presidio-research synth v2 (evaluation only)', () => {
    const sure = score('presidio_v2', 'auto');
    expect(sure.tokenRecall).toBeGreaterThanOrEqual(0.42);
    expect(sure.tokenPrecision).toBeGreaterThanOrEqual(0.95);
    expect(score('presidio_v2', 'review').tokenRecall).toBeGreaterThanOrEqual(0.65);
  });
});
