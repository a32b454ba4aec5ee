import * as z from 'zod';
import { sniff } from '../../../../shared/domain/fileSignature.ts';
import { photoMaxBytes, photoTypeOf, photoTypes } from '../person/photo.ts';
import { shortText } from '../person/text.ts';
import { protocolForm } from '../terms.ts';

/** All files of one sending together (S06: 20 MB). */
export const uploadMaxBytes = 20 * 1_048_576;
/** A paper form is photographed page by page. */
export const mostFiles = 10;
export const fileTypes = ['application/pdf', ...photoTypes] as const;
export type FileType = (typeof fileTypes)[number];
export const uploadKind = z.enum(['FORM', 'PHOTO']);

const instant = z.string();
/** A file that somebody sent. Its bytes stand in quarantine until the scanner has said that they are clean (3.7); until then, and when it says otherwise, nobody is given them. */
export const uploadedFile = z.strictObject({
  fileId: z.string().min(1).max(40), kind: uploadKind, form: protocolForm.optional(), state: z.enum(['SCANNING', 'CLEAN', 'INFECTED', 'UNDECIDED']), sha256: z.string().regex(/^[\da-f]{64}$/), bytes: z.int().min(1), mime: z.enum(fileTypes), name: shortText,
  receivedAt: instant, by: z.string().min(1).max(120),
  /** Names the sending: files that came together are one form. */
  batch: z.string().min(1).max(120),
  /** When the scanner is asked again. */
  lookAt: instant.optional(), judgedAt: instant.optional(),
});
export type UploadedFile = z.output<typeof uploadedFile>;

/** The type that the first 16 bytes show, or undefined. A name or a declared type proves nothing. */
export function fileTypeOf(head: Uint8Array): FileType | undefined {
  const found = sniff(head);
  return fileTypes.find(type => type === found);
}

export type FileFault = 'empty' | 'type' | 'photoType' | 'photoTooLarge';

/** What keeps a file from being taken; nothing when it can be. */
export function fileFault(kind: UploadedFile['kind'], { head, bytes }: { readonly head: Uint8Array; readonly bytes: number }): FileFault | undefined {
  if (bytes === 0) return 'empty';
  if (kind === 'FORM') return fileTypeOf(head) === undefined ? 'type' : undefined;
  if (photoTypeOf(head) === undefined) return 'photoType';
  return bytes > photoMaxBytes ? 'photoTooLarge' : undefined;
}

/** A name to be shown: the last part of a path, without controls and marks that turn the direction of text. It is never a name in our store. */
export function shownFileName(given: string): string {
  const name = given.slice(-1_000).toWellFormed().replace(/^.*[/\\]/s, '').replaceAll(/[\p{Cc}\p{Cf}]/gu, '').normalize('NFC').trim().slice(0, 120).toWellFormed();
  return name === '' || /^\.+$/.test(name) ? 'file' : name;
}

export type Verdict = 'CLEAN' | 'INFECTED' | 'ERROR' | 'NONE';
const second = 1_000;
const plus = (at: string, milliseconds: number): string => new Date(Date.parse(at) + milliseconds).toISOString();
/** As for evidence of live links (goodsam.md 21.21). */
const decideWithin = 30 * 60 * second;
/** What was not decided in time is asked for once an hour for a week: a form that a family sent while the scanner was down is not lost. */
const askFor = 7 * 24 * 3_600 * second;

/** What a verdict makes of a file. Only the scanner's own word makes it clean; without one it is undecided after half an hour, and people are told. */
export function judged(file: UploadedFile, said: Verdict, now: string): UploadedFile {
  if (file.state === 'CLEAN' || file.state === 'INFECTED') return file;
  const { lookAt: _, ...rest } = file;
  if (said === 'CLEAN' || said === 'INFECTED') return { ...rest, state: said, judgedAt: now };
  const age = Date.parse(now) - Date.parse(file.receivedAt);
  if (age < decideWithin) return { ...rest, lookAt: plus(now, said === 'NONE' ? 10 * second : 60 * second) };
  return { ...rest, state: 'UNDECIDED', ...(age < askFor && { lookAt: plus(now, 3_600 * second) }) };
}
