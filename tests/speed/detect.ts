import { applyRule } from '../../functions/redaction/detect/apply.ts';
import { detect } from '../../functions/redaction/detect/detect.ts';
import { rules } from '../../functions/redaction/detect/rules/all.ts';
import { adversarialTexts } from '../redaction/detect/adversarial.ts';
import { kinds } from '../redaction/detect/identifiers.ts';
import { seeded, type Random } from '../redaction/detect/random.ts';

/** A document of about 700 words, as the target has it; a page has about 500. */
const wordsPerDocument = 700;
const wordsPerPage = 500;

/** What the bars of redaction.md 7 are measured by. */
export interface DetectFigures {
  readonly documentsPerSecond: number;
  readonly pagesPerSecond: number;
  readonly megabytesPerSecond: number;
  /** Time of detection over time of one trivial expression on the same texts: the floor of any scan. */
  readonly timesTheFloor: number;
  /** The slowest pattern on 64 KiB of adversarial text, best of three. */
  readonly slowestPattern: { readonly id: string; readonly text: string; readonly ms: number };
}

/** Prints the figures of detection on one core, as ratios to a floor measured in the same run; returns them. */
export function benchDetect(print: (line: string) => void): DetectFigures {
  const figures = measure();
  print(`detect: ${figures.documentsPerSecond.toFixed(0)} documents/s/core of ${wordsPerDocument} words (bar 20), ${figures.pagesPerSecond.toFixed(0)} pages/s, ${figures.megabytesPerSecond.toFixed(2)} MB/s`);
  print(`detect: ${figures.timesTheFloor.toFixed(1)} times one trivial expression over the same text`);
  print(`detect: slowest pattern on 64 KiB of adversarial text ${figures.slowestPattern.ms.toFixed(1)} ms, ${(figures.slowestPattern.ms / 20).toFixed(2)} of the bar (${figures.slowestPattern.id} on ${figures.slowestPattern.text})`);
  return figures;
}

function measure(): DetectFigures {
  const random = seeded(20);
  const documents = Array.from({ length: 60 }, () => makeDocument(random));
  const characters = documents.reduce((sum, text) => sum + text.length, 0);
  const detection = best(3, () => documents.forEach(text => { detect(text); }));
  // A hundred passes, since one is shorter than the clock of a thread tells.
  const passes = Array.from({ length: 100 });
  const floor = best(3, () => passes.forEach(() => documents.forEach(text => text.match(/[\p{L}\d]+/gu)))) / passes.length;
  return {
    documentsPerSecond: documents.length * 1000 / detection,
    pagesPerSecond: documents.length * wordsPerDocument / wordsPerPage * 1000 / detection,
    megabytesPerSecond: characters / 1000 / detection,
    timesTheFloor: detection / floor,
    slowestPattern: slowest(),
  };
}

const filler = 'the of and to in he she was on at that it for with by then went came saw heard door car road house night phone money man woman officer said later before after because down up left right street'.split(' ');

/** Statement-like prose with a name, an identifier or a date every few dozen words. */
function makeDocument(random: Random): string {
  const words: string[] = [];
  while (words.length < wordsPerDocument) {
    words.push(random.pick(filler));
    if (random.below(30) === 0) words.push(random.pick(kinds).make(random).replaceAll('\n', ' '));
    if (random.below(25) === 0) words.push(`Mr ${random.letters(1)}${random.letters(6, 'aeiourstln')} on ${1 + random.below(28)} May 20${random.digits(2)}.`);
    if (random.below(60) === 0) words.push(`\n${1 + random.below(90)} Larch Grove, Winsford, CW7 1AA\n`);
  }
  return words.join(' ');
}

function slowest(): DetectFigures['slowestPattern'] {
  const texts = adversarialTexts(64 * 1024);
  return rules.flatMap(rule => texts.map(([text, content]) => ({ id: rule.id, text, content, rule })))
    .map(({ id, text, content, rule }) => ({ id, text, ms: best(3, () => { applyRule(rule, content); }) }))
    .reduce((worst, each) => (each.ms > worst.ms ? each : worst));
}

/** Milliseconds of this thread, best of some: other work on the machine does not count. */
function best(times: number, work: () => void): number {
  return Math.min(...Array.from({ length: times }, () => {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / 1000;
  }));
}
