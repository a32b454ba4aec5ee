import type { Page } from 'playwright-core';
import { startDesk, type Desk } from '../../local/desk/desk.ts';
import { startInbox, type Inbox } from '../../local/inbox/inbox.ts';
import { staff } from '../../local/issuer/staff.ts';
import { launchBrowser } from '../support/browser.ts';
import { startLiveLinks, type LiveLinks } from '../support/liveLinks.ts';

export interface Bench {
  readonly links: LiveLinks;
  readonly desk: Desk;
  readonly inbox: Inbox;
  /** What went wrong in the desk and the inbox themselves. */
  readonly faults: readonly string[];
  strays(): readonly string[];
  /** A tab of its own. */
  open(url: string): Promise<Page>;
  /** The tab that an action opens. */
  opened(action: () => Promise<void>): Promise<Page>;
  stop(): Promise<void>;
}

/** All that `npm start` puts on the screen, over the built app and the simulators. */
export async function startBench(settings: Parameters<typeof startLiveLinks>[0] = {}): Promise<Bench> {
  const links = await startLiveLinks(settings);
  if (!links.local) throw new Error('the desk needs the local issuer');
  const desk = await startDesk({ apiUrl: links.url, issuer: links.local.issuer });
  const inbox = await startInbox({ notifyUrl: links.simulators.notify.url, teamsUrl: links.simulators.teams.url, staff, deskUrl: desk.url });
  const browser = await launchBrowser();
  browser.context.setDefaultTimeout(30_000);
  const faults: string[] = [];
  return {
    links, desk, inbox, faults,
    // The neutral face is the same machine under its other name.
    strays: () => browser.strays.filter(url => !url.startsWith('http://localhost:')),
    async open(url) {
      const page = await browser.context.newPage();
      page.on('pageerror', error => faults.push(error.message));
      page.on('console', message => {
        // The browser itself logs every 4xx reply; those are the service's refusals, which the page shows.
        if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) faults.push(message.text());
      });
      await page.goto(url);
      return page;
    },
    async opened(action) {
      const [page] = await Promise.all([browser.context.waitForEvent('page'), action()]);
      await page.waitForLoadState();
      return page;
    },
    stop: async () => {
      await browser.close();
      await Promise.all([desk.stop(), inbox.stop()]);
      await links.stop();
    },
  };
}
