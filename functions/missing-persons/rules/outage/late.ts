import type * as z from 'zod';
import type { outagePackSettings } from './settings.ts';

export interface PackHealth { readonly lastPackAt?: string; readonly hasOpen: boolean }

/** A fault (15.4): something is open, and what there is to work from without the service is older than two hours, or there is nothing. */
export function isPackLate({ lastPackAt, hasOpen }: PackHealth, now: string, { lateAfterMinutes }: Pick<z.output<typeof outagePackSettings>, 'lateAfterMinutes'>): boolean {
  return hasOpen && (lastPackAt === undefined || Date.parse(now) - Date.parse(lastPackAt) > lateAfterMinutes * 60_000);
}
