import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { SessionCreated } from '../../../functions/goodsam/provider/port.ts';
import { accessibilityFindings, launchBrowser } from '../../support/browser.ts';
import type { Browser } from '../../support/browser.ts';
import { startBed } from './bed.ts';
import type { Bed } from './bed.ts';
import { bytesOf } from './contract.ts';
import { until } from './receiver.ts';

let bed: Bed;
let browser: Browser;
beforeAll(async () => {
  bed = await startBed();
  browser = await launchBrowser({ viewport: { width: 390, height: 844 } });
});
afterAll(async () => {
  await browser.close();
  await bed.stop();
});

/** Runs in the page: plays the clip and says where the light bar stands in each second. */
const player = `async base64 => {
  const video = document.createElement('video');
  const once = name => new Promise((resolve, reject) => {
    video.addEventListener(name, resolve, { once: true });
    video.addEventListener('error', () => reject(new Error(video.error.message)), { once: true });
  });
  const loaded = once('loadeddata');
  video.src = URL.createObjectURL(new Blob([Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))], { type: 'video/mp4' }));
  await loaded;
  const bars = [];
  for (let second = 0; second < 10; second += 1) {
    const sought = once('seeked');
    video.currentTime = second + 0.5;
    await sought;
    const paint = document.createElement('canvas').getContext('2d');
    paint.drawImage(video, 0, 0);
    bars.push(Array.from({ length: 96 }, (_, x) => paint.getImageData(x, 5, 1, 1).data[0]).findIndex(value => value > 240));
  }
  return { seconds: video.duration, width: video.videoWidth, height: video.videoHeight, bars };
}`;

async function opened(session: SessionCreated): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(session.publicUrl);
  return page;
}

it('the person joins, shares and leaves by the buttons of the page, under its own policy', async () => {
  const session = await bed.create('/browser');
  const page = await opened(session);
  for (const name of ['Join', 'Share location', 'Start video', 'Send a file']) await page.getByRole('button', { name }).click();
  await page.getByLabel('Message').fill('I am by the door');
  await page.getByRole('button', { name: 'Send chat message' }).click();
  await page.getByText('You: I am by the door').waitFor();
  await bed.provider.sendChat(session.sessionId, { text: 'Help is on its way', idempotencyKey: 'browser' });
  // The page finds it by itself.
  await page.getByText('Officer: Help is on its way').waitFor();
  expect(await accessibilityFindings(page)).toEqual([]);
  const viewer = await browser.context.newPage();
  await viewer.goto((await bed.provider.viewerUrl(session.sessionId, { viewerRef: 'v' })).url);
  await viewer.getByRole('img', { name: 'SIMULATED LIVE PICTURE' }).waitFor();
  expect(await accessibilityFindings(viewer)).toEqual([]);
  await page.getByRole('button', { name: 'Hidden exit' }).click();
  await page.getByRole('heading', { name: 'This page is not available' }).waitFor();
  const types = await bed.eventTypes(session);
  for (const type of ['opened', 'location', 'media_started', 'upload_received', 'chat_message', 'safety_exit']) expect(types).toContain(type);
  expect(browser.strays).toEqual([]);
});

it('a browser plays the clip: ten seconds, and the bar is where its second says', async () => {
  const session = await bed.create('/clip', { mode: 'UPLOAD' });
  await bed.join(session);
  await bed.press(session, { act: 'send-file', file: 'clip' });
  const [media] = await until(() => bed.provider.listMedia(session.sessionId), list => list.length > 0);
  if (!media) throw new Error('no clip');
  const clip = (await bytesOf((await bed.provider.openMedia(media)).stream)).toString('base64');
  const page = await browser.context.newPage();
  const seen: unknown = await page.evaluate(`(${player})(${JSON.stringify(clip)})`);
  expect(seen).toEqual({ seconds: 10, width: 96, height: 64, bars: Array.from({ length: 10 }, (_, second) => second * 9) });
});
