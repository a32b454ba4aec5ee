import * as z from 'zod';
import { isLive, isTerminal, transitionOf, type Trigger } from './machine.ts';
import { capability, consentState, declineReason, endReason, failReason, requestState, type Capability, type EndReason } from './terms.ts';

/** How far a request has come: everything that follows from what was commanded and what was reported. */
export const progress = z.strictObject({
  state: requestState,
  /** When the state was entered. */
  enteredAt: z.string(),
  consent: consentState,
  consentScope: z.array(capability),
  /** The send that counts; a later one makes the reports of earlier ones void. */
  sendNo: z.int(),
  sentAt: z.string().optional(),
  deliveredAt: z.string().optional(),
  joinedAt: z.string().optional(),
  letInAt: z.string().optional(),
  openedAt: z.string().optional(),
  consentedAt: z.string().optional(),
  firstMediaAt: z.string().optional(),
  interruptedAt: z.string().optional(),
  endedAt: z.string().optional(),
  closedAt: z.string().optional(),
  endReason: endReason.optional(),
  declineReason: declineReason.optional(),
  failReason: failReason.optional(),
  upload: z.enum(['RECEIVING', 'PAUSED', 'RECEIVED', 'CHECKED']).optional(),
});
export type Progress = z.infer<typeof progress>;

/** What moved the request by a person or a timer of ours: decided once, never undone by a report that comes late. */
export const commandEntry = z.strictObject({ kind: z.literal('command'), on: z.string(), at: z.string(), set: progress.partial() });
export type CommandEntry = z.infer<typeof commandEntry>;

export const eventName = z.enum([
  'delivered', 'undelivered', 'mediaStarted', 'locationFirst', 'connectionLost', 'reconnected', 'permissionDenied', 'consentNarrowed', 'consentWithdrawn', 'safetyExit',
  'uploadStarted', 'uploadPaused', 'uploadCompleted', 'personEnd', 'officerEnd', 'maxDuration',
]);
export type EventName = z.infer<typeof eventName>;

/** What a provider reported, kept once. `scope` is what remains of the consent, or what was denied. */
export const eventEntry = z.strictObject({
  kind: z.literal('event'), id: z.string(), on: eventName, at: z.string(), seq: z.int().optional(), sendNo: z.int(), scope: z.array(capability).optional(),
});
export type EventEntry = z.infer<typeof eventEntry>;

export const entry = z.discriminatedUnion('kind', [commandEntry, eventEntry]);
export type Entry = z.infer<typeof entry>;

export interface Folded {
  readonly progress: Progress;
  /** Reports that do not fit yet: they are tried again after each further entry. */
  readonly pending: readonly string[];
  /** Reports that came after the request had ended, or of an earlier send. */
  readonly ignored: readonly string[];
}

/**
 * The state of a request from all that is known of it, whatever the order in which it came to be known (goodsam.md 21.12): reports by sequence, else by the time
 * at which it happened, then by rank; commands in the order in which they were committed. A report that does not fit waits until it does; it is ignored only when the request has ended.
 */
export function fold(start: Progress, log: readonly Entry[]): Folded {
  let current = start;
  let waiting: EventEntry[] = [];
  const ignored: string[] = [];
  const retry = (): void => {
    for (let moved = true; moved;) {
      moved = false;
      const still: EventEntry[] = [];
      for (const event of waiting) {
        const next = applyEvent(current, event);
        if (next) {
          current = next;
          moved = true;
        } else still.push(event);
      }
      waiting = still;
    }
  };
  for (const item of ordered(log)) {
    if (item.kind === 'command') current = applyCommand(current, item);
    else if (isVoid(current, item)) {
      ignored.push(item.id);
      continue;
    } else waiting.push(item);
    retry();
  }
  const isOver = isTerminal(current.state);
  return {
    progress: current,
    pending: isOver ? [] : waiting.filter(event => event.sendNo >= current.sendNo).map(event => event.id),
    ignored: [...ignored, ...waiting.filter(event => isOver || event.sendNo < current.sendNo).map(event => event.id)],
  };
}

/** A command of later than the end, which was not known when it was accepted, no longer moves the request: only a safety stop and the closing do. */
function applyCommand(current: Progress, { set, at }: CommandEntry): Progress {
  const { state } = set;
  if (isTerminal(current.state) && state !== undefined && !afterTheEnd.has(state)) return current;
  // A new link begins anew on the neutral host: who pressed Join before has pressed it on a link that is dead (goodsam.md 21.8).
  const { joinedAt, letInAt, ...older } = current;
  const before = set.sendNo !== undefined && set.sendNo > current.sendNo ? older : current;
  return {
    ...before, ...set,
    state: state ?? current.state, enteredAt: state !== undefined && state !== current.state ? at : current.enteredAt,
    consent: set.consent ?? current.consent, consentScope: set.consentScope ?? current.consentScope, sendNo: set.sendNo ?? current.sendNo,
  };
}
const afterTheEnd: ReadonlySet<string> = new Set(['CLOSED', 'ABORTED_SAFETY', 'BLOCKED_UNSAFE']);

function isVoid(current: Progress, event: EventEntry): boolean {
  return isTerminal(current.state) || event.sendNo < current.sendNo;
}

/** The request after this report, or undefined when it does not fit its state. */
function applyEvent(current: Progress, event: EventEntry): Progress | undefined {
  return event.sendNo === current.sendNo ? steps[event.on](current, event) : undefined;
}

type Step = (current: Progress, event: EventEntry) => Progress | undefined;
const steps: Readonly<Record<EventName, Step>> = {
  delivered: (current, event) => moved(current, event, 'delivered', { deliveredAt: event.at }),
  undelivered: (current, event) => moved(current, event, 'undelivered', { failReason: 'UNDELIVERED' }),
  mediaStarted: started,
  locationFirst: started,
  uploadStarted(current, event) {
    const next = started(current, event);
    return next && { ...next, upload: next.upload === 'RECEIVED' || next.upload === 'CHECKED' ? next.upload : 'RECEIVING' };
  },
  uploadPaused: current => (current.upload === 'RECEIVING' ? { ...current, upload: 'PAUSED' } : undefined),
  uploadCompleted: current => (current.state === 'IN_SESSION' && current.upload !== undefined ? { ...current, upload: current.upload === 'CHECKED' ? 'CHECKED' : 'RECEIVED' } : undefined),
  // An upload has no line that could be lost: it pauses (goodsam.md 21.22).
  connectionLost: (current, event) => (current.upload === undefined ? moved(current, event, 'connectionLost', { interruptedAt: event.at }) : { ...current, upload: current.upload === 'RECEIVING' ? 'PAUSED' : current.upload }),
  reconnected: (current, event) => (current.upload === undefined ? moved(current, event, 'reconnected', { interruptedAt: undefined }) : { ...current, upload: current.upload === 'PAUSED' ? 'RECEIVING' : current.upload }),
  permissionDenied: denied,
  consentNarrowed: (current, event) => (isLive(current.state) ? narrowed(current, (event.scope ?? []).filter(item => current.consentScope.includes(item))) : undefined),
  consentWithdrawn: (current, event) => ended(current, event, { on: 'consentWithdrawn', why: 'WITHDRAWN' }, true),
  safetyExit: (current, event) => moved(current, event, 'safetyExit', { endedAt: event.at }),
  personEnd: (current, event) => ended(current, event, { on: 'personEnd', why: 'PERSON' }),
  officerEnd: (current, event) => ended(current, event, { on: 'officerEnd', why: 'OFFICER' }),
  maxDuration: (current, event) => ended(current, event, { on: 'maxDuration', why: 'LIMIT' }),
};

type Marks = Partial<Omit<Progress, 'state' | 'enteredAt' | 'consent' | 'consentScope' | 'sendNo'>>;

function moved(current: Progress, event: EventEntry, on: Trigger, set: Marks): Progress | undefined {
  const to = transitionOf(current.state, on)?.to;
  if (to === undefined || to === 'routed') return undefined;
  return { ...current, ...set, state: to, enteredAt: event.at };
}

function ended(current: Progress, event: EventEntry, { on, why }: { on: Trigger; why: EndReason }, isWithdrawn = false): Progress | undefined {
  // All files are there: that the page was closed after it is no other end (goodsam.md 21.22).
  const endReason = current.upload === 'RECEIVED' ? 'UPLOADED' as const : why;
  const next = moved(current, event, on, { endedAt: event.at, endReason });
  return next && isWithdrawn ? { ...next, consent: 'WITHDRAWN' } : next;
}

/** Something arrives: the session begins, or goes on. */
function started(current: Progress, event: EventEntry): Progress | undefined {
  if (current.state === 'IN_SESSION') return current;
  // A fix that was on its way is no sign that the line is back.
  if (current.state === 'INTERRUPTED' && event.on === 'locationFirst') return current;
  return moved(current, event, 'mediaStarted', { firstMediaAt: current.firstMediaAt ?? event.at, interruptedAt: undefined });
}

/** The browser said no to a part of what the person had agreed to; with nothing left there is no session (goodsam.md 21.16, T13a). */
function denied(current: Progress, event: EventEntry): Progress | undefined {
  if (!isLive(current.state)) return undefined;
  const left = current.consentScope.filter(item => !(event.scope ?? []).includes(item) && item !== 'SOUND');
  if (left.length === 0 && current.state === 'CONSENTED') return ended(current, event, { on: 'permissionDenied', why: 'PERMISSION_DENIED' });
  return narrowed(current, current.consentScope.filter(item => !(event.scope ?? []).includes(item)));
}

function narrowed(current: Progress, scope: Capability[]): Progress {
  return scope.length === current.consentScope.length ? current : { ...current, consent: 'NARROWED', consentScope: scope };
}

interface Placed { readonly item: Entry; readonly at: number; readonly rank: number; readonly sendNo: number; readonly seq: number; readonly place: number; readonly id: string }

/** Among reports of one moment: what opens comes before what closes. */
const rank: readonly EventName[] = [
  'delivered', 'undelivered', 'uploadStarted', 'mediaStarted', 'locationFirst', 'permissionDenied', 'consentNarrowed', 'connectionLost', 'reconnected', 'uploadPaused', 'uploadCompleted',
  'consentWithdrawn', 'safetyExit', 'maxDuration', 'officerEnd', 'personEnd',
];

/** One order of all entries that does not depend on when they came. A sequence never goes back in time: a report's moment is at least that of its forerunner. */
export function ordered(log: readonly Entry[]): readonly Entry[] {
  const commands = monotone(log.filter(item => item.kind === 'command').map((item, place) => ({ item, at: Date.parse(item.at), rank: -1, sendNo: 0, seq: 0, place, id: '' })));
  const events = log.filter(item => item.kind === 'event');
  const numbered = events.filter(item => item.seq !== undefined).sort((a, b) => a.sendNo - b.sendNo || (a.seq ?? 0) - (b.seq ?? 0) || (a.id < b.id ? -1 : 1));
  const placed = (item: EventEntry): Placed => ({ item, at: Date.parse(item.at), rank: rank.indexOf(item.on), sendNo: item.sendNo, seq: item.seq ?? Infinity, place: 0, id: item.id });
  const sequences = [...new Set(numbered.map(item => item.sendNo))].flatMap(sendNo => monotone(numbered.filter(item => item.sendNo === sendNo).map(placed)));
  const free = events.filter(item => item.seq === undefined).map(placed);
  return [...commands, ...sequences, ...free].sort(inOrder).map(({ item }) => item);
}

/** Compared field by field, so that it is one order of all: were the numbers asked of some pairs and the ranks of others, three reports of one moment could go round. */
function inOrder(a: Placed, b: Placed): number {
  const isEvent = (item: Placed): number => (item.item.kind === 'event' ? 1 : 0);
  return a.at - b.at || isEvent(a) - isEvent(b) || a.place - b.place || a.rank - b.rank || a.sendNo - b.sendNo || a.seq - b.seq || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function monotone(items: readonly Placed[]): Placed[] {
  let latest: Pick<Placed, 'at' | 'rank'> = { at: -Infinity, rank: -1 };
  return items.map(item => {
    // Of one moment, a later number does not come before an earlier one for its rank.
    latest = item.at > latest.at ? item : { at: latest.at, rank: Math.max(latest.rank, item.rank) };
    return { ...item, at: latest.at, rank: latest.rank };
  });
}
