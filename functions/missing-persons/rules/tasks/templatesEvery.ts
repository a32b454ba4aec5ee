import { all, rows, type Template } from './template.ts';

/** Section 4.1: every case, from its first minute at the provisional level. Times run from T_REPORTED where the row names nothing else (15.1 item 2). */
const missing = { stages: ['MISSING'] } as const;
const golden = { goldenHour: true } as const;

export const everyCase: readonly Template[] = rows({ anchor: 'T_REPORTED', when: missing }, [
  {
    id: 'A01', title: 'Acknowledge that you own this case', owners: ['OWNER'], anchor: 'T_OWNER', windows: { HIGH: '10m', MEDIUM: '30m', LOW: '60m', VERY_LOW: '120m' }, mandatory: true, ...golden,
    evidence: 'ACK', chain: 'OWNERSHIP', isPerAnchor: true, replacesOlder: true, source: 'S15,DK,CFG',
  },
  {
    id: 'A02', title: 'Confirm the provisional risk level', owners: ['SGT'], ownersAt: { HIGH: ['INSP'] }, anchor: 'T_RECORDED', windows: { HIGH: '15m', MEDIUM: '30m', LOW: '60m', VERY_LOW: '120m' },
    mandatory: true, ...golden, evidence: 'ASSESSMENT', chain: 'INSP', source: 'S59,DK,CFG',
  },
  { id: 'A03', title: 'Agree the next steps with the informant, and tell them when and how we will update them', owners: ['CALL_HANDLER', 'ATTENDING'], windows: all('30m'), mandatory: true, evidence: 'AGREED_PLAN', source: 'S3,DK,CFG' },
  {
    id: 'A04', title: 'Research PNC, PND, local intelligence, earlier episodes and force systems', owners: ['CALL_HANDLER', 'OIC'], anchor: 'T_RECORDED', windows: { HIGH: '15m', MEDIUM: '60m', LOW: '4h', VERY_LOW: '8h' },
    mandatory: true, ...golden, evidence: 'CHECKLIST', checklist: ['PNC', 'PND', 'LOCAL_INTELLIGENCE', 'PREVIOUS_EPISODES', 'FORCE_SYSTEMS'], source: 'S6,DK,CFG',
  },
  { id: 'A05', title: 'Check for duplicates and repeats; open the trigger plan if there is one', owners: ['OWNER'], anchor: 'T_RECORDED', windows: all('5m'), mandatory: true, ...golden, evidence: 'MATCHES', source: 'DES,CFG' },
  {
    id: 'A06', title: 'Ask hospitals, custody, other forces and the ambulance service', owners: ['OIC'], windows: { HIGH: '30m', MEDIUM: '2h', LOW: '8h' }, ...golden,
    evidence: 'CHECKLIST', checklist: ['HOSPITALS', 'CUSTODY', 'OTHER_FORCES', 'AMBULANCE'], source: 'DK,CFG',
  },
  {
    id: 'A07', title: 'Assess what the phone, social media, bank and travel cards can tell', owners: ['OIC'], windows: { HIGH: '30m', MEDIUM: '4h', LOW: '24h' }, ...golden,
    evidence: 'CHECKLIST', checklist: ['PHONE', 'SOCIAL_MEDIA', 'BANK', 'TRANSPORT_CARD'], source: 'DK,CFG',
  },
  {
    id: 'A08', title: 'Search the home or placement: every room, loft, garage, shed, vehicle and outbuilding', owners: ['ATTENDING'], windows: { HIGH: '60m', MEDIUM: '4h', LOW: '24h', VERY_LOW: '24h' },
    mandatory: true, optionalAt: ['VERY_LOW'], ...golden, evidence: 'SEARCH_RECORD', source: 'S28,DK,CFG',
  },
  {
    id: 'A09', title: 'Get a photograph, clothing and description, and the decisions on consent in writing', owners: ['ATTENDING'], windows: { HIGH: '60m', MEDIUM: '4h', LOW: '24h' }, mandatory: true, ...golden,
    evidence: 'MEDIA_AND_CONSENT', source: 'DK,CFG',
  },
  {
    // VERY_LOW by 15.1 item 17.
    id: 'A10', title: 'Circulate as missing on PNC', owners: ['PNC_BUREAU'], windows: { HIGH: '2h', MEDIUM: '8h', LOW: '24h', VERY_LOW: '24h' }, hardDue: { anchor: 'T_REPORTED', within: '48h' },
    mandatory: true, stopOnLocated: true, evidence: 'PNC_REF', chain: 'INSP', source: 'S31,S32,DK,CFG',
  },
  { id: 'A11', title: 'Get the protocol form (Herbert, Philomena or other)', owners: ['ATTENDING'], windows: { HIGH: '30m', MEDIUM: '2h' }, ...golden, evidence: 'PROTOCOL_FORM', source: 'S39,S41,DK,CFG' },
  { id: 'A12', title: 'Set the next review', owners: ['SGT'], anchor: 'T_RECORDED', windows: { HIGH: '15m', MEDIUM: '30m', LOW: '60m', VERY_LOW: '120m' }, mandatory: true, evidence: 'REVIEW_SET', chain: 'INSP', source: 'S3,CFG' },
  { id: 'A13', title: 'Put ANPR markers on vehicles', owners: ['OIC'], windows: { HIGH: '30m', MEDIUM: '4h' }, stopOnLocated: true, ...golden, evidence: 'MARKER', source: 'DK,CFG' },
  { id: 'A14', title: 'View CCTV and transport footage before it is overwritten', owners: ['OIC'], windows: { HIGH: '2h', MEDIUM: '24h' }, stopOnLocated: true, evidence: 'CCTV', source: 'DK,CFG' },
  {
    // At VERY_LOW at the reassessment, which is 6 h off at most (4.3 V02).
    id: 'A15', title: 'Update the informant and family as promised', owners: ['OIC', 'FLO'], windows: { HIGH: '2h', MEDIUM: '8h', LOW: '24h', VERY_LOW: '6h' }, evidence: 'CONTACT', agreed: 'AS_PROMISED', recurrence: { from: 'DONE' }, source: 'S59,CFG',
  },
]);
