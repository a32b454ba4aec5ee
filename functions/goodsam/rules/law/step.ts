import type { Fact } from '../../../../shared/domain/decision.ts';
import type { CardRow, LiveLink, Owed, Send } from '../../state.ts';
import { fold, type EventEntry, type Progress } from '../fold.ts';
import type { CardKind } from '../terms.ts';
import { timingFor, type AreaTiming, type TimingOverrides } from '../timing.ts';

/** The system of the reference of a request that another room asked for and that has no incident: its result goes to that room's own record. */
export const noIncident = 'MISSING_PERSONS';

/** What a force may set in the law of live links; the defaults are those of goodsam.md. */
export interface LawSettings {
  readonly timings: TimingOverrides;
  /** From the reminder of a missing outcome to the word to the supervisor (A20). */
  readonly escalateAfterSeconds: number;
  /** A card without an answer is replaced (goodsam.md 19). */
  readonly cardLifetimeSeconds: number;
  /** The number is cut down to its last digits (goodsam.md 6). */
  readonly minimiseAfterSeconds: number;
  /** Places and chat that are no evidence are erased (goodsam.md 6). */
  readonly eraseAfterSeconds: number;
  /** How long the provider keeps what nobody fetched; absent until their contract says. */
  readonly providerKeepsSeconds?: number;
}

export const defaultSettings: LawSettings = { timings: {}, escalateAfterSeconds: 60 * 60, cardLifetimeSeconds: 24 * 60 * 60, minimiseAfterSeconds: 90 * 24 * 60 * 60, eraseAfterSeconds: 31 * 24 * 60 * 60 };

/** The moment and the person of a step, with the settings of the force. */
export interface Moment {
  readonly now: string;
  readonly by: string;
  readonly roles: readonly string[];
  readonly settings: LawSettings;
}

/** A request on its way through a step, with what the audit will say of it. */
export interface Step {
  readonly link: LiveLink;
  readonly facts: readonly Fact[];
}

export function timingOf(link: Pick<LiveLink, 'area'>, { settings }: Pick<Moment, 'settings'>): AreaTiming {
  return timingFor(link.area, settings.timings);
}

export function initialProgress(createdAt: string): Progress {
  return { state: 'DRAFT', enteredAt: createdAt, consent: 'NOT_ASKED', consentScope: [], sendNo: 0 };
}

/** Adds a command to the log and works the progress out again. `on` names the trigger. */
export function withCommand(link: LiveLink, on: string, at: string, set: Partial<Progress>): LiveLink {
  const log = [...link.log, { kind: 'command' as const, on, at, set }];
  return { ...link, log, progress: fold(initialProgress(link.createdAt), log).progress };
}

/** Far beyond any session of ours; what a broken provider sends after it stays in the raw store and moves nothing. */
const maxLog = 800;

/** Adds reports that are not known yet, and works the progress out again. */
export function withEvents(link: LiveLink, events: readonly EventEntry[]): LiveLink {
  const known = new Set(link.log.flatMap(item => (item.kind === 'event' ? [item.id] : [])));
  const fresh = events.filter(event => !known.has(event.id) && isNeeded(link, event));
  // However full the log is, an end, a withdrawal and a call for help are heard.
  const room = Math.max(0, maxLog - link.log.length);
  const heard = fresh.filter((event, n) => n < room || endings.has(event.on));
  if (heard.length === 0) return link;
  const log = [...link.log, ...heard];
  return { ...link, log, progress: fold(initialProgress(link.createdAt), log).progress };
}

const endings: ReadonlySet<EventEntry['on']> = new Set<EventEntry['on']>(['personEnd', 'officerEnd', 'maxDuration', 'consentWithdrawn', 'safetyExit']);

/** Of the fixes only the earliest can begin a session: hundreds of them must not make the log heavy. */
function isNeeded({ log }: LiveLink, event: EventEntry): boolean {
  if (event.on !== 'locationFirst') return true;
  return !log.some(item => item.kind === 'event' && item.on === 'locationFirst' && item.sendNo === event.sendNo && comesBefore(item, event));
}

function comesBefore(a: EventEntry, b: EventEntry): boolean {
  return a.seq !== undefined && b.seq !== undefined ? a.seq <= b.seq : a.at <= b.at;
}

/** The request owes this to the outside. The same thing is not owed twice at a time. */
export function owe(link: LiveLink, kind: Owed['kind'], about: string, how?: string): LiveLink {
  if (link.owed.some(item => item.kind === kind && item.about === about && item.how === how)) return link;
  const owed: Owed = { id: `${kind}-${link.nextOwed}`, kind, about, ...(how !== undefined && { how }) };
  // A camera is stopped, and an address listed, before anybody is told: Teams may be down.
  const [first, second] = [link.owed.filter(item => urgent.has(item.kind)), link.owed.filter(item => !urgent.has(item.kind))];
  return { ...link, owed: urgent.has(kind) ? [...first, owed, ...second] : [...link.owed, owed], nextOwed: link.nextOwed + 1 };
}
const urgent: ReadonlySet<Owed['kind']> = new Set<Owed['kind']>(['close-session', 'list-unsafe', 'send']);

/** The same, at a later time. */
export function oweLater(link: LiveLink, item: Pick<Owed, 'kind' | 'about' | 'how'> & { readonly at: string }): LiveLink {
  return { ...link, later: [...link.later, { id: `${item.kind}-${link.nextOwed}`, ...item }], nextOwed: link.nextOwed + 1 };
}

interface Raise { readonly kind: CardKind; readonly to: CardRow['to']; readonly at: string; readonly about?: string; readonly dueAt?: string }

/** Tells people by a card. A kind that is about the same thing and still open is not raised a second time. */
export function raise(link: LiveLink, { kind, to, at, about, dueAt }: Raise): LiveLink {
  if (link.cards.some(card => card.kind === kind && card.about === about && card.to === to && (card.status === 'due' || card.status === 'shown'))) return link;
  const cardId = `card-${link.nextOwed}`;
  const card: CardRow = { cardId, kind, at, to, status: 'due', refs: [], ...(about !== undefined && { about }), ...(dueAt !== undefined && { dueAt }) };
  return owe({ ...link, cards: [...link.cards, card], nextOwed: link.nextOwed + 1 }, 'card', cardId);
}

interface Closing { readonly status: 'done' | 'expired'; readonly by?: string; readonly at: string }

/** A card that was answered, or that no longer asks for anything, is shown again as what became of it; not one that `keep` names. */
export function closeCards(link: LiveLink, kinds: readonly CardKind[], how: Closing, keep: (card: CardRow) => boolean = () => false): LiveLink {
  const open = link.cards.filter(card => kinds.includes(card.kind) && !keep(card) && (card.status === 'due' || card.status === 'shown'));
  return open.reduce<LiveLink>((next, { cardId }) => owe({
    ...next,
    cards: next.cards.map(card => (card.cardId === cardId ? { ...card, status: how.status, doneAt: how.at, ...(how.by !== undefined && { doneBy: how.by }) } : card)),
  }, 'card', cardId, how.status), link);
}

/** A line in the incident's log. Sex offender management and serious crime leave none (goodsam.md 21.35); where there is no incident there is no log. */
export function writeLine(link: LiveLink, text: string, at: string): LiveLink {
  if (link.area === 'SOM' || link.area === 'SOCU' || link.incidentSystem === noIncident) return link;
  const lineId = `line-${link.nextOwed}`;
  return owe({ ...link, lines: [...link.lines, { lineId, at, text, status: 'due' as const }], nextOwed: link.nextOwed + 1 }, 'line', lineId);
}

export function currentSend(link: LiveLink): Send | undefined {
  return link.sends.find(send => send.no === link.progress.sendNo);
}

export function changeSend(link: LiveLink, no: number, set: Partial<Send>): LiveLink {
  return { ...link, sends: link.sends.map(send => (send.no === no ? { ...send, ...set } : send)) };
}

/** An alert that is raised once in the life of a request. */
export function once(link: LiveLink, key: string, act: (link: LiveLink) => LiveLink): LiveLink {
  return link.fired.includes(key) ? link : act({ ...link, fired: [...link.fired, key] });
}
