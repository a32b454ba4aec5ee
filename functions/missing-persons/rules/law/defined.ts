type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The object without the optional fields that are there with nothing in them, as bodies of requests have them. */
export function defined<T extends object>(value: T): Defined<T>;
export function defined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));
}

/** An instant of a form in UTC with milliseconds. */
export const utcOf = (at: string): string => new Date(at).toISOString();
