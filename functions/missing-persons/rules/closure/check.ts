import { sourceTag } from '../terms.ts';
import { closeGuards, type CloseGuard } from './guards.ts';

/** Faults of the guards of closure by name; empty when the service may start. */
export function checkClosure(guards: readonly CloseGuard[] = closeGuards): string[] {
  const ids = guards.map(({ id }) => id);
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map(id => `closure guard ${id}: there are two`), ...(guards.length < 17 ? ['closure guards: one of section 2.4 is missing'] : []),
    ...guards.flatMap(({ id, why, source }) => [...(why.length < 15 ? [`closure guard ${id}: it has no sentence`] : []), ...(sourceTag.safeParse(source).success ? [] : [`closure guard ${id}: source ${source} is no tag`])]),
  ];
}
