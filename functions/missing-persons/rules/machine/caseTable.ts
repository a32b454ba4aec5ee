import { caseState, isOpen, openMissing, type CaseState } from '../terms.ts';
import type { TransitionRow } from './row.ts';

const open = caseState.options.filter(isOpen);
const notDead = open.filter(state => !['DECEASED_PENDING_ID', 'DECEASED_CONFIRMED', 'TRANSFERRED_OUT'].includes(state));

/** Transitions of a case (2.3, as section 15 amends them). C3, C4 and C5 change the level and leave the state; C1 comes with R3; C19 is a new report. */
export const caseTable: readonly TransitionRow<CaseState>[] = [
  { id: 'C2', from: ['OPEN_UNCONFIRMED'], command: 'ConfirmRisk', to: 'ACTIVE', who: ['SGT', 'INSP', 'SUPT'], guard: 'The same level or higher; HIGH by an inspector; Q01 to Q12 answered and the owner has acknowledged, which never hold up HIGH', source: 'S59,DK' },
  { id: 'C6', from: openMissing, command: 'ReportLocated', to: 'LOCATED_UNVERIFIED', who: ['ATTACHED', 'CALL_HANDLER', 'FIM'], guard: 'Who says so, when, where, how', source: 'DES' },
  { id: 'C7', from: ['LOCATED_UNVERIFIED'], command: 'RefuteLocated', to: 'BACK', who: ['SGT', 'INSP'], guard: 'Refuted, or not seen in the time for the level; reason', source: 'DK' },
  { id: 'C8', from: [...openMissing, 'LOCATED_UNVERIFIED'], command: 'VerifyLocated', to: 'LOCATED_VERIFIED', who: ['ATTENDING', 'OIC', 'SGT', 'INSP', 'DI_SIO'], guard: 'Identity and well-being checked by police or an allowed professional; face to face, but by telephone for an adult at LOW or VERY_LOW with a reason', source: 'S34,DK' },
  { id: 'C9', from: ['LOCATED_VERIFIED'], command: 'BeginReturn', to: 'RETURN_ACTIONS', who: ['SYSTEM'], guard: 'None; in the same step as C8', source: 'DES' },
  { id: 'C10', from: notDead, command: 'RecordBody', to: 'DECEASED_PENDING_ID', who: ['INSP', 'DI_SIO', 'SUPT'], guard: 'A body is found and the link is plausible; place and reason; no death is confirmed', source: 'DK' },
  { id: 'C11', from: ['DECEASED_PENDING_ID'], command: 'ConfirmDeceased', to: 'DECEASED_CONFIRMED', who: ['DI_SIO', 'INSP'], guard: "The coroner's reference and the method of identification", source: 'DK' },
  { id: 'C12', from: ['DECEASED_PENDING_ID'], command: 'RefuteDeceased', to: 'BACK', who: ['INSP'], guard: 'Identification is negative; reason', source: 'DES' },
  { id: 'C13', from: ['ACTIVE'], command: 'MakeLongTerm', to: 'ACTIVE_LONG_TERM', who: ['SUPT'], guard: 'Not before 28 days, usually 12 months; a review is done', source: 'S9,DES' },
  { id: 'C14', from: ['ACTIVE', 'ACTIVE_LONG_TERM'], command: 'SuspendCase', to: 'SUSPENDED', who: ['SUPT'], guard: 'Tasks closed but A15 and X21 to X23; UKMPU told; PNC live; biometrics or reason; family told in person', source: 'DK' },
  { id: 'C15', from: ['SUSPENDED', 'ACTIVE_LONG_TERM'], command: 'ReactivateCase', to: 'ACTIVE', who: ['ATTACHED'], guard: 'New information; a sergeant confirms, who is somebody else', source: 'S9' },
  { id: 'C16', from: ['RETURN_ACTIONS'], command: 'ApproveClose', to: 'CLOSED', who: ['SGT', 'INSP'], guard: 'Every closure guard; proposed by somebody else; inspector for MEDIUM, HIGH, under 18 and deceased', source: 'DK' },
  { id: 'C17', from: ['OPEN_UNCONFIRMED', 'ACTIVE'], command: 'ApproveCancel', to: 'CANCELLED', who: ['INSP'], guard: 'Two people; created in error, a duplicate, or never missing; a duplicate names its case', source: 'DES' },
  { id: 'C18', from: ['CLOSED'], command: 'ReopenReturn', to: 'RETURN_ACTIONS', who: ['INSP'], guard: 'Late information, named; the case ended with us', source: 'DES' },
  { id: 'C20', from: ['CLOSED'], command: 'ReopenMissing', to: 'ACTIVE', who: ['INSP'], guard: 'It was not the person who was found; reason; never of a confirmed death', source: 'DES' },
  { id: 'C21', from: ['DECEASED_CONFIRMED'], command: 'BeginReturn', to: 'RETURN_ACTIONS', who: ['SYSTEM'], guard: 'None; in the same step as C11', source: 'DES' },
  { id: 'C22', from: ['LOCATED_VERIFIED', 'RETURN_ACTIONS'], command: 'WithdrawVerification', to: 'BACK', who: ['SGT', 'INSP'], guard: 'The verification was wrong; reason; never of a confirmed death', source: 'DES' },
  { id: 'C23', from: openMissing, command: 'TransferOut', to: 'TRANSFERRED_OUT', who: ['INSP'], guard: 'Written acknowledgement, the new reference and a named owner', source: 'S58,DES' },
  { id: 'C24', from: ['TRANSFERRED_OUT'], command: 'RecordTransferOutcome', to: 'CLOSED', who: ['INSP', 'MFH_COORD'], guard: 'What came of it in the other force (C23 closes on their outcome); by somebody else than C23', source: 'DES' },
];
