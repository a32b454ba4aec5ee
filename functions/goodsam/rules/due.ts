import { bankHolidays } from '../../../shared/domain/bankHolidays.ts';
import { endOfLondonDay, endOfWorkingDay } from '../../../shared/domain/london.ts';
import type { Area, Channel, Priority, RequestState } from './terms.ts';
import { readAloudCodeLifetime, type AreaTiming } from './timing.ts';

/** `instant` plus seconds, ISO 8601 in UTC. */
export function plusSeconds(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString();
}

/** What the link's times hang on. `slotStartAt` only where a slot is booked (FAL). */
export interface Sending {
  readonly sentAt: string;
  readonly channel: Channel;
  readonly slotStartAt?: string | undefined;
}

/** When the link dies (4.4, 21.25): after the area's lifetime from sending, or from the slot's start; a spoken code after 10 min at most (21.31). */
export function linkExpiresAt(sending: Sending, timing: AreaTiming): string {
  if (sending.channel === 'READ_ALOUD_CODE') return plusSeconds(sending.sentAt, Math.min(timing.linkLifetime, readAloudCodeLifetime));
  return plusSeconds(startOf(sending), timing.linkLifetime);
}

/** From when the link may be opened (T10 guard, 21.22). */
export function linkOpensAt(sending: Sending, timing: AreaTiming): string {
  return sending.slotStartAt === undefined ? sending.sentAt : plusSeconds(sending.slotStartAt, -timing.linkOpensBefore);
}

/** When nobody answering becomes NO_ANSWER (T19): from sending, or from the slot's start. */
export function noAnswerAt(sending: Sending, timing: AreaTiming): string {
  return plusSeconds(startOf(sending), timing.noAnswer);
}

/** A text sent after the slot began (a re-send to a late holder) counts from its sending. */
function startOf({ sentAt, slotStartAt }: Sending): string {
  return slotStartAt !== undefined && Date.parse(slotStartAt) > Date.parse(sentAt) ? slotStartAt : sentAt;
}

/** When a lost connection ends the session (T16). */
export function graceEndsAt(interruptedAt: string, timing: AreaTiming): string {
  return plusSeconds(interruptedAt, timing.grace);
}

/** When the interrupted session of domestic abuse raises "re-grade now" (21.16), null where the area has no such alert. */
export function regradeAlertAt(interruptedAt: string, timing: AreaTiming): string | null {
  return timing.regradeAlert === null ? null : plusSeconds(interruptedAt, timing.regradeAlert);
}

/** When the session is ended by the limit (T17). Uploads have none (21.22), that is the caller's to know. */
export function sessionLimitAt(startedAt: string, timing: AreaTiming): string {
  return plusSeconds(startedAt, timing.maxSession);
}

/** When the outcome must be there (21.24). `from`: end, side end, or the receipt of the footage. Working days end at 23:59 London. */
export function outcomeDueAt(from: string, timing: AreaTiming, holidays: ReadonlySet<string> = bankHolidays): string {
  const due = timing.outcomeDue;
  switch (due.kind) {
    case 'AFTER': return plusSeconds(from, due.seconds);
    case 'END_OF_DAY': return endOfLondonDay(from);
    case 'WORKING_DAYS': return endOfWorkingDay(from, due.days, holidays);
  }
}

/**
 * Until when a request may wait unsent (`dueAt`, 21.16): SAFETY_HELD 30 min at P0 and 24 h otherwise; AUTH_PENDING 24 h, or until the slot
 * starts when that is sooner. READY and SENDING are given as the hold's time too, for P2 and P3 retry until then (21.18).
 */
export function holdDueAt(state: RequestState, since: string, about: { readonly priority: Priority; readonly slotStartAt?: string | undefined }): string {
  if (state === 'SAFETY_HELD' && about.priority === 'P0_LIVE') return plusSeconds(since, 30 * 60);
  const day = plusSeconds(since, 24 * 3600);
  if (about.slotStartAt === undefined) return day;
  // A slot is booked days ahead: what waits for authority waits no longer than the slot, what waits to be sent may wait until then.
  if (state === 'AUTH_PENDING') return Date.parse(about.slotStartAt) < Date.parse(day) ? about.slotStartAt : day;
  // A text about an appointment that has begun helps nobody; a re-send to somebody who is late has its own day.
  return Date.parse(about.slotStartAt) > Date.parse(since) ? about.slotStartAt : day;
}

/** Whether a further send is allowed (T23), and if not, why. Gap from the last sending; the count is of re-sends made. */
export function mayResend(sent: { readonly area: Area; readonly resends: number; readonly lastSentAt: string }, now: string, timing: AreaTiming): 'OK' | 'MAXIMUM' | 'TOO_SOON' {
  if (sent.resends >= timing.resendsMax) return 'MAXIMUM';
  return Date.parse(now) - Date.parse(sent.lastSentAt) >= timing.resendGap * 1000 ? 'OK' : 'TOO_SOON';
}
