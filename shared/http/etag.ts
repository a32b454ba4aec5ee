/** The ETag of a version of a record. */
export function etagOf(version: number): string {
  return `"${String(version)}"`;
}
