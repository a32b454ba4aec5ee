import { must, wrong, type FieldFailure } from './fieldFailure.ts';

/** Photographs (3.2): JPEG, PNG or HEIC by what the first bytes say, and at most 15 MB. The edge answers 415 for what this refuses. */
export const photoMaxBytes = 15 * 1_024 * 1_024;
export const photoTypes = ['image/jpeg', 'image/png', 'image/heic'] as const;
export type PhotoType = (typeof photoTypes)[number];

const starts: readonly (readonly [PhotoType, number, string])[] = [
  ['image/jpeg', 0, '\u00ff\u00d8\u00ff'], ['image/png', 0, '\u0089PNG\r\n\u001a\n'],
  ...['heic', 'heix', 'heim', 'heis', 'mif1', 'msf1'].map(brand => ['image/heic', 4, `ftyp${brand}`] as const),
];

/** The type that the first 16 bytes show, or undefined. A name or a declared type proves nothing. */
export function photoTypeOf(head: Uint8Array): PhotoType | undefined {
  return starts.find(([, from, mark]) => Array.from(mark).every((letter, n) => head[from + n] === letter.charCodeAt(0)))?.[0];
}

/** What keeps a file from being a photograph of the person. `bytes` is its whole size. */
export function photoFailures(field: string, file: { readonly head: Uint8Array; readonly bytes: number }): FieldFailure[] {
  return [
    ...must(photoTypeOf(file.head) !== undefined, field, 'This is not a photograph that can be taken: send a JPEG, PNG or HEIC.'),
    ...file.bytes > photoMaxBytes ? [wrong(field, 'The photograph is larger than 15 MB: send a smaller one.')] : must(file.bytes > 0, field, 'The file is empty.'),
  ];
}
