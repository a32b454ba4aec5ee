import { command } from '../api.js';
import { button, fill, h } from '../dom.js';
import { askFor, reasonField } from './dialog.js';
import { actAsButton, has } from './people.js';
import { createWatch } from './watch.js';

/** @typedef {import('./detail.js').Case} Case @typedef {import('./fields.js').Field} Field */
/**
 * A step: its button, what is asked before it is sent, and what is said afterwards.
 * @typedef {object} Step
 * @property {Exclude<keyof import('./may.js').Moves, 'isMine' | 'work'>} may @property {string} path @property {string} label @property {string} done
 * @property {string} [text] Asked before it is sent. @property {(shared: Case) => readonly Field[]} [fields] @property {Record<string, unknown>} [also]
 * @property {'main' | 'warn'} [style]
 */

/** @type {readonly Step[]} */
const steps = [
  {
    may: 'confirmSafe', path: 'confirm-safe', label: 'Confirm safe', style: 'main', done: 'Contact is confirmed as safe for ten minutes.', text: 'You asked, and this number is safe now. It counts for ten minutes, and it stands in the audit under your name.',
    fields: () => [
      { name: 'method', label: 'How you know', kind: 'choice', options: [['LIVE_VOICE', 'The person says so on the call'], ['SAFE_NUMBER_ON_RECORD', 'A safe number on record'], ['PARTNER_AGENCY', 'A partner agency says so']] },
      { name: 'onVoiceCall', label: 'I am talking to the person now', kind: 'check', value: true }, { name: 'liveCheck', label: 'I checked the number on record live just now', kind: 'check' },
    ],
  },
  { may: 'letIn', path: 'let-in', label: 'Let in', style: 'main', done: 'The person is let in.', text: 'Only when you know on the call that it is them: from now on the page says who asks.' },
  { may: 'authorise', path: 'authorise', label: 'Approve', style: 'main', done: 'The request is approved.', also: { decision: 'APPROVED' }, text: 'You say yes to this request. It is recorded under your name.', fields: override },
  {
    may: 'authorise', path: 'authorise', label: 'Refuse', style: 'warn', done: 'The request is refused.', also: { decision: 'REFUSED' }, text: 'Nothing will be sent.',
    fields: () => [reasonField(['NOT_NECESSARY', 'NOT_PROPORTIONATE', 'MORE_INFORMATION', 'ATTEND_INSTEAD'])],
  },
  {
    may: 'bookSlot', path: 'book-slot', label: 'Book slot', style: 'main', done: 'The appointment is booked.', text: 'The link is sent when everything else is in place. It opens 15 minutes before the appointment.',
    fields: () => {
      const start = Date.now() + 10 * 60_000;
      return [{ name: 'slotStartAt', label: 'From (London time)', kind: 'when', required: true, value: new Date(start) }, { name: 'slotEndAt', label: 'Until', kind: 'when', required: true, value: new Date(start + 40 * 60_000) }];
    },
  },
  {
    may: 'releaseHold', path: 'release-hold', label: 'Release hold', style: 'main', done: 'The hold is released for one text.', text: 'You let one neutral text go, and take the responsibility for it. It counts for ten minutes and is not sent again.',
    fields: () => [reasonField(['RISK_TO_LIFE', 'CHECKED_BY_SUPERVISOR', 'LIKELY_ACCIDENTAL_CALL'])],
  },
  { may: 'resend', path: 'resend', label: 'Send again', done: 'A new link is sent; the old one is dead.' },
  { may: 'end', path: 'end', label: 'End the session', style: 'warn', done: 'The session is ended.', text: 'The link is dead at once, and the person sees that it is over.' },
  {
    may: 'share', path: 'share-view', label: 'Share the view', done: 'The view is shared.', text: 'This colleague may then watch for a while, if sharing of the view was asked for with the request.',
    fields: ({ people, person, view }) => [{ name: 'viewer', label: 'Who may watch', kind: 'choice', options: people.filter(({ objectId, roles }) => objectId !== person.objectId && roles.some(role => role.endsWith(`.${view.area}`) || role === 'GoodSam.View.FCC')).map(({ objectId, name }) => /** @type {const} */ ([objectId, name])) }],
  },
  { may: 'releaseDevice', path: 'release-device', label: 'Let another device use the link', done: 'The next device that opens the link may use it.', text: 'The link is bound to the device on which the person agreed. This lets them go on with another.' },
  {
    may: 'cancel', path: 'cancel', label: 'Cancel', style: 'warn', done: 'The request is cancelled and the link is dead.', text: 'The link is dead at once; whoever opens it reads that the request has ended.',
    fields: () => [reasonField(['NO_LONGER_NEEDED', 'WRONG_NUMBER', 'OFFICER_SENT', 'MISTAKE'])],
  },
  {
    may: 'markUnsafe', path: 'mark-unsafe', label: 'Mark unsafe', style: 'warn', done: 'The contact is marked as unsafe. No area texts this number any more.', text: 'Everything stops at once, the page goes blank, and no area texts this number until an authorised person clears it.',
    fields: () => [reasonField(['SUSPECT_PRESENT', 'SHARED_PHONE', 'CALLER_ASKED', 'CODE_WORD_SAID', 'OTHER_DANGER'])],
  },
  {
    may: 'clearUnsafe', path: 'clear-unsafe', label: 'Clear the unsafe mark', done: 'The number may be texted again.', text: 'The number is taken off the list of unsafe contacts. This request stays stopped.',
    fields: () => [reasonField(['CHECKED_IN_PERSON', 'LISTED_BY_MISTAKE', 'NUMBER_CHANGED_HANDS'])],
  },
];

/** @param {Case} shared @returns {readonly Field[]} */
function override({ view }) {
  // The view does not tell the level of risk, only why authority is needed.
  return view.authorityWhy === 'risk override' ? [{ name: 'overrideTicked', label: 'I override the rule that a visit is made', kind: 'check' }] : [];
}

/** The buttons that this person may press in this state. @param {Case} shared */
export function createActions(shared) {
  const element = h('section', { class: 'next', 'aria-labelledby': 'next-title', tabindex: -1 });
  const watch = createWatch(shared);
  let drawn = '';
  return { element, update };

  function update() {
    const open = steps.filter(({ may }) => shared.moves[may]);
    const others = whoElse(shared);
    const state = JSON.stringify([open.map(({ label }) => label), others.map(({ login }) => login), shared.moves.watch, shared.moves.outcome]);
    watch.update();
    if (state === drawn) return;
    drawn = state;
    fill(element, h('h2', { id: 'next-title' }, 'What you can do now'),
      h('div', { class: 'buttons' }, watch.start, open.map(step => button(step.label, () => void press(step), { id: `do-${step.path}-${step.also?.['decision'] ?? ''}`, ...(step.style && { class: step.style }) }))), watch.way,
      open.length === 0 && !shared.moves.watch && h('p', {}, shared.moves.outcome ? 'Record the outcome below.' : others.length > 0 ? 'It is for somebody else to go on.' : 'There is nothing for you to do.'),
      others.length > 0 && h('div', {}, h('p', { class: 'small' }, 'Who may go on here, locally at the press of a button:'), h('div', { class: 'buttons' }, others.map(actAsButton))));
  }

  /** @param {Step} step */
  async function press({ path, label, text, fields, also, done, style }) {
    const given = text === undefined ? {} : await askFor({ title: `${label}?`, text, confirm: label, isWarning: style === 'warn', fields: fields?.(shared) ?? [] });
    if (given === undefined) return;
    const body = { ...also, ...given };
    await shared.run(() => command(`${shared.path}/${path}`, Object.keys(body).length > 0 ? body : undefined), done);
  }
}

/** Sample people who may do what this person may not. @param {Case} shared */
function whoElse({ view, people, person, moves }) {
  const { state, area } = view;
  const not = (/** @type {import('./people.js').Person} */ other) => other.login !== person.login;
  if (state === 'AUTH_PENDING' && !moves.authorise) return people.filter(other => not(other) && has(other, 'Authorise', area) && other.objectId !== view.requestedBy);
  if (state === 'SAFETY_HELD' && !moves.releaseHold && ['SILENT_OR_ABANDONED_CALL', 'MISSING_PERSON_LOCATE'].includes(view.reasonCode)) return people.filter(other => not(other) && has(other, 'Authorise', 'FCC') && other.objectId !== view.requestedBy);
  const isDone = state === 'CLOSED' || moves.work;
  return isDone ? [] : people.filter(other => not(other) && other.objectId === view.requestedBy);
}
