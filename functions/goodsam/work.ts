import * as z from 'zod';
import { loadCase } from '../../shared/case/load.ts';
import { Permanent, type EffectContext } from '../../shared/case/room.ts';
import { lawOf, mayStart, type Command, type Effect, type SystemCommand } from './decide.ts';
import type { LinkAgenda, LinkDeps, LinkRoom } from './deps.ts';
import { showCard } from './effects/cards.ts';
import { findMedia, performMedia } from './effects/media.ts';
import { sendLink } from './effects/send.ts';
import { noteInspection } from './inspections.ts';
import { tell } from './locate.ts';
import { dueList, indexRows } from './lists.ts';
import { ProviderError } from './provider/port.ts';
import type { MediaCommand } from './rules/law/media.ts';
import { byKey } from './rules/law/sending.ts';
import type { LawSettings } from './rules/law/step.ts';
import { plusSeconds } from './rules/due.ts';
import { timersOf } from './rules/law/timers.ts';
import { ownReference } from './rules/references.ts';
import { translate } from './rules/translate.ts';
import { liveLink, owed, track, trackKey, type LiveLink } from './state.ts';
import { listUnsafe } from './tokens.ts';

export const queue = 'goodsam-work';

type Told = SystemCommand | MediaCommand;
/** Written by `perform` of this very file and kept in our own table: that it is a command is all that has to be known. */
const told = z.custom<Command>(value => typeof value === 'object' && value !== null && 'do' in value);

/** The room for the storage protocol. What an effect found is the command that records it. */
export function linkRoom(deps: () => LinkDeps, settings: LawSettings): LinkRoom {
  const room: LinkRoom = {
    name: 'goodsam', queue, stateSchema: liveLink, partSchema: track, effectSchema: owed, decide: lawOf(settings), mayStart,
    index: (requestId, current) => indexRows(requestId, current, settings),
    // The provider and the text service are asked under our key; a card, a line, a file is the same again when it is done again.
    repeat: effect => (effect.kind === 'send' || effect.kind === 'close-session' || effect.kind === 'chat' || effect.kind === 'delete-copy' ? 'same-key' : 'safe'),
    async perform(effect, context) {
      return { kind: 'result', result: JSON.stringify(await perform(deps(), room, effect, context)) };
    },
    recordResult: (_effect, result) => told.parse(JSON.parse(result)),
    recordFailure: (effect, code) => ({ do: 'RecordTrouble', kind: effect.kind, about: effect.about, code }),
  };
  return room;
}

/** What a request does by itself: it begins what it owes, then its timers run out. */
export function linkAgenda(settings: LawSettings): LinkAgenda {
  return {
    list: dueList,
    next({ state }, now) {
      const [first] = state.owed;
      if (first) return { key: `owed|${first.id}`, name: 'Begin', command: { do: 'Begin', owedId: first.id }, ...(first.kind === 'reconcile' && { parts: [trackKey] }) };
      const due = timersOf(state, settings).filter(timer => timer.at <= now).sort((a, b) => (a.at < b.at ? -1 : 1))[0];
      return due && { key: `timer|${due.key}`, name: 'Tick', command: { do: 'Tick', key: due.key }, ...(due.key === 'erase' && { parts: [trackKey] }) };
    },
  };
}

async function perform(deps: LinkDeps, room: LinkRoom, effect: Effect, { caseId, signal }: EffectContext): Promise<Told> {
  const reload = async (): Promise<LiveLink | undefined> => (await loadCase(deps.cases, room, caseId, [])).state?.value;
  const link = await reload();
  if (!link) throw new Permanent('no-case');
  const turn = { owed: effect, link, signal };
  switch (effect.kind) {
    case 'send': return { do: 'RecordSend', sendNo: Number(effect.about), result: await sendLink(deps, { sendNo: Number(effect.about), reload, signal }) };
    case 'card': return await showCard(deps, turn);
    case 'find-media': return await findMedia(deps, turn);
    case 'close-session': return await closeSession(deps, effect, signal);
    case 'line': return await writeLine(deps, link, effect.about, signal);
    case 'list-unsafe':
      await listUnsafe(deps.cases, link.addressHmac, deps.cases.now());
      return { do: 'RecordDone', kind: 'list-unsafe' };
    case 'reconcile': return await reconcile(deps, link, effect.about, signal);
    case 'note-inspection': return await noted(deps, effect);
    case 'chat': return await chat(deps, link, effect.about, signal);
    case 'tell': return await tellOf(deps, link, effect);
    default: return await performMedia(deps, turn);
  }
}

async function tellOf(deps: LinkDeps, { origin, requestId }: LiveLink, { id, about }: Effect): Promise<Told> {
  if (origin) await tell(deps, { ...origin, requestId }, about, id);
  return { do: 'RecordTold', news: about };
}

async function noted(deps: LinkDeps, { about, how }: Effect): Promise<Told> {
  await noteInspection(deps.cases, about, { how: how === 'IN_PERSON' ? 'IN_PERSON' : 'REMOTE', at: deps.cases.now().toISOString() });
  return { do: 'RecordDone', kind: 'note-inspection' };
}

async function closeSession(deps: LinkDeps, { about, how }: Effect, signal: AbortSignal): Promise<Told> {
  try {
    if (how === byKey) {
      const found = await deps.provider.findSession(about, { signal });
      if (found) await deps.provider.cancel(found.sessionId, 'CANCELLED', { signal });
      return { do: 'RecordDone', kind: 'close-session' };
    }
    if (how === 'END') await deps.provider.end(about, { signal });
    else await deps.provider.cancel(about, how === 'UNSAFE' || how === 'EXPIRED' || how === 'SUPERSEDED' ? how : 'CANCELLED', { signal });
    return { do: 'RecordClosed', sessionId: about };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    // Never given up: a session that stays open may be a camera that runs.
    return { do: 'LookAgain', kind: 'close-session', about, at: plusSeconds(deps.cases.now().toISOString(), 30), ...(how !== undefined && { how }) };
  }
}

async function writeLine(deps: LinkDeps, link: LiveLink, lineId: string, signal: AbortSignal): Promise<Told> {
  const line = link.lines.find(item => item.lineId === lineId);
  if (!line) return { do: 'RecordDone', kind: 'line' };
  const { ok } = await deps.incidentLog.append({ ref: link.incidentRef, entryId: `${link.requestId}-${lineId}`, text: line.text, source: `Live link ${ownReference(link.requestId)}` }, { signal });
  return { do: 'RecordLine', lineId, isWritten: ok };
}

/** What was lost on the way is read at the provider (A24). */
async function reconcile(deps: LinkDeps, link: LiveLink, sessionId: string, signal: AbortSignal): Promise<Told> {
  const send = link.sends.find(item => item.sessionId === sessionId);
  try {
    const { events } = await deps.provider.getSession(sessionId, { signal });
    const report = translate(events, send?.no ?? link.progress.sendNo);
    return { ...report, do: 'Reconciled' };
  } catch (error) {
    // The next look comes in two minutes anyway; a provider that is down must not fill the poison queue.
    if (error instanceof ProviderError) return { do: 'RecordDone', kind: 'reconcile' };
    throw error;
  }
}

async function chat(deps: LinkDeps, link: LiveLink, chatId: string, signal: AbortSignal): Promise<Told> {
  const message = link.chat.find(item => item.chatId === chatId);
  const sessionId = link.sends.at(-1)?.sessionId;
  if (!message || sessionId === undefined) return { do: 'RecordChat', chatId, isSent: false };
  await deps.provider.sendChat(sessionId, { text: message.text, idempotencyKey: `${link.requestId}-${chatId}`, ...(link.addons.includes('TRANSLATE') && { targetLocale: link.locale }) }, { signal });
  return { do: 'RecordChat', chatId, isSent: true };
}
