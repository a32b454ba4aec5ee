import { h } from './dom.js';
import { localAddress, showList, time } from './lists.js';

/** @typedef {{ id: string, service: string, kind: string, to: string, text: string, subject?: string, reference: string | null, at: string, status: string }} Message */
/** @typedef {{ to: string, activityType: string, text: string, link: string, at: string }} Alert */

/** @param {readonly Message[]} messages @param {string} to */
export function showMessages(messages, to) {
  showList('messages', messages.filter(message => to === '' || message.to === to).map(message => ({
    id: message.id, at: message.at, fingerprint: JSON.stringify(message), draw: () => drawMessage(message),
  })), to === '' ? 'No text or e-mail has been sent yet. Create a live link, and its text appears here.' : 'Nothing has been sent to this person.');
}

/** @param {Message} message */
function drawMessage({ service, kind, to, text, subject, reference, at, status }) {
  return h('article', { class: 'item' },
    h('header', {}, h('h2', {}, `${kind === 'email' ? 'E-mail' : 'Text'} to ${to}`), h('span', { class: 'tag' }, status), time(at), h('p', { class: 'small' }, `Sent by the ${service} service${reference === null ? '' : `, reference ${reference}`}`)),
    subject !== undefined && subject !== '' && h('p', { class: 'subject' }, subject), h('p', { class: 'said' }, linked(text)));
}

/** @param {readonly Alert[]} alerts @param {string} to @param {(objectId: string) => string} nameOf */
export function showAlerts(alerts, to, nameOf) {
  showList('alerts', alerts.filter(alert => to === '' || alert.to === to).map((alert, index) => ({
    id: `${alert.at} ${alert.to} ${alerts.length - index}`, at: alert.at, fingerprint: JSON.stringify(alert), draw: () => drawAlert(alert, nameOf),
  })), to === '' ? 'No alert has been sent yet.' : 'Nothing has been sent to this person.');
}

/** @param {Alert} alert @param {(objectId: string) => string} nameOf */
function drawAlert({ to, activityType, text, link, at }, nameOf) {
  return h('article', { class: 'item' },
    h('header', {}, h('h2', {}, `Alert for ${nameOf(to)}`), h('span', { class: 'tag' }, activityType), time(at)), h('p', { class: 'said' }, text, ' ', outward(localAddress(link), 'Open in Teams')));
}

/** Text stays text; only addresses in it become links. @param {string} text */
function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/).map((part, index) => (index % 2 === 1 ? outward(part, part) : part));
}

/** @param {string} href @param {string} label */
function outward(href, label) {
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, label);
}
