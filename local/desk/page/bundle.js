/* global location, setInterval, clearInterval */
import { read, upload } from './api.js';
import { field, h, table } from './dom.js';
import { attempt, say } from './say.js';
import { count, policyWord, stages, when, working } from './words.js';

/** A bundle: its documents, an upload, and where its records are. @param {string} bundleId */
export async function bundleView(bundleId) {
  const path = `/api/redaction-bundles/${bundleId}`;
  /** @type {import('../types.ts').BundleView} */
  const bundle = await read(path);
  const documents = h('div', { id: 'documents' });
  showDocuments(documents, bundle);
  const timer = setInterval(() => void refresh(), 1500);
  return { title: `Bundle ${bundle.caseReference}`, stop: () => clearInterval(timer), content: h('div', {}, heading(bundle), documents, uploadForm(bundleId)) };

  /** Only while something moves: each look is recorded as a consultation. */
  async function refresh() {
    const isMoving = documents.dataset['moving'] === 'yes';
    if (isMoving) showDocuments(documents, await read(path).catch(() => bundle));
  }
}

/** @param {import('../types.ts').BundleView} bundle */
function heading({ bundleId, caseReference, policy, mode, handling, createdAt }) {
  return h('div', {},
    h('nav', { 'aria-label': 'Where you are' }, h('a', { href: '#/' }, 'All bundles')),
    h('h1', {}, `Bundle ${caseReference}`),
    h('p', {}, `${policyWord(policy)}, ${handling === 'restricted' ? 'restricted' : 'open to all redaction staff'}, created ${when(createdAt)}. `,
      mode === 'layout-true' && 'Exact layout: boxes show the width of what they hide.'),
    h('p', { class: 'small' }, 'Identifier ', h('code', { id: 'bundle-id' }, bundleId)),
    h('ul', { class: 'links' },
      h('li', {}, h('a', { href: `#/bundles/${bundleId}/schedule` }, 'Disclosure schedule')), h('li', {}, h('a', { href: `#/bundles/${bundleId}/audit` }, 'Audit trail'))));
}

/** @param {HTMLElement} element @param {import('../types.ts').BundleView} bundle */
function showDocuments(element, { value }) {
  element.dataset['moving'] = value.some(({ stage }) => working[stage] !== undefined) ? 'yes' : 'no';
  if (value.length === 0) return element.replaceChildren(h('h2', {}, 'Documents'), h('p', { class: 'empty' }, 'There are no documents in this bundle yet. Send the first one below.'));
  const rows = value.map(({ jobId, fileName, stage, pages, suggestions, undecided, endReason }) => [
    h('a', { href: `#/jobs/${jobId}` }, fileName), h('span', { class: `tag ${stage}` }, stages[stage]), pages === 0 ? 'Not known yet' : String(pages), endReason ?? count(suggestions, 'suggestion') + (undecided > 0 ? `, ${undecided} to decide` : ''),
  ]);
  element.replaceChildren(h('h2', {}, 'Documents'), table('Documents of this bundle', ['Document', 'Stage', 'Pages', 'Suggestions'], rows));
}

/** @param {string} bundleId */
function uploadForm(bundleId) {
  const input = h('input', { type: 'file', accept: '.pdf,.txt,application/pdf,text/plain' });
  const progress = h('progress', { max: 1, value: 0, 'aria-label': 'How much of the file was sent' });
  const sending = h('div', { hidden: true }, progress);
  const send = h('button', { class: 'main' }, 'Send the document');
  return h('form', { class: 'panel', onsubmit: submit, 'aria-labelledby': 'upload-title' },
    h('h2', { id: 'upload-title' }, 'Add a document'),
    field({ id: 'file', label: 'PDF or plain text file', help: 'At most 20 MB. Use made-up papers only: this is a local desk.' }, input), sending, send);

  /** @param {SubmitEvent} event */
  function submit(event) {
    event.preventDefault();
    const file = input.files?.[0];
    if (!file) return void attempt(() => Promise.reject(new Error('Choose a file first.')));
    sending.hidden = false;
    send.disabled = true;
    say(`${file.name} is being sent.`);
    void attempt(async () => {
      const added = await upload(`/api/redaction-bundles/${bundleId}/documents`, file, share => {
        progress.value = share;
        if (share === 1) say(`${file.name} was sent and is being stored.`);
      });
      location.hash = `#/jobs/${added.jobId ?? ''}`;
    }).then(isSent => {
      sending.hidden = true;
      send.disabled = false;
      if (!isSent) say('');
    });
  }
}
