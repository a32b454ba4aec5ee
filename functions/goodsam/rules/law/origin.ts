import type { LiveLink } from '../../state.ts';
import type { RequestState } from '../terms.ts';
import { owe } from './step.ts';

/** Steps on the way of which nobody outside has to hear. */
const silent: ReadonlySet<RequestState> = new Set<RequestState>(['DRAFT', 'AUTH_PENDING', 'READY', 'SENDING', 'DELIVERED', 'CLOSED']);

/** What another room asked for it hears of: each state that matters, and the first place (missing-persons.md 15.2 item 36). */
export function tellOrigin(before: LiveLink | undefined, link: LiveLink): LiveLink {
  if (!link.origin) return link;
  const placed = before?.lastFix === undefined && link.lastFix !== undefined ? owe(link, 'tell', 'PLACE') : link;
  const { state } = link.progress;
  return before?.progress.state === state || silent.has(state) ? placed : owe(placed, 'tell', state);
}
