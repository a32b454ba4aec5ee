import * as z from 'zod';
import { plusSeconds } from './due.ts';
import type { AreaTiming } from './timing.ts';

const short = z.string().min(1).max(100);

/** What is asked of the owner of a camera (goodsam.md 10). Contact details are the request's own; they are not repeated here. */
export const cctvRequest = z.strictObject({
  cameraOwnerType: z.enum(['BUSINESS', 'DOMESTIC', 'COUNCIL', 'TRANSPORT', 'DASHCAM']), premises: z.string().max(200).optional(), cameraIds: z.array(short).max(100).default([]),
  location: z.string().max(200).optional(), offenceType: short.optional(), windowFrom: z.iso.datetime(), windowTo: z.iso.datetime(),
  /** Shown time minus true time, by the speaking clock or a telephone on network time. */
  clockOffset: z.strictObject({ seconds: z.int().min(-315_360_000).max(315_360_000), method: z.enum(['SPEAKING_CLOCK', 'PHONE_NTP']) }).optional(),
  systemMakeModel: short.optional(), retentionDays: z.int().min(1).max(3650).optional(), overwriteAt: z.iso.datetime().optional(), exportFormat: short.optional(), playerNeeded: short.optional(),
  descriptionSought: z.string().max(500).optional(), legalForm: z.strictObject({ ref: short, issuedBy: short }).optional(), sensitivePremises: z.boolean().default(false), statementNeeded: z.boolean().default(false),
}).refine(row => Date.parse(row.windowTo) > Date.parse(row.windowFrom), { message: 'The window must end after it starts', path: ['windowTo'] });
export type CctvRequest = z.output<typeof cctvRequest>;

const DAY_S = 24 * 3600;
/** What is assumed of a recorder whose owner does not know. */
const UNKNOWN_RETENTION_DAYS = 7;

/** A window of more than 24 h, or sensitive premises, need the sergeant (7.6 A). */
export function cctvNeedsSupervisor(request: Pick<CctvRequest, 'windowFrom' | 'windowTo' | 'sensitivePremises'>): boolean {
  return request.sensitivePremises || Date.parse(request.windowTo) - Date.parse(request.windowFrom) > DAY_S * 1000;
}

/** When the first of the footage is lost: as given, else the window's start and the days that the recorder keeps. */
export function overwriteAt(request: Pick<CctvRequest, 'windowFrom' | 'retentionDays' | 'overwriteAt'>): string {
  return request.overwriteAt ?? plusSeconds(request.windowFrom, (request.retentionDays ?? UNKNOWN_RETENTION_DAYS) * DAY_S);
}

/**
 * The step that the coming loss calls for (7.6 F, A21): less than 48 h left and the link unopened, telephone; when that was done and did not help,
 * visit. Null when there is nothing to do. It drives tasks only, never the link's life (21.25).
 */
export function overwriteTask(at: { readonly overwriteAt: string; readonly opened: boolean; readonly phoneTaskDone: boolean }, now: string): 'PHONE' | 'VISIT' | null {
  if (at.opened || Date.parse(at.overwriteAt) - Date.parse(now) >= 2 * DAY_S * 1000) return null;
  return at.phoneTaskDone ? 'VISIT' : 'PHONE';
}

/** When the next reminder is due (4.4, 21.15: two in all, 24 h apart, the first one 48 h after sending), or null: enough sent, or the link would be dead. */
export function nextReminderAt(sent: { readonly firstSentAt: string; readonly lastSentAt: string; readonly reminders: number; readonly linkExpiresAt: string }, timing: AreaTiming): string | null {
  if (sent.reminders >= timing.resendsMax) return null;
  const at = sent.reminders === 0 ? plusSeconds(sent.firstSentAt, timing.noAnswer) : plusSeconds(sent.lastSentAt, timing.resendGap);
  return Date.parse(at) < Date.parse(sent.linkExpiresAt) ? at : null;
}
