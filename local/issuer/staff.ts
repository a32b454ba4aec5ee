/** Plainly fictional staff. Object ids and tenants are constants, so that seed data and tests can name them. */
export interface StaffMember {
  readonly login: string;
  readonly name: string;
  readonly objectId: string;
  readonly tenantId: string;
  readonly roles: readonly string[];
  readonly about: string;
}

export const homeTenant = '11111111-1111-4111-8111-111111111111';
export const otherTenant = '99999999-9999-4999-8999-999999999999';

export const staff: readonly StaffMember[] = [
  {
    login: 'sam.caseworker', name: 'Sam Caseworker', objectId: '00000000-0000-4000-8000-000000000001', tenantId: homeTenant,
    roles: ['Redaction.Caseworker'], about: 'Prepares documents for release',
  },
  {
    login: 'rita.reviewer', name: 'Rita Reviewer', objectId: '00000000-0000-4000-8000-000000000002', tenantId: homeTenant,
    roles: ['Redaction.Reviewer'], about: 'Reviews redactions',
  },
  {
    login: 'ravi.reviewer', name: 'Ravi Reviewer', objectId: '00000000-0000-4000-8000-000000000003', tenantId: homeTenant,
    roles: ['Redaction.Reviewer', 'Redaction.Caseworker'], about: 'Reviews, and prepares documents as well',
  },
  {
    login: 'ada.administrator', name: 'Ada Administrator', objectId: '00000000-0000-4000-8000-000000000004', tenantId: homeTenant,
    roles: ['Redaction.Administrator'], about: 'Keeps the redaction settings',
  },
  {
    login: 'audrey.auditor', name: 'Audrey Auditor', objectId: '00000000-0000-4000-8000-000000000005', tenantId: homeTenant,
    roles: ['Audit.Reader'], about: 'Reads the audit, and nothing else',
  },
  {
    login: 'olive.outsider', name: 'Olive Outsider', objectId: '00000000-0000-4000-8000-000000000006', tenantId: homeTenant,
    roles: [], about: 'Works here and has no role in this app',
  },
  {
    login: 'nils.neighbour', name: 'Nils Neighbour', objectId: '00000000-0000-4000-8000-000000000007', tenantId: otherTenant,
    roles: ['Redaction.Caseworker'], about: 'Has the role in another force: must be refused',
  },
];

/** The sample person of this login; throws for an unknown one. */
export function staffMember(login: string): StaffMember {
  const found = staff.find(member => member.login === login);
  if (!found) throw new RangeError(`no sample person has the login ${login}`);
  return found;
}
