import * as z from 'zod';
import { durationOf, durationText } from '../clock/duration.ts';
import { levels, role, type RiskLevel } from '../terms.ts';
import { all, templateId, type Template, type TemplateId, type Windows } from './template.ts';

/** A duration that is not before its anchor; a force changes how long, not the direction. */
const window = durationText.refine(text => !text.startsWith('-'), 'must not lie before the anchor');
const byLevel = z.strictObject({ HIGH: window, MEDIUM: window, LOW: window, VERY_LOW: window }).partial();
const minutes = (HIGH: number, MEDIUM: number, LOW: number, VERY_LOW: number) => z.strictObject({ HIGH: mins, MEDIUM: mins, LOW: mins, VERY_LOW: mins }).default({ HIGH, MEDIUM, LOW, VERY_LOW });
const mins = z.int().min(1).max(1440);

/** Whom a step of a ladder reaches: the owner of the task, the control room's call list, or a role. */
export const recipient = z.enum(['OWNER', 'CONTROL_ROOM', ...role.exclude(['SYSTEM']).options]);
export type Recipient = z.infer<typeof recipient>;

/** Section 13, as far as tasks use it. Limits of law stand as upper bounds: a force may be faster, never slower. */
export const taskSettings = z.strictObject({
  /** `tasks.<id>.due`: one length, or one for each level (levels left out keep the table's). A level that does not get the task does not get it by this. */
  due: z.partialRecord(templateId, z.union([window, byLevel])).default({}),
  /** `owner.ack.mins` (A01). */
  ownerAckMins: minutes(10, 30, 60, 120),
  /** `pi.due` (P01). */
  piDue: z.strictObject({ HIGH: window, MEDIUM: window, LOW: window, VERY_LOW: window }).default({ HIGH: '1h', MEDIUM: '24h', LOW: '24h', VERY_LOW: '48h' }),
  /** `ukmpu.high.dueHours` (H09). */
  ukmpuHighDueHours: z.int().min(1).max(72).default(24),
  /** `ukmpu.hardHours` [S12]. */
  ukmpuHardHours: z.int().min(1).max(72).default(72),
  /** `ukmpu.unidentified.hours` (X24) [S12]. */
  ukmpuUnidentifiedHours: z.int().min(1).max(48).default(48),
  /** `pnc.hours` (A10) [S31][S32]. */
  pncHours: z.int().min(1).max(48).default(48),
  /** `vl.maxReassess.hours` (V02), for an adult and for a child. */
  vlMaxReassessHours: z.int().min(1).max(6).default(6),
  vlMaxReassessHoursUnder18: z.int().min(1).max(2).default(2),
  /** `repeat.mtgWorkingDays` (X13). */
  repeatMtgWorkingDays: z.int().min(1).max(30).default(5),
  /** `rhi.referral.hours` (P06) and `rhi.due.hours` (P07) [S36]. */
  rhiReferralHours: z.int().min(1).max(72).default(4),
  rhiDueHours: z.int().min(1).max(72).default(72),
  /** `standdown.mins` (P05). */
  standDownMins: z.int().min(1).max(60).default(15),
  /** `alerts.phoneTree.mins` (H01). */
  phoneTreeMins: z.int().min(1).max(30).default(10),
  /** A task on hold is warned of this long before its hard limit, which never freezes (15.1 item 3; DES). */
  hardWarnHours: z.int().min(1).max(24).default(6),
  /** `esc.chain`: the steps of the default ladder, as parts of the window after the due time, and how often it repeats until somebody acts. */
  escChain: z.strictObject({
    reminderBefore: z.number().min(0).max(0.9).default(0.25),
    due: z.array(recipient).min(1).default(['OWNER', 'SGT']),
    second: z.strictObject({ after: z.number().min(0.1).max(2), to: z.array(recipient).min(1) }).default({ after: 0.5, to: ['INSP'] }),
    third: z.strictObject({ after: z.number().min(0.1).max(4), to: z.array(recipient).min(1), toBelowMedium: z.array(recipient).min(1) }).default({ after: 1, to: ['SUPT'], toBelowMedium: ['INSP'] }),
    repeatMins: z.strictObject({ HIGH: mins, other: mins }).default({ HIGH: 60, other: 240 }),
  }).refine(({ second, third }) => second.after < third.after, 'the third step comes after the second').prefault({}),
});
export type TaskSettings = z.output<typeof taskSettings>;

const hours = (n: number): Windows => all(`${n}h`);

/** Keys of section 13 that are the window of a template. */
const named: Partial<Record<TemplateId, (settings: TaskSettings, isUnder18: boolean) => Readonly<Partial<Record<RiskLevel, string>>>>> = {
  A01: ({ ownerAckMins }) => Object.fromEntries(levels.map(level => [level, `${ownerAckMins[level]}m`])),
  H09: ({ ukmpuHighDueHours }) => hours(ukmpuHighDueHours),
  V02: ({ vlMaxReassessHours, vlMaxReassessHoursUnder18 }, isUnder18) => hours(isUnder18 ? vlMaxReassessHoursUnder18 : vlMaxReassessHours),
  X13: ({ repeatMtgWorkingDays }) => all(`${repeatMtgWorkingDays}wd`),
  X24: ({ ukmpuUnidentifiedHours }) => hours(ukmpuUnidentifiedHours),
  P01: ({ piDue }) => piDue,
  P05: ({ standDownMins }) => all(`${standDownMins}m`),
  P06: ({ rhiReferralHours }) => hours(rhiReferralHours),
  P07: ({ rhiDueHours }) => hours(rhiDueHours),
};

/** The length that a template has at a level, or undefined where the level does not get the task. A force's own `due` wins over the named key, and that over the table. */
export function windowFor(template: Template, level: RiskLevel, settings: TaskSettings, isUnder18: boolean): string | undefined {
  const standard = template.windows[level];
  if (standard === undefined) return undefined;
  const own = settings.due[template.id];
  const given = typeof own === 'string' ? own : own?.[level];
  const text = given ?? named[template.id]?.(settings, isUnder18)[level] ?? standard;
  durationOf(text);
  return text;
}

const hardNamed: Partial<Record<TemplateId, (settings: TaskSettings) => number>> = {
  A10: ({ pncHours }) => pncHours, H09: ({ ukmpuHardHours }) => ukmpuHardHours, M05: ({ ukmpuHardHours }) => ukmpuHardHours, L03: ({ ukmpuHardHours }) => ukmpuHardHours,
  V04: ({ ukmpuHardHours }) => ukmpuHardHours, X24: ({ ukmpuUnidentifiedHours }) => ukmpuUnidentifiedHours,
};

/** The length of the hard limit, if the template has one. */
export function hardWindowFor(template: Template, settings: TaskSettings): string | undefined {
  const own = hardNamed[template.id];
  return template.hardDue && (own ? `${own(settings)}h` : template.hardDue.within);
}
