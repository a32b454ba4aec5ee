import { loadPagesFromSource } from '../../../local/templates.ts';
import { linkPage, type Asked, type Face, type LinkPage, type LinkPageInput } from '../../../functions/goodsam/page.ts';
import type { Force } from '../../../shared/http/assets.ts';
import { createPages, type Pages } from '../../../shared/http/html.ts';

export const force: Force = { name: 'Cheshire Constabulary', shortName: 'Cheshire Police', phone: '101', colour: '#0b2a55', dataProtection: 'data.protection@cheshire.example.test' };

export const link = '/live/7kM2pQ9xTz4B';
export const asked: Asked = {
  area: 'FCC', mode: 'VIDEO', capabilities: ['VIDEO', 'SOUND', 'LOCATION'], isRecorded: true, purpose: 'to see what has happened at the road junction', reference: 'GS-7K2M-9QXT', provider: 'Sample Video Ltd', keepDays: 31,
};
/** The purpose of a neutral page is a neutral preset (goodsam.md 21.7). */
export const neutralAsked: Asked = { ...asked, area: 'DA', purpose: 'see that you are all right' };

type Stage = LinkPageInput extends infer Input ? Input extends LinkPageInput ? Omit<Input, 'face' | 'locale'> : never : never;

/** Every page that can be shown, by name. */
export const stages = (face: Face): Readonly<Record<string, LinkPageInput>> => named(face, {
  deadWrong: { stage: 'dead', why: 'WRONG' }, deadEnded: { stage: 'dead', why: 'ENDED' }, deadExpired: { stage: 'dead', why: 'EXPIRED' },
  code: { stage: 'code' }, codeWrong: { stage: 'code', given: 'ABC', error: 'MALFORMED' },
  join: { stage: 'join', link }, waiting: { stage: 'waiting', link },
  landing: { stage: 'landing', link, asked: face === 'neutral' ? neutralAsked : asked },
  consent: { stage: 'consent', link, asked: face === 'neutral' ? neutralAsked : asked },
  consentNoScope: { stage: 'consent', link, asked: face === 'neutral' ? neutralAsked : asked, error: 'NO_SCOPE' },
  consentOne: { stage: 'consent', link, asked: { ...asked, mode: 'LOCATION', capabilities: ['LOCATION'], isRecorded: false } },
  landingUpload: { stage: 'landing', link, asked: { ...asked, area: 'CCTV', mode: 'UPLOAD', capabilities: ['FILES'] } },
  declineReason: { stage: 'declineReason', link }, declined: { stage: 'declined' },
  help: { stage: 'help', link }, helpNoNeed: { stage: 'help', link, error: 'NO_NEED' }, helpAsked: { stage: 'helpAsked' },
  live: { stage: 'live', link, mode: 'VIDEO', scope: ['VIDEO', 'SOUND'], sessionUrl: 'https://session.example.test/s/1' },
  ended: { stage: 'ended' }, stopped: { stage: 'stopped' },
});

function named(face: Face, list: Readonly<Record<string, Stage>>): Record<string, LinkPageInput> {
  return Object.fromEntries(Object.entries(list).map(([name, stage]) => [name, { ...stage, face, locale: 'en-GB' }]));
}

export async function builtPages(isSecure = true): Promise<Pages> {
  const { pages } = await loadPagesFromSource();
  return createPages({ force, isSecure }, pages);
}

export function pageOf(name: string, face: Face, locale: string): LinkPage {
  const input = stages(face)[name];
  if (!input) throw new TypeError(`no page ${name}`);
  return linkPage({ ...input, locale });
}

/** What a person can read of a page, without its marks. */
export function wordsOf(html: string): string {
  return html.replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, ' ').replaceAll(/<\/?span[^>]*>/g, '').replaceAll(/<[^>]*>/g, ' ').replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll(/\s+/g, ' ').trim();
}
