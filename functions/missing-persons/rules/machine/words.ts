import type { Role } from '../terms.ts';

/** Codes as an officer reads them in a refusal. */
const roleWords: Readonly<Record<Role | 'ATTACHED' | 'PARTNER', string>> = {
  ATTACHED: 'anyone attached to the case', PARTNER: 'a partner', CALL_HANDLER: 'a call handler', FIM: 'the force incident manager', ATTENDING: 'the attending officer', OIC: 'the officer in the case', SGT: 'a sergeant', INSP: 'an inspector',
  DI_SIO: 'the senior investigator', SUPT: 'a superintendent', MFH_COORD: 'the missing persons coordinator', POLSA: 'the search adviser', FLO: 'the family liaison officer', MEDIA: 'the media office', PNC_BUREAU: 'the PNC bureau',
  CD_SPOC: 'the single point of contact for communications data', LA_PARTNER: 'the council', CARE_PROVIDER: 'the care provider', AUDITOR: 'an auditor', CONFIG_ADMIN: 'a configuration administrator', RECORDS: 'records management',
  DPO: 'the data protection officer', SYSTEM: 'the service',
};

/** `OPEN_UNCONFIRMED` as `open unconfirmed`. */
export function stateInWords(state: string): string {
  return state.toLowerCase().replaceAll('_', ' ');
}

/** Who may do it, in a sentence. */
export function doneBy(who: readonly (Role | 'ATTACHED' | 'PARTNER')[]): string {
  return `This is done by ${who.map(name => roleWords[name]).join(', ')}.`;
}

/** Why a command does not fit the state, and in which states it does. */
export function notWhile(from: string, possible: readonly string[]): string {
  const states = [...new Set(possible)].map(stateInWords);
  return `This is not possible while it is ${stateInWords(from)}${states.length === 0 ? '' : `; it is possible while it is ${states.join(' or ')}`}.`;
}
