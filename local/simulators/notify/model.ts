/** What the simulated Notify keeps in memory. Names are Notify's own where it has one. */
export type ServiceName = 'branded' | 'neutral';
export type KeyType = 'normal' | 'team' | 'test';
export type FinalStatus = 'delivered' | 'permanent-failure' | 'temporary-failure';
export type Status = 'created' | 'sending' | FinalStatus;

export interface Service {
  readonly service: ServiceName;
  readonly id: string;
  readonly name: string;
  /** "Start text messages with service name" of Notify's settings. */
  readonly prefix: boolean;
  readonly sender: string;
  readonly trial: boolean;
  readonly secrets: Readonly<Record<KeyType, string>>;
}

export interface Template {
  readonly id: string;
  readonly service: ServiceName;
  readonly kind: 'sms' | 'email';
  readonly name: string;
  /** With Notify's own placeholders: `((link))`. */
  readonly body: string;
  readonly subject?: string;
}

export interface Message {
  readonly id: string;
  readonly service: ServiceName;
  readonly kind: 'sms' | 'email';
  readonly to: string;
  /** What the phone shows: with the service's name in front when the prefix is on. */
  readonly text: string;
  /** What the API answers: never with the prefix. */
  readonly body: string;
  readonly subject?: string;
  readonly from: string;
  readonly reference: string | null;
  readonly template: Template;
  readonly at: string;
  status: Status;
  completedAt?: string;
}

/** unavailable: 503. rateLimited: 429. silent: no answer, nothing taken. lostAnswer: the message is taken, and no answer comes. */
export interface Outage {
  readonly mode: 'unavailable' | 'rateLimited' | 'silent' | 'lostAnswer';
  /** Requests left; Infinity until told otherwise. */
  left: number;
  readonly retryAfterSeconds?: number;
}

export interface World {
  readonly services: readonly Service[];
  readonly templates: readonly Template[];
  readonly messages: Message[];
  readonly teamRecipients: ReadonlySet<string>;
  readonly rateLimitPerMinute: number;
  readonly recentCalls: Map<ServiceName, number[]>;
  /** Time by the simulator's clock, which tests may shift. Tokens are judged by the real one, as the client signs with it. */
  readonly now: () => number;
  readonly taken: (message: Message, isTest: boolean) => void;
  outage?: Outage | undefined;
}
