/* global document, fetch, location, setTimeout, HTMLSelectElement, addEventListener, history */
import { showCards } from './cards.js';
import { byId, h } from './dom.js';
import { showAlerts, showMessages } from './messages.js';

/** @typedef {{ name: string, objectId: string, about: string }} Person */

const tabs = /** @type {const} */ (['messages', 'cards', 'alerts']);
const refreshMs = 1_500;
/** @type {{ people: readonly Person[], messages: readonly import('./messages.js').Message[], cards: readonly import('./cards.js').ShownCard[], alerts: readonly import('./messages.js').Alert[] }} */
const held = { people: [], messages: [], cards: [], alerts: [] };

/** @param {string} id @returns {HTMLSelectElement} */
function choice(id) {
  const found = byId(id);
  if (!(found instanceof HTMLSelectElement)) throw new Error(`${id} is no choice`);
  return found;
}

/** @param {string} objectId */
const nameOf = objectId => held.people.find(person => person.objectId === objectId)?.name ?? (objectId.startsWith('19:') ? 'a channel' : objectId);
const openTab = () => tabs.find(name => location.hash === `#${name}`) ?? 'messages';

/** @param {string} words */
function say(words) {
  const status = byId('status');
  status.textContent = words;
  setTimeout(() => { if (status.textContent === words) status.textContent = ''; }, 8_000);
}

/** @param {string} path @returns {Promise<any>} */
async function read(path) {
  const reply = await fetch(path);
  const body = await reply.json();
  if (!reply.ok) throw new Error(body.error ?? 'The inbox does not answer.');
  return body;
}

/** The people of the open tab: staff get cards and alerts, the public gets messages. */
function offerPeople() {
  const select = choice('person');
  const chosen = select.value;
  const options = openTab() === 'messages' ? [...new Set(held.messages.map(({ to }) => to))].sort().map(to => [to, to]) : held.people.map(({ objectId, name }) => [objectId, name]);
  const wanted = JSON.stringify(options);
  if (select.dataset['options'] === wanted) return;
  select.dataset['options'] = wanted;
  select.replaceChildren(h('option', { value: '' }, 'Everyone'), ...options.map(([value, label]) => h('option', { value }, label)));
  select.value = options.some(([value]) => value === chosen) ? chosen : '';
}

function show() {
  offerPeople();
  const to = choice('person').value;
  const tab = openTab();
  showMessages(held.messages, tab === 'messages' ? to : '');
  showCards(held.cards, tab === 'cards' ? to : '', { nameOf, actor: card => choice('as').value || card.to, done: words => { say(words); void refresh(); } });
  showAlerts(held.alerts, tab === 'alerts' ? to : '', nameOf);
  for (const name of tabs) {
    const button = byId(`tab-${name}`);
    button.setAttribute('aria-selected', String(name === tab));
    button.tabIndex = name === tab ? 0 : -1;
    byId(`panel-${name}`).hidden = name !== tab;
  }
}

/** One source that does not answer hides nothing of the others. */
async function refresh() {
  /** @type {string[]} */
  const troubles = [];
  await Promise.all(tabs.map(async name => {
    try {
      held[name] = await read(`/${name}`);
    } catch (error) {
      troubles.push(error instanceof Error ? error.message : String(error));
    }
  }));
  const trouble = byId('trouble');
  const words = [...new Set(troubles)].join(' ');
  if (trouble.textContent !== words) trouble.textContent = words;
  trouble.hidden = words === '';
  show();
}

async function refreshForEver() {
  if (!document.hidden) await refresh();
  setTimeout(() => void refreshForEver(), refreshMs);
}

/** @param {string} name */
function open(name) {
  history.replaceState(undefined, '', `#${name}`);
  show();
}

for (const [index, name] of tabs.entries()) {
  const button = byId(`tab-${name}`);
  button.addEventListener('click', () => open(name));
  button.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step === undefined ? undefined : tabs[(index + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    open(next);
    byId(`tab-${next}`).focus();
  });
}
addEventListener('hashchange', show);
choice('person').addEventListener('change', show);

held.people = await read('/people');
choice('as').append(h('option', { value: '' }, 'Whoever got the card'), ...held.people.map(({ objectId, name }) => h('option', { value: objectId }, name)));
await refreshForEver();
