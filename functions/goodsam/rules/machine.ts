import type { RequestState } from './terms.ts';

/** A step of the request machine. `to: 'routed'` goes where `route` says. Numbers are those of goodsam.md 4.1 as amended by 21.1 to 21.3 and 21.15 to 21.17. */
export interface Transition {
  readonly id: string;
  readonly from: readonly RequestState[];
  readonly on: readonly Trigger[];
  readonly to: RequestState | 'routed';
}

export type Trigger =
  | 'submit' | 'confirmSafe' | 'supervisorRelease' | 'markUnsafe' | 'safetyExit' | 'codeWord' | 'approve' | 'refuse' | 'queue' | 'gateHold' | 'gateBlock' | 'codeIssued'
  | 'providerAccepted' | 'providerRetry' | 'providerFailed' | 'delivered' | 'undelivered' | 'linkOpened' | 'consentGiven' | 'consentRefused' | 'mediaStarted' | 'nothingStarted'
  | 'permissionDenied' | 'connectionLost' | 'reconnected' | 'graceElapsed' | 'officerEnd' | 'personEnd' | 'maxDuration' | 'consentWithdrawn' | 'cancel' | 'noAnswer' | 'expired'
  | 'outcomeRecorded' | 'resend';

const beforeSending = ['SAFETY_HELD', 'AUTH_PENDING', 'READY'] as const;
const waiting = ['SENT', 'DELIVERED', 'UNDELIVERED', 'NO_ANSWER'] as const;
/** "Live" in T17 to T19 (goodsam.md 21.16). */
const live = ['CONSENTED', 'IN_SESSION', 'INTERRUPTED'] as const;
const sideEnds = ['BLOCKED_UNSAFE', 'AUTH_REFUSED', 'CANCELLED', 'SEND_FAILED', 'UNDELIVERED', 'DECLINED', 'NO_ANSWER', 'EXPIRED', 'ABORTED_SAFETY'] as const;

export const transitions: readonly Transition[] = [
  { id: 'T1', from: ['DRAFT'], on: ['submit'], to: 'routed' },
  { id: 'T2', from: ['SAFETY_HELD'], on: ['confirmSafe'], to: 'routed' },
  { id: 'T2b', from: ['SAFETY_HELD'], on: ['supervisorRelease'], to: 'routed' },
  { id: 'T3', from: beforeSending, on: ['markUnsafe'], to: 'BLOCKED_UNSAFE' },
  { id: 'T4', from: ['AUTH_PENDING'], on: ['approve'], to: 'routed' },
  { id: 'T4r', from: ['AUTH_PENDING'], on: ['refuse'], to: 'AUTH_REFUSED' },
  { id: 'T5', from: ['READY'], on: ['queue'], to: 'SENDING' },
  { id: 'T5a', from: ['READY', 'SENDING'], on: ['gateHold'], to: 'SAFETY_HELD' },
  { id: 'T5b', from: ['READY', 'SENDING'], on: ['gateBlock'], to: 'BLOCKED_UNSAFE' },
  // A code is read out and nothing is sent, so there is no SENDING (goodsam.md 21.31).
  { id: 'T5c', from: ['READY'], on: ['codeIssued'], to: 'SENT' },
  { id: 'T6', from: ['SENDING'], on: ['providerAccepted'], to: 'SENT' },
  { id: 'T7', from: ['SENDING'], on: ['providerRetry'], to: 'SENDING' },
  { id: 'T8', from: ['SENDING'], on: ['providerFailed'], to: 'SEND_FAILED' },
  { id: 'T9', from: ['SENT'], on: ['delivered'], to: 'DELIVERED' },
  { id: 'T9u', from: ['SENT', 'DELIVERED', 'NO_ANSWER'], on: ['undelivered'], to: 'UNDELIVERED' },
  { id: 'T10', from: waiting, on: ['linkOpened'], to: 'OPENED' },
  { id: 'T11', from: ['OPENED'], on: ['consentGiven'], to: 'CONSENTED' },
  { id: 'T12', from: ['OPENED'], on: ['consentRefused'], to: 'DECLINED' },
  { id: 'T13', from: ['CONSENTED'], on: ['mediaStarted'], to: 'IN_SESSION' },
  { id: 'T13a', from: ['CONSENTED'], on: ['nothingStarted', 'permissionDenied'], to: 'ENDED' },
  { id: 'T14', from: ['IN_SESSION'], on: ['connectionLost'], to: 'INTERRUPTED' },
  { id: 'T15', from: ['INTERRUPTED'], on: ['reconnected', 'mediaStarted'], to: 'IN_SESSION' },
  { id: 'T16', from: ['INTERRUPTED'], on: ['graceElapsed'], to: 'ENDED' },
  { id: 'T17', from: live, on: ['officerEnd', 'personEnd', 'maxDuration', 'consentWithdrawn'], to: 'ENDED' },
  { id: 'T18', from: ['DRAFT', ...beforeSending, 'SENDING', ...waiting, 'OPENED'], on: ['cancel'], to: 'CANCELLED' },
  { id: 'T19', from: ['SENT', 'DELIVERED'], on: ['noAnswer'], to: 'NO_ANSWER' },
  { id: 'T20', from: [...beforeSending, 'SENDING', ...waiting, 'OPENED'], on: ['expired'], to: 'EXPIRED' },
  { id: 'T21', from: ['SENDING', ...waiting, 'OPENED', ...live], on: ['markUnsafe', 'safetyExit', 'codeWord'], to: 'ABORTED_SAFETY' },
  { id: 'T22', from: ['ENDED', ...sideEnds], on: ['outcomeRecorded'], to: 'CLOSED' },
  { id: 'T23', from: waiting, on: ['resend'], to: 'routed' },
];

/** The row for this trigger in this state; undefined when it is not allowed. */
export function transitionOf(state: RequestState, on: Trigger): Transition | undefined {
  return transitions.find(row => row.on.includes(on) && row.from.includes(state));
}

/** States that no event of the provider or of a text can leave: what comes later is kept and ignored. UNDELIVERED and NO_ANSWER are none of them (goodsam.md 21.15). */
const terminal: ReadonlySet<RequestState> = new Set(['ENDED', 'CLOSED', 'BLOCKED_UNSAFE', 'AUTH_REFUSED', 'CANCELLED', 'SEND_FAILED', 'DECLINED', 'EXPIRED', 'ABORTED_SAFETY']);

export function isTerminal(state: RequestState): boolean {
  return terminal.has(state);
}

/** Whether a link that was sent may still be opened or used. */
export function isOpen(state: RequestState): boolean {
  return !terminal.has(state);
}

/** Whether the person's capture may be running. */
export function isLive(state: RequestState): boolean {
  return state === 'CONSENTED' || state === 'IN_SESSION' || state === 'INTERRUPTED';
}

export function isWaiting(state: RequestState): boolean {
  return state === 'SENT' || state === 'DELIVERED' || state === 'UNDELIVERED' || state === 'NO_ANSWER';
}

/** The machine as a table for the README of the room (tests/goodsam/law compares the two). `routed` goes where `route` says. */
export function lifecycleTable(): string {
  const rows = transitions.map(({ id, from, on, to }) => `| ${id} | ${from.join(', ')} | ${on.join(', ')} | ${to} |`);
  return ['| No. | From | On | To |', '|---|---|---|---|', ...rows].join('\n');
}
