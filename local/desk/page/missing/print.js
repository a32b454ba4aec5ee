/* global print */
import { read, readAll } from '../api.js';
import { button, facts, h, table } from '../dom.js';
import { everybody } from '../links/people.js';
import { codeWord } from '../links/words.js';
import { when } from '../words.js';
import { titleOf } from './detail.js';
import { clocksOf } from './head.js';
import { dueCell, ownerCell, personWords } from './list.js';
import { levelTag } from './tags.js';
import { grouped } from './tasks.js';
import { dueWords, levelWords, roleWords, stateWord } from './words.js';

/** @typedef {import('../../types.ts').MissingRow} Row @typedef {import('../../types.ts').MissingView} View */

/** @param {string} href @param {string} label */
const bar = (href, label) => h('div', { class: 'buttons no-print' }, h('a', { href }, label), button('Print', () => print(), { class: 'main', id: 'print' }));

/** The board as one list by what is due next (15.4), on paper. */
export async function boardPrintView() {
  const [rows, people] = await Promise.all([/** @type {Promise<Row[]>} */ (readAll('/api/missing-persons', 200)), everybody()]);
  const names = new Map(people.map(({ objectId, name }) => [objectId, name]));
  const now = Date.now();
  // What has nothing due comes last.
  const sorted = rows.toSorted((a, b) => (a.nextDueAt || 'z').localeCompare(b.nextDueAt || 'z'));
  return {
    title: 'Board by next due',
    content: h('div', { class: 'sheet' }, bar('#/missing', 'Missing persons: the board'), h('h1', {}, 'Missing persons by next due'), h('p', {}, `As it stood on ${when(new Date(now).toISOString())}, London time. OFFICIAL-SENSITIVE: keep it with you and shred it after the shift.`),
      sorted.length === 0 ? h('p', { class: 'empty' }, 'No case is open.') : table('Open cases by what is due next', ['Next due', 'Case', 'Level', 'State', 'Owner', 'Reported'], sorted.map(row => [dueCell(row, now), `${personWords(row)} (${row.ref})`, levelTag(row), stateWord(row.state), ownerCell(row, names), when(row.reportedAt)]))),
  };
}

/** One page for whoever takes over (15.4). @param {string} recordId */
export async function handoverView(recordId) {
  const [view, people] = await Promise.all([/** @type {Promise<View>} */ (read(`/api/missing-persons/${recordId}`)), everybody()]);
  const nameOf = (/** @type {string} */ id) => people.find(({ objectId }) => objectId === id)?.name ?? (id === '' ? 'Nobody yet' : id);
  const now = Date.now();
  const [[, overdue], [, next], [, waits]] = grouped(view, now);
  return {
    title: `Handover: ${titleOf(view)}`,
    content: h('div', { class: 'sheet' }, bar(`#/missing/case/${recordId}`, 'Back to the case'), h('h1', {}, `Handover: ${titleOf(view)}`), h('p', {}, `As it stood on ${when(new Date(now).toISOString())}, London time. OFFICIAL-SENSITIVE.`),
      facts([['Age', view.age ?? 'Not known'], ['Level', `${levelWords[view.level]}${view.isProvisional ? ', PROVISIONAL' : ', confirmed'}`], ['State', stateWord(view.state)], ['Owner', `${nameOf(view.owner)}${view.isOwnerAcknowledged ? ', acknowledged' : ', NOT ACKNOWLEDGED'}`], ['Next due', dueWords(view.nextDueAt, now)], ...clocksOf(view, now), ['Last seen where', view.lastSeenPlace ?? 'Not known']]),
      view.circumstances !== undefined && [h('h2', {}, 'Circumstances'), h('p', {}, view.circumstances)],
      h('h2', {}, 'Why the level'), h('p', {}, view.assessments.at(-1)?.rationale ?? 'No reason is recorded.'), view.floors.length > 0 && h('ul', {}, view.floors.map(({ why, rule }) => h('li', {}, `${why} (rule ${rule})`))),
      view.flags.length > 0 && h('p', {}, `Flags: ${view.flags.map(({ flag, source }) => `${codeWord(flag)} (${source})`).join('; ')}.`),
      part('Overdue', overdue, nameOf), part('Due next', next.slice(0, 12), nameOf), part('Waiting for somebody', waits, nameOf), next.length > 12 && h('p', {}, `And ${next.length - 12} more that are due later.`)),
  };
}

/** @param {string} name @param {View['tasks']} tasks @param {(id: string) => string} nameOf */
function part(name, tasks, nameOf) {
  return tasks.length > 0 && table(`${name} (${tasks.length})`, ['Task', 'Due', 'Who'], tasks.map(({ taskId, title, dueAt, ownerRole, ownerUserId }) => [`${taskId.split(':')[0]} ${title}`, when(dueAt), `${roleWords[ownerRole] ?? ownerRole}${ownerUserId === undefined ? '' : `: ${nameOf(ownerUserId)}`}`]));
}
