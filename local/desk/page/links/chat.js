import { command } from '../api.js';
import { fill, h } from '../dom.js';
import { when } from '../words.js';
import { control, readFields } from './fields.js';

/** @type {readonly import('./fields.js').Field[]} */
const fields = [{ name: 'text', label: 'Message to the person', kind: 'text', required: true }];

/** The chat of the session. @param {import('./detail.js').Case} shared */
export function createChat(shared) {
  const list = h('ol', { class: 'chat', id: 'chat', tabindex: -1, 'aria-label': 'Messages' });
  /** @type {HTMLFormElement} */
  const form = h('form', { onsubmit: send }, fields.map(control), h('button', {}, 'Send the message'));
  const element = h('section', { 'aria-labelledby': 'chat-title' }, h('h2', { id: 'chat-title' }, 'Chat'), list, form);
  return { element, update };

  function update() {
    const { chat, consentScope } = shared.view;
    form.hidden = !shared.moves.chat || !consentScope.includes('CHAT');
    element.hidden = form.hidden && chat.length === 0;
    list.hidden = chat.length === 0;
    fill(list, chat.map(({ chatId, at, from, text, translated, status }) => h('li', { id: chatId, class: from === 'OFFICER' ? 'officer' : '' },
      h('p', { class: 'small' }, `${from === 'OFFICER' ? 'Officer' : 'Person'}, ${when(at)}${status === 'failed' ? ': could not be sent' : status === 'due' ? ': being sent' : ''}`), text,
      translated !== undefined && h('p', { class: 'small' }, `Machine translation, to understand and never as a statement: ${translated}`))));
  }

  /** @param {SubmitEvent} event */
  async function send(event) {
    event.preventDefault();
    if (await shared.run(() => command(`${shared.path}/chat`, readFields(form, fields)), 'The message is on its way.')) form.reset();
  }
}
