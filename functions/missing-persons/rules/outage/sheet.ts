import type { MissingRecord } from '../../state.ts';
import { present } from '../../../../shared/domain/present.ts';
import { receiptOf } from '../intake/receipt.ts';
import { levelOf } from '../law/about.ts';
import { nextDue } from '../law/due.ts';
import { regionsOf } from '../law/regionSlices.ts';
import { stateInWords } from '../machine/words.ts';
import { shownName } from '../person/names.ts';
import { isOpenReview } from '../reviews/review.ts';
import { cardLabelOf } from '../risk/settings.ts';
import type { MissingSettings } from '../settings.ts';
import { isOpenTask, type Task } from '../tasks/task.ts';
import { rankOf, type Role } from '../terms.ts';
import { caseFacts, lastSeenFacts, personFacts, type Fact } from './facts.ts';
import { doNots, flagWords } from './doNot.ts';
import { showSpan, showTime } from './when.ts';

/** Who a person of the staff is on paper: the collar number, or the end of the account's id where the directory did not say. */
export type Called = (userId: string) => string;
export interface Writing { readonly now: string; readonly settings: MissingSettings; readonly called: Called }

export interface Line {
  readonly ref: string;
  /** How the row looks: HIGH has to stand out. */
  readonly rank: number;
  readonly level: string;
  readonly state: string;
  readonly owner: string;
  /** When something is due, the earliest first, and the limits of law or agreement among it. */
  readonly due: readonly string[];
  readonly limits: readonly string[];
}

type Head = Omit<Line, 'due' | 'limits'>;

export interface Todo { readonly what: string; readonly who: string; readonly due: string; readonly isLate: boolean; readonly limit?: string; readonly isLimitLate?: boolean; readonly note?: string }
export interface Ring { readonly who: string; readonly how: readonly string[]; readonly isPrimary: boolean; readonly barred?: string; readonly promised?: string }

/** One sheet of the pack: what somebody needs who works on the case without the system (15.4). */
export interface Sheet extends Head {
  readonly isProvisional: boolean;
  readonly since: string;
  readonly reported: string;
  readonly nextDue?: string;
  readonly isNextLate: boolean;
  readonly isRestricted: boolean;
  readonly name: string;
  readonly doNots: readonly string[];
  readonly flags: readonly string[];
  readonly facts: readonly { readonly heading: string; readonly rows: readonly Fact[] }[];
  readonly rings: readonly Ring[];
  readonly nextReview?: string;
  readonly todos: readonly Todo[];
  readonly sightings: readonly { readonly when: string; readonly where: string; readonly who: string; readonly credible: string }[];
}

export const refOf = ({ file, recordId }: Pick<MissingRecord, 'file' | 'recordId'>): string => file?.caseRef ?? receiptOf(recordId);

/**
 * Of a CONFIDENTIAL record (3.1): paper has no access list, so there is no name, no place and no title of a task, which may hold either. Only that there is such a case, who answers for it and when
 * something is due.
 */
export function confidentialLine(record: MissingRecord, writing: Writing): Line {
  const shown = (times: readonly string[]): string[] => [...new Set(times)].sort().map(at => showTime(at, writing.now));
  return { ...headOf(record, writing), due: shown(todosOf(record, writing).map(({ at }) => at)), limits: shown(limitsOf(record)) };
}

export function sheetOf(record: MissingRecord, writing: Writing): Sheet {
  const { now } = writing;
  const { clocks, risk, casefile, reviews } = record;
  const [review] = reviews.filter(isOpenReview).map(({ dueAt }) => dueAt).sort();
  const next = nextDue(record, writing.settings)?.at;
  return {
    ...headOf(record, writing), isProvisional: risk?.provisional ?? true, since: showTime(clocks.risk ?? clocks.reported, now), reported: showTime(clocks.reported, now), isNextLate: next !== undefined && next < now,
    isRestricted: casefile.restrictedTier !== 'OPEN', name: shownName(record.person), doNots: doNots(record), flags: flagWords(record),
    facts: [{ heading: 'The person', rows: personFacts(record, now) }, { heading: 'Last seen', rows: lastSeenFacts(record, now) }, { heading: 'The case', rows: caseFacts(record, now) }].filter(({ rows }) => rows.length > 0),
    rings: ringsOf(record, now), todos: todosOf(record, writing).map(({ at: _at, ...todo }) => todo), sightings: sightingsOf(record, now),
    ...present({ nextReview: review && showTime(review, now), nextDue: next && showTime(next, now) }),
  };
}

function headOf(record: MissingRecord, { settings, called }: Writing): Head {
  const { file, report, owner } = record;
  const [userId, acknowledged] = file ? [owner.userId, owner.acknowledgedAt === undefined ? ', NOT ACKNOWLEDGED' : ''] : [report.ownerUserId, ''];
  return {
    ref: refOf(record), rank: rankOf(levelOf(record)), level: cardLabelOf(levelOf(record), settings.risk), state: stateInWords(file?.state ?? report.state), owner: `${called(userId)}${file ? `, ${roleName(owner.role)}` : ''}${acknowledged}`,
  };
}

const roleName = (role: Role): string => role.replaceAll('_', ' ');

/** Tasks and reviews in the order in which they are due. */
function todosOf(record: MissingRecord, { now, called }: Writing): (Todo & { readonly at: string })[] {
  const tasks = record.tasks.filter(isOpenTask).map(task => ({ ...todoOf(task, now), who: whoOf(task.ownerRole, task.ownerUserId, called), at: task.dueAt }));
  const reviews = record.reviews.filter(isOpenReview).map(({ rank, reviewerUserId, dueAt }) => ({ what: `Review by ${roleName(rank)}`, who: whoOf(rank, reviewerUserId, called), due: showTime(dueAt, now), isLate: dueAt < now, at: dueAt }));
  return [...tasks, ...reviews, ...reportDue(record, now)].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function todoOf({ title, templateId, dueAt, hardDueAt, state, mandatory }: Task, now: string): Omit<Todo, 'who'> {
  const note = [state === 'HOLD' ? 'waits' : undefined, mandatory ? undefined : 'not mandatory'].flatMap(word => word ?? []).join(', ');
  return {
    what: `${templateId} ${title}`, due: showTime(dueAt, now), isLate: dueAt < now && state !== 'HOLD',
    ...(hardDueAt !== undefined && { limit: showTime(hardDueAt, now), isLimitLate: hardDueAt < now }), ...(note !== '' && { note }),
  };
}

function reportDue({ file, report }: MissingRecord, now: string): (Todo & { readonly at: string })[] {
  return file || report.dueAt === undefined ? [] : [{ what: 'Decide what becomes of this report', who: 'CALL HANDLER', due: showTime(report.dueAt, now), isLate: report.dueAt < now, at: report.dueAt }];
}

const whoOf = (role: Role, userId: string | undefined, called: Called): string => (userId === undefined ? roleName(role) : `${roleName(role)}: ${called(userId)}`);
const limitsOf = ({ tasks }: MissingRecord): string[] => tasks.filter(isOpenTask).flatMap(({ hardDueAt }) => hardDueAt ?? []);

/** Informants, the primary one first, and who is not to be told anything; then whom the trigger plan names. */
function ringsOf({ casefile, regions, triggerPlan }: MissingRecord, now: string): Ring[] {
  const { contacts, restrictions } = regionsOf({ regions }).contacts;
  const informants = casefile.informants.toSorted((a, b) => Number(b.role === 'PRIMARY') - Number(a.role === 'PRIMARY')).map(({ id, role, name, relation, phone, email, address, areUpdatesRestricted, restrictedWhy }): Ring => {
    const standing = restrictions.find(({ contactId, liftedAt }) => contactId === id && liftedAt === undefined);
    const isBarred = areUpdatesRestricted === true || standing !== undefined;
    const promised = contacts.filter(({ withId }) => withId === id).map(({ promisedNextAt }) => promisedNextAt).findLast(at => at !== undefined);
    return {
      who: [name ?? 'Name not known', relation].flatMap(part => part ?? []).join(', '), how: [phone, email, address].flatMap(part => part ?? []), isPrimary: role === 'PRIMARY',
      ...(isBarred && { barred: restrictedWhy ?? standing?.reason ?? 'Updates to this person are restricted.' }), ...(promised !== undefined && { promised: showTime(promised, now) }),
    };
  });
  const planned = triggerPlan?.state === 'AGREED' ? triggerPlan.contacts.map(({ name, relation, phone }): Ring => ({ who: `${name}, ${relation} (trigger plan)`, how: [phone], isPrimary: false })) : [];
  return [...informants, ...planned];
}

const sightingsShown = 6;
const credibleWords = { YES: 'credible', NO: 'not credible', UNASSESSED: 'NOT ASSESSED' } as const;

/** The latest ones, the newest first. */
function sightingsOf({ regions }: MissingRecord, now: string): Sheet['sightings'] {
  const { sightings } = regionsOf({ regions });
  return sightings.toSorted((a, b) => (a.from < b.from ? 1 : -1)).slice(0, sightingsShown).map(({ from, to, place, source, credible }) => ({
    when: showSpan(from, to, now), where: place, who: source, credible: credibleWords[credible],
  }));
}
