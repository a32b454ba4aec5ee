import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Pictures for people to look at: only where DESK_SHOTS names a folder. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['DESK_SHOTS'];
  if (folder === undefined) return;
  await page.screenshot({ path: join(folder, `${name}-screen.png`) });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
