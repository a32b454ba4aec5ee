import * as z from 'zod';
import { checklistItems } from './firearmsItems.ts';

export const itemAnswer = z.enum(['YES', 'NO', 'NA', 'NOT_SEEN']);
export type ItemAnswer = z.infer<typeof itemAnswer>;

export const checklistAnswer = z.strictObject({
  item: z.int().min(1).max(31), answer: itemAnswer, note: z.string().max(1000).optional(), snapshotId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/).optional(),
});
export type ChecklistAnswer = z.output<typeof checklistAnswer>;

export const checklist = z.array(checklistAnswer).max(31).refine(rows => new Set(rows.map(row => row.item)).size === rows.length, { message: 'An item is answered twice' });

/** Must be YES for a pass (21.27); 19 may be NA, for there may be no section 1 ammunition. */
export const passItems = [1, 2, 3, 6, 9, 11, 12, 14, 15, 16, 18, 19] as const;
const CONCERN_ITEM = 30;
const NOT_SEEN_LIMIT = 3;

/** Outcomes that judge the security; each needs the whole list. The others end an inspection early or follow from one finding. */
const judged: ReadonlySet<string> = new Set(['PASS', 'PASS_WITH_ADVICE', 'REMEDIAL_REQUIRED']);
/** Of those that a visit in person must follow, these say more than "not enough seen", so they stay open after three NOT_SEEN. */
const passes: ReadonlySet<string> = new Set(['PASS', 'PASS_WITH_ADVICE']);

/** Whether this outcome is a judgement of the security, which nobody makes without an inspection. */
export function isJudgement(outcome: string): boolean {
  return judged.has(outcome);
}

export type ChecklistResult = { readonly ok: true } | { readonly ok: false; readonly code: 'CHECKLIST_INCOMPLETE' | 'OUTCOME_NOT_ALLOWED'; readonly items: readonly number[] };

/**
 * Whether the answers bear the outcome (goodsam.md 9, 21.27, A13). `items` are those that stand against it. In this order: a household concern
 * (item 30 YES) admits SUITABILITY_CONCERN only; a judging outcome needs every item answered, NA only where an item may be NA; three or more
 * NOT_SEEN admit none of them (FAIL_VISIT_REQUIRED is the outcome then); a pass needs the twelve items, and item 30 asked and answered NO.
 */
export function checkOutcome(answers: readonly ChecklistAnswer[], outcome: string): ChecklistResult {
  const of = new Map(answers.map(row => [row.item, row.answer]));
  if (of.get(CONCERN_ITEM) === 'YES') return outcome === 'SUITABILITY_CONCERN' ? { ok: true } : against('OUTCOME_NOT_ALLOWED', [CONCERN_ITEM]);
  if (!judged.has(outcome)) return { ok: true };
  const open = checklistItems.filter(({ item, mayBeNa }) => !of.has(item) || (of.get(item) === 'NA' && !mayBeNa)).map(({ item }) => item);
  if (open.length > 0) return against('CHECKLIST_INCOMPLETE', open);
  const unseen = answers.filter(row => row.answer === 'NOT_SEEN').map(row => row.item);
  if (unseen.length >= NOT_SEEN_LIMIT) return against('OUTCOME_NOT_ALLOWED', unseen);
  const failed = passes.has(outcome) ? standingAgainstPass(of) : [];
  return failed.length > 0 ? against('OUTCOME_NOT_ALLOWED', failed) : { ok: true };
}

function standingAgainstPass(of: ReadonlyMap<number, ItemAnswer>): number[] {
  const failed: number[] = passItems.filter(item => !(of.get(item) === 'YES' || (item === 19 && of.get(item) === 'NA')));
  return of.get(CONCERN_ITEM) === 'NO' ? failed : [...failed, CONCERN_ITEM];
}

function against(code: 'CHECKLIST_INCOMPLETE' | 'OUTCOME_NOT_ALLOWED', items: readonly number[]): ChecklistResult {
  return { ok: false, code, items };
}
