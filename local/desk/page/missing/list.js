import { read } from '../api.js';
import { h, table } from '../dom.js';
import { actAsButton, chosen, everybody } from '../links/people.js';
import { createPagedList } from '../pagedList.js';
import { when } from '../words.js';
import { levelTag, mark, stateTag } from './tags.js';
import { distance } from './words.js';

/** @typedef {import('../../types.ts').MissingRow} Row @typedef {import('../../types.ts').MissingRules} Rules @typedef {import('../../types.ts').Person} Person */

const refreshMs = 4_000;
/** @type {Record<string, readonly [title: string, path: string, caption: string, empty: string]>} */
const lists = {
  board: ['The board', '/api/missing-persons', 'Open cases, the riskiest first and then by what is due next', 'No case is open.'],
  reports: ['Reports that wait', '/api/missing-reports', 'Reports that nobody has ended, by when they are due', 'No report waits.'],
  mine: ['My work', '/api/my-missing-work', 'What you own or have a task in, by what is due next', 'You own nothing here and have no task.'],
  closed: ['Closed', '/api/missing-closed', 'Closed and cancelled cases, newest first', 'No case is closed yet.'],
};

/** @param {Person} person */
const isOfMissing = ({ roles }) => roles.some(role => role.startsWith('Missing.'));

/** The board, the reports that wait, one's own work, or what is closed. @param {string} [named] */
export async function missingListView(named) {
  const wanted = named || 'board';
  const [people, rules] = await Promise.all([everybody(), /** @type {Promise<Rules>} */ (read('/missing-rules'))]);
  const person = chosen(people);
  const [title = '', path = '', caption = '', empty = ''] = lists[wanted] ?? [];
  const mayReport = [...rules.report.who, ...rules.careReport.who].some(role => person.roles.includes(role));
  if (!isOfMissing(person)) return { title: 'Missing persons', content: nothingHere(person.name, people) };
  if (person.roles.every(role => ['Missing.CARE_PROVIDER', 'Missing.LA_PARTNER', 'Missing.AUDITOR'].includes(role))) return { title: 'Missing persons', content: outsider(person, mayReport) };
  const names = new Map(people.map(({ objectId, name }) => [objectId, name]));
  const list = await createPagedList({ id: 'cases', path, refreshMs, one: 'row', empty, keyOf: (/** @type {Row} */ { recordId }) => recordId, tableOf: rows => tableOf(caption, rows, names) });
  return {
    title: `Missing persons: ${title}`, stop: list.stop,
    content: h('div', {}, h('h1', {}, `Missing persons: ${title.toLowerCase()}`), listLinks(wanted, mayReport), list.element),
  };
}

/** @param {string} current @param {boolean} mayReport */
function listLinks(current, mayReport) {
  return h('nav', { 'aria-label': 'Lists', class: 'no-print' }, h('ul', { class: 'links' },
    Object.entries(lists).map(([name, [title]]) => h('li', {}, h('a', { href: name === 'board' ? '#/missing' : `#/missing/${name}`, ...(name === current && { 'aria-current': 'page' }) }, title))),
    h('li', {}, h('a', { href: '#/missing/print' }, 'Print the board by next due')), mayReport && h('li', {}, h('a', { href: '#/missing/new' }, 'Enter a report'))));
}

/** @param {string} name @param {readonly Person[]} people */
function nothingHere(name, people) {
  const others = people.filter(({ login }) => ['cora.callhandler', 'fay.manager', 'sita.sergeant', 'ivan.inspector', 'carrie.carer'].includes(login));
  return h('div', {}, h('h1', {}, 'Missing persons'), h('p', { class: 'empty' }, `${name} has no part in missing persons. Choose somebody else at the top of the page, or here.`),
    h('ul', { class: 'people' }, others.map(person => h('li', {}, actAsButton(person), h('span', {}, person.about)))));
}

/** Partners and auditors see no list of cases. @param {Person} person @param {boolean} mayReport */
function outsider({ name, about }, mayReport) {
  return h('div', {}, h('h1', {}, 'Missing persons'), h('p', { class: 'empty' }, `${name} sees no list of cases. ${about}.`), mayReport && h('p', {}, h('a', { href: '#/missing/new' }, 'Report a missing resident')));
}

/** @param {string} caption @param {readonly Row[]} rows @param {Map<string, string>} names */
function tableOf(caption, rows, names) {
  const now = Date.now();
  return table(caption, ['Case', 'Level', 'State', 'Next due', 'Owner', 'Reported'], rows.map(row => [
    h('a', { href: `#/missing/case/${row.recordId}`, class: 'ref' }, personWords(row), row.ref === '' ? ' (report)' : ` (${row.ref})`), levelTag(row), stateTag(row.state), dueCell(row, now), ownerCell(row, names), h('span', { class: 'at' }, when(row.reportedAt), h('br'), distance(row.reportedAt, now)),
  ]));
}

/** `E.E., 15`: who a row is about. @param {Row} row */
export function personWords({ initials, age }) {
  return `${initials || 'Not named'}${age === undefined ? '' : `, ${age}`}`;
}

/** @param {Row} row @param {number} now */
export function dueCell({ nextDueAt, state }, now) {
  if (['CLOSED', 'CANCELLED'].includes(state) || nextDueAt === '') return 'Nothing';
  return Date.parse(nextDueAt) < now ? h('span', { class: 'at' }, mark('Overdue', 'bad'), h('br'), `${when(nextDueAt)}, ${distance(nextDueAt, now)}`) : h('span', { class: 'at' }, when(nextDueAt), h('br'), distance(nextDueAt, now));
}

/** @param {Row} row @param {Map<string, string>} names */
export function ownerCell({ owner, isOwnerAcknowledged, ref }, names) {
  return h('span', {}, names.get(owner) ?? (owner === '' ? 'Nobody yet' : owner), ref !== '' && !isOwnerAcknowledged && h('span', {}, h('br'), mark('Not acknowledged', 'wait')));
}
