import * as z from 'zod';

/** Risk factors by code (3.5; codes by 15.2 item 29). */
export const factorCode = z.enum([
  'ADVERSE_WEATHER', 'NO_ESSENTIAL_MEDICATION', 'MEDICAL_DEPENDENCY', 'DISABILITY_OR_ILLNESS', 'VERY_YOUNG', 'VERY_OLD', 'SUICIDE_INTENT', 'SELF_HARM_INTENT', 'SUICIDE_HISTORY', 'SELF_HARM_HISTORY', 'DEMENTIA', 'MENTAL_ILL_HEALTH',
  'LEARNING_DISABILITY', 'AUTISM', 'ADHD', 'PREGNANCY', 'SUBSTANCE_MISUSE', 'DOMESTIC_ABUSE', 'HONOUR_BASED_ABUSE', 'FORCED_MARRIAGE', 'FGM', 'SEXUAL_EXPLOITATION', 'CRIMINAL_EXPLOITATION', 'COUNTY_LINES', 'KNOWN_DRUG_LINE',
  'TRAFFICKING', 'UNACCOMPANIED_ASYLUM_SEEKING_CHILD', 'BEREAVEMENT', 'RELATIONSHIP', 'FINANCE', 'JOB_LOSS', 'BULLYING', 'MISSING_FROM_CARE', 'OUT_OF_AREA_PLACEMENT', 'PREVIOUS_EPISODE_HARM', 'NOTE_LEFT', 'FAREWELL', 'ITEMS_LEFT',
  'ABDUCTION', 'WITH_PERSON_OF_CONCERN', 'VEHICLE_NEARBY', 'WATER_NEARBY', 'HEIGHT_NEARBY', 'NO_PHONE', 'NO_MONEY', 'WANTED', 'VIOLENT', 'REPEAT_PATTERN_CHANGE', 'TIME_OF_DAY',
]);
export type FactorCode = z.infer<typeof factorCode>;

export interface Factor {
  readonly code: FactorCode;
  readonly text: string;
  readonly source: string;
}

type Row = readonly [code: FactorCode, text: string, source?: string];

const rows: readonly Row[] = [
  ['ADVERSE_WEATHER', 'Weather that may harm the person'],
  ['NO_ESSENTIAL_MEDICATION', 'Is not taking essential medication'],
  ['MEDICAL_DEPENDENCY', 'Depends on treatment or on a device'],
  ['DISABILITY_OR_ILLNESS', 'Disability or illness that affects safety, mobility, communication or decisions', 'S6'],
  ['VERY_YOUNG', 'Very young'],
  ['VERY_OLD', 'Very old'],
  ['SUICIDE_INTENT', 'Credible intent of suicide now'],
  ['SELF_HARM_INTENT', 'Intent of self-harm now'],
  ['SUICIDE_HISTORY', 'Earlier attempt of suicide'],
  ['SELF_HARM_HISTORY', 'Earlier self-harm'],
  ['DEMENTIA', 'Dementia'],
  ['MENTAL_ILL_HEALTH', 'Mental ill health'],
  ['LEARNING_DISABILITY', 'Learning disability'],
  ['AUTISM', 'Autism'],
  ['ADHD', 'ADHD'],
  ['PREGNANCY', 'Pregnant'],
  ['SUBSTANCE_MISUSE', 'Misuse of drugs or alcohol'],
  ['DOMESTIC_ABUSE', 'Domestic abuse'],
  ['HONOUR_BASED_ABUSE', 'So-called honour-based abuse'],
  ['FORCED_MARRIAGE', 'Forced marriage'],
  ['FGM', 'Female genital mutilation'],
  ['SEXUAL_EXPLOITATION', 'Sexual exploitation'],
  ['CRIMINAL_EXPLOITATION', 'Criminal exploitation'],
  ['COUNTY_LINES', 'Exploited for a county line'],
  // Asked for by F7; the list of 3.5 does not have it.
  ['KNOWN_DRUG_LINE', 'Is on a drug line that the police know', 'DES'],
  ['TRAFFICKING', 'Trafficking or modern slavery'],
  ['UNACCOMPANIED_ASYLUM_SEEKING_CHILD', 'Unaccompanied asylum-seeking child'],
  ['BEREAVEMENT', 'Recent bereavement'],
  ['RELATIONSHIP', 'Recent end of a relationship, or a quarrel'],
  ['FINANCE', 'Money trouble'],
  ['JOB_LOSS', 'Recent loss of work'],
  ['BULLYING', 'Bullying'],
  ['MISSING_FROM_CARE', 'Missing from care'],
  ['OUT_OF_AREA_PLACEMENT', 'Placed outside the home area'],
  ['PREVIOUS_EPISODE_HARM', 'Came to harm in an earlier episode'],
  ['NOTE_LEFT', 'Left a note'],
  ['FAREWELL', 'Said farewell'],
  ['ITEMS_LEFT', 'Left behind what would normally be taken'],
  // Asked for by F6; the list of 3.5 does not have it.
  ['ABDUCTION', 'Abduction is suspected', 'DES'],
  ['WITH_PERSON_OF_CONCERN', 'With a person of concern'],
  ['VEHICLE_NEARBY', 'Has the use of a vehicle'],
  ['WATER_NEARBY', 'Water near the place last seen'],
  ['HEIGHT_NEARBY', 'A height near the place last seen'],
  ['NO_PHONE', 'Has no phone'],
  ['NO_MONEY', 'Has no money'],
  ['WANTED', 'Wanted by the police'],
  ['VIOLENT', 'Assessed as violent'],
  ['REPEAT_PATTERN_CHANGE', 'Goes missing in another way than before'],
  ['TIME_OF_DAY', 'The time of day adds to the risk'],
];

export const factors: readonly Factor[] = rows.map(([code, text, source]) => ({ code, text, source: source ?? 'DK' }));
