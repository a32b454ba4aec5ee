/* global document, setTimeout, clearTimeout */
import { read } from '../api.js';
import { h } from '../dom.js';
import { attempt, say } from '../say.js';
import { createActions } from './actions.js';
import { createChat } from './chat.js';
import { createChecklist } from './checklist.js';
import { createEvidence } from './evidence.js';
import { createHead } from './head.js';
import { movesOf } from './may.js';
import { createOutcome } from './outcome.js';
import { chosen, everybody } from './people.js';
import { createRecord } from './record.js';
import { createScore } from './score.js';
import { areaWords, stateWord } from './words.js';

/** @typedef {import('../../types.ts').LinkView} View @typedef {import('../../types.ts').LinkRules} Rules @typedef {import('./people.js').Person} Person */
/**
 * What the parts of the page share.
 * @typedef {object} Case
 * @property {string} path @property {View} view As it was read last. @property {import('./may.js').Moves} moves
 * @property {Person} person @property {readonly Person[]} people @property {Rules} rules
 * @property {(work: () => Promise<unknown>, done?: string) => Promise<boolean>} run Sends commands one after the other, says what was done, and reads the request again.
 * @property {(objectId: string) => string} nameOf
 */
/** @typedef {{ element: HTMLElement, update: () => void }} Part */

const refreshMs = 1_500;

/** One live link, from the asking to the outcome. @param {string} requestId */
export async function linkView(requestId) {
  const path = `/api/live-links/${requestId}`;
  const [people, rules, first] = await Promise.all([everybody(), /** @type {Promise<Rules>} */ (read('/link-rules')), /** @type {Promise<View>} */ (read(path))]);
  const person = chosen(people);
  const names = new Map(people.map(({ objectId, name }) => [objectId, name]));
  /** @type {Promise<unknown>} */
  let queue = Promise.resolve();
  let timer = 0;
  let isOver = false;
  /** @type {Case} */
  const shared = { path, view: first, moves: movesOf(first, person, rules), person, people, rules, run, nameOf: objectId => names.get(objectId) ?? (objectId === 'system' ? 'the service' : objectId) };
  /** @type {readonly Part[]} */
  const parts = [createHead, createActions, createOutcome, createChat, createChecklist, createScore, createEvidence, createRecord].map(make => make(shared));
  for (const part of parts) part.update();
  again();
  return {
    title: `Live link ${first.ref}`,
    content: h('div', {}, h('nav', { 'aria-label': 'Where you are' }, h('a', { href: `#/links/${first.area}` }, `All live links: ${areaWords[first.area]}`)), h('h1', {}, `Live link ${first.ref}`), parts.map(({ element }) => element)),
    stop: () => { isOver = true; clearTimeout(timer); },
  };

  /** @param {() => Promise<unknown>} work @param {string} [done] @returns {Promise<boolean>} */
  function run(work, done) {
    const turn = queue.then(async () => {
      const isDone = await attempt(async () => { try { await work(); } finally { await refresh(); } });
      if (isDone && done !== undefined) say(done);
      return isDone;
    });
    queue = turn;
    return turn;
  }

  /** Nothing is drawn again that is as it was, so what is being typed or read stays. */
  async function refresh() {
    const before = shared.view;
    /** @type {View} */
    const view = await read(path);
    if (isOver || JSON.stringify(view) === JSON.stringify(before)) return;
    shared.view = view;
    shared.moves = movesOf(view, person, rules);
    for (const part of parts) part.update();
    if (before.state !== view.state) say(`The request is now: ${stateWord(view.state)}.`);
  }

  /** A look that fails is tried again; what a person pressed tells its own failure. */
  function again() {
    timer = Number(setTimeout(() => {
      const look = document.hidden ? Promise.resolve() : refresh().catch(() => undefined);
      void look.then(() => { if (!isOver) again(); });
    }, refreshMs));
  }
}
