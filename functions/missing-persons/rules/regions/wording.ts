import { fail } from '../machine/moment.ts';
import type { Failure } from '../terms.ts';
import type { AppealWord, RegionSettings } from './settings.ts';

/** Words of an appeal that 6.4 keeps out of it. Whole words, whatever the case; a hyphen is a space; singular and plural. */
function wordsFound(text: string, { publicityWords }: Pick<RegionSettings, 'publicityWords'>): AppealWord[] {
  const said = ` ${flat(text)} `;
  return publicityWords.filter(({ word }) => [flat(word), `${flat(word)}s`].some(form => said.includes(` ${form} `)));
}

/** FIELD_INVALID for each word that may not stand, and for a number that is not shown; REASON_REQUIRED for a doubtful word that nobody said a word about. */
export function wordingFailures(text: string, acceptedWhy: string | undefined, settings: Pick<RegionSettings, 'publicityWords' | 'publicityPhones'>): Failure[] {
  const found = wordsFound(text, settings);
  const doubtful = found.filter(({ isRefused }) => !isRefused);
  return [
    ...found.filter(({ isRefused }) => isRefused).map(({ word, kind }) => fail('FIELD_INVALID', '6.4 wording', `An appeal does not say "${word}" (${kind.toLowerCase().replace('_', ' ')}).`)),
    ...doubtful.length > 0 && (acceptedWhy ?? '').trim().length < 5 ? [fail('REASON_REQUIRED', '6.4 wording', `Say why these words stand: ${doubtful.map(({ word }) => word).join(', ')}.`)] : [],
    ...settings.publicityPhones.filter(number => !` ${text.replaceAll(/[^\p{L}\p{N} ]/gu, ' ')} `.includes(` ${number} `)).map(number => fail('FIELD_INVALID', '6.4 NUMBERS_SHOWN', `The text must show ${number}.`)),
  ];
}

function flat(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
