import * as z from 'zod';
import { protocolForm, sourceTag } from '../terms.ts';
import { must, wrong, type FieldFailure } from '../person/fieldFailure.ts';
import { longText, shortText } from '../person/text.ts';

/**
 * Protocol forms (3.7): filled in by a carer before anybody is missing, and given to the police only then (S39, S41). Part 2 is what only the day knows. The fields are reference
 * data; no form of a force was to be had whole, so they are what such forms ask for (DK).
 */
type Form = z.infer<typeof protocolForm>;

export interface ProtocolField {
  readonly form: Form;
  readonly part: 1 | 2;
  readonly code: string;
  readonly label: string;
  readonly source: string;
}

const rows = (form: Form, part: 1 | 2, source: string, fields: Readonly<Record<string, string>>): ProtocolField[] => Object.entries(fields).map(([code, label]) => ({ form, part, code, label, source }));

export const protocolFields: readonly ProtocolField[] = [
  ...rows('HERBERT', 1, 'S39,S40,DK', {
    DESCRIPTION: 'What they look like', FORMER_HOMES: 'Where they have lived', FORMER_WORK: 'Where they have worked', PLACES: 'Places that matter to them', HABITS: 'Daily habits', TRANSPORT: 'How they get about, passes and cards', MEDICAL: 'Illness and medication',
    MOBILITY: 'How well they walk', COMMUNICATION: 'How to speak to them', TRUSTED: 'Whom they trust', FOUND_BEFORE: 'Where they were found before', DEVICES: 'Telephone or tracker', GP: 'Their doctor',
  }),
  ...rows('HERBERT', 2, 'DK', { CLOTHING: 'What they are wearing', LAST_SEEN: 'When and where they were last seen', TAKEN: 'What they have with them', MOOD: 'How they were that day' }),
  ...rows('PHILOMENA', 1, 'S41,DK', {
    DESCRIPTION: 'What the child looks like', SOCIAL_WORKER: 'Social worker and out of hours telephone', LEGAL_STATUS: 'Legal status and who has parental responsibility', FAMILY: 'Family and their addresses', FRIENDS: 'Friends and associates',
    PLACES: 'Places they go to', RISKS: 'Known risks', ONLINE: 'Telephone and accounts', MEDICAL: 'Illness and medication', SCHOOL: 'School and its safeguarding lead', CURFEW: 'When the child is to be in', BEFORE: 'Earlier episodes and where found', CONTACT: 'How the child likes to be spoken to',
  }),
  ...rows('PHILOMENA', 2, 'S41', { CLOTHING: 'What the child is wearing', LAST_SEEN: 'When and where the child was last seen' }),
  ...rows('PHILOMENA', 2, 'DK', { WITH: 'Whom the child may be with', TAKEN: 'Money, telephone and bag', MOOD: 'How the child was', STEPS: 'What the carers have done' }),
  ...rows('WINNIE', 1, 'S10,DK', { DESCRIPTION: 'What they look like', MEDICAL: 'Illness and medication', PLACES: 'Places they go to', PEOPLE: 'People who know them', BEFORE: 'Earlier episodes and where found', RISKS: 'Known risks', TRANSPORT: 'How they get about' }),
  ...rows('WINNIE', 2, 'DK', { CLOTHING: 'What they are wearing', LAST_SEEN: 'When and where they were last seen', TAKEN: 'What they have with them', MOOD: 'How they were that day' }),
  ...rows('ELLAM', 1, 'S11,DK', { DESCRIPTION: 'What they look like', MEDICAL: 'Illness and medication', PLACES: 'Places they go to', PEOPLE: 'People who know them', RISKS: 'Known risks' }),
  ...rows('ELLAM', 2, 'DK', { CLOTHING: 'What they are wearing', LAST_SEEN: 'When and where they were last seen', TAKEN: 'What they have with them' }),
  ...rows('OTHER', 1, 'DES', { TEXT: 'What the form says' }),
  ...rows('OTHER', 2, 'DES', { TEXT_NOW: 'What the form says of today' }),
];

/** Faults of the table, by name: a code twice in a form, a form without a part, a source that is no source. */
export function checkProtocols(fields: readonly ProtocolField[] = protocolFields): string[] {
  const ids = fields.map(({ form, part, code }) => `${form}.${part}.${code}`);
  return [
    ...ids.filter((id, n) => ids.indexOf(id) !== n).map(id => `field ${id} stands twice`),
    ...fields.filter(({ source }) => !sourceTag.safeParse(source).success).map(({ form, code }) => `field ${form}.${code} has no source`),
    ...protocolForm.options.flatMap(form => [1, 2].filter(part => !fields.some(field => field.form === form && field.part === part)).map(part => `${form} has no part ${part}`)),
  ];
}

const answer = z.strictObject({ code: z.string(), text: longText });
const instant = z.iso.datetime();

export const protocol = z.strictObject({
  id: shortText, form: protocolForm, otherName: shortText.optional(), part1: z.array(answer).max(60), part2: z.array(answer).max(60), heldBy: z.enum(['CARER', 'LA', 'POLICE']), version: shortText.optional(), reviewedOn: z.iso.date().optional(),
  supplier: shortText, receivedAt: instant, attachments: z.array(shortText).max(20),
});
export type Protocol = z.output<typeof protocol>;

export const protocolSettings = z.strictObject({
  /** `protocol.upload.hours`, `protocol.stale.days`. */
  uploadHours: z.number().positive().max(168).default(4), staleDays: z.int().positive().default(180),
});
export type ProtocolSettings = z.output<typeof protocolSettings>;

/** A form is kept only for somebody who is missing, and part 2 is of that day only (S39, S41). */
export function protocolFailures(form: Protocol, facts: { readonly isPersonMissing: boolean; readonly now: string }): FieldFailure[] {
  const isCode = (part: 1 | 2, code: string): boolean => protocolFields.some(field => field.form === form.form && field.part === part && field.code === code);
  const unknownIn = (part: 1 | 2, answers: Protocol['part1']): FieldFailure[] => answers.flatMap(({ code }, n) => must(isCode(part, code), `part${part}.${n}.code`, `${form.form} has no such field in part ${part}.`, '3.7'));
  return [
    ...must(facts.isPersonMissing, 'form', 'The police do not keep a protocol form before the person is missing.', '3.7', 'TOO_EARLY'),
    ...unknownIn(1, form.part1), ...unknownIn(2, form.part2),
    ...must(form.part1.length + form.part2.length + form.attachments.length > 0, 'part1', 'The form is empty.', '3.7'),
    ...must(form.reviewedOn === undefined || form.reviewedOn <= facts.now.slice(0, 10), 'reviewedOn', 'The form cannot have been reviewed on a day that has not come.', '3.7', 'TIME_IN_FUTURE'),
    ...must(form.form !== 'OTHER' || form.otherName !== undefined, 'otherName', 'Say which form it is.', '3.7'),
  ];
}

/** "Check that it is current" when the form is older than the setting or nobody said when it was reviewed; nothing otherwise. */
export function staleBanner({ form, reviewedOn }: Pick<Protocol, 'form' | 'reviewedOn'>, now: string, { staleDays }: ProtocolSettings): string | undefined {
  if (reviewedOn === undefined) return `Check that the ${form} form is current: nobody said when it was reviewed.`;
  const days = Math.floor((Date.parse(now) - Date.parse(`${reviewedOn}T00:00:00Z`)) / 86_400_000);
  return days > staleDays ? `Check that the ${form} form is current: it was reviewed ${days} days ago.` : undefined;
}

/** A link by which a carer sends a form: for one case, once, and for a few hours (DES). Of its secret only an HMAC is kept: a copy of the record opens no link. */
export const uploadLink = z.strictObject({ id: shortText, caseId: shortText, form: protocolForm, issuedAt: instant, expiresAt: instant, issuedBy: shortText, givenTo: shortText, secretHmac: shortText, usedAt: instant.optional(), revokedAt: instant.optional() });
export type UploadLink = z.output<typeof uploadLink>;

export function issueUploadLink(start: Omit<UploadLink, 'expiresAt' | 'usedAt' | 'revokedAt'>, { uploadHours }: ProtocolSettings): UploadLink {
  return { ...start, expiresAt: new Date(Date.parse(start.issuedAt) + uploadHours * 3_600_000).toISOString() };
}

/** Why a link cannot be used; nothing when it can. The file is scanned for malware before anybody opens it. */
export function uploadFailures(link: UploadLink, { caseId, now }: { readonly caseId: string; readonly now: string }): FieldFailure[] {
  if (link.caseId !== caseId) return [wrong('link', 'This link belongs to another case.', '3.7', 'NOT_FOUND')];
  return [
    ...must(link.usedAt === undefined, 'link', 'This link has been used: ask for a new one.', '3.7', 'GUARD_UNMET'),
    ...must(link.revokedAt === undefined, 'link', 'This link has been withdrawn.', '3.7', 'GUARD_UNMET'),
    ...must(Date.parse(now) < Date.parse(link.expiresAt), 'link', 'This link has expired: ask for a new one.', '3.7', 'GUARD_UNMET'),
  ];
}
