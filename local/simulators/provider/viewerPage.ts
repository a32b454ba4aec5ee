import { escape, page } from './html.ts';
import { Refusal } from './reply.ts';
import type { Incoming, Reply } from './reply.ts';
import { isOver } from './session.ts';
import type { Session, Viewer } from './session.ts';
import { note, now } from './world.ts';
import type { World } from './world.ts';

/** The officer's view. The first browser that opens the link keeps it, by a cookie; for any other it is used up. */
export function answerViewer(world: World, request: Incoming): Reply {
  const [, , token = ''] = request.path.split('/');
  const viewer = world.viewers.get(token);
  const session = viewer && world.sessions.get(viewer.sessionId);
  if (request.method !== 'GET' || !viewer || !session || viewer.expiresAt <= now(world).getTime() || isOver(session)) throw new Refusal(410, 'this link is over');
  const cookie = claim(viewer, request.header('cookie'));
  note(world, 'page', { sessionId: session.id, part: 'viewer', viewerRef: viewer.viewerRef });
  return page({ title: 'Simulated live picture', body: picture(session), script: refresher, headers: { 'set-cookie': `viewer=${cookie}; HttpOnly; SameSite=Strict; Path=/v/${token}` } });
}

/** Fetches the page again and shows its new main part; a link that is over says so. */
const refresher = `setInterval(async () => {
  const answer = await fetch(location.href).catch(() => undefined);
  if (!answer) return;
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('main');
  if (next) document.querySelector('main').replaceWith(next);
  else location.reload();
}, 3000);`;

function claim(viewer: Viewer, header: string): string {
  const held = /(?:^|;\s*)viewer=([0-9a-f-]+)/.exec(header)?.[1];
  if (viewer.cookie !== undefined && viewer.cookie !== held) throw new Refusal(403, 'this link was opened by someone else');
  viewer.cookie ??= crypto.randomUUID();
  return viewer.cookie;
}

function picture(session: Session): string {
  const fix = session.fixes.at(-1);
  const label = session.status === 'INTERRUPTED' ? 'SIGNAL LOST' : session.liveSince === undefined ? 'NO PICTURE' : 'SIMULATED LIVE PICTURE';
  return `<header class="banner">SIMULATOR: no real picture</header>
<main>
  <h1>Live session</h1>
  <svg viewBox="0 0 320 180" role="img" aria-label="${label}"><rect width="320" height="180" fill="#0b0c0c"/><text x="160" y="95" fill="#fff" font-size="18" text-anchor="middle">${label}</text></svg>
  <p>${fix === undefined ? 'No location yet.' : `Last location ${fix.lat.toFixed(5)}, ${fix.lng.toFixed(5)}, within ${fix.accuracyM} m, at ${escape(fix.at)}.`}</p>
  <ul>${session.chat.map(line => `<li>${line.from === 'OFFICER' ? 'Officer' : 'Person'}: ${escape(line.text)}</li>`).join('')}</ul>
</main>`;
}
