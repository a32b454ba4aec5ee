type Present<T> = T extends unknown ? { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & { [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> } : never;

/**
 * The fields that are there: those that hold `undefined` are left out. With `exactOptionalPropertyTypes` a field of nothing is not the same as no field, and a state row has none; a body of a
 * request, or an object that is written down in one piece, may have them.
 */
export function present<T extends object>(fields: T): Present<T>;
export function present(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
