import type { Failure, RefusalCode } from '../terms.ts';

/** One failure when something is so, none otherwise; a law is then a list of these, and each failure is listed (15.2 item 26). */
export const when = (isSo: boolean, code: RefusalCode, why: string, rule: string): Failure[] => (isSo ? [{ code, why, rule }] : []);
