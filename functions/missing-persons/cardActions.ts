import * as z from 'zod';
import { commit } from '../../shared/case/commit.ts';
import { operationIdOf, sha256 } from '../../shared/case/keys.ts';
import { loadCase } from '../../shared/case/load.ts';
import { caseIdPattern } from '../../shared/domain/ids.ts';
import { adaptiveCard, type AdaptiveCard } from '../../shared/domain/card.ts';
import { acceptHandoverVerb, acknowledgeVerb, card, closedCard, verbOf } from './card.ts';
import type { Command, Effect } from './decide.ts';
import { cardVersion, cardView, endedText } from './effects/pages.ts';
import { nameOf, type MissingHttp } from './http.ts';
import { maySee } from './permission.ts';
import type { Act } from './rules/bodies/all.ts';
import { isOpenPage } from './rules/law/step.ts';
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

type Verb = typeof acknowledgeVerb | typeof acceptHandoverVerb;

/** "I have it", "I have seen it" and "I take it over" on a card: through the same law as in the app, and never on what the card says but on who pressed it (S09, N01, OW4). */
export function cardActions(deps: MissingHttp): Readonly<Record<Verb, (act: CardAct) => Promise<CardAnswer>>> {
  return { [acknowledgeVerb]: act => answer(deps, acknowledgeVerb, act), [acceptHandoverVerb]: act => answer(deps, acceptHandoverVerb, act) };
}

/** What the button of this card means as a command. */
function actOf({ kind, pageId }: Page): Act {
  if (kind === 'HANDOVER') return { do: 'AcceptHandover' };
  return kind === 'OWNER' ? { do: 'AcknowledgeOwner' } : { do: 'AnswerPage', pageId };
}

async function answer(deps: MissingHttp, verb: Verb, { person, data, activityId }: CardAct): Promise<CardAnswer> {
  const asked = await askedFor(deps, data, person);
  // A button that this kind of card does not have comes from no card of ours.
  if (!asked || verbOf(asked.page.kind) !== verb) return { statusCode: 403, card: nothingHere };
  const { record, page, caseEtag } = asked;
  const operationId = operationIdOf('card', activityId);
  const isMine = await deps.cases.cases.get(record.recordId, `op|${operationId}`) !== undefined;
  if (caseEtag !== cardVersion(record, page) && !isMine) return { statusCode: 409, card: shown(deps, record, page, person.objectId) };
  const act = actOf(page);
  const outcome = await commit<MissingRecord, MissingPart, Command, Effect>(deps.cases, deps.room, {
    caseId: record.recordId, operationId, hash: sha256(`${person.objectId} ${act.do} ${page.pageId}`), name: `${act.do}OnCard`, by: person.objectId, roles: person.roles, parts: [], creates: false, reply: () => ({ status: 202, body: {} }),
    command: async () => ({ do: 'Act', act, context: { people: await deps.roster(), looked: {}, id: nameOf(record.recordId, operationId) } }),
  });
  const after = await recordOf(deps, record.recordId) ?? record;
  const now = after.pages.find(item => item.pageId === page.pageId) ?? page;
  if (outcome.kind === 'committed' || outcome.kind === 'replayed') return { statusCode: 200, card: shown(deps, after, now, person.objectId) };
  // Why not, in the law's own sentence: an offer that lapsed this minute still has its card.
  return { statusCode: 409, card: outcome.kind === 'refused' && isOpenPage(now) ? closedCard(now.kind, cardView(deps, after, now), outcome.reason) : shown(deps, after, now, person.objectId) };
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
  return isOpenPage(page) ? card(page.kind, view, page.pageId) : closedCard(page.kind, view, endedText(page));
}
