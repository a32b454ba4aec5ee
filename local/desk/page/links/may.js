import { has } from './people.js';

/** @typedef {import('../../types.ts').LinkView} View @typedef {import('../../types.ts').LinkRules} Rules @typedef {import('./people.js').Person} Person */

const waiting = ['SENT', 'DELIVERED', 'UNDELIVERED', 'NO_ANSWER'];
const live = ['CONSENTED', 'IN_SESSION', 'INTERRUPTED'];

/**
 * What this person may press in this state, by the service's table of transitions and the roles of the contract. It only spares people buttons that are refused:
 * the service decides each press itself.
 * @param {View} view @param {Person} person @param {Rules} rules
 */
export function movesOf(view, person, rules) {
  const { state, area } = view;
  const may = (/** @type {string} */ verb) => has(person, verb, area);
  const can = (/** @type {string} */ on) => rules.transitions.some(row => row.on.some(one => one === on) && row.from.includes(state));
  const isMine = view.requestedBy === person.objectId;
  const isLive = live.includes(state);
  const isWaiting = waiting.includes(state);
  return {
    isMine, work: may('Request'), ...ofSafety(view, { may, can, isMine, isWaiting, person }),
    authorise: may('Authorise') && state === 'AUTH_PENDING' && !isMine,
    bookSlot: area === 'FAL' && may('Request') && ['READY', 'AUTH_PENDING', 'SAFETY_HELD'].includes(state),
    letIn: may('Request') && isWaiting && view.joined,
    resend: may('Request') && can('resend'),
    cancel: (may('Request') || may('Authorise')) && can('cancel'),
    end: (may('Request') || may('View')) && isLive,
    releaseDevice: may('Request') && (isLive || state === 'OPENED'),
    watch: (isMine || may('View')) && (isLive || state === 'OPENED'),
    share: area === 'FCC' && (may('Request') || may('View')) && (isLive || isWaiting || state === 'OPENED'),
    chat: may('Request') && isLive, outcome: may('Request') && can('outcomeRecorded'),
    forms: may('Request') && state !== 'CLOSED', places: may('Request') || may('View'), evidence: may('Request') || may('View') || may('Evidence'), keep: may('Evidence'),
    audit: may('Authorise') || person.roles.includes('GoodSam.Audit'),
  };
}
/** @typedef {ReturnType<typeof movesOf>} Moves */

/** @param {View} view @param {{ may: (verb: string) => boolean, can: (on: string) => boolean, isMine: boolean, isWaiting: boolean, person: Person }} about */
function ofSafety({ state, neutral, reasonCode, safety, declineReason }, { may, can, isMine, isWaiting, person }) {
  const isListed = safety === 'UNSAFE' || ['BLOCKED_UNSAFE', 'ABORTED_SAFETY'].includes(state) || declineReason === 'NOT_SAFE';
  return {
    // Where contact is a matter of safety, each sending asks again (goodsam.md 4.4).
    confirmSafe: may('Request') && (state === 'SAFETY_HELD' || (neutral && (isWaiting || state === 'AUTH_PENDING'))),
    markUnsafe: (may('Request') || may('Authorise')) && can('markUnsafe'),
    clearUnsafe: isListed && !isMine && (has(person, 'Authorise', 'DA') || has(person, 'Authorise', 'FCC')),
    releaseHold: state === 'SAFETY_HELD' && !isMine && may('Authorise') && has(person, 'Authorise', 'FCC') && ['SILENT_OR_ABANDONED_CALL', 'MISSING_PERSON_LOCATE'].includes(reasonCode),
  };
}
