import type { Room } from '../../../shared/case/room.ts';
import type { MissingDeps, MissingRoom } from '../deps.ts';
import type { ImportCommand, ImportEffect, ImportRun, OutcomesPart } from '../rules/intake/importRun.ts';

export type ImportRoom = Room<ImportRun, OutcomesPart, ImportCommand, ImportEffect>;

/** What an import reaches for: the records that it makes are those of the room. */
export interface ImportDeps extends Pick<MissingDeps, 'cases' | 'hash' | 'roster' | 'settings'> {
  readonly room: MissingRoom;
}
