import { levels, rankOf, type RiskLevel } from '../terms.ts';
import type { Fired, FloorRule } from './floorSlice.ts';
import { evidenceFor, flagsOf } from './mapping.ts';
import type { RiskSettings } from './settings.ts';
import type { Known } from './slice.ts';

/** Facts of the case that the floor depends on besides answers, factors and flags. What is not known is left out, never guessed; each field says what that means. */
export interface Circumstances {
  /** Whole years at the report, youngest and oldest that the person may be. Absent: may be a child (F3), but F2 is for those known or believed to be so young. */
  readonly age?: { readonly youngest: number; readonly oldest: number } | undefined;
  readonly reportedAt: string;
  /** Earliest instant at which the person was last seen. Absent: the report counts. */
  readonly lastSeenFrom?: string | undefined;
  /** Absent: the location is not known. */
  readonly isLocationKnown?: boolean | undefined;
  /** Hours without a medicine until harm, counted from when the person was last seen. One whose supply the person has with them does not count. */
  readonly medication: readonly { readonly hoursUntilHarm: number; readonly supplyHeld?: boolean | undefined }[];
  /** Outdoor temperature now, and when it is forecast to fall below the limit. Absent: not known, so that F5 does not lapse on it. */
  readonly temperatureC?: number | undefined;
  readonly coldFrom?: string | undefined;
  /** Whether it is dark where the person may be, and when it next will be; `daylight.ts` works it out. Absent: not known, so that F5 does not lapse on it. */
  readonly isDark?: boolean | undefined;
  readonly darkFrom?: string | undefined;
  /** Detained under part III of the Mental Health Act. Absent: a detained patient is taken to be. */
  readonly isMhaPart3?: boolean | undefined;
  readonly withAdultOfConcern?: boolean | undefined;
  readonly onKnownDrugLine?: boolean | undefined;
  /** Episodes in the window of CFG `repeat.windowDays` before this one, and whether harm was recorded in the last of them. */
  readonly earlierInWindow: number;
  readonly previousEpisodeHarm?: boolean | undefined;
  /** The level last confirmed before this episode. Absent: taken as LOW. */
  readonly lastConfirmedLevel?: RiskLevel | undefined;
}

/** Everything that a rule may look at. */
export interface FloorCase {
  readonly known: Pick<Known, 'answers' | 'factors' | 'flags'>;
  readonly facts: Circumstances;
  readonly now: string;
  readonly settings: RiskSettings;
}

export interface FloorRow {
  readonly rule: FloorRule;
  readonly condition: string;
  readonly source: string;
  readonly judge: (given: FloorCase) => Fired | undefined;
  /** A fact is missing without which nobody can say that the rule no longer holds. */
  readonly isUnjudged?: (given: FloorCase) => boolean;
  /** Instants at which the rule may fire by the passing of time. */
  readonly moments?: (given: FloorCase) => (string | undefined)[];
}

const HOUR = 3_600_000;
const later = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();
const lastSeen = ({ facts }: FloorCase): string => facts.lastSeenFrom ?? facts.reportedAt;

/** Whether a person is, or may be, under 18: who may be a child is treated as one. */
export function mayBeChild({ age }: Pick<Circumstances, 'age'>): boolean {
  return age === undefined || age.youngest < 18;
}

function fire(rule: FloorRule, level: RiskLevel, why: string, because: readonly string[]): Fired {
  return { rule, level, why, because: [...because] };
}

/** A rule that needs nothing but evidence of the table. */
function onEvidence(rule: FloorRule, level: RiskLevel, why: string): FloorRow['judge'] {
  return given => {
    const because = evidenceFor(rule, given.known);
    return because.length > 0 ? fire(rule, level, why, because) : undefined;
  };
}

function youngChild({ facts, settings }: FloorCase): Fired | undefined {
  if (facts.age === undefined || facts.age.youngest >= settings.youngChildAge || facts.isLocationKnown === true) return undefined;
  return fire('F2', 'HIGH', `A child under ${settings.youngChildAge} whose location is not known is at least HIGH.`, ['age', 'location']);
}

function under18(given: FloorCase): Fired | undefined {
  const { facts, settings: { under18: level } } = given;
  if (!mayBeChild(facts)) return undefined;
  return fire('F3', level, facts.age === undefined ? `The age is not known and may be under 18: at least ${level}.` : `A person who is, or may be, under 18 is at least ${level}.`, ['age']);
}

/** When harm is likely, hours before which F4 fires. */
function medicationMoments(given: FloorCase): string[] {
  const { facts, settings } = given;
  return facts.medication.filter(item => item.supplyHeld !== true).map(item => later(lastSeen(given), (item.hoursUntilHarm - settings.medicationHours) * HOUR));
}

function medication(given: FloorCase): Fired | undefined {
  if (!medicationMoments(given).some(at => at <= given.now)) return undefined;
  return fire('F4', 'HIGH', `Without medication harm is likely within ${given.settings.medicationHours} hours: at least HIGH.`, ['medication', 'lastSeen']);
}

/** "Over two hours" is not yet true at the second hour itself. */
const dementiaMoment = (given: FloorCase): string => later(lastSeen(given), given.settings.dementiaHours * HOUR + 1);

function dementia(given: FloorCase): Fired | undefined {
  const { known, facts, now, settings } = given;
  const evidence = evidenceFor('F5', known);
  if (evidence.length === 0) return undefined;
  const causes = [
    ...(facts.isLocationKnown !== true && now >= dementiaMoment(given) ? [['lastSeen', `not found for over ${settings.dementiaHours} hours`] as const] : []),
    ...(facts.temperatureC !== undefined && facts.temperatureC < settings.coldBelowC ? [['weather', `it is below ${settings.coldBelowC} C`] as const] : []),
    ...(facts.isDark === true ? [['dark', 'it is dark'] as const] : []),
  ];
  if (causes.length === 0) return undefined;
  return fire('F5', 'HIGH', `A person with dementia, and ${causes.map(([, words]) => words).join(', ')}: at least HIGH.`, [...evidence, ...causes.map(([name]) => name)]);
}

function exploitedChild(given: FloorCase): Fired | undefined {
  const { known, facts } = given;
  const evidence = evidenceFor('F7', known);
  if (evidence.length === 0 || !mayBeChild(facts)) return undefined;
  const has = (code: string): boolean => known.factors.some(item => item.code === code);
  const worse = [
    ...(facts.withAdultOfConcern === true || has('WITH_PERSON_OF_CONCERN') ? ['factor:WITH_PERSON_OF_CONCERN'] : []),
    ...(facts.onKnownDrugLine === true || has('KNOWN_DRUG_LINE') ? ['factor:KNOWN_DRUG_LINE'] : []),
  ];
  if (worse.length === 0) return fire('F7', 'MEDIUM', 'A child at risk of exploitation or trafficking is at least MEDIUM.', ['age', ...evidence]);
  return fire('F7', 'HIGH', 'A child at risk of exploitation or trafficking who is with an adult of concern or on a known drug line is at least HIGH.', ['age', ...new Set([...evidence, ...worse])]);
}

function detained({ known, facts }: FloorCase): Fired | undefined {
  const evidence = evidenceFor('F8', known).filter(name => name !== 'flag:MH_DETAINED' || facts.isMhaPart3 !== false);
  return evidence.length > 0 ? fire('F8', 'HIGH', 'A detained patient, or a person assessed as dangerous, is at least HIGH.', evidence) : undefined;
}

function repeated({ facts, settings }: FloorCase): Fired | undefined {
  if (facts.earlierInWindow < settings.repeatEarlierForFloor || facts.previousEpisodeHarm !== true) return undefined;
  const before = facts.lastConfirmedLevel ?? 'LOW';
  const level = levels[rankOf(before) + 1] ?? 'HIGH';
  return fire('F9', level, `Missing again, and harmed the last time: one above the level last confirmed (${before}), so at least ${level}.`, ['previous episode']);
}

/** Names what blocks, and whether for want of an answer. VERY_LOW and LOW are blocked: at least MEDIUM (15.1 item 12). */
function unanswered({ known }: FloorCase): Fired | undefined {
  const because = evidenceFor('F10', known);
  return because.length > 0 ? fire('F10', 'MEDIUM', `${because.join(', ')}: not answered, not known or yes, so VERY_LOW and LOW are blocked.`, because) : undefined;
}

const dementiaSigns = (given: FloorCase): boolean => flagsOf(given.known).has('DEMENTIA');

/** The rules of 3.5, in order. They give a minimum and never lower a level. */
export const floorRules: readonly FloorRow[] = [
  { rule: 'F1', condition: 'Credible current suicide intent or a note', source: 'DK', judge: onEvidence('F1', 'HIGH', 'Suicide is intended, or a note was left: at least HIGH.') },
  { rule: 'F2', condition: 'A young child whose location is unknown', source: 'DK,CFG', judge: youngChild },
  { rule: 'F3', condition: 'Under 18', source: 'S92,DK,CFG', judge: under18 },
  { rule: 'F4', condition: 'Without medication harm is likely within hours', source: 'DK', judge: medication, moments: medicationMoments },
  {
    rule: 'F5', condition: 'Dementia, and outdoors or unknown over 2 hours, or cold, or dark', source: 'DK,CFG', judge: dementia,
    isUnjudged: given => dementiaSigns(given) && (given.facts.isDark === undefined || given.facts.temperatureC === undefined),
    moments: given => (dementiaSigns(given) ? [...(given.facts.isLocationKnown === true ? [] : [dementiaMoment(given)]), given.facts.darkFrom, given.facts.coldFrom] : []),
  },
  { rule: 'F6', condition: 'Suspected abduction, crime, forced marriage or honour-based abuse', source: 'DK', judge: onEvidence('F6', 'HIGH', 'Abduction, another crime, forced marriage or honour-based abuse is suspected: at least HIGH.') },
  { rule: 'F7', condition: 'Under 18 with a flag of exploitation or trafficking', source: 'S16,DK', judge: exploitedChild },
  { rule: 'F8', condition: 'Detained patient (Mental Health Act part III) or assessed dangerous', source: 'DK', judge: detained },
  { rule: 'F9', condition: 'Repeat in the window, with harm the last time', source: 'DES', judge: repeated },
  { rule: 'F10', condition: 'Q05 to Q09 not answered with a no', source: 'DES', judge: unanswered },
];
