import * as z from 'zod';
import { activityOf, deliver } from './deliver.ts';
import { chatOf } from './install.ts';
import type { Delivery, ShownCard, Simulated } from './state.ts';
import { authorizationOf, tokenKinds } from './tokens.ts';

export const actSchema = z.strictObject({
  /** The card whose button is pressed. */
  activityId: z.string().min(1),
  verb: z.string().min(1),
  data: z.record(z.string(), z.unknown()),
  /** Who presses: an object id. */
  as: z.string().min(1),
  tenantId: z.string().optional(),
  token: z.enum(tokenKinds).optional(),
  /** The id of the press itself, to send it twice; a new one by default. */
  invokeId: z.string().optional(),
  /** `submit` is what a client without Action.Execute sends. */
  by: z.enum(['execute', 'submit']).optional(),
});
export type Act = z.output<typeof actSchema>;

export interface ActOutcome {
  /** The app's HTTP status. */
  readonly httpStatus: number;
  /** The body of the invoke's answer, as Teams reads it. */
  readonly answer: unknown;
  readonly invokeId: string;
  /** Whether the card was replaced by the answer. */
  readonly replaced: boolean;
}

const cardAnswer = z.object({ statusCode: z.number(), type: z.literal('application/vnd.microsoft.card.adaptive'), value: z.looseObject({ type: z.literal('AdaptiveCard') }) });

/** Presses a button on a card as a person: sends what Teams sends, and shows what Teams shows. */
export async function act(state: Simulated, press: Act): Promise<ActOutcome> {
  const card = state.cards.find(({ activityId }) => activityId === press.activityId);
  if (!card) throw new RangeError('there is no such card');
  const invokeId = press.invokeId ?? `f:${state.newId()}`;
  const replay = press.token === 'replayed' ? state.lastDelivery : undefined;
  const { status, body } = await deliver(state, replay ?? await deliveryOf(state, press, { card, invokeId }));
  const answer = cardAnswer.safeParse(body);
  // What is refused to somebody else is shown to them alone: the card of the person whom it asks stays.
  const isShared = answer.success && (answer.data.statusCode !== 403 || press.as === card.to);
  if (isShared) replace(card, answer.data.value);
  return { httpStatus: status, answer: body, invokeId, replaced: isShared };
}

async function deliveryOf(state: Simulated, { verb, data, as, by = 'execute', tenantId = state.tenantId, token = 'good' }: Act, { card, invokeId }: { card: ShownCard; invokeId: string }): Promise<Delivery> {
  const about = activityOf(state, { objectId: as, tenantId, conversationId: card.to === as ? card.conversationId : chatOf(state, as) });
  const what = by === 'submit'
    ? { type: 'message', text: '', value: { ...data, verb } }
    : { type: 'invoke', name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', title: '', verb, data }, trigger: 'manual' } };
  return { authorization: await authorizationOf(state, token), activity: { ...about, ...what, id: invokeId, replyToId: card.activityId } };
}

/** The old face goes to the card's history. */
export function replace(shown: ShownCard, card: unknown): void {
  const now = new Date().toISOString();
  shown.history.push({ card: shown.card, until: now });
  shown.card = card;
  shown.changedAt = now;
}
