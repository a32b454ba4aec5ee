import type { Stage } from './state.ts';

/**
 * Which stages each step of a document may start from, and where it leads; the README's table is printed from this. `stay` keeps the stage.
 * Steps of the system (Record...) are named for what was found.
 */
export const moves = {
  DecideSuggestion: { from: ['suggested', 'in-review'], to: 'in-review', by: 'person' },
  UndoDecision: { from: ['in-review'], to: 'in-review', by: 'person' },
  AddMarks: { from: ['suggested', 'in-review'], to: 'in-review', by: 'person' },
  ViewPages: { from: ['suggested', 'in-review'], to: 'in-review', by: 'person' },
  ApproveDocument: { from: ['suggested', 'in-review'], to: 'approved', by: 'person' },
  ReleaseDocument: { from: ['ready'], to: 'released', by: 'person' },
  ReopenDocument: { from: ['approved', 'burning', 'verifying', 'ready', 'released', 'failed'], to: 'in-review', by: 'person' },
  WithdrawDocument: {
    from: ['received', 'screening', 'locating', 'suggested', 'in-review', 'approved', 'burning', 'verifying', 'ready', 'refused', 'failed'], to: 'withdrawn', by: 'person',
  },
  RecordScreening: { from: ['received', 'screening'], to: 'screening', by: 'system' },
  RecordLocating: { from: ['received', 'screening', 'locating'], to: 'locating', by: 'system' },
  RecordLocated: { from: ['received', 'screening', 'locating'], to: 'suggested', by: 'system' },
  RecordBurning: { from: ['approved', 'burning'], to: 'burning', by: 'system' },
  RecordVerifying: { from: ['approved', 'burning', 'verifying'], to: 'verifying', by: 'system' },
  RecordBurnt: { from: ['approved', 'burning', 'verifying'], to: 'ready', by: 'system' },
  RecordRefused: { from: ['received', 'screening', 'locating', 'approved', 'burning', 'verifying'], to: 'refused', by: 'system' },
  RecordFailed: { from: ['received', 'screening', 'locating', 'approved', 'burning', 'verifying'], to: 'failed', by: 'system' },
} as const satisfies Record<string, { from: readonly Stage[]; to: Stage; by: 'person' | 'system' }>;

export type Move = keyof typeof moves;

/** What a stage is called in a sentence to a person. */
export const stageWords: Record<Stage, string> = {
  received: 'received and not read yet', screening: 'being checked', locating: 'being searched', suggested: 'waiting for review', 'in-review': 'in review',
  approved: 'approved', burning: 'being redacted', verifying: 'being verified', ready: 'ready for release', released: 'released', refused: 'refused', failed: 'failed', withdrawn: 'withdrawn',
};
