import { read } from '../api.js';
import { button, fill, h, table } from '../dom.js';
import { attempt } from '../say.js';
import { codeWord } from '../links/words.js';
import { when } from '../words.js';
import { isService, stateWord } from './words.js';

/** @typedef {import('./detail.js').Case} Case @typedef {import('../../types.ts').MissingAudit} Audit */

const readers = ['Missing.AUDITOR', 'Missing.INSP', 'Missing.SUPT', 'Missing.DPO'];

/** What the service did by itself and why: reminders that it fired are told to everybody, the audit to those who may read it. @param {Case} shared */
export function createWhy(shared) {
  const element = h('section', { 'aria-labelledby': 'why-title' });
  const told = h('div', { id: 'told', tabindex: -1 });
  const rows = h('div', { id: 'audit-rows', tabindex: -1 });
  const mayRead = shared.person.roles.some(role => readers.includes(role));
  element.append(h('h2', { id: 'why-title' }, 'What the system did and why'), told,
    mayRead ? h('div', { class: 'no-print' }, button('Show what the audit says', () => attempt(show), { id: 'show-audit' })) : h('p', { class: 'small' }, 'The audit itself is open to inspectors, superintendents, the data protection officer and auditors.'), rows);
  return { element, update: () => fill(told, toldOf(shared)) };

  async function show() {
    /** @type {Audit} */
    const { value, verified } = await read(`${shared.path}/audit?limit=200`);
    const own = value.filter(({ by }) => isService(by));
    fill(rows, h('p', { class: verified ? 'good' : 'bad' }, verified ? 'The rows form an unbroken chain.' : 'The chain of these rows is broken.'), refusals(value, shared),
      own.length === 0 ? h('p', {}, 'The service did nothing by itself yet.') : table('Done by the service itself', ['When', 'What', 'Why'], own.map(({ at, what, about }) => [when(at), codeWord(what), aboutOf(about)])));
    rows.focus();
  }
}

/** @param {Audit['value']} value @param {Case} shared */
function refusals(value, { nameOf }) {
  const refused = value.filter(({ what }) => what === 'CommandRefused');
  return refused.length > 0 && table('Refused', ['When', 'Whom', 'Why'], refused.map(({ at, by, about }) => [when(at), nameOf(by), aboutOf(about)]));
}

/** @param {string} json */
function aboutOf(json) {
  const entries = Object.entries(JSON.parse(json)).filter(([, value]) => value !== '' && value !== null);
  return entries.length === 0 ? '' : h('ul', { class: 'plain' }, entries.map(([name, value]) => h('li', {}, `${codeWord(name)}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)));
}

/** @param {Case} shared */
function toldOf({ view }) {
  const fired = view.tasks.flatMap(({ taskId, title, escalations }) => escalations.map(({ step, firedAt, lateMs }) => ({ at: firedAt, words: `Reminded of ${taskId} ${title} (${codeWord(step).toLowerCase()})${lateMs > 60_000 ? `, ${Math.round(lateMs / 60_000)} min late` : ''}, because it was not done in time.` })));
  const moved = view.moves.filter(({ by }) => isService(by)).map(({ at, to, rule }) => ({ at, words: `Moved to "${stateWord(to)}" by rule ${rule}.` }));
  const raised = view.assessments.filter(({ by }) => isService(by)).map(({ at, level, changeType, rationale }) => ({ at, words: `${codeWord(changeType)}: ${codeWord(level).toLowerCase()}${rationale === undefined ? '' : `. ${rationale}`}` }));
  const all = [...fired, ...moved, ...raised].toSorted((a, b) => a.at.localeCompare(b.at));
  return all.length === 0 ? h('p', {}, 'Nothing yet: no reminder was due, and no rule moved or raised it.') : h('ol', { class: 'timeline' }, all.map(({ at, words }) => h('li', {}, `${when(at)}: ${words}`)));
}
