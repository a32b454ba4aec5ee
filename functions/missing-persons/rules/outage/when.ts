import { londonTime } from '../../../../shared/domain/london.ts';
import { showLondon, showLondonWithYear } from '../clock/show.ts';

/** A time on paper of this moment: with its year where that is another one. */
export function showTime(instant: string, now: string): string {
  return londonTime(instant).year === londonTime(now).year ? showLondon(instant) : showLondonWithYear(instant);
}

export function showSpan(from: string, to: string | undefined, now: string): string {
  return to === undefined || to === from ? showTime(from, now) : `${showTime(from, now)} to ${showTime(to, now)}`;
}
