import { fill, h, table } from '../dom.js';
import { codeWord } from '../links/words.js';
import { when as instant } from '../words.js';
import { labelOf, levelWords, stateWord } from './words.js';

/** A time that is not broken over lines. @param {string | undefined} at */
const when = at => h('span', { class: 'at' }, instant(at));

/** Moves, assessments and information, oldest first. @param {import('./detail.js').Case} shared */
export function createHistory(shared) {
  const element = h('section', { 'aria-labelledby': 'history-title' });
  const body = h('div', { id: 'history', tabindex: -1 });
  element.append(h('h2', { id: 'history-title' }, 'History'), body);
  return { element, update: () => fill(body, ...historyOf(shared)) };
}

/** @param {import('./detail.js').Case} shared */
function historyOf({ view, nameOf }) {
  const none = (/** @type {string} */ words) => h('p', {}, words);
  return [
    view.moves.length === 0 ? none('It has not moved yet.') : table('Moves', ['When', 'To', 'By', 'Rule'], view.moves.map(({ at, to, by, rule }) => [when(at), stateWord(to), nameOf(by), rule])),
    view.edits.length > 0 && table('Fields that were edited: what stood there and what stands there since', ['When', 'By', 'Field', 'Before', 'After'], view.edits.flatMap(({ at, by, changes }) => changes.map(({ field, before, after }) => [when(at), nameOf(by), labelOf(field), before ?? 'nothing', after ?? 'nothing']))),
    view.assessments.length === 0 ? none('The risk was not assessed yet.') : table('Assessments of the risk, which never change', ['No.', 'When', 'Level', 'What it did', 'By', 'Why'], view.assessments.map(({ seq, at, level, changeType, by, rationale }) => [String(seq), when(at), levelWords[level] ?? level, codeWord(changeType), nameOf(by), rationale ?? ''])),
    view.information.length === 0 ? none('No information was added yet.') : table('Information, by our clock (its words stand in the record)', ['When', 'Kind', 'By', 'Entered on the device'], view.information.map(({ at, kind, by, clientReportedAt }) => [when(at), codeWord(kind), nameOf(by), when(clientReportedAt)])),
  ];
}
