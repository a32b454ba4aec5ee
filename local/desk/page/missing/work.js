import { read } from '../api.js';
import { button, fill, h, table } from '../dom.js';
import { codeWord } from '../links/words.js';
import { attempt } from '../say.js';
import { when } from '../words.js';

/** @typedef {import('./detail.js').Case} Case */
/** @typedef {{ noticeId?: string | undefined, kind: string, what: string, state: string, at: string, dueAt?: string | undefined, by?: string | undefined, detail?: string | undefined }} Item */

/** What goes beside the case, each kind under its own heading. @type {readonly (readonly [title: string, kinds: readonly string[]])[]} */
const groups = [
  ['Reviews', ['REVIEW']], ['Sightings and searches', ['SIGHTING', 'SEARCH']], ['Enquiries and family contact', ['ENQUIRY', 'CONTACT']], ['Public appeals, circulation and alerts', ['APPEAL', 'CIRCULATION', 'ALERT']],
  ['Missing together', ['LINK']], ['Hand-over and transfer', ['HANDOVER', 'TRANSFER']], ['The return', ['RETURN_PLACEMENT', 'RETURN_INTERVIEW', 'CONSENT', 'HOLDING']], ['Plan for the next time', ['TRIGGER_PLAN']], ['Messages', ['NOTICE']], ['Cards to staff', ['CARD']],
];

/** Reviews, sightings, messages and the like, as the case lists them. @param {Case} shared */
export function createWork(shared) {
  const element = h('section', { 'aria-labelledby': 'work-title' });
  const body = h('div', { id: 'work', tabindex: -1 });
  element.append(h('h2', { id: 'work-title' }, 'Reviews, enquiries and messages'), body);
  /** Words of messages that somebody asked for stay on the page while the case is read again. @type {Map<string, HTMLElement>} */
  const asked = new Map();
  const update = () => fill(body, ...workOf(shared, asked));
  return { element, update };
}

/** @param {Case} shared @param {Map<string, HTMLElement>} asked */
function workOf(shared, asked) {
  const { view, nameOf } = shared;
  const items = itemsOf(view);
  const shown = groups.map(([title, kinds]) => /** @type {const} */ ([title, items.filter(({ kind }) => kinds.includes(kind))])).filter(([, items]) => items.length > 0);
  const search = searchOf(view, nameOf);
  if (shown.length === 0 && search.length === 0) return [h('p', {}, 'There is nothing beside the tasks yet.')];
  return [...search, ...shown.map(([title, rows]) => h('details', { class: 'fold', open: rows.some(isWaiting) }, h('summary', {}, `${title} (${rows.length})`), table(title, ['What', 'State', 'When', 'Due', 'By', 'More'], rows.map(item => row(item, nameOf, item.noticeId === undefined ? undefined : wordsOf(shared, item.noticeId, asked))))))];
}


/**
 * A button that shows the words of a message, for whoever tells it by telephone: whom, at which number; or why it may not be told now.
 * @param {Case} shared @param {string} noticeId @param {Map<string, HTMLElement>} asked
 */
function wordsOf({ path, view }, noticeId, asked) {
  const known = asked.get(noticeId);
  if (known) return known;
  const recipient = view.notices.find(notice => notice.noticeId === noticeId)?.recipientId ?? '';
  const show = () => attempt(async () => {
    /** @type {import('../../types.ts').MissingNoticeWords} */
    const told = await read(`${path}/notice-words/${noticeId}`);
    asked.set(noticeId, element);
    fill(element, h('p', {}, h('strong', {}, told.recipient), told.address === undefined ? '' : `, ${told.address}`), told.why !== undefined && h('p', {}, told.why), told.lines.length > 0 && h('ul', {}, told.lines.map(line => h('li', {}, line))));
  });
  const element = h('div', {}, recipient, ' ', button('Read the words', show));
  return element;
}

/** What was searched, what was not, and where planning of the search stands. @param {Case['view']} view @param {(objectId: string) => string} nameOf */
function searchOf({ searchAreas, searchGaps, searchOverlaps, planningPoints }, nameOf) {
  if (searchAreas.length + searchGaps.length + planningPoints.length === 0) return [];
  return [h('details', { class: 'fold', open: searchGaps.length > 0 }, h('summary', {}, 'What was searched, and what was not'),
    searchGaps.length > 0 && h('ul', {}, searchGaps.map(words => h('li', {}, words))),
    searchAreas.length > 0 && table('Areas', ['Area', 'km²', 'Covered', 'Confidence'], searchAreas.map(({ name, km2, covered, confidence }) => [name, String(km2), codeWord(covered), confidence])),
    searchOverlaps.length > 0 && h('ul', {}, searchOverlaps.map(words => h('li', {}, words))),
    planningPoints.length > 0 && table('Planning points', ['Point', 'Latitude', 'Longitude', 'Where', 'Set', 'By'], planningPoints.map(({ which, lat, lon, text, setAt, setBy }) => [pointWords[which] ?? which, String(lat), String(lon), text ?? '', when(setAt), nameOf(setBy)])),
  )];
}

/** @type {Readonly<Partial<Record<string, string>>>} */
const pointWords = { IPP: 'Initial planning point', PLS: 'Place last seen', LKP: 'Last known position' };

/** The lists of the view as like rows. @param {Case['view']} view @returns {readonly Item[]} */
function itemsOf({ reviews, sightings, searches, enquiries, holdings, notices, pages, work }) {
  return [
    ...reviews.map(({ reviewId, state, dueAt, doneAt, reviewer, by, missedBy }) => ({ kind: 'REVIEW', what: reviewId.split('@')[0] ?? '', state, at: doneAt ?? '', dueAt, by: by ?? reviewer, detail: missedBy === undefined ? undefined : 'Missed' })),
    ...sightings.map(({ place, credible, from }) => ({ kind: 'SIGHTING', what: place, state: credible, at: from })),
    ...searches.map(({ type, startedAt, endedAt, place }) => ({ kind: 'SEARCH', what: type, state: endedAt === undefined ? 'RUNNING' : 'FINISHED', at: startedAt, detail: place })),
    ...enquiries.map(({ type, state, requestedAt, requestedBy }) => ({ kind: 'ENQUIRY', what: type, state, at: requestedAt, by: requestedBy })),
    ...holdings.map(({ type, state }) => ({ kind: 'HOLDING', what: type, state, at: '' })),
    ...notices.map(({ noticeId, notice, variant, state, queuedAt, dueAt, recipientId }) => ({ kind: 'NOTICE', noticeId, what: `${notice} ${variant}`, state, at: queuedAt, dueAt, detail: recipientId })),
    ...pages.map(({ title, at, dueAt, to }) => ({ kind: 'CARD', what: title, state: 'shown', at, dueAt, by: to[0] })), ...work,
  ];
}

/** @param {Item} item @param {(objectId: string) => string} nameOf @param {HTMLElement} [more] */
function row({ what, state, at, dueAt, by, detail }, nameOf, more) {
  return [words(what, nameOf), codeWord(state), time(at), dueAt === undefined ? '' : time(dueAt), by === undefined ? '' : nameOf(by), more ?? (detail === undefined ? '' : words(detail, nameOf))];
}

/** Codes are read as words; a person by name. @param {string} text @param {(objectId: string) => string} nameOf */
function words(text, nameOf) {
  return /^[A-Z][A-Z0-9_]+$/.test(text) ? codeWord(text) : nameOf(text);
}

/** @param {Item} item */
const isWaiting = ({ kind, state }) => kind !== 'CARD' && kind !== 'NOTICE' && ['OPEN', 'UNASSESSED', 'RUNNING', 'OFFERED', 'PROPOSED', 'AWAITING_DECISION', 'WITHDRAW_DUE', 'CANCEL_DUE', 'REQUESTED'].includes(state);

/** @param {string} at */
const time = at => h('span', { class: 'at' }, at === '' ? '' : when(at));
