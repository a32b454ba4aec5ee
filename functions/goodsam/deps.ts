import type { CardSender } from '../../shared/azure/teams.ts';
import type { Agenda } from '../../shared/case/agenda.ts';
import type { CaseDeps, Room } from '../../shared/case/room.ts';
import type { Log } from '../../shared/log.ts';
import type { Messenger } from '../../shared/notify/messenger.ts';
import type { Command, Effect } from './decide.ts';
import type { EvidenceDeps } from './evidence/deps.ts';
import type { IncidentLog } from './force/incidentLog.ts';
import type { OnDuty } from '../../shared/force/onDuty.ts';
import type { Safeguarding } from './force/safeguarding.ts';
import type { LiveLinkProvider } from './provider/port.ts';
import type { LawSettings } from './rules/law/step.ts';
import type { NumberWorld } from './rules/phone.ts';
import type { RefPatterns } from './rules/references.ts';
import type { Templates } from './rules/templates.ts';
import type { LiveLink, Track } from './state.ts';
import type { Secrets } from './tokens.ts';

export type LinkRoom = Room<LiveLink, Track, Command, Effect>;
export type LinkAgenda = Agenda<LiveLink, Track, Command>;

/** A short alert in the activity feed, for what cannot wait until somebody reads a card. */
export type Alert = (alert: { readonly userObjectId: string; readonly kind: string; readonly deepLink: string }, options: { readonly signal: AbortSignal }) => Promise<void>;

/** Everything that live links reach for outside, built once in main.ts. */
export interface LinkDeps {
  readonly cases: CaseDeps;
  readonly provider: LiveLinkProvider;
  readonly messenger: Messenger;
  readonly safeguarding: Safeguarding;
  readonly incidentLog: IncidentLog;
  readonly onDuty: OnDuty;
  readonly evidence: EvidenceDeps;
  readonly cards: CardSender;
  readonly alert: Alert;
  readonly secrets: Secrets;
  readonly settings: LawSettings;
  readonly templates: Templates;
  /** Notify's ids by name, and by `<name>_EMAIL`. */
  readonly templateIds: Readonly<Partial<Record<string, string>>>;
  readonly references: RefPatterns;
  readonly world: NumberWorld;
  /** Origins of the links in texts: the force's own, and one that says nothing of anyone. */
  readonly publicOrigin: string;
  readonly neutralOrigin: string;
  /** Where the provider sends its reports. */
  readonly callbackUrl: string;
  /** The Power App's address of a request. */
  readonly appUrl: (requestId: string) => string;
  /** The channel of Teams for those who have no name on the list of duty; without one the requester is told. */
  readonly teamChannels: Readonly<Partial<Record<string, { readonly channelId: string; readonly teamId?: string }>>>;
  readonly log: Log;
}
