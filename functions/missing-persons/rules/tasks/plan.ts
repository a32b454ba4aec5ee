import { present } from '../../../../shared/domain/present.ts';
import { addTo, durationOf } from '../clock/duration.ts';
import { earliest } from '../clock/hold.ts';
import { utc } from '../machine/instants.ts';
import type { Anchor, RiskLevel, Role, Trigger } from '../terms.ts';
import { hardWindowFor, windowFor, type TaskSettings } from './settings.ts';
import type { Stage, Template, TemplateId } from './template.ts';
import { templates } from './templates.ts';

/** Something that became true. `instance` where there can be several: the id of the sighting, the review, the news, the assessment. */
export interface FiredTrigger {
  readonly trigger: Trigger;
  readonly at: string;
  readonly instance?: string;
  /** A time that goes with it: the agreed call-back (Q01), the review that signs of life are looked for before (X21). */
  readonly dueAt?: string;
}

/** Agreed plan for a repeat missing person: its first actions, at most five, are tasks (S12). */
export interface TriggerPlan {
  readonly id: string;
  readonly at: string;
  readonly actions: readonly { readonly text: string; readonly owners?: readonly Role[]; readonly dueAt?: string }[];
}

/** What decides which tasks a record needs. */
export interface TaskFacts {
  readonly now: string;
  readonly level: RiskLevel;
  readonly stage: Stage;
  /** Child duties apply; by CFG `child.turned18.keepDuties` also after an 18th birthday while missing. */
  readonly isUnder18: boolean;
  readonly isVulnerableAdult: boolean;
  /** HIGH, or longer than CFG `debrief.hours`, or died, or public complaint (2.4). */
  readonly isDebriefed: boolean;
  readonly anchors: Readonly<Partial<Record<Anchor, string>>>;
  readonly triggers: readonly FiredTrigger[];
  readonly triggerPlan?: TriggerPlan;
  /** Times that people agreed on: V02 the reassessment, A15 the promised call. */
  readonly agreed?: Readonly<Partial<Record<TemplateId, string>>>;
  /** Who holds each role for this record (roster, attached people), by user id. */
  readonly people: Readonly<Partial<Record<Role, string>>>;
  /** Who owns the case; the duty force incident manager until somebody is assigned (15.2 item 30). */
  readonly owner: { readonly role: Role; readonly userId?: string };
  /** Tasks that stop on "located" are on hold: what opens meanwhile is held as well. */
  readonly isOnHold?: boolean;
  readonly deathReleasedAt?: string;
  /** When the case came from the old system, if it did (15.4). */
  readonly importedAt?: string;
}

/** A task that the record needs, with its clock. */
export interface Planned {
  readonly template: Template;
  readonly instance?: string;
  readonly title: string;
  readonly owners: Template['owners'];
  readonly anchor: Anchor;
  readonly anchorAt: string;
  readonly due: string;
  readonly dueAt: string;
  readonly windowMs: number;
  readonly hardDueAt?: string;
}

/** Every task that the record needs by its level, flags, triggers, age and stage, each once by template and instance, with its due times. Pure arithmetic: what there is already does not matter here. */
export function tasksFor(facts: TaskFacts, settings: TaskSettings): Planned[] {
  return templates.flatMap(template => (isAsked(template, facts) ? causesOf(template, facts).flatMap(cause => planned(template, cause, facts, settings) ?? []) : []));
}

interface Cause {
  readonly at?: string;
  readonly instance?: string;
  readonly dueAt?: string;
  readonly title?: string;
  readonly owners?: Template['owners'];
}

function isAsked({ when, neverOpens }: Template, { stage, isUnder18, isVulnerableAdult, isDebriefed, anchors }: TaskFacts): boolean {
  return neverOpens === undefined && when.stages.includes(stage) && (!when.isUnder18 || isUnder18) && (!when.isVulnerable || isUnder18 || isVulnerableAdult)
    && (!when.isDebriefed || isDebriefed) && (when.after === undefined || anchors[when.after] !== undefined);
}

function causesOf({ id, when }: Template, { triggers, triggerPlan }: TaskFacts): readonly Cause[] {
  if (id === 'TP') return (triggerPlan?.actions ?? []).slice(0, 5).map(({ text, owners, dueAt }, index) => ({ at: triggerPlan?.at ?? '', instance: `${triggerPlan?.id ?? ''}-${index + 1}`, title: text.trim().slice(0, 300), ...present({ dueAt }), ...(owners && owners.length > 0 && { owners }) }));
  if (!when.triggers) return [{}];
  const fired = triggers.filter(({ trigger }) => when.triggers?.includes(trigger));
  return fired.filter((item, index) => fired.findIndex(({ instance }) => instance === item.instance) === index);
}

function planned(template: Template, cause: Cause, facts: TaskFacts, settings: TaskSettings): Planned | undefined {
  const due = windowFor(template, facts.level, settings, facts.isUnder18);
  const anchorAt = anchorOf(template.anchor, cause, facts);
  if (due === undefined || anchorAt === undefined) return undefined;
  const own = clockOf(template, { due, anchorAt, cause }, facts);
  if (!own) return undefined;
  const clock = sinceImport(own, facts);
  const hardDueAt = hardLimit(template, cause, facts, settings);
  const dueAt = hardDueAt === undefined ? clock.dueAt : earliest(clock.dueAt, hardDueAt);
  const instance = template.isPerAnchor ? anchorAt : cause.instance;
  return {
    template, ...(instance !== undefined && { instance }), title: cause.title ?? template.title, owners: cause.owners ?? template.ownersAt?.[facts.level] ?? template.owners,
    ...clock, dueAt, windowMs: Math.max(0, Date.parse(dueAt) - Date.parse(clock.anchorAt)), ...(hardDueAt !== undefined && { hardDueAt }),
  };
}

function hardLimit(template: Template, cause: Cause, facts: TaskFacts, settings: TaskSettings): string | undefined {
  const within = hardWindowFor(template, settings);
  const from = template.hardDue && anchorOf(template.hardDue.anchor, cause, facts);
  if (within === undefined || from === undefined) return undefined;
  const at = addTo(from, durationOf(within));
  return facts.importedAt !== undefined && at <= facts.importedAt ? undefined : at;
}

/** T_RETURNED is T_VERIFIED while nobody gave it (15.1 item 21). */
function anchorOf(anchor: Anchor, { at }: Cause, { anchors }: TaskFacts): string | undefined {
  if (anchor === 'T_TRIGGER') return at;
  return anchors[anchor] ?? (anchor === 'T_RETURNED' ? anchors.T_VERIFIED : undefined);
}

type Clock = Pick<Planned, 'anchor' | 'anchorAt' | 'due' | 'dueAt'>;

function clockOf(template: Template, given: { due: string; anchorAt: string; cause: Cause }, facts: TaskFacts): Clock | undefined {
  const { due, anchorAt, cause } = given;
  const named = { anchor: template.anchor, anchorAt };
  if (template.windows[facts.level]?.startsWith('-')) return before({ ...named, due }, cause);
  if (cause.dueAt !== undefined) return { ...named, due: 'AGREED', dueAt: utc(cause.dueAt) };
  const dueAt = addTo(anchorAt, durationOf(due));
  const agreed = template.agreed && facts.agreed?.[template.id];
  if (agreed !== undefined) return { ...named, due: 'AGREED', dueAt: utc(template.agreed === 'WITHIN_WINDOW' ? earliest(agreed, dueAt) : agreed) };
  return arisen({ ...named, due, dueAt }, cause, facts);
}

/** "So long before" a time that the trigger brings along (X21), and not before the trigger itself. */
function before(clock: Omit<Clock, 'dueAt'>, { at = '', dueAt }: Cause): Clock | undefined {
  if (dueAt === undefined) return undefined;
  const text = clock.due.startsWith('-') ? clock.due : `-${clock.due}`;
  const then = addTo(dueAt, durationOf(text));
  return { ...clock, dueAt: then > at ? then : at };
}

/**
 * A duty that only arose after the record was made (a raise, a trigger), when its own clock had run out already, has its length from then: by 15.1 item 2 a raised task is due T_RISK + window, and
 * nobody is late for what nobody could know. A late start of the whole record moves nothing: its clocks run from the report.
 */
function arisen(clock: Clock, { at }: Cause, { anchors }: TaskFacts): Clock {
  const { T_RECORDED: recorded, T_RISK: risk } = anchors;
  if (recorded === undefined) return clock;
  const late = ([['T_RISK', risk], ['T_TRIGGER', at]] as const).filter(([, instant]) => instant !== undefined && instant > recorded && instant > clock.dueAt);
  const [latest] = [...late].sort(([, a = ''], [, b = '']) => (a > b ? -1 : 1));
  if (!latest?.[1]) return clock;
  return { ...clock, anchor: latest[0], anchorAt: latest[1], dueAt: addTo(latest[1], durationOf(clock.due)) };
}

/**
 * 15.4: what had come due before the case came here was the old system's to do. The clocks stay, and nobody here is late for it: where it is asked for, it has its length from the import. A limit of law that
 * had passed by then is gone, and one that lies ahead stands.
 */
function sinceImport(clock: Clock, { importedAt }: TaskFacts): Clock {
  const { due, dueAt } = clock;
  if (importedAt === undefined || dueAt > importedAt || due === 'AGREED' || due.startsWith('-')) return clock;
  return { ...clock, anchor: 'T_RECORDED', anchorAt: importedAt, dueAt: addTo(importedAt, durationOf(due)) };
}
