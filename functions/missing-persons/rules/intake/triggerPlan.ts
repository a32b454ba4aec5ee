import * as z from 'zod';
import { role } from '../terms.ts';
import { must, type FieldFailure } from '../person/fieldFailure.ts';
import { longText, shortText } from '../person/text.ts';

/** What was agreed for a person who goes missing again (15.2 item 29): what to do first, where, whom to call. */
const firstAction = z.strictObject({ text: shortText, ownerRole: role, withinMinutes: z.int().min(1).max(10_080), place: shortText.optional() });
const instant = z.iso.datetime();

export const triggerPlan = z.strictObject({
  id: shortText, personId: shortText, version: z.int().min(1), state: z.enum(['DRAFT', 'AGREED', 'WITHDRAWN']),
  firstActions: z.array(firstAction).max(20), places: z.array(z.strictObject({ place: shortText, why: shortText.optional() })).max(50), contacts: z.array(z.strictObject({ name: shortText, relation: shortText, phone: shortText })).max(30),
  doNot: longText.optional(), agreedWith: z.array(shortText).max(20), agreedOn: z.iso.date().optional(), reviewOn: z.iso.date().optional(), writtenBy: shortText, writtenAt: instant,
});
export type TriggerPlan = z.output<typeof triggerPlan>;

/** An agreed plan has a first action, somebody outside who agreed, and days on which it was agreed and will be looked at again. */
export function triggerPlanFailures(plan: TriggerPlan): FieldFailure[] {
  if (plan.state !== 'AGREED') return [];
  return [
    ...must(plan.firstActions.length > 0, 'firstActions', 'An agreed plan says what is done first.', '15.2 item 29'),
    ...must(plan.agreedWith.length > 0, 'agreedWith', 'Say who agreed: the council, the carer or the family.', '15.2 item 29'),
    ...must(plan.agreedOn !== undefined, 'agreedOn', 'Give the day on which it was agreed.', '15.2 item 29'),
    ...must(plan.reviewOn !== undefined && plan.reviewOn > (plan.agreedOn ?? ''), 'reviewOn', 'Give a later day on which it is looked at again.', '15.2 item 29'),
  ];
}

const FIRST = 5;

/** The first actions of a plan as they stand before every other task of the new case, at most five (S12); the place is part of what is to be done. */
export function firstActions({ firstActions: actions }: TriggerPlan): { readonly title: string; readonly ownerRole: z.output<typeof role>; readonly withinMinutes: number }[] {
  return actions.slice(0, FIRST).map(({ text, place, ownerRole, withinMinutes }) => ({ title: place === undefined ? text : `${text} (${place})`, ownerRole, withinMinutes }));
}
