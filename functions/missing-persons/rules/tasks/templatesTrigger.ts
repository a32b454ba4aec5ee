import { all, rows, type Template } from './template.ts';

/** Section 4.4: tasks that something brings about, from the instant it became true (T_TRIGGER, 15.1 items 1 and 2). */
const missing = ['MISSING'] as const;
/** What is told by a person who came back brings these about too (S14), and "found" does not end them (15.1 item 5). */
const alsoAfter = ['MISSING', 'RETURN'] as const;
/** "Missing for so long" counts from the report, as X10 says of itself; counted from the trigger it would be twice as long. */
const fromReport = { anchor: 'T_REPORTED' } as const;

export const triggered: readonly Template[] = rows({ anchor: 'T_TRIGGER', when: { stages: missing } }, [
  {
    id: 'X01', title: 'Tell the placing and the host authority and the social worker; make sure that the provider tells Ofsted', owners: ['OIC'], anchor: 'T_REPORTED', windows: all('4h'), mandatory: true,
    when: { stages: missing, triggers: ['LAC'] }, evidence: 'CHECKLIST', checklist: ['PLACING_AUTHORITY', 'HOST_AUTHORITY', 'SOCIAL_WORKER', 'PROVIDER_AND_OFSTED'], source: 'S8,DK,CFG',
  },
  { id: 'X02', title: "Get the care home's risk assessment", owners: ['ATTENDING'], windows: all('2h'), when: { stages: missing, triggers: ['LAC'] }, evidence: 'PROTOCOL_FORM', source: 'S8,CFG' },
  { id: 'X03', title: 'Offer a strategy discussion to the local authority', owners: ['INSP'], anchor: 'T_REPORTED', windows: all('24h'), when: { stages: missing, triggers: ['LAC'] }, evidence: 'DECISION', source: 'S8,DK,CFG' },
  { id: 'X04', title: 'Tell the social worker; the authority decides on a national alert', owners: ['OIC'], windows: all('2h'), when: { stages: alsoAfter, triggers: ['CP_PLAN'] }, evidence: 'AGENCY_TOLD', source: 'S98,DK,CFG' },
  {
    id: 'X05', title: 'Tell the exploitation team, submit intelligence, look at what the phone tells', owners: ['OIC'], windows: all('1h'), when: { stages: alsoAfter, triggers: ['EXPLOITATION'] },
    evidence: 'CHECKLIST', checklist: ['EXPLOITATION_TEAM', 'INTELLIGENCE', 'PHONE'], source: 'DK,CFG',
  },
  {
    id: 'X06', title: 'Consider the National Referral Mechanism and give notice to the Home Office', owners: ['OIC'], anchor: 'T_VERIFIED', windows: all('24h'),
    when: { stages: alsoAfter, triggers: ['TRAFFICKING'], after: 'T_VERIFIED' }, evidence: 'DECISION', source: 'S45,DK,CFG',
  },
  { id: 'X07', title: 'Ask mental-health triage, the GP and the crisis team', owners: ['OIC'], windows: all('60m'), when: { stages: missing, triggers: ['SUICIDE'] }, evidence: 'CHECKLIST', checklist: ['TRIAGE', 'GP', 'CRISIS_TEAM'], source: 'DK,CFG' },
  {
    id: 'X08', title: 'Dementia: get the Herbert form, list old addresses, look within 300 m first', owners: ['POLSA', 'OIC'], windows: all('30m'), goldenHour: true, when: { stages: missing, triggers: ['DEMENTIA'] },
    evidence: 'CHECKLIST', checklist: ['HERBERT_FORM', 'OLD_ADDRESSES', 'FIRST_300_M'], source: 'S39,S64,DK,CFG',
  },
  {
    id: 'X09', title: 'Ask the hospital: its own steps done, section 17 or 18, Mental Health Act form', owners: ['FIM'], windows: all('20m'), goldenHour: true, when: { stages: missing, triggers: ['MH_DETAINED'] },
    evidence: 'CHECKLIST', checklist: ['HOSPITAL_STEPS', 'SECTION_STATUS', 'MHA_FORM'], source: 'S26,DK,CFG',
  },
  { id: 'X10', title: 'Missing for 24 hours: full review by the inspector; search adviser if not asked yet', owners: ['INSP'], ...fromReport, windows: all('24h'), when: { stages: missing, triggers: ['MISSING_24H'] }, evidence: 'REVIEW', source: 'DK,CFG' },
  {
    id: 'X11', title: 'Missing for 48 hours: check that PNC is live and biometrics were started', owners: ['SGT'], ...fromReport, windows: all('48h'), when: { stages: missing, triggers: ['MISSING_48H'] },
    evidence: 'CHECKLIST', checklist: ['PNC_LIVE', 'BIOMETRICS'], source: 'S31,DK,CFG',
  },
  {
    id: 'X12', title: 'Missing for 72 hours: proof that the UK Missing Persons Unit was told; coordinator involved; media looked at anew', owners: ['OIC'], ...fromReport, windows: all('72h'),
    when: { stages: missing, triggers: ['MISSING_72H'] }, evidence: 'CHECKLIST', checklist: ['UKMPU_PROOF', 'COORDINATOR', 'MEDIA'], source: 'S12,CFG',
  },
  { id: 'X13', title: 'Draft the trigger plan with the authority or carer and hold the multi-agency meeting', owners: ['MFH_COORD'], windows: all('5wd'), when: { stages: missing, triggers: ['REPEAT'] }, evidence: 'MEETING', source: 'S43,DK,CFG' },
  {
    id: 'X14', title: 'Record the crime, preserve the scene, bring in the detective inspector', owners: ['DI_SIO'], windows: all('30m'), when: { stages: missing, triggers: ['SUSPICIOUS'] },
    evidence: 'CHECKLIST', checklist: ['CRIME_RECORD', 'SCENE', 'DETECTIVE_INSPECTOR'], source: 'DK,CFG',
  },
  {
    id: 'X15', title: 'May be abroad: UKMPU and Interpol, consular help, ports marker', owners: ['OIC'], windows: all('4h'), when: { stages: missing, triggers: ['ABROAD'] },
    evidence: 'CHECKLIST', checklist: ['UKMPU_INTERPOL', 'CONSULAR', 'PORTS'], source: 'S12,S99,DK,CFG',
  },
  { id: 'X16', title: 'Prevention interview', owners: ['ATTENDING'], windows: all('24h'), when: { stages: ['RETURN'], triggers: ['FOUND'] }, neverOpens: 'it is P01 (4.5)', source: 'S34' },
  {
    id: 'X17', title: "Body found: tell the coroner's officer and the superintendent; tell the family in person", owners: ['INSP'], windows: all('0m'), mandatory: true, when: { stages: ['BODY'], triggers: ['BODY_FOUND'] },
    evidence: 'CHECKLIST', checklist: ['CORONERS_OFFICER', 'SUPERINTENDENT', 'FAMILY_IN_PERSON'], chain: 'SUPT', source: 'DK,CFG',
  },
  {
    id: 'X18', title: 'Reach the receiving force and get its acknowledgement in writing', owners: ['INSP'], windows: { HIGH: '60m', MEDIUM: '4h', LOW: '4h', VERY_LOW: '4h' }, when: { stages: missing, triggers: ['TRANSFER_OFFERED'] },
    evidence: 'AGENCY_TOLD', source: 'S58,CFG',
  },
  // VERY_LOW is taken as LOW: a credible sighting is looked at in any case.
  { id: 'X19', title: 'Attend the sighting or view its CCTV', owners: ['OIC'], windows: { HIGH: '15m', MEDIUM: '60m', LOW: '4h', VERY_LOW: '4h' }, when: { stages: missing, triggers: ['CREDIBLE_SIGHTING'] }, evidence: 'SIGHTING', source: 'DK,CFG' },
  { id: 'X20', title: 'Turned 18 while missing: reach the leaving-care contact', owners: ['OIC'], windows: all('24h'), when: { stages: missing, triggers: ['TURNED_18'] }, evidence: 'CONTACT', source: 'DK,CFG' },
  {
    // Due 7 days before the review; the trigger brings the review's time along.
    id: 'X21', title: 'Look for signs of life before the long-term review', owners: ['OIC'], windows: all('-7d'), when: { stages: missing, triggers: ['LADDER_REVIEW'] }, evidence: 'CHECKLIST',
    checklist: ['BANK', 'BENEFITS', 'HMRC', 'NHS_REGISTRATION', 'DVLA', 'PASSPORT', 'PHONE', 'EMAIL', 'SOCIAL_MEDIA', 'UKMPU_CROSS_MATCH', 'FAMILY_DNA'], source: 'S9,DK,CFG',
  },
  { id: 'X22', title: 'Tell the family about guardianship of a missing person (information only)', owners: ['FLO', 'OIC'], ...fromReport, windows: all('90d'), when: { stages: missing, triggers: ['MISSING_90D'] }, evidence: 'CONTACT', source: 'S54,CFG' },
  { id: 'X23', title: 'Inform about presumption of death; tell UKMPU of any application', owners: ['SUPT'], ...fromReport, windows: all('7y'), when: { stages: missing, triggers: ['MISSING_7Y'] }, evidence: 'CONTACT', source: 'S54,CFG' },
  {
    id: 'X24', title: 'Unidentified person or body: make the record, search own open cases, tell UKMPU if still unidentified', owners: ['INSP'], windows: all('48h'), hardDue: { anchor: 'T_TRIGGER', within: '48h' }, mandatory: true,
    when: { stages: ['MISSING', 'BODY'], triggers: ['UNIDENTIFIED_FOUND'] }, evidence: 'CHECKLIST', checklist: ['UNIDENTIFIED_RECORD', 'OWN_OPEN_CASES', 'UKMPU'], chain: 'INSP_THEN_SUPT', source: 'S12,CFG',
  },
]);
