import { button, h } from '../dom.js';
import { assembled, partsOf } from './schemaForm.js';
import { labelOf } from './words.js';
import { codeWord } from '../links/words.js';

/** @typedef {import('../../types.ts').FormSchema} Schema @typedef {import('./schemaForm.js').Part} Part @typedef {import('./schemaForm.js').Hints} Hints */
/** @typedef {{ items: Schema, hints: Hints, root: Schema, isNeeded: boolean, initial: readonly Record<string, any>[] }} Rows `initial`: rows that stand there already. */

/**
 * A list of objects. Where each is about one code of a closed list (a question, a subject), every code has its row and an untouched row is left out; else rows are added.
 * @param {{ name: string, label: string, help?: string }} about @param {Rows} rows @returns {Part}
 */
export function rowsOf(about, rows) {
  const [first] = Object.entries(rows.items.properties ?? {});
  return first?.[1].enum === undefined ? growing(about, rows) : perCode(about, rows, { name: first[0], codes: first[1].enum });
}

/** @param {{ name: string, label: string, help?: string }} about @param {Rows} rows @param {{ name: string, codes: readonly string[] }} key @returns {Part} */
function perCode({ name, label, help }, { items, hints, root, isNeeded }, key) {
  const made = key.codes.map(code => {
    const parts = partsOf(items, { ...hints, isBrief: true, hidden: [...hints.hidden ?? [], key.name] }, { root, prefix: `${name}-${code}-` });
    const element = h('fieldset', { class: 'part code-row' }, h('legend', {}, hints.words?.[code] ?? codeWord(code)), parts.map(({ part }) => part.element));
    return { element, read: () => ({ code, rest: assembled(parts) }) };
  });
  // A tick that was not made says nothing by itself: a row counts once something was chosen or written in it.
  const isTouched = (/** @type {Record<string, unknown>} */ rest) => Object.values(rest).some(value => value !== false);
  return {
    element: h('div', {}, h('p', {}, h('strong', {}, label), help !== undefined && ` ${help}`), made.map(({ element }) => element)),
    read() {
      const given = made.map(({ read }) => read()).filter(({ rest }) => isTouched(rest)).map(({ code, rest }) => ({ [key.name]: code, ...rest }));
      return given.length === 0 && !isNeeded ? undefined : given;
    },
  };
}

/** @param {{ name: string, label: string, help?: string }} about @param {Rows} rows @returns {Part} */
function growing({ name, label, help }, { items, hints, root, isNeeded, initial }) {
  const list = h('div', {});
  /** @type {{ read: () => Record<string, unknown> | undefined }[]} */
  const made = [];
  const singular = labelOf(name).replace(/s$/, '').toLowerCase();
  const add = button(`Add a ${singular}`, () => another({}), { id: `${name}-add` });
  for (const row of initial) another(row);
  if (isNeeded && initial.length === 0) another({});
  return {
    element: h('div', { class: 'part' }, h('p', {}, h('strong', {}, label), help !== undefined && ` ${help}`), list, add),
    read() {
      const given = made.flatMap(({ read }) => read() ?? []);
      return given.length === 0 && !isNeeded ? undefined : given;
    },
  };

  /** Left wholly empty, a row is taken off; the name by which the service knows one stays with it unseen. @param {Record<string, any>} row */
  function another(row) {
    const number = made.length + 1;
    const parts = partsOf(items, { ...hints, initial: row, hidden: [...hints.hidden ?? [], 'id'] }, { root, prefix: `${name}-${number}-` });
    const element = h('fieldset', { class: 'part code-row' }, h('legend', {}, `${codeWord(singular)} ${number}`), parts.map(({ part }) => part.element));
    made.push({ read() {
      const given = assembled(parts);
      return Object.values(given).some(value => value !== false) ? { ...(row['id'] !== undefined && { id: row['id'] }), ...given } : undefined;
    } });
    list.append(element);
  }
}
