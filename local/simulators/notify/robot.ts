import type { Phone } from '../scenarios.ts';
import { isLoopback, openBrowser } from './browser.ts';
import type { Browser, Page } from './browser.ts';
import { formEndingIn } from './form.ts';
import type { Form } from './form.ts';
import type { Message } from './model.ts';

export interface RobotSettings {
  /** The simulator's clock: a shift of it brings waits to their end. */
  readonly now: () => number;
  readonly phoneOf: (to: string) => Phone;
  /** Divides every wait. */
  readonly speed: number;
  /** How long after the text a phone opens whose scenario is `after-expiry`. `speed` does not shorten it, as it does not shorten the link's life; the clock does. */
  readonly afterExpirySeconds: number;
  /** Between two looks at a waiting page. Real time, as it is a real officer who lets the person in. */
  readonly lookMs: number;
}

/** What the robot did for a text. Never the link itself: it is a key. */
export interface RobotStep {
  readonly messageId: string;
  readonly did: 'preview' | 'open' | 'continue' | 'agree' | 'decline' | 'join' | 'waited-in-vain' | 'failed';
  readonly status?: number;
  readonly why?: string;
}

export interface Robot {
  readonly texted: (message: Message) => void;
  readonly set: (options: { readonly on: boolean; readonly preview?: boolean | undefined }) => void;
  readonly steps: () => readonly RobotStep[];
  readonly stop: () => Promise<void>;
}

type Note = (step: Omit<RobotStep, 'messageId'>) => void;
interface Wait {
  /** Of the scenario: divided by the speed, and over when the clock is shifted. */
  readonly forSeconds: (seconds: number) => Promise<void>;
  readonly toLookAgain: () => Promise<void>;
}

const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
const PREVIEWER = 'facebookexternalhit/1.1 Facebot Twitterbot/1.0';
/** How often the person looks again while the officer has not let them in, or the provider's page is not ready. */
const LOOKS = 240;

/** Plays the person's phone for texts that come while it is on: opens the link and goes through the pages as a browser without JavaScript would. */
export function startRobot(settings: RobotSettings): Robot {
  const steps: RobotStep[] = [];
  const underWay = new Set<Promise<void>>();
  const stopping = new AbortController();
  let options: { readonly on: boolean; readonly preview?: boolean | undefined } = { on: false };
  const begin = (message: Message, act: (note: Note) => Promise<void>) => {
    const note: Note = step => steps.push({ messageId: message.id, ...step });
    const work = act(note).catch((error: unknown) => {
      if (!stopping.signal.aborted) note({ did: 'failed', why: error instanceof Error ? error.name : 'unknown' });
    });
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };
  return {
    texted: message => {
      const link = linkIn(message.text);
      if (message.kind !== 'sms' || link === undefined) return;
      if (options.preview === true) begin(message, async note => note({ did: 'preview', status: (await openBrowser(stopping.signal, PREVIEWER).open(link)).status }));
      if (options.on) begin(message, note => answer(link, message, { settings, note, wait: waiter(settings, stopping.signal), signal: stopping.signal }));
    },
    set: given => {
      options = given;
    },
    steps: () => steps,
    stop: async () => {
      stopping.abort();
      await Promise.allSettled(underWay);
    },
  };
}

/** The first address in a text, when it is of this machine; the full stop of a sentence does not belong to it. */
export function linkIn(text: string): URL | undefined {
  const [found] = /https?:\/\/[^\s]*[\w/-]/.exec(text) ?? [];
  if (found === undefined || !URL.canParse(found)) return undefined;
  const link = new URL(found);
  return isLoopback(link) ? link : undefined;
}

/** Waits of one journey. They reject when the robot is stopped. */
function waiter({ now, speed, lookMs }: RobotSettings, signal: AbortSignal): Wait {
  const sleep = async (milliseconds: number) => {
    await new Promise(resolve => setTimeout(resolve, milliseconds));
    signal.throwIfAborted();
  };
  return {
    forSeconds: async seconds => {
      const due = now() + seconds * 1_000 / speed;
      while (now() < due) await sleep(Math.min(50, Math.max(1, due - now())));
    },
    toLookAgain: () => sleep(lookMs),
  };
}

interface Journey {
  readonly settings: RobotSettings;
  readonly note: Note;
  readonly wait: Wait;
  readonly signal: AbortSignal;
}

/** A phone on its way through the pages of one link. */
interface Way {
  readonly link: URL;
  readonly browser: Browser;
  readonly phone: Phone;
  /** The last three digits of the number, which name the scenario. */
  readonly scenario: string;
  readonly note: Note;
  readonly wait: Wait;
}

async function answer(link: URL, message: Message, { settings, note, wait, signal }: Journey): Promise<void> {
  const phone = settings.phoneOf(message.to);
  if (phone.opens === 'never') return;
  await wait.forSeconds(phone.opens === 'after-expiry' ? settings.afterExpirySeconds * settings.speed : phone.opens);
  const way: Way = { link, browser: openBrowser(signal, PHONE), phone, scenario: message.to.slice(-3), note, wait };
  const first = await way.browser.open(link);
  note({ did: 'open', status: first.status });
  const landing = formEndingIn(first.html, '/continue');
  if (!landing) return;
  const next = await way.browser.submit(first, landing);
  note({ did: 'continue', status: next.status });
  if (phone.choice === 'agree') await agree(next, way);
  if (phone.choice === 'decline') await decline(next, way);
}

async function agree(from: Page, way: Way): Promise<void> {
  const { browser, note, wait, phone } = way;
  const page = await lookFor(from, '/agree', way);
  const form = page && formEndingIn(page.html, '/agree');
  if (!page || !form) {
    note({ did: 'waited-in-vain', why: 'agree' });
    return;
  }
  await wait.forSeconds(phone.thinks ?? 0);
  const after = await browser.submit(page, ticked(form));
  note({ did: 'agree', status: after.status });
  const ready = await lookFor(after, '/join', way);
  const join = ready && formEndingIn(ready.html, '/join');
  if (ready && join) note({ did: 'join', status: (await browser.submit(ready, join, { scenario: way.scenario })).status });
  else note({ did: 'waited-in-vain', why: 'join' });
}

/** No thanks; the page after it asks why. A form that asks at once is answered at once. */
async function decline(from: Page, way: Way): Promise<void> {
  const { browser, note, wait, phone } = way;
  const page = await lookFor(from, '/decline', way);
  const form = page && formEndingIn(page.html, '/decline');
  if (!page || !form) {
    note({ did: 'waited-in-vain', why: 'decline' });
    return;
  }
  await wait.forSeconds(phone.thinks ?? 0);
  const given = reasonOf(form, phone.declineReason);
  const after = await browser.submit(page, form, given);
  note({ did: 'decline', status: after.status });
  const why = formEndingIn(after.html, '/decline');
  if (why && Object.keys(given).length === 0) note({ did: 'decline', status: (await browser.submit(after, why, reasonOf(why, phone.declineReason))).status });
}

/**
 * Loads the link again until its page has the form, as "let in" comes when the officer presses it. A landing page that comes on the way is read on, and the way to the
 * provider's session, which opens in a tab of its own, is followed.
 */
async function lookFor(from: Page, end: string, { link, browser, wait }: Way): Promise<Page | undefined> {
  let page = from;
  for (let look = 0; look < LOOKS; look += 1) {
    if (formEndingIn(page.html, end)) return page;
    if (page.status >= 400) return undefined;
    const landing = formEndingIn(page.html, '/continue');
    const session = wayOut(page);
    if (landing) page = await browser.submit(page, landing);
    else if (session) page = await browser.open(session);
    else {
      await wait.toLookAgain();
      page = await browser.open(link);
    }
  }
  return undefined;
}

/** The link of a page to another origin: on ours there is one only, to the provider's session. */
function wayOut({ html, url }: Page): URL | undefined {
  for (const [, address = ''] of html.matchAll(/<a\b[^>]*\bhref="(https?:[^"]+)"/gi)) {
    const found = URL.canParse(address) ? new URL(address) : undefined;
    if (found && found.origin !== url.origin && isLoopback(found)) return found;
  }
  return undefined;
}

/** A person who agrees ticks every box of what is asked. */
function ticked(form: Form): Form {
  return { ...form, fields: form.fields.map(field => field.kind === 'checkbox' ? { ...field, isChecked: true } : field) };
}

/** The field that asks for a reason, whatever its name is, is the one whose choices have this value, or whose name ends so. */
function reasonOf(form: Form, reason: string | undefined): Readonly<Record<string, string>> {
  const field = reason === undefined ? undefined : form.fields.find(({ value }) => value === reason) ?? form.fields.find(({ name }) => /reason$/i.test(name));
  return field && reason !== undefined ? { [field.name]: reason } : {};
}
