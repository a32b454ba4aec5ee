import * as z from 'zod';
import { must, wrong, type FieldFailure } from './fieldFailure.ts';
import { shortText } from './text.ts';

/** An unknown value is said, with why, and is no empty field (section 3, conventions). */
export const notKnown = z.strictObject({ known: z.literal(false), reason: shortText });
export const orNotKnown = <T extends z.ZodType>(schema: T) => z.union([schema, notKnown]);

/** The value, or undefined when it is not known or not given. */
export function known<T>(value: T | z.output<typeof notKnown> | undefined): T | undefined {
  return isNotKnown(value) ? undefined : value;
}

export function isNotKnown(value: unknown): value is z.output<typeof notKnown> {
  return notKnown.safeParse(value).success;
}

type Flat = Readonly<Record<string, unknown>>;

/**
 * At the edge, where there are no unions, `dobKnown: false` and `dobReason` stand for `{known: false, reason}` (15.2 item 35). Takes a flat object and the names that may be
 * unknown; gives it back with one value under the name. `xKnown: true` may stand beside a value. Failures: unknown without a reason, unknown beside a value, a reason for
 * what is known.
 */
export function fromEdge(flat: Flat, names: readonly string[]): { readonly value: Record<string, unknown>; readonly failures: FieldFailure[] } {
  const value: Record<string, unknown> = { ...flat };
  const failures = names.flatMap(name => {
    const { [`${name}Known`]: isKnown, [`${name}Reason`]: reason } = flat;
    Reflect.deleteProperty(value, `${name}Known`);
    Reflect.deleteProperty(value, `${name}Reason`);
    if (isKnown !== false) return must(reason === undefined, `${name}Reason`, 'A reason is given only for what is not known.', '15.2 item 35');
    if (flat[name] !== undefined) return [wrong(name, 'This has a value and is said not to be known: it is one or the other.', '15.2 item 35')];
    if (typeof reason !== 'string' || reason.trim() === '') return [wrong(`${name}Reason`, 'Say why this is not known.', '15.2 item 35', 'REASON_REQUIRED')];
    value[name] = { known: false, reason };
    return [];
  });
  return { value, failures };
}

/** The way back: `{known: false, reason}` becomes the two flat fields. */
export function toEdge(value: Flat): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).flatMap(([name, part]) => (isNotKnown(part) ? [[`${name}Known`, false], [`${name}Reason`, part.reason]] : [[name, part]])));
}
