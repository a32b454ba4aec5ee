import type { Caller } from '../../shared/http/caller.ts';
import { authoriseRole, evidenceRole, requestRole, viewRole } from './rules/roles.ts';
import { maySocuView } from './rules/socu.ts';
import type { Area } from './rules/terms.ts';
import type { LiveLink } from './state.ts';

type Asker = Pick<Caller, 'objectId' | 'roles'>;
type Subject = Pick<LiveLink, 'area' | 'requestedBy' | 'viewers'>;

/**
 * Permission per request, in one place (goodsam.md 5.2). An area is seen by its own people; serious crime by those named in the request only, and by those who may
 * authorise it. Everybody else hears that there is no such request.
 */
export function maySee(link: Subject, asker: Asker): boolean {
  const isOfArea = [requestRole, authoriseRole, viewRole, evidenceRole].some(role => asker.roles.includes(role(link.area)));
  if (link.area !== 'SOCU') return isOfArea;
  return asker.roles.includes(authoriseRole('SOCU')) || maySocuView(asker.objectId, link.requestedBy, { namedViewers: link.viewers });
}

/** Commands of the person who works on the request: whoever may ask in its area, serious crime again by name. */
export function mayWork(link: Subject, asker: Asker): boolean {
  if (!asker.roles.includes(requestRole(link.area))) return false;
  return link.area !== 'SOCU' || maySee(link, asker);
}

export function mayAuthorise(link: Subject, asker: Asker): boolean {
  return asker.roles.includes(authoriseRole(link.area));
}

/** The picture itself: never by the role of a whole area in serious crime, and never for an auditor. */
export function mayWatch(link: Subject & Pick<LiveLink, 'shares'>, asker: Asker, now: string): boolean {
  if (link.shares.some(share => share.viewer === asker.objectId && now < share.until)) return true;
  if (link.area === 'SOCU') return maySocuView(asker.objectId, link.requestedBy, { namedViewers: link.viewers });
  return link.requestedBy === asker.objectId || asker.roles.includes(viewRole(link.area));
}

export function mayKeepEvidence(link: Subject, asker: Asker): boolean {
  return asker.roles.includes(evidenceRole(link.area)) && (link.area !== 'SOCU' || maySocuView(asker.objectId, link.requestedBy, { namedViewers: link.viewers }));
}

export function mayList(area: Area, asker: Asker): boolean {
  return [requestRole, authoriseRole, viewRole, evidenceRole].some(role => asker.roles.includes(role(area)));
}
