import type { FlagCode } from '../terms.ts';

/** A flag of the case (3.6). `isBlocking`: VERY_LOW and LOW cannot be chosen without an inspector's override. `isDerived`: set by the system from facts; nobody sets or clears it. */
export interface FlagRow {
  readonly code: FlagCode;
  readonly text: string;
  readonly isBlocking: boolean;
  readonly isDerived: boolean;
  readonly source: string;
}

const blocking = (code: FlagCode, text: string, source = 'DK'): FlagRow => ({ code, text, isBlocking: true, isDerived: false, source });
const plain = (code: FlagCode, text: string, source = 'DK'): FlagRow => ({ code, text, isBlocking: false, isDerived: false, source });

export const flags: readonly FlagRow[] = [
  blocking('CSE', 'Child sexual exploitation, or sexual exploitation', 'S16,DK'),
  blocking('CCE', 'Criminal exploitation', 'S16,DK'),
  blocking('COUNTY_LINES', 'County lines', 'S16,DK'),
  blocking('TRAFFICKING_NRM', 'Trafficking; National Referral Mechanism', 'S16,DK'),
  blocking('HBA_FM', 'Honour-based abuse or forced marriage'),
  blocking('FGM', 'Female genital mutilation'),
  blocking('SUICIDE', 'Suicide or self-harm'),
  plain('DEMENTIA', 'Dementia'),
  blocking('MH_DETAINED', 'Detained under the Mental Health Act'),
  blocking('LAC', 'Looked-after child'),
  blocking('CP_PLAN', 'Child protection plan'),
  blocking('UASC', 'Unaccompanied asylum-seeking child'),
  plain('MAPPA', 'Managed under MAPPA'),
  plain('WANTED', 'Wanted'),
  blocking('DANGEROUS', 'Assessed dangerous to others'),
  plain('DOMESTIC_ABUSE', 'Domestic abuse'),
  plain('POLICE_FAMILY', 'Police officer, staff or a relative'),
  plain('SEALED_IDENTITY', 'Sealed identity'),
  plain('MEDIA_RISK_WARNING', 'Publicity may raise the risk'),
  plain('NO_PUBLICITY', 'No publicity'),
  plain('NO_DISCLOSURE_LOCATION', 'Do not disclose the location'),
  plain('TERRORISM', 'Terrorism (Prevent)'),
  { code: 'REPEAT', text: 'Repeat missing person', isBlocking: false, isDerived: true, source: 'S42,CFG' },
  plain('TEXTSAFE_OPTOUT', 'Does not want TextSafe messages'),
  plain('SUSPICIOUS', 'Suspicious disappearance or crime suspected', 'DES'),
  plain('ABROAD', 'May be abroad', 'DES'),
];

/** Of these flags, the ones that block VERY_LOW and LOW. */
export function blockingOf(codes: Iterable<FlagCode>): FlagCode[] {
  const given = new Set(codes);
  return flags.filter(row => row.isBlocking && given.has(row.code)).map(row => row.code);
}
