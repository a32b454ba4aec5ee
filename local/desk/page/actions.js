import { command } from './api.js';
import { button, field, fill, h, select, valuesOf } from './dom.js';
import { ask, say } from './say.js';
import { reasons, reasonWord } from './words.js';

/**
 * The steps of the whole document. What a stage allows comes from the service's own table; who may do it, the service says when asked.
 * @param {import('./document.js').Desk} desk
 */
export function createActions(desk) {
  const element = h('section', { class: 'actions', tabindex: -1, 'aria-label': 'Steps of the document' });
  // Made once: what was typed stays when the document is read again.
  const release = releaseForm();
  return { element, update };

  function update() {
    const open = openWords();
    fill(element,
      desk.may('ReleaseDocument') && release,
      h('div', { class: 'buttons' },
        desk.may('ApproveDocument') && button('Approve', approve, { class: 'main', id: 'approve', 'aria-describedby': 'approve-needs' }),
        desk.may('ReopenDocument') && button('Reopen', () => void withReason('reopen'), { id: 'reopen' }),
        desk.may('WithdrawDocument') && button('Withdraw', () => void withReason('withdraw'), { class: 'warn', id: 'withdraw' })),
      desk.may('ApproveDocument') && h('p', { class: 'help', id: 'approve-needs' }, open === '' ? 'Everything is decided and viewed. After approval a different person must release the copy.' : `Before approval, every suggestion must be decided and every page viewed. Open: ${open}.`));
  }

  function openWords() {
    const { undecided, pagesNotViewed } = desk.state.document;
    return [undecided > 0 ? `${undecided} undecided` : '', pagesNotViewed > 0 ? `${pagesNotViewed} of ${desk.state.document.pages} pages not viewed` : ''].filter(part => part !== '').join(', ');
  }

  function approve() {
    desk.run(async () => {
      await command(`${desk.path}/approve`, undefined, { ifMatch: desk.state.document.etag });
      say('The document is approved. Its redacted copy is being made.');
    });
  }

  function releaseForm() {
    /** @type {HTMLFormElement} */
    const form = h('form', { class: 'panel', 'aria-labelledby': 'release-title', onsubmit: release },
      h('h2', { id: 'release-title' }, 'Release'), h('p', {}, 'Two people stand behind a disclosure: the person who approved this document cannot release it.'),
      field({ id: 'recipient', label: 'Recipient', help: 'An organisation or a reference, for instance CPS Mersey-Cheshire. Never a private person by name.' }, h('input', { autocomplete: 'off', required: true, minlength: 2, maxlength: 80 })),
      field({ id: 'release-reason', label: 'Reason' }, select(reasons, 'needed-for-case')), h('button', { class: 'main' }, 'Release the copy'));
    return form;

    /** @param {SubmitEvent} event */
    async function release(event) {
      event.preventDefault();
      const value = valuesOf(form);
      const body = { recipient: value('recipient'), reasonCode: value('release-reason') };
      const isSure = await ask({ title: 'Release the redacted copy?', text: `It is recorded as disclosed to ${body.recipient} (${reasonWord(body.reasonCode)}). A disclosure cannot be taken back.`, confirm: 'Release it' });
      if (isSure === undefined) return;
      desk.run(async () => {
        await command(`${desk.path}/release`, body, { ifMatch: desk.state.document.etag });
        say(`The copy is released to ${body.recipient}.`);
      });
    }
  }

  /** @param {'reopen' | 'withdraw'} what */
  async function withReason(what) {
    const reasonCode = what === 'reopen'
      ? await ask({ title: 'Reopen this document?', text: 'It goes back to review as a new version, and every page must be viewed again. The copy made so far stays on record.', confirm: 'Reopen it', reason: 'mistake' })
      : await ask({ title: 'Withdraw this document?', text: 'The work on it stops for good and what is under way is thrown away. This cannot be undone.', confirm: 'Withdraw it', reason: 'mistake' });
    if (reasonCode === undefined) return;
    desk.run(async () => {
      await command(`${desk.path}/${what}`, { reasonCode }, what === 'reopen' ? { ifMatch: desk.state.document.etag } : {});
      say(what === 'reopen' ? 'The document is open for review again.' : 'The document is withdrawn.');
    });
  }
}
