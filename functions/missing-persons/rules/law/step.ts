import type { AuditKind, Fact } from '../../../../shared/domain/decision.ts';
import type { PageKind } from '../../card.ts';
import type { MissingPart, MissingRecord, Owed, Page } from '../../state.ts';
import type { Follow } from '../machine/moved.ts';
import type { Actor } from '../machine/moment.ts';
import type { TriggerPlan } from '../intake/triggerPlan.ts';
import type { PreviousEpisode } from '../person/repeats.ts';
import type { MissingSettings } from '../settings.ts';
import type { Recipient } from '../tasks/settings.ts';
import type { Failure, Role } from '../terms.ts';

/** Who is on duty in each role, one person each, as the roster said when the step began (15.2 item 30). */
export type People = Readonly<Partial<Record<Role, string>>>;

/** What was looked up for a command before the law decides: nothing of it is looked up by the law itself. */
export interface Looked {
  readonly caseRef?: string;
  readonly previous?: readonly PreviousEpisode[];
  /** Of the person of the match: what was agreed for when they go missing again (S12). */
  readonly triggerPlan?: TriggerPlan;
  /** The person of a match that somebody confirmed. */
  readonly personId?: string;
  readonly isOtherOpen?: boolean;
  /** The other case of a link, when whoever links may open it. */
  readonly other?: { readonly ref?: string };
}

/** A step's moment: who, when, with what name for what it makes, under which settings. */
export interface Moment {
  readonly now: string;
  readonly by: string;
  readonly actor: Actor;
  readonly people: People;
  readonly looked: Looked;
  /** Of the operation; ids of what the step makes begin with it, so that a repeated step makes the same. */
  readonly id: string;
  readonly settings: MissingSettings;
  /** SHA-256 in hexadecimal; the law is pure and is handed it. */
  readonly sha256: (text: string) => string;
}

/** A record on its way through a step: what the audit will say, which parts are written, what must follow before it is done. */
export interface Step {
  readonly record: MissingRecord;
  readonly parts: Readonly<Record<string, MissingPart>>;
  readonly facts: readonly Fact[];
  readonly then: readonly Follow[];
}

export type Stepped = Step | readonly Failure[];

export function begin(record: MissingRecord): Step {
  return { record, parts: {}, facts: [], then: [] };
}

export function change(step: Step, set: Partial<MissingRecord>): Step {
  return { ...step, record: { ...step.record, ...set } };
}

export function note(step: Step, what: string, kind: AuditKind = 'none', about?: Fact['about']): Step {
  return { ...step, facts: [...step.facts, { what, kind, ...(about && { about }) }] };
}

export function withPart(step: Step, key: string, part: MissingPart): Step {
  return { ...step, parts: { ...step.parts, [key]: part } };
}

/** A new name within the record. */
export function named(step: Step, prefix: string): { readonly id: string; readonly step: Step } {
  const { nextId } = step.record;
  return { id: `${prefix}-${nextId}`, step: change(step, { nextId: nextId + 1 }) };
}

/** The record owes this to the outside. The same thing is not owed twice at a time. */
export function owe(step: Step, kind: Owed['kind'], about: string, how?: string): Step {
  if (step.record.owed.some(item => item.kind === kind && item.about === about && item.how === how)) return step;
  const { id, step: next } = named(step, kind);
  return change(next, { owed: [...next.record.owed, { id, kind, about, ...(how !== undefined && { how }) }] });
}

/** A card that still asks for something. */
export function isOpenPage({ status }: Pick<Page, 'status'>): boolean {
  return status === 'due' || status === 'shown';
}

interface Raise { readonly kind: PageKind; readonly to: readonly string[]; readonly title: string; readonly about: string; readonly dueAt?: string; readonly isUrgent?: boolean }

/** Tells people by a card. One that is about the same and still open is not raised a second time to the same people. */
export function raise(step: Step, at: string, { kind, to, title, about, dueAt, isUrgent = false }: Raise): Step {
  const people = [...new Set(to)];
  const isThere = (page: Page): boolean => page.kind === kind && page.about === about && isOpenPage(page) && people.every(person => page.to.includes(person));
  if (people.length === 0 || step.record.pages.some(isThere)) return step;
  const { id, step: next } = named(step, 'page');
  const page: Page = { pageId: id, kind, to: people, title, about, at, status: 'due', isUrgent, refs: [], ...(dueAt !== undefined && { dueAt }) };
  return owe(change(next, { pages: [...next.record.pages, page] }), 'page', id);
}

/** Cards about something that no longer asks for anything are shown again as closed. */
export function closePages(step: Step, isMeant: (page: Page) => boolean, how: { readonly status: 'answered' | 'closed'; readonly by?: string; readonly at: string }): Step {
  const open = step.record.pages.filter(page => isOpenPage(page) && isMeant(page));
  return open.reduce((so, { pageId }) => owe(change(so, {
    pages: so.record.pages.map(page => (page.pageId === pageId ? { ...page, status: how.status, ...(how.by !== undefined && { answeredBy: how.by, answeredAt: how.at }) } : page)),
  }), 'page', pageId, how.status), step);
}

/** The people that a step of a ladder reaches. A role without a person falls to the force incident manager, and then to the owner (15.2 item 30). */
export function peopleOf(recipients: readonly Recipient[], record: Pick<MissingRecord, 'owner'>, people: People, taskOwner?: string): string[] {
  return [...new Set(recipients.map(recipient => {
    if (recipient === 'OWNER') return taskOwner ?? record.owner.userId;
    return (recipient === 'CONTROL_ROOM' ? people.CALL_HANDLER : people[recipient]) ?? people.FIM ?? record.owner.userId;
  }))];
}
