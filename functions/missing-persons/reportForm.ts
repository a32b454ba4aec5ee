import type { HttpRequest } from '@azure/functions';
import { hasBody, readFile } from '../../shared/http/body.ts';
import type { Given } from './page.ts';
import { publicForm, type PublicForm } from './rules/intake/reportFields.ts';

/** Room for every box filled in with a script that takes nine characters a letter; the raw submission fits its part. A file is no part of this form: it is refused with 415 (S06). */
const formBody = { file: true, contentTypes: ['application/x-www-form-urlencoded'], maxBytes: 192 * 1_024, description: 'The fields of the report' } as const;
/** As the fields of a report; what is longer is flagged by the law, shown again whole and kept whole in the raw submission. */
const FIELD_MAX = 20_000;

export interface PostedReport {
  /** The submission as it came, to the letter (R1). */
  readonly raw: string;
  /** Key of the form that was filled in, when it is one of ours. */
  readonly once: string | undefined;
  /** What was typed, to be shown again. */
  readonly given: Given;
  readonly form: PublicForm;
}

/**
 * Reads what the page of the public sent. Unlike `readForm` it refuses no character: telephone numbers that are copied out of a list of contacts come with marks of direction in them, and nothing
 * that somebody in fear has typed may be lost (S06, R1). The law takes such marks out and flags the field. @throws 411, 413 and 415 problems
 */
export async function readReportForm(request: HttpRequest): Promise<PostedReport> {
  const raw = hasBody(request) ? Buffer.from((await readFile(request, formBody)).bytes).toString() : '';
  const sent = new URLSearchParams(raw);
  const once = sent.get('once') ?? '';
  const fields = Object.entries(publicForm.shape).flatMap(([name, schema]) => {
    // Browsers end the lines of a text with CRLF.
    const value = sent.get(name)?.replaceAll(/\r\n?/g, '\n');
    return value === undefined ? [] : [{ name, value, isRead: schema.safeParse(value.slice(0, FIELD_MAX)).success }];
  });
  return {
    raw, once: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(once) ? once : undefined, given: Object.fromEntries(fields.map(({ name, value }) => [name, value])),
    // An answer that no box of ours gives is left out here, and stands in the raw submission.
    form: publicForm.parse(Object.fromEntries(fields.filter(({ isRead }) => isRead).map(({ name, value }) => [name, value.slice(0, FIELD_MAX)]))),
  };
}
