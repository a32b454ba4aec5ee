import { missingStaff } from './missingStaff.ts';

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
  {
    login: 'carl.controller', name: 'Carl Controller', objectId: '00000000-0000-4000-8000-000000000011', tenantId: homeTenant,
    roles: ['GoodSam.Request.FCC', 'GoodSam.View.FCC', 'GoodSam.Evidence.FCC'], about: 'Control room: asks callers for live links',
  },
  {
    login: 'fay.manager', name: 'Fay Manager', objectId: '00000000-0000-4000-8000-000000000012', tenantId: homeTenant,
    roles: ['GoodSam.Request.FCC', 'GoodSam.View.FCC', 'GoodSam.Authorise.FCC', 'Missing.FIM'], about: 'Force incident manager: releases holds, decides for the control room, owns missing persons out of hours',
  },
  {
    login: 'finn.enquiry', name: 'Finn Enquiry', objectId: '00000000-0000-4000-8000-000000000013', tenantId: homeTenant,
    roles: ['GoodSam.Request.FAL', 'GoodSam.View.FAL', 'GoodSam.Evidence.FAL'], about: 'Firearms enquiry officer',
  },
  {
    login: 'lena.licensing', name: 'Lena Licensing', objectId: '00000000-0000-4000-8000-000000000014', tenantId: homeTenant,
    roles: ['GoodSam.Authorise.FAL', 'GoodSam.View.FAL'], about: 'Licensing supervisor',
  },
  {
    login: 'dora.domestic', name: 'Dora Domestic', objectId: '00000000-0000-4000-8000-000000000015', tenantId: homeTenant,
    roles: ['GoodSam.Request.DA', 'GoodSam.View.DA', 'GoodSam.Evidence.DA'], about: 'Rapid video response officer',
  },
  {
    login: 'dan.sergeant', name: 'Dan Sergeant', objectId: '00000000-0000-4000-8000-000000000016', tenantId: homeTenant,
    roles: ['GoodSam.Authorise.DA', 'GoodSam.View.DA', 'GoodSam.Authorise.SOM', 'GoodSam.View.SOM'], about: 'Detective sergeant: decides for domestic abuse and offender management',
  },
  {
    login: 'mona.offender', name: 'Mona Offender-Manager', objectId: '00000000-0000-4000-8000-000000000017', tenantId: homeTenant,
    roles: ['GoodSam.Request.SOM', 'GoodSam.View.SOM', 'GoodSam.Evidence.SOM'], about: 'Manages registered offenders',
  },
  {
    login: 'chris.scene', name: 'Chris Scene', objectId: '00000000-0000-4000-8000-000000000018', tenantId: homeTenant,
    roles: ['GoodSam.Request.FOR', 'GoodSam.View.FOR', 'GoodSam.Evidence.FOR'], about: 'Crime scene investigator',
  },
  {
    login: 'lou.lead', name: 'Lou Lead', objectId: '00000000-0000-4000-8000-000000000019', tenantId: homeTenant,
    roles: ['GoodSam.Authorise.FOR', 'GoodSam.View.FOR'], about: 'Forensic lead',
  },
  {
    login: 'vic.video', name: 'Vic Video', objectId: '00000000-0000-4000-8000-000000000020', tenantId: homeTenant,
    roles: ['GoodSam.Request.CCTV', 'GoodSam.View.CCTV', 'GoodSam.Evidence.CCTV'], about: 'CCTV team: asks owners for footage',
  },
  {
    login: 'sara.sergeant', name: 'Sara Sergeant', objectId: '00000000-0000-4000-8000-000000000021', tenantId: homeTenant,
    roles: ['GoodSam.Authorise.CCTV', 'GoodSam.View.CCTV'], about: 'CCTV sergeant',
  },
  {
    login: 'otto.organised', name: 'Otto Organised', objectId: '00000000-0000-4000-8000-000000000022', tenantId: homeTenant,
    roles: ['GoodSam.Request.SOCU', 'GoodSam.View.SOCU', 'GoodSam.Evidence.SOCU'], about: 'Serious and organised crime, named users only',
  },
  {
    login: 'dee.inspector', name: 'Dee Inspector', objectId: '00000000-0000-4000-8000-000000000023', tenantId: homeTenant,
    roles: ['GoodSam.Authorise.SOCU', 'GoodSam.View.SOCU'], about: 'Detective inspector',
  },
  {
    login: 'una.unnamed', name: 'Una Unnamed', objectId: '00000000-0000-4000-8000-000000000024', tenantId: homeTenant,
    roles: ['GoodSam.Request.SOCU', 'GoodSam.View.SOCU', 'GoodSam.Evidence.SOCU'], about: 'In the same unit, and named in no request',
  },
  {
    login: 'gus.auditor', name: 'Gus Auditor', objectId: '00000000-0000-4000-8000-000000000025', tenantId: homeTenant,
    roles: ['GoodSam.Audit'], about: 'Reads the audit of live links, no media',
  },
  ...missingStaff,
];

/** The sample person of this login; throws for an unknown one. */
export function staffMember(login: string): StaffMember {
  const found = staff.find(member => member.login === login);
  if (!found) throw new RangeError(`no sample person has the login ${login}`);
  return found;
}
