/* global document, setInterval, clearInterval, URL, location */
import { read } from './api.js';
import { button, fill, h } from './dom.js';
import { attempt, say } from './say.js';
import { count } from './words.js';

/**
 * A list of the service that is read again and again, with a button for what is older. Nothing is drawn again that is as it was, but each minute, for that may change what is overdue.
 * @template Row
 * @param {{ id: string, path: string, refreshMs: number, one: string, empty: string, keyOf: (row: Row) => string, tableOf: (rows: readonly Row[]) => HTMLElement }} about
 */
export async function createPagedList({ id, path, refreshMs, one, empty, keyOf, tableOf }) {
  const element = h('div', { id, tabindex: -1 });
  /** @type {{ first: Row[], older: Row[], next: string | undefined, drawn: string }} */
  const held = { first: [], older: [], next: undefined, drawn: '' };
  await refresh();
  const timer = setInterval(() => { if (!document.hidden) void refresh().catch(() => undefined); }, refreshMs);
  return { element, stop: () => clearInterval(timer) };

  async function refresh() {
    const page = await read(path);
    held.first = page.value;
    if (held.older.length === 0) held.next = page.nextLink;
    draw();
  }

  function draw() {
    const rows = [...held.first, ...held.older.filter(old => !held.first.some(row => keyOf(row) === keyOf(old)))];
    const drawn = JSON.stringify([rows, held.next, Math.floor(Date.now() / 60_000)]);
    if (drawn === held.drawn) return;
    held.drawn = drawn;
    fill(element, rows.length === 0 ? h('p', { class: 'empty' }, empty) : tableOf(rows), held.next !== undefined && button('Show more', () => attempt(more), { id: `more-${id}` }));
  }

  /** The link names the service's public address; the desk asks through itself. */
  async function more() {
    const page = await read(`${path.replace(/\?.*$/, '')}${new URL(held.next ?? '', location.href).search}`);
    held.older.push(...page.value);
    held.next = page.nextLink;
    draw();
    say(`${count(page.value.length, `more ${one}`)} shown.`);
  }
}
