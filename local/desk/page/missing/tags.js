import { h } from '../dom.js';
import { levelWords, states, stateWord } from './words.js';

/** @param {string} state @param {Record<string, unknown>} [more] */
export function stateTag(state, more = {}) {
  return h('span', { class: `tag tone-${states[state]?.[1] ?? 'wait'}`, ...more }, stateWord(state));
}

/** The level, and in words whether somebody has confirmed it. @param {{ level: string, isProvisional: boolean }} row */
export function levelTag({ level, isProvisional }) {
  return h('span', { class: `tag level level-${level}` }, `${levelWords[level] ?? level}${isProvisional ? ', provisional' : ''}`);
}

/** Marks in words; the colour only helps. @param {string} words @param {'bad' | 'wait' | 'good' | 'over'} tone */
export function mark(words, tone) {
  return h('span', { class: `tag tone-${tone}` }, words);
}
