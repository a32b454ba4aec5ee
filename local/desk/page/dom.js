/* global document, Node, HTMLElement, FormData */

/** @typedef {string | number | Node | undefined | null | false} Child */

/**
 * Makes an element. A property beginning with `on` is a listener, a boolean one is set or left out; text is always text, never markup.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Record<string, unknown>} [properties] @param {...(Child | readonly Child[])} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...kept(children));
  return element;
}

/** @param {readonly (Child | readonly Child[])[]} children @returns {(string | Node)[]} */
function kept(children) {
  return children.flat().flatMap(child => (child === undefined || child === null || child === false ? [] : [child instanceof Node ? child : String(child)]));
}

/**
 * Replaces what an element holds; the focus stays on the control of the same id, or goes to the element when that is gone.
 * @param {HTMLElement} element @param {...(Child | readonly Child[])} children
 */
export function fill(element, ...children) {
  const focused = element.contains(document.activeElement) ? document.activeElement : undefined;
  element.replaceChildren(...kept(children));
  if (!focused) return;
  const again = focused.id === '' ? undefined : document.getElementById(focused.id);
  if (again instanceof HTMLElement && !again.hasAttribute('disabled')) again.focus();
  else element.focus();
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

/** A labelled control with its help text. @param {{ id: string, label: string, help?: string }} about @param {HTMLElement} control */
export function field({ id, label, help }, control) {
  control.id = id;
  if (!control.hasAttribute('name')) control.setAttribute('name', id);
  if (help !== undefined) control.setAttribute('aria-describedby', `${id}-help`);
  return h('div', { class: 'field' }, h('label', { for: id }, label), help !== undefined && h('p', { class: 'help', id: `${id}-help` }, help), control);
}

/** @param {readonly (readonly [string, string])[]} options @param {string} [chosen] */
export function select(options, chosen) {
  return h('select', {}, options.map(([value, label]) => h('option', { value, selected: value === chosen }, label)));
}

/** @param {HTMLFormElement} form @returns {(name: string) => string} */
export function valuesOf(form) {
  const data = new FormData(form);
  return name => String(data.get(name) ?? '').trim();
}

/** @param {string} label @param {() => unknown} onclick @param {Record<string, unknown>} [more] */
export function button(label, onclick, more = {}) {
  return h('button', { type: 'button', onclick, ...more }, label);
}

/** @param {readonly (readonly [string, Child])[]} rows */
export function facts(rows) {
  return h('dl', { class: 'facts' }, rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}

/**
 * A table that scrolls by itself on a narrow screen, by keyboard too.
 * @param {string} caption @param {readonly string[]} heads @param {readonly (readonly Child[])[]} rows
 */
export function table(caption, heads, rows) {
  return h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption }, h('table', {},
    h('caption', {}, caption), h('thead', {}, h('tr', {}, heads.map(head => h('th', { scope: 'col' }, head)))),
    h('tbody', {}, rows.map(([first, ...others]) => h('tr', {}, h('th', { scope: 'row' }, first), others.map(cell => h('td', {}, cell)))))));
}
