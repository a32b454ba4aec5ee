import * as z from 'zod';
import { fail, unless } from '../machine/moment.ts';
import type { Failure } from '../terms.ts';

export const checklistCode = z.enum([
  'ENDANGERS_ABUSE', 'ENDANGERS_TRAFFICKING', 'ENDANGERS_SUICIDE', 'ACTIVE_SUSPECT', 'PERSON_WISHES', 'FAMILY_CONSENT', 'LA_CONSENT', 'CHILD_LA_OR_PARENT_VIEW', 'CHILD_EXPLOITATION_TEAM_VIEW', 'NON_PUBLIC_FIRST',
  'PHOTO_RECENT', 'PHOTO_NEUTRAL', 'PHOTO_NO_UNIFORM', 'PHOTO_EXIF_REMOVED', 'WORDING_READ', 'CHARITY_OWN_CHANNELS', 'COMMENTS_MODERATED', 'NUMBERS_SHOWN',
]);
export type ChecklistCode = z.infer<typeof checklistCode>;
export const checklistAnswer = z.strictObject({ code: checklistCode, answer: z.enum(['YES', 'NO', 'NOT_KNOWN']), detail: z.string().max(2_000).optional() });
export type ChecklistAnswer = z.infer<typeof checklistAnswer>;

/** One question of 6.4. `good`: the answer that needs no words; `isMust`: any other answer refuses, whatever the words. */
export interface ChecklistRow {
  readonly code: ChecklistCode;
  readonly text: string;
  readonly good: 'YES' | 'NO';
  readonly isMust: boolean;
  readonly onlyFor: 'ALL' | 'CHILD' | 'LAC' | 'PHOTO' | 'CHARITY';
  readonly source: string;
}

/** The checklist of 6.4. Expiry, channels and the wording itself are checked on the proposal, not asked. */
export const checklist: readonly ChecklistRow[] = [
  { code: 'ENDANGERS_ABUSE', text: 'Would it endanger the person through an abuser?', good: 'NO', isMust: false, onlyFor: 'ALL', source: 'DK' },
  { code: 'ENDANGERS_TRAFFICKING', text: 'Would it endanger the person through traffickers?', good: 'NO', isMust: false, onlyFor: 'ALL', source: 'DK' },
  { code: 'ENDANGERS_SUICIDE', text: 'Would it make suicide likelier?', good: 'NO', isMust: false, onlyFor: 'ALL', source: 'DK' },
  { code: 'ACTIVE_SUSPECT', text: 'Is there an active suspect?', good: 'NO', isMust: false, onlyFor: 'ALL', source: 'DK' },
  { code: 'PERSON_WISHES', text: "Is it what the person is known to wish?", good: 'YES', isMust: false, onlyFor: 'ALL', source: 'S82,DK' },
  { code: 'FAMILY_CONSENT', text: 'Does the family, or the informant, consent?', good: 'YES', isMust: false, onlyFor: 'ALL', source: 'S82,DK' },
  { code: 'LA_CONSENT', text: 'Does the local authority with parental responsibility consent?', good: 'YES', isMust: false, onlyFor: 'LAC', source: 'DK' },
  { code: 'CHILD_LA_OR_PARENT_VIEW', text: 'Does the local authority or the parent agree that it is in the child\'s interest?', good: 'YES', isMust: false, onlyFor: 'CHILD', source: 'DK' },
  { code: 'CHILD_EXPLOITATION_TEAM_VIEW', text: 'Does the exploitation team agree?', good: 'YES', isMust: false, onlyFor: 'CHILD', source: 'DK' },
  { code: 'NON_PUBLIC_FIRST', text: 'Was a non-public appeal (officers, taxis, rail) considered first?', good: 'YES', isMust: true, onlyFor: 'ALL', source: 'DK' },
  { code: 'PHOTO_RECENT', text: 'Is the photograph recent?', good: 'YES', isMust: false, onlyFor: 'PHOTO', source: 'DK' },
  { code: 'PHOTO_NEUTRAL', text: 'Is the photograph neutral?', good: 'YES', isMust: false, onlyFor: 'PHOTO', source: 'DK' },
  { code: 'PHOTO_NO_UNIFORM', text: 'Is it free of uniform and school badge?', good: 'YES', isMust: true, onlyFor: 'PHOTO', source: 'DK' },
  { code: 'PHOTO_EXIF_REMOVED', text: 'Is its embedded data (EXIF) removed?', good: 'YES', isMust: true, onlyFor: 'PHOTO', source: 'DK' },
  { code: 'WORDING_READ', text: 'Did you read the wording: no diagnosis, care status, exploitation or method of suicide?', good: 'YES', isMust: true, onlyFor: 'ALL', source: 'DK' },
  { code: 'CHARITY_OWN_CHANNELS', text: 'Does the charity know that it controls its own channels, and removes the appeal on closure?', good: 'YES', isMust: true, onlyFor: 'CHARITY', source: 'S80,S81' },
  { code: 'COMMENTS_MODERATED', text: 'Are comments moderated?', good: 'YES', isMust: true, onlyFor: 'ALL', source: 'DK' },
  { code: 'NUMBERS_SHOWN', text: 'Are 101 with the reference and 116 000 shown?', good: 'YES', isMust: true, onlyFor: 'ALL', source: 'DK' },
];

export interface ChecklistScope { readonly hasPhoto: boolean; readonly isUnder18: boolean; readonly isLac: boolean; readonly hasCharity: boolean }

export function askedOf({ hasPhoto, isUnder18, isLac, hasCharity }: ChecklistScope): ChecklistRow[] {
  const holds = { ALL: true, CHILD: isUnder18, LAC: isLac, PHOTO: hasPhoto, CHARITY: hasCharity };
  return checklist.filter(row => holds[row.onlyFor]);
}

/** Each question that is not answered, answered so that it may not go out, or answered without the words that it needs; one failure each. */
export function checklistFailures(answers: readonly ChecklistAnswer[], scope: ChecklistScope): Failure[] {
  return askedOf(scope).flatMap(row => {
    const given = answers.find(item => item.code === row.code);
    if (!given) return [fail('PUBLICITY_UNANSWERED', `6.4 ${row.code}`, row.text)];
    if (given.answer === row.good) return [];
    if (row.isMust) return [fail('GUARD_UNMET', `6.4 ${row.code}`, `Nothing is published with this answer: ${row.text}`)];
    return unless((given.detail ?? '').trim().length >= 10, 'REASON_REQUIRED', `6.4 ${row.code}`, `Say why it is published all the same: ${row.text}`);
  });
}
