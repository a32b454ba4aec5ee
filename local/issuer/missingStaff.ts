import type { StaffMember } from './staff.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
type Line = readonly [number: number, login: string, name: string, role: string, about: string];
const person = ([number, login, name, role, about]: Line): StaffMember => ({ login, name, objectId: `00000000-0000-4000-8000-0000000000${number}`, tenantId, roles: [`Missing.${role}`], about });

/** Plainly fictional people of the missing persons workflow, partners included: they are guests of the force's tenant. */
export const missingStaff: readonly StaffMember[] = [
  person([31, 'cora.callhandler', 'Cora Callhandler', 'CALL_HANDLER', 'Takes reports of missing persons']),
  person([33, 'abby.attending', 'Abby Attending', 'ATTENDING', 'Goes there, searches, sees the person']),
  person([34, 'oscar.officer', 'Oscar Officer', 'OIC', 'Officer in the case']),
  person([35, 'sita.sergeant', 'Sita Sergeant', 'SGT', 'Confirms levels up to medium, reviews']),
  person([36, 'ivan.inspector', 'Ivan Inspector', 'INSP', 'Confirms high, approves lower levels, closes']),
  person([37, 'ida.inspector', 'Ida Inspector', 'INSP', 'A second inspector']),
  person([38, 'dora.detective', 'Dora Detective', 'DI_SIO', 'Leads what is high-risk or suspicious']),
  person([39, 'suki.superintendent', 'Suki Superintendent', 'SUPT', 'Oversees high risk, approves a reduction from high']),
  person([40, 'mo.coordinator', 'Mo Coordinator', 'MFH_COORD', 'Missing persons coordinator']),
  person([41, 'meg.media', 'Meg Media', 'MEDIA', 'Publishes and withdraws appeals']),
  person([42, 'pat.bureau', 'Pat Bureau', 'PNC_BUREAU', 'Circulates and cancels on PNC']),
  person([43, 'cyd.comms', 'Cyd Comms', 'CD_SPOC', 'Single point of contact for communications data']),
  person([44, 'carrie.carer', 'Carrie Carer', 'CARE_PROVIDER', 'Works at Sample House: reports its residents and sees nothing else']),
  person([45, 'lara.council', 'Lara Council', 'LA_PARTNER', 'Children\'s services of Cheshire East: its own children only']),
  person([46, 'paul.psd', 'Paul Standards', 'AUDITOR', 'Reads the audit of missing persons']),
  person([48, 'rita.records', 'Rita Records', 'RECORDS', 'Records management: imports, proposes deletions, sets a legal hold']),
  person([49, 'dan.protection', 'Dan Protection', 'DPO', 'Data protection officer: approves deletions']),
  person([50, 'pol.adviser', 'Pol Adviser', 'POLSA', 'Advises on searches']),
  person([51, 'flo.liaison', 'Flo Liaison', 'FLO', 'Speaks with the family']),
  person([47, 'other.carer', 'Otis Othercarer', 'CARE_PROVIDER', 'Works at another home: must see nothing of Sample House']),
];

/** What `MISSING_PERSONS` holds on this machine: who the partners are. */
const missingSample = {
  organisations: [
    { organisationId: 'org-sample-house', kind: 'CARE_PROVIDER', name: 'Sample House', areas: [], providerIds: ['org-sample-house'], members: ['00000000-0000-4000-8000-000000000044'], addresses: [] },
    { organisationId: 'org-other-house', kind: 'CARE_PROVIDER', name: 'Other House', areas: [], providerIds: ['org-other-house'], members: ['00000000-0000-4000-8000-000000000047'], addresses: [] },
    { organisationId: 'org-cheshire-east', kind: 'LA', name: 'Cheshire East', areas: ['Cheshire East'], providerIds: [], members: ['00000000-0000-4000-8000-000000000045'], addresses: [] },
  ],
} as const;

/** Switches missing persons on, with those partners. */
export const missingEnvironment: Readonly<Record<string, string>> = { MISSING_PERSONS: JSON.stringify(missingSample) };
