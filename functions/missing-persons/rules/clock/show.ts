import { londonShort, londonTime } from '../../../../shared/domain/london.ts';

/** `Sun 29 Mar 02:30 BST`: the only form in which an officer reads a time, for the label tells the two 01:30 of October apart (S07, S08). */
export function showLondon(instant: string): string {
  return `${londonShort(instant)} ${zoneLabel(instant)}`;
}

/** `Sun 29 Mar 2026 02:30 BST`, for what lies in another year: ladder reviews, past episodes, guardianship. */
export function showLondonWithYear(instant: string): string {
  return showLondon(instant).replace(/(?= \d\d:\d\d )/, ` ${londonTime(instant).year}`);
}

/** Which of London's two times the clock shows. */
export function zoneLabel(instant: string): 'BST' | 'GMT' {
  return londonTime(instant).hour === new Date(instant).getUTCHours() ? 'GMT' : 'BST';
}
