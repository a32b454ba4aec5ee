import { createHash } from 'node:crypto';
import * as z from 'zod';
import { commit } from '../../shared/case/commit.ts';
import { sha256 } from '../../shared/case/keys.ts';
import { loadCase } from '../../shared/case/load.ts';
import { base32, caseIdPattern } from '../../shared/domain/ids.ts';
import { adaptiveCard, type AdaptiveCard } from '../../shared/domain/card.ts';
import { acknowledgeVerb, card, closedCard } from './card.ts';
import type { Command, Effect } from './decide.ts';
import { cardVersion, cardView } from './effects/pages.ts';
import { nameOf, type MissingHttp } from './http.ts';
import { maySee } from './permission.ts';
import type { Act } from './rules/bodies/all.ts';
import type { MissingPart, MissingRecord, Page } from './state.ts';

/** The same as `CardActionHandler` of the Teams room, which this room must not import; main.ts ties the two. */
export interface CardAct {
  readonly person: { readonly objectId: string; readonly roles: readonly string[]; readonly collar: string };
  readonly data: Readonly<Record<string, string>>;
  readonly activityId: string;
}
export interface CardAnswer { readonly statusCode: 200 | 403 | 409; readonly card: AdaptiveCard }

const answered = z.object({ caseId: z.string().regex(caseIdPattern), caseEtag: z.string(), pageId: z.string().max(80) });
const nothingHere = adaptiveCard('This task is not open to you', [], []);

/** "I have it" and "I have seen it" on a card: through the same law as in the app, and never on what the card says but on who pressed it (S09, N01). */
export function cardActions(deps: MissingHttp): Readonly<Record<string, (act: CardAct) => Promise<CardAnswer>>> {
  return { [acknowledgeVerb]: act => acknowledge(deps, act) };
}

async function acknowledge(deps: MissingHttp, { person, data, activityId }: CardAct): Promise<CardAnswer> {
  const asked = await askedFor(deps, data, person);
  if (!asked) return { statusCode: 403, card: nothingHere };
  const { record, page, caseEtag } = asked;
  const operationId = `card-${base32(createHash('sha256').update(activityId).digest(), 32)}`;
  const isMine = await deps.cases.cases.get(record.recordId, `op|${operationId}`) !== undefined;
  if (caseEtag !== cardVersion(record, page) && !isMine) return { statusCode: 409, card: shown(deps, record, page, person.objectId) };
  const act: Act = page.kind === 'OWNER' ? { do: 'AcknowledgeOwner' } : { do: 'AnswerPage', pageId: page.pageId };
  const outcome = await commit<MissingRecord, MissingPart, Command, Effect>(deps.cases, deps.room, {
    caseId: record.recordId, operationId, hash: sha256(`${person.objectId} ${act.do} ${page.pageId}`), name: `${act.do}OnCard`, by: person.objectId, roles: person.roles, parts: [], creates: false, reply: () => ({ status: 202, body: {} }),
    command: async () => ({ do: 'Act', act, context: { people: await deps.roster(), looked: {}, id: nameOf(record.recordId, operationId) } }),
  });
  const after = await recordOf(deps, record.recordId) ?? record;
  const now = after.pages.find(item => item.pageId === page.pageId) ?? page;
  return { statusCode: outcome.kind === 'committed' || outcome.kind === 'replayed' ? 200 : 409, card: shown(deps, after, now, person.objectId) };
}

/** The page that the card stands for, if it was for this person. */
async function askedFor(deps: MissingHttp, data: CardAct['data'], person: CardAct['person']): Promise<{ readonly record: MissingRecord; readonly page: Page; readonly caseEtag: string } | undefined> {
  const given = answered.safeParse(data);
  if (!given.success) return undefined;
  const record = await recordOf(deps, given.data.caseId);
  const page = record?.pages.find(item => item.pageId === given.data.pageId);
  return record && page?.to.includes(person.objectId) === true && maySee(record, person) ? { record, page, caseEtag: given.data.caseEtag } : undefined;
}

async function recordOf({ cases, room }: MissingHttp, recordId: string): Promise<MissingRecord | undefined> {
  return (await loadCase(cases, room, recordId, [])).state?.value;
}

/** The card as it must look now. */
function shown(deps: MissingHttp, record: MissingRecord, page: Page, by: string): AdaptiveCard {
  const view = cardView(deps, record, page);
  // Open for the others, answered by this one.
  if (page.answers?.some(one => one.by === by) === true) return closedCard(page.kind, view, `Answered by ${by.slice(-4)}`);
  if (page.status === 'due' || page.status === 'shown') return card(page.kind, view, page.pageId);
  return closedCard(page.kind, view, page.status === 'answered' ? `Answered by ${(page.answeredBy ?? '').slice(-4)}` : 'No longer needed');
}
