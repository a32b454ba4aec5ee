import { facts, fill, h, table } from '../dom.js';
import { codeWord } from '../links/words.js';
import { when as instant } from '../words.js';
import { labelOf, levelWords, stateWord } from './words.js';

/** A time that is not broken over lines. @param {string | undefined} at */
const when = at => h('span', { class: 'at' }, instant(at));

/** Moves and assessments, oldest first, and information, newest first. @param {import('./detail.js').Case} shared */
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
    view.owners.length > 0 && table('Who was accountable, without a gap', ['From', 'Who', 'Role', 'Force', 'How', 'Took it on'], view.owners.map(({ from, userId, role, force, how, acknowledgedAt }) => [
      when(from), nameOf(userId), codeWord(role), force, codeWord(how), acknowledgedAt === undefined ? 'not yet' : when(acknowledgedAt),
    ])),
    view.edits.length > 0 && table('Fields that were edited: what stood there and what stands there since', ['When', 'By', 'Field', 'Before', 'After'], view.edits.flatMap(({ at, by, changes }) => changes.map(({ field, before, after }) => [when(at), nameOf(by), labelOf(field), before ?? 'nothing', after ?? 'nothing']))),
    view.assessments.length === 0 ? none('The risk was not assessed yet.') : table('Assessments of the risk, which never change', ['No.', 'When', 'Level', 'What it did', 'By', 'Why'], view.assessments.map(({ seq, at, level, changeType, by, rationale }) => [String(seq), when(at), levelWords[level] ?? level, codeWord(changeType), nameOf(by), rationale ?? ''])),
    view.information.length === 0 ? none('No information was added yet.') : table('Information by our clock, the newest first', ['When', 'Kind', 'By', 'What it says', 'Entered on the device'], view.information.map(({ at, kind, by, text, clientReportedAt }) => [when(at), codeWord(kind), nameOf(by), words(text ?? ''), when(clientReportedAt)])),
    view.nextInformation !== undefined && none('There is older information; the interface gives it a page at a time.'),
  ];
}

/** A sighting or a decision is stored as its fields. @param {string} text */
function words(text) {
  const fields = text.startsWith('{') ? fieldsOf(text) : undefined;
  return fields === undefined ? h('span', { class: 'words' }, text) : facts(fields);
}

/** @param {string} text @returns {[string, string][] | undefined} */
function fieldsOf(text) {
  try {
    return Object.entries(JSON.parse(text)).map(([name, value]) => [codeWord(name), String(value)]);
  } catch {
    return undefined;
  }
}
