import { command } from '../api.js';
import { button, fill, h } from '../dom.js';
import { control, readFields } from './fields.js';
import { codeWord } from './words.js';

/** @typedef {import('./fields.js').Field} Field @typedef {import('./detail.js').Case} Case */

/** @type {readonly Field[]} */
const rest = [
  { name: 'attendanceAvoided', label: 'Nobody had to go', kind: 'check' }, { name: 'minutesSaved', label: 'Minutes saved', kind: 'number' }, { name: 'milesSaved', label: 'Miles saved', kind: 'number' },
  { name: 'notes', label: 'Notes', kind: 'long', help: 'For the file. No more than 1,000 characters.' },
];
/** One tap for what happens most often when nothing came of it (goodsam.md 21.38). */
const quick = ['NO_BENEFIT', 'TECH_FAIL'];

/** What came of it; it closes the request. @param {Case} shared */
export function createOutcome(shared) {
  const detail = h('div', {});
  const { view } = shared;
  const codes = [...view.outcomes, shared.rules.offenceDisclosed];
  /** @type {Field} */
  const code = { name: 'code', label: 'Outcome', kind: 'choice', options: [['', 'Choose an outcome'], ...codes.map(one => /** @type {const} */ ([one, codeWord(one)]))] };
  const taps = h('div', { class: 'buttons', tabindex: -1 });
  /** @type {HTMLFormElement} */
  const form = h('form', { class: 'panel', 'aria-labelledby': 'outcome-title', novalidate: true, onsubmit: record, onchange: adapt, hidden: true },
    h('h2', { id: 'outcome-title' }, 'Outcome'), taps, control(code), detail, rest.map(control), h('button', { class: 'main' }, 'Record the outcome'));
  return { element: form, update };

  function update() {
    const { state } = shared.view;
    form.hidden = !shared.moves.outcome;
    const auto = shared.rules.sideEnds.includes(state) ? [`AUTO_${state}`] : [];
    fill(taps, [...quick.filter(one => codes.includes(one)), ...auto].map(one => button(one.startsWith('AUTO_') ? `Close as: ${codeWord(state).toLowerCase()}` : codeWord(one), () => void send({ code: one, attendanceAvoided: false }), { id: `tap-${one}` })));
  }

  /** @returns {readonly Field[]} */
  function details() {
    const chosen = form.querySelector('select')?.value ?? '';
    const kind = shared.rules.details[chosen];
    if (kind === 'DAYS') return [{ name: 'detail', label: 'Days of the remedial period', kind: 'text', value: '14', help: '1 to 90.' }];
    return kind === 'RISK_LEVEL' ? [{ name: 'detail', label: 'DASH level', kind: 'choice', options: [['S', 'Standard'], ['M', 'Medium'], ['H', 'High']] }] : [];
  }

  /** @param {Event} event */
  function adapt(event) {
    if (event.target === form.querySelector('select')) detail.replaceChildren(...details().map(control));
  }

  /** @param {SubmitEvent} event */
  function record(event) {
    event.preventDefault();
    void send(readFields(form, [code, ...details(), ...rest]));
  }

  /** @param {Record<string, unknown>} body */
  async function send(body) {
    await shared.run(() => (body['code'] === undefined ? Promise.reject(new Error('Choose an outcome first.')) : command(`${shared.path}/outcome`, body)), 'The outcome is recorded.');
  }
}
