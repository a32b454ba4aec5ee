import type { Fact } from '../../../../shared/domain/decision.ts';
import type { Fix, LiveLink, Track } from '../../state.ts';
import { maxFixes } from '../../state.ts';
import type { EventEntry } from '../fold.ts';
import { distanceM, outsideUk, postToIncident } from '../location.ts';
import { ownReference } from '../references.ts';
import { owe, raise, withCommand, withEvents, writeLine, type Moment } from './step.ts';

/** What the provider or the text service reported, put into our words: what moves the request, where the person is, what was written, what can be fetched. */
export interface Report {
  readonly do: 'Report';
  readonly events: readonly EventEntry[];
  readonly fixes: readonly Fix[];
  readonly chat: readonly { readonly chatId: string; readonly at: string; readonly text: string; readonly translated?: string }[];
  /** There is something to fetch, or the provider failed to make it. */
  readonly media: 'none' | 'ready' | 'failed';
  /** Of the provider's own words, for the audit. */
  readonly types: readonly string[];
}

export interface ReportedCase { readonly link: LiveLink; readonly track: Track | undefined; readonly facts: readonly Fact[] }

/** A report is stored once, whatever it says and whenever it comes; the fold knows what it means (goodsam.md 21.12). */
export function report(link: LiveLink, track: Track | undefined, { events, fixes, chat, media, types }: Omit<Report, 'do'>, moment: Moment): ReportedCase {
  const moved = withEvents(link, events);
  const { link: placed, track: kept } = addFixes(moved, track, fixes, moment);
  const told = heardCry(events, link, placed, moment);
  const written = chat.length ? { ...told, chat: addChat(told.chat, chat) } : told;
  const found = media === 'none' ? written : findMedia(written, media);
  return { link: found, track: kept, facts: [{ what: 'ProviderReported', kind: 'collection', about: { types: types.join(' ').slice(0, 200) } }] };
}

/** The hidden exit was pressed: even when the request had ended a moment before, nobody texts this address again and somebody rings (goodsam.md 21.3, 21.4). */
function findMedia(link: LiveLink, media: 'ready' | 'failed'): LiveLink {
  return owe({ ...link, mediaExpected: true }, 'find-media', media === 'ready' ? 'recording' : 'failed');
}

function heardCry(events: readonly EventEntry[], before: LiveLink, link: LiveLink, { now: at }: Moment): LiveLink {
  const isNew = events.some(event => event.on === 'safetyExit' && !before.fired.includes(`exit|${event.id}`));
  if (!isNew) return link;
  const fired = [...link.fired, ...events.filter(event => event.on === 'safetyExit').map(event => `exit|${event.id}`)];
  return owe(raise({ ...link, fired }, { kind: 'PHONE_TASK', to: 'supervisors', at, about: 'aborted' }), 'list-unsafe', 'address');
}

function addFixes(link: LiveLink, track: Track | undefined, fixes: readonly Fix[], { now }: Moment): { link: LiveLink; track: Track | undefined } {
  const before = track?.fixes ?? [];
  const fresh = fixes.filter(fix => !before.some(known => known.id === fix.id));
  if (fresh.length === 0) return { link, track };
  const all = [...before, ...fresh].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(-maxFixes);
  const last = all.at(-1);
  if (!last) return { link, track };
  const next = { ...link, fixes: all.length, lastFix: last, ...(all.some(outsideUk) && { outsideUk: true }) };
  return { link: post(next, last, now), track: { kind: 'track', fixes: all } };
}

/** The control room reads the place in the incident: at the first fix, then after 50 m, at most every 20 s (goodsam.md 7.1). */
function post(link: LiveLink, fix: Fix, now: string): LiveLink {
  if (link.area !== 'FCC' || !postToIncident(link.lastPosted ? { ...link.lastPosted, postedAt: link.lastPosted.at } : null, fix, now)) return link;
  const text = `Live link ${ownReference(link.requestId)}: location ${fix.lat.toFixed(5)}, ${fix.lng.toFixed(5)}, accuracy ${Math.round(fix.accuracyM)} m${outsideUk(fix) ? ', outside of the UK' : ''}.`;
  return writeLine({ ...link, lastPosted: { ...fix, at: now } }, text, now);
}

function addChat(known: LiveLink['chat'], chat: Report['chat']): LiveLink['chat'] {
  const fresh = chat.filter(message => !known.some(item => item.chatId === message.chatId));
  const all = [...known, ...fresh.map(message => ({ ...message, from: 'PERSON' as const, status: 'received' as const }))];
  // As they were written, not as they came.
  return fitting(all.sort((a, b) => (a.at === b.at ? (a.chatId < b.chatId ? -1 : 1) : a.at < b.at ? -1 : 1)));
}

/** The state row must never fill up, for then no stop could be written. What is left out here is in the raw reports. */
const maxChat = 60_000;

function fitting(chat: LiveLink['chat']): LiveLink['chat'] {
  let size = 0;
  return chat.toReversed().filter(message => (size += message.text.length + (message.translated?.length ?? 0)) <= maxChat).reverse();
}

/** Metres between the last fix and the registered address: a browser's place can be faked, so it is a sign and no proof (goodsam.md 7.4). */
export function distanceFromAddress({ lastFix, registeredLat, registeredLng }: Pick<LiveLink, 'lastFix' | 'registeredLat' | 'registeredLng'>): number | undefined {
  if (!lastFix || registeredLat === undefined || registeredLng === undefined) return undefined;
  return Math.round(distanceM(lastFix, { lat: registeredLat, lng: registeredLng }));
}

export function sendChat(link: LiveLink, { chatId, text }: { chatId: string; text: string }, { now }: Moment): LiveLink {
  const chat = [...link.chat, { chatId, at: now, from: 'OFFICER' as const, text, status: 'due' as const }];
  return owe(withCommand({ ...link, chat: fitting(chat) }, 'chat', now, {}), 'chat', chatId);
}
