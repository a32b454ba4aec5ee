import { json, Refusal } from './reply.ts';
import type { Reply } from './reply.ts';
import { emit } from './session.ts';
import type { Media, Session } from './session.ts';
import { now } from './world.ts';
import type { World } from './world.ts';

export function listMedia(session: Session): Reply {
  return json(200, { media: session.media.filter(media => media.deletedAt === undefined).map(({ ref }) => ref) });
}

/** A file, from a byte on when asked (RFC 9110 14, `bytes=n-` only). */
export function readMedia(media: Media, range: string): Reply {
  const { clip, ref } = media;
  if (media.deletedAt !== undefined) throw new Refusal(404, 'no such file');
  const asked = /^bytes=(\d+)-$/.exec(range)?.[1];
  const from = asked === undefined ? 0 : Number(asked);
  if (from > 0 && from >= clip.bytes) throw new Refusal(416, 'the file is shorter', { 'content-range': `bytes */${clip.bytes}` });
  const isBroken = media.breaks;
  // Once only: the reader has to come back for the rest.
  media.breaks = false;
  return {
    status: asked === undefined ? 200 : 206,
    headers: {
      'content-type': clip.mime, 'content-length': String(clip.bytes - from), 'accept-ranges': 'bytes', 'cache-control': 'no-store',
      ...(ref.sha256 !== undefined && { 'repr-digest': `sha-256=:${Buffer.from(ref.sha256, 'hex').toString('base64')}:` }),
      ...(asked !== undefined && { 'content-range': `bytes ${from}-${clip.bytes - 1}/${clip.bytes}` }),
    },
    body: clip.read(from),
    ...(isBroken && { breakAfter: Math.floor((clip.bytes - from) / 2) }),
  };
}

/** The same answer again when it is gone already. */
export function removeMedia(world: World, session: Session, media: Media): Reply {
  if (media.deletedAt === undefined) {
    media.deletedAt = now(world).toISOString();
    emit(world, session, 'session.media_deleted', { providerMediaId: media.ref.providerMediaId });
  }
  return json(200, { deletedAt: media.deletedAt });
}
