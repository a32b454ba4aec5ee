import { createHash } from 'node:crypto';
import * as z from 'zod';
import { commit } from '../../shared/case/commit.ts';
import { operationIdOf } from '../../shared/case/keys.ts';
import { loadCase } from '../../shared/case/load.ts';
import { caseIdPattern } from '../../shared/domain/ids.ts';
import { adaptiveCard, type AdaptiveCard } from '../../shared/domain/card.ts';
import { approveVerb, card, doneCard, refuseVerb } from './card.ts';
import type { LinkHttp } from './create.ts';
import type { Command, Effect } from './decide.ts';
import { cardVersion, cardView, collarOf } from './effects/cards.ts';
import { gateOf } from './gate.ts';
import { maySee } from './permission.ts';
import { authoriseRole } from './rules/roles.ts';
import type { LiveLink, Track } from './state.ts';

/** The same as `CardActionHandler` of the Teams room, which this room must not import; main.ts ties the two. */
export interface CardAct {
  readonly person: { readonly objectId: string; readonly roles: readonly string[]; readonly collar: string };
  readonly data: Readonly<Record<string, string>>;
  readonly activityId: string;
}
export interface CardAnswer { readonly statusCode: 200 | 403 | 409; readonly card: AdaptiveCard }

const answered = z.object({ requestId: z.string().regex(caseIdPattern), caseEtag: z.string(), reason: z.string().max(40).optional() });
const nothingHere = adaptiveCard('This task is not open to you', [], []);

/** Approve and Refuse on the card (goodsam.md 21.11): through the same law as in the app, and never on what the card says but on who pressed it. */
export function cardActions(deps: LinkHttp): Readonly<Record<string, (act: CardAct) => Promise<CardAnswer>>> {
  return { [approveVerb]: act => decideOnCard(deps, act, 'APPROVED'), [refuseVerb]: act => decideOnCard(deps, act, 'REFUSED') };
}

async function decideOnCard(deps: LinkHttp, act: CardAct, decision: 'APPROVED' | 'REFUSED'): Promise<CardAnswer> {
  const { person, data, activityId } = act;
  const given = answered.safeParse(data);
  const link = given.success ? await linkOf(deps, given.data.requestId) : undefined;
  if (!given.success || !link || !maySee(link, person) || !person.roles.includes(authoriseRole(link.area))) return { statusCode: 403, card: nothingHere };
  // The three areas whose authority is never given on a card (goodsam.md 21.11), whatever the client sends.
  if (['DA', 'SOM', 'SOCU'].includes(link.area)) return { statusCode: 403, card: current(deps, link) };
  const isStale = link.progress.state !== 'AUTH_PENDING' || given.data.caseEtag !== cardVersion(link);
  const operationId = operationIdOf('card', activityId);
  if (isStale && !await isMine(deps, link.requestId, operationId)) return { statusCode: 409, card: current(deps, link) };
  return await commitAnswer(deps, link, { person, decision, reason: given.data.reason, operationId });
}

interface Answered { readonly person: CardAct['person']; readonly decision: 'APPROVED' | 'REFUSED'; readonly reason: string | undefined; readonly operationId: string }

async function commitAnswer(deps: LinkHttp, link: LiveLink, { person, decision, reason, operationId }: Answered): Promise<CardAnswer> {
  const { requestId } = link;
  const outcome = await commit<LiveLink, Track, Command, Effect>(deps.cases, deps.room, {
    caseId: requestId, operationId, hash: createHash('sha256').update(`${person.objectId} ${decision} ${reason ?? ''}`).digest('hex'), name: 'AuthoriseOnCard', by: person.objectId, roles: person.roles,
    parts: [], creates: false, reply: () => ({ status: 202, body: {} }),
    command: async rows => {
      if (!rows.state) throw new Error('the request went away');
      return { do: 'Authorise', decision, overrideTicked: false, gate: await gateOf(deps, rows.state.value), ...(reason !== undefined && { reason }) };
    },
  });
  const after = await linkOf(deps, requestId) ?? link;
  if (outcome.kind === 'committed' || outcome.kind === 'replayed') return { statusCode: 200, card: current(deps, after) };
  return { statusCode: outcome.kind === 'refused' && outcome.code === 'SELF_AUTH' ? 403 : 409, card: current(deps, after) };
}

async function isMine({ cases }: LinkHttp, requestId: string, operationId: string): Promise<boolean> {
  return await cases.cases.get(requestId, `op|${operationId}`) !== undefined;
}

async function linkOf({ cases, room }: LinkHttp, requestId: string): Promise<LiveLink | undefined> {
  return (await loadCase(cases, room, requestId, [])).state?.value;
}

/** The card as it must look now. */
function current(deps: LinkHttp, link: LiveLink): AdaptiveCard {
  const asked = link.cards.findLast(row => row.kind === 'AUTH_NEEDED');
  const view = cardView(deps, link, { at: asked?.at ?? link.createdAt });
  if (link.progress.state === 'AUTH_PENDING') return card('AUTH_NEEDED', view);
  return doneCard(view, { collar: collarOf(link.authorisation.by), at: link.authorisation.at ?? link.progress.enteredAt });
}
