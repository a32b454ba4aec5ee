import { button, fill, h } from '../dom.js';
import { codeWord } from '../links/words.js';
import { count, when } from '../words.js';
import { hintsOf } from './hints.js';
import { mark } from './tags.js';
import { distance, roleWords } from './words.js';

/** @typedef {import('../../types.ts').MissingTask} Task @typedef {import('./detail.js').Case} Case */

/** Tasks by what is to be done about them now; one that is held, or that a second person must approve, waits. @param {Pick<import('./detail.js').View, 'tasks' | 'pending'>} view @param {number} now */
export function grouped({ tasks, pending }, now) {
  const sorted = tasks.toSorted((a, b) => a.dueAt.localeCompare(b.dueAt));
  const isEnded = (/** @type {Task} */ { state }) => !['TODO', 'DOING', 'HOLD'].includes(state);
  const waits = (/** @type {Task} */ { state, taskId }) => state === 'HOLD' || pending.some(item => item.taskId === taskId);
  const open = sorted.filter(task => !isEnded(task) && !waits(task));
  return /** @type {const} */ ([
    ['Overdue', open.filter(({ dueAt }) => Date.parse(dueAt) < now)], ['Due next', open.filter(({ dueAt }) => Date.parse(dueAt) >= now)],
    ['Waiting', sorted.filter(task => !isEnded(task) && waits(task))], ['Done or no longer needed', sorted.filter(isEnded)],
  ]);
}

/** @param {Case} shared */
export function createTasks(shared) {
  const element = h('section', { 'aria-labelledby': 'tasks-title' });
  const body = h('div', { id: 'tasks', tabindex: -1 });
  element.append(h('h2', { id: 'tasks-title' }, 'Tasks'), body);
  return { element, update: () => { element.hidden = shared.view.tasks.length === 0; fill(body, grouped(shared.view, Date.now()).map(([name, tasks]) => groupOf(name, tasks, shared))); } };
}

/** @param {string} name @param {readonly Task[]} tasks @param {Case} shared */
function groupOf(name, tasks, shared) {
  if (tasks.length === 0) return undefined;
  const list = h('ul', { class: 'tasks' }, tasks.map(task => taskOf(task, name, shared)));
  return name.startsWith('Done') ? h('details', { class: 'fold' }, h('summary', {}, `${name} (${tasks.length})`), list) : h('div', {}, h('h3', {}, `${name} (${tasks.length})`), list);
}

/** @param {Task} task @param {string} group @param {Case} shared */
function taskOf(task, group, shared) {
  const { taskId, title, dueAt, ownerRole, ownerUserId, mandatory, blocksClose, evidenceAsked, escalations, state } = task;
  const isOver = group.startsWith('Done');
  const last = escalations.at(-1);
  const buttons = isOver ? [] : ['CompleteTask', 'StartTask', 'MarkNotApplicable'].flatMap(act => actButton(act, task, shared));
  const waits = shared.view.pending.find(item => item.taskId === taskId);
  return h('li', { class: `task ${group === 'Overdue' ? 'late' : ''}`, 'data-task': taskId },
    h('div', {}, h('p', {}, h('strong', {}, `${taskId.split(':')[0]} ${title}`), ' ', group === 'Overdue' && mark('Overdue', 'bad'), state !== 'TODO' && mark(codeWord(state), isOver ? 'good' : 'wait')),
    h('p', { class: 'small' }, isOver ? `Was due ${when(dueAt)}.` : `Due ${when(dueAt)} (${distance(dueAt, Date.now())}).`, ` ${roleWords[ownerRole] ?? ownerRole}${ownerUserId === undefined ? '' : `: ${shared.nameOf(ownerUserId)}`}.`, mandatory && ' Mandatory.', blocksClose && ' The case is not closed before it.'),
    !isOver && h('p', { class: 'small' }, `To finish it, give ${evidenceAsked}.`),
    last !== undefined && !isOver && h('p', { class: 'small' }, `${count(escalations.length, 'reminder')} sent, the last one (${codeWord(last.step).toLowerCase()}) at ${when(last.firedAt)}.`)),
    (buttons.length > 0 || waits) && h('div', { class: 'buttons' }, buttons, waits && approveButton(waits.pendingId, task, shared)));
}

/** @param {string} name @param {Task} task @param {Case} shared */
function actButton(name, task, shared) {
  const act = shared.rules.acts.find(one => one.act === name);
  if (!act || (name === 'StartTask' && task.state !== 'TODO') || !act.who.some(role => shared.person.roles.includes(role))) return [];
  const label = { CompleteTask: 'Complete', StartTask: 'Start', MarkNotApplicable: 'Not applicable' }[name] ?? act.summary;
  return [button(label, () => open(act, task, shared), { id: `${name}-${task.taskId}`, 'aria-label': `${label}: ${task.taskId} ${task.title}` })];
}

/** @param {import('../../types.ts').MissingAct} act @param {Task} task @param {Case} shared */
function open(act, task, shared) {
  const done = `${act.summary}: ${task.taskId}.`;
  if (act.act === 'StartTask') { void shared.give(act.path, { taskId: task.taskId }, done); return; }
  const isCompletion = act.act === 'CompleteTask';
  const schema = isCompletion ? shared.rules.evidence[task.evidenceKind] ?? { type: 'object' } : act.form;
  shared.panel.open({
    title: `${act.summary}: ${task.taskId} ${task.title}`, text: isCompletion ? `Give ${task.evidenceAsked}.` : act.description, confirm: isCompletion ? `Complete ${task.taskId}` : 'Mark as not applicable', schema, hints: { ...hintsOf(shared), hidden: ['taskId', 'evidenceJson'] },
    send: body => shared.give(act.path, isCompletion ? { taskId: task.taskId, evidenceJson: JSON.stringify(body) } : { taskId: task.taskId, ...body }, done),
  });
}

/** @param {string} pendingId @param {Task} task @param {Case} shared */
function approveButton(pendingId, task, shared) {
  const act = shared.rules.acts.find(one => one.act === 'ApproveTask');
  if (!act || !act.who.some(role => shared.person.roles.includes(role))) return undefined;
  return button('Approve', () => void shared.give(act.path, { pendingId }, `Approved: ${task.taskId}.`), { id: `approve-${pendingId}`, 'aria-label': `Approve what waits: ${task.taskId} ${task.title}` });
}
