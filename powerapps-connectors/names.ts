/** Turns a name into the Title Case that Power Apps shows: `caseReference` -> `Case Reference`, `x-file-name` -> `File Name`. */
export function titleOf(name: string): string {
  return name
    .replace(/^@\w+\.|^x-/, '')
    .split(/[-_\s]+|(?<=[a-z0-9])(?=[A-Z])/)
    .filter(word => word !== '')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

/** Sizes as people write them, in binary units: 209715200 -> `200 MB`. */
export function sizeOf(bytes: number): string {
  const megabytes = bytes / 1024 ** 2;
  if (megabytes >= 1) return `${Number(megabytes.toFixed(1))} MB`;
  return bytes >= 1024 ? `${Number((bytes / 1024).toFixed(1))} KB` : `${bytes} bytes`;
}
