import type * as z from 'zod';
import { receiptOf } from './rules/intake/receipt.ts';
import { knownOf, levelOf, riskContext } from './rules/law/about.ts';
import { nextDue } from './rules/law/due.ts';
import { shownOnCard } from './rules/law/situation.ts';
import { shownName } from './rules/person/names.ts';
import { present } from '../../shared/domain/present.ts';
import type * as replies from './rules/replies.ts';
import { floorNow } from './rules/risk/assess.ts';
import { systemAt } from './rules/risk/context.ts';
import { unansweredOf } from './rules/risk/questions.ts';
import { higherOf, type RiskLevel } from './rules/terms.ts';
import { uploadsView } from './rules/law/uploadsView.ts';
import type { MissingSettings } from './rules/settings.ts';
import { evidenceAsked } from './rules/tasks/evidence.ts';
import { goldenHour } from './rules/tasks/goldenHour.ts';
import { templateOf } from './rules/tasks/templates.ts';
import { edgeOf, textOf } from './rules/edit/edge.ts';
import { editEtag } from './edits.ts';
import type { EditPart, MissingRecord } from './state.ts';
import { caseView } from './viewCase.ts';
import { workItems } from './viewWork.ts';

type Row = z.output<typeof replies.row>;

export function rowView(record: MissingRecord, settings: MissingSettings): Row {
  const { recordId, file, report, risk, clocks, owner } = record;
  return {
    recordId, ref: file?.caseRef ?? '', receipt: receiptOf(recordId), state: file?.state ?? report.state, level: levelOf(record), isProvisional: risk?.provisional ?? true, reportedAt: clocks.reported, owner: owner.userId, isOwnerAcknowledged: owner.acknowledgedAt !== undefined,
    ...shownOnCard(record), nextDueAt: nextDue(record, settings)?.at ?? '',
  };
}

type View = z.output<typeof replies.view>;

export function informationView({ id, at, clientReportedAt, by, kind, isRestricted }: MissingRecord['information'][number], text: string | undefined): View['information'][number] {
  return { id, at, by, kind, isRestricted, ...present({ text }), ...(clientReportedAt !== undefined && { clientReportedAt }) };
}

/** All that the state says, with what was edited; the words of the information stand in parts of their own. */
export function fullView(record: MissingRecord, settings: MissingSettings, now: string, edits: readonly EditPart[]): Omit<View, 'information' | 'nextInformation'> {
  const { casefile, clocks, risk, report, imported } = record;
  const known = knownOf(record);
  const golden = goldenHour(record.tasks, clocks.reported, now);
  return {
    ...rowView(record, settings), source: report.source, name: shownName(record.person), ...floorView(record, settings, now),
    reassess: [...imported?.reassess ?? []],
    ...present({ legacyRef: imported?.legacyRef, lastSeenPlace: casefile.lastSeenPlace.text, lastSeenAt: clocks.lastSeenFrom, circumstances: casefile.circumstances, recordedAt: clocks.recorded, locatedAt: clocks.located, verifiedAt: clocks.verified }),
    flags: known.flags.map(({ flag, source, at }) => ({ flag, source, at })), tasks: record.tasks.map(taskView),
    assessments: (risk?.assessments ?? []).map(({ seq, level, changeType, at, byUser, rationale }) => ({ seq, level, changeType, at, by: byUser, ...(rationale !== undefined && { rationale }) })),
    moves: [...record.moves], work: workItems(record), ...caseView(record),
    pending: record.pending.map(({ pendingId, taskId, kind, by }) => ({ pendingId, taskId, kind, by })), unanswered: unansweredOf(known.answers), flaggedFields: record.flaggedFields.map(({ field }) => field), etag: editEtag(record),
    fields: [...edgeOf(record)].map(([field, value]) => ({ field, value: textOf(value) })), edits: edits.map(({ n, by, at, changes }) => ({ n, by, at, changes: changes.map(change => present(change)) })), ...uploadsView(record, settings, now), goldenDone: golden.done, goldenTotal: golden.total,
  };
}

/** The floor as it was run last; of a report, which has no assessment yet, as it would be run now. */
function floorView(record: MissingRecord, settings: MissingSettings, now: string): Pick<View, 'floorLevel' | 'floors'> {
  const rules = record.risk?.floor.rules ?? floorNow(record.known, riskContext(record, { actor: systemAt(now), now, settings })).fired;
  return { floorLevel: rules.reduce<RiskLevel>((so, { level }) => higherOf(so, level), 'VERY_LOW'), floors: rules.map(({ rule, why, because }) => ({ rule, why, because: [...because] })) };
}

function taskView(task: MissingRecord['tasks'][number]): View['tasks'][number] {
  const { evidence } = templateOf(task.templateId);
  return {
    taskId: task.taskId, title: task.title, state: task.state, ownerRole: task.ownerRole, dueAt: task.dueAt, mandatory: task.mandatory, blocksClose: task.blocksClose, evidenceKind: evidence, evidenceAsked: evidenceAsked(evidence),
    escalations: task.escalations.map(({ step, at, firedAt, lateMs }) => ({ step, at, firedAt, lateMs })), ...(task.ownerUserId !== undefined && { ownerUserId: task.ownerUserId }), ...(task.hardDueAt !== undefined && { hardDueAt: task.hardDueAt }),
  };
}
