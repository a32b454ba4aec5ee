/* global document */
import { button, h } from '../dom.js';
import { attempt } from '../say.js';
import { createFields } from './schemaForm.js';

/** @typedef {import('../../types.ts').FormSchema} Schema @typedef {import('./schemaForm.js').Hints} Hints */
/** @typedef {{ title: string, text: string, confirm: string, schema: Schema, hints?: Hints, send: (body: Record<string, unknown>) => Promise<boolean>, layout?: (named: { name: string, element: HTMLElement }[]) => HTMLElement[] }} Asked `layout` puts the fields under headings. */

/**
 * The one place where a form opens. It stands apart from what is refreshed, so that nothing that was typed is lost, and it stays as it is when the service refuses.
 * @returns {{ element: HTMLElement, open: (asked: Asked) => Record<string, unknown>, close: () => void }}
 */
export function createPanel() {
  const element = h('section', { class: 'panel act-panel', hidden: true, tabindex: -1, 'aria-labelledby': 'act-title' });
  return { element, open, close };

  function close() {
    element.hidden = true;
    element.replaceChildren();
  }

  /** What the service says against it stands where the person looks: above the form. */
  function refused() {
    const box = document.getElementById('error');
    if (!box) return;
    element.prepend(box);
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: 'start' });
  }

  /** Gives what the form holds as it opens. @param {Asked} asked */
  function open({ title, text, confirm, schema, hints, send, layout }) {
    const { elements, named, read } = createFields(schema, hints);
    const form = h('form', {
      novalidate: true,
      onsubmit: (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        void attempt(async () => { if (await send(read())) close(); else refused(); });
      },
    }, h('h2', { id: 'act-title' }, title), h('p', {}, text), layout ? layout(named) : elements, h('div', { class: 'buttons' }, h('button', { class: 'main' }, confirm), button('Go back', close, { class: 'quiet' })));
    element.replaceChildren(form);
    element.hidden = false;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'start' });
    return read();
  }
}
