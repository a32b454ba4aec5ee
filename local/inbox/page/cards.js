/* global window, fetch */
import { h } from './dom.js';
import { localAddress, showList, time } from './lists.js';

/** @typedef {{ activityId: string, to: string, summary: string, card: object, sentAt: string, changedAt: string, history: readonly { card: object, until: string }[] }} ShownCard */
/** @typedef {{ verb: string, data: unknown, by: 'execute' | 'submit' }} Press */
/** @typedef {{ nameOf: (objectId: string) => string, actor: (card: ShownCard) => string, done: (words: string) => void }} CardPage */

/** @type {typeof import('adaptivecards')} The real renderer, which a script of its own has loaded before this module. */
const { AdaptiveCard, ExecuteAction, HostConfig, OpenUrlAction, SubmitAction } = Reflect.get(window, 'AdaptiveCards');
// Card texts here are plain; without this the renderer would look for a Markdown library.
AdaptiveCard.onProcessMarkdown = (/** @type {string} */ text, /** @type {import('adaptivecards').IMarkdownProcessingResult} */ result) => {
  result.outputHtml = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  result.didProcess = true;
};
const host = new HostConfig({
  fontFamily: 'inherit', supportsInteractivity: true, textBlock: { headingLevel: 3 }, spacing: { padding: 8, default: 8 },
  fontSizes: { default: 16, medium: 18, small: 14, large: 20, extraLarge: 24 },
  containerStyles: { default: { backgroundColor: '#ffffff', foregroundColors: { default: { default: '#14171a', subtle: '#4a525a' }, attention: { default: '#a3201d', subtle: '#a3201d' } } } },
  inputs: { label: { requiredInputs: { weight: 'bolder', suffix: ' (required)', suffixColor: 'default' }, optionalInputs: { weight: 'bolder' } }, errorMessage: { color: 'attention', weight: 'bolder' } },
  actions: { maxActions: 6, actionsOrientation: 'horizontal', actionAlignment: 'left', buttonSpacing: 8 },
});

/** @param {readonly ShownCard[]} cards @param {string} to @param {CardPage} page */
export function showCards(cards, to, page) {
  showList('cards', cards.filter(card => to === '' || card.to === to).map(card => ({
    id: card.activityId, at: card.sentAt, fingerprint: JSON.stringify(card), draw: () => drawCard(card, page),
  })), to === '' ? 'No card has been sent yet. When somebody must decide, or something went wrong, a card appears here.' : 'Nothing has been sent to this person.');
}

/** @param {ShownCard} shown @param {CardPage} page */
function drawCard(shown, page) {
  const answer = h('div', { role: 'status' });
  const face = h('div', { class: 'face' }, rendered(shown.card, press => { void pressed(shown, press, { face, answer, page }); }));
  return h('article', { class: 'item' },
    h('header', {}, h('h2', {}, `Card for ${page.nameOf(shown.to)}`), time(shown.sentAt), h('p', { class: 'small' }, `Preview: ${shown.summary}`)),
    face, answer,
    shown.history.length > 0 && h('details', { class: 'history' }, h('summary', {}, `What it showed before (${shown.history.length})`), shown.history.toReversed().map(({ card, until }) => h('div', {}, h('p', { class: 'small' }, 'Until ', time(until)), h('div', { class: 'face', inert: true }, rendered(card))))));
}

/** @param {object} card @param {(press: Press) => void} [press] */
function rendered(card, press) {
  const made = new AdaptiveCard();
  made.hostConfig = host;
  made.onExecuteAction = action => {
    if (action instanceof OpenUrlAction && action.url) window.open(localAddress(action.url), '_blank', 'noopener,noreferrer');
    else if (action instanceof ExecuteAction) press?.({ verb: action.verb, data: action.data ?? {}, by: 'execute' });
    else if (action instanceof SubmitAction) {
      const { verb, ...data } = /** @type {Record<string, unknown>} */ (action.data ?? {});
      press?.({ verb: String(verb), data, by: 'submit' });
    }
  };
  made.parse(card);
  return made.render();
}

/** @param {ShownCard} shown @param {Press} press @param {{ face: HTMLElement, answer: HTMLElement, page: CardPage }} where */
async function pressed(shown, press, { face, answer, page }) {
  const as = page.actor(shown);
  face.inert = true;
  try {
    const reply = await fetch('/act', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ activityId: shown.activityId, as, ...press }) });
    const outcome = await reply.json();
    if (!outcome.replaced) answer.replaceChildren(h('p', { class: 'bad answer' }, refusalOf(outcome)));
    page.done(outcome.replaced ? `The card was answered as ${page.nameOf(as)}.` : 'The answer was not taken.');
  } catch {
    answer.replaceChildren(h('p', { class: 'bad answer' }, 'Something went wrong. Please try again.'));
  } finally {
    face.inert = false;
  }
}

/** What Teams would show, and why. @param {{ httpStatus?: number, answer?: { statusCode?: number, value?: { message?: string, fallbackText?: string } }, error?: string }} outcome */
function refusalOf({ httpStatus, answer, error }) {
  return answer?.value?.message ?? answer?.value?.fallbackText ?? error ?? `Something went wrong (HTTP ${httpStatus ?? 'none'}, ${answer?.statusCode ?? 'no status'} in the answer).`;
}
