import { partKeys } from '../../state.ts';
import { present } from '../../../../shared/domain/present.ts';
import { wrong } from '../person/fieldFailure.ts';
import { cut, lengths } from '../person/text.ts';
import type { Imported } from '../intake/imported.ts';
import type { ImportRecord } from '../intake/importRow.ts';
import type { Intake } from '../intake/report.ts';
import { isFailed, roleFailures } from '../machine/moment.ts';
import { assessed } from '../risk/assess.ts';
import type { RiskSlice } from '../risk/slice.ts';
import { riskContext } from './about.ts';
import { receive } from './receive.ts';
import { openCase } from './reporting.ts';
import { change, note, withPart, type Moment, type Step, type Stepped } from './step.ts';

/** A row of the old system's file on its way to become a record. */
export interface Importing {
  readonly recordId: string;
  readonly row: ImportRecord;
  readonly importId: string;
  /** The same for every episode of one person of the old system. */
  readonly personId: string;
}

/**
 * 15.4: an open case or a past episode of the old system. The clock of the report stays the original one. An open case begins as one whose level nobody here has confirmed, with its own owner, who must
 * acknowledge it: that is how it is flagged for assessment. A past episode is closed; nobody has anything to do for it, and nobody is told of it.
 */
export function importing({ recordId, row, importId, personId }: Importing, moment: Moment): Stepped {
  const roles = roleFailures('ImportCase', moment.actor);
  if (roles.length > 0) return roles;
  const received = receive(recordId, intakeOf(row, moment.now), moment);
  const { record } = received;
  const { placement, laResponsible, circumstances } = row.texts;
  const step = note(change(received, {
    personId, report: reportOf(record.report, row), previous: [...moment.looked.previous ?? []], imported: importedOf(row, importId, moment),
    ...((placement ?? laResponsible) !== undefined && { person: { ...record.person, care: present({ placedAt: placement, laResponsible }) } }),
    casefile: { ...record.casefile, missingFrom: row.missingFrom ?? 'OTHER', ...(circumstances !== undefined && { circumstances }), lastSeen: row.lastSeenAt === undefined ? { precision: 'UNKNOWN', unknownReason: 'The old system did not say' } : { from: row.lastSeenAt, precision: 'EXACT' } },
    known: { ...record.known, flags: row.flags.map(flag => ({ flag, setBy: moment.by, at: moment.now, source: 'The old system' })) },
  }), 'CaseImported', 'collection', { kind: row.kind, importId });
  return row.kind === 'OPEN_CASE' ? opened(step, row, moment) : past(step, row, moment);
}

function intakeOf(row: ImportRecord, now: string): Intake {
  const { texts } = row;
  const isAgeKnown = row.dob !== undefined;
  return {
    source: 'IMPORT', reportedAt: row.reportedAt, receivedAt: now, raw: JSON.stringify(row), isAsItIs: true, asWritten: [], asks: [], names: [...row.names],
    flagged: isAgeKnown || row.kind === 'PAST_EPISODE' ? [] : [wrong('dob', 'No age came with the import: ask for it.', '15.4', 'AGE_REQUIRED')],
    informant: present({ name: texts['informantName'], phone: row.informantPhone }),
    ...present({ dob: row.dob, missingPhone: row.phone, lastSeenPlace: texts['lastSeenPlace'], withWhom: texts['withWhom'], worries: cut(texts['circumstances'], lengths.long) }),
  };
}

/** Nobody waits for it any more: it was accepted where it came from. */
function reportOf({ dueAt: _, ...report }: Step['record']['report'], { risk, texts }: ImportRecord): Step['record']['report'] {
  return { ...report, state: 'ACCEPTED', provisional: risk, ownerUserId: texts['ownerUserId'] ?? report.ownerUserId };
}

function importedOf({ legacyRef, personRef, riskAsWritten, reassess, texts }: ImportRecord, importId: string, { now, by }: Moment): Imported {
  return { importId, at: now, by, legacyRef, personRef, riskAsWritten, reassess: [...reassess], ...present({ foundWhere: texts['foundWhere'], harm: texts['harm'] }) };
}

/** The level comes as it stood; the floors that apply here raise it in the same step, and a supervisor confirms it (C2). */
function opened(step: Step, { risk: level, riskAsWritten, reassess, texts }: ImportRecord, moment: Moment): Stepped {
  const words = reassess.includes('LEGACY_RISK_LABEL') ? ` There it was called "${riskAsWritten}", a label of old guidance.` : '';
  const made = openCase(step, { level, rationale: `The level came with the case from the old system; nobody here has assessed it yet.${words}` }, moment);
  if (isFailed(made)) return made;
  const owner = { ...made.record.owner, userId: (texts['ownerUserId'] ?? made.record.owner.userId).toLowerCase(), role: 'OIC' as const };
  return change(made, { owner, attached: [owner.userId] });
}

/** What happened before is written down as it was: no floor of today is run over it. */
function past(step: Step, { reportedAt, foundAt = reportedAt, risk: level, texts }: ImportRecord, moment: Moment): Step {
  const { record } = step;
  const before: RiskSlice = { ...record.known, level, provisional: false, since: reportedAt, seq: 0, clearedFlags: [], floor: { level: 'VERY_LOW', rules: [] }, assessments: [] };
  const { risk, rows } = assessed(before, { changeType: 'INITIAL', level, provisional: false, floor: before.floor, rationale: 'The level that the episode had in the old system.' }, riskContext(record, moment));
  const owner = { userId: texts['ownerUserId']?.toLowerCase() ?? moment.by, role: 'OIC' as const, since: reportedAt, acknowledgedAt: reportedAt };
  const closed = change(step, {
    risk: { ...risk, since: reportedAt }, owner, clocks: { ...record.clocks, recorded: reportedAt, risk: reportedAt, owner: reportedAt, located: foundAt, verified: foundAt },
    file: { caseRef: moment.looked.caseRef ?? record.recordId, state: 'CLOSED', enteredAt: foundAt, openedBy: moment.by, reopenings: [] },
    moves: [{ rule: 'IMPORT', to: 'CLOSED', at: moment.now, by: moment.by }],
  });
  return rows.reduce((so, row) => withPart(so, partKeys.assessment(row.seq), { kind: 'assessment', row }), closed);
}
