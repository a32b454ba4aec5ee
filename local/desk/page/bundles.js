/* global location, URL */
import { command, read } from './api.js';
import { button, field, h, select, table, valuesOf } from './dom.js';
import { attempt, say } from './say.js';
import { count, policies, policyWord, when } from './words.js';

/** The list of bundles, and a form for a new one. */
export async function bundlesView() {
  /** @type {import('../types.ts').BundleList} */
  const first = await read('/api/redaction-bundles');
  const list = h('div', { id: 'list' });
  show(list, first.value, first.nextLink);
  return {
    title: 'Bundles',
    content: h('div', {}, h('h1', {}, 'Bundles'), h('p', {}, 'A bundle holds the documents of one request or case.'), list, createForm(), auditForm()),
  };
}

/** @param {HTMLElement} list @param {import('../types.ts').BundleList['value']} bundles @param {string | undefined} nextLink */
function show(list, bundles, nextLink) {
  if (bundles.length === 0) return list.replaceChildren(h('p', { class: 'empty' }, 'There are no bundles yet. Create the first one below.'));
  const rows = bundles.map(({ bundleId, caseReference, policy, documents, handling, createdAt }) => [
    h('a', { href: `#/bundles/${bundleId}` }, caseReference), policyWord(policy), String(documents), handling === 'restricted' ? 'Restricted' : 'Open', when(createdAt),
  ]);
  const more = nextLink === undefined ? undefined : button('Show more bundles', () => attempt(async () => {
    const { search } = new URL(nextLink, location.href);
    const page = await read(`/api/redaction-bundles${search}`);
    show(list, [...bundles, ...page.value], page.nextLink);
    say(`${count(page.value.length, 'more bundle')} shown.`);
  }));
  list.replaceChildren(table('Bundles, newest first', ['Case reference', 'Policy', 'Documents', 'Access', 'Created'], rows), ...(more ? [more] : []));
}

function createForm() {
  const lines = () => h('textarea', { rows: 3 });
  /** @type {HTMLFormElement} */
  const form = h('form', { class: 'panel', novalidate: true, 'aria-labelledby': 'create-title', onsubmit: create },
    h('h2', { id: 'create-title' }, 'Create a bundle'),
    field({ id: 'caseReference', label: 'Case reference', help: '3 to 40 letters, digits, slashes and hyphens, for instance 07/TEST/0001/26. Never a name.' }, h('input', { autocomplete: 'off' })),
    field({ id: 'policy', label: 'Policy', help: 'What the copy is for. It decides what is redacted, what a person must look at and what stays.' }, select(policies)),
    field({ id: 'terms', label: 'Terms that are always redacted', help: 'One a line. Every place where a term stands is suggested.' }, lines()),
    field({ id: 'keepTerms', label: 'Terms that are never redacted', help: 'One a line, for instance the name of the person who asked for their own data.' }, lines()),
    field({ id: 'handling', label: 'Access', help: 'A restricted bundle is open only to the person who creates it, to administrators and to auditors.' },
      select([['open', 'Open to all redaction staff'], ['restricted', 'Restricted']])),
    h('button', { class: 'main' }, 'Create the bundle'));
  return form;

  /** @param {SubmitEvent} event */
  function create(event) {
    event.preventDefault();
    const value = valuesOf(form);
    const termsOf = (/** @type {string} */ name) => value(name).split('\n').map(line => line.trim()).filter(line => line !== '');
    void attempt(async () => {
      const made = await command('/api/redaction-bundles', {
        caseReference: value('caseReference'), policy: value('policy'), handling: value('handling'), terms: termsOf('terms'), keepTerms: termsOf('keepTerms'),
      });
      location.hash = `#/bundles/${made.caseId}`;
    });
  }
}

/** An auditor may list no bundles and reads an audit by the identifier they were given. */
export function auditForm() {
  /** @type {HTMLFormElement} */
  const form = h('form', { class: 'panel', onsubmit: open, 'aria-labelledby': 'audit-title' },
    h('h2', { id: 'audit-title' }, 'Open an audit trail'),
    field({ id: 'auditOf', label: 'Identifier of the bundle', help: '26 letters and digits; it stands on the page of the bundle.' }, h('input', { autocomplete: 'off', required: true, pattern: '[a-z2-7]{26}' })),
    h('button', {}, 'Open the audit trail'));
  return form;

  /** @param {SubmitEvent} event */
  function open(event) {
    event.preventDefault();
    location.hash = `#/bundles/${valuesOf(form)('auditOf')}/audit`;
  }
}
