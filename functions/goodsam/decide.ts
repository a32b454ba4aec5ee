import type { Case, Facts } from '../../shared/domain/case.ts';
import { accepted, refused, type Decision, type Fact, type Refusal } from '../../shared/domain/decision.ts';
import { consequences } from './rules/law/consequences.ts';
import { create, type CreateRequest } from './rules/law/create.ts';
import { decideMedia, type MediaCommand } from './rules/law/media.ts';
import { decideOutcome, type OutcomeCommand } from './rules/law/outcome.ts';
import { decidePublic, type PublicCommand } from './rules/law/public.ts';
import { report, sendChat, type Report } from './rules/law/reports.ts';
import { isSendWanted, recordSend, type SendResult } from './rules/law/sending.ts';
import { decideStaff, type StaffCommand } from './rules/law/staff.ts';
import { tellOrigin } from './rules/law/origin.ts';
import { owe, oweLater, raise, type LawSettings, type Moment, type Step } from './rules/law/step.ts';
import { tick } from './rules/law/timers.ts';
import type { CardRow, LiveLink, Owed, Track } from './state.ts';
import { trackKey } from './state.ts';

export type LinkCase = Case<LiveLink, Track>;
/** The outside effect that an operation owes: one of the things that the request itself was owing. */
export type Effect = Owed;

/** What the system itself records: results of effects, timers, and that an effect is begun. */
export type SystemCommand =
  | Report
  | (Omit<Report, 'do'> & { readonly do: 'Reconciled' })
  | { readonly do: 'RecordSend'; readonly sendNo: number; readonly result: SendResult }
  | { readonly do: 'RecordClosed'; readonly sessionId: string }
  | { readonly do: 'RecordCard'; readonly cardId: string; readonly refs: CardRow['refs']; readonly isShown: boolean }
  | { readonly do: 'RecordLine'; readonly lineId: string; readonly isWritten: boolean }
  | { readonly do: 'RecordChat'; readonly chatId: string; readonly isSent: boolean }
  | { readonly do: 'RecordDone'; readonly kind: Owed['kind'] }
  | { readonly do: 'RecordTold'; readonly news: string }
  | { readonly do: 'LookAgain'; readonly kind: Owed['kind']; readonly about: string; readonly how?: string; readonly at: string }
  | { readonly do: 'RecordTrouble'; readonly kind: Owed['kind']; readonly about: string; readonly code: string }
  | { readonly do: 'Begin'; readonly owedId: string }
  | { readonly do: 'Tick'; readonly key: string };

type ToldByProvider = Extract<SystemCommand, { do: 'Report' | 'Reconciled' }>;

export type Command =
  | CreateRequest | StaffCommand | PublicCommand | OutcomeCommand | MediaCommand | SystemCommand
  | { readonly do: 'SendChat'; readonly chatId: string; readonly text: string };

type Answer = Decision<LinkCase, Effect>;
type Law = (current: LinkCase | undefined, command: Command, facts: Facts) => Answer;

/** The law of live links for a force's settings: which command a request takes in which state, by whom, and what follows from it. */
export function lawOf(settings: LawSettings): Law {
  return (current, command, facts) => {
    const moment: Moment = { ...facts, settings };
    if (command.do === 'Create') {
      if (current) return refused('exists', 'This request exists already.');
      return finished(undefined, create(command, moment), { parts: {}, command, moment });
    }
    if (!current) return refused('not-found', 'There is no such request.');
    const { parts } = current;
    if (command.do === 'Report' || command.do === 'Reconciled') {
      const before = command.do === 'Report' ? current.state : { ...current.state, reconciledAt: moment.now };
      const { link, track, facts: told } = report(before, parts[trackKey], command, moment);
      return finished(current.state, { link, facts: told }, { parts: track ? { ...parts, [trackKey]: track } : parts, command, moment });
    }
    const step = decideOne(current.state, command, moment);
    const isErased = 'link' in step && step.link.erasedAt !== undefined && current.state.erasedAt === undefined;
    return finished(current.state, step, { parts: isErased && parts[trackKey] ? { ...parts, [trackKey]: { kind: 'track', fixes: [] } } : parts, command, moment });
  };
}

interface Ending { readonly parts: LinkCase['parts']; readonly command: Command; readonly moment: Moment }

/** What follows from the new state is added, and the first thing owed goes with the operation of a person, so that nobody waits for a second one. */
function finished(before: LiveLink | undefined, step: Step | Refusal, { parts, command, moment }: Ending): Answer {
  if ('kind' in step) return step;
  const link = tellOrigin(before, consequences(before, step.link, moment));
  const facts: readonly Fact[] = step.facts.length ? step.facts : [{ what: 'NothingChanged', kind: 'none' }];
  // What the provider is asked for may add places, and only Begin loads the track: with any other operation its record would insert a track that is there, and conflict for ever.
  const first = command.do === 'Begin' ? link.owed[0] : link.owed.find(({ kind }) => kind !== 'reconcile');
  if (!first || !mayOwe(command)) return accepted({ state: link, parts }, facts);
  return accepted({ state: { ...link, owed: link.owed.filter(item => item !== first) }, parts }, facts, [first]);
}

/** The record of a result owes nothing by itself (storage-protocol): what follows from it is begun by the agenda. */
const results: ReadonlySet<Command['do']> = new Set<Command['do']>([
  'RecordSend', 'RecordClosed', 'RecordCard', 'RecordLine', 'RecordChat', 'RecordDone', 'RecordTold', 'RecordFound', 'RecordMedia', 'LookAgain', 'RecordTrouble', 'Reconciled',
]);
const mayOwe = (command: Command): boolean => !results.has(command.do);

type Rest = Exclude<Command, CreateRequest | ToldByProvider>;

const staffNames: ReadonlySet<string> = new Set<StaffCommand['do']>(['ConfirmSafe', 'MarkUnsafe', 'ClearUnsafe', 'ReleaseHold', 'Authorise', 'Resend', 'Cancel', 'End', 'LetIn', 'BookSlot', 'Reissue', 'ShareView']);
const publicNames: ReadonlySet<string> = new Set<PublicCommand['do']>(['Join', 'Open', 'Agree', 'Decline', 'AskHelp', 'Exit', 'Stop']);
const outcomeNames: ReadonlySet<string> = new Set<OutcomeCommand['do']>(['RecordOutcome', 'SaveChecklist', 'SaveScore', 'PasteLine', 'RecordVisit']);
const mediaNames: ReadonlySet<string> = new Set<MediaCommand['do']>(['RecordFound', 'RecordMedia', 'DecideEvidence', 'ViewEvidence', 'WantViewer']);
const isStaff = (command: Rest): command is StaffCommand => staffNames.has(command.do);
const isPublic = (command: Rest): command is PublicCommand => publicNames.has(command.do);
const isOutcome = (command: Rest): command is OutcomeCommand => outcomeNames.has(command.do);
const isMedia = (command: Rest): command is MediaCommand => mediaNames.has(command.do);

function decideOne(link: LiveLink, command: Rest, moment: Moment): Step | Refusal {
  if (isStaff(command)) return decideStaff(link, command, moment);
  if (isPublic(command)) return decidePublic(link, command, moment);
  if (isOutcome(command)) return decideOutcome(link, command, moment);
  if (isMedia(command)) return decideMedia(link, command, moment);
  if (command.do !== 'SendChat') return decideSystem(link, command, moment);
  return ['CONSENTED', 'IN_SESSION', 'INTERRUPTED'].includes(link.progress.state)
    ? { link: sendChat(link, command, moment), facts: [{ what: 'ChatSent', kind: 'disclosure' }] }
    : refused('INVALID_TRANSITION', 'There is nobody to read it: the session is not running.');
}

function decideSystem(link: LiveLink, command: Exclude<SystemCommand, ToldByProvider>, moment: Moment): Step | Refusal {
  switch (command.do) {
    case 'Tick': return tick(link, command.key, moment);
    case 'Begin': return begin(link, command.owedId);
    case 'RecordSend': return recordSend(link, command.sendNo, command.result, moment);
    case 'RecordLine': return recordLine(link, command, moment);
    case 'RecordTrouble': return trouble(link, command, moment);
    default: return recordPlain(link, command);
  }
}

/** Results that leave a mark and decide nothing. */
function recordPlain(link: LiveLink, command: Extract<SystemCommand, { do: 'RecordClosed' | 'RecordCard' | 'RecordChat' | 'RecordDone' | 'RecordTold' | 'LookAgain' }>): Step {
  switch (command.do) {
    case 'RecordClosed': return { link: { ...link, sends: link.sends.map(send => (send.sessionId === command.sessionId ? { ...send, sessionClosed: true } : send)) }, facts: [{ what: 'SessionClosed', kind: 'none' }] };
    case 'RecordCard': return { link: shown(link, command), facts: [{ what: command.isShown ? 'CardShown' : 'CardFailed', kind: 'none', about: { card: command.cardId } }] };
    case 'RecordChat': return { link: { ...link, chat: link.chat.map(item => (item.chatId === command.chatId ? { ...item, status: command.isSent ? 'sent' as const : 'failed' as const } : item)) }, facts: [{ what: 'ChatRecorded', kind: 'none' }] };
    case 'RecordDone': return { link, facts: [{ what: 'Done', kind: 'none', about: { kind: command.kind } }] };
    case 'RecordTold': return { link, facts: [{ what: 'OriginTold', kind: 'disclosure', about: { news: command.news } }] };
    case 'LookAgain': return { link: oweLater(link, { kind: command.kind, about: command.about, at: command.at, ...(command.how !== undefined && { how: command.how }) }), facts: [{ what: 'LookAgain', kind: 'none', about: { kind: command.kind } }] };
  }
}

function begin(link: LiveLink, owedId: string): Step | Refusal {
  const found = link.owed.find(item => item.id === owedId);
  if (!found) return refused('not-owed', 'This was begun already.');
  // Put first: the first is what goes with this operation.
  return { link: { ...link, owed: [found, ...link.owed.filter(item => item !== found)] }, facts: [{ what: 'EffectBegun', kind: 'none', about: { kind: found.kind } }] };
}

function shown(link: LiveLink, { cardId, refs, isShown }: Extract<SystemCommand, { do: 'RecordCard' }>): LiveLink {
  const next = (card: CardRow): CardRow['status'] => (card.status === 'due' ? (isShown ? 'shown' : 'failed') : card.status);
  const known = { ...link, cards: link.cards.map(card => (card.cardId === cardId ? { ...card, refs: refs.length ? refs : card.refs, status: next(card) } : card)) };
  // It was answered or closed while it was on its way: what came to be shown is shown again as what became of it.
  const card = known.cards.find(item => item.cardId === cardId);
  return card && refs.length > 0 && (card.status === 'done' || card.status === 'expired') ? owe(known, 'card', cardId, `${card.status}-late`) : known;
}

/** The incident log is down: the officer is given the line to paste (force-systems.md, paragraph 6). */
function recordLine(link: LiveLink, { lineId, isWritten }: Extract<SystemCommand, { do: 'RecordLine' }>, { now }: Moment): Step {
  const known = { ...link, lines: link.lines.map(line => (line.lineId === lineId ? { ...line, status: isWritten ? 'written' as const : 'to-paste' as const } : line)) };
  return {
    link: isWritten ? known : raise(known, { kind: 'PASTE_LINE', to: 'requester', at: now, about: lineId }),
    facts: [{ what: isWritten ? 'LineWritten' : 'LineToPaste', kind: isWritten ? 'disclosure' : 'none', about: { line: lineId } }],
  };
}

/** An effect was given up, or nobody can know how it ended. A send then has failed; of everything else but a card the support team is told. */
function trouble(link: LiveLink, { kind, about, code }: Extract<SystemCommand, { do: 'RecordTrouble' }>, moment: Moment): Step | Refusal {
  if (kind === 'send') return recordSend(link, Number(about), { kind: 'failed', reason: 'PROVIDER_DOWN', tries: 1 }, moment);
  if (kind === 'line') return recordLine(link, { do: 'RecordLine', lineId: about, isWritten: false }, moment);
  if (kind === 'chat') return recordPlain(link, { do: 'RecordChat', chatId: about, isSent: false });
  const facts: Fact[] = [{ what: 'EffectFailed', kind: 'none', about: { kind, code } }];
  if (kind === 'card') return { link: shown(link, { do: 'RecordCard', cardId: about, refs: [], isShown: false }), facts };
  if (kind === 'retrieve') return decideMedia(link, { do: 'RecordMedia', evidenceId: about, event: { event: 'retrievalFailed', failure: code.slice(0, 40) } }, moment);
  return { link: raise(link, { kind: 'SUPPORT_POISON', to: 'support', at: moment.now, about: kind }), facts };
}

/** May this effect still start, given the state now? Everything that closes, lists or tells may; a message must still be wanted. */
export function mayStart(current: LinkCase, effect: Effect): Refusal | undefined {
  if (effect.kind !== 'send') return undefined;
  return isSendWanted(current.state, Number(effect.about)) ? undefined : refused('not-wanted', 'The request has moved on; nothing is sent.');
}
