import type { Area } from './terms.ts';

/** App roles of Entra (goodsam.md 5.2). One role for one verb and one area, so that a user sees the own area only. */
export function requestRole(area: Area): string {
  return `GoodSam.Request.${area}`;
}

/** The authoriser's role is the rank check itself: it is granted to the ranks of 21.29 only. */
export function authoriseRole(area: Area): string {
  return `GoodSam.Authorise.${area}`;
}

export function viewRole(area: Area): string {
  return `GoodSam.View.${area}`;
}

export function evidenceRole(area: Area): string {
  return `GoodSam.Evidence.${area}`;
}

/** Reads the audit of all areas, no media. */
export const auditRole = 'GoodSam.Audit';

/** Changes configuration, no media. */
export const adminRole = 'GoodSam.Admin';

/** Areas whose requests do not exist for anyone else: 404, not 403, and absent from small counts (5.2, A10). */
export const hiddenAreas: ReadonlySet<Area> = new Set<Area>(['SOCU', 'SOM', 'DA']);
