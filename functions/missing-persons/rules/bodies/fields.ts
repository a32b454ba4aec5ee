import * as z from 'zod';
import { riskLevel } from '../terms.ts';

/** Fields as they stand at the edge: flat, with a description and an example each (power-platform-and-teams.md 1.5). */
export const exampleId = 'abcdefghijklmnopqrstuvwx23';
const exampleTime = '2026-11-24T09:30:00.000Z';
export const caseId = z.string().regex(/^[a-z2-7]{26}$/).meta({ description: 'The report or case.', example: exampleId });
export const when = (description: string) => z.iso.datetime({ offset: true }).meta({ description: `${description} With an offset, for a clock of London shows some times twice.`, example: exampleTime });
export const flag = (description: string) => z.boolean().meta({ description, example: false });
export const text = (max: number, description: string, example: string) => z.string().min(1).max(max).meta({ description, example });
export const level = (description: string) => riskLevel.meta({ description, example: 'MEDIUM' });
export const person = (description: string) => z.string().regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/).meta({ description, example: '00000000-0000-4000-8000-000000000031' });
export const item = (description: string, example = 'info-0123456789abcdef') => z.string().regex(/^[A-Za-z][\w-]{0,79}$/).meta({ description, example });
export const items = (description: string, example = 'info-0123456789abcdef') => z.array(item(description, example)).max(50).meta({ description, example: [example] });
/** A task by its id: template, instance, and which of the same. */
export const taskRef = z.string().regex(/^[A-Z0-9_]{2,20}(?::[\w.:+-]{1,80})?(?:#\d{1,4})?$/);
export const reason = text(2_000, 'Why, in a sentence.', 'The neighbour was wrong about the day.');
export const clientAt = when('When it was entered on the device, if that was earlier.').optional();

/** The fields of a body; zod types an empty one as a record that takes no name at all, which would take away `do`. */
type Fields<T> = string extends keyof T ? unknown : T;
/** The acts of some bodies by name: what was sent, with the command's name beside it. */
export type ActsOf<Bodies extends Readonly<Record<string, z.ZodType>>> = { readonly [Name in keyof Bodies]: { readonly do: Name } & Fields<z.output<Bodies[Name]>> };
