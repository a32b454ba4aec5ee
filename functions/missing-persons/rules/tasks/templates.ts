import type { Template, TemplateId } from './template.ts';
import { everyCase } from './templatesEvery.ts';
import { high } from './templatesHigh.ts';
import { levelTasks } from './templatesLevels.ts';
import { others } from './templatesOther.ts';
import { afterReturn } from './templatesReturn.ts';
import { triggered } from './templatesTrigger.ts';

/** Every template, in the order of the spec. */
export const templates: readonly Template[] = [...everyCase, ...high, ...levelTasks, ...triggered, ...afterReturn, ...others];

const byId: ReadonlyMap<string, Template> = new Map(templates.map(template => [template.id, template]));

/** The template. Throws RangeError for an id that no table has: a fault of a table, met at the start by `checkTasks`. */
export function templateOf(id: TemplateId): Template {
  const found = byId.get(id);
  if (!found) throw new RangeError(`no template ${id}`);
  return found;
}
