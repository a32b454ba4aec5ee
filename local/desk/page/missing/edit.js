/* global document */
import { Refused, command } from '../api.js';
import { h, table } from '../dom.js';
import { attempt, say } from '../say.js';
import { when } from '../words.js';
import { hintsOf } from './hints.js';
import { labelOf } from './words.js';

/** @typedef {import('./detail.js').Case} Case @typedef {import('../../types.ts').MissingAct} Act @typedef {import('../../types.ts').FormSchema} Schema */

/** Headings of the many fields, each with the field that it begins at. @type {readonly (readonly [string, string])[]} */
const sections = [
  ['Who the person is', 'names'], ['Clothing, what is carried, and looks', 'clothing'], ['Home, numbers, devices, accounts and vehicles', 'homeAddress'], ['Where, when and how the person went missing', 'incidentRef'], ['Health', 'conditions'], ['Care, school, people and places', 'laResponsible'],
];

/**
 * The form of an edit: it begins with what stands in the record, and only what was changed in it is sent, with the version that was seen. When somebody else changed something meanwhile, what they changed is
 * shown above the form, which keeps what was typed: sent again it goes over the version that stands now, and their other fields stay.
 * @param {Act} act @param {Case} shared
 */
export function openEdit(act, shared) {
  const { view, path, panel } = shared;
  let version = view.etag;
  const properties = act.form.properties ?? {};
  const initial = Object.fromEntries(view.fields.flatMap(({ field, value }) => (properties[field] === undefined ? [] : [[field, valueOf(properties[field], value)]])));
  const hidden = ['clear', ...Object.keys(properties).filter(name => name.endsWith('Known'))];
  const before = panel.open({ title: act.summary, text: `${act.description} Empty a field to take off what stands there.`, confirm: 'Save what I changed', schema: act.form, hints: { ...hintsOf(shared), initial, hidden, isPlain: true }, layout, send });

  /** @param {Record<string, unknown>} after */
  async function send(after) {
    const body = changed(before, after, properties);
    /** @type {Refused | undefined} */
    let stale;
    const isDone = await attempt(async () => {
      try {
        await command(`${path}/${act.path}`, body, { ifMatch: version });
      } catch (error) {
        if (error instanceof Refused && error.status === 412) stale = error;
        throw error;
      } finally {
        await shared.refresh();
      }
    });
    if (isDone) say(`${act.summary}: done.`);
    if (stale) {
      version = stale.current ?? version;
      document.getElementById('error')?.append(differences(stale, shared), h('p', {}, 'What you typed is still in the form. Change it if you want to; saved again it goes over what stands now, and what they changed elsewhere stays.'));
    }
    return isDone;
  }
}

/** A field as the form takes it. @param {Schema} schema @param {string} value */
function valueOf({ type }, value) {
  if (type === 'array') return JSON.parse(value);
  return type === 'boolean' ? value === 'true' : value;
}

/**
 * What differs from what the form held as it opened. What was emptied is taken off; a reason why something is not known says that it is not.
 * @param {Record<string, unknown>} before @param {Record<string, unknown>} after @param {Readonly<Record<string, Schema>>} properties
 */
export function changed(before, after, properties) {
  const differs = (/** @type {string} */ name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  const given = Object.entries(after).filter(([name]) => differs(name));
  const unknown = given.flatMap(([name]) => (name.endsWith('Reason') && properties[name.replace(/Reason$/, 'Known')] !== undefined ? [name.replace(/Reason$/, '')] : []));
  const mayClear = properties['clear']?.items?.enum ?? [];
  const clear = Object.keys(before).filter(name => after[name] === undefined && mayClear.includes(name) && !unknown.includes(name));
  return { ...Object.fromEntries(given.filter(([name]) => !unknown.includes(name))), ...Object.fromEntries(unknown.map(name => [`${name}Known`, false])), ...(clear.length > 0 && { clear }) };
}

/** @param {{ name: string, element: HTMLElement }[]} named */
function layout(named) {
  const at = sections.map(([, first]) => named.findIndex(({ name }) => name === first));
  return sections.map(([title], n) => h('details', { class: 'fold', open: n === 0 }, h('summary', {}, title), named.slice(at[n], at[n + 1] ?? named.length).map(({ element }) => element)));
}

/** @param {Refused} stale @param {Case} shared */
function differences({ changes }, { nameOf }) {
  return table('What changed since you opened the form', ['Field', 'You saw', 'It is now', 'By', 'When', 'You change it too'], changes.map(({ field, before, after, by, at, collides }) => [labelOf(field), before ?? 'nothing', after ?? 'nothing', nameOf(by), when(at), collides ? 'Yes' : 'No']));
}
