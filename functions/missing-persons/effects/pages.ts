import { createHash } from 'node:crypto';
import { replaceAll, sendIfReachable } from '../../../shared/cards.ts';
import { card, closedCard, type CardView } from '../card.ts';
import type { MissingDeps } from '../deps.ts';
import { levelOf } from '../rules/law/about.ts';
import { cardLabelOf } from '../rules/risk/settings.ts';
import type { ResultCommand } from '../rules/law/results.ts';
import { shownOnCard } from '../rules/law/situation.ts';
import { isOpenPage } from '../rules/law/step.ts';
import type { MissingRecord, Page } from '../state.ts';

/** What the card asks for, as a version: an answer to what has moved on is stale. */
export function cardVersion(record: MissingRecord, page: Page): string {
  return createHash('sha256').update(`${record.recordId} ${page.pageId} ${isOpenPage(page) ? 'open' : page.status}`).digest('hex').slice(0, 16);
}

export function cardView(deps: Pick<MissingDeps, 'appUrl' | 'settings'>, record: MissingRecord, page: Page): CardView {
  return {
    caseId: record.recordId, caseEtag: cardVersion(record, page), ref: record.file?.caseRef ?? 'Report', ...shownOnCard(record), level: cardLabelOf(levelOf(record), deps.settings.risk), task: page.title, at: page.at, deepLink: deps.appUrl(record.recordId),
    ...(page.dueAt !== undefined && { dueAt: page.dueAt }),
  };
}

/** Shows a card to each of its people, or shows it again as what became of it. One who cannot be reached does not keep it from the others. */
export async function showPage(deps: MissingDeps, { record, pageId, signal }: { readonly record: MissingRecord; readonly pageId: string; readonly signal: AbortSignal }): Promise<ResultCommand> {
  const page = record.pages.find(item => item.pageId === pageId);
  if (!page) return { do: 'RecordDone', kind: 'page' };
  if (page.status === 'answered' || page.status === 'closed') {
    await replace(deps, record, page, signal);
    return { do: 'RecordPage', pageId, refs: [], isShown: true };
  }
  const content = card(page.kind, cardView(deps, record, page), page.pageId);
  const sendings = await Promise.allSettled(page.to.map(async userObjectId => {
    const sent = await sendIfReachable(deps.cards, { userObjectId }, { content, key: `${record.recordId}|${pageId}|${userObjectId}`, signal });
    if (sent && page.isUrgent) await deps.alert({ userObjectId, kind: page.kind, deepLink: deps.appUrl(record.recordId) }, { signal }).catch((error: unknown) => deps.log.warn('alert-failed', {}, error));
    return sent;
  }));
  // All have ended before one is tried again: none is still on its way then.
  const refs = sendings.flatMap(sending => {
    if (sending.status === 'rejected') throw sending.reason;
    return sending.value ?? [];
  });
  return { do: 'RecordPage', pageId, refs, isShown: refs.length > 0 };
}

/** What became of a card that no longer asks for anything. The system is no person: it has no number to be named by. */
export function endedText({ status, answeredBy }: Page): string {
  if (status !== 'answered') return 'No longer needed';
  return `Answered by ${answeredBy === undefined || answeredBy === 'system' ? 'the system' : answeredBy.slice(-4)}`;
}

async function replace(deps: MissingDeps, record: MissingRecord, page: Page, signal: AbortSignal): Promise<void> {
  await replaceAll(deps.cards, page.refs, closedCard(page.kind, cardView(deps, record, page), endedText(page)), signal);
}
