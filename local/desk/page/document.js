/* global document, setTimeout, clearTimeout, TextDecoder */
import { createActions } from './actions.js';
import { command, read, readAll, readFile } from './api.js';
import { facts, fill, h } from './dom.js';
import { openPdf } from './pdf.js';
import { createResults } from './results.js';
import { attempt, say } from './say.js';
import { createSuggestions } from './suggestions.js';
import { createTextViewer } from './textViewer.js';
import { createViewer } from './viewer.js';
import { stages, warningWord, when, working } from './words.js';

/** @typedef {import('../types.ts').DocumentView} DocumentView @typedef {import('../types.ts').SuggestionView} Suggestion */
/** @typedef {{ document: DocumentView, suggestions: Suggestion[], selected: string | undefined, pdf: import('./pdf.js').Pdf | undefined, text: string | undefined }} State */
/**
 * What the parts of the page share.
 * @typedef {object} Desk
 * @property {string} jobId @property {string} path @property {State} state
 * @property {(work: () => Promise<unknown>) => void} run Runs commands one after the other and reads the document again.
 * @property {(move: string) => boolean} may Whether the stage allows a move.
 * @property {(from: number, to: number) => void} viewed @property {(suggestionId: string) => void} select @property {(suggestion: Suggestion) => void} show
 */

/** One document, from the upload to the release. @param {string} jobId */
export async function documentView(jobId) {
  const path = `/api/redaction-jobs/${jobId}`;
  const [rules, first] = await Promise.all([read('/rules'), read(path)]);
  /** @type {State} */
  const state = { document: first, suggestions: [], selected: undefined, pdf: undefined, text: undefined };
  /** @type {Promise<unknown>} */
  let queue = Promise.resolve();
  let timer = 0;
  let isOver = false;
  /** @type {Set<string>} */
  const recorded = new Set();
  /** @type {Desk} */
  const desk = {
    jobId, path, state, may: move => rules.moves[move].from.includes(state.document.stage),
    run: work => { queue = queue.then(() => attempt(async () => { try { await work(); } finally { await refresh(); } })); },
    viewed, select, show: suggestion => { select(suggestion.suggestionId); void viewer?.show(suggestion.page); },
  };
  const head = h('div', { id: 'stage', tabindex: -1 });
  const body = h('div', { class: 'columns' });
  const [list, actions, results] = [createSuggestions(desk), createActions(desk), createResults(desk)];
  /** @type {ReturnType<typeof createViewer> | ReturnType<typeof createTextViewer> | undefined} */
  let viewer;
  await refresh();
  return {
    title: first.fileName,
    content: h('div', {}, h('nav', { 'aria-label': 'Where you are' }, h('a', { href: `#/bundles/${first.bundleId}` }, 'Back to the bundle')), h('h1', {}, first.fileName), head, actions.element, results.element, body),
    stop: () => {
      isOver = true;
      clearTimeout(timer);
      viewer?.stop();
      void state.pdf?.loadingTask.destroy();
    },
  };

  async function refresh() {
    const before = state.document.stage;
    state.document = await read(path);
    if (state.document.pages > 0) {
      state.suggestions = await readAll(`${path}/suggestions`);
      if (!viewer) await openOriginal();
    }
    update();
    // What a person did has its own sentence; this is what the service did meanwhile.
    if (working[before] && before !== state.document.stage) say(`The document is now: ${stages[state.document.stage]}.`);
    clearTimeout(timer);
    if (working[state.document.stage] && !isOver) timer = Number(setTimeout(() => desk.run(() => Promise.resolve()), 800));
  }

  function update() {
    fill(head, ...headOf(state.document));
    actions.update();
    results.update();
    list.update();
    viewer?.update();
  }

  async function openOriginal() {
    const { bytes, contentType } = await readFile(`${path}/original`);
    if (contentType.startsWith('application/pdf')) state.pdf = await openPdf(bytes);
    else state.text = new TextDecoder().decode(bytes);
    viewer = state.pdf ? createViewer(desk) : createTextViewer(desk);
    body.replaceChildren(viewer.element, list.element);
    await viewer.show(1);
  }

  /** @param {number} fromPage @param {number} toPage */
  function viewed(fromPage, toPage) {
    const key = `${state.document.version}:${fromPage}-${toPage}`;
    if (isOver || recorded.has(key) || state.document.pagesNotViewed === 0 || !desk.may('ViewPages')) return;
    recorded.add(key);
    desk.run(async () => {
      await command(`${path}/view-pages`, { fromPage, toPage }).catch(error => { recorded.delete(key); throw error; });
      say(fromPage === toPage ? `Page ${fromPage} is recorded as viewed.` : 'All pages are recorded as viewed.');
    });
  }

  /** @param {string} suggestionId */
  function select(suggestionId) {
    state.selected = suggestionId;
    viewer?.update();
    const item = document.getElementById(suggestionId);
    item?.focus({ preventScroll: true });
    item?.scrollIntoView({ block: 'nearest' });
  }
}

/** @param {DocumentView} document */
function headOf({ stage, version, pages, endReason, endCode, warnings, approvedAt, releasedAt, addedAt }) {
  const step = working[stage];
  return [
    h('p', { class: 'stage' }, h('span', { class: `tag ${stage}`, id: 'stage-tag' }, stages[stage]), ` Version ${version}`),
    step && h('div', { class: 'working' }, h('label', { for: 'work' }, step.words), h('progress', { id: 'work', max: step.of, value: step.done + 0.5 })),
    endReason !== undefined && h('div', { class: 'notice' }, h('p', {}, endReason), h('p', { class: 'small' }, 'Code ', h('code', {}, endCode))),
    warnings.length > 0 && h('div', { class: 'notice' }, h('p', {}, h('strong', {}, 'Look out')), h('ul', {}, warnings.map(code => h('li', {}, warningWord(code))))),
    facts([['Sent', when(addedAt)], ['Pages', pages === 0 ? 'Not known yet' : String(pages)], ['Approved', approvedAt === undefined ? 'Not yet' : when(approvedAt)], ['Released', releasedAt === undefined ? 'Not yet' : when(releasedAt)]]),
  ];
}
