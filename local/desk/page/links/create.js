/* global location, HTMLSelectElement */
import { command } from '../api.js';
import { h } from '../dom.js';
import { attempt, say } from '../say.js';
import { control, readFields } from './fields.js';
import { blockOf, incident, number, overt, person, reasonField, safety } from './formFields.js';
import { areaWords, channelWords, modeWords, options } from './words.js';

/** @typedef {import('./fields.js').Field} Field @typedef {import('../../types.ts').LinkRules} Rules @typedef {import('../../types.ts').Area} Area @typedef {import('./people.js').Person} Person */

/** @type {Field} */
const email = { name: 'email', label: 'E-mail address', kind: 'email', help: 'Addresses at example.com are made up.' };
/** @type {Field} */
const channel = { name: 'channel', label: 'How the link goes out', kind: 'choice' };
/** @type {Field} */
const mode = { name: 'mode', label: 'What the person is asked to share', kind: 'choice' };
/** @type {readonly (readonly [string, string])[]} */
const liveModes = [['VIDEO', modeWords['VIDEO'] ?? ''], ['LOCATION', modeWords['LOCATION'] ?? ''], ['UPLOAD', modeWords['UPLOAD'] ?? '']];
/** @type {Field} */
const personName = { name: 'personName', label: 'Name of the person (optional)', kind: 'text' };
/** @type {readonly Field[]} */
const appointment = [
  { name: 'slotStartAt', label: 'Appointment from (London time, optional)', kind: 'when', help: 'Left empty, it is booked later. The link is sent once it is booked.' }, { name: 'slotEndAt', label: 'Appointment until', kind: 'when' },
];

/** @param {Area} area @param {{ rules: Rules, people: readonly Person[] }} about */
export function createForm(area, { rules, people }) {
  const { reasons } = rules.areas[area];
  const reason = reasonField(Object.keys(reasons));
  const isShort = area === 'FCC';
  const block = blockOf(area, people, new Date());
  const parts = isShort ? shortParts(reason) : fullParts(area, reason, block);
  const fields = parts.flatMap(part => part.fields);
  /** @type {HTMLFormElement} */
  const form = h('form', { class: 'panel', novalidate: true, 'aria-labelledby': 'create-title', onsubmit: create, onchange: adapt },
    h('h2', { id: 'create-title' }, 'Ask for a live link'), h('p', { class: 'help' }, isShort ? 'Number, what to share, why, and whether you asked if a text is safe: no more is needed on a live call.' : 'What is missing or does not fit is said when you ask.'),
    parts.map(partOf), h('button', { class: 'main' }, 'Ask for the live link'));
  adapt();
  return form;

  /** The control room says first what it wants to see, the others why; either narrows the other. Channels follow the reason; a number or an address follows the channel. */
  function adapt() {
    if (isShort) refill(selectOf(form, 'reasonCode'), options(reasonsOf(rules, area, selectOf(form, 'mode').value)));
    const row = reasons[selectOf(form, 'reasonCode').value];
    if (!isShort) refill(selectOf(form, 'mode'), options(row?.modes ?? [], modeWords));
    refill(selectOf(form, 'channel'), options(row?.channels ?? [], channelWords));
    const by = selectOf(form, 'channel').value;
    shown(form, 'email', by === 'EMAIL');
    shown(form, 'msisdn', by !== 'EMAIL');
  }

  /** @param {SubmitEvent} event */
  function create(event) {
    event.preventDefault();
    const given = readFields(form, fields);
    void attempt(async () => {
      const made = await command('/api/live-links', bodyOf(area, given, block));
      location.hash = `#/links/case/${made.caseId}`;
      say('The live link is asked for.');
    });
  }
}

/** @param {Rules} rules @param {Area} area @param {string} wanted */
function reasonsOf(rules, area, wanted) {
  return Object.entries(rules.areas[area].reasons).filter(([, { modes }]) => modes.some(one => one === wanted)).map(([code]) => code);
}

/** @param {Area} area @param {Record<string, unknown>} given @param {ReturnType<typeof blockOf>} block */
export function bodyOf(area, given, block) {
  const own = new Set(block?.fields.map(({ name }) => name));
  const entries = Object.entries(given);
  const body = Object.fromEntries(entries.filter(([name]) => !own.has(name)));
  // Who asked on the call is on the call.
  const isOnCall = body['onVoiceCall'] === true || body['askedAndSafe'] === true;
  return { area, incidentSystem: 'IML', ...body, onVoiceCall: isOnCall, ...(block && { [block.block]: Object.fromEntries(entries.filter(([name]) => own.has(name))) }) };
}

/** @typedef {{ title?: string, isFolded?: boolean, fields: readonly Field[] }} Part */

/** The four things of the control room (goodsam.md 21.38); the rest is folded away. @param {Field} reason @returns {readonly Part[]} */
function shortParts(reason) {
  const [onVoiceCall, askedAndSafe, ...questions] = safety;
  return [
    { fields: [number('+447700900104'), { ...mode, options: liveModes }, { ...reason, value: 'SEE_SCENE' }, ...(askedAndSafe ? [askedAndSafe] : []), incident()] },
    { title: 'More choices', isFolded: true, fields: [channel, email, ...(onVoiceCall ? [{ ...onVoiceCall, value: true }] : []), { ...overt, value: true }, ...questions, ...person] },
  ];
}

/** @param {Area} area @param {Field} reason @param {ReturnType<typeof blockOf>} block @returns {readonly Part[]} */
function fullParts(area, reason, block) {
  return [
    { fields: [reason, mode, channel, number(`+4477009001${10 + Object.keys(areaWords).indexOf(area)}`), email, incident(), ...(area === 'FAL' ? appointment : [])] },
    ...(block ? [{ title: block.title, fields: block.fields }] : []),
    { title: 'Is contact safe?', fields: [overt, ...safety] },
    { title: 'More choices', isFolded: true, fields: [personName, ...person.map(field => (field.name === 'personRole' ? { ...field, value: roleOf[area] } : field))] },
  ];
}

/** @type {Record<Area, string>} */
const roleOf = { FCC: 'CALLER', FAL: 'CERTIFICATE_HOLDER', DA: 'VICTIM', SOM: 'REGISTERED_OFFENDER', FOR: 'VICTIM', CCTV: 'CAMERA_OWNER', SOCU: 'WITNESS' };

/** @param {Part} part */
function partOf({ title, isFolded, fields }) {
  const controls = fields.map(control);
  if (title === undefined) return h('div', {}, controls);
  return isFolded ? h('details', { class: 'fold' }, h('summary', {}, title), controls) : h('fieldset', { class: 'part' }, h('legend', {}, title), controls);
}

/** @param {HTMLElement} form @param {string} name @returns {HTMLSelectElement} */
function selectOf(form, name) {
  const found = form.querySelector(`#${name}`);
  if (!(found instanceof HTMLSelectElement)) throw new Error(`no choice ${name}`);
  return found;
}

/** @param {HTMLSelectElement} select @param {readonly (readonly [string, string])[]} wanted */
function refill(select, wanted) {
  const before = select.value;
  if (wanted.map(([value]) => value).join() === [...select.options].map(({ value }) => value).join()) return;
  select.replaceChildren(...wanted.map(([value, label]) => h('option', { value, selected: value === before }, label)));
}

/** @param {HTMLElement} form @param {string} name @param {boolean} isShown */
function shown(form, name, isShown) {
  const control = form.querySelector(`#${name}`);
  control?.closest('.field')?.toggleAttribute('hidden', !isShown);
  control?.toggleAttribute('disabled', !isShown);
}
