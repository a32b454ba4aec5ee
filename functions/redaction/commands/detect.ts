import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { detect } from '../detect/detect.ts';
import { action } from '../detect/types.ts';

const usage = 'usage: npm run --silent detect -- --in FILE.jsonl --out FILE.jsonl [--level auto|review]';

/** A fault of the person's call or input, told without a stack. */
class Usage extends Error {}

const inputLine = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });

interface Options {
  readonly input: string;
  readonly output: string;
  readonly level: z.infer<typeof action>;
}

function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: args.filter(arg => arg !== '--'),
    options: { in: { type: 'string' }, out: { type: 'string' }, level: { type: 'string', default: 'auto' } },
  });
  const level = action.safeParse(values.level);
  if (!values.in || !values.out) throw new Usage('--in and --out are both needed');
  if (!level.success) throw new Usage(`--level is auto or review, not ${values.level}`);
  const [input, output] = [fromCaller(values.in), fromCaller(values.out)];
  if (input === output) throw new Usage('--in and --out are the same file');
  return { input, output, level: level.data };
}

/** run.mjs works in the repository; a relative path is relative to where the person stands. */
function fromCaller(path: string): string {
  return resolve(process.env['CALLED_FROM'] ?? process.cwd(), path);
}

/** One `{id, spans}` line for one `{id, text}` line. Documents are independent: no memory passes from one line to the next. */
function answer(line: string, number: number, level: Options['level']): string {
  const { id, text } = parseLine(line, number);
  const spans = detect(text).spans
    .filter(span => level === 'review' || span.action === 'auto')
    .map(({ start, end, type, source, score, action: todo }) => ({ start, end, type, source, score, action: todo }));
  return `${JSON.stringify({ id, spans })}\n`;
}

function parseLine(line: string, number: number): z.infer<typeof inputLine> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Usage(`line ${number} of the input is not JSON`);
  }
  const parsed = inputLine.safeParse(value);
  if (!parsed.success) throw new Usage(`line ${number} of the input is not {id, text}`);
  return parsed.data;
}

/** Reads and writes a line at a time, so that the size of the file does not matter. */
async function run(options: Options): Promise<void> {
  const source = createReadStream(options.input, 'utf8');
  await opened(source, options.input);
  const output = createWriteStream(options.output);
  await opened(output, options.output);
  let number = 0;
  for await (const line of linesOf(source)) {
    number++;
    if (line.trim() === '') continue;
    if (!output.write(answer(line, number, options.level))) await once(output, 'drain');
  }
  output.end();
  await finished(output);
}

/** Lines end at LF only: node:readline also splits at U+2028, which JSON allows within a string. */
async function* linesOf(chunks: AsyncIterable<unknown>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.map(withoutMark);
  }
  yield withoutMark(rest);
}

const withoutMark = (line: string): string => line.replace(/^\uFEFF/, '');

function opened(stream: NodeJS.EventEmitter, path: string): Promise<void> {
  return new Promise((done, fail) => {
    stream.once('open', () => { done(); });
    stream.once('error', (fault: NodeJS.ErrnoException) => { fail(new Usage(`cannot open ${path}: ${fault.code ?? 'unknown reason'}`)); });
  });
}

try {
  await run(parseOptions(process.argv.slice(2)));
} catch (fault) {
  const isUsage = fault instanceof Usage || fault instanceof TypeError && 'code' in fault && String(fault.code).startsWith('ERR_PARSE_ARGS');
  if (!isUsage) throw fault;
  console.error(`detect: ${fault.message}\n${usage}`);
  process.exitCode = 2;
}
