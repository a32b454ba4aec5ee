import type { Anchor, Role } from '../terms.ts';
import type { FieldName, Sort } from './fields.ts';
import type { Channel, LawfulBasis, NoticeNumber, RecipientKind, Variant } from './words.ts';

/** When a notice is due. TASKS: with those tasks of section 4. */
export type Deadline =
  | { readonly kind: 'NOW' }
  | { readonly kind: 'TASKS'; readonly tasks: readonly string[] }
  | { readonly kind: 'HOURS'; readonly setting: 'ukmpuHardHours' | 'ukmpuUnidentifiedHours'; readonly from: Anchor; readonly tasks: readonly string[] }
  | { readonly kind: 'STAND_DOWN' }
  | { readonly kind: 'PROMISE' }
  | { readonly kind: 'DAILY' };

export interface Wording {
  /** First line of the message; ours, and the same for everybody. */
  readonly opening: string;
  readonly may: readonly FieldName[];
  /** What some kinds may read on top. */
  readonly mayAlso?: Readonly<Partial<Record<RecipientKind, readonly FieldName[]>>>;
  /** MISSING says that somebody is looked for and never leaves once the person is found; FOUND never leaves before; ANY at both times. */
  readonly says: 'MISSING' | 'FOUND' | 'ANY';
}

export interface NoticeRow {
  readonly n: NoticeNumber;
  readonly title: string;
  readonly recipients: readonly RecipientKind[];
  readonly trigger: string;
  readonly deadline: Deadline;
  readonly channels: readonly Channel[];
  readonly wordings: Readonly<Partial<Record<Variant, Wording>>>;
  /** MUST NOT, by sort of field. `checkNotices` holds every allow-list against it. */
  readonly mustNot: readonly Sort[];
  /** Somebody there must have taken it in: sent is not told (6.2). */
  readonly needsAck: boolean;
  readonly basis: LawfulBasis;
  /** Its recipients are told when the person is found (15.1 item 15: N02-N12 only). */
  readonly isStoodDown: boolean;
  /** Search and alert: waits while a report of "found" is looked into (2.5). */
  readonly isHeldOnLocated: boolean;
  /** May be sent while a death is not identified or not released (C10): the coroner, and our own staff. */
  readonly isSentOnDeath: boolean;
  /** Approval that the row asks for beyond the sender's role. */
  readonly approval?: Role;
  readonly source: string;
}

const contact = ['officerName', 'officerPhone', 'officerEmail', 'officerUnit'] as const;
const looks = ['age', 'sex', 'ethnicity', 'heightCm', 'build', 'hair', 'eyes', 'photoRef', 'approvedDescription'] as const;
const child = ['caseRef', 'fullName', 'dob', 'risk', 'lastSeenAt', 'lastSeenPlace', 'safeguardingFlags', ...contact] as const;
const childFound = ['caseRef', 'fullName', 'dob', 'safeguardingFlags', 'foundAt', 'foundPlace', 'foundCondition', 'returnedAt', 'returnPlace', ...contact] as const;
const placement = ['missingFrom', 'placementName', 'placementAddress', 'careStatus', 'responsibleLa', 'socialWorkerName'] as const;
const rhi = ['caseRef', 'fullName', 'dob', 'safeguardingFlags', 'returnedAt', 'returnPlace', 'rhiDueAt', ...contact] as const;

const toChildrensServices = (extra: readonly FieldName[]): NoticeRow['wordings'] => ({
  MISSING: { opening: 'A child has been reported missing.', may: [...child, ...extra], says: 'MISSING' },
  SAFEGUARDING: { opening: 'A child who was reported missing has been found. Safeguarding information follows.', may: [...childFound, ...extra], says: 'FOUND' },
  RHI_REFERRAL: { opening: 'A child has returned from being missing. Please offer an independent return home interview.', may: [...rhi, ...extra], says: 'FOUND' },
});
const usual = { needsAck: true, basis: 'LAW_ENFORCEMENT_PART3', isStoodDown: false, isHeldOnLocated: false, isSentOnDeath: false } as const;
const alert = { ...usual, isStoodDown: true, isHeldOnLocated: true } as const;

/** Table 6.1 as data. MAY is a ceiling, MUST NOT a bar; where 6.1 names no content ("CRA pack") the list is ours and an SME confirms it (14). */
export const noticeTable: readonly NoticeRow[] = [
  {
    n: 'N01', title: 'Missing person: your case', recipients: ['STAFF'], trigger: 'case created, or its owner changes', deadline: { kind: 'NOW' }, channels: ['TEAMS', 'PHONE_LOG'],
    wordings: { ANY: { opening: 'You are responsible for this case.', may: ['caseRef', 'initials', 'age', 'risk', 'task', 'link'], says: 'ANY' } },
    mustNot: ['MEDICAL', 'PLACE', 'PLACEMENT', 'IDENTITY'], ...usual, isSentOnDeath: true, source: 'S15,DES',
  },
  {
    n: 'N02', title: 'Missing person for the UKMPU', recipients: ['UKMPU'], trigger: 'missing for 72 h, urgent earlier, HIGH after 24 h', deadline: { kind: 'HOURS', setting: 'ukmpuHardHours', from: 'T_REPORTED', tasks: ['H09', 'M05', 'L03', 'V04', 'X12'] },
    channels: ['SECURE_MAIL', 'PHONE_LOG'], wordings: { MISSING: { opening: 'The file of one missing person is attached.', may: ['caseRef', 'ukmpuRow', ...contact], says: 'MISSING' } },
    mustNot: ['INTELLIGENCE', 'INFORMANT', 'FREE_TEXT'], ...usual, isStoodDown: true, source: 'S12,S96~,CFG',
  },
  {
    n: 'N03', title: 'Unidentified person for the UKMPU', recipients: ['UKMPU'], trigger: 'person, body or remains unidentified for 48 h', deadline: { kind: 'HOURS', setting: 'ukmpuUnidentifiedHours', from: 'T_TRIGGER', tasks: ['X24'] }, channels: ['PHONE_LOG'],
    wordings: { ANY: { opening: 'An unidentified person.', may: ['caseRef', ...looks, 'foundAt', 'foundPlace', 'biometricsHeld', ...contact], says: 'ANY' } },
    mustNot: ['INTELLIGENCE', 'INFORMANT', 'FREE_TEXT'], ...usual, isStoodDown: true, isSentOnDeath: true, source: 'S12',
  },
  {
    n: 'N04', title: 'Child missing', recipients: ['LA_CHILDREN', 'LA_EDT'], trigger: 'any child', deadline: { kind: 'TASKS', tasks: ['H10', 'M02', 'L02', 'X04', 'P06', 'P08'] }, channels: ['SECURE_MAIL', 'PORTAL', 'PHONE_LOG'], wordings: toChildrensServices([]),
    mustNot: ['THIRD_PARTY', 'INTELLIGENCE', 'INFORMANT', 'FAMILY', 'CRIME', 'FREE_TEXT'], ...usual, basis: 'SAFEGUARDING', isStoodDown: true, source: 'S8',
  },
  {
    n: 'N05', title: 'Looked-after child missing', recipients: ['PLACING_LA', 'LA_CHILDREN', 'LA_EDT'], trigger: 'LAC; the placing authority if out of area, and the host', deadline: { kind: 'TASKS', tasks: ['X01', 'P06', 'P08'] },
    channels: ['SECURE_MAIL', 'PORTAL', 'PHONE_LOG'], wordings: toChildrensServices(placement),
    mustNot: ['THIRD_PARTY', 'INTELLIGENCE', 'INFORMANT', 'FAMILY', 'CRIME', 'FREE_TEXT'], ...usual, basis: 'SAFEGUARDING', isStoodDown: true, source: 'DK',
  },
  {
    n: 'N06', title: 'Resident missing or found', recipients: ['CARE_PROVIDER'], trigger: 'LAC missing or found', deadline: { kind: 'TASKS', tasks: ['X01', 'A03'] }, channels: ['PORTAL', 'PHONE_LOG'],
    wordings: {
      MISSING: { opening: 'A resident of yours is recorded as missing.', may: ['caseRef', 'caseStatus', 'nextContactAt'], says: 'MISSING' },
      FOUND: { opening: 'The police will contact you about a resident of yours.', may: ['caseRef', 'caseStatus', 'nextContactAt'], says: 'FOUND' },
    },
    mustNot: ['FOUND_PLACE', 'CONDITION', 'INTELLIGENCE', 'FLAGS', 'MEDICAL', 'THIRD_PARTY', 'CRIME', 'FREE_TEXT'], ...usual, basis: 'SAFEGUARDING', isStoodDown: true, source: 'DK',
  },
  {
    n: 'N07', title: 'Question about a missing adult', recipients: ['ADULT_SOCIAL_CARE', 'MH_TRUST', 'GP', 'HOSPITAL'], trigger: 'vulnerable adult, by flag', deadline: { kind: 'TASKS', tasks: ['X07', 'X09', 'A06', 'P08'] }, channels: ['SECURE_MAIL', 'PHONE_LOG'],
    wordings: {
      MISSING: { opening: 'We are looking for this person and ask for what is needed to find them safe.', may: ['caseRef', 'fullName', 'dob', 'healthQuestion', ...contact], says: 'MISSING' },
      SAFEGUARDING: { opening: 'This person was missing and has been found. Safeguarding information follows.', may: ['caseRef', 'fullName', 'dob', 'foundAt', ...contact], says: 'FOUND' },
    },
    mustNot: ['CRIME', 'INTELLIGENCE', 'THIRD_PARTY', 'INFORMANT', 'FLAGS', 'FREE_TEXT', 'FOUND_PLACE'], ...usual, basis: 'VITAL_INTERESTS', isStoodDown: true, source: 'DK',
  },
  {
    n: 'N08', title: 'Pupil missing or found', recipients: ['SCHOOL_DSL'], trigger: 'child, in term time, when the inspector agrees', deadline: { kind: 'TASKS', tasks: ['A06'] }, channels: ['SECURE_MAIL', 'PHONE_LOG'],
    wordings: {
      MISSING: { opening: 'A pupil of yours is missing.', may: ['caseRef', 'fullName', 'caseStatus', ...contact], says: 'MISSING' },
      FOUND: { opening: 'A pupil of yours is no longer missing.', may: ['caseRef', 'fullName', 'caseStatus', ...contact], says: 'FOUND' },
    },
    mustNot: ['FLAGS', 'MEDICAL', 'PLACEMENT', 'INTELLIGENCE', 'FAMILY', 'FOUND_PLACE', 'CONDITION', 'FREE_TEXT'], ...usual, needsAck: false, basis: 'SAFEGUARDING', isStoodDown: true, approval: 'INSP', source: 'DK',
  },
  {
    n: 'N09', title: 'Missing People', recipients: ['MISSING_PEOPLE'], trigger: 'publicity or TextSafe is asked for', deadline: { kind: 'TASKS', tasks: ['M04', 'M06'] }, channels: ['SECURE_MAIL', 'PORTAL'],
    wordings: {
      TEXTSAFE: { opening: 'TextSafe request.', may: ['mobileNumber', 'ageGroup'], says: 'MISSING' },
      PUBLICITY: { opening: 'Publicity request.', may: ['caseRef', 'appealText', 'appealPhoto'], says: 'MISSING' },
    },
    mustNot: ['IDENTITY', 'PLACE', 'PLACEMENT', 'FLAGS', 'MEDICAL', 'INTELLIGENCE', 'FAMILY', 'INFORMANT', 'THIRD_PARTY', 'CRIME', 'FREE_TEXT'], ...alert, source: 'S51,S81',
  },
  {
    n: 'N10', title: 'Child Rescue Alert request', recipients: ['NCA_CRA'], trigger: 'an alert is requested', deadline: { kind: 'TASKS', tasks: ['H11'] }, channels: ['PHONE_LOG', 'SECURE_MAIL'],
    wordings: { MISSING: { opening: 'A Child Rescue Alert is requested.', may: ['caseRef', 'fullName', 'risk', ...looks, 'vehicleVrm', 'lastSeenAt', 'lastSeenPlace', 'circumstancesSummary', ...contact], says: 'MISSING' } },
    mustNot: ['INTELLIGENCE', 'INFORMANT', 'MEDICAL', 'FREE_TEXT'], ...alert, source: 'S44,DK',
  },
  {
    n: 'N11', title: 'Transfer or enquiry to another force', recipients: ['FORCE'], trigger: 'a transfer or an enquiry', deadline: { kind: 'TASKS', tasks: ['X18'] }, channels: ['SECURE_MAIL', 'PHONE_LOG'],
    wordings: {
      MISSING: {
        opening: 'Transfer of a missing person case, or an enquiry in one.', says: 'MISSING',
        may: ['caseRef', 'fullName', 'knownAs', 'dob', 'nationality', 'homeAddress', 'risk', ...looks, 'vehicleVrm', 'lastSeenAt', 'lastSeenPlace', ...placement, 'flags', 'medicalConditions', 'medication', 'mentalHealth', 'mobileNumber', 'informantName', 'informantPhone',
          'parentName', 'parentContact', 'associates', 'crimeRefs', 'biometricsHeld', 'pncRef', 'handoverSummary', ...contact],
      },
    },
    mustNot: ['INTELLIGENCE', 'FREE_TEXT'], ...usual, isStoodDown: true, source: 'S58',
  },
  {
    n: 'N12', title: 'Circulation to transport and ports', recipients: ['BTP', 'BORDER_FORCE', 'PORT'], trigger: 'X15, or a risk on the railway', deadline: { kind: 'TASKS', tasks: ['X15'] }, channels: ['SECURE_MAIL', 'PHONE_LOG'],
    wordings: { MISSING: { opening: 'Please look out for this person.', may: ['caseRef', ...looks, ...contact], says: 'MISSING' } },
    mustNot: ['MEDICAL', 'INTELLIGENCE', 'FLAGS', 'PLACEMENT', 'FAMILY', 'INFORMANT', 'THIRD_PARTY', 'CRIME', 'FREE_TEXT'], ...alert, source: 'DK',
  },
  {
    n: 'N13', title: 'For the coroner', recipients: ['CORONER'], trigger: 'C10: a body believed to be the person', deadline: { kind: 'TASKS', tasks: ['X17', 'D01'] }, channels: ['PHONE_LOG', 'SECURE_MAIL'],
    wordings: { ANY: { opening: 'A body has been found.', may: ['caseRef', 'coronerRef', 'fullName', 'dob', 'homeAddress', ...looks, 'medicalConditions', 'medication', 'lastSeenAt', 'foundAt', 'foundPlace', 'foundCondition', 'circumstancesSummary', 'biometricsHeld', ...contact], says: 'ANY' } },
    mustNot: ['INTELLIGENCE', 'INFORMANT', 'FREE_TEXT'], ...usual, isSentOnDeath: true, source: 'DK',
  },
  {
    n: 'N14', title: 'NRM referral or duty to notify', recipients: ['HOME_OFFICE'], trigger: 'a potential victim of modern slavery', deadline: { kind: 'TASKS', tasks: ['X06', 'P09'] }, channels: ['PHONE_LOG'],
    wordings: { ANY: { opening: 'Made on the national form; only its reference is kept here.', may: ['nrmRef'], says: 'ANY' } },
    mustNot: ['IDENTITY', 'MEDICAL', 'INTELLIGENCE', 'FREE_TEXT', 'FAMILY', 'FOUND_PLACE'], ...usual, source: 'S45,S46',
  },
  {
    n: 'N15', title: 'Update for the informant', recipients: ['INFORMANT'], trigger: 'as promised, or the status changes', deadline: { kind: 'PROMISE' }, channels: ['PHONE_LOG', 'NOTIFY_SMS'],
    wordings: { ANY: { opening: 'Telephone the informant.', may: ['caseRef', 'caseStatus'], says: 'ANY' } },
    mustNot: ['FOUND_PLACE', 'PLACE', 'CONDITION', 'FOUND_TIME', 'MEDICAL', 'INTELLIGENCE', 'FLAGS', 'CRIME', 'FREE_TEXT'], ...usual, needsAck: false, basis: 'VITAL_INTERESTS', source: 'S18',
  },
  {
    n: 'N16', title: 'Public appeal', recipients: ['PUBLIC'], trigger: 'publicity approved', deadline: { kind: 'TASKS', tasks: ['M06', 'H07'] }, channels: ['PHONE_LOG'],
    wordings: { PUBLICITY: { opening: 'Have you seen this person? Call 101 with the reference, or 116 000 in confidence.', may: ['caseRef', 'appealText', 'appealPhoto'], says: 'MISSING' } },
    mustNot: ['MEDICAL', 'PLACEMENT', 'FLAGS', 'INTELLIGENCE', 'FAMILY', 'INFORMANT', 'THIRD_PARTY', 'CRIME', 'FREE_TEXT', 'CONTACT'], ...usual, needsAck: false, isHeldOnLocated: true, approval: 'INSP', source: 'S82',
  },
  {
    n: 'N17', title: 'Located', recipients: ['UKMPU', 'LA_CHILDREN', 'LA_EDT', 'PLACING_LA', 'CARE_PROVIDER', 'ADULT_SOCIAL_CARE', 'MH_TRUST', 'GP', 'HOSPITAL', 'SCHOOL_DSL', 'MISSING_PEOPLE', 'NCA_CRA', 'FORCE', 'BTP', 'BORDER_FORCE', 'PORT'],
    trigger: 'C8, to each recipient of N02-N12 who was told', deadline: { kind: 'STAND_DOWN' }, channels: ['SECURE_MAIL', 'PORTAL', 'PHONE_LOG', 'NOTIFY_EMAIL'],
    wordings: {
      FOUND: {
        opening: 'Located, no further action; thank you.', may: ['caseRef'], says: 'FOUND',
        mayAlso: {
          UKMPU: ['ukmpuRow'], LA_CHILDREN: ['foundPlace', 'foundCondition', 'returnPlace'], LA_EDT: ['foundPlace', 'foundCondition', 'returnPlace'], PLACING_LA: ['foundPlace', 'foundCondition', 'returnPlace'],
        },
      },
      // The charity has nothing but the number, so the number is how it finds what to stop.
      TEXTSAFE: { opening: 'Located, no further action; thank you.', may: ['mobileNumber'], says: 'FOUND' },
    },
    mustNot: ['FOUND_PLACE', 'CONDITION', 'IDENTITY', 'PLACE', 'MEDICAL', 'INTELLIGENCE', 'FLAGS', 'FAMILY', 'INFORMANT', 'THIRD_PARTY', 'CRIME', 'FREE_TEXT'], ...usual, source: 'DES',
  },
  {
    n: 'N18', title: 'Reminder of the provider\'s own duty', recipients: ['CARE_PROVIDER'], trigger: 'a resident of a registered provider is missing', deadline: { kind: 'TASKS', tasks: ['X01'] }, channels: ['PORTAL', 'PHONE_LOG'],
    wordings: { MISSING: { opening: 'You may have to notify Ofsted or the Care Quality Commission. The police do not do it for you.', may: ['caseRef'], says: 'MISSING' } },
    mustNot: ['FOUND_PLACE', 'CONDITION', 'INTELLIGENCE', 'FLAGS', 'MEDICAL', 'FREE_TEXT'], ...usual, needsAck: false, basis: 'SAFEGUARDING', source: 'DK',
  },
  {
    n: 'N19', title: 'Missing person digest', recipients: ['MFH_COORD'], trigger: 'every day: all open cases, and return interviews that are overdue', deadline: { kind: 'DAILY' }, channels: ['TEAMS', 'NOTIFY_EMAIL'],
    wordings: { ANY: { opening: 'Open cases, and return interviews that are overdue.', may: ['digest'], says: 'ANY' } },
    mustNot: ['IDENTITY', 'MEDICAL', 'PLACE', 'INTELLIGENCE', 'FREE_TEXT'], ...usual, needsAck: false, isSentOnDeath: true, source: 'DES',
  },
];
