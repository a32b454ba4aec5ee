import type { MissingRecord } from '../../state.ts';
import { nextEscalation } from '../tasks/escalate.ts';
import type { MissingSettings } from '../settings.ts';
import { comesOfAgeAt, isMissing, isOpenCase, levelOf } from './about.ts';
import { ageTriggers } from './consequences.ts';
import { regionDue } from './regionDue.ts';
import { filesDue } from './uploadResults.ts';
import { missedRaiseAt, reviewsDue } from './reviews.ts';

/** One thing that becomes due by time. */
export interface Due {
  readonly key: string;
  readonly at: string;
}

/**
 * Everything of a record that becomes due by time (15.1 items 18 and 19), as one list: steps of the ladders, the raise of a missed reassessment, messages to be tried again, instants at which
 * a floor may fire, "missing for so long", an 18th birthday. The earliest is the record's row in the index.
 */
function dueItems(record: MissingRecord, settings: MissingSettings): Due[] {
  const level = levelOf(record);
  return [
    ...record.tasks.flatMap(task => {
      const next = nextEscalation(task, level, settings.tasks);
      return next ? [{ key: `task ${task.taskId} ${next.step}`, at: next.at }] : [];
    }),
    ...record.notices.flatMap(({ noticeId, state, nextTryAt, tries }) => (state === 'QUEUED' && nextTryAt !== undefined && tries > 0 ? [{ key: `notice ${noticeId} ${tries}`, at: nextTryAt }] : [])),
    ...filesDue(record), ...reviewsDue(record, settings), ...regionDue(record, settings).map(({ key, at }) => ({ key, at })), ...whileMissing(record, settings),
  ];
}

function whileMissing(record: MissingRecord, settings: MissingSettings): Due[] {
  if (!isMissing(record)) return [];
  const raiseAt = missedRaiseAt(record, settings);
  const { floorAt } = record;
  const birthday = record.triggers.some(({ trigger }) => trigger === 'TURNED_18') ? undefined : comesOfAgeAt(record);
  return [
    ...(raiseAt !== undefined ? [{ key: 'raise V03', at: raiseAt }] : []), ...(floorAt !== undefined ? [{ key: `floor ${floorAt}`, at: floorAt }] : []),
    ...ageTriggers(record).map(({ trigger, at }) => ({ key: `age ${trigger}`, at })), ...(birthday !== undefined ? [{ key: 'birthday 18', at: birthday }] : []),
  ];
}

/** The earliest of them, from the state alone, so that the index row of an older state can be named: under it the record stands in the list of what is due. */
export function nextDue(record: MissingRecord, settings: MissingSettings): Due | undefined {
  const hasAny = record.file === undefined || isOpenCase(record) || record.tasks.length > 0;
  return hasAny ? dueItems(record, settings).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.key < b.key ? -1 : 1))[0] : undefined;
}
