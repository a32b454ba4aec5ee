import type { Likeness } from './matchKeys.ts';
import type { Person } from './person.ts';
import { known } from './unknown.ts';

/** What is compared of a person. `informantPhones` are those of the report; the placement of the person's own record unless another is given. */
export function likenessOf(person: Person, report: { readonly informantPhones?: readonly string[]; readonly placement?: string } = {}): Likeness {
  const devices = person.devices ?? [];
  return {
    names: person.names, dob: known(person.dob), phones: devices.flatMap(({ msisdn }) => msisdn ?? []), imeis: devices.flatMap(({ imei }) => imei ?? []),
    informantPhones: report.informantPhones, placement: report.placement ?? person.care?.placementProviderId ?? person.care?.placedAt, nhsNo: person.identifiers?.nhsNo, pncId: person.identifiers?.pncId,
  };
}
