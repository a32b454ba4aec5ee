import { facts, fill, h } from '../dom.js';
import { when } from '../words.js';
import { stateTag } from './list.js';
import { areaWords, authorityWords, channelWords, codeWord, endWords, modeWords, safetyWords, states } from './words.js';

/** Where the request stands, in plain words. @param {import('./detail.js').Case} shared */
export function createHead(shared) {
  const element = h('div', { id: 'head', tabindex: -1 });
  const grounds = groundsOf(shared.view);
  return { element, update: () => fill(element, ...headOf(shared), grounds) };
}

/** @param {import('./detail.js').Case} shared */
function headOf({ view, nameOf }) {
  const { state, area, reasonCode, mode, channel, incidentRef, requestedBy, createdAt, authority, safety, addressEnding } = view;
  return [
    h('p', { class: 'state-line' }, stateTag(state, { id: 'state-tag' }), ` ${stateWordsOf(view)}`),
    view.holdAdvice !== undefined && h('div', { class: 'notice', id: 'hold' }, h('p', {}, h('strong', {}, 'What to do: '), view.holdAdvice), view.safetyRule !== undefined && ['SAFETY_HELD', 'BLOCKED_UNSAFE'].includes(state) && h('p', { class: 'small' }, `Rule: ${codeWord(view.safetyRule.replaceAll('-', '_'))}.`)),
    view.fallback !== undefined && h('div', { class: 'notice' }, h('p', {}, view.fallback)),
    readAloud(view),
    facts([
      ['For', areaWords[area]], ['Why', codeWord(reasonCode)], ['Asked to share', modeWords[mode]], ['By', channelWords[channel]], ['Number ends in', addressEnding ?? 'No number'], ['Incident', incidentRef],
      ['Asked by', `${nameOf(requestedBy)}, ${when(createdAt)}`], ['Contact', safetyWords[safety]], ['Authority', h('span', { id: 'authority' }, `${authorityWords[authority]}${view.authorityWhy === undefined ? '' : ` (${view.authorityWhy.split(', ').map(codeWord).join(', ').toLowerCase()})`}`)],
      ...appointment(view),
    ]),
  ];
}

/** What the area must know before it asks; it never changes, so it is made once and stays open. @param {import('./detail.js').View} view */
function groundsOf({ grounds }) {
  return grounds.length > 0 && h('details', { class: 'fold' }, h('summary', {}, 'What was asked and answered'), facts(grounds.map(({ name, value }) => [codeWord(name), { true: 'Yes', false: 'No' }[value] ?? value])));
}

/** @param {import('./detail.js').View} view */
function stateWordsOf({ state, slot, area, channel, neutral, joined, endReason, closedAt, outcome, declineReason, failReason, safety }) {
  if (state === 'READY' && area === 'FAL' && slot === 'OFFERED') return 'Book the appointment: the link is sent then.';
  if (state === 'SENT' && channel === 'READ_ALOUD_CODE') return 'Nothing was sent: read the code out.';
  if (joined) return 'Somebody pressed Join and waits. Let them in once you know on the call that it is them.';
  if (neutral && (state === 'SENT' || state === 'DELIVERED')) return `${states[state]?.[2]} Their page is neutral and has one Join button; you then let them in.`;
  const why = [endReason ?? declineReason ?? failReason, outcome].flatMap(code => (code === undefined ? [] : [endWords[code] ?? codeWord(code)]));
  const more = why.length > 0 ? ` ${state === 'CLOSED' && closedAt !== undefined ? `${when(closedAt)}: ` : ''}${why.join('. ')}.` : '';
  return `${states[state]?.[2] ?? ''}${more}${state === 'CANCELLED' && safety === 'UNSAFE' ? ' The contact is not safe.' : ''}`;
}

/** What the officer who asked reads to the person. @param {import('./detail.js').View} view */
function readAloud({ state, linkEnding, code, linkExpiresAt }) {
  const letters = code ?? linkEnding;
  if (letters === undefined || ['CONSENTED', 'IN_SESSION', 'INTERRUPTED'].includes(state)) return undefined;
  return h('div', { class: 'aloud', id: 'aloud' },
    h('p', {}, code === undefined ? 'Read out, so that the person knows the link is yours. It ends in:' : 'Read this code out:'),
    h('p', {}, h('strong', { class: 'letters', id: 'letters' }, letters)), h('p', { class: 'small' }, spelled(letters)),
    linkExpiresAt !== undefined && h('p', { class: 'small' }, `It works until ${when(linkExpiresAt)}.`));
}

/** Capitals are said as such: the link tells them apart. @param {string} letters */
function spelled(letters) {
  return [...letters].map(letter => (/[A-Z]/.test(letter) ? `capital ${letter}` : letter)).join(', ');
}

/** @param {import('./detail.js').View} view @returns {readonly (readonly [string, string])[]} */
function appointment({ slot, slotStartAt, slotEndAt, linkOpensAt, overwriteAt, startToAnswerSeconds, outcomeDueAt, closedAt }) {
  return [
    ...(slot === 'NONE' ? [] : [/** @type {const} */ (['Appointment', slot === 'OFFERED' ? 'Not booked yet' : `${when(slotStartAt)} to ${when(slotEndAt)}${linkOpensAt === undefined ? '' : `, opens ${when(linkOpensAt)}`}`])]),
    ...(overwriteAt === undefined ? [] : [/** @type {const} */ (['Overwritten', when(overwriteAt)])]), ...(startToAnswerSeconds === undefined ? [] : [/** @type {const} */ (['Answered after', `${Math.round(startToAnswerSeconds)} s`])]),
    ...(outcomeDueAt === undefined || closedAt !== undefined ? [] : [/** @type {const} */ (['Outcome due', when(outcomeDueAt)])]),
  ];
}
