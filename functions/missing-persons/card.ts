import { adaptiveCard, execute, textBlock, type AdaptiveCard, type CardAction, type CardElement } from '../../shared/domain/card.ts';
import { londonShort } from '../../shared/domain/london.ts';

/** What a person is told by a card (N01 of 6.1): reference, initials, age, level, what is to be done, a link. Never medical facts and never an address. */
export interface CardView {
  readonly caseId: string;
  /** Of what the card asks for; an answer to what has moved on is refused and shown the present state. */
  readonly caseEtag: string;
  readonly ref: string;
  readonly initials: string;
  readonly age?: string;
  /** The level in the force's words; HIGH stands out. */
  readonly level: string;
  /** The thing to be done or known, a title of reference data. */
  readonly task: string;
  readonly at: string;
  readonly dueAt?: string;
  readonly deepLink: string;
}

export const pageKind = ['OWNER', 'PAGE', 'HANDOVER', 'ESCALATION', 'REVIEW', 'RAISED', 'LOCATED', 'STAND_DOWN', 'NOTICE_FAILED', 'SUPPORT', 'ASKED'] as const;
export type PageKind = typeof pageKind[number];

export const acknowledgeVerb = 'missing.acknowledge';
export const acceptHandoverVerb = 'missing.acceptHandover';

const words = {
  OWNER: { title: 'You own this case', button: 'I have it', verb: acknowledgeVerb },
  PAGE: { title: 'Answer this page', button: 'I have seen it', verb: acknowledgeVerb },
  HANDOVER: { title: 'A handover is offered to you', button: 'I take it over', verb: acceptHandoverVerb },
  ESCALATION: { title: 'Overdue', button: 'I have seen it', verb: acknowledgeVerb },
  REVIEW: { title: 'A review is yours', button: undefined, verb: undefined },
  RAISED: { title: 'The risk was raised: confirm it', button: undefined, verb: undefined },
  LOCATED: { title: 'Reported found: verify', button: undefined, verb: undefined },
  STAND_DOWN: { title: 'Stand down', button: undefined, verb: undefined },
  NOTICE_FAILED: { title: 'A message could not be delivered', button: undefined, verb: undefined },
  SUPPORT: { title: 'Something needs the support team', button: undefined, verb: undefined },
  ASKED: { title: 'You are asked for something', button: undefined, verb: undefined },
} as const satisfies Readonly<Record<PageKind, { readonly title: string; readonly button: string | undefined; readonly verb: string | undefined }>>;

/** What the button of such a card asks for; undefined where it has none. */
export function verbOf(kind: PageKind): string | undefined {
  return words[kind].verb;
}

/** The card of this kind. The answer carries ids only and is judged by who pressed it and how the case stands. */
export function card(kind: PageKind, view: CardView, pageId: string): AdaptiveCard {
  const { button, verb } = words[kind];
  const title = titleOf(kind, view);
  const open: CardAction = { type: 'Action.OpenUrl', title: 'Open the case', url: view.deepLink };
  const answer: CardAction[] = button === undefined ? [] : [execute({ title: button, verb, data: { caseId: view.caseId, caseEtag: view.caseEtag, pageId }, style: 'positive', associatedInputs: 'none' })];
  return adaptiveCard(`${title}: ${view.ref}`, about(view), [...answer, open]);
}

/** What replaces a card that was answered, or whose reason has gone. */
export function closedCard(kind: PageKind, view: CardView, text: string): AdaptiveCard {
  return adaptiveCard(`${titleOf(kind, view)}: ${view.ref}`, [textBlock(who(view)), textBlock(text)], [{ type: 'Action.OpenUrl', title: 'Open the case', url: view.deepLink }]);
}

/** A reminder comes before the time: nothing is overdue yet. */
function titleOf(kind: PageKind, { at, dueAt }: CardView): string {
  return kind === 'ESCALATION' && dueAt !== undefined && dueAt > at ? 'Due soon' : words[kind].title;
}

function about(view: CardView): CardElement[] {
  const due = view.dueAt === undefined ? [] : [textBlock(`Due ${londonShort(view.dueAt)}`, { weight: 'Bolder' })];
  return [textBlock(who(view)), textBlock(view.task), ...due, textBlock(londonShort(view.at), { isSubtle: true })];
}

function who({ initials, age, level }: CardView): string {
  return [initials, age, level].filter(part => part !== undefined && part !== '').join(', ');
}
