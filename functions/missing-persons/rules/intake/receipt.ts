/** What an informant quotes on the telephone: the beginning of the record's id. A report is called so until the case has its number; both find it for ever. */
export function receiptOf(recordId: string): string {
  return `MP-${recordId.slice(0, 4)}-${recordId.slice(4, 8)}`.toUpperCase();
}
