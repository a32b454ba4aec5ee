import type { MissingRecord } from '../../state.ts';
import { decideEnding } from '../machine/ending.ts';
import { fail, isFailed, unless } from '../machine/moment.ts';
import { decideOwnership, ownerOf } from '../regions/ownership.ts';
import { decideTransfer, type OwnedTransfer, type TransferCommand } from '../regions/transfer.ts';
import { cancelled, isOpenTask } from '../tasks/task.ts';
import type { Failure } from '../terms.ts';
import { isMissing, levelOf } from './about.ts';
import { endingFacts } from './caseActs.ts';
import { utc } from '../machine/instants.ts';
import { withTrigger } from './follow.ts';
import { ownershipOf } from './ownership.ts';
import type { HandoverAct, RegionActOf } from './regionActs.ts';
import { regionsOf } from './regionSlices.ts';
import { taken } from './regionWants.ts';
import { begin, change, closePages, type Moment, type Step, type Stepped } from './step.ts';

/** Handover within the force and transfer to another one (2.5). There is no instant without an owner or with two (I2). */
export function handoverActs(record: MissingRecord, act: HandoverAct, moment: Moment): Stepped {
  switch (act.do) {
    case 'OfferHandover': case 'AcceptHandover': return handover(record, act, moment);
    case 'OfferTransfer': return offerTransfer(record, act, moment);
    case 'AckTransfer': return ackTransfer(record, act, moment);
    case 'RefuseTransfer': return refuseTransfer(record, act, moment);
    case 'ReturnTransfer': return returnTransfer(record, act, moment);
  }
}

function handover(record: MissingRecord, act: RegionActOf<'OfferHandover' | 'AcceptHandover'>, moment: Moment): Stepped {
  const { settings, actor, now } = moment;
  const closedTo = act.do === 'OfferHandover' ? mayNotOpen(record, act.userId) : [];
  if (closedTo.length > 0) return closedTo;
  const slice = ownershipOf(record, settings);
  const facts = { level: levelOf(record), settings: settings.regions };
  const decided = decideOwnership(slice, act.do === 'AcceptHandover' ? act : { do: 'OfferHandover', to: { userId: act.userId, role: act.role, force: settings.forceCode, ...(act.unit !== undefined && { unit: act.unit }) }, form: formOf(act) }, facts, actor);
  if (isFailed(decided)) return decided;
  const step = taken(begin(record), { ownership: decided.slice }, decided, moment);
  if (act.do === 'OfferHandover') return step;
  const closed = closePages(step, page => page.kind === 'HANDOVER', { status: 'answered', by: moment.by, at: now });
  return owned(closed, ownerOf(decided.slice), now);
}

/** Whoever is offered a confidential case must be able to look at it before they say yes (3.1). */
function mayNotOpen({ casefile: { restrictedTier, accessList = [] } }: MissingRecord, userId: string): Failure[] {
  return unless(restrictedTier !== 'CONFIDENTIAL' || accessList.some(one => one.userId === userId), 'GUARD_UNMET', '3.1', 'This case is confidential, and this person may not open it: an inspector puts them on its list first.');
}

function formOf({ summary, risks, outstanding, nothingOutstanding, familyContactAt, noFamilyContactReason, mapVersion }: RegionActOf<'OfferHandover'>) {
  return {
    summary, risks, outstanding, ...(nothingOutstanding !== undefined && { nothingOutstanding }), ...(familyContactAt !== undefined && { familyContactAt: utc(familyContactAt) }), ...(noFamilyContactReason !== undefined && { noFamilyContactReason }),
    ...(mapVersion !== undefined && { mapVersion }),
  };
}

/** The record's owner is the accountable person of our force. */
function owned(step: Step, { userId, role, acknowledgedAt }: ReturnType<typeof ownerOf>, now: string): Step {
  const { record } = step;
  const owner = { userId, role, since: now, ...(acknowledgedAt !== undefined && { acknowledgedAt }) };
  return change(step, { owner, attached: [...new Set([...record.attached, userId])], clocks: { ...record.clocks, owner: now } });
}

function pairOf(record: MissingRecord, { settings }: Moment): OwnedTransfer {
  return { ownership: ownershipOf(record, settings), transfer: regionsOf(record).transfer };
}

function decide(record: MissingRecord, command: TransferCommand, moment: Moment) {
  return decideTransfer(pairOf(record, moment), command, { ourForce: moment.settings.forceCode }, moment.actor);
}

const stillMissing = (record: MissingRecord, rule: string): Failure[] => unless(isMissing(record), 'TRANSITION_NOT_ALLOWED', rule, 'A case is transferred while the person is missing; what a return asks for stays with the force that began it.');

function offerTransfer(record: MissingRecord, { toForce, reason, initialActionsDone }: RegionActOf<'OfferTransfer'>, moment: Moment): Stepped {
  const failures = stillMissing(record, 'TR1');
  const decided = decide(record, { do: 'OfferTransfer', toForce, reason, initialActionsDone }, moment);
  if (isFailed(decided) || failures.length > 0) return [...failures, ...(isFailed(decided) ? decided : [])];
  return taken(begin(record), decided.slice, decided, moment);
}

/** Their written acknowledgement: ownership and the case go over in one step (C23). The clocks go on from the first report (S13). */
function ackTransfer(record: MissingRecord, act: RegionActOf<'AckTransfer'>, moment: Moment): Stepped {
  const { file, clocks } = record;
  const toForce = regionsOf(record).transfer.offers.at(-1)?.toForce ?? '';
  const { acknowledgementId, theirRef } = act;
  const decided = decide(record, { do: 'AckTransfer', acknowledgementId, owner: { userId: act.theirOwner, role: act.theirRole, force: toForce }, theirRef }, moment);
  if (isFailed(decided)) return decided;
  if (!record.information.some(({ id }) => id === acknowledgementId)) return [fail('EVIDENCE_MISSING', 'TR2', 'Add the written acknowledgement as an information item and name it.')];
  if (!file) return [fail('TRANSITION_NOT_ALLOWED', 'C23', 'There is no case yet.')];
  const moved = decideEnding({ file, clocks }, { do: 'TransferOut', toForce, theirRef, namedOwner: act.theirOwner, acknowledgementId }, { ...endingFacts(record, moment), isTransferPending: false }, moment.actor);
  if (isFailed(moved)) return moved;
  const step = taken({ ...begin(record), then: moved.then }, decided.slice, decided, moment);
  const gone = withoutTransfer(step, moment, 'The other force acknowledged.');
  return change(gone, { file: { ...moved.file, cameFrom: file.state }, moves: [...record.moves, { rule: 'C23', to: moved.file.state, at: moment.now, by: moment.by }] });
}

function refuseTransfer(record: MissingRecord, { reason }: RegionActOf<'RefuseTransfer'>, moment: Moment): Stepped {
  const decided = decide(record, { do: 'RefuseTransfer', reason }, moment);
  return isFailed(decided) ? decided : withoutTransfer(taken(begin(record), decided.slice, decided, moment), moment, 'The other force refused.');
}

/** They give it back: a named owner of ours from this instant, and the case where it was. What was left to do is asked for again, on the clocks that never stopped. */
function returnTransfer(record: MissingRecord, { userId, role, reason }: RegionActOf<'ReturnTransfer'>, moment: Moment): Stepped {
  const { file } = record;
  const decided = decide(record, { do: 'ReturnTransfer', reason, owner: { userId, role, force: moment.settings.forceCode } }, moment);
  if (isFailed(decided)) return decided;
  if (file?.state !== 'TRANSFERRED_OUT') return [fail('TRANSITION_NOT_ALLOWED', 'C25', 'The case is not with another force any more.')];
  const { transferOut: _gone, cameFrom, ...rest } = file;
  const state = cameFrom ?? 'ACTIVE';
  const step = taken({ ...begin(record), then: ['REVIEW_AT_ONCE'] }, decided.slice, decided, moment);
  const back = change(step, { file: { ...rest, state, enteredAt: moment.now }, moves: [...record.moves, { rule: 'C25', to: state, at: moment.now, by: moment.by }] });
  return owned(withoutTransfer(back, moment, 'The other force gave the case back.'), ownerOf(decided.slice.ownership), moment.now);
}

/** The tasks of a transfer (X18, C23) end with it, and a later transfer asks for its own. */
function withoutTransfer(step: Step, { now, by }: Moment, reason: string): Step {
  const { record } = step;
  return change(step, {
    triggers: record.triggers.filter(({ trigger }) => trigger !== 'TRANSFER_OFFERED' && trigger !== 'TRANSFERRED_OUT'),
    tasks: record.tasks.map(task => ((task.templateId === 'X18' || task.templateId === 'C23') && isOpenTask(task) ? cancelled(task, 'CANCELLED', reason, { now, by }) : task)),
  });
}

/** C23 by any way: the weekly look is asked for, and the region says the same as the case. */
export function transferredOut(before: MissingRecord | undefined, step: Step, moment: Moment): Step {
  const { record } = step;
  const out = record.file?.transferOut;
  if (!out || before?.file?.transferOut) return step;
  const watched = withTrigger(step, 'TRANSFERRED_OUT', moment, `out-${regionsOf(record).transfer.offers.length}`);
  if (regionsOf(record).transfer.state === 'ACCEPTED') return watched;
  const offered = decideTransfer({ ownership: ownershipOf(record, moment.settings), transfer: { state: 'OFFERED', offers: [...regionsOf(record).transfer.offers, { toForce: out.toForce, reason: 'Acknowledged without an offer (C23).', offeredBy: out.by, offeredAt: out.at, initialActionsDone: true }] } }, {
    do: 'AckTransfer', acknowledgementId: out.acknowledgementId, owner: { userId: out.namedOwner.slice(0, 80), role: 'INSP', force: out.toForce }, theirRef: out.theirRef,
  }, { ourForce: moment.settings.forceCode }, { ...moment.actor, roles: ['INSP'] });
  return isFailed(offered) ? watched : taken(watched, offered.slice, offered, moment);
}
