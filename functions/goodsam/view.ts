import type * as z from 'zod';
import { sha256 } from '../../shared/case/keys.ts';
import { mayView, type MediaItem } from './rules/evidence.ts';
import { passItems } from './rules/firearms.ts';
import { checklistItems } from './rules/firearmsItems.ts';
import { isStale, outsideUk } from './rules/location.ts';
import { toNationalGrid } from './rules/nationalGrid.ts';
import type * as replies from './rules/replies.ts';
import type { Fix, LiveLink } from './state.ts';

/** Of the checklist alone: places and files that come in meanwhile must not refuse what the officer ticks. */
export function checklistEtag({ checklist = [] }: Pick<LiveLink, 'checklist'>): string {
  return `"${sha256(JSON.stringify(checklist)).slice(0, 32)}"`;
}

export function fixView({ at, lat, lng, accuracyM, source }: Fix, now: string): z.output<typeof replies.fixView> {
  const grid = toNationalGrid({ lat, lng });
  return { at, lat, lng, accuracyM, source, stale: isStale(at, now), outsideUk: outsideUk({ lat, lng }), ...(grid && { easting: Math.round(grid.easting), northing: Math.round(grid.northing) }) };
}

export function evidenceView(item: MediaItem): z.output<typeof replies.evidenceView> {
  const { evidenceId, kind, state, mime, bytes, sha256, typeCheck, avScan, demsId, exhibitRef, failure } = item;
  return {
    evidenceId, kind, state, mime, mayView: mayView(item), continuity: item.continuity.map(({ at, actor, action, detail }) => ({ at, actor, action, detail })),
    ...(bytes !== undefined && { bytes }), ...(sha256 !== undefined && { sha256 }), ...(typeCheck !== undefined && { typeCheck }), ...(avScan !== undefined && { scan: avScan }),
    ...(demsId !== undefined && { demsId }), ...(exhibitRef !== undefined && { exhibitRef }), ...(failure !== undefined && { failure }),
  };
}

export function checklistView({ checklist = [] }: Pick<LiveLink, 'checklist'>): z.output<typeof replies.checklistView> {
  return {
    value: checklistItems.map(({ item, group, text, help }) => {
      const given = checklist.find(row => row.item === item);
      return { item, group, text, help, mustBeYes: passItems.some(one => one === item), answer: given?.answer ?? 'NOT_ANSWERED', ...(given?.note !== undefined && { note: given.note }) };
    }),
  };
}
