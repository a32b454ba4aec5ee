import * as z from 'zod';
import { answerValue, flagCode, questionCode, riskLevel, role } from '../terms.ts';
import { factorCode } from './factors.ts';
import { floorRule, standingFloor } from './floorSlice.ts';

const user = z.string().min(1).max(200);
const at = z.string();
const words = z.string().max(4000);

const answer = z.strictObject({ question: questionCode, value: answerValue, detail: z.string().max(2000).optional(), at, by: user });
/** What was said, who said it, and when it was obtained (I3) [S6]. */
export const riskInput = z.strictObject({ text: words, supplierName: z.string().max(200), supplierContact: z.string().max(200), obtainedAt: at, sourceSystem: z.string().max(60), grade: z.string().max(20) });
const heldFactor = z.strictObject({ code: factorCode, at, by: user });
const heldFlag = z.strictObject({ flag: flagCode, setBy: user, at, source: z.string().max(200), reviewAt: at.optional() });
const withdrawnFactor = z.strictObject({ code: factorCode, by: user, at, reason: words });
const clearedFlag = z.strictObject({ flag: flagCode, by: user, at, reason: words });

/** What is known of the risk; a report has it before there is a level. */
export const known = z.strictObject({ answers: z.array(answer), inputs: z.array(riskInput), factors: z.array(heldFactor), flags: z.array(heldFlag), withdrawnFactors: z.array(withdrawnFactor).optional() });
export type Known = z.infer<typeof known>;
export const nothingKnown: Known = { answers: [], inputs: [], factors: [], flags: [] };

const changeType = z.enum(['INITIAL', 'CONFIRM', 'RAISE', 'REDUCE', 'NO_CHANGE', 'REFUSE_RAISE']);
export type ChangeType = z.infer<typeof changeType>;

/** An inspector's leave to go below the floor: for these rules up to these levels and these flags, and for no others that come after. */
const floorOverride = z.strictObject({
  reason: words, code: z.literal('FLOOR_OVERRIDE'), by: user, byRole: role, at, rules: z.array(z.strictObject({ rule: floorRule, level: riskLevel })), flags: z.array(flagCode),
});

const assessmentFields = {
  seq: z.int().min(1), prevSeq: z.int().min(1).optional(), level: riskLevel, provisional: z.boolean(), at, byUser: user, byRole: role, changeType, guidanceVersion: z.string(), questionSet: z.string(), rationale: words.optional(),
  floor: riskLevel, ruleIds: z.array(z.string().max(10)), newInformationIds: z.array(z.string().max(100)), blockingFlags: z.array(flagCode), languageCheck: z.array(z.string().max(60)), override: floorOverride.optional(),
  confirmBy: user.optional(), confirmRole: role.optional(), confirmAt: at.optional(), conferenceNote: words.optional(), confirmRationale: words.optional(),
  reasonCode: z.literal('RAISE_NOT_CONFIRMED').optional(),
};
/** One assessment as the case remembers it. Never changed once made (I3). */
const assessmentDigest = z.strictObject(assessmentFields);
export type AssessmentDigest = z.infer<typeof assessmentDigest>;
/** The whole row (3.3): the digest with all that was known when it was made. To be stored beside the case, insert only. */
export const assessmentRow = z.strictObject({ ...assessmentFields, ...known.shape });
export type AssessmentRow = z.infer<typeof assessmentRow>;

const pendingReduction = z.strictObject({ from: riskLevel, to: riskLevel, by: user, byRole: role, at, rationale: words, newInformationIds: z.array(z.string().max(100)), conferenceNote: words.optional() });
/** The last raise, as long as nobody has confirmed it; `refusal` is the first of the two who refuse it (C4b). */
const lastRaise = z.strictObject({
  seq: z.int(), from: riskLevel, to: riskLevel, wasProvisional: z.boolean(), at, by: user, refusal: z.strictObject({ by: user, byRole: role, at, rationale: words }).optional(),
});

/** Risk of one episode. `since` is T_RISK: when the level took effect, provisional or confirmed (15.1 item 1). */
export const riskSlice = z.strictObject({
  ...known.shape, level: riskLevel, provisional: z.boolean(), since: at, seq: z.int().min(1), clearedFlags: z.array(clearedFlag), floor: standingFloor, override: floorOverride.optional(),
  assessments: z.array(assessmentDigest).min(1), pendingReduction: pendingReduction.optional(), lastRaise: lastRaise.optional(),
});
export type RiskSlice = z.infer<typeof riskSlice>;
