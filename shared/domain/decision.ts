/** What a room may answer to a command: a new state with its facts and effects, or a refusal that the caller can act on. */
export type Decision<State, Effect> =
  | { readonly kind: 'accepted'; readonly next: State; readonly facts: readonly Fact[]; readonly effects: readonly Effect[] }
  | Refusal;

/** A command that the law of the room forbids. `code` is stable and machine-readable, `reason` is a sentence for the person. */
export interface Refusal {
  readonly kind: 'refused';
  readonly code: string;
  readonly reason: string;
}

/** Something that happened, named in the past tense; it becomes an audit row. It never carries content. */
export interface Fact {
  readonly what: string;
  /** The DPA 2018 s62 operation this is, or `none` for a step of the system. */
  readonly kind: AuditKind;
  /** Ids and enumerated words only (for instance a document id, a reason code, a recipient's reference). */
  readonly about?: Readonly<Record<string, string | number>>;
}

/** The six operations that DPA 2018 s62 orders to be logged, `none` for what is none of them. */
export type AuditKind = 'collection' | 'alteration' | 'consultation' | 'disclosure' | 'combination' | 'erasure' | 'none';

export function accepted<State, Effect>(next: State, facts: readonly Fact[], effects: readonly Effect[] = []): Decision<State, Effect> {
  return { kind: 'accepted', next, facts, effects };
}

export function refused(code: string, reason: string): Refusal {
  return { kind: 'refused', code, reason };
}
