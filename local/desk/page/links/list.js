import { read } from '../api.js';
import { h, table } from '../dom.js';
import { createPagedList } from '../pagedList.js';
import { when } from '../words.js';
import { createForm } from './create.js';
import { actAsButton, areasOf, chosen, everybody, has } from './people.js';
import { areaWords, codeWord, modeWords, states } from './words.js';

/** @typedef {import('../../types.ts').LinkList['value'][number]} Row @typedef {import('../../types.ts').LinkRules} Rules @typedef {import('../../types.ts').Area} Area */

const refreshMs = 2_500;

/** The live links of an area, and the form for a new one. @param {string} [wanted] */
export async function linksView(wanted) {
  const [people, rules] = await Promise.all([everybody(), /** @type {Promise<Rules>} */ (read('/link-rules'))]);
  const person = chosen(people);
  const areas = areasOf(person, Object.keys(rules.areas));
  const area = areas.find(one => one === wanted) ?? areas[0];
  if (area === undefined) return { title: 'Live links', content: nothingHere(person.name, people) };
  const list = await createList(area, people);
  const mayAsk = has(person, 'Request', area);
  return {
    title: `Live links: ${areaWords[area]}`, stop: list.stop,
    content: h('div', {}, h('h1', {}, `Live links: ${areaWords[area]}`), areas.length > 1 && areaLinks(areas, area),
      h('p', {}, 'A live link is a text with a link by which a person shares place, picture or files. Texts and cards that were sent are in the inbox, whose address npm start printed.',
        area === 'FCC' && ' A link of the control room works for 30 minutes: an older sample has expired, and the form makes new ones.'),
      h('div', { class: `columns links${area === 'FCC' ? ' short' : ''}` }, h('div', {}, list.element), mayAsk ? createForm(/** @type {Area} */ (area), { rules, people }) : h('p', { class: 'notice' }, `${person.name} may look and decide here, but not ask for links.`))),
  };
}

/** @param {readonly string[]} areas @param {string} current */
function areaLinks(areas, current) {
  return h('nav', { 'aria-label': 'Areas' }, h('ul', { class: 'links' }, areas.map(area => h('li', {}, h('a', { href: `#/links/${area}`, ...(area === current && { 'aria-current': 'page' }) }, areaWords[area])))));
}

/** @param {string} name @param {readonly import('./people.js').Person[]} people */
function nothingHere(name, people) {
  const others = people.filter(({ roles }) => roles.some(role => role.startsWith('GoodSam.Request.')));
  return h('div', {}, h('h1', {}, 'Live links'), h('p', { class: 'empty' }, `${name} has no part in live links: each person sees the requests of their own area only. Choose somebody else at the top of the page, or here.`),
    h('ul', { class: 'people' }, others.map(person => h('li', {}, actAsButton(person), h('span', {}, person.about)))));
}

/** @param {string} area @param {readonly import('./people.js').Person[]} people */
async function createList(area, people) {
  const names = new Map(people.map(({ objectId, name }) => [objectId, name]));
  const list = await createPagedList({
    id: 'links', path: `/api/live-links?area=${area}`, refreshMs, one: 'request', empty: 'There are no live links here yet. Ask for the first one.', keyOf: (/** @type {Row} */ { requestId }) => requestId, tableOf: rows => tableOf(rows, names),
  });
  return { element: h('section', { 'aria-labelledby': 'list-title' }, h('h2', { id: 'list-title' }, 'Requests'), list.element), stop: list.stop };
}

/** @param {readonly Row[]} rows @param {Map<string, string>} names */
function tableOf(rows, names) {
  return table('Live links, newest first', ['Reference', 'State', 'Why', 'What', 'Incident', 'Asked by', 'When'], rows.map(({ requestId, ref, state, reasonCode, mode, incidentRef, requestedBy, createdAt }) => [
    h('a', { href: `#/links/case/${requestId}`, class: 'ref' }, ref), stateTag(state), codeWord(reasonCode), modeWords[mode], incidentRef, names.get(requestedBy) ?? requestedBy, when(createdAt),
  ]));
}

/** @param {string} state @param {Record<string, unknown>} [more] */
export function stateTag(state, more = {}) {
  const [label, tone] = states[state] ?? [state, 'wait'];
  return h('span', { class: `tag tone-${tone}`, ...more }, label);
}
