import { command } from '../api.js';
import { h } from '../dom.js';
import { control, readFields } from './fields.js';
import { codeWord } from './words.js';

/** @typedef {import('./fields.js').Field} Field */

const points = /** @type {const} */ ([['0', '0: none'], ['1', '1: little'], ['2', '2: some'], ['3', '3: much']]);
/** @param {string} name @param {string} label @returns {Field} */
const scored = (name, label) => ({ name, label, kind: 'choice', options: points });

/** @param {readonly string[]} outcomes @returns {readonly Field[]} */
function fieldsOf(outcomes) {
  return [
    { name: 'offenceType', label: 'Offence', kind: 'text', value: 'burglary', required: true }, { name: 'volumeCrime', label: 'It is volume crime', kind: 'check' }, { name: 'entryPoint', label: 'Where they came in', kind: 'text' },
    { name: 'surfaces', label: 'Surfaces that were touched', kind: 'many', options: [['glass', 'Glass'], ['painted wood', 'Painted wood'], ['bare wood', 'Bare wood'], ['metal', 'Metal'], ['plastic', 'Plastic'], ['other', 'Other']] },
    { name: 'wet', label: 'It is wet', kind: 'check' }, { name: 'timeSinceH', label: 'Hours since', kind: 'number', value: 3, required: true }, { name: 'itemsMoved', label: 'Things were moved', kind: 'check' },
    { name: 'bloodOrCellular', label: 'There is blood or other cellular material', kind: 'check' },
    scored('fingermark', 'Finger marks'), scored('footwear', 'Footwear marks'), scored('toolmark', 'Tool marks'), scored('dnaPotential', 'DNA'), scored('digitalPotential', 'Digital'),
    { name: 'preservationAdvice', label: 'Advice that was given', kind: 'text' },
    { name: 'decision', label: 'Decision', kind: 'choice', options: outcomes.map(code => /** @type {const} */ ([code, codeWord(code)])), help: 'The outcome must be the same. A score of 2 or more: attend. All 0 and volume crime: do not attend.' },
    { name: 'decisionReason', label: 'Why', kind: 'text' },
  ];
}

/** The score form of a forensic triage (goodsam.md 7.5). @param {import('./detail.js').Case} shared */
export function createScore(shared) {
  const fields = fieldsOf(shared.view.outcomes);
  /** @type {HTMLFormElement} */
  const form = h('form', { onsubmit: save, novalidate: true }, fields.map(control), h('button', { class: 'main' }, 'Save the score'));
  const element = h('section', { 'aria-labelledby': 'score-title' }, h('h2', { id: 'score-title' }, 'Score of the triage'), h('details', { class: 'fold' }, h('summary', {}, 'The form'), h('p', {}, 'The outcome can be recorded once this form is saved. What was saved before is replaced.'), form));
  return { element, update: () => { element.hidden = shared.view.area !== 'FOR' || !shared.moves.forms; } };

  /** @param {SubmitEvent} event */
  function save(event) {
    event.preventDefault();
    const given = readFields(form, fields);
    for (const name of ['fingermark', 'footwear', 'toolmark', 'dnaPotential', 'digitalPotential']) given[name] = Number(given[name]);
    void shared.run(() => command(`${shared.path}/score`, { entryPoint: '', preservationAdvice: '', ...given }, { ifMatch: shared.view.etag, method: 'PUT' }), 'The score is saved.');
  }
}
