import { expect } from '@jest/globals';
import { type CaseSlice } from '../../../../functions/missing-persons/rules/machine/caseSlice.ts';
import { decideDeceased, type DeceasedCommand } from '../../../../functions/missing-persons/rules/machine/deceased.ts';
import { decideEnding, type EndingCommand, type EndingFacts } from '../../../../functions/missing-persons/rules/machine/ending.ts';
import { decideFound, type FoundCommand, type FoundFacts } from '../../../../functions/missing-persons/rules/machine/found.ts';
import { isFailed, type Actor } from '../../../../functions/missing-persons/rules/machine/moment.ts';
import type { Given, Moved } from '../../../../functions/missing-persons/rules/machine/moved.ts';
import { inOrder, role, type CaseState, type Failure, type Role } from '../../../../functions/missing-persons/rules/terms.ts';

export const now = '2026-11-02T10:00:00.000Z';
export const after = (minutes: number): string => new Date(Date.parse(now) + minutes * 60_000).toISOString();
const reported = '2026-09-01T10:00:00.000Z';

/** Stands in every free text, so that no sentence of a refusal may repeat it. */
export const canary = 'Canary Sample';

export type Command = FoundCommand | DeceasedCommand | EndingCommand;
export type Name = Command['do'];
export interface World { readonly found: FoundFacts; readonly ending: EndingFacts; readonly isFamilyTaskOver: boolean }

export const world: World = {
  found: { level: 'LOW', isUnder18: false, verifyWithinMinutes: 720, allowedProfessionals: true },
  ending: { level: 'LOW', isUnder18: false, isDeceased: false, closeFailures: [], doneReviews: ['review-1'], information: ['info-1'], daysMissing: 60, suspendFailures: [], isOurs: true, isTransferPending: false }, isFamilyTaskOver: false,
};

export const everyRole: readonly Role[] = role.options.filter(name => name !== 'SYSTEM' && name !== 'LA_PARTNER' && name !== 'CARE_PROVIDER');
export function actor(by: string, roles: readonly Role[] = everyRole, isAttached = true): Actor {
  return { now, by, roles, isAttached };
}

/** A command of each name that its guards let pass. */
export const commands: { readonly [N in Name]: Extract<Command, { readonly do: N }> } = {
  ReportLocated: { do: 'ReportLocated', reportedBy: canary, at: after(-5), place: canary, how: canary }, AgreeHold: { do: 'AgreeHold' }, RefuteLocated: { do: 'RefuteLocated', reason: canary, isRefuted: true },
  VerifyLocated: { do: 'VerifyLocated', verification: { method: 'SEEN_BY_POLICE', identityCheck: canary, wellBeing: 'WELL', locatedAt: after(-5), place: canary, condition: canary }, returnedAt: after(-1), returnPlace: 'HOME' },
  ConfirmVerification: { do: 'ConfirmVerification' }, WithdrawVerification: { do: 'WithdrawVerification', reason: canary },
  RecordBody: { do: 'RecordBody', place: canary, reason: canary, bodyFoundAt: after(-60), treatAsSuspicious: true }, ConfirmDeceased: { do: 'ConfirmDeceased', coronerRef: canary, method: 'DENTAL' }, RefuteDeceased: { do: 'RefuteDeceased', reason: canary },
  RecordFamilyTold: { do: 'RecordFamilyTold' }, ReleaseDeath: { do: 'ReleaseDeath' },
  MakeLongTerm: { do: 'MakeLongTerm', reviewId: 'review-1' }, SuspendCase: { do: 'SuspendCase', reviewId: 'review-1' }, ReactivateCase: { do: 'ReactivateCase', informationId: 'info-1' }, ConfirmReactivation: { do: 'ConfirmReactivation' },
  ProposeClose: { do: 'ProposeClose', summary: `${canary} came home and everything is done.` }, ApproveClose: { do: 'ApproveClose' }, ProposeCancel: { do: 'ProposeCancel', kind: 'DUPLICATE', reason: canary, mergedInto: 'MP-2' }, ApproveCancel: { do: 'ApproveCancel' },
  ReopenReturn: { do: 'ReopenReturn', informationId: 'info-1', reason: canary }, ReopenMissing: { do: 'ReopenMissing', reason: canary }, TransferOut: { do: 'TransferOut', toForce: canary, theirRef: canary, namedOwner: canary, acknowledgementId: 'info-1' },
  RecordTransferOutcome: { do: 'RecordTransferOutcome', outcome: canary },
};

const located = { reportedBy: canary, at: after(-5), place: canary, how: canary, recordedBy: 'proposer', recordedAt: after(-4) };
const verification = { method: 'SEEN_BY_POLICE', identityCheck: canary, wellBeing: 'WELL', locatedAt: after(-600), place: canary, condition: canary, by: 'proposer', at: after(-500) } as const;
const deceased = { recordedBy: 'proposer', recordedAt: after(-900), place: canary, reason: canary, treatAsSuspicious: true, bodyFoundAt: after(-1_000) };
const closing = { proposedBy: 'proposer', proposedAt: after(-100), summary: canary };
const cancelling = { proposedBy: 'proposer', proposedAt: after(-100), kind: 'DUPLICATE', reason: canary, mergedInto: 'MP-2' } as const;
const returned = { cameFrom: 'ACTIVE', stoppedAt: after(-500), returnPlace: 'HOME', verification, closing } as const;

/** What a case has with it in each state, with every proposal made by `proposer`. */
const withState: { readonly [S in CaseState]: Partial<CaseSlice> } = {
  OPEN_UNCONFIRMED: { cancelling }, ACTIVE: { cancelling, reactivation: { by: 'proposer', at: after(-100), informationId: 'info-1' } }, ACTIVE_LONG_TERM: {}, SUSPENDED: {}, LOCATED_UNVERIFIED: { cameFrom: 'OPEN_UNCONFIRMED', located },
  LOCATED_VERIFIED: returned, DECEASED_PENDING_ID: { cameFrom: 'ACTIVE', deceased }, DECEASED_CONFIRMED: { ...returned, deceased: { ...deceased, confirmedBy: 'proposer', confirmedAt: after(-400) } }, RETURN_ACTIONS: returned,
  CLOSED: { ...returned, closing: { ...closing, approvedBy: 'approver', approvedAt: after(-50) } }, CANCELLED: { cancelling: { ...cancelling, approvedBy: 'approver' }, stoppedAt: after(-50) },
  TRANSFERRED_OUT: { transferOut: { by: 'proposer', at: after(-50), toForce: canary, theirRef: canary, namedOwner: canary, acknowledgementId: 'info-1' } },
};
const found: ReadonlySet<CaseState> = new Set<CaseState>(['LOCATED_VERIFIED', 'DECEASED_CONFIRMED', 'RETURN_ACTIONS', 'CLOSED']);

/** Frozen to the bottom: a law that changed what it was given would throw. */
export function caseAt(state: CaseState, set: Partial<CaseSlice> = {}): Given {
  const file: CaseSlice = { caseRef: 'MP-1', state, enteredAt: after(-500), openedBy: 'handler', reopenings: [], ...withState[state], ...set };
  return frozen({ file, clocks: { reported, risk: reported, ...(found.has(state) && { located: after(-600), verified: after(-500), returned: after(-450) }) } });
}

/** Of somebody whose death is confirmed. */
export function deadAt(set: Partial<NonNullable<CaseSlice['deceased']>> = {}, state: 'RETURN_ACTIONS' | 'CLOSED' = 'RETURN_ACTIONS'): Given {
  return caseAt(state, { deceased: { ...deceased, confirmedBy: 'proposer', confirmedAt: after(-400), ...set } });
}

/** Closed on the outcome of another force: nobody of ours saw the person (C24). */
export function endedElsewhere(): Given {
  const { closing: _c, verification: _v, ...file } = caseAt('CLOSED', { transferOut: { by: 'proposer', at: after(-50), toForce: canary, theirRef: canary, namedOwner: canary, acknowledgementId: 'info-1', outcome: canary } }).file;
  return frozen({ file, clocks: caseAt('ACTIVE').clocks });
}

export function withoutProposal(state: CaseState): Given {
  const { closing: _c, cancelling: _p, ...file } = caseAt(state).file;
  return frozen({ file, clocks: caseAt(state).clocks });
}

export function agreedAt(): Given {
  return caseAt('LOCATED_UNVERIFIED', { located: { ...located, holdAgreedBy: 'third', holdAgreedAt: after(-1) } });
}

export function pendingAt(set: Partial<NonNullable<CaseSlice['deceased']>> = {}, more: Partial<CaseSlice> = {}): Given {
  return caseAt('DECEASED_PENDING_ID', { deceased: { ...deceased, ...set }, ...more });
}

/** ACTIVE again after C12. */
export function refutedAt(set: Partial<NonNullable<CaseSlice['deceased']>> = {}): Given {
  return caseAt('ACTIVE', { deceased: { ...deceased, refutedAt: after(-10), ...set } });
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

const foundNames: ReadonlySet<string> = new Set<FoundCommand['do']>(['ReportLocated', 'AgreeHold', 'RefuteLocated', 'VerifyLocated', 'ConfirmVerification', 'WithdrawVerification']);
const deathNames: ReadonlySet<string> = new Set<DeceasedCommand['do']>(['RecordBody', 'ConfirmDeceased', 'RefuteDeceased', 'RecordFamilyTold', 'ReleaseDeath']);
const isFound = (command: Command): command is FoundCommand => foundNames.has(command.do);
const isDeath = (command: Command): command is DeceasedCommand => deathNames.has(command.do);

export type Decide = (given: Given, command: Command, who: Actor, facts?: World) => Moved | readonly Failure[];

/** The machine of a case as one function. */
export const decide: Decide = (given, command, who, facts = world) => {
  if (isFound(command)) return decideFound(given, command, facts.found, who);
  if (isDeath(command)) return decideDeceased(given, command, who, { isFamilyTaskOver: facts.isFamilyTaskOver });
  return decideEnding(given, command, facts.ending, who);
};

export function moved(result: Moved | readonly Failure[]): Moved {
  if (isFailed(result)) throw new Error(JSON.stringify(result));
  return result;
}

/** The failures as `CODE rule`: in the order of 15.2 item 26, in sentences, without a word of what was entered. */
export function refused(result: object): string[] {
  if (!isFailed(result)) throw new Error('it was allowed');
  expect(result).toEqual(inOrder(result));
  for (const { why } of result) {
    expect(why).toMatch(/^[A-Z].{10,}[.?]$/);
    expect(why).not.toMatch(/canary|sample|proposer|approver|MP-\d|info-|review-/i);
  }
  return result.map(({ code, rule }) => `${code} ${rule}`);
}
