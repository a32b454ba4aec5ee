import type { CardSender } from '../../shared/azure/teams.ts';
import type { Agenda } from '../../shared/case/agenda.ts';
import type { CaseDeps, Room } from '../../shared/case/room.ts';
import type { EvidenceStore } from '../../shared/azure/evidenceStore.ts';
import type { MalwareVerdict } from '../../shared/force/malware.ts';
import type { Log } from '../../shared/log.ts';
import type { Command, Effect } from './decide.ts';
import type { NoticeSender } from './delivery/sender.ts';
import type { Roster } from './roster.ts';
import type { Heard } from './rules/law/liveLinkNews.ts';
import type { MissingSettings } from './rules/settings.ts';
import type { MissingPart, MissingRecord } from './state.ts';

export type MissingRoom = Room<MissingRecord, MissingPart, Command, Effect>;
export type MissingAgenda = Agenda<MissingRecord, MissingPart, Command>;

/** Everything that missing persons reach for outside, built once in main.ts. */
export interface MissingDeps {
  readonly cases: CaseDeps;
  readonly roster: Roster;
  readonly cards: CardSender;
  /** A short alert in the activity feed, for what cannot wait until somebody reads a card. */
  readonly alert: (alert: { readonly userObjectId: string; readonly kind: string; readonly deepLink: string }, options: { readonly signal: AbortSignal }) => Promise<void>;
  readonly sender: NoticeSender;
  readonly settings: MissingSettings;
  /** HMAC of a key of the search and match lists. */
  readonly hash: (key: string) => string;
  /** Forms and photographs: where they lie, who says that they are clean, and what the secrets of upload links are made with. */
  readonly files: EvidenceStore;
  readonly malware: MalwareVerdict;
  readonly linkKeys: readonly [string, ...string[]];
  /** The Power App's address of a case. */
  readonly appUrl: (recordId: string) => string;
  /** What the room of live links shows of a request of ours; absent where the force sends none from here. */
  readonly liveLinks?: (ids: { readonly caseId: string; readonly enquiryId: string; readonly requestId: string }) => Promise<Heard['found']>;
  readonly log: Log;
}
