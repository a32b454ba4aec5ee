type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that are there: with `exactOptionalPropertyTypes` a field of nothing is not the same as no field. */
export function present<T extends object>(fields: T): Present<T>;
export function present(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
