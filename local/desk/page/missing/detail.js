/* global document, setTimeout, clearTimeout */
import { command, read } from '../api.js';
import { h } from '../dom.js';
import { chosen, everybody } from '../links/people.js';
import { attempt, say } from '../say.js';
import { createActs } from './acts.js';
import { createHead } from './head.js';
import { createHistory } from './history.js';
import { createPanel } from './panel.js';
import { createTasks } from './tasks.js';
import { createWhy } from './why.js';
import { createWork } from './work.js';
import { isService, stateWord } from './words.js';

/** @typedef {import('../../types.ts').MissingView} View @typedef {import('../../types.ts').MissingRules} Rules @typedef {import('../../types.ts').Person} Person @typedef {import('../../types.ts').MissingMatches['value'][number]} Match */
/**
 * What the parts of the page share.
 * @typedef {object} Case
 * @property {string} path @property {View} view As it was read last. @property {Person} person @property {readonly Person[]} people @property {Rules} rules @property {readonly Match[]} matches
 * @property {ReturnType<typeof createPanel>} panel
 * @property {(path: string, body: object, done: string) => Promise<boolean>} give Gives a command, says what was done, and reads the case again.
 * @property {() => Promise<void>} refresh Reads the case again.
 * @property {(objectId: string) => string} nameOf
 */
/** @typedef {{ element: HTMLElement, update: () => void }} Part */

const refreshMs = 2_500;

/** One report or case, from the call to the end. @param {string} recordId */
export async function missingView(recordId) {
  const path = `/api/missing-persons/${recordId}`;
  const [people, rules, first] = await Promise.all([everybody(), /** @type {Promise<Rules>} */ (read('/missing-rules')), whole()]);
  const names = new Map(people.map(({ objectId, name }) => [objectId, name]));
  /** @type {readonly Match[]} */
  const matches = first.ref === '' ? (await read(`${path}/matches`)).value : [];
  let timer = 0;
  let isOver = false;
  /** @type {Case} */
  const shared = { path, view: first, person: chosen(people), people, rules, matches, panel: createPanel(), give, refresh, nameOf: objectId => names.get(objectId) ?? (isService(objectId) ? 'the service' : objectId === '' ? 'nobody yet' : objectId) };
  /** @type {readonly Part[]} */
  const parts = [createHead, createActs, createTasks, createWork, createHistory, createWhy].map(make => make(shared));
  const heading = h('h1', {}, titleOf(first));
  for (const part of parts) part.update();
  again();
  return {
    title: titleOf(first),
    content: h('div', {}, h('nav', { 'aria-label': 'Where you are' }, h('ul', { class: 'links' }, h('li', {}, h('a', { href: '#/missing' }, 'Missing persons: the board')), h('li', {}, h('a', { href: `#/missing/case/${recordId}/handover` }, 'One-page handover (print)')),
      h('li', {}, h('a', { href: `#/missing/case/${recordId}/audit` }, 'Audit trail')))), heading, parts.map(({ element }) => element)),
    stop: () => { isOver = true; clearTimeout(timer); },
  };

  /** @param {string} route @param {object} body @param {string} done @returns {Promise<boolean>} */
  async function give(route, body, done) {
    const isDone = await attempt(async () => {
      try {
        showAddress(await command(`${path}/${route}`, body));
      } finally {
        await refresh();
      }
    });
    if (isDone) say(done);
    return isDone;
  }

  /** The address of an upload link is given once, in the answer, and stands nowhere else. @param {object} reply */
  function showAddress(reply) {
    document.getElementById('address')?.remove();
    if (!('url' in reply) || typeof reply.url !== 'string') return;
    const notice = h('p', { class: 'notice', id: 'address', tabindex: -1 }, 'The address, shown only now; read it out or send it yourself: ', h('a', { href: reply.url }, reply.url));
    heading.after(notice);
    notice.focus();
  }

  /** The case with the words of its information. @returns {Promise<View>} */
  async function whole() {
    return await read(`${path}?words=true`);
  }

  /** Words never change: they are read again only when there are new ones. @param {View} view @param {View} before @returns {Promise<View>} */
  async function withWords(view, before) {
    const known = new Map(before.information.map(item => [item.id, item]));
    if (!view.information.every(({ id }) => known.has(id))) return await whole();
    return { ...view, information: view.information.map(item => known.get(item.id) ?? item) };
  }

  /** Nothing is drawn again that is as it was, so what is being read stays. */
  async function refresh() {
    const before = shared.view;
    /** @type {View} */
    const bare = await read(path);
    if (isOver) return;
    const view = await withWords(bare, before);
    if (isOver) return;
    shared.view = view;
    if (JSON.stringify(view) !== JSON.stringify(before)) for (const part of parts) part.update();
    heading.textContent = titleOf(view);
    if (before.state !== view.state) say(`It is now: ${stateWord(view.state)}.`);
  }

  /** A look that fails is tried again; what a person pressed tells its own failure. */
  function again() {
    timer = Number(setTimeout(() => {
      const look = document.hidden ? Promise.resolve() : refresh().catch(() => undefined);
      void look.then(() => { if (!isOver) again(); });
    }, refreshMs));
  }
}

/** @param {View} view */
export function titleOf({ name, ref, initials }) {
  return `${name === '' ? initials || 'Name not known' : name}${ref === '' ? ' (report)' : `, ${ref}`}`;
}
