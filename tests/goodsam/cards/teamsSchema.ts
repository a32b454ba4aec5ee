import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));
const file = join(here, 'cards.generated.ts');

/**
 * The schema of the Teams SDK is its types, which are generated from Teams' own: each card is written as a literal of IAdaptiveCard and compiled, so an unknown
 * element, property or enumerated word is an error. Returns the messages by card; the file exists in memory only.
 */
export function teamsSchemaFaults(cards: readonly object[]): string[][] {
  const lines = ["import type { IAdaptiveCard } from '@microsoft/teams.cards';", ...cards.map((card, index) => `export const card${index}: IAdaptiveCard = ${JSON.stringify(card)};`)];
  const disk = ts.createCompilerHost({});
  const host: ts.CompilerHost = {
    ...disk,
    getSourceFile: (name, ...rest) => (name === file ? ts.createSourceFile(name, lines.join('\n'), ts.ScriptTarget.ES2022) : disk.getSourceFile(name, ...rest)),
    fileExists: name => name === file || disk.fileExists(name),
    readFile: name => (name === file ? lines.join('\n') : disk.readFile(name)),
  };
  const program = ts.createProgram([file], { strict: true, noEmit: true, skipLibCheck: true, types: [], module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2022 }, host);
  const found = cards.map((): string[] => []);
  for (const { file: source, start, messageText } of ts.getPreEmitDiagnostics(program)) {
    const line = source && start !== undefined ? source.getLineAndCharacterOfPosition(start).line : 0;
    const message = ts.flattenDiagnosticMessageText(messageText, ' ');
    const of = found[line - 1];
    if (!of) throw new Error(`the check itself does not compile: ${message}`);
    of.push(message);
  }
  return found;
}
