import { createHash } from 'node:crypto';
import type { CardTarget } from '../../../shared/azure/teams.ts';
import { replaceAll, sendIfReachable } from '../../../shared/cards.ts';
import { card, doneCard, expiredCard, isCardTask, type CardView } from '../card.ts';
import type { SystemCommand } from '../decide.ts';
import type { LinkDeps } from '../deps.ts';
import type { Skill } from '../../../shared/force/onDuty.ts';
import { ownReference } from '../rules/references.ts';
import type { Area, CardKind } from '../rules/terms.ts';
import type { CardRow, LiveLink, Owed } from '../state.ts';

/** Who is asked for by skill when a card goes to those who may authorise, and to a supervisor (goodsam.md 21.29). */
const authorisers: Readonly<Record<Area, Skill>> = { FCC: 'FIM', FAL: 'FEO', DA: 'DS', SOM: 'DS', FOR: 'CSI', CCTV: 'CCTV', SOCU: 'DI' };
/** These cannot wait until somebody looks at a card. */
const urgent: ReadonlySet<CardKind> = new Set<CardKind>(['REGRADE_NOW', 'SESSION_LOST', 'BLOCKED', 'SEND_FAILED', 'PHONE_TASK', 'AUTH_NEEDED', 'SAFETY_HOLD']);

/** The version that a card shows of what it asks: an answer to another one is stale (goodsam.md 21.35). The rest of the request may move meanwhile. */
export function cardVersion(link: Pick<LiveLink, 'requestId' | 'progress'>): string {
  return createHash('sha256').update(`${link.requestId} ${link.progress.state} ${link.progress.enteredAt}`).digest('hex').slice(0, 16);
}

export function cardView(deps: Pick<LinkDeps, 'appUrl'>, link: LiveLink, row: Pick<CardRow, 'at' | 'dueAt' | 'about'>): CardView {
  return {
    requestId: link.requestId, caseEtag: cardVersion(link), ref: ownReference(link.requestId), area: link.area, at: row.at, deepLink: deps.appUrl(link.requestId),
    ...(row.dueAt !== undefined && { dueAt: row.dueAt }), ...(row.about !== undefined && isCardTask(row.about) && { task: row.about }),
  };
}

/** Shows a card, or shows it again as what became of it. A card that Teams no longer has is let go: what it asked for stands in the app. */
export async function showCard(deps: LinkDeps, { owed, link, signal }: { owed: Owed; link: LiveLink; signal: AbortSignal }): Promise<SystemCommand> {
  const row = link.cards.find(item => item.cardId === owed.about);
  if (!row) return { do: 'RecordDone', kind: 'card' };
  if (row.status === 'done' || row.status === 'expired') {
    await replace(deps, link, row, signal);
    return { do: 'RecordCard', cardId: row.cardId, refs: [], isShown: true };
  }
  const targets = await targetsOf(deps, link, row, signal);
  const content = card(row.kind, cardView(deps, link, row));
  const refs: CardRow['refs'] = [];
  for (const target of targets) {
    const sent = await sendIfReachable(deps.cards, target, { content, key: `${link.requestId}|${row.cardId}|${'userObjectId' in target ? target.userObjectId : target.channelId}`, signal });
    if (sent) refs.push(sent);
    if (sent && urgent.has(row.kind) && 'userObjectId' in target) await alertQuietly(deps, { userObjectId: target.userObjectId, kind: row.kind, deepLink: deps.appUrl(link.requestId) }, signal);
  }
  return { do: 'RecordCard', cardId: row.cardId, refs, isShown: refs.length > 0 };
}

/** The card is there; that nobody's telephone buzzed is told to the log and is no reason to send it twice. */
async function alertQuietly(deps: LinkDeps, alert: Parameters<LinkDeps['alert']>[0], signal: AbortSignal): Promise<void> {
  try {
    await deps.alert(alert, { signal });
  } catch (error) {
    deps.log.warn('alert-failed', {}, error);
  }
}

async function replace(deps: LinkDeps, link: LiveLink, row: CardRow, signal: AbortSignal): Promise<void> {
  const view = cardView(deps, link, row);
  const content = row.status === 'expired' ? expiredCard(view) : doneCard(view, { collar: collarOf(row.doneBy), at: row.doneAt ?? row.at });
  await replaceAll(deps.cards, row.refs, content, signal);
}

/** Never a name: until the staff list gives collar numbers, the last four characters of the object id. */
export function collarOf(objectId: string | undefined): string {
  return objectId === undefined ? 'the system' : objectId.slice(-4);
}

async function targetsOf(deps: LinkDeps, link: LiveLink, row: CardRow, signal: AbortSignal): Promise<CardTarget[]> {
  if (row.to === 'requester') return [{ userObjectId: link.requestedBy }];
  if (row.to === 'support') return channelOf(deps, 'support') ?? [{ userObjectId: link.requestedBy }];
  const skill = row.to === 'authorisers' ? authorisers[link.area] : link.area === 'FCC' ? 'FIM' : authorisers[link.area];
  const duty = await deps.onDuty.who({ skill, at: deps.cases.now().toISOString() }, { signal });
  // The person who asked cannot be the one who authorises.
  const people = duty.people.filter(id => row.to !== 'authorisers' || id !== link.requestedBy).map(userObjectId => ({ userObjectId }));
  const team = duty.sendTo === 'PEOPLE' && people.length > 0 ? [] : channelOf(deps, link.area) ?? [];
  return people.length + team.length > 0 ? [...people, ...team] : [{ userObjectId: link.requestedBy }];
}

function channelOf(deps: Pick<LinkDeps, 'teamChannels'>, name: string): CardTarget[] | undefined {
  const channel = deps.teamChannels[name] ?? deps.teamChannels['default'];
  return channel && [channel];
}
