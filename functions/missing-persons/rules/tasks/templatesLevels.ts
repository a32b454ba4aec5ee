import { rows, type Template } from './template.ts';

/** Section 4.3 with V04 (15.1 item 17): what MEDIUM, LOW and VERY_LOW add. */
const missing = { stages: ['MISSING'] } as const;
const child = { stages: ['MISSING'], isUnder18: true } as const;
/** Due 60 h after the report, warned of at 48 h, never later than 72 h [S12]. */
const ukmpu = { hardDue: { anchor: 'T_REPORTED', within: '72h' }, mandatory: true, stopOnLocated: true, evidence: 'AGENCY_TOLD', chain: 'UKMPU', duty: 'UKMPU' } as const;
const childrensServices = { mandatory: true, when: child, evidence: 'AGENCY_TOLD', duty: 'CHILDRENS_SERVICES' } as const;
const title = { ukmpu: 'Notify the UK Missing Persons Unit', children: "Tell children's services" } as const;

export const levelTasks: readonly Template[] = rows({ anchor: 'T_REPORTED', when: missing }, [
  { id: 'M01', title: 'Visit the informant in person', owners: ['ATTENDING'], windows: { MEDIUM: '4h' }, mandatory: true, evidence: 'VISIT', source: 'DK,CFG' },
  { id: 'M02', title: title.children, owners: ['OIC'], anchor: 'T_RISK', windows: { MEDIUM: '4h' }, ...childrensServices, source: 'S8,DK,CFG' },
  { id: 'M03', title: 'Check the addresses of associates and places the person frequents', owners: ['OIC'], windows: { MEDIUM: '8h' }, stopOnLocated: true, source: 'DK,CFG' },
  { id: 'M04', title: 'Decide on a TextSafe message', owners: ['OIC'], windows: { MEDIUM: '8h' }, stopOnLocated: true, evidence: 'DECISION', source: 'S51,DK,CFG' },
  { id: 'M05', title: title.ukmpu, owners: ['OIC'], windows: { MEDIUM: '60h' }, ...ukmpu, source: 'S12,CFG' },
  { id: 'M06', title: 'Appeal to officers, taxis and rail first, then to the public', owners: ['MEDIA'], windows: { MEDIUM: '12h' }, stopOnLocated: true, evidence: 'DECISION', source: 'DK,CFG' },
  { id: 'L01', title: 'Try to reach the person by phone and visit the informant', owners: ['OIC'], windows: { LOW: '12h' }, mandatory: true, source: 'DK,CFG' },
  { id: 'L02', title: title.children, owners: ['OIC'], windows: { LOW: '24h' }, ...childrensServices, source: 'S8,DK,CFG' },
  { id: 'L03', title: title.ukmpu, owners: ['OIC'], windows: { LOW: '60h' }, ...ukmpu, source: 'S12,CFG' },
  { id: 'V01', title: 'Agree an action plan with the informant in writing', owners: ['CALL_HANDLER'], windows: { VERY_LOW: '60m' }, mandatory: true, evidence: 'WRITTEN_PLAN', source: 'DK,CFG' },
  { id: 'V02', title: 'Reassess the risk at the agreed time', owners: ['SGT'], windows: { VERY_LOW: '6h' }, mandatory: true, evidence: 'REASSESSMENT', agreed: 'WITHIN_WINDOW', recurrence: { from: 'DONE' }, source: 'DK,CFG' },
  { id: 'V03', title: 'Raise to LOW by itself when the reassessment is missed', owners: ['SYSTEM'], windows: { VERY_LOW: '60m' }, mandatory: true, neverOpens: 'a timer of V02: see raiseToLowAt in rules/tasks/level.ts', source: 'DES' },
  { id: 'V04', title: title.ukmpu, owners: ['OIC'], windows: { VERY_LOW: '60h' }, ...ukmpu, source: 'S12,DES,CFG' },
]);
