import * as z from 'zod';

/** Parts that several kinds of evidence are made of. Text is trimmed and without control characters (section 3). */
export const words = (min: number, max: number) => z.string().trim().min(min).max(max).refine(text => !/\p{Cc}/u.test(text.replace(/[\t\r\n]/g, '')), 'must not contain control characters');
export const note = words(3, 4000);
export const name = words(2, 120);
export const reference = words(1, 80);
export const instant = z.iso.datetime();
export const channel = z.enum(['IN_PERSON', 'PHONE', 'VIDEO', 'EMAIL', 'TEXT', 'LETTER', 'PORTAL']);
