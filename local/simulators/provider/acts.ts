import type { MediaRef } from '../../../functions/goodsam/provider/port.ts';
import type { Capability } from '../../../functions/goodsam/rules/terms.ts';
import { textClip, trackClip } from './clips.ts';
import type { Clip } from './clips.ts';
import { emit, isOver } from './session.ts';
import type { Session } from './session.ts';
import { idOf, now, pass } from './world.ts';
import type { World } from './world.ts';

/** What the person's phone does, with the events that it makes. Each does nothing where it makes no sense, so that a page's stale button is harmless. */

const RENDERING_SECONDS = 20;
const SECOND_TRY_SECONDS = 60;

export function opened(world: World, session: Session): void {
  if (session.events.some(event => event.type === 'session.opened')) return;
  emit(world, session, 'session.opened');
}

export function join(world: World, session: Session): boolean {
  if (session.hasJoined || isOver(session)) return false;
  session.hasJoined = true;
  session.status = 'OPENED';
  opened(world, session);
  emit(world, session, 'session.consent_given', { scope: session.scope.join(' ') });
  return true;
}

export function locate(world: World, session: Session, place: { readonly lat: number; readonly lng: number; readonly accuracyM: number }): void {
  if (!mayAct(session, 'LOCATION')) return;
  session.status = 'ACTIVE';
  session.fixes.push({ at: now(world).toISOString(), ...place });
  emit(world, session, 'session.location', { ...place, source: 'BROWSER_GNSS' });
}

export function startMedia(world: World, session: Session): void {
  if (!mayAct(session, 'VIDEO') || session.liveSince !== undefined) return;
  session.status = 'ACTIVE';
  session.liveSince = now(world).toISOString();
  session.hasPicture = true;
  emit(world, session, 'session.media_started', { kind: 'VIDEO' });
}

export function stopMedia(world: World, session: Session): void {
  if (session.liveSince === undefined) return;
  session.liveSince = undefined;
  emit(world, session, 'session.media_stopped', { kind: 'VIDEO' });
}

export function drop(world: World, session: Session): void {
  if (session.status !== 'ACTIVE' && session.status !== 'OPENED') return;
  session.status = 'INTERRUPTED';
  emit(world, session, 'session.connection_lost');
}

export function resume(world: World, session: Session): void {
  if (session.status !== 'INTERRUPTED') return;
  session.status = 'ACTIVE';
  emit(world, session, 'session.reconnected');
}

export function deny(world: World, session: Session, capability: Capability): void {
  if (!mayAct(session, capability)) return;
  emit(world, session, 'session.permission_denied', { capability });
}

export function narrow(world: World, session: Session, to: readonly Capability[]): void {
  if (isOver(session) || !session.hasJoined) return;
  session.scope = session.scope.filter(one => to.includes(one));
  if (!session.scope.includes('VIDEO')) stopMedia(world, session);
  emit(world, session, 'session.consent_narrowed', { scope: session.scope.join(' ') });
}

/** The page stops at once; the session stays until the app ends it. */
export function withdraw(world: World, session: Session): void {
  if (isOver(session) || !session.hasJoined || session.scope.length === 0) return;
  session.scope = [];
  emit(world, session, 'session.consent_withdrawn');
  stopMedia(world, session);
}

export function hiddenExit(world: World, session: Session): void {
  if (isOver(session)) return;
  emit(world, session, 'session.safety_exit');
  stopMedia(world, session);
  over(world, session, 'PERSON');
}

export function chat(world: World, session: Session, { text, locale, translation }: { readonly text: string; readonly locale: string; readonly translation?: string }): void {
  if (isOver(session) || !session.hasJoined || session.status === 'INTERRUPTED') return;
  const id = idOf(world, 'msg', session.id, session.chat.length);
  session.chat.push({ id, from: 'PERSON', text });
  const translated = translation === undefined ? {} : { translation, translationLocale: 'en', machineTranslated: true };
  emit(world, session, 'session.chat_message', { messageId: id, from: 'PERSON', text, locale, ...translated });
}

/** One file; a huge one pauses at a part of its bytes and goes on from there. */
export async function upload(world: World, session: Session, file: 'photo' | 'clip' | 'eicar' | 'huge', pausesAt?: number): Promise<void> {
  if (!session.hasJoined || isOver(session) || session.status === 'INTERRUPTED') return;
  session.status = 'ACTIVE';
  const clip = file === 'huge' ? world.clips.huge() : world.clips[file];
  const uploadId = idOf(world, 'upl', session.id, session.counter);
  emit(world, session, 'session.upload_started', { uploadId, bytes: clip.bytes });
  if (pausesAt !== undefined) {
    await pass(world, 10);
    const receivedBytes = Math.floor(clip.bytes * pausesAt);
    emit(world, session, 'session.upload_paused', { uploadId, bytes: clip.bytes, receivedBytes });
    await pass(world, 30);
    emit(world, session, 'session.upload_started', { uploadId, bytes: clip.bytes, receivedBytes });
  }
  await pass(world, 2);
  if (isOver(session)) return;
  const ref = addMedia(world, session, file === 'photo' ? 'UPLOAD_PHOTO' : 'UPLOAD_VIDEO', clip);
  emit(world, session, 'session.upload_received', { uploadId, ...told(ref) });
}

export function completeUploads(world: World, session: Session, files: number): void {
  if (!isOver(session)) emit(world, session, 'session.upload_completed', { files });
}

export function snapshot(world: World, session: Session): void {
  if (session.liveSince !== undefined) emit(world, session, 'session.recording_ready', told(addMedia(world, session, 'SNAPSHOT', world.clips.photo)));
}

export function end(world: World, session: Session, by: 'PERSON' | 'OFFICER' | 'LIMIT'): void {
  if (isOver(session)) return;
  stopMedia(world, session);
  over(world, session, by);
  emit(world, session, 'session.ended', { by });
}

export function cancel(world: World, session: Session): void {
  if (isOver(session)) return;
  stopMedia(world, session);
  session.status = 'CANCELLED';
}

function mayAct(session: Session, capability: Capability): boolean {
  return session.hasJoined && (session.status === 'OPENED' || session.status === 'ACTIVE') && session.scope.includes(capability);
}

function over(world: World, session: Session, by: 'PERSON' | 'OFFICER' | 'LIMIT'): void {
  session.status = 'ENDED';
  session.endedBy = by;
  if (session.body.record) void render(world, session);
}

/** Recordings are ready some time after the end, or fail and are ready later. */
async function render(world: World, session: Session): Promise<void> {
  await pass(world, RENDERING_SECONDS);
  if (session.hasPicture && session.scenario?.media === 'fails-once') {
    emit(world, session, 'session.recording_failed', { kind: 'LIVE_RECORDING', reason: 'RENDERING' });
    await pass(world, SECOND_TRY_SECONDS);
  }
  const ready = (kind: MediaRef['kind'], clip: Clip): unknown => emit(world, session, 'session.recording_ready', told(addMedia(world, session, kind, clip)));
  if (session.hasPicture) ready('LIVE_RECORDING', world.clips.clip);
  if (session.fixes.length > 0) ready('LOCATION_TRACK', trackClip(session.fixes));
  if (session.chat.length > 0) ready('CHAT_TRANSCRIPT', textClip(session.chat.map(({ from, text }) => `${from}: ${text}`).join('\n')));
}

function addMedia(world: World, session: Session, kind: MediaRef['kind'], clip: Clip): MediaRef {
  const how = session.scenario?.media;
  const sha256 = how === 'wrong-digest' ? clip.sha256.replace(/^./, first => (first === '0' ? '1' : '0')) : clip.sha256;
  const at = now(world).toISOString();
  const ref: MediaRef = { sessionId: session.id, providerMediaId: idOf(world, 'med', session.id, session.media.length), kind, mime: clip.mime, bytes: clip.bytes, sha256, endedAt: at };
  session.media.push({ ref, clip, deletedAt: undefined, breaks: how === 'breaks-once' });
  return ref;
}

function told({ providerMediaId, kind, mime, bytes, sha256 }: MediaRef): Readonly<Record<string, string | number>> {
  return { providerMediaId, kind, mime, bytes, ...(sha256 !== undefined && { sha256 }) };
}
