/* global HTMLSelectElement, HTMLInputElement */
import { command, read } from '../api.js';
import { field, h, select } from '../dom.js';
import { attempt } from '../say.js';

const groups = /** @type {Record<string, string>} */ ({ IDENTITY: 'Identity and premises', CABINET: 'Cabinet', CONTENTS: 'Contents', PREMISES: 'Security of the premises', SUITABILITY: 'Conditions and suitability' });
const answers = /** @type {const} */ ([['', 'Not answered'], ['YES', 'Yes'], ['NO', 'No'], ['NA', 'Not applicable'], ['NOT_SEEN', 'Not seen']]);

/** The 31 items of a firearms inspection (goodsam.md 9). It is read when it is opened, and saved against the version that was read. @param {import('./detail.js').Case} shared */
export function createChecklist(shared) {
  const body = h('div', { id: 'checklist' });
  const details = h('details', { class: 'fold', ontoggle: open }, h('summary', {}, 'The 31 items'), body);
  const element = h('section', { 'aria-labelledby': 'checklist-title' }, h('h2', { id: 'checklist-title' }, 'Checklist of the inspection'), details);
  let isRead = false;
  return { element, update: () => { element.hidden = shared.view.area !== 'FAL'; } };

  function open() {
    if (!details.open || isRead) return;
    isRead = true;
    void attempt(async () => {
      /** @type {import('../../types.ts').Checklist} */
      const { value } = await read(`${shared.path}/checklist`);
      body.replaceChildren(formOf(value));
    }).then(isDone => { isRead = isDone; });
  }

  /** @param {import('../../types.ts').Checklist['value']} items */
  function formOf(items) {
    /** @type {HTMLFormElement} */
    const form = h('form', { onsubmit: save }, h('p', {}, 'Items marked with a star must be Yes for a pass (19 may be Not applicable). Item 30 answered Yes means concern. Save as often as you like.'),
      Object.entries(groups).map(([group, title]) => h('fieldset', { class: 'part' }, h('legend', {}, title), items.filter(item => item.group === group).map(rowOf))),
      shared.moves.forms && h('button', { class: 'main' }, 'Save the checklist'));
    return form;

    /** @param {SubmitEvent} event */
    function save(event) {
      event.preventDefault();
      const given = items.flatMap(({ item }) => {
        const answer = form.querySelector(`#item-${item}`);
        const note = form.querySelector(`#note-${item}`);
        if (!(answer instanceof HTMLSelectElement) || answer.value === '') return [];
        return [{ item, answer: answer.value, ...(note instanceof HTMLInputElement && note.value.trim() !== '' && { note: note.value.trim() }) }];
      });
      void shared.run(() => command(`${shared.path}/checklist`, { answers: given }, { ifMatch: shared.view.etag, method: 'PUT' }), `${given.length} of 31 answers are saved.`);
    }
  }
}

/** @param {import('../../types.ts').Checklist['value'][number]} row */
function rowOf({ item, text, help, mustBeYes, answer, note }) {
  return h('div', { class: 'item-row' }, h('p', {}, h('strong', {}, `${item}${mustBeYes ? '*' : ''}. ${text}`), h('span', { class: 'help' }, ` ${help}`)),
    field({ id: `item-${item}`, label: `Answer to item ${item}` }, select(answers, answer === 'NOT_ANSWERED' ? '' : answer)), field({ id: `note-${item}`, label: `Note on item ${item}` }, h('input', { value: note ?? '', autocomplete: 'off', maxlength: 1000 })));
}
