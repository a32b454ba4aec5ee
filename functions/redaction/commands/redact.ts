import { redactFiles, type FileOutcome } from './redactFiles.ts';
import { readOptions, usage, UsageError, type RedactOptions } from './redactOptions.ts';

// redaction.md 6: exit 0 when all files are verified, 3 when one was refused or failed, 2 when the command line is wrong.
const options = readOrExit();
const outcomes = await redactFiles(options, process.stderr.isTTY ? line => process.stderr.write(`\r\u001b[K${line}`) : () => undefined);
if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
console.log(options.asJson ? JSON.stringify(summaryOf(outcomes), undefined, 2) : outcomes.map(lineOf).join('\n'));
process.exitCode = outcomes.every(outcome => outcome.verdict === 'verified') ? 0 : 3;

function readOrExit(): RedactOptions {
  try {
    // run.mjs starts this in the repository and tells where the person stood.
    return readOptions(process.argv.slice(2), process.env['CALLED_FROM'] ?? process.cwd());
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
}

function summaryOf(files: readonly FileOutcome[]): object {
  return { verified: files.filter(file => file.verdict === 'verified').length, notVerified: files.filter(file => file.verdict !== 'verified').length, files };
}

function lineOf(file: FileOutcome): string {
  if (file.verdict === 'verified') return `verified  ${file.file} -> ${file.output ?? ''} (${file.pages} pages, ${file.redactions} redactions)`;
  return `${file.outcome.padEnd(8)}  ${file.file}: ${file.verdict}: ${file.reason ?? ''}${file.detail === undefined ? '' : ` (${file.detail})`}`;
}
