/* global document, location, addEventListener, HTMLSelectElement */
import { actAs, actingAs, read } from './api.js';
import { bundleView } from './bundle.js';
import { auditForm, bundlesView } from './bundles.js';
import { byId, fill, h } from './dom.js';
import { documentView } from './document.js';
import { linkView } from './links/detail.js';
import { linksView } from './links/list.js';
import { missingView } from './missing/detail.js';
import { missingListView } from './missing/list.js';
import { boardPrintView, handoverView } from './missing/print.js';
import { reportView } from './missing/report.js';
import { auditView, linkAuditView, missingAuditView, scheduleView } from './records.js';
import { say, showError } from './say.js';

/** A view builds its content and may give back what stops it (a timer) when another is opened. @typedef {{ title: string, content: HTMLElement, stop?: () => void }} View */

/** @type {readonly { at: RegExp, open: (id: string) => Promise<View> }[]} */
const routes = [
  { at: /^#\/bundles\/([a-z2-7]{26})$/, open: bundleView },
  { at: /^#\/bundles\/([a-z2-7]{26})\/audit$/, open: auditView },
  { at: /^#\/bundles\/([a-z2-7]{26})\/schedule$/, open: scheduleView },
  { at: /^#\/jobs\/([a-z2-7]{26}-[a-z2-7]{10})$/, open: documentView },
  { at: /^#\/links(?:\/([A-Z]{2,4}))?$/, open: linksView },
  { at: /^#\/links\/case\/([a-z2-7]{26})$/, open: linkView },
  { at: /^#\/links\/case\/([a-z2-7]{26})\/audit$/, open: linkAuditView },
  { at: /^#\/missing(?:\/(reports|mine|closed))?$/, open: missingListView },
  { at: /^#\/missing\/new$/, open: reportView },
  { at: /^#\/missing\/print$/, open: boardPrintView },
  { at: /^#\/missing\/case\/([a-z2-7]{26})$/, open: missingView },
  { at: /^#\/missing\/case\/([a-z2-7]{26})\/audit$/, open: missingAuditView },
  { at: /^#\/missing\/case\/([a-z2-7]{26})\/handover$/, open: handoverView },
  { at: /^(?:#\/?)?$/, open: bundlesView },
];

/** @type {{ stop: () => void, turn: number }} */
const shown = { stop: () => undefined, turn: 0 };

async function show() {
  if (location.hash === '#main') return;
  const main = byId('main');
  const turn = ++shown.turn;
  shown.stop();
  shown.stop = () => undefined;
  // What is shown now belongs to another view or person: nothing of it may be pressed any more.
  main.inert = true;
  const route = routes.find(({ at }) => at.test(location.hash));
  /** @type {View} */
  let view = { title: 'Page not found', content: h('div', {}, h('h1', {}, 'Page not found'), h('p', {}, h('a', { href: '#/' }, 'All bundles'))) };
  /** @type {unknown} */
  let error;
  try {
    if (route) view = await route.open(route.at.exec(location.hash)?.[1] ?? '');
  } catch (caught) {
    error = caught;
    view = { title: 'Not shown', content: notShown() };
  }
  if (turn !== shown.turn) return view.stop?.();
  shown.stop = view.stop ?? shown.stop;
  document.title = `${view.title} - Local desk`;
  markPart();
  fill(main, view.content);
  main.inert = false;
  if (error !== undefined) showError(error);
}

/** Which part of the desk is open. */
function markPart() {
  const part = /^#\/(links|missing)/.exec(location.hash)?.[1] ?? 'redaction';
  for (const [id, isOpen] of /** @type {const} */ ([['part-links', part === 'links'], ['part-missing', part === 'missing'], ['part-redaction', part === 'redaction']])) {
    if (isOpen) byId(id).setAttribute('aria-current', 'true');
    else byId(id).removeAttribute('aria-current');
  }
}

/** A person who may not see this may still follow the links that are theirs. */
function notShown() {
  if (location.hash.startsWith('#/links')) return h('div', {}, h('h1', {}, 'This cannot be shown'), h('p', {}, 'Choose another person at the top of the page, or go on from here.'), h('p', {}, h('a', { href: '#/links' }, 'All live links')));
  const id = /[a-z2-7]{26}/.exec(location.hash)?.[0];
  if (location.hash.startsWith('#/missing')) {
    return h('div', {}, h('h1', {}, 'This cannot be shown'), h('p', {}, 'Choose another person at the top of the page, or go on from here.'), h('ul', {},
      h('li', {}, h('a', { href: '#/missing' }, 'Missing persons: the board')), id !== undefined && h('li', {}, h('a', { href: `#/missing/case/${id}/audit` }, 'Audit trail of this case'))));
  }
  return h('div', {}, h('h1', {}, 'This cannot be shown'), h('p', {}, 'Choose another person at the top of the page, or go on from here.'), h('ul', {},
    h('li', {}, h('a', { href: '#/' }, 'All bundles')), id !== undefined && h('li', {}, h('a', { href: `#/bundles/${id}/audit` }, 'Audit trail of this bundle'))), auditForm());
}

/** The sample people by what they have a part in. @param {readonly { login: string, name: string, roles: readonly string[] }[]} people */
function groupsOf(people) {
  const partOf = (/** @type {{ roles: readonly string[] }} */ { roles }) => (roles.some(role => role.startsWith('GoodSam.')) ? 'Live links' : roles.some(role => role.startsWith('Missing.')) ? 'Missing persons' : 'Redaction and others');
  return ['Redaction and others', 'Live links', 'Missing persons'].map(label => /** @type {const} */ ([label, people.filter(person => partOf(person) === label)])).map(([label, members]) => (
    h('optgroup', { label }, members.map(({ login, name }) => h('option', { value: login, selected: login === actingAs() }, name)))));
}

async function start() {
  const { people } = await read('/people');
  const choice = byId('person');
  choice.append(...groupsOf(people));
  const tell = () => {
    const person = people.find((/** @type {{ login: string }} */ { login }) => login === actingAs());
    byId('about').textContent = `${person.about}. Roles: ${person.roles.join(', ') || 'none'}.`;
  };
  choice.addEventListener('change', event => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    actAs(event.target.value);
    tell();
    say(`You now act as ${event.target.selectedOptions[0]?.text ?? ''}.`);
    void show();
  });
  tell();
  addEventListener('hashchange', () => {
    say('');
    void show().then(() => byId('main').focus({ preventScroll: true }));
    document.documentElement.scrollTo(0, 0);
  });
  byId('skip').addEventListener('click', event => {
    event.preventDefault();
    byId('main').focus();
  });
  await show();
}

void start().catch(showError);
