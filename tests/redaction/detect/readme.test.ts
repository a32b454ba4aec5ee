import { describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { phrases } from '../../../functions/redaction/detect/phrases.ts';
import { rules } from '../../../functions/redaction/detect/rules/all.ts';
import { taxonomy } from '../../../functions/redaction/detect/types.ts';

const file = new URL('../../../functions/redaction/detect/README.md', import.meta.url);
const marks = ['<!-- rules: written by tests/redaction/detect/readme.test.ts with UPDATE_README=1 -->\n', '<!-- end of rules -->'] as const;

function table(): string {
  const rows = Object.entries(taxonomy).flatMap(([group, types]) => types.flatMap(type => rules.filter(rule => rule.type === type)
    .map(rule => `| ${group} | ${type} | \`${rule.id}\` | ${rule.name} | ${outcome(rule.cued)} | ${outcome(rule.bare)} | ${rule.source} |`)));
  const lists = phrases.map(list => `| ${list.type} | ${list.words.length} |`);
  return ['| group | type | rule | finds | with cue | alone | source |', '|---|---|---|---|---|---|---|', ...rows, '', '| word list (always review; domain knowledge) | phrases |', '|---|---|', ...lists, ''].join('\n');
}

const outcome = (what: { action: string; score: number } | null): string => (what ? `${what.action} ${what.score}` : '-');

describe('README of detection', () => {
  it('lists the rules as they are', () => {
    const [start, end] = marks;
    const text = readFileSync(file, 'utf8');
    const from = text.indexOf(start) + start.length;
    const to = text.indexOf(end);
    expect(from).toBeGreaterThan(start.length);
    expect(to).toBeGreaterThanOrEqual(from);
    if (process.env['UPDATE_README']) writeFileSync(file, text.slice(0, from) + table() + text.slice(to));
    else expect(text.slice(from, to)).toBe(table());
  });
});
