import { command, read } from '../api.js';
import { button, facts, fill, h, table } from '../dom.js';
import { attempt } from '../say.js';
import { count, when } from '../words.js';
import { codeWord, lineWords, stepWords } from './words.js';

/** @typedef {import('./detail.js').Case} Case @typedef {import('./detail.js').View} View */

const shares = /** @type {Record<string, string>} */ ({ LOCATION: 'place', VIDEO: 'video', SOUND: 'sound', FILES: 'files', CHAT: 'chat' });

/** What is on record: consent, places, lines of the incident log, and what happened. @param {Case} shared */
export function createRecord(shared) {
  const [consent, lines, timeline] = [h('div', { id: 'consent' }), h('div', { id: 'lines', tabindex: -1 }), h('div', { id: 'timeline' })];
  const places = createPlaces(shared);
  const trail = h('p', {}, h('a', { href: `#/links/case/${shared.view.requestId}/audit` }, 'Audit trail'));
  const element = h('div', {}, consent, places.element, lines, timeline, trail);
  return {
    element,
    update: () => {
      fill(consent, ...consentOf(shared.view));
      places.update();
      fill(lines, ...linesOf(shared));
      fill(timeline, ...timelineOf(shared.view));
      trail.hidden = !shared.moves.audit;
    },
  };
}

/** @param {View} view */
function consentOf({ consent, consentScope, consentedAt, recorded, purpose, upload }) {
  return [h('h2', {}, 'Consent'), facts([
    ['Consent', codeWord(consent)], ['To share', consentScope.length === 0 ? 'Nothing' : consentScope.map(one => shares[one]).join(', ')], ['Given', consentedAt === undefined ? 'Not yet' : when(consentedAt)], ['Recorded', recorded ? 'Yes' : 'No'],
    ['The person reads', `"... to ${purpose}"`], ...(upload === 'NONE' ? [] : [/** @type {const} */ (['Upload', codeWord(upload)])]),
  ])];
}

/** @param {Case} shared */
function createPlaces(shared) {
  const last = h('div', {});
  const track = h('div', { id: 'track', tabindex: -1 });
  const element = h('section', { 'aria-labelledby': 'places-title' }, h('h2', { id: 'places-title' }, 'Places'), last, button('Show all places', () => attempt(all), { id: 'all-places' }), track);
  return { element, update };

  function update() {
    const { lastPlace, distanceM } = shared.view;
    element.hidden = lastPlace === undefined || !shared.moves.places;
    if (lastPlace) fill(last, h('p', { id: 'last-place' }, placeWords(lastPlace)), distanceM !== undefined && h('p', {}, `${distanceM.toLocaleString('en-GB')} m from the registered address. A place can be faked.`));
  }

  async function all() {
    /** @type {import('../../types.ts').LinkTrack} */
    const { value } = await read(`${shared.path}/track`);
    track.replaceChildren(table(`${count(value.length, 'place')}, oldest first`, ['When', 'Latitude, longitude', 'Within', 'Grid'], value.map(fix => [when(fix.at), `${fix.lat}, ${fix.lng}`, `${Math.round(fix.accuracyM)} m`, gridOf(fix)])));
    track.focus();
  }
}

/** @param {NonNullable<View['lastPlace']>} fix */
function placeWords(fix) {
  return `Last place: ${fix.lat}, ${fix.lng}, within ${Math.round(fix.accuracyM)} m, ${when(fix.at)}. Grid ${gridOf(fix)}.${fix.stale ? ' It is older than a minute.' : ''}${fix.outsideUk ? ' It is outside of the UK.' : ''}`;
}

/** @param {{ easting?: number | undefined, northing?: number | undefined }} fix */
function gridOf({ easting, northing }) {
  return easting === undefined || northing === undefined ? 'none' : `${easting}, ${northing}`;
}

/** @param {Case} shared */
function linesOf({ view, moves, path, run }) {
  if (view.lines.length === 0) return [];
  return [h('h2', {}, 'Lines for the incident log'), h('ul', {}, view.lines.map(({ lineId, text, status }) => h('li', {}, h('span', {}, text), ` (${lineWords[status]}) `,
    status === 'to-paste' && moves.work && button('I pasted it', () => void run(() => command(`${path}/paste-line`, { lineId }), 'The line is noted as pasted.'), { id: `paste-${lineId}`, 'aria-label': `I pasted it: ${text}` }))))];
}

/** @param {View} view */
function timelineOf({ steps, createdAt, sentAt, deliveredAt }) {
  const told = [...(sentAt === undefined ? [] : [{ at: sentAt, what: 'Link sent', ignored: false }]), ...(deliveredAt === undefined ? [] : [{ at: deliveredAt, what: 'Text delivered', ignored: false }])];
  const known = new Set(['providerAccepted', 'delivered']);
  const all = [{ at: createdAt, what: 'Asked for', ignored: false }, ...told, ...steps.filter(({ what }) => !known.has(what)).map(step => ({ ...step, what: stepWords[step.what] ?? codeWord(step.what) }))];
  const sorted = all.toSorted((a, b) => a.at.localeCompare(b.at));
  return [h('h2', {}, 'What happened'), h('ol', { class: 'timeline' }, sorted.map(({ at, what, ignored }) => h('li', { class: ignored ? 'late' : '' }, `${timeOf(at)} ${what}${ignored ? ' (came after the end, and changes nothing)' : ''}`)))];
}

/** @param {string} at */
function timeOf(at) {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: 'Europe/London' }).format(new Date(at));
}
