import { expect } from '@jest/globals';
import { contentsOf } from '../../support/storage.ts';
import { rows } from '../../support/client.ts';
import { until } from '../../support/service.ts';
import { cardsOf, textsTo, linkFrom, type Story } from './support.ts';

export interface Sealed {
  readonly requestId: string;
  /** Who may read the audit. */
  readonly auditor?: string;
  readonly number?: string;
  /** What must stand on no card besides number, link and place: the incident, a name. */
  readonly secrets?: readonly string[];
  /** A hold that is confirmed at once may be over before its card was shown to anybody. */
  readonly mayHaveNoCard?: true;
}

/** What holds at the end of every story: the audit is an unbroken chain, no work is left, no card asks for anything any more, and none says who it is about. */
export async function expectSealed(story: Story, { requestId, number, secrets = [], auditor = 'gus.auditor', mayHaveNoCard }: Sealed): Promise<void> {
  // Evidence is still on its way when the outcome is recorded; a card that asks for work says after a day that nobody answered it.
  await story.settle();
  await story.pass(600);
  await story.pass(25 * 3600);
  await expectChain(story, requestId, auditor);
  await expectNoWork(story);
  const cards = cardsOf(story, requestId);
  if (mayHaveNoCard !== true) expect(cards.length).toBeGreaterThan(0);
  for (const { card } of cards) expect(JSON.stringify(card)).toMatch(/Done by|Expired: nobody/);
  expectNothingPersonal(story, cards, [...secrets, ...(number === undefined ? [] : personalOf(story, number))]);
}

async function expectChain(story: Story, requestId: string, auditor: string): Promise<void> {
  let path = `/api/live-links/${requestId}/audit?limit=200`;
  for (let page = 0; path !== '' && page < 10; page++) {
    const answer = await story.as(auditor).get(path);
    expect({ status: answer.status, verified: answer.json['verified'] }).toEqual({ status: 200, verified: true });
    expect(rows(answer).length).toBeGreaterThan(0);
    expect(rows(answer).filter(({ what }) => what === 'EffectFailed')).toEqual([]);
    const { nextLink } = answer.json;
    path = typeof nextLink === 'string' ? new URL(nextLink).pathname + new URL(nextLink).search : '';
  }
}

async function expectNoWork(story: Story): Promise<void> {
  const messages = await until(async () => [...await contentsOf(story.system.connectionString)].filter(([place]) => place.startsWith('queue/')), found => found.length === 0, 10_000).catch((error: unknown) => String(error));
  expect(messages).toEqual([]);
}

function personalOf(story: Story, number: string): string[] {
  return [number, number.slice(-9), `0${number.slice(3)}`, ...textsTo(story, number).map(text => new URL(linkFrom(text)).pathname.split('/').at(-1) ?? number)];
}

/** Every face that a card ever showed, and the alerts of Teams. */
function expectNothingPersonal(story: Story, cards: ReturnType<typeof cardsOf>, secrets: readonly string[]): void {
  const words = JSON.stringify([cards.map(({ card, history, summary }) => [card, history, summary]), story.simulators.teams.alerts()]);
  for (const secret of [...secrets, '53.19', '/s/', '/v/', 'Sample Street']) expect(words).not.toContain(secret);
}
