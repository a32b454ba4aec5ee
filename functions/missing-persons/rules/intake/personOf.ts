import type { Likeness } from '../person/matchKeys.ts';
import type { Person } from '../person/person.ts';
import type { Intake } from './report.ts';

/** The provisional person of a report: what it says, and no more. Nothing of it was checked by an officer yet. */
export function personOf(intake: Intake): Person {
  const { names, dob, description, missingPhone, clothing, homeAddress, care } = intake;
  return {
    names, ...(names.length === 0 && { isUnidentified: true }), ...(dob && { dob, dobEstimated: dob.by !== 'DATE' }), ...(description !== undefined && { description: { general: description } }), ...(clothing !== undefined && { clothing }),
    ...(missingPhone !== undefined && { devices: [{ msisdn: missingPhone }] }), ...(homeAddress !== undefined && { homeAddress }),
    ...(care && { care: { placementProviderId: care.organisationId, ...(care.placementName !== undefined && { placedAt: care.placementName }), ...(care.laResponsible !== undefined && { laResponsible: care.laResponsible }) } }),
  };
}

/** What the duplicate search of R2 compares. */
export function likenessOfReport({ names, dob, missingPhone, informant, call, care }: Intake): Likeness {
  const informantPhones = [informant.phone, call?.callbackNumber].filter(phone => phone !== undefined);
  return { names, dob, informantPhones, phones: missingPhone === undefined ? [] : [missingPhone], placement: care?.organisationId };
}
