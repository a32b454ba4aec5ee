/* global setTimeout, clearTimeout */
import { command } from '../api.js';
import { button, h } from '../dom.js';
import { say } from '../say.js';
import { askFor, reasonField } from './dialog.js';

/** The picture: a link for this person alone and for a short time, never kept. @param {import('./detail.js').Case} shared */
export function createWatch(shared) {
  const way = h('p', { hidden: true });
  const start = button('Watch', () => void watch(), { id: 'watch', class: 'main', hidden: true });
  let timer = 0;
  return { start, way, update };

  function update() {
    start.hidden = !shared.moves.watch;
    if (start.hidden) drop();
  }

  function drop() {
    clearTimeout(timer);
    way.hidden = true;
    way.replaceChildren();
  }

  async function watch() {
    const given = await askFor({ title: 'Watch the session?', text: 'You get a viewer of your own for a short time. Each time is logged with your reason.', confirm: 'Watch', fields: [reasonField(['LIVE_INCIDENT', 'SUPERVISION', 'REVIEW'])] });
    if (given === undefined) return;
    await shared.run(async () => {
      /** @type {{ url: string, expiresAt: string }} */
      const { url, expiresAt } = /** @type {any} */ (await command(`${shared.path}/viewer`, given));
      const link = h('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, 'Open your viewer (new tab)');
      way.replaceChildren(link, ' For you alone; it must be opened within two minutes.');
      way.hidden = false;
      link.focus();
      clearTimeout(timer);
      timer = Number(setTimeout(drop, Math.max(0, Date.parse(expiresAt) - Date.now())));
      say('Your viewer is ready.');
    });
  }
}
