import type { MissingRecord } from '../../state.ts';
import { ageAt, isUnder18At, turns18At } from '../clock/age.ts';
import { firstActions } from '../intake/triggerPlan.ts';
import { plusMinutes } from '../machine/instants.ts';
import { unless } from '../machine/moment.ts';
import { known as knownValue } from '../person/unknown.ts';
import { repeats } from '../person/repeats.ts';
import { present } from '../../../../shared/domain/present.ts';
import type { RiskContext } from '../risk/context.ts';
import { darknessAt } from '../risk/daylight.ts';
import type { Known } from '../risk/slice.ts';
import type { Place } from '../search/place.ts';
import type { TaskFacts } from '../tasks/plan.ts';
import type { Stage } from '../tasks/template.ts';
import { isOpen, openMissing, type Failure, type FlagCode, type RiskLevel } from '../terms.ts';
import type { Moment } from './step.ts';

/** What can be said of a record, for the parts of the law that want to know it. */
export function bornOf({ person }: Pick<MissingRecord, 'person'>) {
  return knownValue(person.dob);
}

/** Child duties: under 18 at the report or now; who turned 18 while missing keeps them by default (CFG `child.turned18.keepDuties`). */
export function isUnder18(record: Pick<MissingRecord, 'person' | 'clocks'>, now: string, { person: { keepDutiesAfter18 } }: Pick<Moment['settings'], 'person'>): boolean {
  const born = bornOf(record);
  // Who has no age may be a child, with a name or without one.
  if (!born) return true;
  return isUnder18At(born, keepDutiesAfter18 ? record.clocks.reported : now);
}

/** Information is append-only, and a row of the store has an end. */
export function tooMuchInformation({ information }: Pick<MissingRecord, 'information'>): Failure[] {
  return unless(information.length < 2_000, 'FIELD_INVALID', '3.8', 'This case holds as many information items as it can; begin a linked document.');
}

/** When somebody who was under 18 at the report turns 18. Asked at every timer, so kept for a person, who is never changed in place. */
export function comesOfAgeAt({ person, clocks: { reported } }: Pick<MissingRecord, 'person' | 'clocks'>): string | undefined {
  const found = comingOfAge.get(person);
  if (found?.reported === reported) return found.at;
  const born = bornOf({ person });
  const at = born && isUnder18At(born, reported) ? turns18At(born) : undefined;
  comingOfAge.set(person, { reported, at });
  return at;
}
const comingOfAge = new WeakMap<MissingRecord['person'], { readonly reported: string; readonly at: string | undefined }>();

export function turned18At(record: Pick<MissingRecord, 'person' | 'clocks'>, now: string): string | undefined {
  const at = comesOfAgeAt(record);
  return at !== undefined && at <= now ? at : undefined;
}

export function knownOf({ known, risk }: Pick<MissingRecord, 'known' | 'risk'>): Known {
  return risk ?? known;
}

export function flagsOf(record: Pick<MissingRecord, 'known' | 'risk'>): FlagCode[] {
  return knownOf(record).flags.map(({ flag }) => flag);
}

export function levelOf({ risk, report }: Pick<MissingRecord, 'risk' | 'report'>): RiskLevel {
  return risk?.level ?? report.provisional ?? 'MEDIUM';
}

/** Minutes in which a report of "found" must be verified, by the level (`located.verify.dueHours`). */
export function verifyWithinMinutes(record: Pick<MissingRecord, 'risk' | 'report'>, { verifyHours }: Pick<Moment['settings'], 'verifyHours'>): number {
  return verifyHours[levelOf(record)] * 60;
}

export function isMissing({ file }: Pick<MissingRecord, 'file'>): boolean {
  return file !== undefined && openMissing.includes(file.state);
}

export function isOpenCase({ file }: Pick<MissingRecord, 'file'>): boolean {
  return file !== undefined && isOpen(file.state);
}

/** Nobody has ended it: a report that waits, or a case (15.1 items 8 and 16). */
export function isOpenRecord(record: Pick<MissingRecord, 'file' | 'report'>): boolean {
  return record.file ? isOpenCase(record) : ['RECEIVED', 'SCREENED', 'REDIRECTED', 'CONCERN_FOR_WELFARE'].includes(record.report.state);
}

export function stageOf({ file }: Pick<MissingRecord, 'file'>): Stage {
  switch (file?.state) {
    case undefined: return 'REPORT';
    case 'DECEASED_PENDING_ID': return 'BODY';
    case 'DECEASED_CONFIRMED': return 'DEATH';
    case 'TRANSFERRED_OUT': case 'CANCELLED': return 'AWAY';
    default: return isMissing({ file }) || file?.state === 'LOCATED_UNVERIFIED' ? 'MISSING' : afterFound(file);
  }
}

function afterFound(file: MissingRecord['file']): Stage {
  return file?.deceased?.confirmedAt === undefined ? 'RETURN' : 'DEATH';
}

export function riskContext(record: MissingRecord, { actor, now, settings }: Pick<Moment, 'actor' | 'now' | 'settings'>): RiskContext {
  const { person, casefile, clocks, owner, information, previous } = record;
  const born = bornOf(record);
  const prior = previous.map(episode => episode.reportedAt);
  const last = [...previous].sort((a, b) => (a.reportedAt < b.reportedAt ? 1 : -1))[0];
  return {
    actor, settings: settings.risk,
    facts: {
      ...(born && { age: ageAt(born, clocks.reported) }), reportedAt: clocks.reported, ...(clocks.lastSeenFrom !== undefined && { lastSeenFrom: clocks.lastSeenFrom }), isLocationKnown: false,
      medication: (person.medical?.medication ?? []).flatMap(item => (item.hoursUntilHarm === undefined ? [] : [{ hoursUntilHarm: item.hoursUntilHarm, supplyHeld: item.supplyHeld === 'YES' }])),
      ...(casefile.weatherAtLoss?.temperatureC !== undefined && { temperatureC: casefile.weatherAtLoss.temperatureC }),
      earlierInWindow: repeats(prior, clocks.reported, settings.repeats).count - 1, previousEpisodeHarm: last?.harm !== undefined && last.harm !== '' && last.reportedAt <= now,
      ...(flagsOf(record).includes('DEMENTIA') && darknessAt(now, placeOf(record, settings))),
      isOwnerAcknowledged: owner.acknowledgedAt !== undefined, hasCircumstances: (casefile.circumstances ?? '').trim().length >= 20,
      information: information.map(item => ({ id: item.id, at: item.at })),
    },
  };
}

/** Where the person was last seen, or the middle of the force's area: an hour's walk moves the dusk by seconds (F5). */
function placeOf({ casefile: { lastSeenPlace: { lat, lon } } }: Pick<MissingRecord, 'casefile'>, { area }: Pick<Moment['settings'], 'area'>): Place {
  return lat === undefined || lon === undefined ? area : { lat, lon };
}

export function taskFacts(record: MissingRecord, { now, people, settings }: Pick<Moment, 'now' | 'people' | 'settings'>): TaskFacts {
  const { file, owner, imported } = record;
  const level = levelOf(record);
  return {
    now, level, stage: stageOf(record), isUnder18: isUnder18(record, now, settings), isVulnerableAdult: isVulnerable(record), isDebriefed: isDebriefed(record, now, settings.debriefHours),
    anchors: anchorsOf(record), triggers: record.triggers.map(({ trigger, at, instance, dueAt }) => ({ trigger, at, ...present({ instance, dueAt }) })), ...present({ triggerPlan: planOf(record), deathReleasedAt: file?.deceased?.releaseAt, importedAt: imported?.at }),
    // An agreed time that has passed says nothing of a task that is opened now.
    agreed: Object.fromEntries(record.agreed.filter(({ at }) => at > now).map(({ templateId, at }) => [templateId, at])), people, owner: { role: owner.role, userId: owner.userId },
    isOnHold: file?.state === 'LOCATED_UNVERIFIED' && file.located?.holdAgreedAt !== undefined,
  };
}

function isVulnerable({ person, ...record }: Pick<MissingRecord, 'person' | 'known' | 'risk'>): boolean {
  return (person.medical?.conditions?.length ?? 0) > 0 || flagsOf(record).some(flag => flag === 'DEMENTIA' || flag === 'MH_DETAINED' || flag === 'SUICIDE');
}

/** The debrief guard of 2.4, as far as the record says it. */
function isDebriefed(record: MissingRecord, now: string, debriefHours: number): boolean {
  const missingMs = Date.parse(record.clocks.verified ?? now) - Date.parse(record.clocks.reported);
  return levelOf(record) === 'HIGH' || missingMs > debriefHours * 3_600_000 || record.file?.deceased?.confirmedAt !== undefined || record.closure?.hasPublicComplaint === true;
}

/** An agreed trigger plan's first actions become tasks (S12), each with its own place and time. A plan that was written during this episode is for the next one. */
function planOf({ triggerPlan, clocks }: Pick<MissingRecord, 'triggerPlan' | 'clocks'>): TaskFacts['triggerPlan'] {
  if (triggerPlan?.state !== 'AGREED' || triggerPlan.writtenAt >= clocks.reported) return undefined;
  const at = clocks.recorded ?? clocks.reported;
  return { id: triggerPlan.id, at, actions: firstActions(triggerPlan).map(({ title, ownerRole, withinMinutes }) => ({ text: title, owners: [ownerRole], dueAt: plusMinutes(at, withinMinutes) })) };
}

function anchorsOf({ clocks, owner }: Pick<MissingRecord, 'clocks' | 'owner'>): TaskFacts['anchors'] {
  const pairs = [
    ['T_LASTSEEN', clocks.lastSeenFrom], ['T_REPORTED', clocks.reported], ['T_RECORDED', clocks.recorded], ['T_RISK', clocks.risk], ['T_OWNER', clocks.owner ?? owner.since], ['T_LOCATED', clocks.located],
    ['T_VERIFIED', clocks.verified], ['T_RETURNED', clocks.returned],
  ] as const;
  return Object.fromEntries(pairs.filter(([, at]) => at !== undefined));
}
