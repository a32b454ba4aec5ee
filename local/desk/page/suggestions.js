import { command } from './api.js';
import { button, field, fill, h, select, valuesOf } from './dom.js';
import { ask, say } from './say.js';
import { count, decisions, reasonWord, reasons, sources, typeWord, when } from './words.js';

/** @typedef {import('../types.ts').SuggestionView} Suggestion */

/** The list of suggestions with what was decided, and the ways to decide. @param {import('./document.js').Desk} desk */
export function createSuggestions(desk) {
  const redactReason = select(reasons, 'personal-data');
  const keepReason = select(reasons, 'not-personal');
  const together = h('input', { type: 'checkbox', checked: true, id: 'together' });
  const only = select([['all', 'All suggestions'], ['pending', 'Only those to decide']]);
  only.addEventListener('change', update);
  const summary = h('p', { id: 'decided' });
  const list = h('ol', { class: 'suggestions', tabindex: -1, 'aria-label': 'Suggestions' });
  const bulk = h('div', { class: 'buttons', tabindex: -1 });
  const ways = h('fieldset', { class: 'panel' }, h('legend', {}, 'How to decide'),
    field({ id: 'redact-reason', label: 'Reason to redact' }, redactReason), field({ id: 'keep-reason', label: 'Reason to keep readable', help: 'Keeping something readable is recorded with its reason too.' }, keepReason),
    h('div', { class: 'check' }, together, h('label', { for: 'together' }, 'Decide all places of the same text together')));
  const added = h('div', { class: 'small' });
  const deciding = h('div', {}, ways, bulk, textForm(), added);
  const element = h('section', { 'aria-labelledby': 'suggestions-title' }, h('h2', { id: 'suggestions-title' }, 'Suggestions'), summary, deciding,
    field({ id: 'only', label: 'Show' }, only), list);
  return { element, update };

  function update() {
    const { suggestions, document } = desk.state;
    const isOpen = desk.may('DecideSuggestion');
    deciding.hidden = !isOpen;
    const pending = suggestions.filter(({ decision }) => decision === 'pending');
    const sure = pending.filter(({ action }) => action === 'auto');
    summary.textContent = `${count(suggestions.length, 'suggestion')}, ${pending.length} to decide. ${document.pagesNotViewed === 0 ? 'Every page was viewed.' : `${count(document.pagesNotViewed, 'page')} not viewed yet.`}`;
    fill(bulk, sure.length > 0 && button(`Redact all ${sure.length} sure ones`, () => void redactSure(sure), { id: 'redact-sure' }), button('Undo my last decision', undo, { id: 'undo' }));
    fill(added, ...addedWords(document.marks));
    const shown = suggestions.filter(({ decision }) => only.value === 'all' || decision === 'pending');
    fill(list, shown.map(suggestion => itemOf(suggestion, isOpen)), shown.length === 0 && h('li', { class: 'empty' }, suggestions.length === 0 ? 'Nothing was found. Read the pages and add what must be redacted.' : 'All suggestions are decided.'));
  }

  /** @param {Suggestion} suggestion @param {boolean} isOpen */
  function itemOf(suggestion, isOpen) {
    const { suggestionId, text, type, role, source, score, action, decision, reasonCode, page } = suggestion;
    const same = desk.state.suggestions.filter(({ textHash }) => textHash === suggestion.textHash).length;
    return h('li', { class: `suggestion ${decision}`, id: suggestionId, tabindex: -1 },
      h('div', { class: 'what' }, h('strong', { class: 'words' }, text), h('span', { class: `tag ${decision}` }, decisions[decision])),
      h('p', { class: 'small' }, `${typeWord(type)}${role === 'unknown' ? '' : ` (${role})`}, page ${page}. Found by ${sources[source]}, score ${Math.round(score * 100)} %. ${action === 'auto' ? 'Sure enough to redact.' : 'A person must look.'}`,
        same > 1 && ` Stands in ${same} places.`, reasonCode !== undefined && ` Reason: ${reasonWord(reasonCode)}.`),
      h('div', { class: 'buttons' },
        isOpen && button('Redact', () => decide(suggestion, 'accepted'), { id: `${suggestionId}-redact`, 'aria-label': `Redact: ${text}`, 'aria-pressed': String(decision === 'accepted') }),
        isOpen && button('Keep readable', () => decide(suggestion, 'rejected'), { id: `${suggestionId}-keep`, 'aria-label': `Keep readable: ${text}`, 'aria-pressed': String(decision === 'rejected') }),
        button('Show on the page', () => desk.show(suggestion), { id: `${suggestionId}-show`, class: 'quiet', 'aria-label': `Show on the page: ${text}, page ${page}` })));
  }

  /** @param {Suggestion} suggestion @param {'accepted' | 'rejected'} decision */
  function decide({ suggestionId, text }, decision) {
    const scope = together.checked ? 'same-text' : 'this';
    const reasonCode = decision === 'accepted' ? redactReason.value : keepReason.value;
    desk.run(async () => {
      await command(`${desk.path}/decide-suggestion`, { suggestionId, decision, scope, reasonCode });
      say(`${text}: ${decision === 'accepted' ? 'will be redacted' : 'stays readable'}.`);
    });
  }

  /** One command a text, one after the other: each is on record by itself and can be undone. @param {readonly Suggestion[]} sure */
  async function redactSure(sure) {
    const reasonCode = redactReason.value;
    const reason = await ask({
      title: 'Redact all sure ones?', text: `${count(sure.length, 'suggestion')} found with certainty will be redacted, with the reason: ${reasonWord(reasonCode)}. Those that a person must look at stay to be decided.`,
      confirm: 'Redact them',
    });
    if (reason === undefined) return;
    const firsts = [...new Map(sure.map(suggestion => [suggestion.textHash, suggestion])).values()];
    desk.run(async () => {
      for (const [n, { suggestionId }] of firsts.entries()) {
        await command(`${desk.path}/decide-suggestion`, { suggestionId, decision: 'accepted', scope: 'same-text', reasonCode });
        say(`${n + 1} of ${firsts.length} texts decided.`);
      }
    });
  }

  function undo() {
    desk.run(async () => {
      await command(`${desk.path}/undo-decision`);
      say('Your last decision was taken back.');
    });
  }

  function textForm() {
    /** @type {HTMLFormElement} */
    const form = h('form', { class: 'panel', 'aria-labelledby': 'text-title', onsubmit: add }, h('h3', { id: 'text-title' }, 'Redact a text that was not suggested'),
      field({ id: 'add-text', label: 'Text', help: 'Every place where it stands in this document is redacted, with the reason chosen above.' }, h('input', { autocomplete: 'off', required: true, minlength: 2, maxlength: 200 })),
      h('button', {}, 'Redact this text'));
    return form;

    /** @param {SubmitEvent} event */
    function add(event) {
      event.preventDefault();
      const text = valuesOf(form)('add-text');
      desk.run(async () => {
        await command(`${desk.path}/redact-text`, { text, reasonCode: redactReason.value });
        form.reset();
        say(`${text} will be redacted everywhere.`);
      });
    }
  }
}

/** What people added, whoever and whenever; a text is one entry, however often it stands in the document. @param {import('../types.ts').DocumentView['marks']} marks */
function addedWords(marks) {
  if (marks.length === 0) return [];
  const entries = [...Map.groupBy(marks, ({ markId }) => markId.replace(/-\d+$/, '')).values()];
  return [h('p', {}, 'Added by people, and redacted too:'), h('ul', { id: 'added' }, entries.map(entry => h('li', {}, addedWord(entry))))];
}

/** The service does not say the words of a text again; where they stand is drawn on the pages. @param {import('../types.ts').DocumentView['marks']} entry */
function addedWord(entry) {
  const pages = [...new Set(entry.map(({ page }) => page))];
  const [first] = entry;
  const what = first?.kind === 'area' ? `An area of page ${first.page}` : `A text in ${count(entry.length, 'place')}, ${pages.length === 1 ? 'page' : 'pages'} ${pages.join(', ')}`;
  return `${what}: ${reasonWord(first?.reasonCode ?? '').toLowerCase()}, ${when(first?.at)}`;
}
