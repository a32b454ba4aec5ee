/* global document, URL, Blob, CSS, setTimeout */
import { Refused } from './api.js';
import { button, byId, field, h, select, valuesOf } from './dom.js';
import { codeWord } from './links/words.js';
import { reasons } from './words.js';

/** Says what happened, to the eye and to a screen reader. @param {string} sentence */
export function say(sentence) {
  byId('status').textContent = sentence;
}

/** Shows what went wrong at the top of the page, with the service's own sentence and code, and puts the focus there. @param {unknown} error */
export function showError(error) {
  clearError();
  say('');
  const box = h('div', { class: 'error', id: 'error', role: 'alert', tabindex: -1 }, ...wordsOf(error), button('Close this message', clearError, { class: 'quiet' }));
  byId('main').prepend(box);
  box.focus();
  box.scrollIntoView({ block: 'start' });
}

export function clearError() {
  document.getElementById('error')?.remove();
}

/** @param {unknown} error */
function wordsOf(error) {
  if (!(error instanceof Refused)) {
    return [h('h2', {}, 'Something went wrong on this page'), h('p', {}, error instanceof Error ? error.message : String(error))];
  }
  return [
    h('h2', {}, error.title), sentences(error.message), error.fields.length > 0 && h('ul', {}, error.fields.map(fieldWords)),
    h('p', { class: 'small' }, 'Code ', h('code', {}, error.code), error.status > 0 && ` (status ${error.status})`, error.traceId !== undefined && `, trace ${error.traceId}`),
  ];
}

/** Several reasons, each with its rule in brackets, are a list. @param {string} message */
function sentences(message) {
  const reasons = message.split(/(?<=\)) (?=[A-Z])/);
  return reasons.length < 3 ? h('p', {}, message) : h('ul', {}, reasons.map(reason => h('li', {}, reason)));
}

/** The service names a field by its pointer; the page has its label and its help beside it. @param {{ pointer: string, message: string }} field */
function fieldWords({ pointer, message }) {
  const name = pointer.split('/').at(-1) ?? '';
  const label = document.querySelector(`label[for="${CSS.escape(name)}"]`)?.textContent;
  const help = document.getElementById(`${name}-help`)?.textContent;
  return h('li', {}, h('strong', {}, label ?? codeWord(name)), `: ${help ?? message}`, help !== undefined && h('span', { class: 'small' }, ` (${message})`));
}

/** Runs what a control asked for; a failure is shown, never swallowed. @param {() => Promise<unknown>} work */
export async function attempt(work) {
  clearError();
  try {
    await work();
    return true;
  } catch (error) {
    showError(error);
    return false;
  }
}

/**
 * Asks before something that cannot be taken back, with a reason where the service wants one. Gives the reason, or undefined when it was called off.
 * @param {{ title: string, text: string, confirm: string, reason?: string | false }} question @returns {Promise<string | undefined>}
 */
export function ask({ title, text, confirm, reason }) {
  return new Promise(resolve => {
    const form = h('form', { method: 'dialog' },
      h('h2', { id: 'ask-title' }, title), h('p', {}, text),
      typeof reason === 'string' && field({ id: 'ask-reason', label: 'Reason' }, select(reasons, reason)),
      h('div', { class: 'buttons' }, h('button', { value: 'yes', class: 'warn' }, confirm), h('button', { value: 'no', class: 'quiet' }, 'Go back')));
    const dialog = h('dialog', { 'aria-labelledby': 'ask-title' }, form);
    dialog.addEventListener('close', () => {
      const chosen = dialog.returnValue === 'yes' ? valuesOf(form)('ask-reason') : undefined;
      dialog.remove();
      resolve(chosen);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Gives bytes to the person as a file. @param {Uint8Array<ArrayBuffer>} bytes @param {string} contentType @param {string} name */
export function download(bytes, contentType, name) {
  const link = h('a', { href: URL.createObjectURL(new Blob([bytes], { type: contentType })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
