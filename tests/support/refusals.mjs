// Which refusals of missing persons no test ever met. First: REFUSALS_SEEN=/somewhere/seen npm test -- tests/missing-persons; then: node tests/support/refusals.mjs /somewhere/seen
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');
const rules = join(root, 'functions/missing-persons');

/** Calls that make a refusal of their own, and where their code stands among the arguments. */
const makers = { fail: 0, unless: 1 };

function sitesOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = node => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && Object.hasOwn(makers, node.expression.text)) {
      const code = node.arguments[makers[node.expression.text]];
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ file: relative(root, file), line: line + 1, code: code && ts.isStringLiteral(code) ? code.text : '?', words: node.getText().slice(0, 160) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const files = readdirSync(rules, { recursive: true }).filter(name => name.endsWith('.ts') && !name.endsWith('machine/moment.ts')).map(name => join(rules, name));
const seen = readFileSync(process.argv[2] ?? '', 'utf8').trim().split('\n').map(line => JSON.parse(line));
// The first frame outside of the helper.
const met = new Set(seen.flatMap(({ code, at }) => {
  const frame = at.find(one => !one.includes('rules/machine/moment.ts')) ?? '';
  const place = /(functions\/missing-persons\/[^:)]+):(\d+)/.exec(frame);
  return place ? [`${place[1]}:${place[2]} ${code}`, `${place[1]}:${place[2]} ?`] : [];
}));
const sites = files.flatMap(sitesOf);
const missed = sites.filter(({ file, line, code }) => !met.has(`${file}:${line} ${code}`));
for (const { file, line, words } of missed) console.log(`${file}:${line} ${words}`);
console.log(`${sites.length - missed.length} of ${sites.length} refusals were met by a test`);
process.exitCode = missed.length === 0 ? 0 : 1;
