import { present } from '../../../../shared/domain/present.ts';
import type { MissingRecord } from '../../state.ts';
import { fail, unless } from '../machine/moment.ts';
import { readPolygon, type Area } from '../search/area.ts';
import { movePoint, planFrom, type PlanningPoint, type PlanningPoints } from '../search/planningPoints.ts';
import type { RegionActOf } from './regionActs.ts';
import { begin, change, note, type Moment, type Stepped } from './step.ts';

const mostAreas = 200;

/** A search area as a polygon (3.8); what is wrong with its shape is said, all of it. */
export function drawArea(record: MissingRecord, { name, polygonJson }: RegionActOf<'DrawSearchArea'>, { now, by, id }: Moment): Stepped {
  const read = readPolygon(parsed(polygonJson));
  const failures = [
    ...(read.ok ? [] : read.failures), ...unless(record.areas.length < mostAreas, 'GUARD_UNMET', '3.8', 'This case holds as many areas as it can.'),
    ...unless(!record.areas.some(one => one.name === name.trim()), 'FIELD_INVALID', '3.8', 'There is an area of this name: give it another one.'),
  ];
  if (failures.length > 0 || !read.ok) return failures;
  const area: Area = { areaId: `area-${id}`, name: name.trim(), polygon: read.polygon, drawnAt: now, drawnBy: by };
  return note(change(begin(record), { areas: [...record.areas, area] }), 'SearchAreaDrawn', 'alteration', { area: area.areaId });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The points as they were set, or the place last seen where the report gave one: planning starts there (1 IPP). */
export function planningPointsOf({ planningPoints, casefile: { lastSeenPlace: { lat, lon, text } }, createdAt, report }: Pick<MissingRecord, 'planningPoints' | 'casefile' | 'createdAt' | 'report'>): PlanningPoints | undefined {
  if (planningPoints) return planningPoints;
  return lat === undefined || lon === undefined ? undefined : planFrom({ lat, lon, setAt: createdAt, setBy: report.by, ...present({ text }) });
}

/** The first point is the IPP and stays; the place last seen and the last known position move, each time with a reason, and what was believed is kept. */
export function movePlanningPoint(record: MissingRecord, { which, reason, lat, lon, precisionM, text }: RegionActOf<'MovePlanningPoint'>, { now, by }: Moment): Stepped {
  const to: PlanningPoint = { lat, lon, setAt: now, setBy: by, ...present({ precisionM, text }) };
  const points = planningPointsOf(record);
  if (!points && which !== 'IPP') return [fail('GUARD_UNMET', '1 IPP', 'Set the initial planning point first.')];
  const moved = points ? movePoint(points, { which, to, reason }) : { ok: true as const, points: planFrom(to) };
  if (!moved.ok) return moved.failures;
  const failures = unless((points?.moves.length ?? 0) < 200, 'GUARD_UNMET', '1 IPP', 'The points were moved as often as they can be.');
  return failures.length > 0 ? failures : note(change(begin(record), { planningPoints: moved.points }), 'PlanningPointMoved', 'alteration', { which });
}
