/* global document, location, fetch, setTimeout, DOMParser */

// A page that waits asks now and then whether it is still the right one. Without this, its button asks.
const WAIT_MS = 4_000;

/** @param {Document} page */
const stageOf = page => page.querySelector('main')?.getAttribute('data-stage') ?? '';

async function look() {
  const reply = await fetch(location.href, { cache: 'no-store' }).catch(() => undefined);
  const text = await reply?.text().catch(() => undefined);
  if (reply && reply.status < 500 && text !== undefined && stageOf(new DOMParser().parseFromString(text, 'text/html')) !== stageOf(document)) location.reload();
  else setTimeout(look, WAIT_MS);
}

if (document.querySelector('main[data-waits]')) setTimeout(look, WAIT_MS);
