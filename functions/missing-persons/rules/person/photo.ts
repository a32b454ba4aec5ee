import { sniff } from '../../../../shared/domain/fileSignature.ts';
import { must, wrong, type FieldFailure } from './fieldFailure.ts';

/** Photographs (3.2): JPEG, PNG or HEIC by what the first bytes say, and at most 15 MB. The edge answers 415 for what this refuses. */
export const photoMaxBytes = 15 * 1_024 * 1_024;
export const photoTypes = ['image/jpeg', 'image/png', 'image/heic'] as const;
export type PhotoType = (typeof photoTypes)[number];

/** The type that the first 16 bytes show, or undefined. A name or a declared type proves nothing. */
export function photoTypeOf(head: Uint8Array): PhotoType | undefined {
  const found = sniff(head);
  return photoTypes.find(type => type === found);
}

/** What keeps a file from being a photograph of the person. `bytes` is its whole size. */
export function photoFailures(field: string, file: { readonly head: Uint8Array; readonly bytes: number }): FieldFailure[] {
  return [
    ...must(photoTypeOf(file.head) !== undefined, field, 'This is not a photograph that can be taken: send a JPEG, PNG or HEIC.'),
    ...file.bytes > photoMaxBytes ? [wrong(field, 'The photograph is larger than 15 MB: send a smaller one.')] : must(file.bytes > 0, field, 'The file is empty.'),
  ];
}
