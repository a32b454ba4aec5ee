/* global document, Event, HTMLSelectElement */
import { actingAs, read } from '../api.js';
import { button } from '../dom.js';

/** @typedef {import('../../types.ts').Person} Person @typedef {import('../../types.ts').Area} Area */

/** @type {Promise<readonly Person[]> | undefined} */
let known;

/** The sample people. @returns {Promise<readonly Person[]>} */
export function everybody() {
  known ??= read('/people').then(({ people }) => people);
  return known;
}

/** Who is chosen at the top of the page. @param {readonly Person[]} people @returns {Person} */
export function chosen(people) {
  const found = people.find(({ login }) => login === actingAs());
  if (!found) throw new Error('Choose a person at the top of the page.');
  return found;
}

/** @param {Person} person @param {string} verb @param {string} area */
export function has(person, verb, area) {
  return person.roles.includes(`GoodSam.${verb}.${area}`);
}

/** The areas in which this person has any role, in the order of the list of areas. @param {Person} person @param {readonly string[]} areas */
export function areasOf(person, areas) {
  return areas.filter(area => person.roles.some(role => role.startsWith('GoodSam.') && role.endsWith(`.${area}`)));
}

/** A way to become somebody else without looking for them in the list. @param {Person} person */
export function actAsButton({ login, name }) {
  return button(`Act as ${name}`, () => {
    const select = document.getElementById('person');
    if (!(select instanceof HTMLSelectElement)) return;
    select.value = login;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, { id: `act-as-${login.replace('.', '-')}` });
}
