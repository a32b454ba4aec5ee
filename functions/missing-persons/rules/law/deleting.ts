import type { MissingRecord } from '../../state.ts';
import { present } from '../../../../shared/domain/present.ts';
import type { ActsOf } from '../bodies/fields.ts';
import type { deletionBodies } from '../bodies/deletion.ts';
import type { Erased } from '../closure/erased.ts';
import { classOf, deletionFailures, reviewRrdAt, whyKept, type DeletionFacts, type RetentionFacts } from '../closure/retention.ts';
import { reasonFailures } from '../machine/moment.ts';
import { channelsUp } from '../regions/publicity.ts';
import { nothingKnown } from '../risk/slice.ts';
import { inOrder, isOpen } from '../terms.ts';
import { bornOf, flagsOf, isUnder18 } from './about.ts';
import { regionsOf } from './regionSlices.ts';
import { begin, change, note, owe, type Moment, type Step, type Stepped } from './step.ts';

type Bodies = ActsOf<typeof deletionBodies>;
export type DeleteAct = Bodies['ProposeDelete' | 'ApproveDelete'];

/** 3.10: two people, the second of them the data protection officer; refused under a legal hold and before the date of review. */
export function deleting(record: MissingRecord, act: DeleteAct, moment: Moment): Stepped {
  return act.do === 'ProposeDelete' ? propose(record, act, moment) : approve(record, moment);
}

function propose(record: MissingRecord, { basis, reason }: Bodies['ProposeDelete'], moment: Moment): Stepped {
  const { now, by } = moment;
  const failures = [...reasonFailures(reason, '3.10'), ...whyKept(deletionFacts(record, moment), now)];
  return failures.length > 0 ? inOrder(failures) : note(change(begin(record), { deletion: { proposedBy: by, proposedAt: now, basis, reason } }), 'DeletionProposed', 'alteration', { basis });
}

function approve(record: MissingRecord, moment: Moment): Stepped {
  const { now, by, actor } = moment;
  const { deletion, file } = record;
  const facts = deletionFacts(record, moment);
  const failures = deletionFailures(facts, { by, roles: actor.roles, now });
  if (failures.length > 0 || !deletion) return failures;
  const left: Erased = { caseRef: file?.caseRef ?? '', class: facts.class, basis: deletion.basis, at: now, by, proposedBy: deletion.proposedBy };
  const step = note(begin(tombstone(record, left)), 'RecordDeleted', 'erasure', { ref: left.caseRef, class: left.class, basis: left.basis });
  return owe(step, 'erase', record.recordId);
}

const exploitation: ReadonlySet<string> = new Set(['CSE', 'CCE', 'COUNTY_LINES', 'TRAFFICKING_NRM']);
const waiting: ReadonlySet<string> = new Set(['DRAFT', 'RECEIVED', 'SCREENED', 'REDIRECTED', 'CONCERN_FOR_WELFARE']);

/** What keeps the record, from all that it says now; the date that closure gave it, where that is the later, still counts. */
function deletionFacts(record: MissingRecord, { settings }: Pick<Moment, 'settings'>): DeletionFacts {
  const { file, report, clocks, closure, deletion, legalHold } = record;
  const facts = retentionFacts(record, settings);
  const born = bornOf(record);
  const ownAt = reviewRrdAt(facts, { reportedAt: clocks.reported, closedAt: file?.enteredAt ?? report.receivedAt, ...(born?.by === 'DATE' && { bornOn: born.date }) }, settings.retention);
  const setAt = closure?.reviewRrdAt ?? ownAt;
  const { publicity, biometrics } = regionsOf(record);
  return {
    class: classOf(facts), rrdAt: setAt > ownAt ? setAt : ownAt, hasLegalHold: legalHold !== undefined, ...present({ proposedBy: deletion?.proposedBy }),
    holdings: { publicityCopies: channelsUp(publicity), samples: biometrics.filter(({ state }) => state !== 'DISPOSED').length },
  };
}

function retentionFacts(record: MissingRecord, settings: Moment['settings']): RetentionFacts {
  const { file, report, clocks, closure } = record;
  const isClosed = file ? !isOpen(file.state) : !waiting.has(report.state);
  const isDisclosed = closure?.outcome?.exploitationDisclosed === 'YES';
  return {
    isClosed, isUnder18: isUnder18(record, clocks.reported, settings), isDeceased: file?.deceased?.confirmedAt !== undefined, isExploited: isDisclosed || flagsOf(record).some(flag => exploitation.has(flag)),
    ...present({ mopiGroup: groupOf(closure?.retentionClass) }),
  };
}

const groups: Readonly<Record<string, 1 | 2 | 3>> = { MOPI_1: 1, MOPI_2: 2, MOPI_3: 3 };
/** Of the gravest linked crime, or the death, as `RecordOutcome` said. */
const groupOf = (name: string | undefined): 1 | 2 | 3 | undefined => groups[name ?? ''];

/** The stub of storage-protocol 11: an old key does not make the record again, and nothing of the person, the episode or who worked on it is left. */
function tombstone({ recordId, report: { state } }: MissingRecord, left: Erased): MissingRecord {
  const { at } = left;
  return {
    kind: 'missing', recordId, personId: recordId, createdAt: at, erased: left,
    report: { state, source: 'CALL_HANDLER', reportedAt: at, receivedAt: at, by: 'erased', ownerUserId: 'erased', flaggedFields: [] },
    intake: { source: 'CALL_HANDLER', reportedAt: at, receivedAt: at, isAsItIs: false, flagged: [], asWritten: [], asks: [], names: [], informant: {} },
    person: { isUnidentified: true, names: [] },
    casefile: { missingFrom: 'OTHER', lastSeen: { precision: 'UNKNOWN', unknownReason: 'Deleted' }, lastSeenPlace: {}, outOfCharacter: 'NOT_KNOWN', informants: [], hypotheses: [], linked: { crimeRefs: [], priorCaseIds: [], coMissing: [] }, restrictedTier: 'OPEN' },
    clocks: { reported: at }, ...(left.caseRef !== '' && { file: { caseRef: left.caseRef, state: 'CLOSED', enteredAt: at, openedBy: 'erased', reopenings: [] } }), known: nothingKnown, owner: { userId: 'erased', role: 'FIM', since: at },
    attached: [], tasks: [], triggers: [], agreed: [], reviews: [], reviewMarks: {}, reviewsSettled: {}, information: [], searches: [], areas: [], notices: [], pages: [], protocols: [], uploadLinks: [], files: [], previous: [], flaggedFields: [], pending: [], owed: [],
    nextId: 1, late: [], moves: [],
  };
}

/** What the erasure of the parts came to. It is owed until it is done: a failure is begun again, and a person is told by the alarm of the operation. */
export function erasureStep(record: MissingRecord, left: Erased, isDone: boolean, now: string): Step {
  if (isDone) return note(change(begin(record), { erased: { ...left, doneAt: now } }), 'RecordErased', 'erasure');
  return owe(note(begin(record), 'ErasureFailed', 'none'), 'erase', record.recordId);
}
