import type { MissingRecord } from '../../state.ts';
import { fail, isFailed, unless } from '../machine/moment.ts';
import { decideDisclosure, type DisclosureCommand } from '../regions/disclosure.ts';
import { mostPlacements, returnFailures } from '../regions/returnPlacement.ts';
import { decideRhi, type RhiCommand, type RhiFacts } from '../regions/rhi.ts';
import type { Failure } from '../terms.ts';
import { isUnder18 } from './about.ts';
import { isUnder18Now } from './disclosing.ts';
import type { RegionActOf, ReturnAct } from './regionActs.ts';
import { regionsOf } from './regionSlices.ts';
import { taken } from './regionWants.ts';
import { begin, change, note, type Moment, type Stepped } from './step.ts';

/** Return home interview (P06, P07) and who may learn the place (I7). */
export function returnActs(record: MissingRecord, act: ReturnAct, moment: Moment): Stepped {
  if (act.do === 'RecordConsent') return recordConsent(record, act, moment);
  if (act.do === 'RecordReturnPlacement') return recordPlacement(record, act, moment);
  const decided = decideRhi(regionsOf(record).rhi, rhiCommand(act), rhiFacts(record, moment), moment.actor);
  return isFailed(decided) ? decided : taken(begin(record), { rhi: decided.slice }, decided, moment);
}

/** Out of area: the authority that is responsible is another one than where the child is placed, or is none of the force's own; then both are referred to (P06). */
export function rhiFacts(record: MissingRecord, { now, settings }: Pick<Moment, 'now' | 'settings'>): RhiFacts {
  const { laResponsible, laPlaced } = record.person.care ?? {};
  const isAway = laResponsible !== undefined && ((laPlaced !== undefined && laPlaced !== laResponsible) || !settings.notices.las.includes(laResponsible));
  return { isUnder18: isUnder18(record, now, settings), isOutOfArea: isAway, settings: settings.regions };
}

function rhiCommand(act: RegionActOf<'ReferRHI' | 'RecordRHI' | 'OverrideAcknowledgement'>): RhiCommand {
  switch (act.do) {
    case 'ReferRHI': return { do: 'ReferRHI', authorities: act.authorities };
    case 'OverrideAcknowledgement': return { do: 'OverrideAcknowledgement', reason: act.reason };
    case 'RecordRHI': {
      const { outcome, reason, safeguardingReturned } = act;
      if (outcome === 'CHASED') return { do: 'ChaseRHI' };
      return { do: 'RecordRHI', outcome, ...(reason !== undefined && { reason }), ...(safeguardingReturned !== undefined && { safeguardingReturned }) };
    }
  }
}

function recordConsent(record: MissingRecord, act: RegionActOf<'RecordConsent'>, moment: Moment): Stepped {
  const { about, answer, how = '' } = act;
  if (about !== 'STATUS' && about !== 'SHARING' && about !== 'PUBLICITY') return recordDisclosure(record, act, moment);
  if (answer === undefined) return [fail('FIELD_INVALID', '6.3', 'Say what was answered.')];
  const failures = unless(how.trim() !== '', 'EVIDENCE_MISSING', '6.3', 'Say how it was said, and by whom.');
  if (failures.length > 0) return failures;
  const consents = [...regionsOf(record).consents, { about, answer, how, by: moment.by, at: moment.now }];
  return note(change(begin(record), { regions: { ...record.regions, consents } }), 'ConsentRecorded', 'collection', { about, answer });
}

/** 15.4: whoever found the person decides where they go before the car moves, and says who answers for them there. */
function recordPlacement(record: MissingRecord, { do: _, ...placement }: RegionActOf<'RecordReturnPlacement'>, moment: Moment): Stepped {
  const before = regionsOf(record).returnPlacements;
  const failures = [
    ...unless(record.clocks.located !== undefined, 'TRANSITION_NOT_ALLOWED', '15.4', 'This person has not been found: record that first.'),
    ...unless(before.length < mostPlacements, 'GUARD_UNMET', '15.4', 'This was recorded as often as it can be: add information instead.'),
    ...returnFailures(placement, { isUnder18Now: isUnder18Now(record, moment) }),
  ];
  if (failures.length > 0) return failures;
  const returnPlacements = [...before, { ...placement, by: moment.by, at: moment.now }];
  // What partners are told is where the person went last.
  const file = record.file && { ...record.file, returnPlace: placement.to };
  return note(change(begin(record), { ...(file && { file }), regions: { ...record.regions, returnPlacements } }), 'ReturnPlacementRecorded', 'collection', { to: placement.to, isSafeToReturn: placement.isSafeToReturn ? 'YES' : 'NO' });
}

function recordDisclosure(record: MissingRecord, act: RegionActOf<'RecordConsent'>, moment: Moment): Stepped {
  const command = disclosureCommand(act);
  if (isFailed(command)) return command;
  const decided = decideDisclosure(regionsOf(record).disclosure, command, { isUnder18Now: isUnder18Now(record, moment) }, moment.actor);
  return isFailed(decided) ? decided : taken(begin(record), { disclosure: decided.slice }, decided, moment);
}

function disclosureCommand({ about, answer, how = '', withheldFrom = [], authority = '', person = '', reason = '' }: RegionActOf<'RecordConsent'>): DisclosureCommand | readonly Failure[] {
  switch (about) {
    case 'CHILD_WISH': return { do: 'RecordChildWish', withholdFrom: withheldFrom };
    case 'CHILD_DECISION': return { do: 'RecordChildDecision', withheldFrom, authority, person, reason };
    default: return answer === undefined ? [fail('FIELD_INVALID', 'LD1', 'Say what the person answered.')] : { do: 'RecordAdultConsent', answer, how };
  }
}
