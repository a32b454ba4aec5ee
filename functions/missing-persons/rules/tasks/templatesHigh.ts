import { rows, type Template } from './template.ts';

/** Section 4.2: what HIGH adds, from the instant at which HIGH took effect, provisional or confirmed (15.1 items 1 and 2). */
const missing = { stages: ['MISSING'] } as const;
const child = { stages: ['MISSING'], isUnder18: true } as const;
const golden = { goldenHour: true } as const;

export const high: readonly Template[] = rows({ anchor: 'T_RISK', when: missing, chain: 'SUPT' }, [
  { id: 'H01', title: 'Page the duty inspector, the force incident manager and the superintendent: all three answer', owners: ['SYSTEM'], windows: { HIGH: '0m' }, mandatory: true, ...golden, evidence: 'PAGES_ANSWERED', chain: 'PAGE', source: 'DK,CFG' },
  { id: 'H02', title: 'Appoint the investigating officer and consider a senior investigating officer', owners: ['INSP'], windows: { HIGH: '30m' }, mandatory: true, ...golden, evidence: 'NAMED_PERSON', source: 'S13,DK,CFG' },
  { id: 'H03', title: 'Deploy officers', owners: ['FIM'], windows: { HIGH: '5m' }, mandatory: true, ...golden, evidence: 'DEPLOYMENT', source: 'S13,DK,CFG' },
  { id: 'H04', title: 'Contact a police search adviser and agree the search strategy', owners: ['INSP'], windows: { HIGH: '60m' }, mandatory: true, ...golden, evidence: 'SEARCH_STRATEGY', source: 'DK,CFG' },
  { id: 'H05', title: 'Decide on communications data and its grade; by word of mouth if urgent', owners: ['INSP'], windows: { HIGH: '30m' }, mandatory: true, ...golden, evidence: 'CD_DECISION', source: 'S47,DK,CFG' },
  { id: 'H06', title: 'Ask for air support, drone, dogs, mountain or lowland rescue, or say why not', owners: ['POLSA'], windows: { HIGH: '60m' }, stopOnLocated: true, evidence: 'REQUEST', chain: 'INSP', source: 'DK,CFG' },
  { id: 'H07', title: 'Decide the media strategy', owners: ['MEDIA', 'DI_SIO'], windows: { HIGH: '2h' }, mandatory: true, evidence: 'MEDIA_STRATEGY', source: 'S13,DK,CFG' },
  { id: 'H08', title: 'Decide on family support and a family liaison officer', owners: ['INSP'], windows: { HIGH: '2h' }, mandatory: true, evidence: 'NAMED_OR_WHY_NOT', source: 'S13,S50,DK,CFG' },
  {
    id: 'H09', title: 'Notify the UK Missing Persons Unit', owners: ['OIC'], windows: { HIGH: '24h' }, hardDue: { anchor: 'T_REPORTED', within: '72h' }, mandatory: true, stopOnLocated: true,
    evidence: 'AGENCY_TOLD', chain: 'INSP_THEN_SUPT', duty: 'UKMPU', source: 'S96~,S12,CFG',
  },
  { id: 'H10', title: "Tell children's services now (the emergency duty team out of hours)", owners: ['OIC'], windows: { HIGH: '30m' }, mandatory: true, ...golden, when: child, evidence: 'AGENCY_TOLD', chain: 'INSP', duty: 'CHILDRENS_SERVICES', source: 'S8,DK,CFG' },
  { id: 'H11', title: 'Decide whether to ask for a Child Rescue Alert, and why', owners: ['INSP'], windows: { HIGH: '30m' }, ...golden, when: child, evidence: 'DECISION', source: 'S59,S44,DK,CFG' },
  { id: 'H12', title: 'Consider a gold group or declaring a critical incident', owners: ['SUPT'], windows: { HIGH: '4h' }, evidence: 'DECISION', source: 'DK,CFG' },
  { id: 'H13', title: 'Secure DNA, fingerprints and dental records; keep the room and toothbrush as they are', owners: ['ATTENDING'], windows: { HIGH: '12h' }, evidence: 'HOLDINGS', chain: 'DEFAULT', source: 'S50,DK,CFG' },
  { id: 'H14', title: 'Check known suicide places and open water', owners: ['OIC'], windows: { HIGH: '60m' }, ...golden, evidence: 'CHECKLIST', checklist: ['SUICIDE_PLACES', 'WATER'], chain: 'INSP', source: 'DK,CFG' },
  { id: 'H15', title: 'Record at least two hypotheses', owners: ['DI_SIO'], windows: { HIGH: '4h' }, evidence: 'HYPOTHESES', source: 'S7,DK,CFG' },
]);
