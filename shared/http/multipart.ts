import type { HttpRequest } from '@azure/functions';
import { readRaw } from './body.ts';
import { problem } from './problem.ts';

/** A file of a form. Name and type are what the sender says, and prove nothing. */
export interface PostedFile {
  readonly field: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Room for the headers of the parts. */
const overhead = 64 * 1_024;

/**
 * The files of a `multipart/form-data` body, which is how a page without a script sends them; other fields are left out, and so is a box in which nothing was chosen. `maxBytes` is of all files
 * together and is enforced before anything is read out of the body. @throws 400, 411, 413 and 415 problems
 */
export async function readFiles(request: HttpRequest, { maxBytes, maxParts }: { readonly maxBytes: number; readonly maxParts: number }): Promise<PostedFile[]> {
  const contentType = request.headers.get('content-type') ?? '';
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) throw problem('content-type-unsupported', 'Send the files as a form.');
  const body = await readRaw(request, maxBytes + overhead);
  // Counted first: a body of nothing but boundaries would make hundreds of thousands of parts.
  if (partsIn(body, boundary) > maxParts) throw problem('body-unparsable', 'The form has too many parts.');
  const files: PostedFile[] = [];
  for (const [field, value] of await formOf(body, contentType)) {
    if (typeof value === 'string') continue;
    const bytes = new Uint8Array(await value.arrayBuffer());
    if (bytes.byteLength > 0 || value.name !== '') files.push({ field, name: value.name, bytes });
  }
  if (files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0) > maxBytes) throw problem('body-too-large', `The files may hold ${maxBytes} bytes together.`);
  return files;
}

function boundaryOf(contentType: string): string | undefined {
  const [, quoted, plain] = /^multipart\/form-data\s*;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))\s*$/i.exec(contentType) ?? [];
  return quoted ?? plain;
}

function partsIn(body: Uint8Array, boundary: string): number {
  const whole = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const mark = Buffer.from(`--${boundary}`);
  let count = 0;
  for (let at = whole.indexOf(mark); at >= 0; at = whole.indexOf(mark, at + mark.length)) count += 1;
  return count;
}

/** The platform's own parser. It advises against itself on servers because it holds the body in memory and knows no limits; both are settled before it is called. */
async function formOf(body: Uint8Array, contentType: string): Promise<FormData> {
  try {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
    return await new Response(Buffer.from(body.buffer, body.byteOffset, body.byteLength), { headers: { 'content-type': contentType } }).formData();
  } catch {
    // Its message may quote the body.
    throw problem('body-unparsable', 'The form cannot be read.');
  }
}
