import { durationText } from '../clock/duration.ts';
import { anchor, riskLevel, role, sourceTag, trigger } from '../terms.ts';
import { chainSteps, paged } from './chains.ts';
import { evidenceKinds } from './evidence.ts';
import { recipient, taskSettings } from './settings.ts';
import { stage, templateId, type ChainName, type Template } from './template.ts';
import { templates } from './templates.ts';

const chainNames: readonly ChainName[] = ['DEFAULT', 'INSP', 'INSP_THEN_SUPT', 'SUPT', 'UKMPU', 'OWNERSHIP', 'PAGE', 'SCREEN'];

/** Faults of the task tables by name; empty when the service may start. */
export function checkTasks(list: readonly Template[] = templates): string[] {
  const ids = list.map(({ id }) => id);
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map(id => `task ${id}: there are two`),
    ...templateId.options.filter(id => !ids.includes(id)).map(id => `task ${id}: there is none`),
    ...list.flatMap(checkTemplate),
    ...chainNames.flatMap(checkChain),
  ];
}

function checkTemplate(template: Template): string[] {
  const fault = (isSo: boolean, what: string): string[] => (isSo ? [] : [`task ${template.id}: ${what}`]);
  return [...checkWords(template), ...checkClock(template), ...checkRules(template)].flatMap(([isSo, what]) => fault(isSo, what));
}

type Check = readonly [isSo: boolean, what: string];

function checkWords(template: Template): Check[] {
  const owners = [...template.owners, ...Object.values(template.ownersAt ?? {}).flat()];
  return [
    [templateId.safeParse(template.id).success, 'unknown id'],
    [template.title.trim().length >= 5, 'it has no title'],
    [template.owners.length > 0, 'nobody owns it'],
    ...owners.map((name): Check => [name === 'OWNER' || role.safeParse(name).success, `unknown role ${name}`]),
    ...template.when.stages.map((name): Check => [stage.safeParse(name).success, `unknown stage ${name}`]),
    [template.when.stages.length > 0, 'it belongs to no stage'],
    ...(template.when.triggers ?? []).map((name): Check => [trigger.safeParse(name).success, `unknown trigger ${name}`]),
    [evidenceKinds.includes(template.evidence), `unknown evidence ${template.evidence}`],
    [chainNames.includes(template.chain), `unknown chain ${template.chain}`],
    [sourceTag.safeParse(template.source).success, `source ${template.source} is no tag`],
  ];
}

function checkClock({ windows, anchor: from, hardDue, recurrence }: Template): Check[] {
  const every = recurrence?.from === 'ANCHOR' ? [recurrence.every] : [];
  return [
    [anchor.safeParse(from).success, `unknown anchor ${from}`],
    [hardDue === undefined || anchor.safeParse(hardDue.anchor).success, `unknown anchor of the hard limit`],
    [Object.keys(windows).length > 0, 'it has no time'],
    ...Object.entries(windows).flatMap(([level, text]): Check[] => [[riskLevel.safeParse(level).success, `unknown level ${level}`], [durationText.safeParse(text).success, `${text} is no length`]]),
    ...[...(hardDue ? [hardDue.within] : []), ...every].map((text): Check => [durationText.safeParse(text).success, `${text} is no length`]),
  ];
}

function checkRules({ evidence, checklist, anchor: from, when, optionalAt, mandatory }: Template): Check[] {
  return [
    [(evidence === 'CHECKLIST') === (checklist !== undefined && checklist.length > 0), 'a list of items goes with the evidence CHECKLIST, and the other way round'],
    [from !== 'T_TRIGGER' || when.triggers !== undefined, 'it runs from a trigger and has none'],
    [optionalAt === undefined || mandatory, 'it is left to judgement at some level but mandatory at none'],
    [new Set(checklist ?? []).size === (checklist ?? []).length, 'an item stands twice in its list'],
  ];
}

function checkChain(name: ChainName): string[] {
  const steps = chainSteps(name, taskSettings.parse({}));
  const isClimbing = steps.every(({ after }, index) => {
    const before = steps[index - 1]?.after;
    if (!before) return true;
    return 'parts' in after && 'parts' in before ? after.parts > before.parts : 'minutes' in after && 'minutes' in before && after.minutes > before.minutes;
  });
  const unknown = steps.flatMap(({ to, toBelowMedium }) => [...to, ...(toBelowMedium ?? [])]).filter(who => !recipient.safeParse(who).success);
  return [
    ...(steps.length > 0 ? [] : [`chain ${name}: it has no step`]),
    ...(isClimbing ? [] : [`chain ${name}: its steps do not follow one another`]),
    ...unknown.map(who => `chain ${name}: unknown recipient ${who}`),
    ...(name === 'PAGE' && !paged.every(who => steps[0]?.to.includes(who)) ? ['chain PAGE: it does not page inspector, force incident manager and superintendent'] : []),
  ];
}
