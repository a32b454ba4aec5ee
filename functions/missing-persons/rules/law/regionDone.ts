import type { MissingRecord } from '../../state.ts';
import { ownerOf } from '../regions/ownership.ts';
import { regionsOf } from './regionSlices.ts';
import type { Done } from './selfDone.ts';

/** Tasks that an act of a region is the doing of: PNC, the appeal, the alert, the interview, the call to the family, the acknowledgement of who took the case over. */
export function doneByRegions(before: MissingRecord, after: MissingRecord): Done {
  if (before.regions === after.regions) return [];
  return [...circulated(before, after), ...withdrawn(before, after), ...alerted(before, after), ...interviewed(before, after), ...contacted(before, after), ...takenOver(before, after)];
}

function circulated(before: MissingRecord, after: MissingRecord): Done {
  const [was, is] = [regionsOf(before).circulation, regionsOf(after).circulation];
  if (was.state === is.state) return [];
  if (is.state === 'LIVE' && is.reference !== undefined && is.liveAt !== undefined) return [[['A10'], { kind: 'PNC_REF', reference: is.reference, at: is.liveAt }]];
  return is.state === 'CANCELLED' && is.cancelReference !== undefined && is.cancelledAt !== undefined ? [[['P03'], { kind: 'PNC_REF', reference: is.cancelReference, at: is.cancelledAt }]] : [];
}

/** P04 is done when the last channel is down. */
function withdrawn(before: MissingRecord, after: MissingRecord): Done {
  const [was, is] = [regionsOf(before).publicity, regionsOf(after).publicity];
  if (is.state !== 'WITHDRAWN' || was.state === 'WITHDRAWN') return [];
  const channels = (is.appeal?.channels ?? []).flatMap(({ channel, withdrawnAt }) => (withdrawnAt === undefined ? [] : [{ channel, withdrawnAt }]));
  return [[['P04'], { kind: 'WITHDRAWAL', channels, ...(channels.length === 0 && { none: true as const }) }]];
}

function alerted(before: MissingRecord, after: MissingRecord): Done {
  const { decisions } = regionsOf(after).alert;
  const last = decisions.at(-1);
  if (!last || decisions.length === regionsOf(before).alert.decisions.length || (last.what !== 'NO' && last.what !== 'REQUEST')) return [];
  return [[['H11'], { kind: 'DECISION', decision: last.what === 'NO' ? 'NO' : 'YES', why: last.reason }]];
}

function interviewed(before: MissingRecord, after: MissingRecord): Done {
  const [was, is] = [regionsOf(before).rhi, regionsOf(after).rhi];
  const outcome = is.outcomes.length > was.outcomes.length ? is.outcomes.at(-1) : undefined;
  return [
    ...(is.referrals.length > was.referrals.length ? [[['P06'], { kind: 'RHI_REFERRAL', authorities: is.referrals.map(({ authority }) => authority), referredAt: is.referrals.at(-1)?.referredAt ?? '' }] as const] : []),
    ...(outcome && (outcome.outcome === 'OFFERED' || outcome.outcome === 'COMPLETED' || outcome.outcome === 'DECLINED' || outcome.outcome === 'NOT_POSSIBLE')
      ? [[['P07'], { kind: 'RHI_OUTCOME', outcome: outcome.outcome, at: outcome.at, ...(outcome.outcome === 'COMPLETED' && { safeguarding: outcome.safeguardingReturned === true ? 'Safeguarding content came back.' : 'Nothing on safeguarding came back.' }) }] as const] : []),
  ];
}

const channels = { PHONE: 'PHONE', IN_PERSON: 'IN_PERSON', SMS: 'TEXT', EMAIL: 'EMAIL', OTHER: 'LETTER' } as const;

/** A call to the first informant is the promised update (A15), and makes the next promise. */
function contacted(before: MissingRecord, after: MissingRecord): Done {
  const { contacts } = regionsOf(after).contacts;
  const last = contacts.at(-1);
  const isPrimary = after.casefile.informants.some(one => one.id === last?.withId && one.role === 'PRIMARY');
  if (!last || last.direction !== 'OUT' || !isPrimary || contacts.length === regionsOf(before).contacts.contacts.length) return [];
  return [[['A15'], { kind: 'CONTACT', at: last.at, channel: channels[last.channel], withWhom: 'The first informant', note: 'Recorded in the log of contacts with the family.', ...(last.promisedNextAt !== undefined && { nextContactAt: last.promisedNextAt }) }]];
}

/** Who accepts a handover has acknowledged by it (A01). */
function takenOver(before: MissingRecord, after: MissingRecord): Done {
  const tenure = after.regions?.ownership && ownerOf(after.regions.ownership);
  if (tenure?.how !== 'HANDOVER' || tenure.acknowledgedAt === undefined || before.owner.userId === after.owner.userId) return [];
  return [[['A01'], { kind: 'ACK', by: tenure.userId, at: tenure.acknowledgedAt }]];
}
