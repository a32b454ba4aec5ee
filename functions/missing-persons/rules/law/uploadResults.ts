import { partKeys, type MissingRecord } from '../../state.ts';
import { judged, type UploadedFile, type Verdict } from '../uploads/files.ts';
import { tooMuchInformation } from './about.ts';
import { begin, change, note, owe, raise, withPart, type Moment, type Step } from './step.ts';
import { formOf, maxForms } from './uploadActs.ts';

/** What the scanner said of a file. */
export interface ScanResult { readonly do: 'RecordScan'; readonly fileId: string; readonly said: Verdict }

/** Files of which the scanner is to be asked again. */
export function filesDue({ files }: Pick<MissingRecord, 'files'>): { readonly key: string; readonly at: string }[] {
  return files.flatMap(({ fileId, lookAt }) => (lookAt === undefined ? [] : [{ key: `file ${fileId}`, at: lookAt }]));
}

export function lookAgain(step: Step, { now }: Moment): Step {
  const due = step.record.files.filter(({ lookAt }) => lookAt !== undefined && lookAt <= now);
  return due.reduce((so, file) => {
    const { lookAt = '', ...rest } = file;
    return owe(withFile(so, rest), 'scan-file', file.fileId, `at-${lookAt}`);
  }, step);
}

/**
 * Only a clean file comes onto the record: as an information item, and as the form or photograph that it is. An infected one is destroyed. Of one that nobody could judge, and of an infected one,
 * the owner is told, for the family must be asked another way. A11 stays open: whoever finishes it has read the form.
 */
export function scanned(record: MissingRecord, { fileId, said }: ScanResult, moment: Moment): Step {
  const file = record.files.find(one => one.fileId === fileId);
  if (!file || file.state === 'CLEAN' || file.state === 'INFECTED') return note(begin(record), 'Done', 'none', { kind: 'scan-file' });
  const next = judged(file, said, moment.now);
  const step = note(withFile(begin(record), next), 'FileScanned', 'none', { file: fileId, said, state: next.state, sha256: file.sha256 });
  switch (next.state) {
    case 'CLEAN': return kept(step, next, moment);
    case 'INFECTED': return tell(owe(step, 'destroy-file', fileId), next, moment, 'infected');
    case 'UNDECIDED': return file.state === 'UNDECIDED' ? step : tell(step, next, moment, 'undecided');
    default: return step;
  }
}

function withFile(step: Step, file: UploadedFile): Step {
  return change(step, { files: step.record.files.map(one => (one.fileId === file.fileId ? file : one)) });
}

const titles = {
  form: 'A protocol form has come in: read it', photo: 'A photograph of the person has come in', infected: 'A file that was sent is infected and is not kept: ask for it another way',
  undecided: 'A file that was sent could not be checked for viruses yet and cannot be opened: ask for it another way',
} as const;

/** One card for all files of a sending of which the same is to be said. */
function tell(step: Step, { batch }: UploadedFile, { now }: Moment, what: keyof typeof titles): Step {
  return raise(step, now, { kind: 'ASKED', to: [step.record.owner.userId], title: titles[what], about: `upload-${batch}-${what}`.slice(0, 120), isUrgent: what !== 'photo' });
}

function kept(step: Step, file: UploadedFile, moment: Moment): Step {
  const known = file.kind === 'FORM' ? withForm(step, file) : withPhoto(step, file);
  const informed = withInformation(known, file, moment);
  return file.by === 'public' ? tell(informed, file, moment, file.kind === 'FORM' ? 'form' : 'photo') : informed;
}

function withForm(step: Step, { batch, form, fileId, by, receivedAt }: UploadedFile): Step {
  const { protocols } = step.record;
  const id = `protocol-${batch}`;
  const isThere = protocols.some(one => one.id === id);
  if (isThere) return change(step, { protocols: protocols.map(one => (one.id === id ? { ...one, attachments: [...one.attachments, fileId] } : one)) });
  // Beyond that it stands in the list of files.
  if (protocols.length >= maxForms) return step;
  return change(step, { protocols: [...protocols, formOf({ batch, by, receivedAt }, { form: form ?? 'OTHER', ...(form === 'OTHER' && { otherName: 'Another form' }) }, [fileId])] });
}

/** Whether it may be published is asked by whoever speaks with the family (A09). */
function withPhoto(step: Step, { fileId }: UploadedFile): Step {
  const { person } = step.record;
  const { photos = [] } = person;
  if (photos.length >= 20) return step;
  return change(step, { person: { ...person, photos: [...photos, { mediaId: fileId, consentForPublicity: 'NOT_ASKED' }] } });
}

function withInformation(step: Step, { fileId, kind, form, name, mime, sha256, by }: UploadedFile, { now }: Moment): Step {
  // The file stands in the list of files all the same.
  if (tooMuchInformation(step.record).length > 0) return step;
  const id = `info-${fileId}`;
  const item: MissingRecord['information'][number] = { id, at: now, by, channel: by === 'public' ? 'PORTAL' : 'APP', kind: 'DOCUMENT', isRestricted: true };
  const text = JSON.stringify({ fileId, kind, form, name, mime, sha256 });
  return note(withPart(change(step, { information: [...step.record.information, item] }), partKeys.information(id), { kind: 'information', text }), 'InformationAdded', 'collection', { item: id });
}
