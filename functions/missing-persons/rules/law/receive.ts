import { partKeys, type MissingRecord } from '../../state.ts';
import type { Intake } from '../intake/report.ts';
import { personOf } from '../intake/personOf.ts';
import type { Casefile } from '../person/casefile.ts';
import { receivedReport } from '../machine/report.ts';
import { nothingKnown } from '../risk/slice.ts';
import type { QuestionCode } from '../terms.ts';
import { begin, note, withPart, type Moment, type Step } from './step.ts';

/** What a report tells of the questions before anybody has asked them: the one box of the form that has a yes and a no. */
const toldBy: readonly { readonly question: QuestionCode; readonly from: 'inDanger' }[] = [{ question: 'Q07', from: 'inDanger' }];

/** R1 and R11: the report is received, whatever is lacking. Its words are kept to the letter in a part of their own; it has an owner and a due time from this instant (I11). */
export function receive(recordId: string, { raw, ...intake }: Intake, moment: Moment): Step {
  const { now, by, people } = moment;
  const owner = { userId: people.FIM ?? people.CALL_HANDLER ?? 'unassigned', role: 'FIM' as const, since: now };
  const record: MissingRecord = {
    kind: 'missing', recordId, personId: recordId, createdAt: now,
    report: receivedReport({
      source: intake.source, reportedAt: intake.reportedAt, receivedAt: now, by, ownerUserId: people.CALL_HANDLER ?? owner.userId, flaggedFields: intake.flagged.map(({ field }) => field),
      ...(intake.care && { organisationId: intake.care.organisationId }), ...(intake.transfer && { transfer: { fromForce: intake.transfer.fromForce, theirRef: intake.transfer.theirRef } }),
    }),
    intake, person: personOf({ ...intake, raw }), casefile: casefileOf(intake), clocks: { reported: intake.reportedAt, ...(intake.lastSeen?.from !== undefined && { lastSeenFrom: intake.lastSeen.from }), ...(intake.lastSeen?.to !== undefined && { lastSeenTo: intake.lastSeen.to }) },
    known: { ...nothingKnown, flags: isChildPlacement(casefileOf(intake)) ? [{ flag: 'LAC', setBy: by, at: now, source: 'The report comes from, or names, a placement of a looked-after child' }] : [], answers: toldBy.flatMap(({ question, from }) => (intake[from] === undefined ? [] : [{ question, value: intake[from], at: now, by }])) },
    owner, attached: [], tasks: [], triggers: [], agreed: [], reviews: [], reviewMarks: {}, reviewsSettled: {}, information: [], searches: [], areas: [], notices: [], pages: [], protocols: [], uploadLinks: [], files: [], previous: [],
    flaggedFields: [...intake.flagged], pending: [], owed: [], nextId: 1, late: [], moves: [],
  };
  return note(withPart(begin(record), partKeys.raw, { kind: 'raw', text: raw }), 'ReportReceived', 'collection', { rule: intake.source === 'TRANSFER_IN' ? 'R11' : 'R1', source: intake.source, flagged: intake.flagged.length });
}

function casefileOf(intake: Omit<Intake, 'raw'>): Casefile {
  const { informant, care, lastSeen, lastSeenPlace, worries } = intake;
  return {
    ...(intake.incidentRef !== undefined && { incidentRef: intake.incidentRef }), missingFrom: care?.missingFrom ?? (care ? 'CHILDRENS_HOME' : 'OTHER'), lastSeen: lastSeen ?? { precision: 'UNKNOWN', unknownReason: 'Not said in the report' },
    lastSeenPlace: { ...(lastSeenPlace !== undefined && { text: lastSeenPlace }), ...intake.lastSeenPoint }, ...(worries !== undefined && { circumstances: worries }), outOfCharacter: 'NOT_KNOWN', ...(intake.withWhom !== undefined && { withWhom: intake.withWhom }),
    informants: [{ id: 'informant-1', role: 'PRIMARY', ...informant }], hypotheses: [], linked: { crimeRefs: [], priorCaseIds: [], coMissing: [] }, restrictedTier: 'OPEN',
  };
}

const placements: readonly string[] = ['FOSTER', 'CHILDRENS_HOME', 'SUPPORTED_16_17'];

/** A placement of children makes a looked-after child, until somebody clears the flag with a reason. */
export function isChildPlacement({ missingFrom }: Pick<Casefile, 'missingFrom'>): boolean {
  return placements.includes(missingFrom);
}
