import { h } from './dom.js';
import { watchShown } from './viewer.js';

/**
 * A plain text file has no pages before it is redacted: it is shown as it is, with the suggestions' words marked in reading order. It counts as viewed when
 * its beginning and its end were on the screen.
 * @param {import('./document.js').Desk} desk
 */
export function createTextViewer(desk) {
  const paper = h('pre', { class: 'text', tabindex: 0, 'aria-label': 'The text of the document' });
  const marks = [h('span', { class: 'marker' }), h('span', { class: 'marker' })];
  const watch = watchShown(marks, () => desk.viewed(1, desk.state.document.pages));
  const element = h('section', { class: 'viewer', 'aria-labelledby': 'original-title' }, h('h2', { id: 'original-title' }, 'The original'), h('p', {}, 'A plain text file: its pages are laid out when it is redacted.'), marks[0], paper, marks[1]);
  return { element, update, stop: watch.stop, show: async () => { update(); watch.start(); } };

  function update() {
    const text = desk.state.text ?? '';
    /** @type {(string | Node)[]} */
    const parts = [];
    let from = 0;
    for (const { text: words, decision, suggestionId } of desk.state.suggestions) {
      const at = text.indexOf(words, from);
      if (at < 0) continue;
      parts.push(text.slice(from, at), h('mark', { class: `${decision}${desk.state.selected === suggestionId ? ' selected' : ''}`, onclick: () => desk.select(suggestionId) }, words));
      from = at + words.length;
    }
    paper.replaceChildren(...parts, text.slice(from));
  }
}
