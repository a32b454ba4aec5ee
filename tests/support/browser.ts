import { existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type BrowserContext, type Page } from 'playwright-core';

/** Nothing but the page under test may leave this process: no updates, no variations, no safe-browsing lists. */
const quiet = [
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-default-apps', '--disable-domain-reliability', '--no-pings',
  // Names other than those of loopback resolve to nothing, so a stray request fails instead of leaving the machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

export interface Browser {
  readonly context: BrowserContext;
  /** Requests to anything but loopback, tried by any page. */
  readonly strays: readonly string[];
  close(): Promise<void>;
}

/** A headless Chromium from npm with a profile of its own, removed at the end. It unpacks about 200 MB once into a folder beside the system's temporary one. */
export async function launchBrowser(options: { viewport?: { width: number; height: number } } = {}): Promise<Browser> {
  const executablePath = await oneAtATime(unpacked);
  const profile = mkdtempSync(join(tmpdir(), 'browser-profile-'));
  const { default: packaged } = await import('@sparticuz/chromium');
  const context = await launched(async () => await chromium.launchPersistentContext(profile, {
    executablePath, args: [...packaged.args, ...quiet], headless: true, acceptDownloads: true, viewport: options.viewport ?? { width: 1280, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/London',
  }));
  const strays: string[] = [];
  context.on('request', request => {
    if (!/^(http:\/\/127\.0\.0\.1:|blob:|data:)/.test(request.url())) strays.push(request.url());
  });
  return {
    context, strays,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** A browser that dies before it has shown a page (a fault of its own, seen twice in a day) is started again; nothing of ours has run in it yet. */
async function launched(launch: () => Promise<BrowserContext>): Promise<BrowserContext> {
  for (let tries = 1; ; tries++) {
    try {
      return await launch();
    } catch (error) {
      if (tries === 3 || !/has been closed/.test(String(error))) throw error;
    }
  }
}

const patience = 120_000;

/** Workers of one run meet here on a machine that has no browser yet: who comes second waits until the first has unpacked it whole. A lock that a killed run left is broken after two minutes. */
async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  const lock = join(tmpdir(), 'headless-chromium.lock');
  const giveUpAt = Date.now() + patience;
  while (!taken(lock) && Date.now() < giveUpAt) await sleep(200);
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

function taken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The package unpacks itself into TMPDIR; a folder named after its version is used again by the next test. */
async function unpacked(): Promise<string> {
  const before = process.env['TMPDIR'];
  const { version } = readManifest();
  const folder = join(tmpdir(), `headless-chromium-${version}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  process.env['TMPDIR'] = folder;
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    const path = await packaged.executablePath();
    if (!existsSync(path)) throw new Error(`no browser at ${path}`);
    return path;
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

function readManifest(): { version: string } {
  const path = join(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '..', '..', 'package.json');
  const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest && typeof manifest.version === 'string') return { version: manifest.version };
  throw new Error('the browser package has no version');
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong in a page as it stands, or in a part of it, one line a finding: WCAG 2.2 A and AA, and its best practices. */
export async function accessibilityFindings(page: Page, within = 'html'): Promise<string[]> {
  // Evaluated through the debugger, so that a strict content security policy stays as it is.
  const found: unknown = await page.evaluate(`${axeSource};axe.run(${JSON.stringify(within)}, { resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, any, all, none }) => id + ': ' + help + ' ' + target.join(' ') + ' ' + [...any, ...all, ...none].map(check => check.message).join('; '))))`);
  if (!Array.isArray(found)) throw new TypeError('axe-core gave no list');
  return found.map(String);
}
