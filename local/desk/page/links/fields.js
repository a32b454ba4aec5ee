import { field, h, select, valuesOf } from '../dom.js';
import { fromLondon, toLondon } from './london.js';
import { options as worded } from './words.js';

/**
 * A field of a form: what it is called, and how the service takes it. Left empty, it is left out.
 * @typedef {object} Field
 * @property {string} name As the service names it; ids on the page are the same, so that a refusal finds its label.
 * @property {string} label
 * @property {'text' | 'tel' | 'email' | 'number' | 'check' | 'choice' | 'when' | 'time' | 'long' | 'many'} kind
 * @property {string} [help] @property {boolean} [required]
 * @property {string | number | boolean | Date} [value]
 * @property {readonly string[] | readonly (readonly [string, string])[]} [options] Of a choice, or of several.
 */

/** The control with its label. @param {Field} about @returns {HTMLElement} */
export function control(about) {
  const { name, label, kind, help, required, value } = about;
  if (kind === 'check') {
    return h('div', { class: 'check' }, h('input', { type: 'checkbox', id: name, name, checked: value === true, ...(help !== undefined && { 'aria-describedby': `${name}-help` }) }),
      h('div', {}, h('label', { for: name }, label), help !== undefined && h('p', { class: 'help', id: `${name}-help` }, help)));
  }
  if (kind === 'many') return several(about);
  return field({ id: name, label, ...(help !== undefined && { help }) }, inputOf(about, { required, autocomplete: 'off', ...(kind !== 'choice' && value !== undefined && { value: value instanceof Date ? toLondon(value) : String(value) }) }));
}

/** @param {Field} about @param {Record<string, unknown>} more @returns {HTMLElement} */
function inputOf({ kind, options, value }, more) {
  switch (kind) {
    case 'choice': return select(pairs(options), value === undefined ? undefined : String(value));
    case 'long': return h('textarea', { rows: 3, required: more['required'] }, String(value ?? ''));
    case 'when': return h('input', { type: 'datetime-local', ...more });
    case 'number': return h('input', { type: 'number', step: 'any', inputmode: 'decimal', ...more });
    default: return h('input', { type: kind, ...more });
  }
}

/** @param {Field['options']} options @returns {readonly (readonly [string, string])[]} */
function pairs(options = []) {
  return options.flatMap(option => (typeof option === 'string' ? worded([option]) : [option]));
}

/** @param {Field} about */
function several({ name, label, options, help }) {
  return h('fieldset', { class: 'several', ...(help !== undefined && { 'aria-describedby': `${name}-help` }) }, h('legend', {}, label), help !== undefined && h('p', { class: 'help', id: `${name}-help` }, help),
    pairs(options).map(([value, words]) => h('div', { class: 'check' }, h('input', { type: 'checkbox', id: `${name}-${value}`, name, value }), h('label', { for: `${name}-${value}` }, words))));
}

/** What the form holds, as the service takes it. @param {HTMLFormElement} form @param {readonly Field[]} fields @returns {Record<string, unknown>} */
export function readFields(form, fields) {
  const value = valuesOf(form);
  /** @type {Record<string, unknown>} */
  const body = {};
  for (const { name, kind } of fields) {
    const given = value(name);
    if (kind === 'check') body[name] = given === 'on';
    else if (kind === 'many') body[name] = [...form.querySelectorAll(`input[name="${name}"]:checked`)].map(input => input.getAttribute('value'));
    else if (given !== '') body[name] = kind === 'number' ? Number(given) : kind === 'when' ? fromLondon(given) : given;
  }
  return body;
}
