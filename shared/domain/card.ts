/**
 * The part of Adaptive Cards 1.5 that our cards use. Teams shows 1.5 at most (power-platform-and-teams.md 4.3); tests hold each card against the Teams SDK's
 * own types and against the renderer.
 */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: '1.5';
  /** Shown by a client that cannot show the card. */
  readonly fallbackText: string;
  readonly body: readonly CardElement[];
  readonly actions?: readonly CardAction[];
}

export type CardElement = TextBlock | ChoiceSet;

export interface TextBlock {
  readonly type: 'TextBlock';
  readonly text: string;
  readonly wrap: true;
  readonly size?: 'Medium';
  readonly weight?: 'Bolder';
  readonly isSubtle?: true;
  readonly style?: 'heading';
}

export interface ChoiceSet {
  readonly type: 'Input.ChoiceSet';
  readonly id: string;
  readonly label: string;
  readonly isRequired: true;
  readonly errorMessage: string;
  readonly style: 'compact';
  readonly placeholder: string;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
}

export type CardAction = OpenUrl | Execute;

export interface OpenUrl {
  readonly type: 'Action.OpenUrl';
  readonly title: string;
  readonly url: string;
}

export interface Execute {
  readonly type: 'Action.Execute';
  readonly title: string;
  readonly verb: string;
  readonly data: Readonly<Record<string, string>>;
  readonly style?: 'positive' | 'destructive';
  /** `none` sends the data alone and asks for no input first. */
  readonly associatedInputs?: 'auto' | 'none';
  /** What a client without Action.Execute does; the verb travels in the data there. */
  readonly fallback: Submit;
}

export interface Submit {
  readonly type: 'Action.Submit';
  readonly title: string;
  readonly data: Readonly<Record<string, string>>;
  readonly associatedInputs?: 'auto' | 'none';
}

/** Our limit; Teams refuses a bot's message at about 40 KB and a flow's at 28 KB (power-platform-and-teams.md 4.3). */
export const cardMaxBytes = 20_000;

export function textBlock(text: string, look: Omit<TextBlock, 'type' | 'text' | 'wrap'> = {}): TextBlock {
  return { type: 'TextBlock', text, wrap: true, ...look };
}

/** A card whose first words say what it is about: the preview of a chat shows nothing else (goodsam.md 19). */
export function adaptiveCard(title: string, body: readonly CardElement[], actions: readonly CardAction[] = []): AdaptiveCard {
  return {
    type: 'AdaptiveCard', $schema: 'http://adaptivecards.io/schemas/adaptive-card.json', version: '1.5', fallbackText: title,
    body: [textBlock(title, { size: 'Medium', weight: 'Bolder', style: 'heading' }), ...body], ...(actions.length > 0 && { actions }),
  };
}

/** An Action.Execute with the Action.Submit that older clients fall back to. */
export function execute(action: Omit<Execute, 'type' | 'fallback'>): Execute {
  const { title, verb, data, associatedInputs } = action;
  return { type: 'Action.Execute', ...action, fallback: { type: 'Action.Submit', title, data: { ...data, verb }, ...(associatedInputs && { associatedInputs }) } };
}
