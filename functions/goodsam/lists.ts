import type { IndexRow } from '../../shared/domain/case.ts';
import type { LinkCase } from './decide.ts';
import type { LawSettings } from './rules/law/step.ts';
import { dueAt } from './rules/law/timers.ts';
import { ownReference } from './rules/references.ts';

/** When each request has something to do by itself. */
export const dueList = 'goodsam-due';

/** The requests of one area, newest first. An area has a list of its own, so that a list never holds what its reader must not know of. */
export function areaList(area: string): string {
  return `goodsam-${area}`;
}

/** The requests of one officer, newest first. */
export function mineList(objectId: string): string {
  return `goodsam-of-${objectId}`;
}

/** Measures of closed requests: no id, number, name or place. */
export const benefitList = 'goodsam-benefits';

const farFuture = 9_999_999_999_999;

export function indexRows(requestId: string, { state: link }: LinkCase, settings: LawSettings): IndexRow[] {
  const sortKey = String(farFuture - Date.parse(link.createdAt)).padStart(13, '0');
  const fields = {
    requestId, ref: ownReference(requestId), area: link.area, reasonCode: link.reasonCode, mode: link.mode, state: link.progress.state, priority: link.priority, channel: link.channel,
    incidentRef: link.incidentRef, createdAt: link.createdAt, requestedBy: link.requestedBy, viewers: link.viewers.join(' '), ...(link.outcomeDueAt !== undefined && { outcomeDueAt: link.outcomeDueAt }),
  };
  const due = dueAt(link, settings);
  return [
    { list: areaList(link.area), sortKey, fields }, { list: mineList(link.requestedBy), sortKey, fields },
    ...(due === undefined ? [] : [{ list: dueList, sortKey: due, fields: {} }]),
    ...(link.progress.state === 'CLOSED' && link.outcome ? [{ list: benefitList, sortKey: link.outcome.at, fields: { area: link.area, reasonCode: link.reasonCode, outcome: link.outcome.code, attendanceAvoided: link.outcome.attendanceAvoided, ...(link.outcome.minutesSaved !== undefined && { minutesSaved: link.outcome.minutesSaved }), ...(link.outcome.milesSaved !== undefined && { milesSaved: link.outcome.milesSaved, milesAreEstimate: link.outcome.milesAreEstimate ?? false }) } }] : []),
  ];
}
