/* global IntersectionObserver, document, setTimeout, clearTimeout */
import { areaLayer } from './area.js';
import { button, fill, h } from './dom.js';
import { drawPage } from './pdf.js';
import { say } from './say.js';
import { decisions, typeWord } from './words.js';

/** How long both halves of a drawn page must have been on the screen before it counts as viewed. */
const lookMilliseconds = 600;

/**
 * The original, one page at a time, with a box over each suggestion. It says which pages were really shown: drawn, and scrolled through.
 * @param {import('./document.js').Desk} desk
 */
export function createViewer(desk) {
  const canvas = h('canvas', { role: 'img' });
  const boxes = h('div', { class: 'boxes', 'aria-hidden': 'true' });
  const marks = ['high', 'low'].map(place => h('span', { class: `marker ${place}` }));
  const paper = h('div', { class: 'paper' }, canvas, boxes, ...marks);
  const bar = h('div', { class: 'bar', tabindex: -1 });
  const area = areaLayer(desk, paper, () => ({ page: current.page, ...current.size }));
  const current = { page: 1, size: { width: 1, height: 1 } };
  const watch = watchShown(marks, () => desk.viewed(current.page, current.page));
  /** @type {Promise<unknown>} */
  let drawing = Promise.resolve();
  return { element: h('section', { class: 'viewer', 'aria-labelledby': 'original-title' }, h('h2', { id: 'original-title' }, 'The original'), legend(), bar, paper, area.form), show, update, stop: watch.stop };

  /** @param {number} page */
  function show(page) {
    current.page = Math.min(Math.max(1, page), desk.state.document.pages);
    watch.pause();
    // One after the other: pdf.js refuses two drawings on one canvas.
    drawing = drawing.then(async () => {
      if (!desk.state.pdf) return;
      current.size = await drawPage(desk.state.pdf, current.page, canvas);
      canvas.setAttribute('aria-label', `Page ${current.page} of the original`);
      paper.dataset['page'] = String(current.page);
      watch.start();
      update();
    });
    update();
    return drawing;
  }

  function update() {
    const { page } = current;
    const of = desk.state.document.pages;
    fill(bar,
      button('Previous page', () => turn(page - 1), { id: 'previous-page', disabled: page <= 1 }), h('span', { id: 'page-number' }, `Page ${page} of ${of}`),
      button('Next page', () => turn(page + 1), { id: 'next-page', disabled: page >= of }));
    boxes.replaceChildren(...desk.state.suggestions.filter(suggestion => suggestion.page === page).flatMap(boxesOf), ...area.added(page));
    area.place();
    area.form.hidden = !desk.may('AddMarks');
  }

  /** @param {number} page */
  function turn(page) {
    void show(page).then(() => say(`Page ${page} is shown.`));
  }

  /** @param {import('../types.ts').SuggestionView} suggestion */
  function boxesOf({ suggestionId, boxes: places, decision, type }) {
    return places.map(({ left, top, right, bottom }) => placed(h('div', {
      class: `box ${decision}${desk.state.selected === suggestionId ? ' selected' : ''}`, title: `${typeWord(type)}: ${decisions[decision]}`, onclick: () => desk.select(suggestionId),
    }), { left, top, width: right - left, height: bottom - top }, current.size));
  }
}

/** What the boxes mean: by pattern and word, not by colour alone. */
function legend() {
  return h('p', { class: 'legend' }, h('span', { class: 'key pending' }, 'To decide'), h('span', { class: 'key accepted' }, 'Redact'), h('span', { class: 'key rejected' }, 'Keep readable'));
}

/**
 * In parts of the page, so that it follows every size of window.
 * @param {HTMLElement} element @param {{ left: number, top: number, width: number, height: number }} at @param {{ width: number, height: number }} size
 */
export function placed(element, { left, top, width, height }, size) {
  element.style.left = `${(left / size.width) * 100}%`;
  element.style.top = `${(top / size.height) * 100}%`;
  element.style.width = `${(width / size.width) * 100}%`;
  element.style.height = `${(height / size.height) * 100}%`;
  return element;
}

/**
 * Calls back once all markers of what is shown now were on the screen; a page in a hidden tab is not shown.
 * @param {readonly HTMLElement[]} markers @param {() => void} onShown
 */
export function watchShown(markers, onShown) {
  const seen = new Set();
  let isOn = false;
  let timer = 0;
  const observer = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) if (isIntersecting && document.visibilityState === 'visible') seen.add(target);
    if (!isOn || seen.size < markers.length) return;
    isOn = false;
    timer = Number(setTimeout(onShown, lookMilliseconds));
  });
  const stop = () => {
    isOn = false;
    clearTimeout(timer);
    observer.disconnect();
  };
  return {
    stop, pause: stop,
    start: () => {
      stop();
      seen.clear();
      isOn = true;
      for (const marker of markers) observer.observe(marker);
    },
  };
}
