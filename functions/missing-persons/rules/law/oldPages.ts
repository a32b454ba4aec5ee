import { change, isOpenPage, type Step } from './step.ts';

/** So many cards that ask for nothing any more stay in the record; that they were shown and answered is in the audit for good. */
const keepClosed = 150;

/** A case of months has thousands of cards, and a record has room for a thousand: the oldest closed ones leave it, once whoever saw them has seen them closed. */
export function withoutOldPages(step: Step): Step {
  const { pages, owed } = step.record;
  const isOver = (n: number): boolean => n > keepClosed;
  if (!isOver(pages.length)) return step;
  const awaited = new Set(owed.filter(({ kind }) => kind === 'page').map(({ about }) => about));
  const closed = pages.filter(page => !isOpenPage(page) && !awaited.has(page.pageId));
  if (!isOver(closed.length)) return step;
  const leaving = new Set(closed.slice(0, closed.length - keepClosed));
  return change(step, { pages: pages.filter(page => !leaving.has(page)) });
}
