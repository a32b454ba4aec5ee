/* global document, HTMLElement */
import { byId, h } from './dom.js';

/** @typedef {{ id: string, at: string, fingerprint: string, draw: () => HTMLElement }} Item */

/** What stands in each panel, so that a refresh touches only what changed: a choice in a card must outlive it. @type {Map<string, { order: string, drawn: Map<string, { fingerprint: string, element: HTMLElement }> }>} */
const panels = new Map();

/**
 * Shows these items, newest first, in a panel.
 * @param {string} name @param {readonly Item[]} items @param {string} empty
 */
export function showList(name, items, empty) {
  const panel = byId(`panel-${name}`);
  const before = panels.get(name);
  /** @type {Map<string, { fingerprint: string, element: HTMLElement }>} */
  const drawn = new Map();
  for (const item of items.toSorted((a, b) => (a.at < b.at ? 1 : -1))) {
    const known = before?.drawn.get(item.id);
    drawn.set(item.id, known?.fingerprint === item.fingerprint ? known : { fingerprint: item.fingerprint, element: item.draw() });
  }
  const order = JSON.stringify([empty, ...[...drawn].map(([id, { fingerprint }]) => [id, fingerprint])]);
  countOf(name).textContent = String(drawn.size);
  if (before?.order === order) return;
  panels.set(name, { order, drawn });
  const focused = document.activeElement;
  panel.replaceChildren(drawn.size === 0 ? h('p', { class: 'empty' }, empty) : h('div', { class: 'items' }, [...drawn.values()].map(({ element }) => element)));
  if (focused instanceof HTMLElement && focused !== document.activeElement && panel.contains(focused)) focused.focus();
}

/** @param {string} name */
function countOf(name) {
  const found = document.querySelector(`#tab-${name} .count`);
  if (!found) throw new Error(`no count for ${name}`);
  return found;
}

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** @param {string} at UTC ISO */
export function time(at) {
  return h('time', { datetime: at }, clock.format(new Date(at)));
}

/** Where a record is opened on this machine: Teams would open the staff app, the inbox sends on to the desk. @param {string} address */
export function localAddress(address) {
  return /^https:\/\/teams\.microsoft\.com\/.*(\/live-links\/[a-z2-7]{26})$/.exec(address)?.[1] ?? address;
}
