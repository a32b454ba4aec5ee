import type { MissingRecord } from '../../state.ts';
import { isUnder18At } from '../clock/age.ts';
import { mayTell } from '../regions/disclosure.ts';
import { bornOf, flagsOf } from './about.ts';
import { regionsOf } from './regionSlices.ts';

/** Under 18 when found (now, while nobody was): who turned 18 while missing has an adult's right to be asked (I7). Of whom no age is known may be a child. */
export function isUnder18Now(record: Pick<MissingRecord, 'person' | 'clocks'>, { now }: { readonly now: string }): boolean {
  const born = bornOf(record);
  return born ? isUnder18At(born, record.clocks.located ?? now) : true;
}

/** Whether the place of the finding may be told to this audience (I7, P02, S14); silence tells nothing. */
export function mayTellFound(record: MissingRecord, to: Parameters<typeof mayTell>[1], moment: { readonly now: string }): boolean {
  return mayTell('FOUND', to, { disclosure: regionsOf(record).disclosure, isUnder18Now: isUnder18Now(record, moment), flags: flagsOf(record), isRestricted: false });
}
