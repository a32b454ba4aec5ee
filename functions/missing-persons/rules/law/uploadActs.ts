import type { MissingRecord } from '../../state.ts';
import { issueUploadLink, protocolFailures, uploadFailures, type Protocol, type UploadLink } from '../intake/protocols.ts';
import { fail, reasonFailures, roleFailures, unless } from '../machine/moment.ts';
import type { Failure } from '../terms.ts';
import type { UploadedFile } from '../uploads/files.ts';
import { isMissing } from './about.ts';
import { begin, change, note, owe, type Moment, type Step, type Stepped } from './step.ts';

/** A file as it lies in quarantine, before the record knows of it. */
export type StoredFile = Pick<UploadedFile, 'fileId' | 'kind' | 'sha256' | 'bytes' | 'mime' | 'name'>;
/** What is said of a form when staff send it in. */
export type FormSaid = Partial<Pick<Protocol, 'form' | 'otherName' | 'version' | 'reviewedOn' | 'heldBy'>>;

export type UploadAct =
  | { readonly do: 'MakeUploadLink'; readonly form: Protocol['form']; readonly givenTo: string; readonly secretHmac: string }
  | { readonly do: 'RevokeUploadLink'; readonly linkId: string }
  | { readonly do: 'UploadProtocol'; readonly file: StoredFile; readonly said: FormSaid }
  | { readonly do: 'SendByLink'; readonly linkId: string; readonly files: readonly StoredFile[] };

/** Protocol forms and photographs, and the links by which families and carers send them (3.7). Append-only: they never wait for a version. */
export function uploadActs(record: MissingRecord, act: UploadAct, moment: Moment): Stepped {
  if (act.do === 'SendByLink') return sendByLink(record, act, moment);
  const roles = roleFailures(act.do, moment.actor);
  if (roles.length > 0) return roles;
  switch (act.do) {
    case 'MakeUploadLink': return makeLink(record, act, moment);
    case 'RevokeUploadLink': return revokeLink(record, act.linkId, moment);
    case 'UploadProtocol': return uploadProtocol(record, act, moment);
  }
}

/** Whether the police look for the person now. A form is not kept before (S39), and not asked for afterwards. */
export function isLookedFor(record: Pick<MissingRecord, 'file' | 'report'>): boolean {
  if (record.file) return isMissing(record) || record.file.state === 'LOCATED_UNVERIFIED';
  return record.report.state === 'RECEIVED' || record.report.state === 'SCREENED';
}

const lookedFor = (record: MissingRecord): Failure[] => unless(isLookedFor(record), 'TOO_EARLY', '3.7', 'The police keep a form or photograph only while they look for the person.');

const maxLinks = 20;
export const maxForms = 20;

function makeLink(record: MissingRecord, { form, givenTo, secretHmac }: Extract<UploadAct, { do: 'MakeUploadLink' }>, { now, by, id, settings }: Moment): Stepped {
  const kept = record.uploadLinks.length < maxLinks ? record.uploadLinks : record.uploadLinks.filter(link => linkState(link, now) === 'OPEN');
  const failures = [...lookedFor(record), ...reasonFailures(givenTo, '3.7'), ...unless(kept.length < maxLinks, 'GUARD_UNMET', '3.7', 'This case has twenty links that can still be used: withdraw one first.')];
  if (failures.length > 0) return failures;
  const link = issueUploadLink({ id: `link-${id}`, caseId: record.recordId, form, issuedAt: now, issuedBy: by, givenTo, secretHmac }, settings.protocols);
  return note(change(begin(record), { uploadLinks: [...kept, link] }), 'UploadLinkMade', 'alteration', { link: link.id, form });
}

/** How a link stands, for those who look at it. */
export function linkState(link: UploadLink, now: string): 'OPEN' | 'USED' | 'WITHDRAWN' | 'EXPIRED' {
  if (link.usedAt !== undefined) return 'USED';
  if (link.revokedAt !== undefined) return 'WITHDRAWN';
  return link.expiresAt > now ? 'OPEN' : 'EXPIRED';
}

function revokeLink(record: MissingRecord, linkId: string, { now }: Moment): Stepped {
  const link = record.uploadLinks.find(({ id }) => id === linkId);
  if (!link) return [fail('NOT_FOUND', '3.7', 'There is no link of this name.')];
  if (linkState(link, now) !== 'OPEN') return [fail('GUARD_UNMET', '3.7', 'This link cannot be used any more, so there is nothing to withdraw.')];
  return note(withLink(begin(record), { ...link, revokedAt: now }), 'UploadLinkWithdrawn', 'alteration', { link: linkId });
}

function withLink(step: Step, link: UploadLink): Step {
  return change(step, { uploadLinks: step.record.uploadLinks.map(one => (one.id === link.id ? link : one)) });
}

/** From somebody who has nothing but the link: it is used up by this one sending, however many files it has. */
function sendByLink(record: MissingRecord, { linkId, files }: Extract<UploadAct, { do: 'SendByLink' }>, moment: Moment): Stepped {
  const link = record.uploadLinks.find(({ id }) => id === linkId);
  if (!link) return [fail('NOT_FOUND', '3.7', 'There is no link of this name.')];
  const failures = [...lookedFor(record), ...uploadFailures(link, { caseId: record.recordId, now: moment.now }), ...roomFor(record, files)];
  if (failures.length > 0) return failures;
  return take(withLink(begin(record), { ...link, usedAt: moment.now }), { files, form: link.form, batch: link.id, by: 'public' }, moment);
}

function roomFor({ files: held }: MissingRecord, files: readonly StoredFile[]): Failure[] {
  return [...unless(held.length + files.length <= 200, 'FIELD_INVALID', '3.7', 'This case holds as many files as it can.'), ...unless(files.length > 0, 'FIELD_INVALID', '3.7', 'No file was sent.')];
}

function uploadProtocol(record: MissingRecord, { file, said }: Extract<UploadAct, { do: 'UploadProtocol' }>, moment: Moment): Stepped {
  const batch = `staff-${moment.id}`;
  const { form } = said;
  if (file.kind === 'FORM' && form === undefined) return [fail('FIELD_INVALID', '3.7', 'Say which form it is.')];
  const about = file.kind === 'FORM' && form !== undefined ? protocolFailures(formOf({ batch, by: moment.by, receivedAt: moment.now }, { ...said, form }, [file.fileId]), { isPersonMissing: isLookedFor(record), now: moment.now }) : lookedFor(record);
  const failures = [...about, ...roomFor(record, [file]), ...unless(file.kind === 'PHOTO' || record.protocols.length < maxForms, 'FIELD_INVALID', '3.7', 'This case holds as many forms as it can.')];
  if (failures.length > 0) return failures;
  const step = file.kind === 'FORM' && form !== undefined ? change(begin(record), { protocols: [...record.protocols, formOf({ batch, by: moment.by, receivedAt: moment.now }, { ...said, form }, [])] }) : begin(record);
  return take(step, { files: [file], form: file.kind === 'FORM' ? form : undefined, batch, by: moment.by }, moment);
}

/** A form of which the words stand in its files: nobody has typed them into its fields. */
export function formOf({ batch, by, receivedAt }: Pick<UploadedFile, 'batch' | 'by' | 'receivedAt'>, { form, otherName, version, reviewedOn, heldBy = 'CARER' }: FormSaid & { readonly form: Protocol['form'] }, attachments: string[]): Protocol {
  return { id: `protocol-${batch}`, form, part1: [], part2: [], heldBy, supplier: by, receivedAt, attachments, ...(otherName !== undefined && { otherName }), ...(version !== undefined && { version }), ...(reviewedOn !== undefined && { reviewedOn }) };
}

interface Taking { readonly files: readonly StoredFile[]; readonly form: Protocol['form'] | undefined; readonly batch: string; readonly by: string }

/** Each waits for the scanner's word (S03). */
function take(step: Step, { files, form, batch, by }: Taking, { now }: Moment): Step {
  const taken = files.map(({ kind, ...file }): UploadedFile => ({ ...file, kind, ...(kind === 'FORM' && form !== undefined && { form }), state: 'SCANNING', receivedAt: now, by, batch }));
  const held = note(change(step, { files: [...step.record.files, ...taken] }), 'FilesReceived', 'collection', { batch, files: taken.length, sha256: taken.map(({ sha256 }) => sha256).join(' ').slice(0, 700) });
  return taken.reduce((so, { fileId }) => owe(so, 'scan-file', fileId), held);
}
