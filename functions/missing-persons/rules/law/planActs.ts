import { present } from '../../../../shared/domain/present.ts';
import type { MissingRecord } from '../../state.ts';
import type { ActsOf } from '../bodies/fields.ts';
import type { workBodies } from '../bodies/work.ts';
import { triggerPlanFailures, type TriggerPlan } from '../intake/triggerPlan.ts';
import { begin, change, note, type Moment, type Stepped } from './step.ts';

type Act = ActsOf<typeof workBodies>['WriteTriggerPlan'];

/** The plan for the next time (15.2 item 29, S12): a new version takes the place of the one before, and the next episode of this person begins with it. */
export function writeTriggerPlan(record: MissingRecord, { do: _, firstActions, places, ...fields }: Act, { now, by, id }: Moment): Stepped {
  const before = record.triggerPlan;
  const plan: TriggerPlan = {
    ...present(fields), firstActions: firstActions.map(action => present(action)), places: places.map(place => present(place)),
    id: before?.id ?? `plan-${id}`, personId: record.personId, version: (before?.version ?? 0) + 1, writtenBy: by, writtenAt: now,
  };
  const failures = triggerPlanFailures(plan);
  return failures.length > 0 ? failures : note(change(begin(record), { triggerPlan: plan }), 'TriggerPlanWritten', 'alteration', { plan: plan.id, version: plan.version, state: plan.state });
}
