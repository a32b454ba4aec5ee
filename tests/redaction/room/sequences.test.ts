// F15: invariants of the law under random command sequences, and proof that they notice when a guard is taken out of the source.
import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decide } from '../../../functions/redaction/decide.ts';
import { stages } from '../../../functions/redaction/state.ts';
import { seededRandom } from '../../../local/host/prng.ts';
import { play, type Decide } from './machine.ts';

const room = join(dirname(fileURLToPath(import.meta.url)), '../../../functions/redaction');
/** A seed and a length: cheap to make, and a failing run shrinks to its shortest beginning. */
const numbers = fc.tuple(fc.integer(), fc.integer({ min: 1, max: 50 })).map(([seed, length]) => {
  const random = seededRandom(seed);
  return Array.from({ length }, () => Math.floor(random() * 2 ** 24));
});

describe('random command sequences', () => {
  it('20,000 of them break no invariant, and reach every stage and every refusal', () => {
    const reached = new Set<string>();
    const refusals = new Set<string>();
    fc.assert(fc.property(numbers, sequence => {
      const run = play(decide, sequence);
      run.stages.forEach(stage => reached.add(stage));
      run.refusals.forEach(code => refusals.add(code));
      expect(run.faults).toEqual([]);
    }), { numRuns: 20_000 });
    expect([...reached].sort()).toEqual(stages.filter(stage => stage !== 'received').sort());
    expect([...refusals].sort()).toEqual(['moved-on', 'never-read', 'no-such-page', 'no-suggestion', 'nothing-to-undo', 'pages-not-viewed', 'same-person', 'text-not-found', 'undecided', 'wrong-stage']);
  });
});

/** Each guard, as it stands in decide.ts, and what takes its place in the broken twin. */
const twins: readonly [guard: string, from: string, to: string, fault: string][] = [
  ['two persons', 'next.approvedBy === facts.by', 'false', 'released by one person'],
  ['nothing undecided', 'next.undecided > 0', 'false', 'approved with something undecided'],
  ['every page viewed', 'unseen > 0', 'false', 'approved with pages unseen'],
  ['the version fence', 'command.version !== document.version', 'false', 'a result of an older version entered'],
  ['the stage table', '!moves[move].from.some(from => from === document.stage)', 'false', 'stage outside the table'],
  ['only what was read is reviewed', 'next.pagesSha === undefined', 'false', 'approved though nobody knows its pages'],
  ['a new version at reopening', 'version: document.version + 1', 'version: document.version', 'version did not go up by one at reopening alone'],
  ['views belong to a version', '+ 1, viewed: []', '+ 1, viewed: document.viewed', 'approved with pages unseen'],
  ['the recount at a decision', 'undecided: undecidedCount(command.suggestions, decisions) },\n    { what: command.decision', 'undecided: Math.max(0, next.undecided - 1) },\n    { what: command.decision', 'undecided is not what a recount says'],
  ['the recount at an undo', "undecided: undecidedCount(command.suggestions, decisions) }, { what: 'DecisionUndone'", "undecided: next.undecided }, { what: 'DecisionUndone'", 'undecided is not what a recount says'],
];

describe('a law without one of its guards is caught', () => {
  it.each(twins)('%s', async (_guard, from, to, fault) => {
    const twin = await withoutGuard(from, to);
    const found = new Set<string>();
    fc.assert(fc.property(numbers, sequence => {
      play(twin, sequence).faults.forEach(name => found.add(name));
    }), { numRuns: 3_000, seed: 7 });
    expect(found).toContain(fault);
  });
});

/** decide.ts with one text replaced, bundled and loaded. Throws when the text is not there exactly once, so that a twin cannot become the original unseen. */
async function withoutGuard(from: string, to: string): Promise<Decide> {
  const source = await readFile(join(room, 'decide.ts'), 'utf8');
  const at = source.indexOf(from);
  if (at < 0 || source.includes(from, at + 1)) throw new Error(`decide.ts does not hold this once: ${from}`);
  const { outputFiles } = await build({
    stdin: { contents: source.slice(0, at) + to + source.slice(at + from.length), resolveDir: room, sourcefile: 'decide.ts', loader: 'ts' },
    bundle: true, write: false, format: 'esm', platform: 'node', logLevel: 'silent',
  });
  const loaded: unknown = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]?.contents ?? []).toString('base64')}`);
  if (!isLaw(loaded)) throw new Error('the twin has no decide');
  return loaded.decide;
}

function isLaw(loaded: unknown): loaded is { decide: Decide } {
  return typeof loaded === 'object' && loaded !== null && 'decide' in loaded && typeof loaded.decide === 'function';
}
