import { facts, fill, h } from '../dom.js';
import { codeWord } from '../links/words.js';
import { count, when } from '../words.js';
import { levelTag, mark, stateTag } from './tags.js';
import { grouped } from './tasks.js';
import { distance, dueWords, levelWords, states } from './words.js';

/** Where the case stands, in plain words. @param {import('./detail.js').Case} shared */
export function createHead(shared) {
  const element = h('div', { id: 'head', tabindex: -1 });
  return { element, update: () => fill(element, ...headOf(shared)) };
}

/** @param {import('./detail.js').Case} shared */
export function headOf({ view, nameOf, matches, rules }) {
  const now = Date.now();
  const { state, owner, isOwnerAcknowledged, ref, receipt, age, initials, floors, floorLevel, flags, pending, unanswered, flaggedFields } = view;
  const overdue = grouped(view, now)[0][1].length;
  return [
    h('p', { class: 'state-line' }, stateTag(state, { id: 'state-tag' }), ' ', levelTag(view), ref !== '' && !isOwnerAcknowledged && [' ', mark('Owner has not acknowledged', 'wait')], overdue > 0 && [' ', mark(`${count(overdue, 'task')} overdue`, 'bad')]),
    h('p', {}, states[state]?.[2] ?? ''),
    facts([
      ['Reference', ref === '' ? `${receipt} (a report)` : `${ref} (reported as ${receipt})`], ['Initials', initials], ['Age', age ?? 'Not known'], ['Owner', `${nameOf(owner)}${ref === '' ? '' : isOwnerAcknowledged ? ', acknowledged' : ', not acknowledged'}`], ['Next due', dueWords(view.nextDueAt, now)],
      ['Source', codeWord(view.source)], ...(view.goldenTotal > 0 ? [/** @type {const} */ (['First hour', `${view.goldenDone} of ${view.goldenTotal} done`])] : []),
    ]),
    h('h2', {}, 'Clocks'), facts(clocksOf(view, now)),
    (view.lastSeenPlace !== undefined || view.circumstances !== undefined) && [h('h2', {}, 'What is known'), facts([['Last seen where', view.lastSeenPlace ?? 'Not known'], ['Circumstances', view.circumstances ?? 'None given']])],
    matches.length > 0 && h('div', { class: 'notice', id: 'matches' }, h('p', {}, h('strong', {}, 'May be of the same person. '), 'Nothing is merged by itself.'), h('ul', {}, matches.map(({ recordId, ref, score, because, isMissing }) => h('li', {}, h('a', { href: `#/missing/case/${recordId}` }, ref === '' ? 'A report' : ref), `, ${score} of 100: ${because.join(' ')}${isMissing ? ', missing now' : ''}`)))),
    h('h2', {}, 'Level'), h('p', {}, `${levelWords[view.level]}${view.isProvisional ? ', provisional: no supervisor has confirmed it' : ', confirmed'}. ${floors.length === 0 ? 'No rule sets a lowest level yet.' : `It can be no lower than ${String(levelWords[floorLevel]).toLowerCase()}.`}`),
    floors.length > 0 && h('ul', { id: 'floors' }, floors.map(({ rule, why, because }) => h('li', {}, `${why} (rule ${rule}${because.length > 0 ? `, because of ${because.map(becauseWord).join(', ')}` : ''})`))),
    flags.length > 0 && [h('h3', {}, 'Flags'), h('ul', {}, flags.map(({ flag, source }) => h('li', {}, h('strong', {}, codeWord(flag)), `: ${source}`)))],
    unanswered.length > 0 && h('div', { class: 'notice' }, h('p', {}, 'Questions without an answer:'), h('ul', {}, unanswered.map(code => h('li', {}, `${code} ${rules.questions[code] ?? ''}`)))),
    flaggedFields.length > 0 && h('p', { class: 'notice' }, `Could not be read in the report: ${flaggedFields.map(codeWord).join(', ')}.`),
    pending.length > 0 && h('p', { class: 'notice' }, `${pending.length} waiting for a second person: ${pending.map(({ taskId, by }) => `${taskId} (asked by ${nameOf(by)})`).join(', ')}.`),
  ];
}

/** A question by its code, a fact by its name. @param {string} code */
function becauseWord(code) {
  return /^Q\d\d$/.test(code) ? code : codeWord(code).toLowerCase();
}

/** @param {import('./detail.js').View} view @param {number} now @returns {readonly (readonly [string, string])[]} */
export function clocksOf({ lastSeenAt, reportedAt, recordedAt, locatedAt, verifiedAt }, now) {
  /** @type {readonly (readonly [string, string | undefined])[]} */
  const clocks = [['Last seen', lastSeenAt], ['Reported', reportedAt], ['Case opened', recordedAt], ['Found', locatedAt], ['Verified', verifiedAt]];
  return clocks.filter(([name, at]) => at !== undefined || name === 'Last seen').map(([name, at]) => [name, at === undefined ? 'Not known' : `${when(at)} (${distance(at, now)})`]);
}
