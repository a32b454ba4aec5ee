import type { Act } from '../bodies/all.ts';
import { isFailed } from '../machine/moment.ts';
import type { Stepped } from './step.ts';

/** When it was written down, if that was before it was entered (2.6, S09; an outage, 15.4): the server's clock orders what happens, and the original time stands in the audit of whatever takes one. */
export function withDeviceTime(stepped: Stepped, act: Act): Stepped {
  const at = 'clientAt' in act ? act.clientAt : undefined;
  if (at === undefined || isFailed(stepped)) return stepped;
  const [first, ...rest] = stepped.facts;
  return first ? { ...stepped, facts: [{ ...first, about: { ...first.about, clientReportedAt: at } }, ...rest] } : stepped;
}
