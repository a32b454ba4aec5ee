import type * as z from 'zod';
import type { MissingRecord } from '../../state.ts';
import { staleBanner } from '../intake/protocols.ts';
import type { view } from '../replies.ts';
import type { MissingSettings } from '../settings.ts';
import { linkState } from './uploadActs.ts';

/** Files, forms and links as staff see them. A form of which no file was found clean is not there yet. */
export function uploadsView({ files, protocols, uploadLinks }: Pick<MissingRecord, 'files' | 'protocols' | 'uploadLinks'>, { protocols: settings }: Pick<MissingSettings, 'protocols'>, now: string): Pick<z.output<typeof view>, 'files' | 'forms' | 'uploadLinks'> {
  return {
    files: files.map(({ fileId, kind, form, state, name, mime, bytes, sha256, receivedAt, by }) => ({ fileId, kind, state, name, mime, bytes, sha256, receivedAt, by, ...(form !== undefined && { form }) })),
    forms: protocols.filter(({ attachments, part1, part2 }) => attachments.length + part1.length + part2.length > 0).map(one => {
      const banner = staleBanner(one, now, settings);
      return { formId: one.id, form: one.form, fileIds: [...one.attachments], ...(one.reviewedOn !== undefined && { reviewedOn: one.reviewedOn }), ...(banner !== undefined && { banner }) };
    }),
    uploadLinks: uploadLinks.map(link => ({ linkId: link.id, form: link.form, state: linkState(link, now), expiresAt: link.expiresAt, issuedBy: link.issuedBy, givenTo: link.givenTo })),
  };
}
