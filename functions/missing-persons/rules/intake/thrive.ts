import * as z from 'zod';
import { must, type FieldFailure } from '../person/fieldFailure.ts';

/** THRIVE (glossary, DK): how the control room grades a call. */
const headings = ['threat', 'harm', 'risk', 'investigation', 'vulnerability', 'engagement'] as const;
const note = z.string().max(600);

export const thrive = z.strictObject({ threat: note, harm: note, risk: note, investigation: note, vulnerability: note, engagement: note });
export type Thrive = z.output<typeof thrive>;

/** Every heading says something; "not known" is something (R2). */
export function thriveFailures(answers: Thrive): FieldFailure[] {
  return headings.flatMap(heading => must(answers[heading].trim() !== '', `thrive.${heading}`, `THRIVE: say something of ${heading}, or that it is not known.`, 'R2'));
}

/** The note as one text, for the report (at most 4,000 characters by the lengths of its parts). */
export function thriveNote(answers: Thrive): string {
  return headings.map(heading => `${heading.charAt(0).toUpperCase()}${heading.slice(1)}: ${answers[heading].trim()}`).join('\n');
}
