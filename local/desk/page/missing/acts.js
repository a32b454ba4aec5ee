/* global document */
import { button, fill, h } from '../dom.js';
import { actAsButton } from '../links/people.js';
import { openEdit } from './edit.js';
import { hintsOf } from './hints.js';

/** @typedef {import('./detail.js').Case} Case @typedef {import('../../types.ts').MissingAct} Act */

/** What belongs to a task stands with the task. */
const ofTasks = ['StartTask', 'CompleteTask', 'MarkNotApplicable', 'ApproveTask'];
const ofReports = ['MakeUploadLink', 'RevokeUploadLink', 'EditCase', 'WithdrawFactor', 'RecordAnswers', 'AddFactors', 'AddInformation', 'SetFlag', 'ClearFlag', 'ProposeReject'];
/** Headings of the many, by the first letters of their routes or names. @type {readonly (readonly [string, RegExp])[]} */
const groups = [
  ['Level of risk', /^(risk|flags|answers|factors)/], ['Owner, hand-over and transfer', /^(owner|attach|handover|transfer)/], ['Information and decisions', /^(edit|information|sighting|decision|contact|enquir|pages)/],
  ['Reviews', /^review/], ['Searches', /^search/], ['Public appeals, circulation and alerts', /^(publicity|circulation|alert)/], ['The return', /^(rhi|consent|outcome|acknowledgement)/], ['Messages and access', /^(notice|access|legal)/],
];

/** What this person may do, by the contract's roles and the service's table of states. It only spares people forms that are refused: the service decides each itself. @param {Case} shared */
export function createActs(shared) {
  const element = h('section', { 'aria-labelledby': 'acts-title', class: 'no-print' });
  const body = h('div', { id: 'acts', tabindex: -1 });
  element.append(h('h2', { id: 'acts-title' }, 'What you can do'), body, shared.panel.element);
  return { element, update: () => fill(body, ...actsOf(shared)) };
}

/** @param {Case} shared */
function actsOf(shared) {
  const { rules, person, view } = shared;
  const isReport = view.ref === '';
  const mine = rules.acts.filter(({ who, act, from }) => !ofTasks.includes(act) && who.some(role => person.roles.includes(role)) && (from.length === 0 ? !isReport || ofReports.includes(act) : from.includes(view.state)));
  // Questions come before the level.
  const next = mine.filter(act => isNext(act, shared)).toSorted((a, b) => Number(b.act === 'RecordAnswers') - Number(a.act === 'RecordAnswers'));
  const others = mine.filter(act => !next.includes(act));
  const rest = others.filter(({ path }) => !groups.some(([, at]) => at.test(path)));
  const kinds = [...groups.map(([name, at]) => /** @type {const} */ ([name, others.filter(({ path }) => at.test(path))])), /** @type {const} */ (['Other', rest])];
  return [
    next.length > 0 ? h('div', { class: 'buttons' }, next.map((act, n) => actButton(act, shared, n === 0))) : h('p', {}, 'No step of this case waits for you.', others.length > 0 && ' What you may always do is below.'),
    next.length === 0 && whoElse(shared), others.length > 0 && h('details', { class: 'fold', open: isUnfolded() }, h('summary', {}, `Everything else that you may do (${others.length})`), kinds.filter(([, acts]) => acts.length > 0).map(([name, acts]) => h('div', {}, h('h3', {}, name), h('div', { class: 'buttons' }, acts.map(act => actButton(act, shared, false)))))),
  ];
}

/** Unfolded stays unfolded when the case is drawn again. */
function isUnfolded() {
  return document.querySelector('#acts details')?.hasAttribute('open') === true;
}

/** What leads away from this state, and what the case waits for. @param {Act} act @param {Case} shared */
function isNext({ act, from }, { view, person }) {
  if (act === 'AcknowledgeOwner') return view.owner === person.objectId && !view.isOwnerAcknowledged && view.ref !== '';
  if (act === 'RecordAnswers') return view.unanswered.length > 0;
  if (act === 'ProposeClose' || act === 'RecordOutcome') return view.state === 'RETURN_ACTIONS';
  if (act === 'AgreeHold') return view.state === 'LOCATED_UNVERIFIED';
  if (act === 'AddInformation' || act === 'RaiseRisk') return view.ref !== '' && !['CLOSED', 'CANCELLED'].includes(view.state);
  return from.length > 0 && !['RecordBody', 'ApproveCancel', 'TransferOut', 'SuspendCase', 'MakeLongTerm'].includes(act);
}

/** @param {Act} act @param {Case} shared @param {boolean} isMain */
function actButton(act, shared, isMain) {
  return button(act.summary, () => {
    if (act.isEdit) { openEdit(act, shared); return; }
    if (Object.keys(act.form.properties ?? {}).length === 0) { void shared.give(act.path, {}, `${act.summary}: done.`); return; }
    shared.panel.open({ title: act.summary, text: act.description, confirm: act.summary, schema: act.form, hints: hintsOf(shared), send: body => shared.give(act.path, body, `${act.summary}: done.`) });
  }, { id: `act-${act.act}`, ...(isMain && { class: 'main' }), title: act.description });
}

/** Sample people who have the next step. @param {Case} shared */
function whoElse({ rules, people, person, view }) {
  const roles = new Set(rules.acts.filter(({ from }) => from.includes(view.state)).flatMap(({ who }) => who));
  const others = people.filter(other => other.login !== person.login && (other.objectId === view.owner || other.roles.some(role => roles.has(role)))).slice(0, 4);
  return others.length > 0 && h('ul', { class: 'people' }, others.map(other => h('li', {}, actAsButton(other), h('span', {}, other.about))));
}
