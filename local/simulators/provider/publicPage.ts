import * as z from 'zod';
import { homeAddress, scenarios } from '../scenarios.ts';
import { chat, completeUploads, drop, end, hiddenExit, locate, resume, startMedia, stopMedia, upload, withdraw } from './acts.ts';
import { escape, neutralPage, page } from './html.ts';
import { enter } from './play.ts';
import { json, Refusal } from './reply.ts';
import type { Incoming, Reply } from './reply.ts';
import { isOver } from './session.ts';
import type { Media, Session } from './session.ts';
import { note } from './world.ts';
import type { World } from './world.ts';

/** The page that stands in for the provider's on the phone of a member of the public. Looking at it changes nothing: a link preview is no opening (goodsam.md 14.8). */
export async function answerPublic(world: World, request: Incoming): Promise<Reply> {
  const [, , id = '', part = ''] = request.path.split('/');
  const session = world.sessions.get(id);
  if (!session) return neutralPage(404);
  const what = `${request.method} ${part}`;
  if (what === 'GET ') return isOver(session) ? neutralPage(404) : phone(session);
  if (what === 'GET state') return json(200, { count: session.counter });
  note(world, 'page', { sessionId: id, part, act: new URLSearchParams(request.text).get('act') ?? undefined });
  if (what === 'POST join') {
    if (isOver(session)) return neutralPage(404);
    // A robot that followed the link may say which scenario the number stands for.
    session.scenario ??= scenarios.find(({ id: row }) => row === new URLSearchParams(request.text).get('scenario'));
    enter(world, session);
  } else if (what === 'POST do') {
    await press(world, session, new URLSearchParams(request.text));
  } else {
    throw new Refusal(405, 'GET, or POST to join or do');
  }
  return { status: 303, headers: { location: `/s/${id}`, 'cache-control': 'no-store' } };
}

const files = z.enum(['photo', 'clip', 'eicar', 'huge']);

const buttons: Readonly<Record<string, (world: World, session: Session, form: URLSearchParams) => void | Promise<void>>> = {
  'share-location': (world, session) => locate(world, session, { lat: homeAddress.lat, lng: homeAddress.lng, accuracyM: 9 }),
  'start-video': startMedia,
  'stop-video': stopMedia,
  'send-file': (world, session, form) => upload(world, session, files.catch('photo').parse(form.get('file'))),
  'files-done': (world, session) => completeUploads(world, session, session.media.filter(isUpload).length),
  'send-chat': (world, session, form) => {
    const text = (form.get('text') ?? '').trim().slice(0, 1_000);
    if (text !== '') chat(world, session, { text, locale: session.body.locale });
  },
  'lose-signal': drop,
  'come-back': resume,
  'stop-sharing': withdraw,
  'close-page': (world, session) => end(world, session, 'PERSON'),
  'hidden-exit': hiddenExit,
};

async function press(world: World, session: Session, form: URLSearchParams): Promise<void> {
  const button = buttons[form.get('act') ?? ''];
  if (!button) throw new Refusal(422, 'no such button');
  await button(world, session, form);
}

function phone(session: Session): Reply {
  const body = session.hasJoined ? controls(session) : `
<main>
  <h1>Ready to start</h1>
  <form method="post" action="/s/${session.id}/join"><button>Join</button></form>
</main>`;
  return page({ title: 'Simulated live session', body: `<header class="banner">SIMULATOR: this stands in for the provider's page on the person's phone</header>${body}`, script: watcher(session) });
}

function controls(session: Session): string {
  const isLost = session.status === 'INTERRUPTED';
  const can = (capability: Session['scope'][number]): boolean => !isLost && session.scope.includes(capability);
  const button = (act: string, label: string, isOn: boolean, style = ''): string => `<button name="act" value="${act}" class="${style}"${isOn ? '' : ' disabled'}>${label}</button>`;
  const form = (inside: string): string => `<form method="post" action="/s/${session.id}/do">${inside}</form>`;
  return `
<main>
  <h1>Live session</h1>
  <p role="status">${statusText(session)}${session.scenario ? ` Scenario ${session.scenario.id} (${escape(session.scenario.title)}) plays by itself.` : ''}</p>
  ${form(`${button('share-location', 'Share location', can('LOCATION'))}
    ${session.liveSince === undefined ? button('start-video', 'Start video', can('VIDEO')) : button('stop-video', 'Stop video', !isLost)}`)}
  ${form(`<label for="file">File</label>
    <select id="file" name="file"><option value="photo">Photo with a place in it</option><option value="clip">Short clip</option><option value="eicar">Virus test file</option><option value="huge">Huge clip</option></select>
    ${button('send-file', 'Send a file', !isLost)} ${button('files-done', 'That is all', !isLost)}`)}
  ${form(`<label for="text">Message</label><input id="text" name="text" maxlength="1000" autocomplete="off"> ${button('send-chat', 'Send chat message', !isLost)}`)}
  <h2>Messages</h2>
  <ul>${session.chat.map(line => `<li>${line.from === 'OFFICER' ? 'Officer' : 'You'}: ${escape(line.text)}${line.targetLocale === undefined ? '' : ` (not translated to ${escape(line.targetLocale)}: this is a simulator)`}</li>`).join('')}</ul>
  ${form(`${isLost ? button('come-back', 'Come back', true) : button('lose-signal', 'Lose signal', true)}
    ${button('stop-sharing', 'Stop sharing', !isLost && session.scope.length > 0, 'stop')} ${button('close-page', 'Close the page', true)} ${button('hidden-exit', 'Hidden exit', true)}`)}
</main>`;
}

function isUpload({ ref }: Media): boolean {
  return ref.kind === 'UPLOAD_PHOTO' || ref.kind === 'UPLOAD_VIDEO';
}

function statusText(session: Session): string {
  if (session.status === 'INTERRUPTED') return 'The signal is lost.';
  if (session.scope.length === 0) return 'You stopped sharing. Nothing is sent any more.';
  return `${session.liveSince === undefined ? 'No video.' : 'Video is live.'} Locations sent: ${session.fixes.length}. Files sent: ${session.media.filter(isUpload).length}.`;
}

/** Loads the page again when something happened, but not under the fingers of someone who types. */
function watcher(session: Session): string {
  return `setInterval(async () => {
    const reply = await fetch('/s/${session.id}/state').then(answer => answer.json()).catch(() => undefined);
    if (reply && reply.count !== ${session.counter} && !(document.getElementById('text')?.value)) location.reload();
  }, 2000);`;
}
