import { command } from './api.js';
import { button, field, h, select, valuesOf } from './dom.js';
import { say } from './say.js';
import { placed } from './viewer.js';
import { reasons } from './words.js';

const numbers = /** @type {const} */ ([['x', 'From the left'], ['y', 'From the top'], ['width', 'Width'], ['height', 'Height']]);

/**
 * An area is drawn with the mouse or typed as numbers; both fill the same four fields, which are what is sent.
 * @param {import('./document.js').Desk} desk @param {HTMLElement} paper @param {() => { page: number, width: number, height: number }} current
 */
export function areaLayer(desk, paper, current) {
  const inputs = new Map(numbers.map(([name]) => [name, h('input', { type: 'number', min: name === 'width' || name === 'height' ? 1 : 0, step: 'any', inputmode: 'decimal', required: true, oninput: place })]));
  const preview = h('div', { class: 'preview', hidden: true });
  const draw = button('Draw with the mouse', () => setDrawing(draw.getAttribute('aria-pressed') !== 'true'), { 'aria-pressed': 'false', id: 'draw' });
  /** @type {HTMLFormElement} */
  const form = h('form', { class: 'panel area', 'aria-labelledby': 'area-title', onsubmit: add },
    h('h3', { id: 'area-title' }, 'Redact an area of this page'), h('p', { class: 'help' }, 'For a signature or a face, for instance. In points: 72 are an inch. An A4 page is 595 wide and 842 high.'), draw,
    h('div', { class: 'row' }, numbers.map(([name, label]) => field({ id: `area-${name}`, label }, /** @type {HTMLElement} */ (inputs.get(name))))),
    field({ id: 'area-reason', label: 'Reason' }, select(reasons, 'personal-data')), h('button', {}, 'Redact this area'));
  paper.append(preview);
  paper.addEventListener('pointerdown', start);
  return { form, place, added };

  /** @param {boolean} isOn */
  function setDrawing(isOn) {
    draw.setAttribute('aria-pressed', String(isOn));
    paper.classList.toggle('drawing', isOn);
    if (isOn) say('Draw a rectangle on the page.');
  }

  /** @param {PointerEvent} event */
  function start(event) {
    if (!paper.classList.contains('drawing')) return;
    event.preventDefault();
    paper.setPointerCapture(event.pointerId);
    const from = pointOf(event);
    const move = (/** @type {PointerEvent} */ next) => {
      const to = pointOf(next);
      setNumbers({ x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) });
    };
    paper.addEventListener('pointermove', move);
    paper.addEventListener('pointerup', () => {
      paper.removeEventListener('pointermove', move);
      setDrawing(false);
      say('The area is drawn. Check its numbers and press Redact this area.');
    }, { once: true });
  }

  /** @param {PointerEvent} event */
  function pointOf(event) {
    const box = paper.getBoundingClientRect();
    const { width, height } = current();
    const within = (/** @type {number} */ share) => Math.min(1, Math.max(0, share));
    return { x: within((event.clientX - box.left) / box.width) * width, y: within((event.clientY - box.top) / box.height) * height };
  }

  /** @param {{ x: number, y: number, width: number, height: number }} values */
  function setNumbers(values) {
    for (const [name] of numbers) /** @type {HTMLInputElement} */ (inputs.get(name)).value = String(Math.round(values[name] * 10) / 10);
    place();
  }

  function numbersNow() {
    const value = valuesOf(form);
    return { x: Number(value('area-x')), y: Number(value('area-y')), width: Number(value('area-width')), height: Number(value('area-height')) };
  }

  function place() {
    const { x, y, width, height } = numbersNow();
    preview.hidden = !(width > 0 && height > 0);
    placed(preview, { left: x, top: y, width, height }, current());
  }

  /** @param {SubmitEvent} event */
  function add(event) {
    event.preventDefault();
    const area = { page: current().page, ...numbersNow() };
    const reasonCode = valuesOf(form)('area-reason');
    desk.run(async () => {
      await command(`${desk.path}/add-area`, { ...area, reasonCode });
      form.reset();
      say(`An area of page ${area.page} will be redacted.`);
    });
  }

  /** What people added to this page: areas, and places of a text. @param {number} page */
  function added(page) {
    return desk.state.document.marks.filter(mark => mark.page === page).flatMap(({ kind, boxes }) => boxes.map(({ left, top, right, bottom }) => (
      placed(h('div', { class: 'box accepted', title: `Added ${kind}: Redact` }), { left, top, width: right - left, height: bottom - top }, current()))));
  }
}
