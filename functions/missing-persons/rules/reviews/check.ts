import { durationText } from '../clock/duration.ts';
import { caseState, isOpen, riskLevel, role, sourceTag } from '../terms.ts';
import { satisfiesRank } from './rank.ts';
import { reviewRows, reviewTypes, type ReviewRow } from './table.ts';

/** Faults of the table of reviews by name; empty when the service may start. Also: every open state has a review that recurs, at every level (I1). */
export function checkReviews(rows: readonly ReviewRow[] = reviewRows): string[] {
  const types = rows.map(({ type }) => type);
  return [
    ...types.filter((type, index) => types.indexOf(type) !== index).map(type => `review ${type}: there are two`),
    ...reviewTypes.filter(type => !types.includes(type)).map(type => `review ${type}: there is none`),
    ...rows.flatMap(checkRow),
    ...caseState.options.filter(isOpen).flatMap(state => riskLevel.options.filter(level => !rows.some(row => row.states.includes(state) && row.levels.includes(level) && recurs(row))).map(level => `state ${state} at ${level}: no review recurs`)),
  ];
}

function recurs({ rhythm }: ReviewRow): boolean {
  return rhythm === 'SHIFT' || rhythm === 'AGREED' || rhythm === 'VERIFY' || (typeof rhythm === 'object' && rhythm.then !== undefined);
}

function checkRow({ type, rank, roles, states, levels, source, title, rhythm, taper }: ReviewRow): string[] {
  const lengths = [...(typeof rhythm === 'object' ? [...rhythm.at, ...(rhythm.then === undefined ? [] : [rhythm.then])] : []), ...(taper ?? [])];
  const checks: readonly (readonly [isSo: boolean, what: string])[] = [
    [role.safeParse(rank).success, `unknown rank ${rank}`], [roles.length > 0, 'nobody does it'], ...roles.map(name => [role.safeParse(name).success, `unknown role ${name}`] as const),
    ...roles.map(name => [satisfiesRank(name, rank), `${name} may not do what ${rank} is asked for`] as const), ...states.map(name => [caseState.safeParse(name).success, `unknown state ${name}`] as const), [states.length > 0, 'it belongs to no state'],
    ...levels.map(name => [riskLevel.safeParse(name).success, `unknown level ${name}`] as const), ...lengths.map(text => [durationText.safeParse(text).success && !text.startsWith('-') && !text.startsWith('0'), `${text} is no length`] as const),
    [typeof rhythm === 'string' || rhythm.at.length > 0 || rhythm.then !== undefined, 'it has no time'], [title.trim().length >= 5, 'it has no title'], [sourceTag.safeParse(source).success, `source ${source} is no tag`],
  ];
  return checks.flatMap(([isSo, what]) => (isSo ? [] : [`review ${type}: ${what}`]));
}
