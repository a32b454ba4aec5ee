import * as z from 'zod';

/** The words of notices (missing-persons.md 6 and 15). Values are stored: never rename one, add. */

export const noticeNumber = z.enum(['N01', 'N02', 'N03', 'N04', 'N05', 'N06', 'N07', 'N08', 'N09', 'N10', 'N11', 'N12', 'N13', 'N14', 'N15', 'N16', 'N17', 'N18', 'N19']);
export type NoticeNumber = z.infer<typeof noticeNumber>;

export const recipientKind = z.enum([
  'STAFF', 'MFH_COORD', 'UKMPU', 'LA_CHILDREN', 'LA_EDT', 'PLACING_LA', 'CARE_PROVIDER', 'ADULT_SOCIAL_CARE', 'MH_TRUST', 'GP', 'HOSPITAL', 'SCHOOL_DSL', 'MISSING_PEOPLE', 'NCA_CRA', 'FORCE', 'BTP', 'BORDER_FORCE', 'PORT',
  'CORONER', 'HOME_OFFICE', 'INFORMANT', 'PUBLIC',
]);
export type RecipientKind = z.infer<typeof recipientKind>;

/** Own staff: what goes to them is no disclosure to an outside body (I6). */
export const staffKinds: ReadonlySet<RecipientKind> = new Set<RecipientKind>(['STAFF', 'MFH_COORD']);
/** Who must be told where and in what state the person was found, because the law gives them a duty (N17: "except duty-holders"). */
export const dutyHolders: ReadonlySet<RecipientKind> = new Set<RecipientKind>(['LA_CHILDREN', 'LA_EDT', 'PLACING_LA']);

/** PHONE_LOG is a person with a telephone; on PORTAL nothing leaves, the partner's own list shows it. */
export const channel = z.enum(['PHONE_LOG', 'SECURE_MAIL', 'PORTAL', 'TEAMS', 'NOTIFY_EMAIL', 'NOTIFY_SMS']);
export type Channel = z.infer<typeof channel>;
export const isElectronic = (one: Channel): boolean => one !== 'PHONE_LOG';

/** What a notice says of one row of 6.1: that somebody is missing, was found, may need safeguarding, and so on. ANY says neither missing nor found. */
export const variant = z.enum(['MISSING', 'FOUND', 'SAFEGUARDING', 'RHI_REFERRAL', 'TEXTSAFE', 'PUBLICITY', 'ANY']);
export type Variant = z.infer<typeof variant>;

/** States of the outbox (6.2), with HELD for C6 and C10. A purged or recalled one is RECALLED: it never left, or it was called back. */
export const noticeState = z.enum(['QUEUED', 'SENT', 'DELIVERED', 'ACKED', 'FAILED', 'RECALLED', 'STOOD_DOWN', 'HELD']);

export const lawfulBasis = z.enum(['LAW_ENFORCEMENT_PART3', 'VITAL_INTERESTS', 'SAFEGUARDING', 'CONSENT']);
export type LawfulBasis = z.infer<typeof lawfulBasis>;

/** How it is known that somebody there took it in: "sent" is not "told" (6.2). */
export const ackHow = z.enum(['PORTAL', 'PHONE_LOG']);
