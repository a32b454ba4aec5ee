import { h } from '../dom.js';
import { control, readFields } from '../links/fields.js';
import { codeWord } from '../links/words.js';
import { rowsOf } from './schemaRows.js';
import { labelOf } from './words.js';

/** @typedef {import('../../types.ts').FormSchema} Schema @typedef {import('../links/fields.js').Field} Field */
/**
 * What the page knows of a field besides its schema: choices for references, what to begin with, words of codes.
 * @typedef {object} Hints
 * @property {Record<string, readonly (readonly [string, string])[]>} [choices] @property {Record<string, any>} [initial] What stands there: text, a number, a list, an instant. @property {Record<string, string>} [words] @property {readonly string[]} [hidden]
 * @property {boolean} [isBrief] Rows that repeat go without the help of each field.
 * @property {boolean} [isPlain] What may be left out is not marked: the page says it once for all.
 */
/** A control with what it gives; nothing when it was left empty. @typedef {{ element: HTMLElement, read: () => unknown }} Part */

/**
 * A form made from the body of an operation: one control for each of its fields, with the contract's own description.
 * @param {Schema} schema @param {Hints} [hints] @returns {{ elements: HTMLElement[], named: { name: string, element: HTMLElement }[], read: () => Record<string, unknown> }}
 */
export function createFields(schema, hints = {}) {
  const parts = partsOf(schema, hints, { root: schema, prefix: '' });
  return { elements: parts.map(({ part }) => part.element), named: parts.map(({ name, part }) => ({ name, element: part.element })), read: () => assembled(parts) };
}

/** @param {readonly { name: string, part: Part }[]} parts @returns {Record<string, unknown>} */
export function assembled(parts) {
  return Object.fromEntries(parts.flatMap(({ name, part }) => {
    const value = part.read();
    return value === undefined ? [] : [[name, value]];
  }));
}

/** @typedef {{ root: Schema, prefix: string }} Place */
/** @param {Schema} schema @param {Hints} hints @param {Place} place @returns {{ name: string, part: Part }[]} */
export function partsOf(schema, hints, place) {
  return Object.entries(schema.properties ?? {}).filter(([name]) => !hints.hidden?.includes(name)).map(([name, of]) => ({ name, part: partOf(name, resolved(of, place.root), hints, { ...place, required: schema.required?.includes(name) === true }) }));
}

/** @param {Schema} schema @param {Schema} root @returns {Schema} */
function resolved(schema, root) {
  return schema.$ref === undefined ? schema : { ...root.$defs?.[schema.$ref.split('/').at(-1) ?? ''], ...(schema.description !== undefined && { description: schema.description }) };
}

/** @param {string} name @param {Schema} schema @param {Hints} hints @param {Place & { required: boolean }} place @returns {Part} */
function partOf(name, schema, hints, place) {
  if (schema.const !== undefined) return constant(name, schema, place);
  if (schema.type === 'array') return listOf(name, schema, hints, place);
  if (schema.type === 'object') {
    const parts = partsOf(schema, hints, { ...place, prefix: `${place.prefix}${name}-` });
    return { element: h('fieldset', { class: 'part' }, h('legend', {}, labelOf(name)), parts.map(({ part }) => part.element)), read: () => assembled(parts) };
  }
  const isNumber = schema.type === 'integer' || schema.type === 'number';
  return single(fieldOf(name, schema, hints, place), value => {
    if (schema.type === 'boolean' && value === false && !place.required && schema.default === undefined) return undefined;
    // A choice gives text, also where it is one of numbers.
    return isNumber && value !== undefined ? Number(value) : value;
  });
}

/** What can only have one value is a tick, or stands unseen. @param {string} name @param {Schema} schema @param {Place & { required: boolean }} place @returns {Part} */
function constant(name, schema, place) {
  if (name === 'kind') return { element: h('span', { hidden: true }), read: () => schema.const };
  return single({ name: `${place.prefix}${name}`, label: labelOf(name), kind: 'check', ...helpOf(name, schema) }, value => (value === true ? schema.const : undefined));
}

/** Rows begin with values of their own. @param {Hints} hints @returns {Hints} */
function withoutInitial(hints) {
  return Object.fromEntries(Object.entries(hints).filter(([name]) => name !== 'initial'));
}

/** @param {string} name @param {Schema} schema @param {Hints} hints @param {Place & { required: boolean }} place @returns {Part} */
function listOf(name, schema, hints, place) {
  const items = resolved(schema.items ?? {}, place.root);
  const options = hints.choices?.[name] ?? items.enum?.map(code => /** @type {const} */ ([code, hints.words?.[code] ?? codeWord(code)]));
  const about = { name: `${place.prefix}${name}`, label: labelOf(name), ...helpOf(name, schema) };
  if (items.type === 'object') return rowsOf(about, { items, hints: withoutInitial(hints), root: place.root, isNeeded: place.required, initial: hints.initial?.[name] ?? [] });
  const orNone = (/** @type {unknown} */ value) => (Array.isArray(value) && value.length === 0 && !place.required ? undefined : value);
  if (options !== undefined && options.length > 0) return single({ ...about, kind: 'many', options }, orNone);
  return single({ ...about, kind: 'long', help: [about.help, 'One in a line.'].filter(Boolean).join(' '), value: (hints.initial?.[name] ?? []).join('\n') }, value => orNone(String(value ?? '').split('\n').map(line => line.trim()).filter(line => line !== '')));
}

/** @param {string} name @param {Schema} schema @param {Hints} hints @param {Place & { required: boolean }} place @returns {Field} */
function fieldOf(name, schema, hints, { prefix, required }) {
  const known = hints.initial?.[name] ?? (typeof schema.default === 'boolean' ? schema.default : undefined);
  const value = schema.format === 'date-time' && typeof known === 'string' ? new Date(known) : known;
  const label = `${labelOf(name)}${required || schema.type === 'boolean' || hints.isPlain === true ? '' : ' (optional)'}`;
  return { name: `${prefix}${name}`, label, ...kindOf(name, schema, hints), ...(hints.isBrief === true ? {} : helpOf(name, schema)), ...(value !== undefined && { value }) };
}

/** @param {string} name @param {Schema} schema @param {Hints} hints @returns {Pick<Field, 'kind' | 'options'>} */
function kindOf(name, schema, hints) {
  const options = hints.choices?.[name] ?? schema.enum?.map(code => /** @type {const} */ ([code, hints.words?.[code] ?? codeWord(code)]));
  if (options !== undefined && options.length > 0) return { kind: 'choice', options: [['', 'Choose'], ...options] };
  if (schema.type === 'boolean') return { kind: 'check' };
  if (schema.type === 'integer' || schema.type === 'number') return { kind: 'number' };
  if (schema.format === 'date-time') return { kind: 'when' };
  return { kind: (schema.maxLength ?? 0) >= 1_000 ? 'long' : 'text' };
}

/** The contract's own words, without what is for makers of flows: the page itself reads times as London's, and a tick gives the one value. @param {string} name @param {Schema} schema */
function helpOf(name, { description = '' }) {
  const help = description.replace(/ ?With an offset, for a clock of London shows some times twice\./, '').replace(/^yes: /, '');
  const isSame = help.replaceAll(/[^a-z]/gi, '').toLowerCase() === labelOf(name).replaceAll(/[^a-z]/gi, '').toLowerCase();
  return help === '' || isSame ? {} : { help: `${help.charAt(0).toUpperCase()}${help.slice(1)}` };
}

/** One control of the page's own kind; it is read out of the form that it stands in. @param {Field} field @param {(value: unknown) => unknown} [as] @returns {Part} */
function single(field, as = value => value) {
  const element = control(field);
  return {
    element,
    read() {
      const form = element.closest('form');
      return as(form ? readFields(form, [field])[field.name] : undefined);
    },
  };
}
