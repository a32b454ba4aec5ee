import { read } from './api.js';
import { h, table } from './dom.js';
import { stages, when } from './words.js';

/** @param {string} bundleId */
function back(bundleId) {
  return h('nav', { 'aria-label': 'Where you are' }, h('a', { href: `#/bundles/${bundleId}` }, 'Back to the bundle'));
}

/** @param {string} bundleId */
export function auditView(bundleId) {
  return trailView(`/api/redaction-bundles/${bundleId}/audit`, back(bundleId));
}

/** @param {string} requestId */
export function linkAuditView(requestId) {
  return trailView(`/api/live-links/${requestId}/audit`, h('nav', { 'aria-label': 'Where you are' }, h('a', { href: `#/links/case/${requestId}` }, 'Back to the live link')));
}

/** @param {string} recordId */
export function missingAuditView(recordId) {
  return trailView(`/api/missing-persons/${recordId}/audit`, h('nav', { 'aria-label': 'Where you are' }, h('a', { href: `#/missing/case/${recordId}` }, 'Back to the case')));
}

/** Who did what and when, with the service's own check of the chain. @param {string} path @param {HTMLElement} way */
async function trailView(path, way) {
  const [{ people }, { rows, isVerified }] = await Promise.all([read('/people'), readAudit(path)]);
  const names = new Map(people.map((/** @type {{ objectId: string, name: string }} */ { objectId, name }) => [objectId, name]));
  const nameOf = (/** @type {string} */ by) => (by === 'system' ? 'The service' : by === 'public' ? 'A member of the public' : String(names.get(by) ?? by));
  const cells = rows.map(({ seq, at, by, what, kind, about, hash }) => [
    String(seq), when(at), nameOf(by), spaced(what), kind === 'none' ? 'Step of the service' : kind, aboutOf(about),
    h('code', { title: hash }, `${hash.slice(0, 12)}…`),
  ]);
  const verdict = isVerified
    ? h('p', { class: 'good', id: 'verified' }, 'Verified: the rows form an unbroken chain.')
    : h('p', { class: 'bad', id: 'verified' }, 'Not verified: the chain of these rows is broken. Somebody changed a record.');
  return {
    title: 'Audit trail',
    content: h('div', {}, way, h('h1', {}, 'Audit trail'), verdict, h('p', {}, 'Each row carries a hash over itself and the row before it, so a change anywhere shows.'),
      table('Audit trail, oldest first', ['No.', 'When', 'Who', 'What', 'Kind (DPA 2018 s62)', 'About', 'Hash'], cells)),
  };
}

/** @param {string} path */
async function readAudit(path) {
  /** @type {import('../types.ts').AuditList['value']} */
  const rows = [];
  let isVerified = true;
  for (let query = '?limit=200'; query !== '';) {
    /** @type {import('../types.ts').AuditList} */
    const page = await read(`${path}${query}`);
    rows.push(...page.value);
    isVerified &&= page.verified;
    query = page.nextLink === undefined ? '' : `?${page.nextLink.split('?')[1] ?? ''}`;
  }
  return { rows, isVerified };
}

/** @param {string} what */
function spaced(what) {
  return what.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
}

/** @param {string} json */
function aboutOf(json) {
  const entries = Object.entries(JSON.parse(json));
  return entries.length === 0 ? '' : h('ul', { class: 'plain' }, entries.map(([name, value]) => h('li', {}, `${name}: `, h('code', {}, String(value)))));
}

/** What went to whom, without redacted words. @param {string} bundleId */
export async function scheduleView(bundleId) {
  /** @type {import('../types.ts').Schedule} */
  const { value } = await read(`/api/redaction-bundles/${bundleId}/schedule`);
  const rows = value.map(({ jobId, fileName, stage, redactions, leftReadable, recipient, releasedAt }) => [
    h('a', { href: `#/jobs/${jobId}` }, fileName), stages[stage], String(redactions), String(leftReadable), recipient ?? 'Not disclosed', when(releasedAt),
  ]);
  return {
    title: 'Disclosure schedule',
    content: h('div', {}, back(bundleId), h('h1', {}, 'Disclosure schedule'), h('p', {}, 'What was redacted and to whom it went. It holds no redacted words; the places are counted at approval.'),
      rows.length === 0 ? h('p', { class: 'empty' }, 'There are no documents in this bundle yet.')
        : table('Documents and their disclosure', ['Document', 'Stage', 'Places redacted', 'Left readable', 'Disclosed to', 'When'], rows)),
  };
}
