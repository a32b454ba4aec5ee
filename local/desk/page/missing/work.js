import { fill, h, table } from '../dom.js';
import { codeWord } from '../links/words.js';
import { when } from '../words.js';

/** @typedef {import('./detail.js').Case} Case @typedef {Case['view']['work'][number]} Item */

/** What goes beside the case, each kind under its own heading. @type {readonly (readonly [title: string, kinds: readonly string[]])[]} */
const groups = [
  ['Reviews', ['REVIEW']], ['Sightings and searches', ['SIGHTING', 'SEARCH']], ['Enquiries and family contact', ['ENQUIRY', 'CONTACT']], ['Public appeals, circulation and alerts', ['APPEAL', 'CIRCULATION', 'ALERT']],
  ['Hand-over and transfer', ['HANDOVER', 'TRANSFER']], ['The return', ['RETURN_INTERVIEW', 'CONSENT', 'HOLDING']], ['Plan for the next time', ['TRIGGER_PLAN']], ['Messages', ['NOTICE']], ['Cards to staff', ['CARD']],
];

/** Reviews, sightings, messages and the like, as the case lists them. @param {Case} shared */
export function createWork(shared) {
  const element = h('section', { 'aria-labelledby': 'work-title' });
  const body = h('div', { id: 'work', tabindex: -1 });
  element.append(h('h2', { id: 'work-title' }, 'Reviews, enquiries and messages'), body);
  return { element, update: () => fill(body, ...workOf(shared)) };
}

/** @param {Case} shared */
function workOf({ view, nameOf }) {
  const shown = groups.map(([title, kinds]) => /** @type {const} */ ([title, view.work.filter(({ kind }) => kinds.includes(kind))])).filter(([, items]) => items.length > 0);
  if (shown.length === 0) return [h('p', {}, 'There is nothing beside the tasks yet.')];
  return shown.map(([title, items]) => h('details', { class: 'fold', open: items.some(isWaiting) }, h('summary', {}, `${title} (${items.length})`), table(title, ['What', 'State', 'When', 'Due', 'By', 'More'], items.map(item => row(item, nameOf)))));
}

/** @param {Item} item @param {(objectId: string) => string} nameOf */
function row({ what, state, at, dueAt, by, detail }, nameOf) {
  return [words(what, nameOf), codeWord(state), time(at), dueAt === undefined ? '' : time(dueAt), by === undefined ? '' : nameOf(by), detail === undefined ? '' : words(detail, nameOf)];
}

/** Codes are read as words; a person by name. @param {string} text @param {(objectId: string) => string} nameOf */
function words(text, nameOf) {
  return /^[A-Z][A-Z0-9_]+$/.test(text) ? codeWord(text) : nameOf(text);
}

/** @param {Item} item */
const isWaiting = ({ kind, state }) => kind !== 'CARD' && kind !== 'NOTICE' && ['OPEN', 'UNASSESSED', 'RUNNING', 'OFFERED', 'PROPOSED', 'AWAITING_DECISION', 'WITHDRAW_DUE', 'CANCEL_DUE', 'REQUESTED'].includes(state);

/** @param {string} at */
const time = at => h('span', { class: 'at' }, when(at));
