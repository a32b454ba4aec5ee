import { TeamsError, type CardSender, type CardTarget, type SentCard } from './azure/teams.ts';
import type { AdaptiveCard } from './domain/card.ts';

/** A shown card as a case keeps it. */
export type CardRef = Pick<SentCard, 'conversationId' | 'activityId'>;

interface Sending {
  readonly content: AdaptiveCard;
  /** One key is one card for one target, however often it comes. */
  readonly key: string;
  readonly signal: AbortSignal;
}

/** Sends a card; undefined for who cannot be reached, as somebody who removed the bot must not keep it from the others. What may be tried again is thrown: those who have it get an update. @throws TeamsError */
export async function sendIfReachable(cards: CardSender, target: CardTarget, { content, key, signal }: Sending): Promise<CardRef | undefined> {
  try {
    const { conversationId, activityId } = await cards.send(target, content, { key, signal });
    return { conversationId, activityId };
  } catch (error) {
    if (isOutOfReach(error)) return undefined;
    throw error;
  }
}

/** Puts this in the place of a card wherever it was shown. One that Teams no longer has is let go: what it asked for stands in the app. @throws TeamsError */
export async function replaceAll(cards: CardSender, refs: readonly CardRef[], content: AdaptiveCard, signal: AbortSignal): Promise<void> {
  for (const ref of refs) {
    try {
      await cards.update(ref, content, { signal });
    } catch (error) {
      if (!isOutOfReach(error)) throw error;
    }
  }
}

function isOutOfReach(error: unknown): boolean {
  return error instanceof TeamsError && (error.kind === 'gone' || error.kind === 'forbidden');
}
