/* global document */
import { h } from '../dom.js';
import { control, readFields } from './fields.js';

/**
 * Asks for what a command needs before it is sent. Gives the fields as the service takes them, or undefined when it was called off.
 * @param {{ title: string, text: string, confirm: string, isWarning?: boolean, fields?: readonly import('./fields.js').Field[] }} question
 * @returns {Promise<Record<string, unknown> | undefined>}
 */
export function askFor({ title, text, confirm, isWarning = false, fields = [] }) {
  return new Promise(resolve => {
    /** @type {HTMLFormElement} */
    const form = h('form', { method: 'dialog' }, h('h2', { id: 'ask-title' }, title), h('p', {}, text), fields.map(control),
      h('div', { class: 'buttons' }, h('button', { value: 'yes', class: isWarning ? 'warn' : 'main' }, confirm), h('button', { value: 'no', class: 'quiet', formnovalidate: true }, 'Go back')));
    const dialog = h('dialog', { 'aria-labelledby': 'ask-title' }, form);
    dialog.addEventListener('close', () => {
      const given = dialog.returnValue === 'yes' ? readFields(form, fields) : undefined;
      dialog.remove();
      resolve(given);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A reason as a code, for it stands in the audit. @param {readonly string[]} codes @returns {import('./fields.js').Field} */
export function reasonField(codes) {
  return { name: 'reason', label: 'Reason', kind: 'choice', options: codes };
}
