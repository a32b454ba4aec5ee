/* global location */
import { command, read } from '../api.js';
import { h } from '../dom.js';
import { chosen, everybody } from '../links/people.js';
import { attempt, say } from '../say.js';
import { createFields } from './schemaForm.js';

/** @typedef {import('../../types.ts').MissingRules} Rules */

/** A form to enter a call, or for a care provider the form about one of its residents. Nothing that is not known holds it up. */
export async function reportView() {
  const [people, rules] = await Promise.all([everybody(), /** @type {Promise<Rules>} */ (read('/missing-rules'))]);
  const person = chosen(people);
  const may = (/** @type {{ who: readonly string[] }} */ { who }) => who.some(role => person.roles.includes(role));
  const isCare = !may(rules.report) && may(rules.careReport);
  if (!isCare && !may(rules.report)) return { title: 'Enter a report', content: h('div', {}, h('h1', {}, 'Enter a report'), h('p', { class: 'empty' }, `${person.name} does not take reports. A call handler or the force incident manager does.`), h('p', {}, h('a', { href: '#/missing' }, 'The board'))) };
  const { elements, read: readForm } = createFields(isCare ? rules.careReport.form : rules.report.form, isCare ? { isPlain: true } : { isPlain: true, initial: { callStartedAt: new Date(), channel: 'PHONE_101' }, words: channels });
  const form = h('form', { class: 'two', novalidate: true, onsubmit: send }, elements, h('div', { class: 'buttons' }, h('button', { class: 'main' }, isCare ? 'Send the report' : 'Enter the report')));
  const title = isCare ? 'Report a missing resident' : 'Enter a report of a missing person';
  return {
    title, content: h('div', {}, h('nav', { 'aria-label': 'Where you are' }, h('a', { href: '#/missing' }, 'Missing persons: the board')), h('h1', {}, title),
      h('p', { class: 'notice' }, isCare ? 'In danger? Call 999 first. What you do not know, leave empty.' : 'What is not known is left empty. Needed are: a name or a description, where last seen, when (or that it is not known), and how to reach the informant.'), form),
  };

  /** @param {SubmitEvent} event */
  function send(event) {
    event.preventDefault();
    void attempt(async () => {
      const made = /** @type {{ recordId?: string }} */ (await command(isCare ? '/api/missing-care-reports' : '/api/missing-persons', readForm()));
      location.hash = isCare ? '#/missing' : `#/missing/case/${made.recordId ?? ''}`;
      say(isCare ? 'The report is with the police.' : 'The report is entered.');
    });
  }
}

/** @type {Record<string, string>} */
const channels = { PHONE_999: '999', PHONE_101: '101', FRONT_DESK: 'Front desk', OFFICER: 'An officer', OTHER_AGENCY: 'Another agency' };
