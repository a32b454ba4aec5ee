import * as z from 'zod';
import type { MissingRecord } from '../../state.ts';
import { isHarm } from '../closure/outcome.ts';
import { utc } from '../machine/instants.ts';
import type { PeriodRow } from '../numbers/facts.ts';
import { tally, tallyOf, type Tally } from '../reviews/review.ts';
import { isOpenTask, type Task } from '../tasks/task.ts';
import { rankOf, riskLevel, role } from '../terms.ts';
import { ageOf } from './boardFacts.ts';
import { present } from '../../../../shared/domain/present.ts';

const at = z.string();
const count = z.int().min(0);
/**
 * What the numbers of a period must know of an episode (7, numbers 12 and 14 to 17), as it stands in its index row: instants, counts and words, no name and no place. `personId` is an id that
 * says nothing. Reviews are counts by rank, so that a case of a year is no longer than one of a day.
 */
export const periodFacts = z.strictObject({
  reportId: z.string(), caseId: z.string().optional(), personId: z.string().optional(), reportedAt: at, ownerAckAt: at.optional(), riskConfirmedAt: at.optional(), highAt: at.optional(), deployedAt: at.optional(), cdDecidedAt: at.optional(),
  tallies: z.partialRecord(role, tally), raised: count, reduced: count, twoStep: count, reducedWithoutInformation: count, floorOverrides: count, finalRisk: riskLevel.optional(), harm: z.enum(['HARM', 'NONE', 'UNKNOWN']).optional(),
  interview: z.strictObject({ outcome: z.enum(['DONE', 'REFUSED', 'NOT_POSSIBLE', 'OTHER', 'PENDING']), dueAt: at, doneAt: at.optional() }).optional(),
  la: z.string().optional(), setting: z.string().optional(), age: z.int().optional(),
});
export type PeriodFacts = z.output<typeof periodFacts>;

/** The facts of one record. A case that was made in error counts as a report and as no case. */
export function periodFactsOf(record: MissingRecord): PeriodFacts {
  const { recordId, file, clocks, person, casefile, personId } = record;
  const isCase = file !== undefined && file.state !== 'CANCELLED';
  const la = person.care?.laResponsible;
  const age = ageOf(record);
  return {
    reportId: recordId, reportedAt: clocks.reported, ...noChanges, ...(isCase && { caseId: recordId, setting: casefile.missingFrom, ...(person.isUnidentified !== true && { personId }), ...ofCase(record) }),
    tallies: tallyOf({ reviews: record.reviews, marks: record.reviewMarks, settled: record.reviewsSettled }), ...(la !== undefined && { la }), ...(age !== undefined && { age }),
  };
}

const noChanges = { raised: 0, reduced: 0, twoStep: 0, reducedWithoutInformation: 0, floorOverrides: 0 };

function ofCase(record: MissingRecord) {
  const { risk, owner, regions } = record;
  const [ownerAckAt] = [...(regions?.ownership?.tenures ?? []).map(({ acknowledgedAt }) => acknowledgedAt), owner.acknowledgedAt].flatMap(time => time ?? []).sort();
  const deployment = evidenceOf(record, 'H03');
  const decision = doneTask(record, 'H05');
  return {
    ...present({
      ownerAckAt, riskConfirmedAt: risk?.assessments.find(({ provisional }) => !provisional)?.at, highAt: risk?.assessments.find(({ level }) => level === 'HIGH')?.at,
      deployedAt: deployment?.kind === 'DEPLOYMENT' ? deployment.at : undefined, cdDecidedAt: decision?.doneAt, finalRisk: risk?.level, interview: interviewOf(record),
    }),
    ...changesOf(record), harm: harmOf(record),
  };
}

const doneTask = ({ tasks }: Pick<MissingRecord, 'tasks'>, templateId: Task['templateId']): Task | undefined => tasks.find(task => task.templateId === templateId && task.state === 'DONE' && task.voidedAt === undefined);
const evidenceOf = (record: MissingRecord, templateId: Task['templateId']): Task['evidence'] => doneTask(record, templateId)?.evidence;

/** 16. A reduction that named no new information must never be (I4); it is counted so that it would be seen. */
function changesOf({ risk }: MissingRecord): Pick<PeriodFacts, 'raised' | 'reduced' | 'twoStep' | 'reducedWithoutInformation' | 'floorOverrides'> {
  const all = risk?.assessments ?? [];
  const reduced = all.filter(({ changeType }) => changeType === 'REDUCE');
  const levelOf = (seq: number | undefined) => all.find(item => item.seq === seq)?.level;
  const steps = reduced.map(({ level, prevSeq }) => rankOf(levelOf(prevSeq) ?? level) - rankOf(level));
  return {
    raised: all.filter(({ changeType }) => changeType === 'RAISE').length, reduced: reduced.length, twoStep: steps.filter(n => n >= 2).length,
    reducedWithoutInformation: reduced.filter(({ newInformationIds }) => newInformationIds.length === 0).length, floorOverrides: new Set(all.flatMap(({ override }) => override?.at ?? [])).size,
  };
}

/** The outcome decides (3.9); without one what the officer saw. */
function harmOf({ closure, file }: MissingRecord): 'HARM' | 'NONE' | 'UNKNOWN' {
  const condition = closure?.outcome?.condition;
  if (condition !== undefined && condition !== 'UNKNOWN') return isHarm(condition) ? 'HARM' : 'NONE';
  return condition === 'UNKNOWN' || !file ? 'UNKNOWN' : seenHarm(file);
}

function seenHarm({ deceased, verification }: NonNullable<MissingRecord['file']>): 'HARM' | 'NONE' | 'UNKNOWN' {
  return deceased?.confirmedAt !== undefined ? 'HARM' : byWellBeing[verification?.wellBeing ?? 'NEEDS_HELP'];
}

const byWellBeing = { WELL: 'NONE', HARMED: 'HARM', NEEDS_HELP: 'UNKNOWN' } as const;

/** 17: the prevention interview (P01). That it was face to face is no field of its evidence, so that share is all in its unknown bar. */
function interviewOf({ tasks }: MissingRecord): PeriodFacts['interview'] {
  const task = tasks.findLast(({ templateId, state, voidedAt }) => templateId === 'P01' && voidedAt === undefined && state !== 'CANCELLED' && state !== 'CANCELLED_FOUND');
  if (!task) return undefined;
  const { evidence, dueAt, doneAt } = task;
  if (isOpenTask(task)) return { outcome: 'PENDING', dueAt };
  const outcome = evidence?.kind === 'PREVENTION_INTERVIEW' ? evidence.outcome : 'OTHER';
  return { outcome: outcome === 'CONTRAINDICATED' || outcome === 'SUPERSEDED' ? 'OTHER' : outcome, dueAt, ...(doneAt !== undefined && { doneAt: evidence?.kind === 'PREVENTION_INTERVIEW' ? utc(evidence.at) : doneAt }) };
}

/** The row that the numbers of a period count. */
export function periodRow({ tallies, la: _la, setting: _setting, age: _age, interview, ...facts }: PeriodFacts): PeriodRow {
  return { ...present(facts), ...(interview && { interview: present(interview) }), reviews: role.options.flatMap(rank => reviewsOf(rank, tallies[rank])) };
}

function reviewsOf(rank: PeriodRow['reviews'][number]['rank'], counts: Tally | undefined): PeriodRow['reviews'] {
  const many = (n: number, result: PeriodRow['reviews'][number]['result']): PeriodRow['reviews'] => Array.from({ length: n }, () => ({ rank, result }));
  return counts ? [...many(counts.onTime, 'ON_TIME'), ...many(counts.late, 'LATE'), ...many(counts.missed, 'MISSED')] : [];
}
