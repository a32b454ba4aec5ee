/** The address of the next page of a list, when there is one. `path` may have a query already. */
export function nextLink(path: string, { limit }: { readonly limit: number }, after: string | undefined): { nextLink?: string } {
  return after === undefined ? {} : { nextLink: `${path}${path.includes('?') ? '&' : '?'}limit=${limit}&after=${encodeURIComponent(after)}` };
}
