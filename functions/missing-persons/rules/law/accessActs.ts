import type { MissingRecord } from '../../state.ts';
import { reasonFailures, unless } from '../machine/moment.ts';
import type { AccessAct, RegionActOf } from './regionActs.ts';
import { deleting } from './deleting.ts';
import { begin, change, note, type Moment, type Stepped } from './step.ts';

/** Who may open the case, and its deletion, or that it is barred (3.1, 3.10). */
export function accessActs(record: MissingRecord, act: AccessAct, moment: Moment): Stepped {
  if (act.do === 'SetAccess') return setAccess(record, act, moment);
  return act.do === 'SetLegalHold' ? setLegalHold(record, act, moment) : deleting(record, act, moment);
}

/** CONFIDENTIAL is for a named list, on which somebody who works the case must stand. */
function setAccess(record: MissingRecord, { tier, userIds, reason }: RegionActOf<'SetAccess'>, { now, by }: Moment): Stepped {
  const failures = [...reasonFailures(reason, '3.1'), ...unless(tier !== 'CONFIDENTIAL' || userIds.includes(record.owner.userId), 'FIELD_INVALID', '3.1', 'Name who may open a confidential case, its owner among them.')];
  if (failures.length > 0) return failures;
  const accessList = [...new Set(userIds)].map(userId => ({ userId, role: 'OIC' as const, addedBy: by, addedAt: now }));
  const { accessList: _before, ...casefile } = record.casefile;
  return note(change(begin(record), { casefile: { ...casefile, restrictedTier: tier, ...(tier === 'CONFIDENTIAL' && { accessList }) } }), 'AccessSet', 'alteration', { tier, people: tier === 'CONFIDENTIAL' ? accessList.length : 0 });
}

/** A legal hold overrides every date of retention (3.10), and ends a deletion that somebody has proposed. */
function setLegalHold(record: MissingRecord, { isHeld, reason }: RegionActOf<'SetLegalHold'>, { now, by }: Moment): Stepped {
  const failures = [...reasonFailures(reason, '3.10'), ...unless(isHeld !== (record.legalHold !== undefined), 'TRANSITION_NOT_ALLOWED', '3.10', isHeld ? 'It is held already.' : 'There is no hold to lift.')];
  if (failures.length > 0) return failures;
  const { legalHold: _before, deletion: _proposed, ...rest } = record;
  return note(begin({ ...rest, ...(isHeld && { legalHold: { by, at: now, reason } }) }), isHeld ? 'LegalHoldSet' : 'LegalHoldLifted', 'alteration');
}
