import type { Found } from './publicPages.ts';
import type { Asked, LinkPageInput } from './page.ts';
import { isSafeguarding } from './rules/decideSend.ts';
import { askedOf } from './rules/law/public.ts';
import { isLive, isWaiting } from './rules/machine.ts';
import { ownReference } from './rules/references.ts';
import type { Capability } from './rules/terms.ts';

export interface Visit {
  readonly now: string;
  readonly provider: string;
  readonly keepDays: number;
  /** What the cookie of the link says; the device on which the person agreed. */
  readonly device: string | undefined;
  readonly hashOf: (device: string) => string;
  readonly error?: 'NO_SCOPE';
}

/** Which page a link shows, from where its request stands. */
export function stageOf(found: Found, visit: Visit): LinkPageInput {
  const { link, pointer, face } = found;
  const { state } = link.progress;
  const page = { face, locale: link.locale } as const;
  const send = link.sends.find(item => item.no === pointer.sendNo);
  if (!send || pointer.sendNo !== link.progress.sendNo) return { ...page, stage: 'dead', why: 'ENDED' };
  if (isLive(state)) return liveStage(found, visit);
  if (isWaiting(state) || state === 'SENDING' || state === 'OPENED') return visit.now >= send.linkExpiresAt ? { ...page, stage: 'dead', why: 'EXPIRED' } : openStage(found, visit);
  return overStage(found);
}

function openStage(found: Found, visit: Visit): LinkPageInput {
  const { link, face, path } = found;
  if (link.progress.state !== 'OPENED') return waitingStage(found, visit);
  return { face, locale: link.locale, stage: 'consent', link: path, asked: askedFor(found, visit), ...(visit.error && { error: visit.error }) };
}

function overStage({ link, face }: Found): LinkPageInput {
  const page = { face, locale: link.locale } as const;
  switch (link.progress.state) {
    case 'ENDED': return { ...page, stage: link.progress.endReason === 'WITHDRAWN' ? 'stopped' : 'ended' };
    case 'DECLINED': return { ...page, stage: 'declined' };
    case 'EXPIRED': return { ...page, stage: 'dead', why: 'EXPIRED' };
    case 'ABORTED_SAFETY': case 'BLOCKED_UNSAFE': return { face: 'neutral', locale: 'en', stage: 'dead', why: 'WRONG' };
    default: return { ...page, stage: 'dead', why: 'ENDED' };
  }
}

function waitingStage({ link, face, path }: Found, visit: Visit): LinkPageInput {
  const page = { face, locale: link.locale, link: path } as const;
  // On the neutral host nothing official shows before the handler on the call lets the person in (goodsam.md 21.8).
  if (face === 'neutral' && link.progress.letInAt === undefined) return { ...page, stage: link.progress.joinedAt === undefined ? 'join' : 'waiting' };
  if (link.linkOpensAt !== undefined && visit.now < link.linkOpensAt) return { face, locale: link.locale, stage: 'early', opensAt: link.linkOpensAt };
  return { ...page, stage: 'landing', asked: askedFor({ link, face }, visit) };
}

function liveStage({ link, face, path }: Found, { device, hashOf }: Visit): LinkPageInput {
  const page = { face, locale: link.locale } as const;
  const isBound = link.deviceHash === undefined || (device !== undefined && hashOf(device) === link.deviceHash);
  if (!isBound) return { ...page, stage: 'otherDevice' };
  const sessionUrl = link.sends.find(send => send.no === link.progress.sendNo)?.publicUrl;
  // The provider has not answered yet (a code was read out a moment ago): the page looks again.
  if (sessionUrl === undefined) return { ...page, stage: 'waiting', link: path };
  return { ...page, stage: 'live', link: path, mode: link.mode, scope: link.progress.consentScope, sessionUrl };
}

function askedFor({ link, face }: Pick<Found, 'link' | 'face'>, { provider, keepDays }: Visit): Asked {
  const [first = 'LOCATION', ...rest]: readonly Capability[] = [...askedOf(link.mode), ...(link.addons.includes('CHAT') ? ['CHAT' as const] : [])];
  return { area: link.area, mode: link.mode, capabilities: [first, ...rest], isRecorded: link.record, purpose: link.purpose, reference: face === 'neutral' || isSafeguarding(link) ? '' : ownReference(link.requestId), provider, keepDays };
}
