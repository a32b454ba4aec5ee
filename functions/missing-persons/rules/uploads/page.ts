import { londonTime } from '../../../../shared/domain/london.ts';
import type { UploadLink } from '../intake/protocols.ts';
import { fileFault, mostFiles, type FileFault, type UploadedFile } from './files.ts';

/** What is wrong with what was sent, at its box of the page. */
export interface UploadError { readonly box: 'form' | 'photo'; readonly key: FileFault | 'none' | 'tooMany' | 'tooLarge' | 'unreadable' | 'unsent' }

/** Why there is no form: the link was used, has ended, or is none. */
export type DeadLink = 'used' | 'ended' | 'unknown';

export type UploadStage =
  | { readonly stage: 'form'; readonly sendTo: string; readonly form: UploadLink['form']; readonly expiresAt: string; readonly errors?: readonly UploadError[]; readonly languages?: readonly { readonly lang: 'en' | 'cy'; readonly text: string; readonly href: string; readonly current: boolean }[] }
  | { readonly stage: 'sent' }
  | { readonly stage: 'dead'; readonly why: DeadLink };

/** What `htmlReply` of shared/http/html.ts takes. The address holds a secret: no search engine, no referrer. */
export interface UploadPage {
  readonly status: number;
  readonly view: string;
  readonly model: { readonly lang: 'en' | 'cy'; readonly [name: string]: unknown };
  readonly isSecretAddress: true;
}

/** The page at which a family or carer sends a form or photograph (3.7). It names nobody, for who holds a link may not be who it was meant for, and it works without a script. */
export function uploadPage(stage: UploadStage, lang: 'en' | 'cy'): UploadPage {
  switch (stage.stage) {
    case 'form': {
      const { errors = [] } = stage;
      return page('upload', { lang, sendTo: stage.sendTo, form: stage.form, until: untilOf(stage.expiresAt), languages: stage.languages, errors: errors.map(({ box, key }) => ({ key, href: `#${box}` })), formError: keyAt(errors, 'form'), photoError: keyAt(errors, 'photo') }, statusOf(errors));
    }
    case 'sent': return page('uploadSent', { lang }, 200);
    case 'dead': return page('uploadDead', { lang, why: stage.why }, stage.why === 'unknown' ? 404 : 410);
  }
}

const keyAt = (errors: readonly UploadError[], at: UploadError['box']): UploadError['key'] | undefined => errors.find(({ box }) => box === at)?.key;

function page(view: string, model: UploadPage['model'], status: number): UploadPage {
  return { status, view: `missing-persons/${view}.njk`, model, isSecretAddress: true };
}

const statuses: Readonly<Partial<Record<UploadError['key'], number>>> = { tooLarge: 413, type: 415, photoType: 415, photoTooLarge: 415, unreadable: 400, unsent: 503 };

/** The first of them (S06: 415 for media, 413 for more than 20 MB). */
function statusOf([first]: readonly UploadError[]): number {
  return first ? statuses[first.key] ?? 422 : 200;
}

/** `14:05, 25/11/2026`: the same in both languages. */
function untilOf(instant: string): string {
  const { year, month, day, hour, minute } = londonTime(instant);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(hour)}:${two(minute)}, ${two(day)}/${two(month)}/${year}`;
}

interface Chosen { readonly kind: UploadedFile['kind']; readonly bytes: Uint8Array }

/** One message a box; nothing of a sending is taken while anything of it is wrong. */
export function uploadErrors(files: readonly Chosen[]): UploadError[] {
  if (files.length === 0) return [{ box: 'form', key: 'none' }];
  if (files.length > mostFiles) return [{ box: 'form', key: 'tooMany' }];
  return (['FORM', 'PHOTO'] as const).flatMap(kind => {
    const key = files.filter(file => file.kind === kind).map(({ bytes }) => fileFault(kind, { head: bytes.subarray(0, 16), bytes: bytes.byteLength })).find(fault => fault !== undefined);
    return key === undefined ? [] : [{ box: kind === 'FORM' ? 'form' as const : 'photo' as const, key }];
  });
}
