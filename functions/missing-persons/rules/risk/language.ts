import type { RiskSettings } from './settings.ts';

/**
 * Words of a text that blame the victim (3.3) [S16~][S78]: a warning that is recorded and never blocks. Whole words, whatever the case, with or without hyphen, singular or
 * plural; "unusual" is not "usual". `isChild`: is, or may be, under 18.
 */
export function languageCheck(text: string, isChild: boolean, { languageWords }: Pick<RiskSettings, 'languageWords'>): string[] {
  const said = ` ${flat(text)} `;
  return languageWords.filter(({ word, childOnly }) => (isChild || !childOnly) && [flat(word), `${flat(word)}s`].some(form => said.includes(` ${form} `))).map(({ word }) => word);
}

function flat(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** Words of which a rationale may consist that says nothing but that time has gone by (C4). */
const timeWords = new Set(
  `time times the a an and or of so it is has have had been was be now since passed passing past gone by elapsed on in at for to after over long longer some much enough lot hour hours minute minutes day days night
  morning week weeks still nothing no none news heard further new more else happened came with without any updates update changed change this that he she they them person case due because therefore as reduce reduced lower
  lowered risk level medium low very high from alone only several few many there all yet one two three four five six eight ten twelve twenty first report reported`.split(/\s+/),
);

/** Whether a rationale gives no reason but the passing of time. A machine's rough look: the second person reads it (C4). */
export function saysOnlyTimePassed(rationale: string): boolean {
  const words = flat(rationale).split(' ').filter(word => word.length > 0 && !/^\d+$/.test(word));
  return words.some(word => /^(?:time|passed|elapsed|hours?|days?|gone)$/.test(word)) && words.every(word => timeWords.has(word));
}
